//! Errors outside the API: a page that says what is safe, what to do now, and a code for the admin.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::frame::{of_refused, without_reader};
use super::shell::Shell;
use crate::service::Services;
use crate::web::problem::ProblemBody;

#[derive(Template)]
#[template(path = "error.html", config = "src/web/pages/askama.toml")]
struct ErrorPage {
    shell: Shell,
    problem: ProblemBody,
    /// True if it is our fault, or the machine's.
    ours: bool,
}

/// Writes the page of an error over a response that has none.
pub async fn refuse(request: &HttpRequest, response: HttpResponse, problem: ProblemBody) -> HttpResponse {
    let now = request.app_data::<Data<Services>>().map_or_else(Default::default, |services| services.clock.now());
    let ours = response.status().is_server_error() && response.status() != StatusCode::SERVICE_UNAVAILABLE;
    // What is broken is not asked once more.
    let is_broken = response.status().is_server_error();
    let shell = if is_broken { without_reader(request, now) } else { of_refused(request, now).await };
    let body = ErrorPage { shell, problem, ours }.render().unwrap_or_default();
    let mut response = response.set_body(BoxBody::new(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}
