//! `/api/v1`: one file per kind of thing; each has its bodies, its views and handlers of about ten lines.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use serde::Serialize;

use crate::domain::office::parse_office_code;
use crate::domain::region::RegionCode;
use crate::domain::text::Code;
use crate::service::ServiceError;

pub mod openapi;
pub mod rankings;
pub mod venues;

/// The office of a path. What cannot be an office does not exist.
fn office_code(text: &str) -> Result<RegionCode, ServiceError> {
    parse_office_code(text).map_err(|_| ServiceError::NotFound)
}

/// The venue, team or unit of a path.
fn thing_code(text: &str) -> Result<Code, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

/// 201 with the address of what was made.
fn created(place: &str, view: impl Serialize) -> HttpResponse {
    HttpResponse::Created().insert_header((LOCATION, place)).json(view)
}
