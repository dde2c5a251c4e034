//! `/offices/{office}/results`: entries in, the ledger and its sums out.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{moment, office_code, path_part};
use crate::domain::dates::parse_date;
use crate::domain::event::warnings::Warning;
use crate::domain::id::EntryId;
use crate::domain::language::Language;
use crate::domain::outcome::Counts;
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::tally::RawEntry;
use crate::domain::text::{Code, Login, Name, Note};
use crate::service::recording::{Batch, EntryFilter, EventCounts, Fate, PhoneWord, Receipt, Sent, ShownEntry};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, cursor, page_cut, read_value};
use crate::web::language::language_of;
use crate::web::problem::{FieldErrorView, field_errors};
use crate::wording::warnings::warning_message;

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

/// What was counted at an event. A count below zero is shown as 0, with a warning.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventCountsView {
    pub days: Vec<DayCountsView>,
    pub total: SumView,
}

/// One day that was counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayCountsView {
    pub date: String,
    #[serde(flatten)]
    pub sum: SumView,
    pub warnings: Vec<CountWarningView>,
}

/// What a reader should know of a count.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountWarning)]
pub struct CountWarningView {
    /// `day_above_capacity | negative_count`
    pub code: &'static str,
    pub message: String,
}

/// Counts with what they come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SumView {
    #[schema(value_type = BTreeMap<String, i64>)]
    pub counts: Counts,
    /// Everyone whom the digital ID was offered to.
    pub reached: i64,
    pub activated: i64,
    /// Activated of reached, in per cent with one decimal; null if nobody was reached.
    pub rate: Option<f64>,
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
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, last.stored.entry.id));
    let items = page.items.into_iter().map(LedgerEntryView::from).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Shows what was counted at an event, day by day and in total.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = EventCountsView)))]
#[get("/offices/{office}/events/{id}/counts")]
pub async fn count_event(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (office, event) = (office_code(&path.0)?, path_part(&path.1)?);
    let counts = services.count_event(&caller, &office, event).await?;
    Ok(HttpResponse::Ok().json(EventCountsView::new(language_of(&request), counts)))
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

fn read_params(params: LedgerParams, list: &str) -> Result<(EntryFilter, Cut<EntryId>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let event = check.optional("event", params.event, |text| text.parse());
    let from = check.optional("from", params.from, |text| parse_date(&text));
    let to = check.optional("to", params.to, |text| parse_date(&text));
    let filter = || Some(EntryFilter { event: event?, from: from?, to: to? });
    check.finish(filter().zip(cut))
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

impl EventCountsView {
    fn new(language: Language, counts: EventCounts) -> Self {
        let warnings_of = |date: NaiveDate| {
            let of_day = counts.warnings.iter().filter(|warning| warning.date == Some(date));
            let view = |warning: &Warning| CountWarningView {
                code: warning.code.as_str(),
                message: warning_message(language, warning),
            };
            of_day.map(view).collect()
        };
        let day = |(date, sum): (NaiveDate, Counts)| DayCountsView {
            date: date.to_string(),
            sum: sum.into(),
            warnings: warnings_of(date),
        };
        Self { days: counts.days.into_iter().map(day).collect(), total: counts.total.into() }
    }
}

impl From<Counts> for SumView {
    fn from(counts: Counts) -> Self {
        use crate::domain::outcome::Outcome;
        let rate = counts.rate().map(|rate| (rate * 1_000.0).round() / 10.0);
        Self { reached: counts.reached(), activated: counts.get(Outcome::Activated), rate, counts }
    }
}
