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
