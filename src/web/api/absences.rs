//! `/offices/{office}/absences`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::dates::parse_date;
use crate::domain::id::AbsenceId;
use crate::domain::language::Language;
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::domain::team::{AbsenceInput, AbsenceSheet};
use crate::domain::text::Note;
use crate::service::absences::{Booking, ChangeAbsence, ListAbsences, NamedAbsence};
use crate::service::{Caller, Services};
use crate::web::api::{created, office_code, office_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, IfMatch, ListView, Params, list_view, merge_patch, page_cut, with_etag};
use crate::web::language::language_of;
use crate::wording::dates;
use crate::wording::messages::message;

/// An absence as it is sent and shown, both days included.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "siti.rahayu", "from": "2026-11-23", "to": "2026-11-25", "reason": "Cuti tahunan"}))]
pub struct AbsenceBody {
    /// Login of an active user whose scope contains the office.
    pub login: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A stored absence.
#[derive(Debug, Serialize, ToSchema)]
pub struct AbsenceView {
    pub id: String,
    #[serde(flatten)]
    pub body: AbsenceBody,
    pub version: i64,
    /// The bookings that it overlaps; a list of absences does not tell them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warnings: Option<Vec<BookedWarning>>,
}

/// A booking of somebody who will be absent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "booked", "message": "siti.rahayu sudah dijadwalkan pada Senin, 23 November 2026: Jemput bola SMKN 1.",
    "event": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "date": "2026-11-23"
}))]
pub struct BookedWarning {
    pub code: &'static str,
    pub message: String,
    pub event: String,
    pub date: String,
}

/// What a list of absences is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AbsenceParams {
    #[param(example = "siti.rahayu")]
    pub login: Option<String>,
    /// Only those that last to this day or longer.
    #[param(example = "2026-11-01")]
    pub from: Option<String>,
    /// Only those that begin by this day.
    #[param(example = "2026-11-30")]
    pub to: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the absences of the office, in the order they were entered.
#[utoipa::path(tag = "absences", params(("office" = String, Path, example = "33.03"), AbsenceParams),
    responses((status = 200, body = ListView<AbsenceView>)))]
#[get("/offices/{office}/absences")]
pub async fn list_absences(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<AbsenceParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("absences-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_absences(&caller, &office, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |named| named.absence.id, AbsenceView::from)))
}

/// Enters an absence. Over bookings it is entered all the same, and `warnings` lists them.
#[utoipa::path(tag = "absences", params(("office" = String, Path, example = "33.03")), request_body = AbsenceBody,
    responses((status = 201, body = AbsenceView)))]
#[post("/offices/{office}/absences")]
pub async fn add_absence(
    services: Data<Services>,
    caller: Caller,
    request: HttpRequest,
    office: Path<String>,
    Body(body): Body<AbsenceBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let named = services.add_absence(&caller, &office, read_body(body)?).await?;
    let place = format!("/api/v1/offices/{office}/absences/{}", named.absence.id);
    let version = named.absence.version;
    Ok(with_etag(created(&place, with_warnings(named, language_of(&request))), version))
}

/// Shows an absence and the bookings that it overlaps.
#[utoipa::path(tag = "absences",
    params(("office" = String, Path, example = "33.03"),
        ("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 200, body = AbsenceView)))]
#[get("/offices/{office}/absences/{id}")]
pub async fn show_absence(
    services: Data<Services>,
    caller: Caller,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    let named = services.find_absence(&caller, &office, id).await?;
    let version = named.absence.version;
    Ok(with_etag(HttpResponse::Ok().json(with_warnings(named, language_of(&request))), version))
}

/// Changes an absence (JSON merge patch).
#[utoipa::path(tag = "absences",
    params(("office" = String, Path, example = "33.03"),
        ("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw")),
    request_body(content = AbsenceBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = AbsenceView)))]
#[patch("/offices/{office}/absences/{id}")]
pub async fn change_absence(
    services: Data<Services>,
    caller: Caller,
    request: HttpRequest,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    let stored = services.find_absence(&caller, &office, id).await?;
    let known = if_match.0.unwrap_or(stored.absence.version);
    let sheet = read_body(merge_patch(&AbsenceBody::from(stored), changes)?)?;
    let named = services.change_absence(&caller, &office, ChangeAbsence { id, sheet, known: Some(known) }).await?;
    let version = named.absence.version;
    Ok(with_etag(HttpResponse::Ok().json(with_warnings(named, language_of(&request))), version))
}

/// Takes an absence back.
#[utoipa::path(tag = "absences",
    params(("office" = String, Path, example = "33.03"),
        ("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 204)))]
#[delete("/offices/{office}/absences/{id}")]
pub async fn delete_absence(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    services.delete_absence(&caller, &office, id, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_params(params: AbsenceParams, list: &str) -> Result<(ListAbsences, Cut<AbsenceId>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let login = check.optional("login", params.login, |text| text.parse());
    let from = check.optional("from", params.from, |text| parse_date(&text));
    let to = check.optional("to", params.to, |text| parse_date(&text));
    let filter = || Some(ListAbsences { login: login?, from: from?, to: to? });
    check.finish(filter().zip(cut))
}

fn read_body(body: AbsenceBody) -> Result<AbsenceSheet, Vec<FieldError>> {
    AbsenceInput { login: body.login, from: body.from, to: body.to, reason: body.reason }.check()
}

fn with_warnings(named: NamedAbsence, language: Language) -> AbsenceView {
    let warning = |booking: &Booking| {
        let args = [
            ("officer", named.login.to_string()),
            ("date", dates::date(language, booking.date)),
            ("event", booking.title.to_string()),
        ];
        BookedWarning {
            code: "booked",
            message: message(language, "warning-booked", &args),
            event: booking.event.to_string(),
            date: booking.date.to_string(),
        }
    };
    let warnings = named.bookings.iter().map(warning).collect();
    AbsenceView { warnings: Some(warnings), ..named.into() }
}

impl From<NamedAbsence> for AbsenceBody {
    fn from(named: NamedAbsence) -> Self {
        let days = named.absence.days;
        Self {
            login: Some(named.login.into_string()),
            from: Some(days.first().to_string()),
            to: Some(days.last().to_string()),
            reason: named.absence.reason.map(Note::into_string),
        }
    }
}

impl From<NamedAbsence> for AbsenceView {
    fn from(named: NamedAbsence) -> Self {
        let (id, version) = (named.absence.id.to_string(), named.absence.version);
        Self { id, version, warnings: None, body: named.into() }
    }
}
