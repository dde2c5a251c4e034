//! `/offices/{office}/results`: entries in, from the field and the desk, and what became of each.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{moment, office_code};
use crate::domain::id::EntryId;
use crate::domain::language::Language;
use crate::domain::outcome::Counts;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::tally::RawEntry;
use crate::domain::text::Name;
use crate::service::recording::{Batch, Fate, PhoneWord, Receipt, Sent};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, read_value};
use crate::web::language::language_of;
use crate::web::problem::{FieldErrorView, field_errors};

/// Entries sent together, at most 500.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "device": "hp-petugas-1", "sent_at": "2026-11-21T03:00:00Z", "waiting": 0,
    "entries": [{
        "id": "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f", "event": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11",
        "date": "2026-11-21", "at": "2026-11-21T09:41:00+07:00", "kind": "tally",
        "counts": {"activated": 3, "no_smartphone": 1}
    }]
}))]
pub struct BatchBody {
    /// The sender's own name for the phone. `desk` is the office's desk: a coordinator's entries are then refused, all
    /// or none, where the field's would be held.
    pub device: Option<String>,
    /// Login of the officer whose entries these are. If somebody else is signed in by now, nothing is taken (403).
    pub user: Option<String>,
    /// The phone's clock when it sent.
    pub sent_at: Option<String>,
    /// Rows left on the phone.
    pub waiting: Option<u64>,
    #[schema(value_type = Vec<EntryBody>)]
    pub entries: Vec<Value>,
}

/// One entry, made under an id of its own (UUIDv7). Sending it again is safe.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Entry)]
pub struct EntryBody {
    pub id: String,
    /// The event's id; of `event_new` the id that the event gets.
    pub event: String,
    /// The local date that the counts belong to.
    #[schema(example = "2026-11-21")]
    pub date: String,
    /// When it was counted.
    #[schema(example = "2026-11-21T09:41:00+07:00")]
    pub at: String,
    /// `tally | void | start | finish | event_new`
    pub kind: String,
    /// Of a tally: outcomes, -1000 to 1000 each. An empty object says that nobody came.
    #[schema(value_type = Option<BTreeMap<String, i64>>)]
    pub counts: Option<Counts>,
    /// Of a void: the entry that counts no longer.
    pub voids: Option<String>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub event_new: Option<EventNewBody>,
}

/// An event made on the spot.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventNew)]
pub struct EventNewBody {
    pub title: String,
    pub place: Option<String>,
    /// Code of a venue.
    pub venue: Option<String>,
    pub services: Vec<String>,
}

/// What became of each entry, in the order of the batch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "results": [{"id": "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f", "status": "accepted"}],
    "server_time": "2026-11-21T03:00:01.000000Z"
}))]
pub struct BatchView {
    pub results: Vec<ReceiptView>,
    pub server_time: String,
}

/// What became of one entry.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub struct ReceiptView {
    /// None if it could not be read.
    pub id: Option<String>,
    /// `accepted | duplicate | held | rejected`
    pub status: &'static str,
    /// Of a held entry: `event_unknown | event_cancelled | not_on_team | future | outside_days | period_locked |
    /// implausible`; of a rejected one: `malformed | unknown_outcome | out_of_range | nik_like | another_office |
    /// id_conflict`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The rules that a rejected entry breaks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldErrorView>,
    /// `implausible`: stored at the desk, yet worth a second look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<&'static str>,
}

/// Takes a batch of entries.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03")), request_body = BatchBody,
    responses((status = 200, body = BatchView)))]
#[post("/offices/{office}/results/batch")]
pub async fn record_batch(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    request: HttpRequest,
    Body(body): Body<BatchBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let batch = read_batch(body)?;
    let receipts = services.record_batch(&caller, &office, batch).await?;
    let language = language_of(&request);
    let results = receipts.into_iter().map(|receipt| ReceiptView::new(language, receipt)).collect();
    Ok(HttpResponse::Ok().json(BatchView { results, server_time: moment(services.clock.now()) }))
}

/// Takes one entry. `device` may stand in it as in a batch.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03")), request_body = EntryBody,
    responses((status = 200, body = ReceiptView)))]
#[post("/offices/{office}/results")]
pub async fn record_entry(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    request: HttpRequest,
    Body(mut body): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let fields = body.as_object_mut().ok_or_else(|| WebError::invalid("body", Rule::WrongType("object".to_owned())))?;
    let named = fields.remove("device").map(read_value).transpose().map_err(|error| vec![at("device", error)])?;
    let batch = Batch { device: device(named.flatten())?, owner: None, word: None, entries: vec![read_entry(body)] };
    let receipt = services.record_entry(&caller, &office, batch).await?;
    Ok(HttpResponse::Ok().json(receipt.map(|receipt| ReceiptView::new(language_of(&request), receipt))))
}

/// Who does not name a device sends by a program of his own.
const NO_DEVICE: &str = "api";

fn device(named: Option<String>) -> Result<Name, Vec<FieldError>> {
    let named = named.filter(|name| !name.trim().is_empty());
    named.as_deref().unwrap_or(NO_DEVICE).parse().map_err(|rule| vec![FieldError::new("device", rule)])
}

fn read_batch(body: BatchBody) -> Result<Batch, Vec<FieldError>> {
    let owner = body.user.map(|login| login.parse()).transpose();
    // A phone with a broken clock must get rid of its entries all the same.
    let sent_at = body.sent_at.and_then(|at| DateTime::parse_from_rfc3339(&at).ok());
    let word = body.waiting.map(|waiting| PhoneWord {
        waiting: i64::try_from(waiting).unwrap_or(i64::MAX),
        sent_at: sent_at.map(|at| at.with_timezone(&Utc)),
    });
    Ok(Batch {
        device: device(body.device)?,
        owner: owner.map_err(|rule| vec![FieldError::new("user", rule)])?,
        word,
        entries: body.entries.into_iter().map(read_entry).collect(),
    })
}

fn at(field: &str, error: FieldError) -> FieldError {
    FieldError::new(field, error.rule)
}

/// A wrong shape spoils its own entry only.
fn read_entry(value: Value) -> Sent {
    let id: Option<EntryId> = value.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    match read_value::<RawEntry>(value) {
        Ok(raw) => Sent::read(raw),
        Err(error) => Sent::malformed(id, error),
    }
}

impl ReceiptView {
    fn new(language: Language, receipt: Receipt) -> Self {
        let id = receipt.id.map(|id| id.to_string());
        let view = |status, reason| Self { id, status, reason, errors: Vec::new(), warnings: Vec::new() };
        match receipt.fate {
            Fate::Accepted { implausible } => {
                let warnings = implausible.then_some("implausible").into_iter().collect();
                Self { warnings, ..view("accepted", None) }
            }
            Fate::Duplicate => view("duplicate", None),
            Fate::Held(reason) => view("held", Some(reason.as_str())),
            Fate::Rejected(reason) => {
                let errors = field_errors(language, reason.errors());
                Self { errors, ..view("rejected", Some(reason.code())) }
            }
        }
    }
}
