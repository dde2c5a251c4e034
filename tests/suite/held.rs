//! Held entries and the coordinator who decides them, once.

use std::slice::from_ref;

use jemputbola::domain::event::EventState;
use serde_json::{Value, json};

use crate::support::field::{batch, entry, fates, new_id, tally, void};
use crate::support::{Client, TestApp, booking};

const TODAY: &str = "2026-11-21";

async fn field() -> (TestApp, Client, Client, String) {
    let app = TestApp::start().await;
    app.add_team("T-1", 80, &["officer"]).await;
    let event = app.add_event("T-1", EventState::Ongoing, &[TODAY], "activated").await;
    let (officer, coordinator) = (app.as_user("officer").await, app.as_coordinator().await);
    (app, officer, coordinator, event)
}

async fn send(client: &Client, entries: &[Value]) -> Vec<String> {
    fates(&client.post("/results/batch", batch(entries)).await.expect(200).json())
}

async fn activated(client: &Client, event: &str) -> Value {
    client.get(&format!("/events/{event}/counts")).await.expect(200).json()["total"]["activated"].clone()
}

fn address(entry: &Value, step: &str) -> String {
    format!("/held/{}{step}", entry["id"].as_str().unwrap())
}

#[actix_web::test]
async fn a_held_entry_counts_once_it_is_accepted_and_only_once() {
    let (_app, officer, coordinator, event) = field().await;
    let wrong_day = tally(&event, "2026-11-20", json!({"activated": 4}));
    assert_eq!(send(&officer, from_ref(&wrong_day)).await, ["held: outside_days"]);
    let shown = coordinator.get(&address(&wrong_day, "")).await.expect(200).json();
    assert_eq!((&shown["entry"]["counts"], &shown["user"]), (&json!({"activated": 4}), &json!("officer")));
    assert_eq!((&shown["decision"], &shown["reason"]), (&json!("waiting"), &json!("outside_days")));

    let body = json!({"date": TODAY, "reason": "jam HP salah"});
    let accepted = coordinator.post(&address(&wrong_day, "/accept"), body.clone()).await.expect(200).json();
    assert_eq!((&accepted["decision"], &accepted["decision_reason"]), (&json!("accepted"), &json!("jam HP salah")));
    assert_eq!(activated(&officer, &event).await, 4);
    coordinator.post(&address(&wrong_day, "/accept"), body).await.expect(409);
    coordinator.post(&address(&wrong_day, "/dismiss"), json!({"reason": "x"})).await.expect(409);
    assert_eq!(send(&officer, from_ref(&wrong_day)).await, ["duplicate"]);
    assert_eq!(activated(&officer, &event).await, 4);
    let row = officer.get(&format!("/results?event={event}")).await.json()["items"][0].clone();
    assert_eq!((&row["date"], &row["user"], &row["team"]), (&json!(TODAY), &json!("officer"), &json!("T-1")));
}

#[actix_web::test]
async fn a_day_that_nobody_had_booked_is_one_of_the_events_once_its_count_is_accepted() {
    let (app, coordinator) = TestApp::with_registry().await;
    let officer = app.as_user("officer").await;
    let mut body = booking("V-1", "T-1", "2026-11-19");
    body["state"] = json!("done");
    let event = coordinator.post("/events", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let (booked, other) =
        (tally(&event, "2026-11-19", json!({"activated": 10})), tally(&event, "2026-11-20", json!({"activated": 33})));
    assert_eq!(send(&officer, &[booked, other.clone()]).await, ["accepted", "held: outside_days"]);
    coordinator.post(&address(&other, "/accept"), json!({})).await.expect(200);
    let shown = coordinator.get(&format!("/events/{event}")).await.json();
    assert_eq!(shown["days"].as_array().unwrap().len(), 2);
    let ranked = coordinator.get("/rankings/venues").await.expect(200).json()["items"][0].clone();
    let days = (&ranked["event_days"], &ranked["activations"], &ranked["yield_per_team_day"]);
    assert_eq!(days, (&json!(2), &json!(43), &json!(21.5)));
    let file = coordinator.get("/export/results").await.expect(200).text;
    assert!(file.contains("2026-11-20,V-1,T-1,outreach"), "{file}");
}

#[actix_web::test]
async fn a_dismissed_entry_needs_a_reason_and_counts_nowhere() {
    let (_app, officer, coordinator, event) = field().await;
    let much = tally(&event, TODAY, json!({"activated": 900}));
    assert_eq!(send(&officer, from_ref(&much)).await, ["held: implausible"]);
    officer.post(&address(&much, "/dismiss"), json!({"reason": "x"})).await.expect(403);
    let refused = coordinator.post(&address(&much, "/dismiss"), json!({"reason": " "})).await.expect(422);
    assert_eq!(refused.errors(), ["reason: reason_required"]);
    coordinator.post(&address(&much, "/dismiss"), json!({"reason": "salah ketik"})).await.expect(200);
    coordinator.post(&address(&much, "/accept"), json!({})).await.expect(409);
    assert_eq!(send(&officer, &[much]).await, ["duplicate"]);
    assert_eq!(activated(&officer, &event).await, 0);
}

#[actix_web::test]
async fn an_entry_of_an_unknown_event_needs_one_to_count_for() {
    let (_app, officer, coordinator, event) = field().await;
    let lost = tally(&new_id(), TODAY, json!({"activated": 2}));
    send(&officer, from_ref(&lost)).await;
    let accept = async |body: Value| coordinator.post(&address(&lost, "/accept"), body).await;
    assert_eq!(accept(json!({})).await.expect(422).errors(), ["event: required"]);
    assert_eq!(accept(json!({"event": new_id()})).await.expect(422).errors(), ["event: not_found"]);
    assert_eq!(accept(json!({"event": "x"})).await.expect(422).errors(), ["event: format"]);
    accept(json!({"event": event})).await.expect(200);
    assert_eq!(activated(&officer, &event).await, 2);
}

#[actix_web::test]
async fn a_locked_period_stands_in_the_way_until_it_is_reopened() {
    let (_app, officer, coordinator, event) = field().await;
    let lock = coordinator.post("/locks", json!({"from": TODAY, "to": TODAY})).await.expect(201).json();
    let late = tally(&event, TODAY, json!({"activated": 2}));
    assert_eq!(send(&officer, from_ref(&late)).await, ["held: period_locked"]);
    coordinator.post(&address(&late, "/accept"), json!({})).await.expect(409);
    let reopen = format!("/locks/{}/reopen", lock["id"].as_str().unwrap());
    coordinator.post(&reopen, json!({"reason": "susulan"})).await.expect(200);
    coordinator.post(&address(&late, "/accept"), json!({})).await.expect(200);
    assert_eq!(activated(&officer, &event).await, 2);
}

#[actix_web::test]
async fn an_accepted_tally_that_was_voided_meanwhile_counts_for_nothing() {
    let (_app, officer, coordinator, event) = field().await;
    let much = tally(&event, TODAY, json!({"activated": 900}));
    assert_eq!(send(&officer, &[much.clone(), void(&event, TODAY, &much)]).await, ["held: implausible", "accepted"]);
    coordinator.post(&address(&much, "/accept"), json!({})).await.expect(200);
    assert_eq!(activated(&officer, &event).await, 0);
}

#[actix_web::test]
async fn a_held_event_of_tomorrow_is_made_when_it_is_accepted_and_frees_its_tallies() {
    let (app, officer, coordinator, _) = field().await;
    let event = new_id();
    let mut new = entry(&event, "2026-11-22", "event_new");
    new["event_new"] = json!({"title": "Pasar malam", "services": ["activated"]});
    let sent = [new.clone(), tally(&event, "2026-11-22", json!({"activated": 3}))];
    assert_eq!(send(&officer, &sent).await, ["held: future", "held: event_unknown"]);
    app.set_now("2026-11-22T02:00:00Z");
    coordinator.post(&address(&new, "/accept"), json!({})).await.expect(200);
    assert_eq!(activated(&officer, &event).await, 3);
    assert_eq!(app.event_stands(&event).await, "ongoing reported 2");
}

#[actix_web::test]
async fn those_that_wait_are_listed_first_and_pages_follow_each_other() {
    let (_app, officer, coordinator, event) = field().await;
    let held: Vec<Value> = (1..=5).map(|n| tally(&event, "2026-11-22", json!({"activated": n}))).collect();
    send(&officer, &held).await;
    coordinator.post(&address(&held[0], "/dismiss"), json!({"reason": "x"})).await.expect(200);
    coordinator.post(&address(&held[2], "/accept"), json!({"date": TODAY})).await.expect(200);
    let mut seen = Vec::new();
    let mut page = "/held?limit=2".to_owned();
    loop {
        let list = officer.get(&page).await.expect(200).json();
        let numbers = list["items"].as_array().unwrap().iter().map(|held| held["entry"]["counts"]["activated"].clone());
        seen.extend(numbers);
        let Some(cursor) = list["next_cursor"].as_str() else { break };
        page = format!("/held?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, [2, 4, 5, 1, 3]);
    let dismissed = officer.get("/held?decision=dismissed").await.json();
    assert_eq!(dismissed["items"].as_array().unwrap().len(), 1);
    assert_eq!(officer.get("/held?decision=x").await.expect(422).errors(), ["decision: unknown_code"]);
}

#[actix_web::test]
async fn two_coordinators_who_accept_at_once_count_it_once() {
    let (_app, officer, coordinator, event) = field().await;
    let much = tally(&event, TODAY, json!({"activated": 900}));
    send(&officer, from_ref(&much)).await;
    let both = (0..4).map(|_| {
        let (client, much) = (coordinator.clone(), much.clone());
        async move { client.post(&address(&much, "/accept"), json!({})).await.status }
    });
    let mut statuses = Vec::new();
    for client in both.map(actix_web::rt::spawn).collect::<Vec<_>>() {
        statuses.push(client.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
    assert_eq!(activated(&officer, &event).await, 900);
}
