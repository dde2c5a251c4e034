//! The page of one event: where it stands, what was counted and by whom, what may be done next, and what happened so far.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use askama::Template;

use super::hours::hours_of;
use super::projection::{ProjectionView, project};
use super::reporting::reporting_of;
use super::results::{DayView, EntryView, GroupView, SumView, days, entries, groups, sum, told_by};
use super::share::{contact_link, share_link, text, untold};
use super::step_views::{StepView, steps_of};
use crate::domain::audit::AuditEntry;
use crate::domain::event::warnings::WarningCode;
use crate::domain::event::{EventDay, EventKind, EventState, Reporting};
use crate::domain::region::RegionLevel;
use crate::domain::team::UnitKind;
use crate::service::Services;
use crate::service::event_sheets::EventSheet;
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, Shell, page};
use crate::wording::trail::{trail_actor, trail_sentence};
use crate::wording::warnings::warning_message;

#[derive(Template)]
#[template(path = "events/show.html", config = "src/web/pages/askama.toml")]
struct EventPage {
    shell: Shell,
    /// The form of a step that was refused.
    form: Form,
    sheet: EventSheet,
    /// The address of this page.
    here: String,
    lines: Vec<String>,
    place_line: Option<String>,
    lead: String,
    /// Where the report stands, once somebody owes one.
    reporting: Option<(&'static str, String)>,
    warnings: Vec<String>,
    steps: Vec<StepView>,
    may: Actions,
    total: Option<SumView>,
    projection: Option<ProjectionView>,
    groups: Vec<GroupView>,
    days: Vec<DayView>,
    entries: Vec<EntryView>,
    told_by: Option<String>,
    vehicles: String,
    kits: String,
    timeline: Vec<Happening>,
    share_link: String,
    share_text: String,
    /// Officers without an e-mail address, each with a link that tells him by WhatsApp.
    untold: Vec<(String, String)>,
    contact_link: Option<String>,
}

/// What the reader may do with the counts and the event as a whole.
#[allow(clippy::struct_excessive_bools, reason = "the page asks for each by itself")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Actions {
    pub plan: bool,
    pub tally: bool,
    pub nihil: bool,
    pub verify: bool,
    pub remove: bool,
}

/// A line of the trail.
struct Happening {
    moment: String,
    machine: String,
    who: String,
    what: String,
    reason: Option<String>,
}

#[get("/kegiatan/{id}")]
pub async fn show_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let id = event_id(&path.1)?;
    let sheet = services.find_event_sheet(shell.caller()?, &shell.office()?.code, id).await?;
    let projection = project(&services, &shell, &sheet).await?;
    render(StatusCode::OK, &shell, sheet, Form::default(), projection)
}

/// The page when a step on it was refused.
pub fn show(status: StatusCode, shell: &Shell, sheet: EventSheet, form: Form) -> Result<HttpResponse, WebError> {
    render(status, shell, sheet, form, None)
}

fn render(
    status: StatusCode,
    shell: &Shell,
    sheet: EventSheet,
    form: Form,
    projection: Option<ProjectionView>,
) -> Result<HttpResponse, WebError> {
    // Another team can be sent as long as a day lies ahead.
    let is_ahead = sheet.booked.event.days.dates().any(|date| date >= shell.today());
    let booking = sheet.booked.warnings.iter();
    let booking = booking.filter(|warning| is_ahead || warning.code != WarningCode::OverCapacity);
    let all = booking.chain(&sheet.counts.warnings);
    let template = EventPage {
        here: shell.place(&format!("kegiatan/{}", sheet.booked.event.id)),
        lines: sheet.booked.event.days.iter().map(|day| day_line(shell, day)).collect(),
        place_line: place_line(shell, &sheet),
        lead: lead(shell, &sheet),
        reporting: reporting_of(shell, &sheet.booked.event),
        warnings: all.map(|warning| warning_message(shell.language, warning)).collect(),
        may: actions(shell, &sheet),
        steps: if shell.may_plan() { steps_of(shell, &sheet) } else { Vec::new() },
        total: (!sheet.counts.total.is_empty()).then(|| sum(shell, &sheet.counts.total)),
        projection,
        groups: groups(shell, &sheet.counts.total),
        days: days(shell, &sheet),
        entries: entries(shell, &sheet),
        told_by: told_by(shell, &sheet),
        vehicles: units(&sheet, UnitKind::Vehicle),
        kits: units(&sheet, UnitKind::Kit),
        timeline: sheet.trail.iter().map(|entry| happening(shell, &sheet, entry)).collect(),
        share_link: share_link(shell, &sheet),
        share_text: text(shell, &sheet),
        untold: if shell.may_plan() { untold(shell, &sheet) } else { Vec::new() },
        contact_link: contact_link(shell, &sheet),
        form,
        sheet,
        shell: shell.clone(),
    };
    page(status, shell, &template)
}

/// "Selasa Pahing, 24 November 2026 · 08.00–12.00 WIB", with the slots where no hours are known.
fn day_line(shell: &Shell, day: &EventDay) -> String {
    let slots = || day.slots().iter().map(|slot| shell.label("slot", slot.as_str())).collect::<Vec<_>>().join(", ");
    format!("{} · {}", shell.full_date(&day.date()), hours_of(shell, day).unwrap_or_else(slots))
}

/// "Desa Karangbanjar, Kecamatan Bojongsari", or the place in words of an event without a venue.
pub fn place_line(shell: &Shell, sheet: &EventSheet) -> Option<String> {
    if sheet.venue.is_none() {
        return sheet.booked.event.place.as_ref().map(ToString::to_string);
    }
    let village = sheet.region(RegionLevel::Village).map(|region| region.name.clone());
    let district = sheet.region(RegionLevel::District).map(|region| shell.t1("district-of", "name", &region.name));
    let parts: Vec<String> = [village, district].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The sentence that the page opens with: what is the matter with this event now.
fn lead(shell: &Shell, sheet: &EventSheet) -> String {
    let event = &sheet.booked.event;
    let today = shell.today();
    let is_over = event.days.dates().all(|date| date < today);
    let has_begun = event.days.dates().any(|date| date <= today);
    if matches!(event.state, EventState::Cancelled | EventState::Postponed | EventState::NotHeld) {
        let id = format!("event-lead-{}", event.state.as_str().replace('_', "-"));
        return shell.t(&id);
    }
    if event.kind != EventKind::Briefing
        && event.reporting == Reporting::Unreported
        && is_over
        && !matches!(event.state, EventState::Draft | EventState::Proposed)
    {
        return shell.t("event-lead-unreported");
    }
    if !sheet.counts.total.is_empty() {
        let total = sum(shell, &sheet.counts.total);
        return match total.rate {
            Some(rate) => shell.tv(
                "event-lead-counted",
                &[("activated", total.activated), ("reached", total.reached), ("rate", rate)],
            ),
            None => shell.t("event-lead-nobody"),
        };
    }
    match (event.state, has_begun) {
        (EventState::Draft, _) => shell.t("event-lead-draft"),
        (EventState::Proposed, _) => shell.t("event-lead-proposed"),
        (_, false) => shell.t("event-lead-ahead"),
        (_, true) => shell.t("event-lead-today"),
    }
}

fn actions(shell: &Shell, sheet: &EventSheet) -> Actions {
    if !shell.may_plan() {
        return Actions::default();
    }
    let event = &sheet.booked.event;
    let has_come = event.days.dates().any(|date| date <= shell.today());
    let took_place = matches!(event.state, EventState::Confirmed | EventState::Ongoing | EventState::Done);
    let tally = has_come && event.state.takes_results();
    Actions {
        plan: true,
        tally,
        nihil: tally && took_place && event.reporting == Reporting::Unreported,
        verify: event.reporting == Reporting::Reported,
        remove: event.state == EventState::Draft && sheet.entries.items.is_empty(),
    }
}

fn units(sheet: &EventSheet, kind: UnitKind) -> String {
    let names = sheet.units.iter().filter(|unit| unit.kind == kind).map(|unit| unit.name.to_string());
    names.collect::<Vec<_>>().join(", ")
}

/// A record in words; its reason stands in quotes behind it.
fn happening(shell: &Shell, sheet: &EventSheet, entry: &AuditEntry) -> Happening {
    let mut told = entry.clone();
    let reason = told.details.remove("reason").filter(|reason| !reason.is_empty());
    Happening {
        moment: shell.moment(&entry.at),
        machine: entry.at.to_rfc3339(),
        who: sheet.name_of(&trail_actor(shell.language, &entry.actor)),
        what: trail_sentence(shell.language, &told),
        reason,
    }
}
