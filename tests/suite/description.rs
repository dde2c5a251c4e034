//! The OpenAPI description, held against the running service; and the addresses that watch over it.

use reqwest::Method;
use serde_json::Value;

use crate::support::TestApp;

async fn description(app: &TestApp) -> Value {
    let reply = app.as_stranger().get("/api/v1/openapi.json").await.expect(200);
    assert_eq!(reply.header("content-type"), "application/json");
    reply.json()
}

/// Every operation of the API: method, address as described, and its description.
fn operations(api: &Value) -> Vec<(Method, String, Value)> {
    let mut found = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Ok(method) = method.to_uppercase().parse::<Method>() {
                found.push((method, path.clone(), operation.clone()));
            }
        }
    }
    found
}

/// An address of that form.
fn example_of(path: &str) -> String {
    let id = "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f";
    let filled = path.replace("{office}", "33.03").replace("{id}", id).replace("{kind}", "venues");
    filled.replace("{code}", "A").replace("{login}", "siti").replace("{event}", id).replace("{topic}", "digests")
}

#[actix_web::test]
async fn every_described_address_exists_and_asks_who_calls_before_anything_else() {
    let app = TestApp::start().await;
    let api = description(&app).await;
    assert_eq!(api["openapi"], "3.1.0");
    let stranger = app.as_stranger();
    let viewer = app.as_user("viewer").await;
    let operations = operations(&api);
    assert!(operations.len() > 80, "{} operations", operations.len());
    for (method, path, _) in operations.iter().filter(|(_, path, _)| path.starts_with("/api/v1/")) {
        let address = example_of(path);
        assert!(!address.contains('{'), "no example for {path}");
        if path == "/api/v1/openapi.json" {
            continue;
        }
        let reply = stranger.send(stranger.request(method.clone(), &address).body("{")).await;
        assert_eq!(reply.status, 401, "{method} {address}: {}", reply.text);
        // An address that does not exist answers 404 with the type of an unmatched route; a real one knows the caller.
        let known = viewer.send(viewer.request(method.clone(), &address)).await;
        assert!(known.status != 500 && known.status != 405, "{method} {address}: {}", known.text);
    }
}

#[actix_web::test]
async fn every_operation_tells_its_answers_and_its_errors() {
    let app = TestApp::start().await;
    let api = description(&app).await;
    for (method, path, operation) in operations(&api) {
        let what = format!("{method} {path}");
        assert!(operation["tags"][0].is_string() && operation["summary"].is_string(), "{what} says not what it is");
        let answers = operation["responses"].as_object().unwrap();
        assert!(answers.keys().any(|status| status.starts_with('2')), "{what} never succeeds");
        if path.starts_with("/api/v1/") && path != "/api/v1/openapi.json" {
            let problem = &answers["401"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{what}");
            for name in path.split(['{', '}']).skip(1).step_by(2) {
                let described = operation["parameters"].as_array().into_iter().flatten();
                assert!(described.into_iter().any(|parameter| parameter["name"] == name), "{what} lacks {name}");
            }
        }
    }
    let problem = &api["components"]["schemas"]["Problem"];
    assert_eq!(problem["example"]["errors"][0]["code"], "outside_office");
}

#[actix_web::test]
async fn health_readiness_and_figures_are_there_for_those_who_watch() {
    let app = TestApp::start().await;
    let stranger = app.as_stranger();
    stranger.get("/healthz").await.expect(200);
    stranger.get("/readyz").await.expect(200);
    let figures = stranger.get("/metrics").await.expect(200).text;
    for name in [
        "http_requests_total",
        "http_request_seconds_bucket",
        "writer_queue",
        "pool_connections",
        "entries_accepted_total",
        "entries_duplicate_total",
        "entries_held_total",
        "entries_rejected_total",
    ] {
        assert!(figures.contains(&format!("jemputbola_{name}")), "{name} is missing in\n{figures}");
    }
}

/// True if the schema shows an example: of its own, or of what it is made of.
fn has_example(api: &Value, schema: &Value) -> bool {
    let named = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    if let Some(name) = named {
        return has_example(api, &api["components"]["schemas"][name]);
    }
    let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema[key].as_array()).flatten();
    schema.get("example").is_some()
        || parts.clone().any(|part| has_example(api, part))
        || (schema["type"] == "array" && has_example(api, &schema["items"]))
}

#[actix_web::test]
async fn every_body_has_an_example_and_every_error_a_body() {
    let app = TestApp::start().await;
    let api = description(&app).await;
    for (method, path, operation) in operations(&api).iter().filter(|(_, path, _)| path.starts_with("/api/v1/")) {
        let responses = operation["responses"].as_object().unwrap();
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let content = &response["content"]["application/problem+json"];
            assert!(content.is_object(), "{method} {path}: {status} has no body");
        }
        let good = responses.iter().filter(|(status, _)| status.starts_with('2')).map(|(_, response)| response);
        for body in good.chain([&operation["requestBody"]]) {
            // A workbook cannot be shown.
            for (kind, content) in
                body["content"].as_object().into_iter().flatten().filter(|(kind, _)| !kind.contains("sheet"))
            {
                let shown = content.get("example").is_some() || has_example(&api, &content["schema"]);
                assert!(shown, "{method} {path}: no example of {kind}");
            }
        }
    }
}
