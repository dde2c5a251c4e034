//! `/{office}/kegiatan`: the events of an office, narrowed by what stands in the address.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::hours::hours_of;
use super::reporting::reporting_of;
use crate::domain::dates::parse_date;
use crate::domain::event::{EventKey, EventKind, EventState, Reporting};
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::text::Code;
use crate::service::Services;
use crate::service::planning::{BookedEvent, EventQuery};
use crate::web::error::WebError;
use crate::web::pages::{Shell, page};

/// Events on one page of the list.
const PAGE: usize = 50;

/// How far back the list begins unless told otherwise.
const DAYS_BACK: u64 = 7;

/// The value of the filter for what was held and not reported.
const UNREPORTED: &str = "belum";

/// Where an office lists every outreach event that is over and not reported, below the office's own address. Pages that
/// say how many there are lead here: the list has as many.
pub fn unreported_list() -> String {
    format!("kegiatan?laporan={UNREPORTED}")
}

#[derive(Template)]
#[template(path = "events/list.html", config = "src/web/pages/askama.toml")]
struct EventList {
    shell: Shell,
    query: ListQuery,
    /// The value of the filter for what was not reported.
    unreported: &'static str,
    events: Vec<EventRow>,
    states: Vec<(&'static str, String)>,
    /// Address of the next page.
    next: Option<String>,
    /// True if something narrows the list.
    is_narrowed: bool,
}

struct EventRow {
    place: String,
    title: String,
    day: String,
    hours: String,
    teams: String,
    state: &'static str,
    state_words: String,
    reporting: Option<(&'static str, String)>,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct ListQuery {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    dari: String,
    #[serde(default)]
    sampai: String,
    #[serde(default)]
    laporan: String,
    #[serde(default)]
    sesudah: String,
}

#[get("/kegiatan")]
pub async fn list_events(
    services: Data<Services>,
    shell: Shell,
    query: Query<ListQuery>,
) -> Result<HttpResponse, WebError> {
    let mut query = query.into_inner();
    let is_narrowed = !(query.cari.trim().is_empty() && query.status.is_empty() && query.laporan.is_empty());
    // A search looks everywhere; without any the list begins a week ago.
    if !is_narrowed && query.dari.is_empty() && query.sampai.is_empty() {
        query.dari = shell.today().checked_sub_days(Days::new(DAYS_BACK)).unwrap_or_default().to_string();
    }
    let cut = Cut::new(PAGE, query.sesudah.parse::<EventKey>().ok());
    let found = services.list_events(shell.caller()?, &shell.office()?.code, read(&shell, &query), cut).await?;
    let last = found.items.last().filter(|_| found.more).map(|last| EventKey::of(&last.event).to_string());
    let next = last.and_then(|sesudah| serde_urlencoded::to_string(ListQuery { sesudah, ..query.clone() }).ok());
    let names = team_names(&services, &shell).await?;
    let template = EventList {
        events: found.items.iter().map(|booked| row(&shell, booked, &names)).collect(),
        states: EventState::ALL.iter().map(|s| (s.as_str(), shell.label("event-state", s.as_str()))).collect(),
        next,
        is_narrowed,
        query,
        unreported: UNREPORTED,
        shell: shell.clone(),
    };
    page(StatusCode::OK, &shell, &template)
}

/// What cannot be read narrows nothing: an address is not a form.
fn read(shell: &Shell, query: &ListQuery) -> EventQuery {
    let search = (!query.cari.trim().is_empty()).then(|| query.cari.trim().to_owned());
    let date = |text: &str| parse_date(text).ok();
    let mut read = EventQuery {
        from: date(&query.dari),
        to: date(&query.sampai),
        states: query.status.parse().into_iter().collect(),
        search,
        ..EventQuery::default()
    };
    if query.laporan == UNREPORTED {
        read.reporting = Some(Reporting::Unreported);
        read.kind = Some(EventKind::Outreach);
        // Up to a day means: over by the end of that day.
        let after = read.to.take().and_then(|to: NaiveDate| to.succ_opt());
        read.ended_before = Some(after.map_or(shell.today(), |after| after.min(shell.today())));
        if read.states.is_empty() {
            read.states = vec![EventState::Confirmed, EventState::Ongoing, EventState::Done];
        }
    }
    read
}

/// The teams by code, archived ones with them: past events name them, too.
async fn team_names(services: &Services, shell: &Shell) -> Result<BTreeMap<Code, String>, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let teams = services.list_teams(caller, office, true, Cut::new(LIMIT_MAX, None)).await?.items;
    Ok(teams.into_iter().map(|staffed| (staffed.team.code, staffed.team.details.name.to_string())).collect())
}

fn row(shell: &Shell, booked: &BookedEvent, names: &BTreeMap<Code, String>) -> EventRow {
    let event = &booked.event;
    let (first, last) = (event.days.first(), event.days.last());
    let day = match (first, last) {
        (Some(first), Some(last)) if first.date() != last.date() => {
            format!("{} – {}", shell.full_date(&first.date()), shell.full_date(&last.date()))
        }
        (Some(only), _) => shell.full_date(&only.date()),
        _ => String::new(),
    };
    EventRow {
        place: shell.place(&format!("kegiatan/{}", event.id)),
        title: event.title.to_string(),
        day,
        hours: first.and_then(|day| hours_of(shell, day)).unwrap_or_default(),
        teams: booked
            .teams
            .iter()
            .map(|code| names.get(code).cloned().unwrap_or_else(|| code.to_string()))
            .collect::<Vec<_>>()
            .join(", "),
        state: event.state.as_str(),
        state_words: shell.label("event-state", event.state.as_str()),
        reporting: reporting_of(shell, event),
    }
}
