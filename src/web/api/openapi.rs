//! The OpenAPI description. Paths and schemas are collected from the handlers; what all of them share (how to sign in,
//! how errors look) is added here once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde_json::{Value, json};
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::schema::ArrayItems;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContactBuilder, Content, Info, InfoBuilder, License, OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema,
    SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};

use super::super::figure_views::{AmountView, NumberView, ReadingView};
use super::super::problem::{ClashView, FieldErrorView, ProblemBody};
use super::operations::Described;

/// The description that is being served, as its JSON text: written when it is first asked for.
#[derive(Debug)]
pub struct ApiDescription(LazyLock<String>);

impl ApiDescription {
    pub fn new(write: fn() -> String) -> Self {
        Self(LazyLock::new(write))
    }

    pub fn as_text(&self) -> &str {
        &self.0
    }
}

/// Shows the description of this API.
#[utoipa::path(tag = "about", responses((status = 200, description = "OpenAPI 3.1")))]
#[get("/openapi.json")]
pub async fn show_openapi(description: Data<ApiDescription>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(description.as_text().to_owned())
}

/// The whole description of these operations, as JSON.
pub fn write(told: Described) -> String {
    let mut api = OpenApi::new(info(), utoipa::openapi::Paths::new());
    told.add_to(&mut api);
    finish(api).to_pretty_json().unwrap_or_default()
}

fn info() -> Info {
    InfoBuilder::new()
        .title("Jemput Bola")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Plans outreach events of civil-registry offices, records activations of the digital ID per event, and ranks \
             venues by yield. Everything of an office lies under its kabupaten/kota code.",
        ))
        .contact(Some(ContactBuilder::new().name(Some("Jemput Bola contributors")).build()))
        .license(Some(License::new("Apache-2.0 OR MIT")))
        .build()
}

/// Adds what all operations share.
fn finish(mut api: OpenApi) -> OpenApi {
    let components = api.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), ProblemBody::schema());
    components.schemas.insert("FieldError".to_owned(), FieldErrorView::schema());
    components.schemas.insert("Clash".to_owned(), ClashView::schema());
    components.schemas.insert("Reading".to_owned(), ReadingView::schema());
    components.schemas.insert("AmountView".to_owned(), AmountView::schema());
    components.schemas.insert("NumberView".to_owned(), NumberView::schema());
    debug_assert_eq!(ProblemBody::name(), "Problem");
    add_examples(&mut components.schemas);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("jb_…").build();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    let cookie = ApiKey::Cookie(ApiKeyValue::new(crate::web::authenticate::SESSION_COOKIE));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    for (path, item) in &mut api.paths.paths {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Patch, &mut item.patch),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation.as_mut().filter(|_| !path.ends_with("/openapi.json")) {
                add_shared(operation, &method);
            }
        }
    }
    api
}

/// Answers by the name of their schema, where no short example stands beside it.
const EXAMPLES: &str = include_str!("examples.json");

fn add_examples(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let examples: BTreeMap<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    for (name, example) in &examples {
        set_example(schemas, name, example);
    }
    let lists: Vec<String> = schemas.keys().filter(|name| name.starts_with(LIST)).cloned().collect();
    for list in lists {
        let own = list
            .strip_prefix(LIST)
            .and_then(|item| examples.get(item).cloned().or_else(|| example_of(schemas.get(item))));
        if let Some(item) = own.or_else(|| example_of(item_schema(schemas.get(&list)))) {
            set_example(schemas, &list, &json!({"items": [item], "next_cursor": null}));
        }
    }
}

/// What the name of a list's schema begins with; the name of its items follows.
const LIST: &str = "ListView_";

fn example_of(schema: Option<&RefOr<Schema>>) -> Option<Value> {
    let RefOr::T(Schema::Object(object)) = schema? else { return None };
    object.example.clone()
}

fn item_schema(list: Option<&RefOr<Schema>>) -> Option<&RefOr<Schema>> {
    let RefOr::T(Schema::Object(object)) = list? else { return None };
    let RefOr::T(Schema::Array(items)) = object.properties.get("items")? else { return None };
    let ArrayItems::RefOrSchema(item) = &items.items else { return None };
    Some(item)
}

fn set_example(schemas: &mut BTreeMap<String, RefOr<Schema>>, name: &str, example: &Value) {
    match schemas.get_mut(name) {
        Some(RefOr::T(Schema::Object(object))) => object.example = Some(example.clone()),
        Some(RefOr::T(Schema::AllOf(all))) => all.example = Some(example.clone()),
        _ => {}
    }
}

fn add_shared(operation: &mut Operation, method: &HttpMethod) {
    let empty: [&str; 0] = [];
    operation.security =
        Some(vec![SecurityRequirement::new("token", empty), SecurityRequirement::new("session", empty)]);
    let read = [(401, "Not signed in"), (404, "There is no such thing within your scope"), (503, "Try again later")];
    let write = [
        (400, "The body cannot be read"),
        (403, "Your role or token does not allow it"),
        (409, "A clash, or a state that does not allow it"),
        (412, "The version is stale"),
        (413, "Too large"),
        (415, "Wrong media type"),
    ];
    let is_read = *method == HttpMethod::Get;
    let mut add = |(status, words): (u16, &str)| {
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| problem(words).into());
    };
    read.into_iter().for_each(&mut add);
    add((422, "A rule is broken; `errors` names field and rule"));
    if !is_read {
        write.into_iter().for_each(&mut add);
    }
    // An error that an operation tells in its own words has the same body.
    for (_, response) in operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with(['4', '5'])) {
        if let RefOr::T(response) = response {
            response.content.entry(PROBLEM.to_owned()).or_insert_with(|| RefOr::T(problem_content()));
        }
    }
}

fn problem(words: &str) -> Response {
    ResponseBuilder::new().description(words).content(PROBLEM, problem_content()).build()
}

const PROBLEM: &str = "application/problem+json";

fn problem_content() -> Content {
    Content::new(Some(Ref::from_schema_name("Problem")))
}
