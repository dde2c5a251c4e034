//! Makes events of the days of a file: neighbouring days with the same venue, kind, title and teams are one event.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::event::day::MAX_DAYS;
use crate::domain::event::{Event, EventDays, EventDraft, EventKind, EventState, Origin};
use crate::domain::outcome::Outcome;
use crate::domain::permission::Plan;
use crate::domain::team::Team;
use crate::domain::text::{Code, Name, Note};
use crate::service::desk::Desk;
use crate::service::files::events::EventRow;
use crate::service::files::{FileErrors, Numbered};
use crate::service::importing::names::Names;

/// A new event, and the line of each of its days.
#[derive(Debug)]
pub struct Group {
    pub event: Event,
    pub lines: BTreeMap<NaiveDate, usize>,
}

/// What the days of one event share. State and notes are the event's too, so a row with others begins another event.
type Shared<'a> = (&'a Code, EventKind, &'a Name, &'a BTreeSet<Code>, Option<EventState>, Option<&'a Note>);

/// The events of these rows; what is wrong with one is noted in its first line.
pub fn join_days(
    desk: &Desk<'_, Plan>,
    names: &Names,
    rows: &[&Numbered<EventRow>],
    errors: &mut FileErrors,
) -> Vec<Group> {
    let mut alike = BTreeMap::<Shared<'_>, Vec<&Numbered<EventRow>>>::new();
    for row in rows {
        let value = &row.value;
        let Some(title) = value.title.as_ref().or_else(|| names.venue_name(&value.venue)) else { continue };
        let shared = (&value.venue, value.kind, title, &value.teams, value.state, value.notes.as_ref());
        alike.entry(shared).or_default().push(row);
    }
    let mut groups = Vec::new();
    for (shared, mut rows) in alike {
        rows.sort_by_key(|row| row.value.date());
        for days in runs(&rows) {
            match build(desk, names, &shared, days) {
                Some(Ok(group)) => groups.push(group),
                Some(Err((line, broken))) => {
                    for error in broken {
                        errors.push(line, column_of(&error.field), error.rule);
                    }
                }
                None => {}
            }
        }
    }
    groups.sort_by_key(|group| group.lines.values().min().copied());
    groups
}

/// Cuts sorted days where a day is missing between two, and where an event would become too long.
fn runs<'a, 'b>(rows: &'b [&'a Numbered<EventRow>]) -> Vec<&'b [&'a Numbered<EventRow>]> {
    let follows = |a: &&Numbered<EventRow>, b: &&Numbered<EventRow>| a.value.date().succ_opt() == Some(b.value.date());
    rows.chunk_by(follows).flat_map(|run| run.chunks(MAX_DAYS)).collect()
}

type Broken = (usize, Vec<crate::domain::rule::FieldError>);

fn build(
    desk: &Desk<'_, Plan>,
    names: &Names,
    (venue, kind, title, teams, state, notes): &Shared<'_>,
    rows: &[&Numbered<EventRow>],
) -> Option<Result<Group, Broken>> {
    let (first, venue) = (rows.first()?, names.venue(venue)?);
    let days = EventDays::new(rows.iter().map(|row| row.value.day.clone()).collect());
    let days = match days {
        Ok(days) => days,
        Err(broken) => return Some(Err((first.line, broken))),
    };
    let teams: Vec<&Team> = teams.iter().filter_map(|code| names.team(code)).collect();
    let today = desk.today();
    let is_over = days.dates().all(|date| date < today);
    let state = state.unwrap_or(if is_over { EventState::Done } else { EventState::Draft });
    // Who is in a team now says nothing about who was there then.
    let members = teams.iter().filter(|_| !is_over).flat_map(|team| &team.details.members);
    let officers: BTreeSet<_> = members.copied().collect();
    let draft = EventDraft {
        kind: *kind,
        title: (*title).clone(),
        venue: Some(venue),
        place: None,
        teams: teams.iter().map(|team| team.id).collect(),
        units: Vec::new(),
        officers: officers.into_iter().collect(),
        days,
        services: if *kind == EventKind::Briefing { BTreeSet::new() } else { [Outcome::Activated].into() },
        host_programme: None,
        request: None,
        notes: notes.cloned(),
    };
    let event = Event::new(first.value.id, desk.office().id, draft, Origin::Listed(state), desk.now, today);
    let lines = rows.iter().map(|row| (row.value.date(), row.line)).collect();
    Some(event.map(|event| Group { event, lines }).map_err(|broken| (first.line, broken)))
}

fn column_of(field: &str) -> String {
    match field.split(['.', '[']).next() {
        Some("days") => "date".to_owned(),
        other => other.unwrap_or_default().to_owned(),
    }
}
