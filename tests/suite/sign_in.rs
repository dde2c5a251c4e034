//! Signing in, sessions and tokens over HTTP.

use jemputbola::service::Caller;

use crate::support::{Reply, TestApp};

const PASSWORD: &str = "kata sandi panjang";

async fn sign_in(app: &TestApp, login: &str, password: &str) -> Reply {
    let stranger = app.as_stranger();
    let form = format!("login={login}&password={}", password.replace(' ', "+"));
    let request = stranger.request(reqwest::Method::POST, "/masuk");
    stranger.send(request.header("content-type", "application/x-www-form-urlencoded").body(form)).await
}

#[actix_web::test]
async fn a_password_opens_a_session_whose_cookie_no_script_can_read() {
    let app = TestApp::start().await;
    let (system, login) = (Caller::system("test"), "coordinator".parse().unwrap());
    app.services.reset_password(&system, login, PASSWORD.parse().unwrap()).await.unwrap();
    let reply = sign_in(&app, "Coordinator", PASSWORD).await.expect(303);
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let stranger = app.as_stranger();
    let pair = cookie.split(';').next().unwrap();
    let list = stranger.request(reqwest::Method::GET, "/venues").header("cookie", pair);
    stranger.send(list).await.expect(200);
    let cross = stranger.request(reqwest::Method::POST, "/venues").header("cookie", pair);
    stranger.send(cross.header("sec-fetch-site", "cross-site").json(&serde_json::json!({}))).await.expect(403);
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_login_look_the_same_and_guessing_is_braked() {
    let app = TestApp::start().await;
    let (wrong, unknown) = (sign_in(&app, "coordinator", "salah sekali").await, sign_in(&app, "siapa", "salah").await);
    assert_eq!((wrong.status, wrong.json()["title"].clone()), (401, unknown.json()["title"].clone()));
    for _ in 0..4 {
        sign_in(&app, "coordinator", "salah sekali").await.expect(401);
    }
    let braked = sign_in(&app, "coordinator", "salah sekali").await.expect(429);
    assert!(braked.header("retry-after").parse::<u64>().unwrap() >= 1);
}

#[actix_web::test]
async fn a_braked_reader_is_told_the_seconds_on_the_form_and_keeps_his_login() {
    let app = TestApp::start().await;
    let stranger = app.as_stranger();
    let fields = [("login", "coordinator"), ("password", "salah sekali"), ("kembali", "/33.03/papan")];
    for _ in 0..5 {
        stranger.submit("/masuk", &fields).await.expect(401);
    }
    let braked = stranger.submit("/masuk", &fields).await.expect(429);
    let seconds = braked.header("retry-after").to_owned();
    assert!(braked.text.contains(&format!("Coba lagi dalam {seconds} detik")), "{}", braked.text);
    assert!(braked.text.contains("value=\"coordinator\"") && braked.text.contains("value=\"/33.03/papan\""));
    assert!(!braked.text.contains("salah sekali"));
}

#[actix_web::test]
async fn a_token_ends_by_time() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.get("/venues").await.expect(200);
    app.set_now("2027-03-01T00:00:00Z");
    coordinator.get("/venues").await.expect(401);
}
