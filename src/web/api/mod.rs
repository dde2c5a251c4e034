//! `/api/v1`: one file per kind of thing; each has its bodies, its views and handlers of about ten lines.

use std::str::FromStr;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::domain::office::parse_office_code;
use crate::domain::region::RegionCode;
use crate::service::ServiceError;

pub mod absences;
pub mod audit;
pub mod calendars;
pub mod denominators;
pub mod devices;
pub mod digest_body;
pub mod digests;
mod event_body;
pub mod event_counts;
pub mod event_steps;
pub mod events;
pub mod field;
pub mod files;
pub mod held;
pub mod holidays;
pub mod ledger;
pub mod letters;
pub mod locks;
pub mod me;
mod number_body;
pub mod observations;
pub mod offices;
pub mod openapi;
pub mod operations;
pub mod pace;
mod pace_line;
mod pace_view;
mod plan_body;
pub mod plan_view;
pub mod plans;
pub mod rankings;
pub mod region_digests;
pub mod regions;
pub mod results;
pub mod targets;
pub mod teams;
pub mod tokens;
pub mod totals;
pub mod units;
pub mod users;
mod venue_body;
pub mod venues;

/// The office of a path. What cannot be an office does not exist.
fn office_code(text: &str) -> Result<RegionCode, ServiceError> {
    parse_office_code(text).map_err(|_| ServiceError::NotFound)
}

/// What a path names by code, id or login.
fn path_part<T: FromStr>(text: &str) -> Result<T, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

/// The office of a path, and what the path names in it.
fn office_part<T: FromStr>(path: &(String, String)) -> Result<(RegionCode, T), ServiceError> {
    Ok((office_code(&path.0)?, path_part(&path.1)?))
}

/// A moment as the API writes it: UTC with microseconds.
fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// 201 with the address of what was made.
fn created(place: &str, view: impl Serialize) -> HttpResponse {
    HttpResponse::Created().insert_header((LOCATION, place)).json(view)
}
