//! Events as cards of the board: every text ready, so that the templates only place them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::event::warnings::{Warning, WarningCode};
use crate::domain::event::{EventDay, EventState, Reporting, Slot};
use crate::domain::language::Language;
use crate::domain::team::Team;
use crate::service::schedule::{Board, BoardEvent};
use crate::web::pages::Shell;
use crate::wording::messages::{capitalised, message_id};
use crate::wording::{dates, numbers};

/// One event on one day, or on days that lie side by side.
#[derive(Debug, Clone)]
pub struct Card {
    pub id: String,
    pub version: i64,
    /// The first of the days that the card stands for.
    pub date: NaiveDate,
    /// The code of the team in whose row it stands; empty in the rows of no team.
    pub team: String,
    pub state: &'static str,
    pub state_label: String,
    pub place: String,
    /// Kecamatan, and which of several days this is.
    pub under: String,
    pub hours: String,
    /// Units, and the other teams that come along.
    pub with: String,
    /// The names of all its teams.
    pub teams: String,
    pub warnings: Vec<String>,
    pub movable: bool,
    pub copyable: bool,
}

/// The card of an event for `dates`, in the row of `team`.
pub fn card(
    shell: &Shell,
    board: &Board,
    event: &BoardEvent,
    team: Option<&Team>,
    dates: &[NaiveDate],
) -> Option<Card> {
    let plain = &event.booked.event;
    let first = *dates.first()?;
    let day = plain.days.iter().find(|day| day.date() == first)?;
    let (state, state_label) = state_of(shell, event);
    Some(Card {
        id: plain.id.to_string(),
        version: plain.version,
        date: first,
        team: team.map(|team| team.code.to_string()).unwrap_or_default(),
        state,
        state_label,
        place: place_of(event),
        under: under(shell, event, dates),
        hours: hours(shell, day),
        with: with(shell, board, event, team),
        teams: team_names(board, event, None).join(", "),
        warnings: warnings(shell, event, dates),
        movable: shell.may_plan() && is_movable(event),
        copyable: shell.may_plan() && plain.venue.is_some(),
    })
}

/// Where it is: the venue, or what an unplanned event says.
pub fn place_of(event: &BoardEvent) -> String {
    let plain = &event.booked.event;
    let place = event.venue.as_ref().or(plain.place.as_ref()).unwrap_or(&plain.title);
    place.to_string()
}

/// "08.00–12.00", or the parts of the day.
pub fn hours(shell: &Shell, day: &EventDay) -> String {
    match (day.starts(), day.ends()) {
        (Some(starts), Some(ends)) => format!("{}–{}", shell.time(&starts), shell.time(&ends)),
        (Some(starts), None) => shell.t1("board-from-hour", "time", shell.time(&starts)),
        _ => {
            let slots: Vec<String> = day.slots().iter().map(|slot| shell.label("slot", slot.as_str())).collect();
            capitalised(&slots.join(", "))
        }
    }
}

/// The names of the event's teams but one.
pub fn team_names(board: &Board, event: &BoardEvent, but: Option<&Team>) -> Vec<String> {
    let of_event =
        |team: &&Team| event.booked.event.teams.contains(&team.id) && but.is_none_or(|but| but.id != team.id);
    // A board of one team knows the others only by code.
    let known: Vec<&Team> = board.all_teams.iter().chain(&board.teams).filter(of_event).collect();
    let mut seen = BTreeSet::new();
    known.into_iter().filter(|team| seen.insert(team.id)).map(|team| team.details.name.to_string()).collect()
}

/// Days ahead of it can change; what is under way or over is changed on its own page.
pub fn is_movable(event: &BoardEvent) -> bool {
    matches!(event.booked.event.state, EventState::Draft | EventState::Proposed | EventState::Confirmed)
}

fn state_of(shell: &Shell, event: &BoardEvent) -> (&'static str, String) {
    let plain = &event.booked.event;
    let unreported = plain.state == EventState::Done && plain.reporting == Reporting::Unreported;
    let (list, code) = match (unreported, plain.state, plain.reporting) {
        (true, ..) => ("reporting", Reporting::Unreported.as_str()),
        (_, EventState::Done, Reporting::Verified) => ("reporting", Reporting::Verified.as_str()),
        (_, state, _) => ("event-state", state.as_str()),
    };
    (code, capitalised(&shell.label(list, code)))
}

fn under(shell: &Shell, event: &BoardEvent, dates: &[NaiveDate]) -> String {
    let all = event.booked.event.days.len();
    let part = match dates.len() {
        _ if all == 1 => None,
        shown if shown == all => Some(shell.t1("board-days", "count", shell.count(all))),
        shown => {
            let first = dates.first().and_then(|first| event.booked.event.days.dates().position(|day| day == *first));
            let from = first.unwrap_or(0) + 1;
            let range = if shown == 1 { from.to_string() } else { format!("{from}–{}", from + shown - 1) };
            Some(shell.t2("board-day-of", ("day", &range), ("count", &shell.count(all))))
        }
    };
    event.district.clone().into_iter().chain(part).collect::<Vec<_>>().join(" · ")
}

fn with(shell: &Shell, board: &Board, event: &BoardEvent, team: Option<&Team>) -> String {
    let others = team_names(board, event, team).join(", ");
    let together = match (team.is_some(), others.is_empty()) {
        (_, true) => None,
        (true, false) => Some(shell.t1("board-together", "teams", others)),
        (false, false) => Some(others),
    };
    event.units.iter().map(ToString::to_string).chain(together).collect::<Vec<_>>().join(", ")
}

/// The warnings of the event, and of these days of it; the holiday itself stands above the column.
fn warnings(shell: &Shell, event: &BoardEvent, dates: &[NaiveDate]) -> Vec<String> {
    let shown = |warning: &&Warning| is_shown(event, warning) && warning.date.is_none_or(|date| dates.contains(&date));
    let text = |warning: &Warning| {
        let args: Vec<_> = warning.args.iter().map(|(name, value)| (*name, number(shell.language, value))).collect();
        shell.tv(&message_id("board-warning", warning.code.as_str()), &args)
    };
    let mut texts: Vec<String> = event.booked.warnings.iter().filter(shown).map(text).collect();
    texts.dedup();
    texts
}

/// True for what somebody can still act on: that something was entered late is over, and so is a past event.
pub fn needs_attention(event: &BoardEvent) -> bool {
    event.booked.warnings.iter().any(|warning| is_shown(event, warning))
}

fn is_shown(event: &BoardEvent, warning: &Warning) -> bool {
    (is_movable(event) || event.booked.event.state == EventState::Ongoing)
        && matches!(
            warning.code,
            WarningCode::Holiday
                | WarningCode::JointLeave
                | WarningCode::VenueClosed
                | WarningCode::FridayPrayer
                | WarningCode::OverCapacity
        )
}

fn number(language: Language, value: &str) -> String {
    value.parse().map_or_else(|_| value.to_owned(), |number| numbers::count(language, number))
}

/// "Jumat 27 November siang".
pub fn when(shell: &Shell, date: NaiveDate, slots: &BTreeSet<Slot>) -> String {
    let slots: Vec<String> = slots.iter().map(|slot| shell.label("slot", slot.as_str())).collect();
    format!("{} {}", dates::day_of_year(shell.language, date), slots.join(", "))
}
