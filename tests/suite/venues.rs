//! The venue registry over HTTP.

use serde_json::json;

use crate::support::TestApp;

#[actix_web::test]
async fn a_venue_is_added_shown_listed_changed_and_archived() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let body = json!({"code": "SMKN-1", "name": "SMKN 1 Purbalingga", "kind": "school", "region": "33.03.05",
        "weekdays": ["mon", "tue"], "opens": "07:00", "people": 900, "contact_phone": "0812-3456-7890"});
    let added = coordinator.post("/venues", body).await.expect(201);
    assert_eq!(added.header("location"), "/api/v1/offices/33.03/venues/SMKN-1");
    assert_eq!(added.header("etag"), "\"1\"");
    assert_eq!(added.json()["contact_phone"], "+6281234567890");

    let changed = coordinator.patch("/venues/SMKN-1", json!({"people": null, "eligible": 300})).await.expect(200);
    assert_eq!((&changed.json()["eligible"], changed.json().get("people")), (&json!(300), None));
    assert_eq!(changed.json()["version"], 2);

    coordinator.delete("/venues/SMKN-1").await.expect(204);
    assert_eq!(coordinator.get("/venues").await.expect(200).json()["items"], json!([]));
    assert_eq!(coordinator.get("/venues?archived=true").await.json()["items"][0]["archived"], true);
    assert_eq!(coordinator.get("/venues/SMKN-1").await.expect(200).json()["archived"], true);
}

#[actix_web::test]
async fn every_broken_rule_is_named_at_once_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let body = json!({"code": "smkn 1", "kind": "skool", "region": "33.03.05", "latitude": 95.0, "people": -1,
        "notes": "NIK 3303 0507 0624 0001", "opens": "12:00", "closes": "08:00", "weekdays": ["senin"]});
    let refused = coordinator.post("/venues", body).await.expect(422);
    let expected = [
        "code: format",
        "name: required",
        "kind: unknown_code",
        "latitude: out_of_range",
        "longitude: required",
        "people: out_of_range",
        "weekdays: unknown_code",
        "notes: nik_like",
    ];
    for error in expected {
        assert!(refused.errors().contains(&error.to_owned()), "{error} in {:?}", refused.errors());
    }
    assert_eq!(coordinator.get("/venues").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn a_region_must_exist_and_lie_inside_the_office() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (region, error) in [
        ("35.29.01", "region: outside_office"),
        ("33.03", "region: outside_office"),
        ("33.03.99", "region: not_found"),
        ("33.03.05.9999", "region: not_found"),
        ("3303", "region: format"),
    ] {
        let body = json!({"code": "A", "name": "A", "kind": "other", "region": region});
        assert_eq!(coordinator.post("/venues", body).await.expect(422).errors(), [error], "{region}");
    }
}

#[actix_web::test]
async fn a_code_is_given_once() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let body = json!({"code": "PASAR", "name": "Pasar", "kind": "market", "region": "33.03.05"});
    coordinator.post("/venues", body.clone()).await.expect(201);
    assert_eq!(coordinator.post("/venues", body).await.expect(409).errors(), ["code: taken"]);
    let renamed = coordinator.patch("/venues/PASAR", json!({"code": "PASAR-2"})).await.expect(422);
    assert_eq!(renamed.errors(), ["code: fixed"]);
}

#[actix_web::test]
async fn pages_follow_each_other_without_gap_and_a_foreign_cursor_is_refused() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for n in 1..=7 {
        let body =
            json!({"code": format!("V-{n}"), "name": format!("Lokasi {n}"), "kind": "other", "region": "33.03.05"});
        coordinator.post("/venues", body).await.expect(201);
    }
    let mut seen = Vec::new();
    let mut address = "/venues?limit=3".to_owned();
    loop {
        let page = coordinator.get(&address).await.expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|venue| venue["code"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        address = format!("/venues?limit=3&cursor={cursor}");
    }
    assert_eq!(seen, ["V-1", "V-2", "V-3", "V-4", "V-5", "V-6", "V-7"]);
    let foreign = coordinator.get("/venues?cursor=teams-33.03~V-1").await.expect(422);
    assert_eq!(foreign.errors(), ["cursor: foreign_cursor"]);
    for (query, error) in
        [("limit=0", "limit: out_of_range"), ("limit=x", "limit: wrong_type"), ("x=1", "x: unknown_field")]
    {
        assert_eq!(coordinator.get(&format!("/venues?{query}")).await.expect(422).errors(), [error]);
    }
}

#[actix_web::test]
async fn a_search_takes_its_own_wildcards_literally() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (code, name) in [("A", "Pasar 100%"), ("B", "PASAR 100 Ribu"), ("C", "Balai_Desa")] {
        let body = json!({"code": code, "name": name, "kind": "other", "region": "33.03.05.2004"});
        coordinator.post("/venues", body).await.expect(201);
    }
    let codes = async |query: &str| {
        let page = coordinator.get(&format!("/venues?search={query}")).await.expect(200).json();
        page["items"].as_array().unwrap().iter().map(|v| v["code"].as_str().unwrap().to_owned()).collect::<String>()
    };
    assert_eq!(codes("pasar").await, "AB");
    assert_eq!(codes("100%25").await, "A");
    assert_eq!(codes("_").await, "C");
}

#[actix_web::test]
async fn rights_end_at_the_role_and_at_the_scope() {
    let app = TestApp::start().await;
    app.add_user("tetangga", "coordinator", "33.04").await;
    let body = || json!({"code": "A", "name": "A", "kind": "other", "region": "33.03.05"});
    for login in ["officer", "head", "viewer"] {
        let client = app.as_user(login).await;
        client.get("/venues").await.expect(200);
        client.post("/venues", body()).await.expect(403);
    }
    let neighbour = app.as_user("tetangga").await;
    neighbour.get("/venues").await.expect(404);
    neighbour.post("/venues", body()).await.expect(404);
    app.as_stranger().post("/venues", json!("no venue at all")).await.expect(401);
    app.as_stranger().get("/api/v1/nowhere").await.expect(401);
}

#[actix_web::test]
async fn a_stale_version_changes_nothing() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let body = json!({"code": "A", "name": "Lama", "kind": "other", "region": "33.03.05"});
    coordinator.post("/venues", body).await.expect(201);
    coordinator.patch_version("/venues/A", 1, json!({"name": "Baru"})).await.expect(200);
    coordinator.patch_version("/venues/A", 1, json!({"name": "Lain"})).await.expect(412);
    assert_eq!(coordinator.get("/venues/A").await.json()["name"], "Baru");
}
