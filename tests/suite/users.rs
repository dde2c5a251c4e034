//! Users over HTTP: the staff within the caller's scope, and what a user sets of himself.

use serde_json::{Value, json};

use crate::support::TestApp;

const PASSWORD: &str = "kata sandi panjang";

fn logins(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|user| user["login"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_user_is_added_with_a_password_changed_and_archived() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    let body = json!({"login": "Siti.Rahayu", "name": "Siti Rahayu", "role": "officer", "scope": "33.03",
        "phone": "0812-3456-7890", "nip": "19800101 200501 1 001", "password": PASSWORD});
    let added = admin.post("/api/v1/users", body.clone()).await.expect(201);
    assert_eq!(added.header("location"), "/api/v1/users/siti.rahayu");
    assert_eq!(
        (&added.json()["phone"], &added.json()["nip"]),
        (&json!("+6281234567890"), &json!("198001012005011001"))
    );
    assert!(!added.text.contains("sandi") && !added.text.contains("argon2"), "{}", added.text);
    assert_eq!(admin.post("/api/v1/users", body).await.expect(409).errors(), ["login: taken"]);
    app.services.sign_in("siti.rahayu", PASSWORD, None, "uji").await.unwrap();

    let changes = json!({"rank": "Penata / III-c", "phone": null});
    let changed = admin.patch_version("/api/v1/users/siti.rahayu", 1, changes).await.expect(200).json();
    assert_eq!((&changed["rank"], changed.get("phone")), (&json!("Penata / III-c"), None));
    admin.patch_version("/api/v1/users/siti.rahayu", 1, json!({})).await.expect(412);
    for (changes, error) in
        [(json!({"login": "siti"}), "login: fixed"), (json!({"password": "sepuluh huruf"}), "password: unknown_field")]
    {
        assert_eq!(admin.patch("/api/v1/users/siti.rahayu", changes).await.expect(422).errors(), [error]);
    }

    let siti = app.as_user("siti.rahayu").await;
    siti.get("/api/v1/me").await.expect(200);
    admin.delete("/api/v1/users/siti.rahayu").await.expect(204);
    siti.get("/api/v1/me").await.expect(401);
    assert!(app.services.sign_in("siti.rahayu", PASSWORD, None, "uji").await.is_err());
    let list = admin.get("/api/v1/users").await.expect(200).json();
    assert_eq!(logins(&list), ["admin", "coordinator", "head", "officer", "viewer"]);
    assert_eq!(admin.get("/api/v1/users/siti.rahayu").await.expect(200).json()["archived"], true);
}

#[actix_web::test]
async fn every_broken_rule_of_a_user_is_named() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    let body = json!({"login": "si ti", "role": "boss", "scope": "33.03.05", "email": "siti", "phone": "x", "nip": "1",
        "language": "jv", "password": "pendek"});
    let expected = [
        "login: format",
        "password: password_too_short",
        "name: required",
        "role: unknown_code",
        "scope: format",
        "email: format",
        "phone: format",
        "nip: format",
        "language: unknown_code",
    ];
    assert_eq!(admin.post("/api/v1/users", body).await.expect(422).errors(), expected);
    let wider = json!({"login": "a", "name": "A", "role": "viewer", "scope": "33"});
    assert_eq!(admin.post("/api/v1/users", wider).await.expect(422).errors(), ["scope: beyond_own_rights"]);
    let nation = admin.patch("/api/v1/users/officer", json!({"scope": ""})).await.expect(422);
    assert_eq!(nation.errors(), ["scope: beyond_own_rights"]);
}

#[actix_web::test]
async fn a_scope_is_a_region_of_the_list() {
    let app = TestApp::start().await;
    app.add_user("pusat", "admin", "").await;
    let nation = app.as_user("pusat").await;
    let body = json!({"login": "a", "name": "A", "role": "viewer", "scope": "33.99"});
    assert_eq!(nation.post("/api/v1/users", body).await.expect(422).errors(), ["scope: unknown_region"]);
}

#[actix_web::test]
async fn a_scope_bounds_which_users_and_offices_are_seen() {
    let app = TestApp::start().await;
    let system = jemputbola::service::Caller::system("test");
    for code in ["33.04", "35.29"] {
        app.services.add_office(&system, code.parse().unwrap(), None).await.unwrap();
    }
    app.add_user("tetangga", "admin", "33.04").await;
    app.add_user("provinsi", "admin", "33").await;
    app.add_user("pusat", "viewer", "").await;
    let offices = async |login: &str| {
        let list = app.as_user(login).await.get("/api/v1/offices").await.expect(200).json();
        let codes = list["items"].as_array().unwrap().iter().map(|office| office["code"].as_str().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(offices("admin").await, ["33.03"]);
    assert_eq!(offices("provinsi").await, ["33.03", "33.04"]);
    assert_eq!(offices("pusat").await, ["33.03", "33.04", "35.29"]);

    let (admin, province) = (app.as_admin().await, app.as_user("provinsi").await);
    for path in ["/api/v1/users/tetangga", "/api/v1/users/provinsi", "/api/v1/offices/33.04", "/api/v1/offices/99"] {
        admin.get(path).await.expect(404);
    }
    admin.patch("/api/v1/users/tetangga", json!({"name": "X"})).await.expect(404);
    admin.delete("/api/v1/users/tetangga").await.expect(404);
    admin.post("/api/v1/users/tetangga/anonymise", json!({})).await.expect(404);
    admin.post("/api/v1/users/tetangga/password", json!({"password": PASSWORD})).await.expect(404);
    admin.patch("/api/v1/offices/33.04", json!({"name": "X"})).await.expect(404);
    province.patch("/api/v1/users/tetangga", json!({"rank": "Penata"})).await.expect(200);
    province.get("/api/v1/offices/33.04/teams").await.expect(200);
    province.get("/api/v1/offices/35.29/teams").await.expect(404);
    let list = province.get("/api/v1/users?limit=2").await.expect(200).json();
    assert_eq!(logins(&list), ["admin", "coordinator"]);
}

#[actix_web::test]
async fn an_office_is_added_and_renamed_by_an_admin_who_covers_it() {
    let app = TestApp::start().await;
    app.add_user("provinsi", "admin", "33").await;
    let (admin, province) = (app.as_admin().await, app.as_user("provinsi").await);
    let added = province.post("/api/v1/offices", json!({"code": "33.28"})).await.expect(201);
    assert_eq!(added.header("location"), "/api/v1/offices/33.28");
    let expected = json!({"code": "33.28", "name": "Dinas Dukcapil Kabupaten Tegal", "time_zone": "Asia/Jakarta"});
    assert_eq!(added.json(), expected);
    assert_eq!(province.post("/api/v1/offices", json!({"code": "33.28"})).await.expect(409).errors(), ["code: taken"]);
    for (body, error) in [
        (json!({"code": "35.29"}), "code: beyond_own_rights"),
        (json!({"code": "33.99"}), "code: unknown_region"),
        (json!({"code": "33"}), "code: format"),
        (json!({}), "code: required"),
    ] {
        assert_eq!(province.post("/api/v1/offices", body).await.expect(422).errors(), [error]);
    }
    let changed = admin.patch("/api/v1/offices/33.03", json!({"name": "Dukcapil", "time_zone": "Asia/Makassar"})).await;
    assert_eq!(changed.expect(200).json(), json!({"code": "33.03", "name": "Dukcapil", "time_zone": "Asia/Makassar"}));
    let wrong = json!({"code": "33.04", "name": "", "time_zone": "WIB"});
    let expected = ["code: fixed", "name: required", "time_zone: unknown_code"];
    assert_eq!(admin.patch("/api/v1/offices/33.03", wrong).await.expect(422).errors(), expected);
}

#[actix_web::test]
async fn everybody_sees_himself_and_chooses_his_language() {
    let app = TestApp::start().await;
    let viewer = app.as_user("viewer").await;
    let me = viewer.get("/api/v1/me").await.expect(200).json();
    assert_eq!((&me["login"], &me["role"], &me["language"]), (&json!("viewer"), &json!("viewer"), &json!(null)));
    assert_eq!(me["offices"][0]["code"], "33.03");
    assert_eq!(
        viewer.patch("/api/v1/me", json!({"language": "jv"})).await.expect(422).errors(),
        ["language: unknown_code"]
    );
    assert_eq!(
        viewer.patch("/api/v1/me", json!({"role": "admin"})).await.expect(422).errors(),
        ["role: unknown_field"]
    );
    viewer.patch("/api/v1/me", json!({"language": "en"})).await.expect(200);
    assert_eq!(viewer.get("/venues/X").await.expect(404).header("content-language"), "en");
    viewer.patch("/api/v1/me", json!({"language": null})).await.expect(200);
    assert_eq!(viewer.get("/venues/X").await.expect(404).header("content-language"), "id");
}

#[actix_web::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let app = TestApp::start().await;
    app.as_admin().await.post("/api/v1/users/officer/password", json!({"password": PASSWORD})).await.expect(204);
    let (kept, other) = (session(&app).await, session(&app).await);
    let stranger = app.as_stranger();
    let as_session = |method: reqwest::Method, path: &str, cookie: &str| {
        stranger.request(method, path).header("cookie", format!("jb_session={cookie}"))
    };
    let list = stranger.send(as_session(reqwest::Method::GET, "/api/v1/me/sessions", &kept)).await.expect(200).json();
    let current: Vec<_> = list["items"].as_array().unwrap().iter().map(|session| session["current"].clone()).collect();
    assert_eq!((current.len(), current.iter().filter(|current| **current == json!(true)).count()), (2, 1));

    let post = |body: Value| as_session(reqwest::Method::POST, "/api/v1/me/password", &kept).json(&body);
    let wrong = stranger.send(post(json!({"current": "salah", "new": "kata sandi baru"}))).await.expect(422);
    assert_eq!(wrong.errors(), ["current: wrong_password"]);
    let short = stranger.send(post(json!({"new": "pendek"}))).await.expect(422);
    assert_eq!(short.errors(), ["current: required", "new: password_too_short"]);
    stranger.send(post(json!({"current": PASSWORD, "new": "kata sandi baru"}))).await.expect(204);
    stranger.send(as_session(reqwest::Method::GET, "/api/v1/me", &other)).await.expect(401);
    stranger.send(as_session(reqwest::Method::GET, "/api/v1/me", &kept)).await.expect(200);
}

#[actix_web::test]
async fn a_session_that_its_user_ends_is_gone() {
    let app = TestApp::start().await;
    app.as_admin().await.post("/api/v1/users/officer/password", json!({"password": PASSWORD})).await.expect(204);
    let cookie = session(&app).await;
    let officer = app.as_user("officer").await;
    let list = officer.get("/api/v1/me/sessions").await.expect(200).json();
    let path = format!("/api/v1/me/sessions/{}", list["items"][0]["id"].as_str().unwrap());
    app.as_user("head").await.delete(&path).await.expect(404);
    officer.delete(&path).await.expect(204);
    officer.delete(&path).await.expect(404);
    let stranger = app.as_stranger();
    let request = stranger.request(reqwest::Method::GET, "/api/v1/me").header("cookie", format!("jb_session={cookie}"));
    stranger.send(request).await.expect(401);
}

/// The cookie of a new session of the officer.
async fn session(app: &TestApp) -> String {
    app.services.sign_in("officer", PASSWORD, None, "uji").await.unwrap().cookie
}
