//! Office-day totals: every kind of figure exactly as it was reported.

use serde_json::{Value, json};

use crate::support::TestApp;

fn total(figure: &Value) -> Value {
    json!({"date": "2024-06-07", "channel": "all", "figure": figure, "source": "Radar Purbalingga"})
}

#[actix_web::test]
async fn every_kind_of_figure_survives() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (sent, shown, kind, low, high) in [
        (json!("500-an"), "±500", "approximate", json!(500), json!(500)),
        (json!("±500"), "±500", "approximate", json!(500), json!(500)),
        (json!("6000-7000"), "6000-7000", "range", json!(6000), json!(7000)),
        (json!("29.890"), "29890", "exact", json!(29_890), json!(29_890)),
        (json!(205), "205", "exact", json!(205), json!(205)),
        (json!("3,83%"), "3,83%", "share", Value::Null, Value::Null),
    ] {
        let added = coordinator.post("/totals", total(&sent)).await.expect(201);
        let view = coordinator.get(added.header("location")).await.expect(200).json();
        assert_eq!((&view["figure"], &view["kind"]), (&json!(shown), &json!(kind)));
        assert_eq!((&view["low"], &view["high"]), (&low, &high), "{shown}");
    }
    assert_eq!(coordinator.get("/totals").await.json()["items"].as_array().unwrap().len(), 6);
    for bad in [json!("29.89"), json!("7000-6000"), json!(-1), json!("banyak")] {
        assert_eq!(coordinator.post("/totals", total(&bad)).await.expect(422).errors(), ["figure: figure"]);
    }
}

#[actix_web::test]
async fn a_correction_withdraws_one_row_and_adds_another() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let added = coordinator.post("/totals", total(&json!("205"))).await.expect(201);
    let before = added.header("location").to_owned();
    let corrected = coordinator.patch(&before, json!({"figure": "±210", "venue_kind": "company"})).await.expect(200);
    let after = corrected.header("location").to_owned();
    assert_ne!(before, after);
    coordinator.get(&before).await.expect(404);
    coordinator.patch(&before, json!({"figure": "1"})).await.expect(404);
    let view = coordinator.get(&after).await.expect(200).json();
    assert_eq!(
        (&view["figure"], &view["venue_kind"], &view["date"]),
        (&json!("±210"), &json!("company"), &json!("2024-06-07"))
    );
    coordinator.delete(&after).await.expect(204);
    coordinator.delete(&after).await.expect(404);
    assert_eq!(coordinator.get("/totals").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn totals_are_listed_by_period_and_channel_and_only_coordinators_enter_them() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (date, channel) in [("2024-06-05", "all"), ("2024-06-06", "counter"), ("2024-06-07", "all")] {
        let body = json!({"date": date, "channel": channel, "figure": 1, "source": "loket"});
        coordinator.post("/totals", body).await.expect(201);
    }
    let dates = async |query: &str| {
        let list = coordinator.get(&format!("/totals?{query}")).await.expect(200).json();
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t["date"].as_str().unwrap()[8..].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(dates("from=2024-06-06").await, ["06", "07"]);
    assert_eq!(dates("to=2024-06-06&channel=all").await, ["05"]);
    let first = coordinator.get("/totals?limit=2").await.expect(200).json();
    assert_eq!(dates(&format!("limit=2&cursor={}", first["next_cursor"].as_str().unwrap())).await, ["07"]);
    let ahead = json!({"date": "2026-11-22", "channel": "all", "figure": 1, "source": "x"});
    assert_eq!(coordinator.post("/totals", ahead).await.expect(422).errors(), ["date: future"]);
    for login in ["officer", "head", "viewer"] {
        app.as_user(login).await.post("/totals", total(&json!(1))).await.expect(403);
    }
}

#[actix_web::test]
async fn a_locked_day_keeps_its_totals() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let added = coordinator.post("/totals", total(&json!("205"))).await.expect(201);
    let address = added.header("location").to_owned();
    coordinator.post("/locks", json!({"from": "2024-06-07", "to": "2024-06-07"})).await.expect(201);
    for refused in [
        coordinator.delete(&address).await,
        coordinator.patch(&address, json!({"figure": "1"})).await,
        coordinator.patch(&address, json!({"date": "2024-06-08"})).await,
        coordinator.post("/totals", total(&json!("1"))).await,
    ] {
        assert_eq!(refused.expect(422).errors(), ["date: period_locked"]);
    }
    assert_eq!(coordinator.get(&address).await.json()["figure"], "205");
}

#[actix_web::test]
async fn a_total_that_is_split_gives_way_to_its_events_until_the_split_is_undone() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let about = json!({"date": "2026-11-12", "channel": "outreach", "figure": "500-an", "source": "Media"});
    let total = coordinator.post("/totals", about).await.expect(201).header("location").to_owned();
    let results = "day,venue,team,event_kind,activated\n2026-11-12,V-1,T-1,outreach,120\n2026-11-12,V-2,T-2,outreach,130\n\
                   2026-11-13,V-3,T-1,outreach,40\n";
    coordinator.import("results", results).await.expect(200);
    let goal =
        json!({"value": 1000, "purpose": "campaign", "starts": "2026-11-01", "ends": "2026-11-30", "source": "SK"});
    coordinator.post("/targets", goal).await.expect(201);
    let achieved = async || coordinator.get("/pace").await.expect(200).json()["targets"][0]["achieved"]["text"].clone();
    let reasons = async || coordinator.get("/rankings/venues").await.expect(200).json()["excluded"].clone();
    assert_eq!(achieved().await, "±540");
    assert_eq!(reasons().await[0]["reason"], "approximate");

    let events = coordinator.get("/events?from=2026-11-12&to=2026-11-13").await.expect(200).json()["items"].clone();
    let ids: Vec<Value> = events.as_array().unwrap().iter().map(|event| event["id"].clone()).collect();
    let of_day = |date: &str| {
        let on_day = events.as_array().unwrap().iter().filter(|event| event["days"][0]["date"] == date);
        on_day.map(|event| event["id"].clone()).collect::<Vec<_>>()
    };
    let split = format!("{total}/split");
    assert_eq!(coordinator.post(&split, json!({"events": ids})).await.expect(422).errors(), ["events: not_splittable"]);
    assert_eq!(coordinator.post(&split, json!({"events": []})).await.expect(422).errors(), ["events: required"]);
    assert_eq!(coordinator.post(&split, json!({"events": ["x"]})).await.expect(422).errors(), ["events[0]: format"]);
    let view = coordinator.post(&split, json!({"events": of_day("2026-11-12")})).await.expect(200).json();
    assert_eq!(view["split"], json!({"events": 2, "activated": 250}));
    assert_eq!((achieved().await, reasons().await), (json!("290"), json!([])));
    let page = coordinator.page("/33.03/total").await.expect(200).text;
    assert!(page.contains("dirinci ke 2 kegiatan: 250"), "{page}");

    coordinator.delete(&split).await.expect(204);
    coordinator.delete(&split).await.expect(404);
    assert_eq!((achieved().await, reasons().await[0]["reason"].clone()), (json!("±540"), json!("approximate")));
}
