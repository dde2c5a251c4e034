//! Two more papers of an event: the report of one page, and the sheet on which outcomes are ticked when a phone is dead.

use std::fmt::Write as _;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use askama::Template;

use super::hours::hours_of;
use super::letter::{days_in_words, hours_in_words};
use super::reporting::reporting_of;
use super::results::{GroupView, SumView, groups, sum};
use super::show::place_line;
use crate::domain::outcome::{Outcome, OutcomeGroup};
use crate::service::Services;
use crate::service::event_sheets::EventSheet;
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Shell, page};

/// Boxes in a line of the tally sheet, in groups of five.
const BOXES: u32 = 30;

/// Lines of boxes for each offered service: many if it is one or two, for the sheet has one page.
const fn lines_of(offered: usize) -> u32 {
    if offered <= 2 { 5 } else { 2 }
}

#[derive(Template)]
#[template(path = "events/report.html", config = "src/web/pages/askama.toml")]
struct ReportPage {
    shell: Shell,
    sheet: EventSheet,
    here: String,
    days: String,
    hours: String,
    place: String,
    officers: String,
    units: String,
    /// Where the report stands, once somebody owes one.
    reporting: Option<(&'static str, String)>,
    total: Option<SumView>,
    groups: Vec<GroupView>,
    obstacles: Vec<String>,
}

#[derive(Template)]
#[template(path = "events/tally_sheet.html", config = "src/web/pages/askama.toml")]
struct TallySheetPage {
    shell: Shell,
    sheet: EventSheet,
    here: String,
    /// A sheet for each day: its date and hours.
    days: Vec<String>,
    place: String,
    groups: Vec<(String, Vec<TickRow>)>,
}

/// One outcome with its boxes.
struct TickRow {
    label: String,
    boxes: String,
}

#[get("/kegiatan/{id}/laporan")]
pub async fn show_report(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let sheet = services.find_event_sheet(shell.caller()?, &shell.office()?.code, event_id(&path.1)?).await?;
    let template = ReportPage {
        here: here(&shell, &sheet),
        days: days_in_words(&shell, &sheet),
        hours: hours_in_words(&shell, &sheet),
        place: place(&shell, &sheet),
        officers: sheet.officers.iter().map(|o| o.details.name.to_string()).collect::<Vec<_>>().join(", "),
        units: sheet.units.iter().map(|unit| unit.name.to_string()).collect::<Vec<_>>().join(", "),
        reporting: reporting_of(&shell, &sheet.booked.event),
        total: (!sheet.counts.total.is_empty()).then(|| sum(&shell, &sheet.counts.total)),
        groups: groups(&shell, &sheet.counts.total),
        obstacles: obstacles(&shell, &sheet),
        sheet,
        shell: shell.clone(),
    };
    page(StatusCode::OK, &shell, &template)
}

#[get("/kegiatan/{id}/lembar-hitung")]
pub async fn show_tally_sheet(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let sheet = services.find_event_sheet(shell.caller()?, &shell.office()?.code, event_id(&path.1)?).await?;
    let day = |day: &crate::domain::event::EventDay| {
        let date = shell.full_date(&day.date());
        hours_of(&shell, day).map_or_else(|| date.clone(), |hours| format!("{date}, {hours}"))
    };
    let template = TallySheetPage {
        here: here(&shell, &sheet),
        days: sheet.booked.event.days.iter().map(day).collect(),
        place: place(&shell, &sheet),
        groups: tick_groups(&shell, &sheet),
        sheet,
        shell: shell.clone(),
    };
    page(StatusCode::OK, &shell, &template)
}

fn here(shell: &Shell, sheet: &EventSheet) -> String {
    shell.place(&format!("kegiatan/{}", sheet.booked.event.id))
}

fn place(shell: &Shell, sheet: &EventSheet) -> String {
    let line = place_line(shell, sheet).filter(|_| sheet.venue.is_some());
    let parts = [sheet.place().map(ToString::to_string), line];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What failed, and what officers noted: the obstacles as far as the ledger knows them.
fn obstacles(shell: &Shell, sheet: &EventSheet) -> Vec<String> {
    let failed = sheet.counts.total.iter().filter(|(outcome, n)| outcome.group() == OutcomeGroup::Failed && *n > 0);
    let failed = failed.map(|(outcome, n)| {
        let label = shell.label("outcome", outcome.as_str());
        shell.t2("paper-obstacle", ("outcome", &label), ("count", &shell.count(n)))
    });
    let counted = sheet.entries.items.iter().filter(|shown| !shown.is_voided);
    let notes = counted.filter_map(|shown| shown.stored.entry.note.as_ref().map(ToString::to_string));
    let reason = sheet.booked.event.state_reason.as_ref().map(ToString::to_string);
    failed.chain(notes).chain(reason).take(8).collect()
}

/// The outcomes that can come up at this event: its services, and every reason why there is none.
fn tick_groups(shell: &Shell, sheet: &EventSheet) -> Vec<(String, Vec<TickRow>)> {
    let offered = &sheet.booked.event.services;
    let can_come = |outcome: &&Outcome| outcome.is_reached() || offered.contains(*outcome);
    let row = |outcome: &Outcome| TickRow {
        label: shell.label("outcome", outcome.as_str()),
        boxes: boxes(if offered.contains(outcome) { lines_of(offered.len()) } else { 1 }),
    };
    let group = |wanted: &OutcomeGroup| {
        let own = Outcome::ALL.iter().filter(can_come).filter(|outcome| outcome.group() == *wanted);
        (shell.t(&format!("tally-group-{}", wanted.as_str().replace('_', "-"))), own.map(row).collect())
    };
    OutcomeGroup::ALL.iter().map(group).collect()
}

/// Lines of boxes to tick, a gap after every fifth.
fn boxes(lines: u32) -> String {
    const SIDE: u32 = 8;
    const STEP: u32 = 10;
    const GAP: u32 = 4;
    let left = |place: u32| place * STEP + (place / 5) * GAP;
    let (width, height) = (left(BOXES), lines * STEP);
    let mut path = String::new();
    for line in 0..lines {
        for place in 0..BOXES {
            // Writing into a String cannot fail.
            let _ = write!(path, "M{} {}h{SIDE}v{SIDE}h-{SIDE}z", left(place) + 1, line * STEP + 1);
        }
    }
    format!("<svg class=\"ticks\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>")
}
