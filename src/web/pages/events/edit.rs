//! The form of an event: booked, copied, changed. Without script every button sends the whole form; "Periksa" and the
//! offered days show it again with what is free, "Simpan …" stores it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::days::{DayRow, TypedDays, rows_of};
use super::suggest::{Choices, OfferedDay, choices, day_notes, explain, offered_days, venue_note};
use super::typed::{Needs, all_errors, fields_of, read, set_days};
use super::venue_pick::{Pick, choice, list_choices, pick};
use crate::domain::dates::parse_date;
use crate::domain::event::{EventKind, Slot};
use crate::domain::id::EventId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::ActionKind;
use crate::domain::venue::Venue;
use crate::service::planning::{Availability, BookEvent, BookedEvent, Wanted};
use crate::service::venue_sheets::VenueSheet;
use crate::service::{Conflict, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "events/edit.html", config = "src/web/pages/askama.toml")]
struct EventForm {
    shell: Shell,
    form: Form,
    /// The event that is changed; none for a new one.
    event: Option<EventId>,
    unplanned: bool,
    venues: Vec<(String, String)>,
    candidates: Vec<Venue>,
    rows: Vec<RowView>,
    choices: Choices,
    kinds: Vec<(&'static str, String)>,
    slots: Vec<(&'static str, String)>,
    services: Vec<(&'static str, String)>,
    venue_note: Option<String>,
    outlook: Option<Outlook>,
    /// True if every day has come: then what happened may be entered as done.
    is_past: bool,
    /// What somebody else changed meanwhile.
    differences: Vec<Difference>,
}

struct RowView {
    row: DayRow,
    notes: Vec<String>,
}

impl RowView {
    fn has_slot(&self, slot: &str) -> bool {
        self.row.slots.iter().any(|own| own == slot)
    }
}

/// What is known of the venue that was chosen.
struct Outlook {
    name: String,
    code: String,
    lead: String,
    days: Vec<OfferedDay>,
}

/// A field in which the stored event and the typed one differ.
struct Difference {
    label: String,
    typed: String,
    stored: String,
}

/// Everything that the form is filled with besides what was typed.
struct Surroundings {
    pick: Pick,
    rows: Vec<DayRow>,
    free: Availability,
    sheet: Option<VenueSheet>,
    venues: Vec<Venue>,
}

/// What a new event opens with.
#[derive(Debug, Default, Deserialize)]
pub struct Prefill {
    /// Code of the venue.
    #[serde(default)]
    lokasi: String,
    #[serde(default)]
    tanggal: String,
    /// Code of a team.
    #[serde(default)]
    tim: String,
    /// Id of the event to copy.
    #[serde(default)]
    dari: String,
}

#[get("/kegiatan/baru")]
pub async fn open_new_event(
    services: Data<Services>,
    shell: Shell,
    query: Query<Prefill>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let fields = prefilled(&services, &shell, &query).await?;
    show(&services, shell, StatusCode::OK, Form::open(fields), None, Vec::new()).await
}

#[post("/kegiatan/baru")]
pub async fn book_event(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let Some(state) = fields.text("state") else { return show_again(&services, shell, fields, None).await };
    let around = look_around(&services, &shell, &fields, None).await?;
    let typed = TypedDays::of(&around.rows);
    let (input, errors) = read(&shell, &fields, &around.pick, &typed);
    let booked = match all_errors(&input, &typed, errors, Needs::of(None)) {
        Ok(()) => {
            let command = BookEvent { input, state: Some(state) };
            services.book_event(shell.caller()?, &shell.office()?.code, command).await.map_err(|e| typed.by_rows(e))
        }
        Err(error) => Err(error),
    };
    match booked {
        Ok(booked) => Ok(saved(&shell, &booked, "done-event-booked")),
        Err(error) => refuse(&services, shell, fields, error, None).await,
    }
}

#[get("/kegiatan/{id}/ubah")]
pub async fn open_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = event_id(&path.1)?;
    let booked = services.find_event(shell.caller()?, &shell.office()?.code, id).await?;
    let fields = stored_fields(&services, &shell, &booked, &DayRow::of_days(&booked.event.days)).await?;
    show(&services, shell, StatusCode::OK, Form::open(fields), Some(&booked), Vec::new()).await
}

#[post("/kegiatan/{id}/ubah")]
pub async fn revise_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = event_id(&path.1)?;
    let stored = services.find_event(shell.caller()?, &shell.office()?.code, id).await?;
    if !fields.is("save", "1") {
        return show_again(&services, shell, fields, Some(&stored)).await;
    }
    let known: i64 = fields.text("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let around = look_around(&services, &shell, &fields, Some(id)).await?;
    let typed = TypedDays::of(&around.rows);
    let (input, errors) = read(&shell, &fields, &around.pick, &typed);
    let revised = match all_errors(&input, &typed, errors, Needs::of(Some(&stored))) {
        Ok(()) => {
            let revised = services.revise_event(shell.caller()?, &shell.office()?.code, id, input, known).await;
            revised.map_err(|error| typed.by_rows(error))
        }
        Err(error) => Err(error),
    };
    match revised {
        Ok(booked) => Ok(saved(&shell, &booked, "done-event-revised")),
        Err(error) => refuse(&services, shell, fields, error, Some(&stored)).await,
    }
}

fn saved(shell: &Shell, booked: &BookedEvent, notice: &str) -> HttpResponse {
    let place = shell.place(&format!("kegiatan/{}", booked.event.id));
    let state = shell.label("event-state", booked.event.state.as_str());
    let args = [("title", booked.event.title.as_str()), ("state", state.as_str())];
    see_other(&place).noticed(notice, &args).finish()
}

/// The form again with the reason for which it was refused, and all that was typed.
async fn refuse(
    services: &Services,
    shell: Shell,
    mut fields: FormFields,
    error: ServiceError,
    stored: Option<&BookedEvent>,
) -> Result<HttpResponse, WebError> {
    let clash = match &error {
        ServiceError::Conflict(Conflict::Clashes(clashes)) => Some(clashes.clone()),
        _ => None,
    };
    let is_stale = matches!(error, ServiceError::Stale);
    let mut differences = Vec::new();
    if let Some(stored) = stored.filter(|_| is_stale) {
        differences = differ(services, &shell, &fields, stored).await?;
        // Whoever has seen both and saves again means it.
        fields.set("version", stored.event.version.to_string());
    }
    let mut form = Form::refused(fields, error.into(), shell.language)?;
    let mut status = if is_stale { StatusCode::PRECONDITION_FAILED } else { StatusCode::UNPROCESSABLE_ENTITY };
    if let Some(clashes) = clash {
        let around = look_around(services, &shell, &form.fields, stored.map(|booked| booked.event.id)).await?;
        form.errors = explain(&shell, &clashes, &around.free);
        form.clashes = Vec::new();
        status = StatusCode::CONFLICT;
    }
    show(services, shell, status, form, stored, differences).await
}

/// The form again, because something in it shall be looked up: nothing is stored.
async fn show_again(
    services: &Services,
    shell: Shell,
    mut fields: FormFields,
    stored: Option<&BookedEvent>,
) -> Result<HttpResponse, WebError> {
    let mut rows = rows_of(&fields);
    if let (Some(date), Some(first)) = (fields.text("pick_date"), rows.first_mut()) {
        first.date = date;
        first.until = String::new();
    }
    set_days(&mut fields, &rows);
    if let Some(code) = fields.text("pick_venue") {
        fields.set("venue", code);
    }
    show(services, shell, StatusCode::OK, Form::open(fields), stored, Vec::new()).await
}

async fn look_around(
    services: &Services,
    shell: &Shell,
    fields: &FormFields,
    by: Option<EventId>,
) -> Result<Surroundings, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let pick = pick(services, caller, office, fields.raw("venue")).await?;
    let rows = rows_of(fields);
    let days = rows.iter().flat_map(|row| {
        let slots = row.wanted_slots();
        row.wanted_dates().into_iter().map(move |date| (date, slots.clone()))
    });
    let wanted = Wanted { days: days.collect(), by, venue: pick.venue().map(|venue| venue.id) };
    let free = services.find_free(caller, office, wanted).await?;
    let sheet = match pick.code() {
        Some(code) => Some(services.find_venue_sheet(caller, office, code.clone()).await?),
        None => None,
    };
    let venues = list_choices(services, caller, office).await?;
    Ok(Surroundings { pick, rows, free, sheet, venues })
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    mut form: Form,
    stored: Option<&BookedEvent>,
    differences: Vec<Difference>,
) -> Result<HttpResponse, WebError> {
    let around = look_around(services, &shell, &form.fields, stored.map(|booked| booked.event.id)).await?;
    if let Some(venue) = around.pick.venue() {
        form.fields.set("venue", choice(venue));
    }
    // Rows that were empty are gone; the one that "add a day" made stays.
    let mut rows = around.rows;
    if form.is("add_row", "1") {
        rows.push(DayRow { date: String::new(), until: String::new(), ..rows.last().cloned().unwrap_or_default() });
    }
    let row_view = |row: DayRow| RowView { notes: day_notes(&shell, &row, around.pick.venue(), &around.free), row };
    let is_past = {
        let mut dates = rows.iter().flat_map(DayRow::wanted_dates).peekable();
        dates.peek().is_some() && dates.all(|date| date <= shell.today())
    };
    let template = EventForm {
        event: stored.map(|booked| booked.event.id),
        unplanned: stored.is_some_and(|booked| booked.event.unplanned),
        venues: around.venues.iter().map(|venue| (choice(venue), kind_of(&shell, venue))).collect(),
        choices: choices(&shell, &around.free),
        kinds: EventKind::ALL.iter().map(|kind| (kind.as_str(), shell.label("event-kind", kind.as_str()))).collect(),
        slots: Slot::ALL.iter().map(|slot| (slot.as_str(), slot_label(&shell, *slot))).collect(),
        services: Outcome::services().map(|s| (s.as_str(), shell.label("outcome", s.as_str()))).collect(),
        venue_note: venue_note(&shell, &around.free),
        outlook: around.sheet.as_ref().map(|sheet| outlook(&shell, sheet)),
        candidates: if let Pick::Several(found) = around.pick.clone() { found } else { Vec::new() },
        rows: rows.into_iter().map(row_view).collect(),
        is_past,
        differences,
        form,
        shell: shell.clone(),
    };
    page(status, &shell, &template)
}

fn kind_of(shell: &Shell, venue: &Venue) -> String {
    shell.label("venue-kind", venue.details.kind.as_str())
}

fn slot_label(shell: &Shell, slot: Slot) -> String {
    let hours = shell.t(&format!("slot-{}-hours", slot.as_str()));
    format!("{} ({hours})", shell.label("slot", slot.as_str()))
}

fn outlook(shell: &Shell, sheet: &VenueSheet) -> Outlook {
    let venue = &sheet.listed.venue;
    let past_year = sheet.listed.past_year;
    let lead = match past_year.mean().zip(past_year.last) {
        Some((mean, last)) => {
            let args =
                [("mean", shell.decimal(&mean, 1)), ("days", past_year.days.to_string()), ("last", shell.date(&last))];
            shell.tv("venue-lead", &args)
        }
        None => shell.t("venue-never"),
    };
    let days = offered_days(shell, sheet);
    Outlook { name: venue.details.name.to_string(), code: venue.code.to_string(), lead, days }
}

/// The fields of a new event: those of the address, or a copy.
async fn prefilled(services: &Services, shell: &Shell, query: &Prefill) -> Result<FormFields, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let date = parse_date(&query.tanggal).ok();
    if let Ok(id) = query.dari.parse::<EventId>() {
        let booked = services.find_event(caller, office, id).await?;
        let mut rows = DayRow::of_days(&booked.event.days);
        rows.truncate(1);
        for row in &mut rows {
            row.date = date.map(|date| date.to_string()).unwrap_or_default();
            row.until = String::new();
        }
        return stored_fields(services, shell, &booked, &rows).await;
    }
    let pick = pick(services, caller, office, &query.lokasi).await?;
    let mut fields = FormFields::of([
        ("kind", EventKind::Outreach.to_string()),
        ("services", Outcome::Activated.to_string()),
        ("venue", pick.venue().map(choice).unwrap_or_default()),
        ("teams", query.tim.clone()),
    ]);
    set_days(&mut fields, &[DayRow::proposed(date, usual_hours(pick.venue()))]);
    Ok(fields)
}

/// The hours of the venue, or a morning.
fn usual_hours(venue: Option<&Venue>) -> (chrono::NaiveTime, chrono::NaiveTime) {
    let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let parts = venue.map(|venue| venue.details.opening.parts());
    let opens = parts.and_then(|parts| parts.opens).unwrap_or_else(|| at(8));
    let closes = parts.and_then(|parts| parts.closes).filter(|closes| *closes > opens);
    (opens, closes.unwrap_or_else(|| at(12).max(opens)))
}

async fn stored_fields(
    services: &Services,
    shell: &Shell,
    booked: &BookedEvent,
    rows: &[DayRow],
) -> Result<FormFields, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let venue = match &booked.venue {
        Some(code) => Some(choice(&services.find_venue(caller, office, code.clone()).await?)),
        None => None,
    };
    let free = services.find_free(caller, office, Wanted::default()).await?;
    let mut fields = fields_of(booked, venue, &free);
    set_days(&mut fields, rows);
    Ok(fields)
}

/// The fields whose typed value is not the stored one.
async fn differ(
    services: &Services,
    shell: &Shell,
    typed: &FormFields,
    stored: &BookedEvent,
) -> Result<Vec<Difference>, WebError> {
    const FIELDS: [&str; 12] = [
        "kind",
        "title",
        "venue",
        "place",
        "teams",
        "units",
        "officers",
        "services",
        "host_programme",
        "request.by",
        "request.expected",
        "notes",
    ];
    let theirs = stored_fields(services, shell, stored, &DayRow::of_days(&stored.event.days)).await?;
    let sent = |fields: &FormFields, name: &str| {
        let mut values = fields.all(name);
        values.sort();
        values.join(", ")
    };
    let days = |fields: &FormFields| {
        let rows = rows_of(fields);
        let told = rows.iter().map(|row| format!("{}–{} {}–{}", row.date, row.until, row.starts, row.ends));
        told.collect::<Vec<_>>().join("; ")
    };
    let named = FIELDS.iter().map(|name| {
        let label = shell.t(&format!("event-field-{}", name.replace(['.', '_'], "-")));
        (label, sent(typed, name), sent(&theirs, name))
    });
    let all = named.chain([(shell.t("event-field-days"), days(typed), days(&theirs))]);
    let differing = all.filter(|(_, typed, stored)| typed != stored);
    Ok(differing.map(|(label, typed, stored)| Difference { label, typed, stored }).collect())
}
