//! One venue: what its visits brought, how far it is exhausted, when it can be visited next, whom to call.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;

use super::opening::{OpenDay, closed_in_words, in_words, strip};
use crate::domain::calendar::Pasaran;
use crate::domain::event::EventState;
use crate::domain::outcome::Outcome;
use crate::domain::ranking::Estimate;
use crate::pictures;
use crate::service::Services;
use crate::service::estimates::VenueEstimate;
use crate::service::venue_sheets::{VenueSheet, Visit};
use crate::web::error::WebError;
use crate::web::pages::path::thing_code;
use crate::web::pages::ranking::cold_start;
use crate::web::pages::{Shell, page};
use crate::wording::numbers;

#[derive(Template)]
#[template(path = "venues/show.html", config = "src/web/pages/askama.toml")]
struct VenuePage {
    shell: Shell,
    sheet: VenueSheet,
    lead: String,
    opening: String,
    closed: Vec<String>,
    weeks: Vec<Vec<OpenDay>>,
    chart: Option<Chart>,
    past: Vec<PastVisit>,
    saturation: Option<Saturation>,
    next: Option<NextVisit>,
    wa_link: Option<String>,
}

/// A visit of the past, newest first.
struct PastVisit {
    date: String,
    place: String,
    title: String,
    state: &'static str,
    state_words: String,
    /// The count, or why there is none.
    result: String,
    is_counted: bool,
}

/// How many of those who could were activated.
struct Saturation {
    share: String,
    /// "272 dari 900 orang"
    of: String,
    left: String,
    meter: String,
}

/// What the next visit is expected to bring.
struct NextVisit {
    estimate: String,
    /// The bounds of the estimate, of a single day's count, and of the place in the ranking.
    interval: String,
    counts: String,
    places: String,
    /// What it stands on: so many visits, or venues of its kind.
    by: String,
}

/// The history as a picture for either width.
struct Chart {
    wide: String,
    narrow: String,
}

#[get("/lokasi/{code}")]
pub async fn show_venue(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let code = thing_code(&path.1)?;
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let sheet = services.find_venue_sheet(caller, office, code).await?;
    let estimates = services.find_estimates(caller, office, Outcome::Activated, None).await?;
    let next = estimates.by_venue.get(&sheet.listed.venue.id).map(|row| next_visit(&shell, &sheet, row));
    page(StatusCode::OK, &shell.clone(), &view(shell, sheet, next))
}

fn view(shell: Shell, sheet: VenueSheet, next: Option<NextVisit>) -> VenuePage {
    let details = &sheet.listed.venue.details;
    let today = shell.today();
    let past = sheet.visits.iter().rev().filter(|visit| visit.date <= today);
    VenuePage {
        lead: lead(&shell, &sheet),
        opening: in_words(&shell, &details.opening),
        closed: closed_in_words(&shell, &details.opening),
        weeks: strip(&shell, &sheet),
        chart: chart(&shell, &sheet),
        past: past.map(|visit| past_visit(&shell, visit)).collect(),
        saturation: saturation(&shell, &sheet),
        next,
        wa_link: details.contact.phone.as_ref().map(|phone| shell.whatsapp(phone.as_str(), &greeting(&shell, &sheet))),
        shell,
        sheet,
    }
}

fn greeting(shell: &Shell, sheet: &VenueSheet) -> String {
    let office = shell.office.as_ref().map(|office| office.name.to_string()).unwrap_or_default();
    shell.t2("venue-greeting", ("office", &office), ("venue", sheet.listed.venue.details.name.as_str()))
}

/// The sentence that the page opens with: what to expect here, or that nobody knows yet.
fn lead(shell: &Shell, sheet: &VenueSheet) -> String {
    let past_year = sheet.listed.past_year;
    let Some((mean, last)) = past_year.mean().zip(past_year.last) else { return shell.t("venue-never") };
    let args = [
        ("mean", numbers::decimal(shell.language, mean, 1)),
        ("days", past_year.days.to_string()),
        ("last", shell.date(&last)),
    ];
    shell.tv("venue-lead", &args)
}

fn past_visit(shell: &Shell, visit: &Visit) -> PastVisit {
    let gone = matches!(visit.state, EventState::Cancelled | EventState::Postponed | EventState::NotHeld);
    let result = match visit.activated {
        _ if gone => "–".to_owned(),
        Some(n) => shell.count(n),
        None => shell.label("reporting", "unreported"),
    };
    let state = if !gone && visit.activated.is_none() { "warn" } else { visit.state.as_str() };
    PastVisit {
        date: shell.full_date(&visit.date),
        place: shell.place(&format!("kegiatan/{}", visit.event)),
        title: visit.title.to_string(),
        state,
        state_words: shell.label("event-state", visit.state.as_str()),
        result,
        is_counted: visit.is_counted(),
    }
}

fn saturation(shell: &Shell, sheet: &VenueSheet) -> Option<Saturation> {
    let eligible = sheet.listed.venue.details.eligible.filter(|eligible| *eligible > 0)?;
    let share = numbers::share(shell.language, sheet.activated, eligible)?;
    let left = shell.count((eligible - sheet.activated).max(0));
    let drawn = |count: i64| f64::from(i32::try_from(count).unwrap_or(i32::MAX));
    let meter = pictures::meter(drawn(sheet.activated), drawn(eligible), None);
    let (activated, all) = (shell.count(sheet.activated), shell.count(eligible));
    let of = shell.t2("saturation-of", ("activated", &activated), ("eligible", &all));
    Some(Saturation { share, of, left, meter })
}

/// Nine days in ten bring a count between the bounds.
const LEVEL: f64 = 0.9;

fn next_visit(shell: &Shell, sheet: &VenueSheet, row: &VenueEstimate) -> NextVisit {
    let Estimate { forecast, spread, visits, cold_start: is_cold } = row.estimate;
    let (few, many) = forecast.count_interval(LEVEL);
    let between = |low: String, high: String| format!("{low}–{high}");
    NextVisit {
        estimate: shell.decimal(&forecast.mean, 1),
        interval: between(shell.decimal(&spread.low, 0), shell.decimal(&spread.high, 0)),
        counts: between(shell.count(few), shell.count(many)),
        places: between(shell.count(row.places.low), shell.count(row.places.high)),
        by: if is_cold {
            cold_start(shell, Outcome::Activated, sheet.listed.venue.details.kind, last_visit(shell, sheet))
        } else {
            shell.t1("venue-next-by", "visits", visits)
        },
    }
}

/// The last day on which a team was here, reported or not.
fn last_visit(shell: &Shell, sheet: &VenueSheet) -> Option<NaiveDate> {
    let took_place = |visit: &&Visit| {
        let is_over = visit.state == EventState::Confirmed && visit.date < shell.today();
        is_over || matches!(visit.state, EventState::Ongoing | EventState::Done)
    };
    sheet.visits.iter().filter(took_place).map(|visit| visit.date).max()
}

/// At most so many visits have room side by side.
const DRAWN: usize = 16;

/// The latest visits as a picture; none before the first.
fn chart(shell: &Shell, sheet: &VenueSheet) -> Option<Chart> {
    let drawn: Vec<&Visit> =
        sheet.visits.iter().filter(|visit| visit.date <= shell.today() && is_drawn(visit)).collect();
    let latest = drawn.get(drawn.len().saturating_sub(DRAWN)..).filter(|latest| !latest.is_empty())?;
    let visits: Vec<pictures::Visit> = latest.iter().map(|visit| mark(shell, visit)).collect();
    let told = visits.iter().map(|visit| format!("{} {}", visit.day, visit.mark)).collect::<Vec<_>>().join(", ");
    let mean = sheet.listed.past_year.mean().map(|value| pictures::Mean {
        value,
        text: shell.t1("venue-mean-label", "mean", numbers::decimal(shell.language, value, 1)),
    });
    let history = pictures::History { label: shell.t1("venue-history-label", "visits", told), visits, mean };
    // Grid values are whole counts of people, far below any limit of the conversion.
    let number = |value: f64| numbers::decimal(shell.language, value, 0);
    Some(Chart {
        wide: pictures::history(&history, pictures::Width::Wide, &number),
        narrow: pictures::history(&history, pictures::Width::Narrow, &number),
    })
}

/// Cancelled and postponed days never took place; today's draws once it has a count.
fn is_drawn(visit: &Visit) -> bool {
    visit.activated.is_some()
        || matches!(visit.state, EventState::NotHeld | EventState::Done | EventState::Ongoing | EventState::Confirmed)
}

fn mark(shell: &Shell, visit: &Visit) -> pictures::Visit {
    let day = shell.short_date(&visit.date);
    let result = match (visit.state, visit.activated) {
        (EventState::NotHeld, _) => pictures::VisitResult::NotHeld,
        (_, Some(n)) => pictures::VisitResult::Counted(f64::from(i32::try_from(n).unwrap_or(i32::MAX))),
        (_, None) => pictures::VisitResult::Missing,
    };
    let mark = match result {
        pictures::VisitResult::NotHeld => shell.t("visit-not-held"),
        pictures::VisitResult::Counted(_) => shell.count(visit.activated.unwrap_or_default()),
        pictures::VisitResult::Missing => "?".to_owned(),
    };
    pictures::Visit {
        result,
        mark,
        day: day.rsplit_once(' ').map_or_else(|| day.clone(), |(day, _)| day.to_owned()),
        short_day: visit.date.format("%-d/%-m").to_string(),
        market_day: shell.label("pasaran", Pasaran::of(visit.date).as_str()),
    }
}
