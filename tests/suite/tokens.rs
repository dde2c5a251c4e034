//! API tokens over HTTP: shown once, limited, revocable, and no way to more rights than one has.

use serde_json::json;

use crate::support::{Client, TestApp};

#[actix_web::test]
async fn a_token_is_shown_once_listed_without_its_secret_and_ends_when_revoked() {
    let app = TestApp::start().await;
    let viewer = app.as_user("viewer").await;
    let body = json!({"name": "ekspor", "scopes": ["read", "read"], "expires": "7d"});
    let minted = viewer.post("/api/v1/tokens", body).await.expect(201);
    let path = minted.header("location").to_owned();
    let minted = minted.json();
    let secret = minted["token"].as_str().unwrap();
    assert!(secret.starts_with("jb_"));
    assert_eq!((&minted["scopes"], &minted["login"]), (&json!(["read"]), &json!("viewer")));
    assert_eq!(
        (&minted["created_at"], &minted["expires_at"]),
        (&json!("2026-11-21T02:00:00.000000Z"), &json!("2026-11-28T02:00:00.000000Z"))
    );
    let list = viewer.get("/api/v1/tokens").await.expect(200);
    assert!(list.text.contains("ekspor") && !list.text.contains(secret));
    let shown = viewer.get(&path).await.expect(200);
    assert_eq!((&shown.json()["id"], &shown.json()["name"]), (&minted["id"], &json!("ekspor")));
    assert!(!shown.text.contains(secret));
    app.as_user("head").await.get(&path).await.expect(404);
    app.as_admin().await.get(&path).await.expect(200);
    app.as_admin_of("33.04").await.get(&path).await.expect(404);

    let program = Client::new(&app.url, Some(secret.to_owned()));
    program.get("/teams").await.expect(200);
    app.as_user("head").await.delete(&path).await.expect(404);
    viewer.delete(&path).await.expect(204);
    program.get("/teams").await.expect(401);
    viewer.delete(&path).await.expect(404);
    viewer.get(&path).await.expect(404);
}

#[actix_web::test]
async fn a_token_ends_with_its_days() {
    let app = TestApp::start().await;
    let officer = app.as_user("officer").await;
    let minted = officer.post("/api/v1/tokens", json!({"name": "sehari", "days": 1})).await.expect(201).json();
    let program = Client::new(&app.url, Some(minted["token"].as_str().unwrap().to_owned()));
    app.set_now("2026-11-22T01:59:59Z");
    program.get("/api/v1/me").await.expect(200);
    app.set_now("2026-11-22T02:00:00Z");
    program.get("/api/v1/me").await.expect(401);
}

#[actix_web::test]
async fn a_limited_token_can_neither_write_nor_give_itself_more() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let limited = async |scope: &str| {
        let minted = coordinator.post("/api/v1/tokens", json!({"name": scope, "scopes": [scope]})).await.expect(201);
        Client::new(&app.url, Some(minted.json()["token"].as_str().unwrap().to_owned()))
    };
    let (reader, phone, writer) = (limited("read").await, limited("results").await, limited("write").await);
    let unit = |code: &str| json!({"code": code, "kind": "kit", "name": code});
    for (client, read, write) in [(&reader, 200, 403), (&phone, 403, 403), (&writer, 200, 201)] {
        client.get("/units").await.expect(read);
        client.post("/units", unit("KIT-1")).await.expect(write);
        client.post("/api/v1/tokens", json!({"name": "lebih"})).await.expect(write);
    }
    reader.get("/audit").await.expect(200);
    reader.patch("/api/v1/me", json!({"language": "en"})).await.expect(403);
    reader.post("/api/v1/me/password", json!({"current": "x", "new": "kata sandi baru"})).await.expect(403);
    let list = reader.get("/api/v1/tokens").await.expect(200).json();
    let id = list["items"][0]["id"].as_str().unwrap();
    reader.delete(&format!("/api/v1/tokens/{id}")).await.expect(403);
}

#[actix_web::test]
async fn an_admin_gives_and_ends_tokens_of_others_within_his_scope() {
    let app = TestApp::start().await;
    app.add_user("tetangga", "officer", "33.04").await;
    let (admin, officer) = (app.as_admin().await, app.as_user("officer").await);
    let given =
        admin.post("/api/v1/tokens", json!({"name": "untuk petugas", "login": "officer"})).await.expect(201).json();
    assert_eq!(given["login"], "officer");
    assert!(officer.get("/api/v1/tokens").await.text.contains("untuk petugas"));
    assert!(admin.get("/api/v1/tokens?login=officer").await.expect(200).text.contains("untuk petugas"));
    admin.delete(&format!("/api/v1/tokens/{}", given["id"].as_str().unwrap())).await.expect(204);
    for login in ["tetangga", "siapa"] {
        let refused = admin.post("/api/v1/tokens", json!({"name": "x", "login": login})).await.expect(422);
        assert_eq!(refused.errors(), ["login: not_found"]);
    }
    officer.post("/api/v1/tokens", json!({"name": "x", "login": "admin"})).await.expect(403);
    officer.get("/api/v1/tokens?login=admin").await.expect(403);
}

#[actix_web::test]
async fn a_token_that_breaks_a_rule_is_refused() {
    let app = TestApp::start().await;
    let viewer = app.as_user("viewer").await;
    for (body, errors) in [
        (json!({"scopes": ["read", "all"]}), vec!["name: required", "scopes[1]: unknown_code"]),
        (json!({"name": "x", "days": 0}), vec!["days: out_of_range"]),
        (json!({"name": "x", "days": 731}), vec!["days: out_of_range"]),
        (json!({"name": "x", "expires": "besok"}), vec!["expires: format"]),
        (json!({"name": "x", "expires": "9d", "days": 9}), vec!["expires: duplicate_field"]),
    ] {
        assert_eq!(viewer.post("/api/v1/tokens", body).await.expect(422).errors(), errors);
    }
}
