//! What cannot be read, is too large or of the wrong kind is refused with a problem that says so, and stores nothing.

use reqwest::Method;
use serde_json::json;

use crate::support::TestApp;

#[actix_web::test]
async fn what_is_no_json_or_no_utf_8_is_400_another_type_415_and_a_flood_413() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let send = async |kind: &str, body: Vec<u8>| {
        let request = coordinator.request(Method::POST, "/venues").header("content-type", kind.to_owned());
        coordinator.send(request.body(body)).await
    };
    for body in [&b"{"[..], b"", b"[1,2", b"{\"name\": \"\xff\xfe\"}"] {
        let refused = send("application/json", body.to_vec()).await.expect(400);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert_eq!(refused.json()["type"], "urn:jemputbola:bad-request");
    }
    send("text/plain", b"{}".to_vec()).await.expect(415);
    send("application/json", vec![b' '; 1024 * 1024 + 1]).await.expect(413);
    assert_eq!(coordinator.get("/venues").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn a_wrong_type_an_unknown_key_and_a_line_break_name_their_field() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let venue = |key: &str, value: serde_json::Value| {
        let mut body = json!({"code": "A", "name": "A", "kind": "other", "region": "33.03.05"});
        body[key] = value;
        body
    };
    for (key, value, error) in [
        ("people", json!("banyak"), "people: wrong_type"),
        ("weekdays", json!("mon"), "weekdays: wrong_type"),
        ("telepon", json!("0812"), "telepon: unknown_field"),
        ("name", json!("Pasar\r\nBcc: orang@lain.example"), "name: control_character"),
        ("contact_name", json!("Budi 3303050706240001"), "contact_name: nik_like"),
        ("notes", json!("x".repeat(2_001)), "notes: too_long"),
        ("code", json!("../../etc/passwd"), "code: format"),
    ] {
        let refused = coordinator.post("/venues", venue(key, value)).await.expect(422);
        assert_eq!(refused.errors(), [error]);
    }
    let twice = r#"{"code": "A", "code": "B", "name": "A", "kind": "other", "region": "33.03.05"}"#;
    let request = coordinator.request(Method::POST, "/venues").header("content-type", "application/json").body(twice);
    assert_eq!(coordinator.send(request).await.expect(422).errors(), ["code: duplicate_field"]);
    assert_eq!(coordinator.get("/venues").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn an_error_is_told_in_the_language_of_the_reader_with_the_id_of_the_request() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let ask = async |language: &str| {
        let request = coordinator.request(Method::POST, "/venues").header("accept-language", language.to_owned());
        coordinator.send(request.json(&json!({}))).await.expect(422)
    };
    let (indonesian, english) = (ask("id-ID,id;q=0.9,en;q=0.8").await, ask("en-GB,en").await);
    assert_eq!((indonesian.header("content-language"), english.header("content-language")), ("id", "en"));
    assert_ne!(indonesian.json()["errors"][0]["message"], english.json()["errors"][0]["message"]);
    assert_eq!(english.json()["request_id"], english.header("x-request-id"));
    assert_ne!(english.header("x-request-id"), indonesian.header("x-request-id"));
}
