//! Schedule proposals: asked for, computed by a job, accepted in parts, planned again.

use std::collections::BTreeSet;
use std::sync::Arc;

use jemputbola::jobs::runner;
use jemputbola::service::Caller;
use jemputbola::service::plans::Computed;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, TestDatabase, booking};

const DECEMBER: (&str, &str) = ("2026-12-01", "2026-12-31");

fn december() -> Value {
    json!({"from": DECEMBER.0, "to": DECEMBER.1})
}

/// Asks for a proposal, lets the jobs do their work, and reads the answer.
async fn propose(app: &TestApp, client: &Client, body: Value) -> Value {
    let asked = client.post("/plans", body).await.expect(201);
    assert_eq!(asked.json()["state"], "queued");
    assert!(runner::run_due(&app.services).await.unwrap() >= 1);
    let plan = client.get(asked.header("location")).await.expect(200).json();
    assert_eq!(plan["state"], "ready", "{plan}");
    plan
}

fn visits(plan: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    plan["visits"].as_array().unwrap().iter().map(|visit| (text(&visit["date"]), text(&visit["venue"]))).collect()
}

fn place(plan: &Value) -> String {
    format!("/plans/{}", plan["id"].as_str().unwrap())
}

#[actix_web::test]
async fn a_proposal_is_computed_in_the_background_and_accepted_as_drafts() {
    let (app, coordinator) = TestApp::with_registry().await;
    let plan = propose(&app, &coordinator, december()).await;
    // Schools rest for three weeks: each of the three can be seen twice in a month.
    assert_eq!(visits(&plan).len(), 6, "{plan}");
    let outcome = &plan["outcome"];
    assert!(
        outcome["bound"].as_f64() >= outcome["objective"].as_f64()
            && outcome["low"].as_f64() < outcome["expected"].as_f64()
    );
    let accepted = coordinator.post(&format!("{}/accept", place(&plan)), json!({})).await.expect(200).json();
    let events = accepted["events"].as_array().unwrap();
    assert_eq!(
        (events.len(), &events[0]["state"], &events[0]["title"]),
        (6, &json!("draft"), &json!("Jemput bola Tempat 1"))
    );
    assert!(events.iter().all(|event| event["officers"].as_array().unwrap().len() == 1));
    assert!(events.iter().all(|event| event["units"].as_array().unwrap().len() == 1), "each team brings its car");
    let again = coordinator.get(&place(&plan)).await.json();
    assert!(again["visits"].as_array().unwrap().iter().all(|visit| visit["event"].is_string()));
    let listed = coordinator.get("/plans").await.expect(200).json();
    assert_eq!((&listed["items"][0]["accepted"], &listed["items"][0]["visits"]), (&json!(6), &json!(6)));
    let audit = coordinator.get("/audit?limit=500").await.json();
    let actions: BTreeSet<&str> =
        audit["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert!(actions.is_superset(&BTreeSet::from(["plan.asked", "plan.accepted", "event.booked"])), "{actions:?}");
}

#[actix_web::test]
async fn some_visits_are_accepted_once_and_what_is_booked_meanwhile_is_named() {
    let (app, coordinator) = TestApp::with_registry().await;
    let plan = propose(&app, &coordinator, december()).await;
    let accept = format!("{}/accept", place(&plan));
    let accepted = coordinator.post(&accept, json!({"visits": [0, 2]})).await.expect(200).json();
    assert_eq!(accepted["events"].as_array().unwrap().len(), 2);
    let wrong = coordinator.post(&accept, json!({"visits": [0, 1, 1, 99]})).await.expect(422);
    assert_eq!(wrong.errors(), ["visits[0]: taken", "visits[2]: repeated", "visits[3]: not_found"]);
    assert_eq!(coordinator.post(&accept, json!({"visits": []})).await.expect(422).errors(), ["visits: required"]);
    // Somebody books the team of the second visit by hand.
    let second = &plan["visits"][1];
    let (team, date) = (second["teams"][0].as_str().unwrap(), second["date"].as_str().unwrap());
    let of_day = plan["visits"].as_array().unwrap().iter().filter(|visit| visit["date"] == date);
    let taken: BTreeSet<&str> = of_day.map(|visit| visit["venue"].as_str().unwrap()).collect();
    let elsewhere = ["V-1", "V-2", "V-3"].into_iter().find(|venue| !taken.contains(venue)).unwrap();
    coordinator.post("/events", booking(elsewhere, team, date)).await.expect(201);
    let refused = coordinator.post(&accept, json!({})).await.expect(409).json();
    assert!(!refused["clashes"].as_array().unwrap().is_empty());
    let stored = coordinator.get(&place(&plan)).await.json();
    let drafts = stored["visits"].as_array().unwrap().iter().filter(|visit| visit["event"].is_string()).count();
    assert_eq!(drafts, 2, "all or nothing");
}

#[actix_web::test]
async fn what_is_booked_and_who_is_away_is_planned_around() {
    let (app, coordinator) = TestApp::with_registry().await;
    coordinator.post("/events", booking("V-1", "T-1", "2026-12-08")).await.expect(201);
    let away = json!({"login": "officer2", "from": "2026-12-01", "to": "2026-12-31", "reason": "Cuti"});
    coordinator.post("/absences", away).await.expect(201);
    let plan = propose(&app, &coordinator, december()).await;
    assert!(plan["visits"].as_array().unwrap().iter().all(|visit| visit["teams"] == json!(["T-1"])), "{plan}");
    assert!(!visits(&plan).iter().any(|(date, venue)| venue == "V-1" && date.as_str() < "2026-12-29"), "it rests");
    assert_eq!(plan["outcome"]["booked"][0]["venue"], "V-1");
    coordinator.post(&format!("{}/accept", place(&plan)), json!({})).await.expect(200);
}

#[actix_web::test]
async fn planning_again_keeps_what_can_stay_and_a_pin_brings_a_venue_in() {
    let (app, coordinator) = TestApp::with_registry().await;
    let first = propose(&app, &coordinator, december()).await;
    let lost = &first["visits"][0];
    let date = lost["date"].as_str().unwrap();
    let officer = if lost["teams"][0] == "T-1" { "officer" } else { "officer2" };
    coordinator.post("/absences", json!({"login": officer, "from": date, "to": date})).await.expect(201);
    let again = json!({"based_on": first["id"], "keeps": true});
    let kept = propose(&app, &coordinator, again).await;
    assert_eq!(kept["changes"]["gone"].as_array().unwrap().len(), 1, "{}", kept["changes"]);
    let (before, after) = (BTreeSet::from_iter(visits(&first)), BTreeSet::from_iter(visits(&kept)));
    assert!(before.difference(&after).count() <= 1);
    // Out of three venues one day of one team has room for one: the two others have lost.
    let day = json!({"from": "2026-12-02", "to": "2026-12-02", "teams": ["T-1"], "floor": 0});
    let one = propose(&app, &coordinator, day).await;
    let left = one["outcome"]["left_out"].as_array().unwrap();
    assert_eq!((visits(&one).len(), left.len()), (1, 2), "{one}");
    assert!(left.iter().all(|left| left["reason"] == "beaten" && left["include"]["displaced"][0]["venue"].is_string()));
    let wanted = left[0]["venue"].clone();
    let pins = json!([{"venue": wanted, "date": "2026-12-02", "team": "T-1"}]);
    let pinned = propose(&app, &coordinator, json!({"based_on": one["id"], "keeps": true, "pins": pins})).await;
    assert_eq!((&pinned["visits"][0]["venue"], &pinned["visits"][0]["why"][0]), (&wanted, &json!("pinned")));
}

#[actix_web::test]
async fn a_supposed_team_shows_what_it_would_bring_and_cannot_be_booked() {
    let (app, coordinator) = TestApp::with_registry().await;
    let day = json!({"from": "2026-12-02", "to": "2026-12-02", "extra_teams": 1});
    let plan = propose(&app, &coordinator, day).await;
    assert_eq!(visits(&plan).len(), 3, "three venues, two teams and a supposed one");
    let supposed = plan["visits"].as_array().unwrap().iter().find(|visit| visit["teams"] == json!([null])).unwrap();
    let accept = format!("{}/accept", place(&plan));
    let refused = coordinator.post(&accept, json!({"visits": [supposed["n"]]})).await.expect(422);
    assert_eq!(refused.errors(), ["visits[0]: supposed_team"]);
    let accepted = coordinator.post(&accept, json!({})).await.expect(200).json();
    assert_eq!(accepted["events"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_proposal_is_stopped_before_it_begins_and_taken_off_the_list() {
    let (app, coordinator) = TestApp::with_registry().await;
    let asked = coordinator.post("/plans", december()).await.expect(201).json();
    let cancelled = coordinator.post(&format!("{}/cancel", place(&asked)), json!({})).await.expect(200).json();
    assert_eq!(cancelled["state"], "cancelled");
    runner::run_due(&app.services).await.unwrap();
    assert_eq!(coordinator.get(&place(&asked)).await.json()["state"], "cancelled");
    coordinator.post(&format!("{}/cancel", place(&asked)), json!({})).await.expect(409);
    coordinator.post(&format!("{}/accept", place(&asked)), json!({})).await.expect(409);
    coordinator.delete(&place(&asked)).await.expect(204);
    coordinator.get(&place(&asked)).await.expect(404);
    assert_eq!(coordinator.get("/plans").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn a_proposal_that_is_answered_without_its_job_leaves_no_job_waiting() {
    let (app, coordinator) = TestApp::with_registry().await;
    runner::run_due(&app.services).await.unwrap();
    let asked = coordinator.post("/plans", december()).await.expect(201).json();
    let (office, id) = ("33.03".parse().unwrap(), asked["id"].as_str().unwrap().parse().unwrap());
    let done = app.services.compute_plan(&Caller::system("test"), &office, id, Arc::new(|_| true)).await.unwrap();
    assert_eq!(done, Computed::Answered);
    assert_eq!(coordinator.get(&place(&asked)).await.expect(200).json()["state"], "ready");
    assert_eq!(runner::run_due(&app.services).await.unwrap(), 0);
}

#[actix_web::test]
async fn only_who_plans_may_ask_and_every_broken_rule_is_named() {
    let (app, coordinator) = TestApp::with_registry().await;
    for login in ["officer", "head", "viewer"] {
        let client = app.as_user(login).await;
        client.post("/plans", december()).await.expect(403);
        client.get("/plans").await.expect(200);
    }
    let foreign = app.as_admin_of("33.28").await;
    foreign.get("/api/v1/offices/33.03/plans").await.expect(404);
    let wrong = json!({"from": "2026-11-21", "to": "2026-12-31", "teams": ["T-9"], "kinds": ["castle"], "floor": 21});
    assert_eq!(
        coordinator.post("/plans", wrong).await.expect(422).errors(),
        ["from: out_of_range", "kinds: unknown_code", "floor: out_of_range"]
    );
    let unknown = json!({"from": DECEMBER.0, "to": DECEMBER.1, "teams": ["T-9"], "pins": [{"venue": "V-9"}],
        "excluded": ["V-8"], "floors": [{"region": "35.77.01", "visits": 1}]});
    let expected =
        ["teams: not_found", "pins: not_found", "pins: not_found", "excluded: not_found", "floors: outside_office"];
    let errors = coordinator.post("/plans", unknown).await.expect(422).errors();
    assert_eq!(BTreeSet::from_iter(errors), expected.map(str::to_owned).into());
}

#[actix_web::test]
async fn a_month_of_the_demo_office_is_proposed_and_booked_as_it_stands() {
    let app = TestApp::start_on(TestDatabase::create_demo());
    let coordinator = app.as_user("coordinator@purbalingga.example").await;
    let plan = propose(&app, &coordinator, december()).await;
    assert!(visits(&plan).len() > 20, "{}", visits(&plan).len());
    let gap = plan["outcome"]["gap"].as_f64().unwrap();
    assert!((0.0..0.01).contains(&gap), "{gap}");
    let accepted = coordinator.post(&format!("{}/accept", place(&plan)), json!({})).await.expect(200).json();
    assert_eq!(accepted["events"].as_array().unwrap().len(), visits(&plan).len());
}
