//! What an officer's phone gets from the office, and what the office learns of the phones.

use jemputbola::domain::event::EventState;
use serde_json::{Value, json};

use crate::support::field::{batch, fates, tally};
use crate::support::{Client, Reply, TestApp};

const TODAY: &str = "2026-11-21";

async fn pack(client: &Client) -> Value {
    client.get("/field").await.expect(200).json()
}

async fn visit(app: &TestApp, path: &str, language: &str) -> Reply {
    let stranger = app.as_stranger();
    let request = reqwest::Client::new().get(format!("{}{path}", app.url)).header("accept-language", language);
    stranger.send(request).await
}

#[actix_web::test]
async fn a_phone_takes_along_the_officers_own_events_around_today_and_no_others() {
    let app = TestApp::start().await;
    app.add_user("colleague", "officer", "33.03").await;
    app.add_team("T-1", 80, &["officer"]).await;
    app.add_team("T-2", 80, &["colleague"]).await;
    let days = ["2026-11-13", "2026-11-14", TODAY, "2026-11-27", "2026-11-28"];
    let mut own = Vec::new();
    for day in days {
        own.push(app.add_event("T-1", EventState::Confirmed, &[day], "activated").await);
    }
    let cancelled = app.add_event("T-1", EventState::Cancelled, &[TODAY], "activated").await;
    app.add_event("T-1", EventState::Draft, &[TODAY], "activated").await;
    app.add_event("T-2", EventState::Confirmed, &[TODAY], "activated").await;
    let officer = app.as_user("officer").await;
    let pack = pack(&officer).await;
    let mut ids: Vec<_> = pack["events"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap()).collect();
    let mut expected = vec![own[1].as_str(), &own[2], &own[3], &cancelled];
    ids.sort_unstable();
    expected.sort_unstable();
    assert_eq!(ids, expected);
    assert_eq!((&pack["from"], &pack["today"], &pack["to"]), (&json!(days[1]), &json!(TODAY), &json!(days[3])));
    assert_eq!((&pack["user"]["login"], &pack["office"]["code"]), (&json!("officer"), &json!("33.03")));
}

#[actix_web::test]
async fn an_event_on_the_phone_names_place_contact_team_units_and_what_the_office_counted() {
    let (app, coordinator) = TestApp::with_registry().await;
    let contact = json!({"contact_name": "Bu Sri", "contact_phone": "081234567890", "region": "33.03.05.2004"});
    coordinator.patch("/venues/V-1", contact).await.expect(200);
    let body = json!({"kind": "outreach", "title": "Aktivasi", "venue": "V-1", "teams": ["T-1"], "state": "confirmed",
        "days": [{"date": TODAY, "slots": ["morning"], "starts": "08:00", "ends": "12:00"}]});
    let event = coordinator.post("/events", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let officer = app.as_user("officer").await;
    officer.post("/results/batch", batch(&[tally(&event, TODAY, json!({"activated": 3}))])).await.expect(200);
    let shown = &pack(&officer).await["events"][0];
    let venue = &shown["venue"];
    assert_eq!((&venue["contact_name"], &venue["contact_phone"]), (&json!("Bu Sri"), &json!("+6281234567890")));
    assert_eq!(venue["regions"].as_array().unwrap().len(), 2, "{venue}");
    assert_eq!((&shown["teams"][0]["name"], &shown["units"][0]["code"]), (&json!("Tim 1"), &json!("CAR-1")));
    assert_eq!((&shown["crew"][0]["login"], &shown["state"]), (&json!("officer"), &json!("confirmed")));
    let day =
        json!({"date": TODAY, "slots": ["morning"], "starts": "08:00", "ends": "12:00", "counts": {"activated": 3}});
    assert_eq!(shown["days"], json!([day]));
}

#[actix_web::test]
async fn an_unchanged_answer_is_not_sent_again_and_still_tells_the_time() {
    let app = TestApp::start().await;
    app.add_team("T-1", 80, &["officer"]).await;
    let officer = app.as_user("officer").await;
    let first = officer.get("/field").await.expect(200);
    let ask = |tag: String| officer.request(reqwest::Method::GET, "/field").header("if-none-match", tag);
    let again = officer.send(ask(first.header("etag").to_owned())).await.expect(304);
    assert_eq!((again.text.as_str(), again.header("x-server-time")), ("", "2026-11-21T02:00:00.000000Z"));
    officer.send(ask(format!("W/{}", first.header("etag")))).await.expect(304);
    app.add_event("T-1", EventState::Confirmed, &[TODAY], "activated").await;
    officer.send(ask(first.header("etag").to_owned())).await.expect(200);
}

#[actix_web::test]
async fn only_those_who_count_have_a_phone() {
    let app = TestApp::start().await;
    app.as_user("viewer").await.get("/field").await.expect(403);
    app.as_user("coordinator").await.get("/field").await.expect(200);
    app.as_stranger().get("/field").await.expect(401);
    app.add_user("elsewhere", "officer", "35.29").await;
    app.as_user("elsewhere").await.get("/field").await.expect(404);
}

#[actix_web::test]
async fn the_office_sees_what_each_phone_said_last() {
    let app = TestApp::start().await;
    app.add_user("colleague", "officer", "33.03").await;
    let (officer, colleague) = (app.as_user("officer").await, app.as_user("colleague").await);
    let say = |device: &str, waiting: u64| json!({"device": device, "sent_at": "2026-11-21T01:59:00Z", "waiting": waiting, "entries": []});
    officer.post("/results/batch", say("HP-A", 7)).await.expect(200);
    officer.post("/results/batch", say("HP-A", 2)).await.expect(200);
    colleague.post("/results/batch", say("HP-A", 5)).await.expect(200);
    officer
        .post("/results/batch", json!({"device": "HP-B", "sent_at": "kemarin", "waiting": 0, "entries": []}))
        .await
        .expect(200);
    officer.post("/results/batch", json!({"device": "program", "entries": []})).await.expect(200);
    let coordinator = app.as_coordinator().await;
    coordinator.post("/results/batch", say("desk", 9)).await.expect(200);
    let shown = coordinator.get("/devices").await.expect(200).json();
    let line = |d: &Value| {
        format!("{} {} {} {}", d["login"].as_str().unwrap(), d["device"].as_str().unwrap(), d["waiting"], d["sent_at"])
    };
    let lines: Vec<_> = shown["items"].as_array().unwrap().iter().map(line).collect();
    let at = "\"2026-11-21T01:59:00.000000Z\"";
    assert_eq!(
        lines,
        [format!("colleague HP-A 5 {at}"), format!("officer HP-A 2 {at}"), "officer HP-B 0 null".to_owned()]
    );
    officer.get("/devices").await.expect(403);
    app.set_now("2026-12-22T02:00:00Z");
    assert_eq!(coordinator.get("/devices").await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn entries_of_another_officer_are_not_taken_as_ones_own() {
    let app = TestApp::start().await;
    app.add_team("T-1", 80, &["officer"]).await;
    let event = app.add_event("T-1", EventState::Confirmed, &[TODAY], "activated").await;
    let mut kept = batch(&[tally(&event, TODAY, json!({"activated": 1}))]);
    kept["user"] = json!("officer");
    app.as_user("coordinator").await.post("/results/batch", kept.clone()).await.expect(403);
    let reply = app.as_user("officer").await.post("/results/batch", kept.clone()).await.expect(200).json();
    assert_eq!(fates(&reply), ["accepted"]);
    kept["user"] = json!("bukan login!");
    assert_eq!(app.as_user("officer").await.post("/results/batch", kept).await.expect(422).errors(), ["user: format"]);
}

#[actix_web::test]
async fn the_phones_page_holds_nothing_of_its_reader_and_speaks_his_language() {
    let app = TestApp::start().await;
    let page = visit(&app, "/lapangan/", "id").await.expect(200);
    assert!(page.text.contains("<html lang=\"id\"") && page.text.contains("Siap berangkat"));
    let english = visit(&app, "/lapangan/", "en").await.expect(200);
    assert!(english.text.contains("<html lang=\"en\"") && english.text.contains("Ready to leave"));
    for page in [&page, &english] {
        assert!(!page.text.contains(">field-") && !page.text.contains(":\"field-"), "a message is missing");
        assert!(!page.text.contains("style=") && !page.text.contains("onclick"));
    }
    let tag = page.header("etag").to_owned();
    let again = reqwest::Client::new().get(format!("{}/lapangan/", app.url)).header("accept-language", "id");
    app.as_stranger().send(again.header("if-none-match", tag)).await.expect(304);
}

#[actix_web::test]
async fn the_worker_may_watch_over_the_phones_addresses_and_names_what_it_keeps() {
    let app = TestApp::start().await;
    let worker = visit(&app, "/sw.js", "id").await.expect(200);
    assert_eq!(worker.header("service-worker-allowed"), "/lapangan/");
    assert!(
        worker.header("content-type").starts_with("text/javascript")
            && worker.header("cache-control").contains("no-cache")
    );
    for file in kept_files(&worker) {
        let reply = visit(&app, &file, "id").await.expect(200);
        assert!(reply.header("cache-control").contains("immutable"), "{file}: {}", reply.header("cache-control"));
    }
    let manifest = visit(&app, "/lapangan/manifest.webmanifest", "id").await.expect(200);
    assert_eq!(
        (&manifest.json()["scope"], manifest.header("content-type")),
        (&json!("/lapangan/"), "application/manifest+json")
    );
    for icon in manifest.json()["icons"].as_array().unwrap() {
        assert_eq!(
            visit(&app, icon["src"].as_str().unwrap(), "id").await.expect(200).header("content-type"),
            "image/png"
        );
    }
    visit(&app, "/lapangan", "id").await.expect(200);
    visit(&app, "/lapangan/aset/0/app.js", "id").await.expect(200);
    visit(&app, "/lapangan/aset/0/..%2fapp.js", "id").await.expect(404);
}

/// The files that the worker keeps beside the page.
fn kept_files(worker: &Reply) -> Vec<String> {
    let line = worker.text.lines().find_map(|line| line.strip_prefix("const FILES = ")).unwrap();
    serde_json::from_str(line.trim_end_matches(';')).unwrap()
}

/// PRODUCT: the phone has at most 60 KB over the wire with everything that it needs.
#[actix_web::test]
async fn the_phone_weighs_at_most_60_kilobytes_with_everything() {
    let app = TestApp::start().await;
    let worker = visit(&app, "/sw.js", "id").await.expect(200);
    let mut places = vec!["/lapangan/".to_owned(), "/sw.js".to_owned(), "/lapangan/manifest.webmanifest".to_owned()];
    places.extend(kept_files(&worker));
    let mut sum = 0;
    for place in &places {
        let request = reqwest::Client::new().get(format!("{}{place}", app.url)).header("accept-encoding", "gzip");
        let bytes = request.send().await.unwrap().bytes().await.unwrap().len();
        println!("{bytes:>6} {place}");
        sum += bytes;
    }
    assert!(sum <= 60 * 1024, "{sum} bytes");
}
