//! The life of an event over HTTP: its steps, what they give back, and where its report stands.

use serde_json::{Value, json};

use crate::support::{Client, TestApp, booking};

const MONDAY: &str = "2026-11-23";
const TUESDAY: &str = "2026-11-24";

async fn book(client: &Client, date: &str, state: &str) -> String {
    let mut body = booking("V-1", "T-1", date);
    body["state"] = json!(state);
    let event = client.post("/events", body).await.expect(201).json();
    format!("/events/{}", event["id"].as_str().unwrap())
}

async fn step(client: &Client, event: &str, step: &str, body: Value) -> Value {
    client.post(&format!("{event}/{step}"), body).await.expect(200).json()
}

fn reason() -> Value {
    json!({"reason": "hujan lebat"})
}

#[actix_web::test]
async fn an_event_is_proposed_confirmed_started_finished_and_reopened() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, "2026-11-21", "draft").await;
    for (verb, body, state) in [
        ("propose", json!({}), "proposed"),
        ("confirm", json!({}), "confirmed"),
        ("start", json!({}), "ongoing"),
        ("finish", json!({}), "done"),
        ("reopen", reason(), "ongoing"),
    ] {
        assert_eq!(step(&coordinator, &event, verb, body).await["state"], state);
    }
    let shown = coordinator.get(&event).await.json();
    assert_eq!((&shown["state_reason"], &shown["version"]), (&json!("hujan lebat"), &json!(6)));
    // An empty body is as good as none.
    coordinator.post_nothing(&format!("{event}/finish")).await.expect(200);
}

#[actix_web::test]
async fn a_step_that_the_state_does_not_allow_is_a_conflict_and_a_missing_reason_is_not() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, MONDAY, "draft").await;
    let refused = coordinator.post_nothing(&format!("{event}/finish")).await.expect(409);
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("draf") && detail.contains("selesaikan"), "{detail}");
    assert_eq!(refused.json()["type"], "urn:jemputbola:wrong-state");
    for verb in ["cancel", "postpone"] {
        let missing = coordinator.post(&format!("{event}/{verb}"), json!({})).await.expect(422);
        assert_eq!(missing.errors(), ["reason: reason_required"]);
    }
    let nik = json!({"reason": "NIK 3303050706240001"});
    assert_eq!(coordinator.post(&format!("{event}/cancel"), nik).await.expect(422).errors(), ["reason: nik_like"]);
    coordinator.post(&format!("{event}/cancel"), json!({"why": "x"})).await.expect(422);
    coordinator.post_nothing(&format!("{event}/explode")).await.expect(404);
    assert_eq!(coordinator.get(&event).await.json()["version"], 1);
}

#[actix_web::test]
async fn a_named_version_is_checked_and_none_need_be_named() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, MONDAY, "draft").await;
    let confirm = |version: &str| {
        coordinator.request(reqwest::Method::POST, &format!("{event}/confirm")).header("if-match", version.to_owned())
    };
    coordinator.send(confirm("\"2\"")).await.expect(412);
    let reply = coordinator.send(confirm("\"1\"")).await.expect(200);
    assert_eq!(reply.header("etag"), "\"2\"");
}

#[actix_web::test]
async fn what_is_postponed_cancelled_or_not_held_gives_back_the_days_not_yet_past() {
    for (verb, state) in [("postpone", "postponed"), ("cancel", "cancelled"), ("not_held", "not_held")] {
        let (app, coordinator) = TestApp::with_registry().await;
        let mut body = booking("V-1", "T-1", "2026-11-21");
        let days = ["2026-11-20", "2026-11-21", MONDAY].map(|date| json!({"date": date, "slots": ["morning"]}));
        body["days"] = json!(days);
        body["state"] = json!("confirmed");
        let event = coordinator.post("/events", body.clone()).await.expect(201).json();
        assert_eq!(event["claims_held"], 12);
        let path = format!("/events/{}", event["id"].as_str().unwrap());
        let released = step(&coordinator, &path, verb, reason()).await;
        assert_eq!((&released["state"], &released["claims_held"]), (&json!(state), &json!(4)));
        let clash = coordinator.post("/events", body).await.expect(409).clashes();
        assert!(clash.len() == 4 && clash.iter().all(|clash| clash.contains("2026-11-20")), "{clash:?}");
        coordinator.post("/events", booking("V-1", "T-1", MONDAY)).await.expect(201);
        drop(app);
    }
}

#[actix_web::test]
async fn a_postponed_event_claims_its_new_days_or_stays_postponed() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, MONDAY, "confirmed").await;
    step(&coordinator, &event, "postpone", reason()).await;
    let other = book(&coordinator, TUESDAY, "draft").await;
    let days = |date: &str| json!({"days": [{"date": date, "slots": ["morning"]}]});
    let bare = coordinator.post(&format!("{event}/propose"), json!({})).await.expect(422);
    assert_eq!(bare.errors(), ["days: required"]);
    let refused = coordinator.post(&format!("{event}/propose"), days(TUESDAY)).await.expect(409);
    assert_eq!(refused.clashes().len(), 4);
    assert_eq!(refused.json()["clashes"][0]["event"], other.trim_start_matches("/events/"));
    assert_eq!(coordinator.get(&event).await.json()["state"], "postponed");
    let fixed = coordinator.patch_version(&event, 2, days("2026-11-26")).await.expect(422);
    assert_eq!(fixed.errors(), ["days: fixed"]);
    let proposed = step(&coordinator, &event, "propose", days("2026-11-26")).await;
    assert_eq!((&proposed["state"], &proposed["claims_held"]), (&json!("proposed"), &json!(4)));
    assert_eq!(proposed["days"][0]["date"], "2026-11-26");
    let mut taken = booking("V-2", "T-1", "2026-11-26");
    taken["officers"] = json!([]);
    taken["units"] = json!([]);
    assert_eq!(coordinator.post("/events", taken).await.expect(409).clashes(), ["team T-1 2026-11-26 morning"]);
}

#[actix_web::test]
async fn nihil_reports_what_took_place_and_only_what_is_reported_can_be_verified() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let ahead = book(&coordinator, MONDAY, "confirmed").await;
    assert_eq!(coordinator.post_nothing(&format!("{ahead}/nihil")).await.expect(422).errors(), ["days: future"]);
    let draft = book(&coordinator, "2026-11-20", "draft").await;
    coordinator.post_nothing(&format!("{draft}/nihil")).await.expect(409);
    let event = book(&coordinator, "2026-11-21", "confirmed").await;
    let early = coordinator.post_nothing(&format!("{event}/verify")).await.expect(422);
    assert_eq!(early.errors(), ["reporting: not_reported"]);
    let lock = coordinator.post("/locks", json!({"from": "2026-11-21", "to": "2026-11-21"})).await.expect(201).json();
    coordinator.post_nothing(&format!("{event}/nihil")).await.expect(409);
    let reopen = format!("/locks/{}/reopen", lock["id"].as_str().unwrap());
    coordinator.post(&reopen, json!({"reason": "nihil menyusul"})).await.expect(200);
    let reported = coordinator.post_nothing(&format!("{event}/nihil")).await.expect(200).json();
    assert_eq!((&reported["reporting"], &reported["version"]), (&json!("reported"), &json!(2)));
    let counts = coordinator.get(&format!("{event}/counts")).await.expect(200).json();
    assert_eq!(counts["total"]["activated"], 0, "{counts}");
    let verified = coordinator.post_nothing(&format!("{event}/verify")).await.expect(200).json();
    assert_eq!((&verified["reporting"], &verified["version"]), (&json!("verified"), &json!(3)));
    step(&coordinator, &event, "finish", json!({})).await;
    assert_eq!(step(&coordinator, &event, "reopen", reason()).await["reporting"], "reported");
}

#[actix_web::test]
async fn a_day_with_results_stays_with_its_event() {
    let (app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, "2026-11-20", "confirmed").await;
    let officer = app.as_user("officer").await;
    let entry = json!({"id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "event": event.trim_start_matches("/events/"),
        "date": "2026-11-20", "at": "2026-11-20T10:00:00+07:00", "kind": "tally", "counts": {"activated": 3}});
    assert_eq!(officer.post("/results", entry).await.expect(200).json()["status"], "accepted");
    let stored = coordinator.get(&event).await.json();
    assert_eq!(stored["reporting"], "reported");
    let version = stored["version"].as_i64().unwrap();
    let moved = json!({"days": [{"date": "2026-11-19", "slots": ["morning"]}]});
    let refused = coordinator.patch_version(&event, version, moved).await.expect(422);
    assert_eq!(refused.errors(), ["days: day_has_results"]);
    step(&coordinator, &event, "postpone", reason()).await;
    let elsewhere = json!({"days": [{"date": MONDAY, "slots": ["morning"]}]});
    coordinator.post(&format!("{event}/propose"), elsewhere).await.expect(422);
    let both = json!({"days": [{"date": "2026-11-20", "slots": ["morning"]}, {"date": MONDAY, "slots": ["morning"]}]});
    assert_eq!(step(&coordinator, &event, "propose", both).await["claims_held"], 8);
}

#[actix_web::test]
async fn only_a_proposal_takes_new_days() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, MONDAY, "draft").await;
    let days = json!([{"date": TUESDAY, "slots": ["morning"]}]);
    for verb in ["confirm", "postpone"] {
        let body = json!({"reason": "hujan", "days": days});
        let refused = coordinator.post(&format!("{event}/{verb}"), body).await.expect(422);
        assert_eq!(refused.errors(), ["days: days_not_taken"]);
    }
    assert_eq!(step(&coordinator, &event, "propose", json!({"days": days})).await["days"][0]["date"], TUESDAY);
}

#[actix_web::test]
async fn of_two_steps_at_once_from_the_same_state_one_is_refused() {
    let (app, coordinator) = TestApp::with_registry().await;
    let second = app.second_server();
    let event = book(&coordinator, MONDAY, "confirmed").await;
    let attempts = (0..8).map(|n| {
        let client = coordinator.at(if n % 2 == 0 { &app.url } else { &second.url });
        let path = format!("{event}/{}", if n % 3 == 0 { "postpone" } else { "cancel" });
        actix_web::rt::spawn(async move { client.post(&path, json!({"reason": "hujan"})).await.status })
    });
    let attempts: Vec<_> = attempts.collect();
    let mut taken = 0;
    for attempt in attempts {
        taken += usize::from(attempt.await.unwrap() == 200);
    }
    // Postponed first, it may still be cancelled; cancelled, nothing more happens to it.
    let stored = coordinator.get(&event).await.json();
    assert_eq!(stored["version"], json!(taken + 1));
    assert!((1..=2).contains(&taken), "{taken}");
    assert_eq!(stored["claims_held"], 0);
    coordinator.post("/events", booking("V-1", "T-1", MONDAY)).await.expect(201);
}

#[actix_web::test]
async fn what_lies_ahead_is_neither_started_nor_finished_nor_not_held() {
    let (app, coordinator) = TestApp::with_registry().await;
    let mut body = booking("V-1", "T-1", MONDAY);
    body["days"] = json!([{"date": MONDAY, "slots": ["morning"]}, {"date": TUESDAY, "slots": ["morning"]}]);
    body["state"] = json!("confirmed");
    let event = coordinator.post("/events", body).await.expect(201).json();
    let event = format!("/events/{}", event["id"].as_str().unwrap());
    for verb in ["start", "finish", "not_held"] {
        let refused = coordinator.post(&format!("{event}/{verb}"), reason()).await.expect(422);
        assert_eq!(refused.errors(), ["days: not_begun"]);
        assert!(refused.text.contains("23 November 2026"), "{}", refused.text);
    }
    assert_eq!(coordinator.get(&event).await.json()["state"], "confirmed");
    // One minute into Monday at the office; Tuesday is still to come.
    app.set_now("2026-11-22T17:01:00Z");
    assert_eq!(step(&coordinator, &event, "finish", json!({})).await["state"], "done");
}

#[actix_web::test]
async fn a_team_that_counted_stays_with_its_event_until_its_entries_are_void() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut body = booking("V-1", "T-1", "2026-11-20");
    body["teams"] = json!(["T-1", "T-2"]);
    body["state"] = json!("done");
    let event = coordinator.post("/events", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let file = "day,venue,team,event_kind,activated\n2026-11-20,V-1,T-2,outreach,7\n";
    coordinator.import("results", file).await.expect(200);
    let path = format!("/events/{event}");
    let version = async || coordinator.get(&path).await.json()["version"].as_i64().unwrap();
    let only = |team: &str| json!({"teams": [team], "officers": null, "units": null});
    let refused = coordinator.patch_version(&path, version().await, only("T-1")).await.expect(422);
    assert_eq!(refused.errors(), ["teams: team_has_results"]);
    assert!(refused.text.contains("T-2"), "{}", refused.text);
    let entries = coordinator.get(&format!("/results?event={event}")).await.expect(200).json();
    let void = crate::support::field::void(&event, "2026-11-20", &entries["items"][0]);
    let desk = json!({"device": "desk", "sent_at": "2026-11-21T02:00:00Z", "waiting": 0, "entries": [void]});
    coordinator.post("/results/batch", desk).await.expect(200);
    coordinator.patch_version(&path, version().await, only("T-1")).await.expect(200);
}
