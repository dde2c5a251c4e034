//! Proposals as people see them: one click asks, the page tells how far it is, then what is proposed and why.

use std::time::{Duration, Instant};

use jemputbola::app;
use jemputbola::jobs::runner;
use reqwest::Method;

use crate::support::browser::Browsers;
use crate::support::{Client, OFFICE, Reply, TestApp, TestDatabase};

async fn open(client: &Client, path: &str, language: &str) -> Reply {
    let request = client.request(Method::GET, path).header("accept-language", language);
    client.send(request.header("accept", "text/html")).await.expect(200)
}

async fn send(client: &Client, path: &str, fields: &[(&str, &str)]) -> Reply {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let request = client.request(Method::POST, path).header("accept", "text/html").header("accept-language", "id");
    client.send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

/// Asks by the form as it opens, and answers the address of the proposal.
async fn ask(client: &Client, more: &[(&str, &str)]) -> String {
    let mut fields = vec![("from", "2026-12-01"), ("to", "2026-12-31"), ("floor", "1"), ("overtime_days", "2")];
    fields.extend([("max_travel_minutes", "90"), ("pins", ""), ("excluded", "")]);
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    send(client, &format!("/{OFFICE}/rencana"), &fields).await.expect(303).header("location").to_owned()
}

#[actix_web::test]
async fn one_click_asks_for_next_month_and_the_page_waits_for_it() {
    let (app, coordinator) = TestApp::with_registry().await;
    let form = open(&coordinator, "/33.03/rencana", "id").await.text;
    assert!(form.contains("value=\"2026-12-01\"") && form.contains("value=\"2026-12-31\""));
    let place = ask(&coordinator, &[]).await;
    let waiting = open(&coordinator, &place, "id").await.text;
    assert!(waiting.contains("Usulan sedang disusun") && waiting.contains("http-equiv=\"refresh\""));
    runner::run_due(&app.services).await.unwrap();
    let ready = open(&coordinator, &place, "id").await.text;
    assert!(ready.contains("6 kunjungan, perkiraan"), "{ready}");
    assert!(ready.contains("belum pernah dikunjungi") || ready.contains("Belum pernah dikunjungi"));
    assert!(open(&coordinator, &place, "en").await.text.contains("6 visits,"));
    let plan = &place["/33.03/rencana/".len()..];
    let week = open(&coordinator, &format!("/33.03/papan?pekan=2026-12-01&usulan={plan}"), "id").await.text;
    assert!(week.contains("data-state=\"plan\"") && week.contains("Kembali ke usulan"));
    let month = open(&coordinator, &format!("/33.03/papan?bulan=2026-12&usulan={plan}"), "id").await.text;
    assert_eq!(month.matches("<li class=\"proposed\">").count(), 6, "{month}");
    assert!(month.contains("Kembali ke usulan"));
    let viewer = app.as_user("viewer").await;
    let read = open(&viewer, &place, "id").await.text;
    assert!(!read.contains("name=\"visits\"") && !read.contains("/terima\"><button"), "a reader accepts nothing");
    send(&viewer, &format!("{place}/terima"), &[("visits", "0")]).await.expect(403);
}

#[actix_web::test]
async fn ticked_visits_become_drafts_and_the_page_says_so() {
    let (app, coordinator) = TestApp::with_registry().await;
    let place = ask(&coordinator, &[]).await;
    runner::run_due(&app.services).await.unwrap();
    send(&coordinator, &format!("{place}/terima"), &[]).await.expect(422);
    let accepted =
        send(&coordinator, &format!("{place}/terima"), &[("visits", "0"), ("visits", "3")]).await.expect(303);
    assert_eq!(accepted.header("location"), place);
    let page = open(&coordinator, &place, "id").await.text;
    assert_eq!(page.matches("name=\"visits\"").count(), 4, "two of six are drafts now");
    let events = coordinator.get("/events?from=2026-12-01&state=draft").await.json();
    assert_eq!(events["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_venue_that_was_beaten_is_pinned_by_the_button_of_its_page() {
    let (app, coordinator) = TestApp::with_registry().await;
    let day = [("from", "2026-12-02"), ("to", "2026-12-02"), ("teams", "T-1"), ("floor", "0")];
    let place = ask(&coordinator, &day).await;
    runner::run_due(&app.services).await.unwrap();
    let page = open(&coordinator, &place, "id").await.text;
    assert!(page.contains("Kalah dari Tempat"), "{page}");
    let start = page.find(&format!("{place}/lokasi/")).unwrap() + place.len() + "/lokasi/".len();
    let code = page[start..].split('"').next().unwrap();
    let venue = open(&coordinator, &format!("{place}/lokasi/{code}"), "id").await.text;
    assert!(venue.contains("Sematkan dan susun ulang") && venue.contains("Yang harus mengalah"));
    let pin = [("ubah", "sematkan"), ("venue", code), ("date", "2026-12-02"), ("team", "T-1")];
    let again = send(&coordinator, &format!("{place}/ulang"), &pin).await.expect(303).header("location").to_owned();
    runner::run_due(&app.services).await.unwrap();
    let pinned = open(&coordinator, &again, "id").await.text;
    assert!(pinned.contains("Disematkan") && pinned.contains("Beda dari usulan sebelumnya"), "{pinned}");
    for change in ["tim", "lembur", "tetap"] {
        send(&coordinator, &format!("{place}/ulang"), &[("ubah", change)]).await.expect(303);
    }
    send(&coordinator, &format!("{place}/singkirkan"), &[]).await.expect(303);
}

#[actix_web::test]
async fn a_wrong_field_comes_back_with_what_was_typed() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let fields = [("from", "2026-11-01"), ("to", "2026-12-31"), ("floor", "x"), ("pins", "TAK-ADA")];
    let refused = send(&coordinator, "/33.03/rencana", &fields).await.expect(422).text;
    assert!(refused.contains("value=\"2026-11-01\"") && refused.contains("TAK-ADA"));
    assert!(refused.contains("id=\"e-from\"") && refused.contains("id=\"e-floor\""), "{refused}");
}

#[actix_web::test]
async fn the_demo_office_gets_a_month_proposed_accepted_and_visible() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = TestApp::start_on(TestDatabase::create_demo());
    let login = "coordinator@purbalingga.example";
    app.with_password(login).await;
    let running = app::start_jobs(&app.services);
    let desk = browsers.desk("meja").await;
    desk.sign_in(&app.url, login).await;
    desk.visit(&format!("{}/33.03/rencana", app.url)).await;
    let clicked = Instant::now();
    desk.submit("main form .button.main").await;
    desk.until_within("document.querySelector('#kunjungan')", Duration::from_mins(5)).await;
    // Five teams share two cars: the page says why so many rows of the board stay empty.
    let worth = desk.text("section[aria-labelledby=ukuran]").await;
    assert!(worth.contains("Yang kurang pada hari itu: Mobil"), "{worth}");
    desk.submit("#usulan .button.main").await;
    assert!(desk.text(".notice").await.contains("kunjungan menjadi draf"));
    desk.visit(&format!("{}/33.03/papan?pekan=2026-12-07", app.url)).await;
    desk.until_shown(".card[data-state=draft]").await;
    println!("proposed, accepted and on the board after {:?}", clicked.elapsed());
    running.stop().await;
}
