//! The page of the day: who is out, what came in, what is missing; and that a live page hears of changes, also of those
//! that another server process makes.

use serde_json::json;

use crate::support::field::{batch, tally};
use crate::support::process::ServerProcess;
use crate::support::{TestApp, booking};

#[actix_web::test]
async fn an_office_without_anything_is_told_the_first_steps() {
    let app = TestApp::start().await;
    let page = app.as_coordinator().await.page("/33.03/").await.expect(200).text;
    assert!(page.contains("Mulai di sini") && page.contains("Sabtu Pahing, 21 November 2026"), "{page}");
}

#[actix_web::test]
async fn the_day_shows_who_is_out_what_came_in_and_what_nobody_reported() {
    let (app, coordinator) = TestApp::with_registry().await;
    let mut event = booking("V-1", "T-1", "2026-11-21");
    event["state"] = "confirmed".into();
    event["request"] = json!({"expected": 40});
    let id = coordinator.post("/events", event).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let mut past = booking("V-2", "T-2", "2026-11-19");
    past["state"] = "done".into();
    coordinator.post("/events", past).await.expect(201);
    let officer = app.as_user("officer").await;
    let entry = tally(&id, "2026-11-21", json!({"activated": 12, "no_smartphone": 3}));
    officer.post("/results/batch", batch(&[entry])).await.expect(200);
    let page = coordinator.page("/33.03/").await.expect(200).text;
    assert!(page.contains("Tempat 1") && page.contains(">12<") && page.contains("dari perkiraan 40"), "{page}");
    assert!(page.contains("Jemput bola V-2") && page.contains("belum dilaporkan"), "{page}");
    assert!(page.contains("tanpa 1 kegiatan yang belum dilaporkan"), "{page}");
    let viewer = app.as_user("viewer").await.page("/33.03/").await.expect(200).text;
    assert!(!viewer.contains("wa.me") && !viewer.contains("kegiatan/baru"), "a viewer reminds nobody");
}

#[actix_web::test]
async fn the_list_behind_the_number_of_unreported_events_has_as_many() {
    let (app, coordinator) = TestApp::with_registry().await;
    let book = async |venue: &str, team: &str, days: &[&str], kind: &str, state: &str| {
        let mut event = booking(venue, team, days[0]);
        event["days"] = days.iter().map(|day| json!({"date": day, "slots": ["morning"]})).collect();
        event["kind"] = kind.into();
        event["state"] = state.into();
        coordinator.post("/events", event).await.expect(201);
    };
    book("V-1", "T-1", &["2026-11-19"], "outreach", "done").await;
    book("V-2", "T-1", &["2026-11-18"], "outreach", "confirmed").await;
    book("V-2", "T-2", &["2025-02-03", "2025-02-04"], "outreach", "done").await;
    // No outreach, still going on, ahead, never held: nobody owes these.
    book("V-3", "T-2", &["2026-11-19"], "counter", "done").await;
    book("V-3", "T-2", &["2026-11-20", "2026-11-21"], "outreach", "confirmed").await;
    book("V-1", "T-1", &["2026-11-24"], "outreach", "confirmed").await;
    let page = coordinator.page("/33.03/").await.expect(200).text;
    let (before, _) = page.split_once("\">Lihat semua 3 kegiatan yang belum dilaporkan").unwrap();
    let place = before.rsplit_once("href=\"").unwrap().1.to_owned();
    let listed = |page: &str| page.matches("<td data-label=\"Kegiatan\">").count();
    let list = coordinator.page(&place).await.expect(200).text;
    assert_eq!(listed(&list), 3, "{place}: {list}");
    assert!(list.contains("value=\"belum\" selected"), "{list}");
    let earlier = coordinator.page(&format!("{place}&sampai=2026-11-18")).await.expect(200).text;
    assert_eq!(listed(&earlier), 2, "over by the end of that day: {earlier}");
    app.add_user("provinsi", "head", "33").await;
    let offices = app.as_user("provinsi").await.page("/").await.expect(200).text;
    assert!(offices.contains(&format!("href=\"{place}\">3</a>")), "{offices}");
}

#[actix_web::test]
async fn readers_are_shown_what_needs_attention_without_buttons_that_are_not_theirs() {
    let (app, coordinator) = TestApp::with_registry().await;
    coordinator.post("/events", booking("V-1", "T-1", "2026-11-24")).await.expect(201);
    let officer = app.as_user("officer").await.page("/33.03/").await.expect(200).text;
    assert!(officer.contains("Perlu perhatian") && officer.contains("Jemput bola V-1"), "{officer}");
    assert!(!officer.contains("Perlu Anda tindak lanjuti") && !officer.contains(">Buka kegiatan<"), "{officer}");
    assert!(officer.contains("href=\"/lapangan/\""), "an officer finds the way to the phone");
    let own = coordinator.page("/33.03/").await.expect(200).text;
    assert!(own.contains("Perlu Anda tindak lanjuti") && own.contains(">Buka kegiatan<"), "{own}");
    app.add_user("pemantau", "viewer", "33.03").await;
    let viewer = app.as_user("pemantau").await;
    assert!(!viewer.page("/33.03/").await.expect(200).text.contains("/lapangan/"));
    assert!(viewer.page("/33.03/rencana").await.expect(200).text.contains("Koordinator yang memutuskan"));
}

#[actix_web::test]
async fn an_event_whose_hours_are_over_and_of_which_nothing_came_is_followed_up_the_same_day() {
    let (app, coordinator) = TestApp::with_registry().await;
    let admin = app.as_admin().await;
    let mut event = booking("V-1", "T-1", "2026-11-21");
    event["state"] = "confirmed".into();
    event["days"] = json!([{"date": "2026-11-21", "starts": "06:00", "ends": "08:00"}]);
    let id = coordinator.post("/events", event).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let silent = "sudah lewat jamnya, belum ada kiriman";
    // It is nine o'clock.
    let page = coordinator.page("/33.03/").await.expect(200).text;
    assert!(page.contains(silent) && page.contains(&format!("href=\"/33.03/kegiatan/{id}\">Buka kegiatan")), "{page}");
    admin.patch("/api/v1/users/officer", json!({"phone": "0812-3456-7890"})).await.expect(200);
    let page = coordinator.page("/33.03/").await.expect(200).text;
    let reminder = format!("https://wa.me/6281234567890?text=Salam.%20Hasil%20{}", "Jemput%20bola%20V-1");
    assert!(page.contains(&reminder) && page.contains(">Ingatkan lewat WhatsApp<"), "{page}");
    assert!(!app.as_user("head").await.page("/33.03/").await.expect(200).text.contains("wa.me"));
    let entry = tally(&id, "2026-11-21", json!({"activated": 1}));
    app.as_user("officer").await.post("/results/batch", batch(&[entry])).await.expect(200);
    assert!(!coordinator.page("/33.03/").await.expect(200).text.contains(silent));
}

#[actix_web::test]
async fn a_week_without_a_count_is_told_in_a_sentence_instead_of_empty_bars() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let page = coordinator.page("/33.03/").await.expect(200).text;
    assert!(page.contains("Belum ada aktivasi yang tercatat pekan ini") && !page.contains("week-chart"), "{page}");
}

#[actix_web::test]
async fn a_live_page_hears_of_a_change_that_another_server_made() {
    let (app, coordinator) = TestApp::with_registry().await;
    let other = app.second_server();
    let mut news = coordinator.at(&other.url).open("/33.03/hari-ini/kabar").await;
    assert_eq!(news.headers()["content-type"], "text/event-stream");
    let first = news.chunk().await.unwrap().unwrap();
    assert!(first.starts_with(b"data: "), "{first:?}");
    coordinator.post("/events", booking("V-1", "T-1", "2026-11-24")).await.expect(201);
    let second = news.chunk().await.unwrap().unwrap();
    assert!(second.starts_with(b"data: ") && second != first, "{second:?}");
}

#[actix_web::test]
async fn a_live_page_is_told_to_its_end_when_the_server_stops() {
    let (app, coordinator) = TestApp::with_registry().await;
    let mut server = ServerProcess::start(&app.settings.database.url);
    let mut news = coordinator.at(&server.url).open("/33.03/hari-ini/kabar").await;
    assert!(news.chunk().await.unwrap().unwrap().starts_with(b"data: "));
    assert_eq!(server.terminate(), Some(0));
    // A stream that the server had to cut off would be an error here.
    assert_eq!(news.chunk().await.unwrap(), None);
}

#[actix_web::test]
async fn nobody_looks_into_another_office() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.page("/33.28/hari-ini/kabar").await.expect(404);
    app.as_stranger().page("/33.03/hari-ini/kabar").await.expect(303);
}
