//! A change of a team, and its events to come: they are shown, and take the team's people only if one says so.

use serde_json::{Value, json};

use crate::support::{Client, TestApp, booking};

const MONDAY: &str = "2026-11-23";
const TUESDAY: &str = "2026-11-24";

async fn book(client: &Client, team: &str, venue: &str, date: &str, state: &str) -> String {
    let mut body = booking(venue, team, date);
    body["state"] = json!(state);
    client.post("/events", body).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

async fn officers(client: &Client, event: &str) -> (Value, Value) {
    let event = client.get(&format!("/events/{event}")).await.expect(200).json();
    (event["officers"].clone(), event["version"].clone())
}

/// `id joining leaving updated` of each event that differs.
fn offered(changed: &Value) -> Vec<String> {
    let line =
        |event: &Value| format!("{} +{} -{} {}", event["id"], event["joining"], event["leaving"], event["updated"]);
    changed["future_events"].as_array().unwrap().iter().map(|event| line(event).replace('"', "")).collect()
}

#[actix_web::test]
async fn events_to_come_are_offered_the_people_of_their_changed_team_and_take_them_when_told() {
    let (app, coordinator) = TestApp::with_registry().await;
    app.add_user("officer3", "officer", "33.03").await;
    let today = book(&coordinator, "T-1", "V-1", "2026-11-21", "confirmed").await;
    let draft = book(&coordinator, "T-1", "V-1", MONDAY, "draft").await;
    let confirmed = book(&coordinator, "T-1", "V-1", TUESDAY, "confirmed").await;
    let cancelled = book(&coordinator, "T-1", "V-2", "2026-11-25", "confirmed").await;
    coordinator.post(&format!("/events/{cancelled}/cancel"), json!({"reason": "batal"})).await.expect(200);
    book(&coordinator, "T-2", "V-2", MONDAY, "confirmed").await;

    let same = coordinator.patch("/teams/T-1", json!({"name": "Tim satu"})).await.expect(200).json();
    assert_eq!(same["future_events"], json!([]), "nobody's people changed");
    let members = json!({"members": ["officer3"]});
    let asked = coordinator.patch("/teams/T-1", members.clone()).await.expect(200).json();
    let expected =
        |updated: bool| [&draft, &confirmed].map(|id| format!("{id} +[officer3] -[officer] {updated}")).to_vec();
    assert_eq!(offered(&asked), expected(false));
    assert_eq!((&asked["future_events"][0]["first_day"], &asked["members"]), (&json!(MONDAY), &json!(["officer3"])));
    assert_eq!(officers(&coordinator, &draft).await, (json!(["officer"]), json!(1)));

    let told = coordinator.patch("/teams/T-1?update_events=true", json!({})).await.expect(200).json();
    assert_eq!(offered(&told), expected(true));
    for event in [&draft, &confirmed] {
        assert_eq!(officers(&coordinator, event).await, (json!(["officer3"]), json!(2)));
    }
    for event in [&today, &cancelled] {
        assert_eq!(officers(&coordinator, event).await.0, json!(["officer"]), "what is under way or over stays");
    }
    // The claims went along: who left is free, who came is not.
    let alone = |officer: &str| {
        let mut body = booking("V-3", "T-2", TUESDAY);
        body["officers"] = json!([officer]);
        body
    };
    assert_eq!(
        coordinator.post("/events", alone("officer3")).await.expect(409).clashes(),
        ["officer officer3 2026-11-24 morning"]
    );
    coordinator.post("/events", alone("officer")).await.expect(201);
    let trail = coordinator.get(&format!("/audit?subject={draft}")).await.expect(200).json();
    let last = &trail["items"][0];
    assert_eq!(
        (&last["action"], &last["details"]),
        (&json!("event.revised"), &json!({"fields": "officers", "team": "T-1"}))
    );
    let again = coordinator.patch("/teams/T-1", json!({})).await.expect(200).json();
    assert_eq!(again["future_events"], json!([]));
}

#[actix_web::test]
async fn a_clash_or_an_absence_keeps_team_and_events_as_they_were() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let first = book(&coordinator, "T-1", "V-1", MONDAY, "confirmed").await;
    let second = book(&coordinator, "T-1", "V-1", TUESDAY, "confirmed").await;
    for date in [MONDAY, TUESDAY] {
        book(&coordinator, "T-2", "V-2", date, "confirmed").await;
    }
    let both = json!({"members": ["officer", "officer2"]});
    let refused = coordinator.patch("/teams/T-1?update_events=true", both.clone()).await.expect(409);
    let all = ["officer officer2 2026-11-23 morning", "officer officer2 2026-11-24 morning"];
    assert_eq!(refused.clashes(), all);
    assert_eq!(coordinator.get("/teams/T-1").await.json()["members"], json!(["officer"]));
    for event in [&first, &second] {
        assert_eq!(officers(&coordinator, event).await, (json!(["officer"]), json!(1)));
    }
    let absence = json!({"login": "coordinator", "from": TUESDAY, "to": TUESDAY});
    coordinator.post("/absences", absence).await.expect(201);
    let absent = json!({"members": ["coordinator"]});
    let refused = coordinator.patch("/teams/T-1?update_events=true", absent).await.expect(422);
    assert_eq!(refused.errors(), ["officers: officer_absent"]);
    let slip = coordinator.patch("/teams/T-1?update_events=yes", both).await.expect(422);
    assert_eq!(slip.errors(), ["update_events: unknown_code"]);
    assert_eq!(officers(&coordinator, &second).await, (json!(["officer"]), json!(1)));
}

#[actix_web::test]
async fn people_that_two_events_exchange_are_no_clash() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut with_both = booking("V-1", "T-1", MONDAY);
    with_both["teams"] = json!(["T-1", "T-2"]);
    coordinator.post("/events", with_both).await.expect(201);
    // The afternoon is another event of the same teams' people, chosen by hand.
    let mut afternoon = booking("V-2", "T-1", MONDAY);
    afternoon["days"] = json!([{"date": MONDAY, "slots": ["afternoon"]}]);
    afternoon["officers"] = json!(["officer2"]);
    let afternoon = coordinator.post("/events", afternoon).await.expect(201).json();
    let told = coordinator.patch("/teams/T-1?update_events=true", json!({})).await.expect(200).json();
    let expected = format!("{} +[officer] -[officer2] true", afternoon["id"].as_str().unwrap());
    assert_eq!(offered(&told), [expected], "the members of both teams were at the other one");
}
