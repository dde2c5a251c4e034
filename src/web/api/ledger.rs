//! `GET /offices/{office}/results`: the ledger, entry by entry.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{moment, office_code};
use crate::domain::dates::parse_date;
use crate::domain::id::EntryId;
use crate::domain::outcome::Counts;
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::{Code, Login, Note};
use crate::service::recording::{EntryFilter, ShownEntry};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{ListView, Params, list_view, page_cut};

/// A row of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerEntryView {
    pub id: String,
    pub event: String,
    pub date: String,
    pub kind: &'static str,
    #[schema(value_type = BTreeMap<String, i64>)]
    pub counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voids: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// True if another entry took it away.
    pub voided: bool,
    /// `field | desk | file`
    pub source: &'static str,
    /// Login of the sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Code of the team that counted, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    pub device: String,
    /// When it was counted, by the phone's clock.
    pub at: String,
    /// When the office took it.
    pub received_at: String,
}

/// Which entries of the ledger to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LedgerParams {
    /// Of one event.
    pub event: Option<String>,
    #[param(example = "2026-11-01")]
    pub from: Option<String>,
    #[param(example = "2026-11-30")]
    pub to: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the ledger by id, which is the order in which phones made the entries.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), LedgerParams),
    responses((status = 200, body = ListView<LedgerEntryView>)))]
#[get("/offices/{office}/results")]
pub async fn list_entries(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<LedgerParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("results-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_entries(&caller, &office, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |shown| shown.stored.entry.id, LedgerEntryView::from)))
}

fn read_params(params: LedgerParams, list: &str) -> Result<(EntryFilter, Cut<EntryId>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let event = check.optional("event", params.event, |text| text.parse());
    let from = check.optional("from", params.from, |text| parse_date(&text));
    let to = check.optional("to", params.to, |text| parse_date(&text));
    let filter = || Some(EntryFilter { event: event?, from: from?, to: to? });
    check.finish(filter().zip(cut))
}

impl From<ShownEntry> for LedgerEntryView {
    fn from(shown: ShownEntry) -> Self {
        let stored = shown.stored;
        let entry = stored.entry;
        Self {
            id: entry.id.to_string(),
            event: entry.event.to_string(),
            date: entry.date.to_string(),
            kind: entry.kind.as_str(),
            counts: entry.counts,
            voids: entry.voids.map(|id| id.to_string()),
            reason: entry.reason.map(Note::into_string),
            note: entry.note.map(Note::into_string),
            voided: shown.is_voided,
            source: stored.source.as_str(),
            user: shown.sender.map(Login::into_string),
            team: shown.team.map(Code::into_string),
            device: stored.device.into_string(),
            at: moment(entry.at),
            received_at: moment(stored.received_at),
        }
    }
}
