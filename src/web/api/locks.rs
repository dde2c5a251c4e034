//! `/offices/{office}/locks`: periods whose figures were reported and stay as they were.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::held::read_reason;
use super::{created, moment, office_code, path_part};
use crate::domain::dates::parse_date;
use crate::domain::lock::PeriodLock;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::Note;
use crate::service::recording::LockPeriod;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, cursor, page_cut};

/// A period to lock.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": "2026-10-01", "to": "2026-10-31", "note": "Dilaporkan ke provinsi."}))]
pub struct LockBody {
    /// First date.
    pub from: Option<String>,
    /// Last date.
    pub to: Option<String>,
    pub note: Option<String>,
}

/// A lock, in force or lifted.
#[derive(Debug, Serialize, ToSchema)]
pub struct LockView {
    pub id: String,
    pub from: String,
    pub to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// False once it was reopened.
    pub in_force: bool,
    pub locked_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopened_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen_reason: Option<String>,
}

/// Why a period is opened again.
#[derive(Debug, Default, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
#[schema(example = json!({"reason": "Angka Kecamatan Kutasari belum masuk."}))]
pub struct ReopenBody {
    pub reason: Option<String>,
}

/// A page of locks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LockParams {
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists locks in the order in which they were set, lifted ones too.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), LockParams),
    responses((status = 200, body = ListView<LockView>)))]
#[get("/offices/{office}/locks")]
pub async fn list_locks(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<LockParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("locks-{office}");
    let mut check = Check::new();
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    let page = services.list_locks(&caller, &office, check.finish(cut)?).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, last.id));
    let items = page.items.into_iter().map(LockView::from).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Locks a period: its dates take no results and no totals until it is reopened.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03")), request_body = LockBody,
    responses((status = 201, body = LockView)))]
#[post("/offices/{office}/locks")]
pub async fn lock_period(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<LockBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let lock = services.lock_period(&caller, &office, read_body(body)?).await?;
    let place = format!("/api/v1/offices/{office}/locks/{}", lock.id);
    Ok(created(&place, LockView::from(lock)))
}

/// Shows a lock.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = LockView)))]
#[get("/offices/{office}/locks/{id}")]
pub async fn show_lock(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    Ok(HttpResponse::Ok().json(LockView::from(services.find_lock(&caller, &office, id).await?)))
}

/// Lifts a lock, with a reason.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body = ReopenBody, responses((status = 200, body = LockView)))]
#[post("/offices/{office}/locks/{id}/reopen")]
pub async fn reopen_lock(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(body): Body<ReopenBody>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let lock = services.reopen_lock(&caller, &office, id, read_reason(body.reason)?).await?;
    Ok(HttpResponse::Ok().json(LockView::from(lock)))
}

/// Lifts a lock as `reopen` does, with the reason in the query; the lock stays listed.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path), ReopenBody),
    responses((status = 204)))]
#[delete("/offices/{office}/locks/{id}")]
pub async fn lift_lock(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Params(params): Params<ReopenBody>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    services.reopen_lock(&caller, &office, id, read_reason(params.reason)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_body(body: LockBody) -> Result<LockPeriod, Vec<FieldError>> {
    let mut check = Check::new();
    let first = check.required("from", body.from, |text| parse_date(&text));
    let last = check.required("to", body.to, |text| parse_date(&text));
    let note = check.optional("note", body.note, |text| text.parse());
    let command = || Some(LockPeriod { first: first?, last: last?, note: note? });
    check.finish(command())
}

impl From<PeriodLock> for LockView {
    fn from(lock: PeriodLock) -> Self {
        let (reopened_at, reopen_reason) =
            lock.reopened.map(|reopened| (moment(reopened.at), reopened.reason.into_string())).unzip();
        Self {
            id: lock.id.to_string(),
            from: lock.first.to_string(),
            to: lock.last.to_string(),
            note: lock.note.map(Note::into_string),
            in_force: reopened_at.is_none(),
            locked_at: moment(lock.locked_at),
            reopened_at,
            reopen_reason,
        }
    }
}
