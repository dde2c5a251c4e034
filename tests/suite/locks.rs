//! Locked periods.

use serde_json::json;

use crate::support::{TestApp, booking};

#[actix_web::test]
async fn a_period_is_locked_listed_and_reopened_with_a_reason() {
    let app = TestApp::start().await;
    let head = app.as_user("head").await;
    let body = json!({"from": "2026-10-01", "to": "2026-10-31", "note": "Dilaporkan ke provinsi."});
    let added = head.post("/locks", body).await.expect(201);
    let lock = added.json();
    assert_eq!((&lock["from"], &lock["in_force"]), (&json!("2026-10-01"), &json!(true)));
    let address = added.header("location").to_owned();
    assert_eq!(head.get(&address).await.expect(200).json(), lock);
    let reopened = head.post(&format!("{address}/reopen"), json!({"reason": "Susulan"})).await.expect(200).json();
    assert_eq!((&reopened["in_force"], &reopened["reopen_reason"]), (&json!(false), &json!("Susulan")));
    head.post(&format!("{address}/reopen"), json!({"reason": "Lagi"})).await.expect(409);
    assert_eq!(head.get("/locks").await.expect(200).json()["items"], json!([reopened]));
}

#[actix_web::test]
async fn locks_may_overlap_and_deleting_one_is_reopening_it() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let first = coordinator.post("/locks", json!({"from": "2026-10-01", "to": "2026-10-31"})).await.expect(201);
    coordinator.post("/locks", json!({"from": "2026-10-15", "to": "2026-11-15"})).await.expect(201);
    let address = first.header("location").to_owned();
    assert_eq!(coordinator.delete(&address).await.expect(422).errors(), ["reason: reason_required"]);
    coordinator.delete(&format!("{address}?reason=Susulan")).await.expect(204);
    assert_eq!(coordinator.get(&address).await.json()["in_force"], false);
    let total = |date: &str| json!({"date": date, "channel": "all", "figure": "5", "source": "loket"});
    coordinator.post("/totals", total("2026-10-10")).await.expect(201);
    let refused = coordinator.post("/totals", total("2026-10-20")).await.expect(422);
    assert_eq!(refused.errors(), ["date: period_locked"]);
}

#[actix_web::test]
async fn what_was_locked_keeps_its_figures_whatever_becomes_of_the_event() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut body = booking("V-1", "T-1", "2026-10-05");
    body["state"] = json!("done");
    let event = coordinator.post("/events", body.clone()).await.expect(201);
    let place = event.header("location").to_owned();
    coordinator.post("/locks", json!({"from": "2026-10-01", "to": "2026-10-31"})).await.expect(201);
    for change in [json!({"venue": "V-2"}), json!({"kind": "counter"}), json!({"teams": ["T-2"]})] {
        coordinator.patch_version(&place, 1, change).await.expect(409);
    }
    for step in ["reopen", "cancel"] {
        coordinator.post(&format!("{place}/{step}"), json!({"reason": "salah"})).await.expect(409);
    }
    coordinator.post("/events", body).await.expect(409);
    let file = "venue,date,kind,teams,slots,state\nV-2,2026-10-06,outreach,T-1,morning,done\n";
    assert_eq!(coordinator.import("events", file).await.expect(422).errors(), ["lines[2].date: period_locked"]);
    // Words are no figures; what goes on after the locked days may be finished.
    coordinator.patch_version(&place, 1, json!({"title": "Judul lain"})).await.expect(200);
    let mut long = booking("V-3", "T-2", "2026-11-19");
    long["days"] = json!([{"date": "2026-11-19", "slots": ["morning"]}, {"date": "2026-11-21", "slots": ["morning"]}]);
    long["state"] = json!("confirmed");
    let long = coordinator.post("/events", long).await.expect(201).header("location").to_owned();
    coordinator.post("/locks", json!({"from": "2026-11-19", "to": "2026-11-19"})).await.expect(201);
    coordinator.post(&format!("{long}/finish"), json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_lock_has_two_ends_in_order_and_its_own_rights() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let backwards = coordinator.post("/locks", json!({"from": "2026-10-02", "to": "2026-10-01"})).await.expect(422);
    assert_eq!(backwards.errors(), ["to: ends_before_start"]);
    assert_eq!(coordinator.post("/locks", json!({})).await.expect(422).errors(), ["from: required", "to: required"]);
    for login in ["officer", "viewer"] {
        let client = app.as_user(login).await;
        client.post("/locks", json!({"from": "2026-10-01", "to": "2026-10-01"})).await.expect(403);
        client.get("/locks").await.expect(200);
    }
    coordinator.get("/locks/0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11").await.expect(404);
}
