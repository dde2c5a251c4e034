//! The page of the form: what was typed, with all that can be chosen, what is free on the days of it, and what past visits
//! of the venue brought.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::days::{DayRow, rows_of};
use super::prefill::Difference;
use super::suggest::{Choices, OfferedDay, choices, day_notes, offered_days, venue_note};
use super::venue_pick::{Pick, choice, list_choices, pick};
use crate::domain::event::{EventKind, Slot};
use crate::domain::id::EventId;
use crate::domain::outcome::Outcome;
use crate::domain::venue::Venue;
use crate::service::Services;
use crate::service::planning::{Availability, BookedEvent, Wanted};
use crate::service::venue_sheets::VenueSheet;
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Shell, page};

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
    /// True if something was typed that is no venue of the office.
    is_unknown: bool,
    rows: Vec<RowView>,
    choices: Choices,
    kinds: Vec<(&'static str, String)>,
    slots: Vec<(&'static str, String)>,
    services: Vec<(&'static str, String)>,
    venue_note: Option<String>,
    outlook: Option<Outlook>,
    /// True if every day has come: then what happened may be entered as done.
    is_past: bool,
    meanwhile: Meanwhile,
}

/// What somebody else changed while this form was open.
#[derive(Default)]
pub struct Meanwhile {
    pub differences: Vec<Difference>,
    /// Who it was.
    pub changed_by: Option<String>,
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

/// Everything that the form is filled with besides what was typed.
pub struct Surroundings {
    pub pick: Pick,
    pub rows: Vec<DayRow>,
    pub free: Availability,
    sheet: Option<VenueSheet>,
    venues: Vec<Venue>,
}

pub async fn look_around(
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

pub async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    mut form: Form,
    stored: Option<&BookedEvent>,
    meanwhile: Meanwhile,
) -> Result<HttpResponse, WebError> {
    let around = look_around(services, &shell, &form.fields, stored.map(|booked| booked.event.id)).await?;
    if let Some(venue) = around.pick.venue() {
        form.fields.set("venue", choice(venue));
    }
    if let Some(error) = form.errors.iter_mut().find(|error| error.field == "venue") {
        match &around.pick {
            Pick::Several(_) => error.message = shell.t("event-venue-choose"),
            Pick::Unknown => error.message = shell.t("event-venue-unknown"),
            Pick::Nothing | Pick::Found(_) => {}
        }
    }
    let has_days = around.rows.iter().any(|row| !row.wanted_dates().is_empty());
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
        choices: choices(&shell, &around.free, has_days),
        kinds: EventKind::ALL.iter().map(|kind| (kind.as_str(), shell.label("event-kind", kind.as_str()))).collect(),
        slots: Slot::ALL.iter().map(|slot| (slot.as_str(), slot_label(&shell, *slot))).collect(),
        services: Outcome::services().map(|s| (s.as_str(), shell.label("outcome", s.as_str()))).collect(),
        venue_note: venue_note(&shell, &around.free),
        outlook: around.sheet.as_ref().map(|sheet| outlook(&shell, sheet)),
        candidates: if let Pick::Several(found) = around.pick.clone() { found } else { Vec::new() },
        is_unknown: around.pick == Pick::Unknown,
        rows: rows.into_iter().map(row_view).collect(),
        is_past,
        meanwhile,
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
