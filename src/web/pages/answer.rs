//! How a page handler answers: with a page, or with the way to another one.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;

use super::notice::forget_notice;
use super::shell::Shell;
use crate::service::ServiceError;
use crate::web::error::WebError;

/// A filled template as the answer; a notice that it showed is not shown again.
pub fn page(status: StatusCode, shell: &Shell, template: &impl Template) -> Result<HttpResponse, WebError> {
    let body = template.render().map_err(ServiceError::internal)?;
    let mut response = HttpResponse::build(status);
    if shell.notice.is_some() {
        forget_notice(&mut response);
    }
    Ok(response.content_type("text/html; charset=utf-8").body(body))
}

/// Leads to another page after an action, so that a reload does not repeat it.
pub fn see_other(place: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, place));
    response
}
