//! Teams and the units they bring, over HTTP.

use serde_json::json;

use crate::support::{TestApp, booking};

#[actix_web::test]
async fn a_team_is_added_with_units_and_members_changed_and_archived() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.post("/units", json!({"code": "MOBIL-1", "kind": "vehicle", "name": "Mobil 1"})).await.expect(201);
    coordinator.post("/units", json!({"code": "KIT-1", "kind": "kit", "name": "Kit 1"})).await.expect(201);
    let body = json!({"code": "TIM-1", "name": "Tim 1", "operators": 3, "capacity_per_day": 120, "latitude": -7.39,
        "longitude": 109.36, "units": ["MOBIL-1", "KIT-1"], "members": ["officer", "coordinator"]});
    let added = coordinator.post("/teams", body).await.expect(201);
    assert_eq!(added.header("location"), "/api/v1/offices/33.03/teams/TIM-1");
    assert_eq!(added.json()["units"], json!(["KIT-1", "MOBIL-1"]));
    assert_eq!(added.json()["members"], json!(["coordinator", "officer"]));
    assert_eq!(coordinator.get("/teams/TIM-1").await.expect(200).json(), added.json());

    let changes = json!({"members": ["officer"], "latitude": null, "longitude": null, "operators": 2});
    let changed = coordinator.patch_version("/teams/TIM-1", 1, changes.clone()).await.expect(200);
    assert_eq!((&changed.json()["operators"], &changed.json()["members"]), (&json!(2), &json!(["officer"])));
    assert_eq!((changed.json().get("latitude"), changed.header("etag")), (None, "\"2\""));
    coordinator.patch_version("/teams/TIM-1", 1, changes).await.expect(412);

    coordinator.delete("/teams/TIM-1").await.expect(204);
    assert_eq!(coordinator.get("/teams").await.json()["items"], json!([]));
    let archived = coordinator.get("/teams?archived=true").await.expect(200).json();
    assert_eq!(
        (&archived["items"][0]["archived"], &archived["items"][0]["members"]),
        (&json!(true), &json!(["officer"]))
    );
}

#[actix_web::test]
async fn every_unit_and_member_that_does_not_exist_here_is_named_with_its_place() {
    let app = TestApp::start().await;
    app.add_user("tetangga", "officer", "33.04").await;
    app.add_user("provinsi", "officer", "33").await;
    let coordinator = app.as_coordinator().await;
    coordinator.post("/units", json!({"code": "KIT-1", "kind": "kit", "name": "Kit 1"})).await.expect(201);
    coordinator.delete("/units/KIT-1").await.expect(204);
    let body = json!({"code": "TIM-1", "name": "Tim 1", "operators": 1, "capacity_per_day": 10,
        "units": ["KIT-1", "KIT-2"], "members": ["officer", "tetangga", "provinsi", "siapa"]});
    let refused = coordinator.post("/teams", body).await.expect(422);
    let expected = [
        "units[0]: not_found",
        "units[1]: not_found",
        "members[1]: not_found",
        "members[2]: not_of_this_office",
        "members[3]: not_found",
    ];
    assert_eq!(refused.errors(), expected);
    coordinator.get("/teams/TIM-1").await.expect(404);

    let body = json!({"code": "tim 1", "operators": 0, "units": ["A", "A"], "x": 1});
    assert_eq!(coordinator.post("/teams", body).await.expect(422).errors(), ["x: unknown_field"]);
    let body = json!({"code": "tim 1", "operators": 0, "units": ["A", "A"], "members": vec!["a"; 201]});
    let expected = [
        "code: format",
        "name: required",
        "operators: out_of_range",
        "capacity_per_day: required",
        "units[1]: repeated",
        "members: too_many",
    ];
    assert_eq!(coordinator.post("/teams", body).await.expect(422).errors(), expected);
}

#[actix_web::test]
async fn a_code_of_a_team_or_unit_is_given_once_and_never_changes() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let team = json!({"code": "A", "name": "A", "operators": 1, "capacity_per_day": 10});
    let unit = json!({"code": "A", "kind": "kit", "name": "A"});
    for (path, body) in [("/teams", team), ("/units", unit)] {
        coordinator.post(path, body.clone()).await.expect(201);
        assert_eq!(coordinator.post(path, body).await.expect(409).errors(), ["code: taken"]);
        let renamed = coordinator.patch(&format!("{path}/A"), json!({"code": "B"})).await.expect(422);
        assert_eq!(renamed.errors(), ["code: fixed"]);
    }
}

#[actix_web::test]
async fn a_unit_changes_and_an_archived_one_leaves_its_teams() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.post("/units", json!({"code": "KIT-1", "kind": "kit", "name": "Kit"})).await.expect(201);
    coordinator.post("/units", json!({"code": "MOBIL-1", "kind": "vehicle", "name": "Mobil"})).await.expect(201);
    let team = json!({"code": "T", "name": "T", "operators": 1, "capacity_per_day": 10, "units": ["KIT-1", "MOBIL-1"]});
    coordinator.post("/teams", team).await.expect(201);
    let renamed = coordinator.patch("/units/KIT-1", json!({"name": "Kit satu"})).await.expect(200);
    assert_eq!((&renamed.json()["name"], &renamed.json()["version"]), (&json!("Kit satu"), &json!(2)));
    let wrong = coordinator.patch("/units/KIT-1", json!({"kind": "drone", "name": null})).await.expect(422);
    assert_eq!(wrong.errors(), ["kind: unknown_code", "name: required"]);
    let kits = coordinator.get("/units?kind=kit").await.expect(200).json();
    assert_eq!(kits["items"].as_array().unwrap().len(), 1);

    coordinator.delete("/units/KIT-1").await.expect(204);
    assert_eq!(coordinator.get("/teams/T").await.json()["units"], json!(["MOBIL-1"]));
    // What a team still has stays changeable.
    coordinator.patch("/teams/T", json!({"name": "Tim"})).await.expect(200);
}

#[actix_web::test]
async fn teams_come_in_pages_each_with_its_own_people() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (code, member) in [("A", "officer"), ("B", "head"), ("C", "viewer")] {
        let team = json!({"code": code, "name": code, "operators": 1, "capacity_per_day": 10, "members": [member]});
        coordinator.post("/teams", team).await.expect(201);
    }
    let first = coordinator.get("/teams?limit=2").await.expect(200).json();
    assert_eq!(first["items"][0]["members"], json!(["officer"]));
    assert_eq!(first["items"][1]["members"], json!(["head"]));
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = coordinator.get(&format!("/teams?limit=2&cursor={cursor}")).await.expect(200).json();
    assert_eq!((&second["items"][0]["code"], &second["next_cursor"]), (&json!("C"), &json!(null)));
    let foreign = coordinator.get(&format!("/units?cursor={cursor}")).await.expect(422);
    assert_eq!(foreign.errors(), ["cursor: foreign_cursor"]);
}

#[actix_web::test]
async fn who_is_archived_or_moved_away_leaves_his_teams() {
    let app = TestApp::start().await;
    for login in ["a", "b"] {
        app.add_user(login, "officer", "33.03").await;
    }
    let (coordinator, nation) = (app.as_coordinator().await, {
        app.add_user("pusat", "admin", "").await;
        app.as_user("pusat").await
    });
    let team =
        json!({"code": "T", "name": "T", "operators": 1, "capacity_per_day": 10, "members": ["a", "b", "officer"]});
    coordinator.post("/teams", team).await.expect(201);
    nation.delete("/api/v1/users/a").await.expect(204);
    nation.patch("/api/v1/users/b", json!({"scope": "33.04"})).await.expect(200);
    assert_eq!(coordinator.get("/teams/T").await.json()["members"], json!(["officer"]));
    // Who works for a whole province could be booked by two offices at once.
    nation.patch("/api/v1/users/officer", json!({"scope": "33"})).await.expect(200);
    assert_eq!(coordinator.get("/teams/T").await.json()["members"], json!([]));
    let refused = coordinator.patch("/teams/T", json!({"members": ["officer"]})).await.expect(422);
    assert_eq!(refused.errors(), ["members[0]: not_of_this_office"]);
    let refused = coordinator.import("members", "team,login\nT,officer\n").await.expect(422);
    assert_eq!(refused.errors(), ["lines[2].login: not_of_this_office"]);
    coordinator
        .post("/venues", json!({"code": "V", "name": "V", "kind": "school", "region": "33.03.05"}))
        .await
        .expect(201);
    let mut body = booking("V", "T", "2026-11-25");
    body["officers"] = json!(["officer"]);
    let refused = coordinator.post("/events", body).await.expect(422);
    assert_eq!(refused.errors(), ["officers[0]: not_of_this_office"]);
}
