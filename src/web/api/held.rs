//! `/offices/{office}/held`: entries that wait for a coordinator.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::results::EntryBody;
use super::{moment, office_code, path_part};
use crate::domain::dates::parse_date;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::tally::RawEntry;
use crate::domain::text::{Login, Note};
use crate::service::recording::{AcceptHeld, ShownHeld};
use crate::service::{Caller, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, cursor, page_cut};

/// An entry that waits, or waited, for a decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldView {
    pub id: String,
    /// `event_unknown | event_cancelled | not_on_team | future | outside_days | period_locked | implausible`
    pub reason: &'static str,
    /// The entry as it came.
    #[schema(value_type = EntryBody)]
    pub entry: Value,
    /// Login of the sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    pub device: String,
    pub received_at: String,
    /// `waiting | accepted | dismissed`
    pub decision: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_reason: Option<String>,
}

/// What a list of held entries is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HeldParams {
    /// waiting | accepted | dismissed; all if left out, those that wait first.
    #[param(example = "waiting")]
    pub decision: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// How a held entry is taken.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"date": "2026-11-20", "reason": "Tanggal di HP salah."}))]
pub struct AcceptBody {
    /// The event that it counts for, if not its own; needed if its own is unknown.
    pub event: Option<String>,
    /// The date that it counts for, if not its own.
    pub date: Option<String>,
    pub reason: Option<String>,
}

/// Why a held entry is left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Salah kirim, sudah dihitung tim lain."}))]
pub struct DismissBody {
    pub reason: Option<String>,
}

/// Lists held entries, those that wait first.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), HeldParams),
    responses((status = 200, body = ListView<HeldView>)))]
#[get("/offices/{office}/held")]
pub async fn list_held(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<HeldParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("held-{office}");
    let mut check = Check::new();
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    let decision = check.optional("decision", params.decision, |text| text.parse());
    let (decision, cut) = check.finish(decision.zip(cut))?;
    let page = services.list_held(&caller, &office, decision, cut).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, last.held.key()));
    let items = page.items.into_iter().map(HeldView::new).collect::<Result<Vec<_>, _>>()?;
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Shows a held entry.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = HeldView)))]
#[get("/offices/{office}/held/{id}")]
pub async fn show_held(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let held = services.find_held(&caller, &office, id).await?;
    Ok(HttpResponse::Ok().json(HeldView::new(held)?))
}

/// Counts a held entry, whatever rule it broke; not in a period that is still locked.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body = AcceptBody, responses((status = 200, body = HeldView)))]
#[post("/offices/{office}/held/{id}/accept")]
pub async fn accept_held(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(body): Body<AcceptBody>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let held = services.accept_held(&caller, &office, id, read_accept(body)?).await?;
    Ok(HttpResponse::Ok().json(HeldView::new(held)?))
}

/// Leaves a held entry out for good.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body = DismissBody, responses((status = 200, body = HeldView)))]
#[post("/offices/{office}/held/{id}/dismiss")]
pub async fn dismiss_held(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(body): Body<DismissBody>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let reason = read_reason(body.reason)?;
    let held = services.dismiss_held(&caller, &office, id, reason).await?;
    Ok(HttpResponse::Ok().json(HeldView::new(held)?))
}

fn read_accept(body: AcceptBody) -> Result<AcceptHeld, Vec<FieldError>> {
    let mut check = Check::new();
    let event = check.optional("event", body.event, |text| text.parse());
    let date = check.optional("date", body.date, |text| parse_date(&text));
    let reason = check.optional("reason", body.reason, |text| text.parse());
    let command = || Some(AcceptHeld { event: event?, date: date?, reason: reason? });
    check.finish(command())
}

/// A reason that must be given.
pub fn read_reason(reason: Option<String>) -> Result<Note, Vec<FieldError>> {
    let reason = reason.filter(|reason| !reason.trim().is_empty()).ok_or(Rule::ReasonRequired);
    reason.and_then(|reason| reason.parse()).map_err(|rule| vec![FieldError::new("reason", rule)])
}

impl HeldView {
    fn new(shown: ShownHeld) -> Result<Self, ServiceError> {
        let held = shown.held;
        let raw = RawEntry::from(&held.entry);
        Ok(Self {
            id: held.entry.id.to_string(),
            reason: held.reason.as_str(),
            entry: serde_json::to_value(raw).map_err(ServiceError::internal)?,
            user: shown.sender.map(Login::into_string),
            device: held.device.into_string(),
            received_at: moment(held.received_at),
            decision: held.decision.as_str(),
            decided_at: held.decided_at.map(moment),
            decision_reason: held.decision_reason.map(Note::into_string),
        })
    }
}
