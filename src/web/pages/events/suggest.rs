//! What the form of an event proposes: teams, units and officers with what stands in their way, the days on which the
//! venue can be visited, and what a clash leaves free.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::days::DayRow;
use crate::domain::clash::Clash;
use crate::domain::event::SubjectKind;
use crate::domain::opening::OpeningRule;
use crate::domain::staff::{Role, User};
use crate::domain::team::{Team, Unit};
use crate::domain::venue::Venue;
use crate::service::planning::{Availability, Bookable};
use crate::service::venue_sheets::VenueSheet;
use crate::web::pages::Shell;
use crate::web::problem::FieldErrorView;

/// Open days that are offered.
const DAYS_OFFERED: usize = 8;

/// One of several to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// "bebas", or what stands in the way; empty before a day is chosen.
    pub note: String,
    pub is_free: bool,
}

/// What can be chosen, the free ones first.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub teams: Vec<Choice>,
    pub units: Vec<Choice>,
    pub officers: Vec<Choice>,
}

/// A day on which the venue is open and nobody is there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedDay {
    pub date: NaiveDate,
    pub label: String,
}

pub fn choices(shell: &Shell, free: &Availability, has_days: bool) -> Choices {
    let free_note = if has_days { shell.t("event-free") } else { String::new() };
    let serves = |user: &&Bookable<User>| matches!(user.item.details.role, Role::Officer | Role::Coordinator);
    Choices {
        teams: sorted(
            free.teams
                .iter()
                .map(|team| choice(shell, &free_note, team, &team.item.code, team_label(shell, &team.item))),
        ),
        units: sorted(
            free.units
                .iter()
                .map(|unit| choice(shell, &free_note, unit, &unit.item.code, unit_label(shell, &unit.item))),
        ),
        officers: sorted(
            free.officers
                .iter()
                .filter(serves)
                .map(|user| choice(shell, &free_note, user, &user.item.login, user.item.details.name.to_string())),
        ),
    }
}

fn sorted(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = choices.collect();
    choices.sort_by_key(|choice| !choice.is_free);
    choices
}

fn choice<T>(shell: &Shell, free_note: &str, thing: &Bookable<T>, value: &impl ToString, label: String) -> Choice {
    let note = match (thing.held.first(), thing.absent.first()) {
        (Some(held), _) => shell.t1("event-held-by", "event", &held.title),
        (None, Some(date)) => shell.t1("event-absent-on", "date", shell.short_date(date)),
        (None, None) => free_note.to_owned(),
    };
    Choice { value: value.to_string(), label, note, is_free: thing.is_free() }
}

fn team_label(shell: &Shell, team: &Team) -> String {
    let operators = shell.count(team.details.operators);
    shell.t2("event-team-label", ("team", team.details.name.as_str()), ("operators", &operators))
}

fn unit_label(shell: &Shell, unit: &Unit) -> String {
    format!("{}, {}", unit.name, shell.label("unit-kind", unit.kind.as_str()))
}

/// What should be known of the days of a row: the Javanese day, holidays, and whether the venue is open.
pub fn day_notes(shell: &Shell, row: &DayRow, venue: Option<&Venue>, free: &Availability) -> Vec<String> {
    let dates = row.wanted_dates();
    let mut notes = match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first != last => {
            let count = dates.len().to_string();
            let (first, last) = (shell.full_date(first), shell.full_date(last));
            vec![shell.tv("event-days-note", &[("count", count), ("first", first), ("last", last)])]
        }
        (Some(only), _) => vec![shell.full_date(only)],
        _ => Vec::new(),
    };
    for date in &dates {
        let day = shell.short_date(date);
        notes.extend(
            free.calendar
                .on(*date)
                .map(|holiday| shell.t2("event-holiday-note", ("date", &day), ("holiday", holiday.name.as_str()))),
        );
        if let Some(opening) = venue.map(|venue| &venue.details.opening).filter(|opening| !opening.is_open_on(*date)) {
            let is_blackout = opening.parts().blackouts.iter().any(|range| range.contains(*date));
            let id = if is_blackout { "event-blackout-note" } else { "event-closed-note" };
            notes.push(shell.t1(id, "date", &day));
        }
    }
    notes
}

/// Who is at the venue already.
pub fn venue_note(shell: &Shell, free: &Availability) -> Option<String> {
    free.venue.first().map(|held| shell.t1("event-venue-held", "event", &held.title))
}

/// The next days on which the venue is open, no holiday, and nobody there.
pub fn offered_days(shell: &Shell, sheet: &VenueSheet) -> Vec<OfferedDay> {
    let opening: &OpeningRule = &sheet.listed.venue.details.opening;
    let is_taken = |date: NaiveDate| sheet.visits.iter().any(|visit| visit.date == date && visit.state.holds_claims());
    let days = sheet.ahead.iter().filter(|date| {
        *date > shell.today()
            && opening.is_open_on(*date)
            && sheet.calendar.on(*date).next().is_none()
            && !is_taken(*date)
    });
    let day = |date: NaiveDate| OfferedDay { date, label: shell.full_date(&date) };
    days.take(DAYS_OFFERED).map(day).collect()
}

/// The clashes of a booking on the fields that they are about, in words with names, and what is free instead.
pub fn explain(shell: &Shell, clashes: &[Clash], free: &Availability) -> Vec<FieldErrorView> {
    let mut told: BTreeMap<(SubjectKind, &str, &str, NaiveDate), Vec<String>> = BTreeMap::new();
    for clash in clashes {
        let key = (clash.subject_kind, clash.subject.as_str(), clash.event_title.as_str(), clash.date);
        told.entry(key).or_default().push(shell.label("slot", clash.slot.as_str()));
    }
    let error = |((kind, subject, event, date), slots): ((SubjectKind, &str, &str, NaiveDate), Vec<String>)| {
        let args = [
            ("subject", name_of(kind, subject, free)),
            ("event", event.to_owned()),
            ("date", shell.date(&date)),
            ("slot", slots.join(", ")),
        ];
        let instead = free_instead(shell, kind, subject, free);
        let message = [shell.tv("clash", &args), instead].join(" ").trim().to_owned();
        FieldErrorView { field: field_of(kind).to_owned(), code: "clash".to_owned(), message }
    };
    told.into_iter().map(error).collect()
}

fn field_of(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Officer => "officers",
        SubjectKind::Team => "teams",
        SubjectKind::Unit => "units",
        SubjectKind::Venue => "venue",
    }
}

fn name_of(kind: SubjectKind, subject: &str, free: &Availability) -> String {
    let name = match kind {
        SubjectKind::Team => find(&free.teams, |team| (team.code.as_str(), team.details.name.as_str()), subject),
        SubjectKind::Unit => find(&free.units, |unit| (unit.code.as_str(), unit.name.as_str()), subject),
        SubjectKind::Officer => find(&free.officers, |user| (user.login.as_str(), user.details.name.as_str()), subject),
        SubjectKind::Venue => None,
    };
    name.unwrap_or_else(|| subject.to_owned())
}

fn find<T>(things: &[Bookable<T>], names: impl Fn(&T) -> (&str, &str), subject: &str) -> Option<String> {
    let mut all = things.iter().map(|thing| names(&thing.item));
    all.find(|(code, _)| *code == subject).map(|(_, name)| name.to_owned())
}

/// "Mobil 1 bebas."
fn free_instead(shell: &Shell, kind: SubjectKind, subject: &str, free: &Availability) -> String {
    let same_kind = |unit: &Unit| {
        let own = free.units.iter().find(|own| own.item.code.as_str() == subject);
        own.is_none_or(|own| own.item.kind == unit.kind)
    };
    let names: Vec<String> = match kind {
        SubjectKind::Team => {
            let teams = free.teams.iter().filter(|team| team.is_free());
            teams.map(|team| team.item.details.name.to_string()).collect()
        }
        SubjectKind::Unit => {
            let units = free.units.iter().filter(|unit| unit.is_free() && same_kind(&unit.item));
            units.map(|unit| unit.item.name.to_string()).collect()
        }
        SubjectKind::Officer | SubjectKind::Venue => return String::new(),
    };
    match names.as_slice() {
        [] => shell.t("event-none-free"),
        names => shell.t1("event-free-instead", "names", names.join(", ")),
    }
}
