//! Counts entered at the office: a paper tally is typed in, an entry is corrected by one that takes it away and another
//! that says it right. The rules are those of the ledger; the desk is told at once what the field would be held for.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::results::in_words;
use crate::domain::id::EntryId;
use crate::domain::number::parse_count;
use crate::domain::outcome::{Outcome, OutcomeGroup};
use crate::domain::permission::ActionKind;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::tally::{EntryKind, RawEntry};
use crate::service::event_sheets::EventSheet;
use crate::service::recording::{Batch, DESK, Fate, Receipt, Sent, ShownEntry};
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "events/tally.html", config = "src/web/pages/askama.toml")]
struct TallyForm {
    shell: Shell,
    form: Form,
    title: String,
    here: String,
    /// The days that have come, as (date, words).
    days: Vec<(String, String)>,
    groups: Vec<(String, Vec<(String, String)>)>,
    /// What is corrected, in words; none for a new tally.
    corrected: Option<String>,
}

/// The entry that a correction is about.
struct Corrected<'a> {
    sheet: &'a EventSheet,
    shown: &'a ShownEntry,
}

#[get("/kegiatan/{id}/hasil")]
pub async fn open_tally(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let sheet = load(&services, &shell, &path.1).await?;
    let day = sheet.booked.event.days.dates().filter(|date| *date <= shell.today()).last();
    let fields = FormFields::of([
        ("entry", EntryId::new(shell.now).to_string()),
        ("date", day.map(|day| day.to_string()).unwrap_or_default()),
    ]);
    show(StatusCode::OK, &shell, &sheet, Form::open(fields), None)
}

#[post("/kegiatan/{id}/hasil")]
pub async fn enter_tally(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let sheet = load(&services, &shell, &path.1).await?;
    let entered = match read_tally(&shell, &sheet, &fields) {
        Ok(entry) => send(&services, &shell, vec![entry]).await,
        Err(errors) => Err(ServiceError::Invalid(errors)),
    };
    match entered {
        Ok(receipts) => Ok(stored(&shell, &sheet, &receipts, "done-event-tallied")),
        Err(error) => refuse(&shell, &sheet, fields, error, None),
    }
}

#[get("/kegiatan/{id}/koreksi/{entry}")]
pub async fn open_correction(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, WebError> {
    let sheet = load(&services, &shell, &path.1).await?;
    let shown = find_entry(&sheet, &path.2)?;
    let entry = &shown.stored.entry;
    let mut fields = FormFields::of([
        ("entry", EntryId::new(shell.now).to_string()),
        ("void", EntryId::new(shell.now).to_string()),
        ("date", entry.date.to_string()),
        ("note", entry.note.as_ref().map(ToString::to_string).unwrap_or_default()),
    ]);
    for (outcome, n) in entry.counts.iter() {
        fields.set(&format!("counts.{outcome}"), n.to_string());
    }
    show(StatusCode::OK, &shell, &sheet, Form::open(fields), Some(&Corrected { sheet: &sheet, shown }))
}

#[post("/kegiatan/{id}/koreksi/{entry}")]
pub async fn correct_entry(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let sheet = load(&services, &shell, &path.1).await?;
    let shown = find_entry(&sheet, &path.2)?;
    let entries = read_correction(&shell, &sheet, shown, &fields);
    let corrected = match entries {
        Ok(entries) => send(&services, &shell, entries).await,
        Err(errors) => Err(ServiceError::Invalid(errors)),
    };
    match corrected {
        Ok(receipts) => Ok(stored(&shell, &sheet, &receipts, "done-event-corrected")),
        Err(error) => refuse(&shell, &sheet, fields, error, Some(&Corrected { sheet: &sheet, shown })),
    }
}

async fn load(services: &Services, shell: &Shell, id: &str) -> Result<EventSheet, WebError> {
    shell.require(ActionKind::Plan)?;
    Ok(services.find_event_sheet(shell.caller()?, &shell.office()?.code, event_id(id)?).await?)
}

/// A tally of the event that still counts; what was taken away already cannot be corrected.
fn find_entry<'a>(sheet: &'a EventSheet, id: &str) -> Result<&'a ShownEntry, ServiceError> {
    let id: EntryId = id.parse().map_err(|_| ServiceError::NotFound)?;
    let found = sheet.entries.items.iter().find(|shown| shown.stored.entry.id == id);
    found.filter(|shown| shown.stored.entry.kind == EntryKind::Tally && !shown.is_voided).ok_or(ServiceError::NotFound)
}

fn read_tally(shell: &Shell, sheet: &EventSheet, fields: &FormFields) -> Result<RawEntry, Vec<FieldError>> {
    let counts = read_counts(fields)?;
    if counts.is_empty() {
        return Err(vec![FieldError::new("counts.activated", Rule::Required)]);
    }
    Ok(RawEntry {
        id: fields.text("entry"),
        date: fields.text("date"),
        kind: Some(EntryKind::Tally.to_string()),
        counts: Some(counts),
        note: fields.text("note"),
        reason: fields.text("reason"),
        ..bare(shell, sheet)
    })
}

/// The entry that takes the other away, and the one in its place unless there shall be none.
fn read_correction(
    shell: &Shell,
    sheet: &EventSheet,
    shown: &ShownEntry,
    fields: &FormFields,
) -> Result<Vec<RawEntry>, Vec<FieldError>> {
    let Some(reason) = fields.text("reason") else {
        return Err(vec![FieldError::new("reason", Rule::ReasonRequired)]);
    };
    let void = RawEntry {
        id: fields.text("void"),
        date: Some(shown.stored.entry.date.to_string()),
        kind: Some(EntryKind::Void.to_string()),
        voids: Some(shown.stored.entry.id.to_string()),
        reason: Some(reason),
        ..bare(shell, sheet)
    };
    if fields.is("only_void", "1") {
        return Ok(vec![void]);
    }
    Ok(vec![void, read_tally(shell, sheet, fields)?])
}

fn bare(shell: &Shell, sheet: &EventSheet) -> RawEntry {
    RawEntry { event: Some(sheet.booked.event.id.to_string()), at: Some(shell.now.to_rfc3339()), ..RawEntry::default() }
}

/// The counts that were typed; an empty field was not counted, a zero was.
fn read_counts(fields: &FormFields) -> Result<BTreeMap<String, i64>, Vec<FieldError>> {
    let (mut counts, mut errors) = (BTreeMap::new(), Vec::new());
    for outcome in Outcome::ALL {
        let name = format!("counts.{outcome}");
        match fields.text(&name).map(|text| parse_count(&text)) {
            Some(Ok(n)) => drop(counts.insert(outcome.to_string(), n)),
            // Here people are counted: the examples of a figure would mislead.
            Some(Err(Rule::Figure)) => errors.push(FieldError::new(name, Rule::Format { example: "12" })),
            Some(Err(rule)) => errors.push(FieldError::new(name, rule)),
            None => {}
        }
    }
    if errors.is_empty() { Ok(counts) } else { Err(errors) }
}

async fn send(services: &Services, shell: &Shell, entries: Vec<RawEntry>) -> Result<Vec<Receipt>, ServiceError> {
    let device = DESK.parse().map_err(ServiceError::internal)?;
    let batch = Batch { device, entries: entries.into_iter().map(Sent::read).collect(), owner: None, word: None };
    let sent = services.record_batch(shell.caller()?, &shell.office()?.code, batch).await;
    sent.map_err(|error| match error {
        ServiceError::Invalid(errors) => ServiceError::Invalid(errors.into_iter().map(unlisted).collect()),
        other => other,
    })
}

/// `entries[1].counts.activated` is `counts.activated` on the form.
fn unlisted(error: FieldError) -> FieldError {
    let field = error.field.strip_prefix("entries[").and_then(|rest| rest.split_once("].")).map(|(_, name)| name);
    FieldError { field: field.unwrap_or(&error.field).to_owned(), rule: error.rule }
}

fn stored(shell: &Shell, sheet: &EventSheet, receipts: &[Receipt], notice: &str) -> HttpResponse {
    let implausible = receipts.iter().any(|receipt| receipt.fate == Fate::Accepted { implausible: true });
    let notice = if implausible { "done-event-tallied-implausible" } else { notice };
    let place = shell.place(&format!("kegiatan/{}", sheet.booked.event.id));
    see_other(&place).noticed(notice, &[]).finish()
}

fn refuse(
    shell: &Shell,
    sheet: &EventSheet,
    fields: FormFields,
    error: ServiceError,
    corrected: Option<&Corrected<'_>>,
) -> Result<HttpResponse, WebError> {
    let form = Form::refused(fields, error.into(), shell.language)?;
    show(StatusCode::UNPROCESSABLE_ENTITY, shell, sheet, form, corrected)
}

fn show(
    status: StatusCode,
    shell: &Shell,
    sheet: &EventSheet,
    form: Form,
    corrected: Option<&Corrected<'_>>,
) -> Result<HttpResponse, WebError> {
    let days = sheet.booked.event.days.dates().filter(|date| *date <= shell.today());
    let template = TallyForm {
        form,
        title: sheet.booked.event.title.to_string(),
        here: shell.place(&format!("kegiatan/{}", sheet.booked.event.id)),
        days: days.map(|date| (date.to_string(), shell.full_date(&date))).collect(),
        groups: groups(shell),
        corrected: corrected.map(|corrected| told(shell, corrected)),
        shell: shell.clone(),
    };
    page(status, shell, &template)
}

/// "Adi, Kamis …: aktivasi (dalam daerah) 40".
fn told(shell: &Shell, corrected: &Corrected<'_>) -> String {
    let stored = &corrected.shown.stored;
    let who = corrected
        .shown
        .sender
        .as_ref()
        .map_or_else(|| shell.t("event-somebody"), |login| corrected.sheet.name_of(login.as_str()));
    format!("{who}, {}: {}", shell.moment(&stored.received_at), in_words(shell, &stored.entry.counts))
}

/// The outcomes by group, as (field, label).
fn groups(shell: &Shell) -> Vec<(String, Vec<(String, String)>)> {
    let group = |wanted: &OutcomeGroup| {
        let own = Outcome::ALL.iter().filter(|outcome| outcome.group() == *wanted);
        let field = |outcome: &Outcome| (format!("counts.{outcome}"), shell.label("outcome", outcome.as_str()));
        (shell.t(&format!("tally-group-{}", wanted.as_str().replace('_', "-"))), own.map(field).collect())
    };
    OutcomeGroup::ALL.iter().map(group).collect()
}
