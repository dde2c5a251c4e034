//! `/api/docs`: the API for people, made of the same description that programs read: every operation by area, with its
//! parameters, an example of its body, a line to try it with, and its answers. Nobody needs to be signed in.

mod example;
mod read;

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get, middleware};
use askama::Template;

use super::{Shell, page};
use crate::service::ServiceError;
use crate::web::api::openapi::ApiDescription;
use crate::web::authenticate::know_caller;
use crate::web::error::WebError;
use read::{Area, read_areas};

#[derive(Template)]
#[template(path = "reference/reference.html", config = "src/web/pages/askama.toml")]
struct ReferencePage {
    shell: Shell,
    version: String,
    areas: Vec<Area>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_reference);
}

#[get("/api/docs", wrap = "middleware::from_fn(know_caller)")]
async fn show_reference(description: Data<ApiDescription>, shell: Shell) -> Result<HttpResponse, WebError> {
    let document: serde_json::Value = serde_json::from_str(description.as_text()).map_err(ServiceError::internal)?;
    let version = document.pointer("/info/version").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let areas = read_areas(&document);
    page(StatusCode::OK, &shell.clone(), &ReferencePage { shell, version, areas })
}
