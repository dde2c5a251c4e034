//! Calendar addresses: made, read without signing in, revoked; and what a calendar program finds there, read here line
//! by line as RFC 5545 says, by nothing of the library that wrote it.

use std::collections::BTreeMap;

use jemputbola::service::Caller;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp, TestDatabase, booking};

/// Properties of one VEVENT by name, parameters left out, texts unescaped.
type Entry = BTreeMap<String, String>;

/// Unfolds and reads a calendar: its own properties, and those of its events.
fn read(text: &str) -> (Entry, Vec<Entry>) {
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "a bare line break");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line of more than 75 bytes");
    let unfolded = text.replace("\r\n ", "");
    let (mut calendar, mut events, mut inside) = (Entry::new(), Vec::new(), None::<Entry>);
    for line in unfolded.lines() {
        match line {
            "BEGIN:VEVENT" => inside = Some(Entry::new()),
            "END:VEVENT" => events.push(inside.take().unwrap()),
            _ => {
                let (name, value) = line.split_once(':').unwrap();
                let name = name.split(';').next().unwrap().to_owned();
                let value = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
                let known = inside.as_mut().unwrap_or(&mut calendar).insert(name.clone(), value);
                assert!(known.is_none() || ["BEGIN", "END"].contains(&name.as_str()), "{name} twice");
            }
        }
    }
    (calendar, events)
}

async fn open(client: &Client, body: Value) -> (String, String) {
    let opened = client.post("/calendars", body).await.expect(201).json();
    let address = opened["address"].as_str().unwrap();
    let path = address.split_once("/kalender/").unwrap().1;
    (format!("/kalender/{path}"), opened["id"].as_str().unwrap().to_owned())
}

async fn fetch(app: &TestApp, path: &str) -> Reply {
    app.as_stranger().get(path).await
}

async fn events_of(app: &TestApp, path: &str) -> Vec<Entry> {
    read(&fetch(app, path).await.expect(200).text).1
}

/// SUMMARY, STATUS, SEQUENCE and DTSTART of each entry.
fn told(events: &[Entry]) -> Vec<String> {
    let told = |event: &Entry| ["SUMMARY", "STATUS", "SEQUENCE", "DTSTART"].map(|name| event[name].clone()).join(" | ");
    events.iter().map(told).collect()
}

#[actix_web::test]
async fn a_calendar_program_reads_an_event_whole_and_nobody_but_staff_by_name() {
    let (app, coordinator) = TestApp::with_registry().await;
    let place = json!({"latitude": -7.389, "longitude": 109.364, "name": "SMKN 1; Bukateja, sisi timur",
        "contact_name": "Bu Kontak", "contact_phone": "+6281200000000"});
    coordinator.patch("/venues/V-1", place).await.expect(200);
    let mut event = booking("V-1", "T-1", "2026-12-01");
    event["days"][0]["starts"] = json!("08:30");
    event["state"] = json!("confirmed");
    event["notes"] = json!("Hubungi Bu Rahasia");
    event["request"] = json!({"by": "Pak Pemohon"});
    let id = coordinator.post("/events", event).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let (path, _) = open(&coordinator, json!({"kind": "office"})).await;
    let reply = fetch(&app, &path).await.expect(200);
    assert!(reply.header("content-type").starts_with("text/calendar; charset=utf-8"));
    for secret in ["Kontak", "81200000000", "Rahasia", "Pemohon"] {
        assert!(!reply.text.contains(secret), "{secret}: {}", reply.text);
    }
    let (calendar, events) = read(&reply.text);
    assert_eq!((calendar["VERSION"].as_str(), calendar["METHOD"].as_str()), ("2.0", "PUBLISH"));
    assert!(calendar["PRODID"].contains("Jemput Bola") && calendar["X-WR-CALNAME"].contains("Purbalingga"));
    let [event] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event["UID"], format!("{id}@jemputbola"));
    assert_eq!((event["DTSTART"].as_str(), event["DTEND"].as_str()), ("20261201T013000Z", "20261201T050000Z"));
    assert!(event["LOCATION"].starts_with("SMKN 1; Bukateja, sisi timur, "), "{}", event["LOCATION"]);
    assert_eq!((event["GEO"].as_str(), event["STATUS"].as_str()), ("-7.389;109.364", "CONFIRMED"));
    assert!(event["URL"].ends_with(&format!("/33.03/kegiatan/{id}")));
    assert!(event["DESCRIPTION"].contains("Tim 1\nPetugas: officer uji\n"), "{}", event["DESCRIPTION"]);
}

#[actix_web::test]
async fn a_change_keeps_the_entry_and_a_cancelled_event_is_told_so() {
    let (app, coordinator) = TestApp::with_registry().await;
    let mut body = booking("V-1", "T-1", "2026-12-01");
    body["days"] =
        json!([{"date": "2026-12-01", "slots": ["morning"]}, {"date": "2026-12-02", "slots": ["afternoon"]}]);
    let event = coordinator.post("/events", body).await.expect(201).json();
    let at = format!("/events/{}", event["id"].as_str().unwrap());
    let (path, _) = open(&coordinator, json!({"kind": "team", "team": "T-1"})).await;
    let before = events_of(&app, &path).await;
    assert_eq!(
        told(&before),
        [
            "Jemput bola V-1 (draf) | TENTATIVE | 1 | 20261201T020000Z",
            "Jemput bola V-1 (draf) | TENTATIVE | 1 | 20261202T050000Z"
        ]
    );
    let days = json!([{"date": "2026-12-03", "slots": ["dawn"]}, {"date": "2026-12-04", "slots": ["evening"]}]);
    coordinator.patch_version(&at, 1, json!({"days": days})).await.expect(200);
    coordinator.post_nothing(&format!("{at}/confirm")).await.expect(200);
    let moved = events_of(&app, &path).await;
    assert_eq!(
        told(&moved),
        ["Jemput bola V-1 | CONFIRMED | 3 | 20261202T230000Z", "Jemput bola V-1 | CONFIRMED | 3 | 20261204T100000Z"]
    );
    coordinator.post(&format!("{at}/cancel"), json!({"reason": "hujan"})).await.expect(200);
    let cancelled = events_of(&app, &path).await;
    assert!(told(&cancelled)[0].starts_with("Jemput bola V-1 (dibatalkan) | CANCELLED | 4 | "), "{cancelled:?}");
    let ids = |events: &[Entry]| events.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>();
    assert_eq!((ids(&before), ids(&before)), (ids(&moved), ids(&cancelled)));
}

#[actix_web::test]
async fn a_feed_shows_its_own_team_or_officer_and_the_days_around_today() {
    let (app, coordinator) = TestApp::with_registry().await;
    for (venue, team, date) in [
        ("V-1", "T-1", "2026-12-01"),
        ("V-2", "T-2", "2026-12-01"),
        ("V-3", "T-2", "2027-05-20"),
        ("V-1", "T-1", "2027-05-21"),
    ] {
        coordinator.post("/events", booking(venue, team, date)).await.expect(201);
    }
    let mut past = booking("V-3", "T-1", "2026-10-21");
    past["state"] = json!("done");
    coordinator.post("/events", past).await.expect(201);
    let officer = app.as_user("officer2").await;
    for (client, body, days) in [
        (&coordinator, json!({"kind": "office"}), vec!["20261201", "20261201", "20270520"]),
        (&coordinator, json!({"kind": "team", "team": "T-1"}), vec!["20261201"]),
        (&officer, json!({"kind": "officer"}), vec!["20261201", "20270520"]),
    ] {
        let (path, _) = open(client, body).await;
        let events = events_of(&app, &path).await;
        let found: Vec<_> = events.iter().map(|event| event["DTSTART"][..8].to_owned()).collect();
        assert_eq!(found, days);
    }
}

#[actix_web::test]
async fn officers_open_their_own_calendar_only_and_coordinators_see_and_end_all() {
    let (app, coordinator) = TestApp::with_registry().await;
    let (officer, other) = (app.as_user("officer").await, app.as_user("officer2").await);
    officer.post("/calendars", json!({"kind": "office"})).await.expect(403);
    officer.post("/calendars", json!({"kind": "team", "team": "T-1"})).await.expect(403);
    let reading = app.as_user_with("officer", &["read"]).await;
    reading.post("/calendars", json!({"kind": "officer"})).await.expect(403);
    let (path, id) = open(&officer, json!({"kind": "officer"})).await;
    let one = format!("/calendars/{id}");
    assert_eq!(officer.get("/calendars").await.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(other.get("/calendars").await.json()["items"], json!([]));
    other.get(&one).await.expect(404);
    other.delete(&one).await.expect(404);
    let shown = coordinator.get(&one).await.expect(200);
    assert_eq!((&shown.json()["login"], &shown.json()["kind"]), (&json!("officer"), &json!("officer")));
    let secret = path.trim_start_matches("/kalender/").trim_end_matches(".ics").split_once('-').unwrap().1;
    assert!(!shown.text.contains(secret) && secret.len() == 64);
    coordinator.delete(&one).await.expect(204);
    fetch(&app, &path).await.expect(404);
    coordinator.delete(&one).await.expect(404);
}

#[actix_web::test]
async fn an_address_ends_with_the_account_of_its_owner_and_guesses_find_nothing() {
    let (app, coordinator) = TestApp::with_registry().await;
    let (path, _) = open(&app.as_user("officer2").await, json!({"kind": "officer"})).await;
    fetch(&app, &path).await.expect(200);
    let flipped = if path.ends_with("0.ics") { path.replace("0.ics", "1.ics") } else { path.replace(".ics", "0.ics") };
    let nil = format!("/kalender/{}-{}.ics", "0".repeat(32), "0".repeat(64));
    for wrong in [flipped.as_str(), nil.as_str(), "/kalender/x.ics", "/kalender/-.ics", "/kalender/%00-%ff.ics"] {
        fetch(&app, wrong).await.expect(404);
    }
    let (system, login) = (Caller::system("test"), "officer2".parse().unwrap());
    let version = app.services.find_user(&system, login).await.unwrap().version;
    app.as_admin().await.delete_version("/api/v1/users/officer2", version).await.expect(204);
    fetch(&app, &path).await.expect(404);
    let listed = coordinator.get("/calendars").await.json();
    assert_eq!(listed["items"][0]["login"], Value::Null);
}

#[actix_web::test]
async fn guessing_calendar_addresses_is_braked_and_reading_a_right_one_is_not() {
    let app = TestApp::start_with(TestDatabase::create(), |settings| settings.sign_in.tries_per_address = 3);
    app.services.add_office(&Caller::system("test"), "33.03".parse().unwrap(), None).await.unwrap();
    app.add_user("coordinator", "coordinator", "33.03").await;
    let (path, _) = open(&app.as_coordinator().await, json!({"kind": "office"})).await;
    let wrong = |n: u32| format!("/kalender/{}-{n:064}.ics", "0".repeat(32));
    for n in 0..3 {
        for _ in 0..3 {
            fetch(&app, &path).await.expect(200);
        }
        fetch(&app, &wrong(n)).await.expect(404);
    }
    let braked = fetch(&app, &wrong(3)).await.expect(429);
    assert_eq!(braked.header("retry-after"), "60");
    fetch(&app, &path).await.expect(429);
    app.set_now("2026-11-21T02:01:00Z");
    fetch(&app, &path).await.expect(200);
}

#[actix_web::test]
async fn a_program_that_knows_the_calendar_gets_it_again_only_after_a_change() {
    let (app, coordinator) = TestApp::with_registry().await;
    coordinator.post("/events", booking("V-1", "T-1", "2026-12-01")).await.expect(201);
    let (path, _) = open(&coordinator, json!({"kind": "office"})).await;
    let tag = fetch(&app, &path).await.expect(200).header("etag").to_owned();
    let again = async || {
        let stranger = app.as_stranger();
        let request = stranger.request(reqwest::Method::GET, &path).header("if-none-match", tag.as_str());
        stranger.send(request).await
    };
    app.set_now("2026-11-21T05:00:00Z");
    again().await.expect(304);
    coordinator.post("/events", booking("V-2", "T-2", "2026-12-01")).await.expect(201);
    again().await.expect(200);
}

#[actix_web::test]
async fn a_wrong_wish_for_a_calendar_is_refused_by_field() {
    let (_app, coordinator) = TestApp::with_registry().await;
    for (body, expected) in [
        (json!({}), "kind: required"),
        (json!({"kind": "venue"}), "kind: unknown_code"),
        (json!({"kind": "team"}), "team: required"),
        (json!({"kind": "team", "team": "T-9"}), "team: not_found"),
        (json!({"kind": "office", "team": "T-1"}), "team: unknown_field"),
    ] {
        assert_eq!(coordinator.post("/calendars", body).await.expect(422).errors(), [expected]);
    }
}

#[actix_web::test]
async fn one_event_can_be_taken_into_ones_own_calendar() {
    let (app, coordinator) = TestApp::with_registry().await;
    let event = coordinator.post("/events", booking("V-1", "T-1", "2026-12-01")).await.expect(201).json();
    let path = format!("/33.03/kegiatan/{}.ics", event["id"].as_str().unwrap());
    let reply = coordinator.get(&path).await.expect(200);
    let (_, events) = read(&reply.text);
    assert_eq!(told(&events), ["Jemput bola V-1 (draf) | TENTATIVE | 1 | 20261201T020000Z"]);
    assert!(reply.header("content-disposition").contains("attachment"));
    app.as_stranger().get(&path).await.expect(303);
    let elsewhere = app.services.add_office(&Caller::system("test"), "35.77".parse().unwrap(), None).await;
    elsewhere.unwrap();
    app.as_admin_of("35.77").await.get(&path).await.expect(404);
}
