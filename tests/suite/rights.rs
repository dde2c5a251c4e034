//! Who may do what: every role at one address of each kind, and everybody outside the scope.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// Status for admin, coordinator, officer, head, viewer.
type Statuses = [u16; 5];

const ROLES: [&str; 5] = ["admin", "coordinator", "officer", "head", "viewer"];
const ALL: Statuses = [200; 5];

/// Method, address, body, and the status for each role. `ROLE` in address or body is the role's name, so that a
/// thing that one role made is in nobody's way.
fn table() -> Vec<(Method, &'static str, Value, Statuses)> {
    let (get, post, patch) = (|| Method::GET, || Method::POST, || Method::PATCH);
    let planned = [201, 201, 403, 403, 403];
    let administered = [200, 403, 403, 403, 403];
    let password = || json!({"password": "kata sandi panjang"});
    let team = json!({"code": "ROLE", "name": "Tim", "operators": 1, "capacity_per_day": 10});
    let venue = json!({"code": "ROLE", "name": "A", "kind": "other", "region": "33.03.05"});
    let absence = json!({"login": "officer", "from": "2026-11-23", "to": "2026-11-23"});
    let user = json!({"login": "baru-ROLE", "name": "Baru", "role": "viewer", "scope": "33.03"});
    let holiday = json!({"date": "2026-12-18", "kind": "public_holiday", "name": "ROLE", "region": "33.03"});
    vec![
        (get(), "/venues", json!(null), ALL),
        (get(), "/teams", json!(null), ALL),
        (get(), "/units", json!(null), ALL),
        (get(), "/absences", json!(null), ALL),
        (get(), "/audit", json!(null), [200, 200, 403, 200, 403]),
        (get(), "/api/v1/audit", json!(null), administered),
        (get(), "/api/v1/me", json!(null), ALL),
        (get(), "/api/v1/regions?limit=1", json!(null), ALL),
        (get(), "/api/v1/offices", json!(null), ALL),
        (get(), "/api/v1/holidays?limit=1", json!(null), ALL),
        (get(), "/api/v1/users", json!(null), ALL),
        (get(), "/api/v1/tokens?login=lain", json!(null), [200, 403, 403, 403, 403]),
        (get(), "/digests", json!(null), [200, 200, 403, 200, 200]),
        (get(), "/digests/preview?on=2026-11-20", json!(null), [200, 200, 403, 200, 200]),
        (get(), "/digests/deliveries", json!(null), [200, 200, 403, 200, 403]),
        (post(), "/digests/send", json!({"on": "2026-11-20"}), [200, 200, 403, 200, 403]),
        (post(), "/digests/deliveries/resend", json!({}), [200, 200, 403, 200, 403]),
        (post(), "/venues", venue, planned),
        (post(), "/venues/ADA/erase_contact", json!({}), [200, 200, 403, 403, 403]),
        (post(), "/teams", team, planned),
        (post(), "/units", json!({"code": "ROLE", "kind": "kit", "name": "Kit"}), planned),
        (post(), "/absences", absence, planned),
        (post(), "/api/v1/users", user, [201, 403, 403, 403, 403]),
        (patch(), "/api/v1/users/lain", json!({"rank": "Penata"}), administered),
        (post(), "/api/v1/users/lain/password", password(), [204, 204, 403, 403, 403]),
        (post(), "/api/v1/users/kepala-lain/password", password(), [204, 403, 403, 403, 403]),
        (post(), "/api/v1/users/kepala-lain/anonymise", json!({}), administered),
        (post(), "/api/v1/holidays", holiday, [201, 403, 403, 403, 403]),
        (patch(), "/api/v1/offices/33.03", json!({"name": "Dukcapil"}), administered),
        (patch(), "/api/v1/me", json!({"language": "id"}), ALL),
        (post(), "/api/v1/tokens", json!({"name": "sendiri"}), [201; 5]),
    ]
}

async fn ask(client: &Client, method: Method, path: &str, body: &Value) -> u16 {
    let request = client.request(method, path);
    let request = if body.is_null() { request } else { request.json(body) };
    client.send(request).await.status
}

async fn start() -> TestApp {
    let app = TestApp::start().await;
    app.add_user("lain", "officer", "33.03").await;
    app.add_user("kepala-lain", "head", "33.03").await;
    let venue = json!({"code": "ADA", "name": "A", "kind": "other", "region": "33.03.05"});
    app.as_coordinator().await.post("/venues", venue).await.expect(201);
    app
}

#[actix_web::test]
async fn every_role_has_the_rights_of_the_table_and_no_others() {
    let app = start().await;
    for (place, role) in ROLES.into_iter().enumerate().rev() {
        let client = app.as_user(role).await;
        for (method, path, body, statuses) in table() {
            let body: Value = serde_json::from_str(&body.to_string().replace("ROLE", &code_of(role, &body))).unwrap();
            let status = ask(&client, method.clone(), path, &body).await;
            assert_eq!(status, statuses[place], "{role}: {method} {path}");
        }
    }
}

/// Codes are upper case, logins lower.
fn code_of(role: &str, body: &Value) -> String {
    if body.get("code").is_some() { role.to_uppercase() } else { role.to_owned() }
}

#[actix_web::test]
async fn outside_the_scope_an_office_does_not_exist_and_a_stranger_is_told_nothing() {
    let app = start().await;
    app.add_user("tetangga", "admin", "33.04").await;
    let (neighbour, stranger) = (app.as_user("tetangga").await, app.as_stranger());
    for (method, path, body, _) in table() {
        assert_eq!(ask(&stranger, method.clone(), path, &body).await, 401, "{method} {path}");
        let is_of_office = !path.starts_with("/api") || path.contains("/users/") || path.contains("/offices/");
        if is_of_office {
            let body: Value = serde_json::from_str(&body.to_string().replace("ROLE", "X")).unwrap();
            assert_eq!(ask(&neighbour, method.clone(), path, &body).await, 404, "{method} {path}");
        }
    }
}
