//! Writes the body of every error, also of those that the framework answers by itself: a problem for programs, a page
//! for people.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use tracing_actix_web::RequestId;

use super::language::language_of;
use super::pages;
use super::problem::{Problem, ProblemBody, ProblemKind, is_page};

/// Middleware: writes the body of every answer that is an error and has none of ours yet.
pub async fn describe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?;
    if !is_ours_to_describe(response.response()) {
        return Ok(response.map_into_boxed_body());
    }
    let (request, response) = response.into_parts();
    let described = with_body(&request, response.map_into_boxed_body()).await;
    Ok(ServiceResponse::new(request, described))
}

fn is_ours_to_describe<B>(response: &HttpResponse<B>) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error())
        && !response.headers().get(CONTENT_TYPE).is_some_and(|kind| {
            let kind = kind.as_bytes();
            kind.starts_with(b"application/problem") || kind.starts_with(b"text/html")
        })
}

async fn with_body(request: &HttpRequest, mut response: HttpResponse) -> HttpResponse {
    let problem = response.extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| ProblemKind::of_status(response.status()).into());
    let language = language_of(request);
    let request_id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let body = problem.body(language, request_id);
    let id = HeaderValue::from_str(&body.request_id);
    let mut described =
        if is_page(request) { pages::refuse(request, response, body).await } else { with_json(response, &body) };
    let headers = described.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.as_str()));
    if let Ok(id) = id {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    described
}

fn with_json(response: HttpResponse, body: &ProblemBody) -> HttpResponse {
    let text = serde_json::to_vec(body).unwrap_or_default();
    let mut described = response.set_body(BoxBody::new(text));
    described.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    described
}
