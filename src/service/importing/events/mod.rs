//! Events from a file. A day that is stored already must be as the file says; days that are not are joined to events,
//! which are booked like any other: with claims, and not where somebody is absent.

mod booking;
mod days;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::booking::book;
use self::days::join_days;
use super::names::Names;
use crate::domain::event::{Event, EventDay, EventKind};
use crate::domain::id::{TeamId, VenueId};
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::{Action, Export, Plan};
use crate::domain::rule::Rule;
use crate::domain::text::Code;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::events::{EventFile, EventRow, ExportedDay};
use crate::service::files::{FileErrors, ImportReport, Numbered};
use crate::store::queries::events::{EventFilter, list_events};
use crate::store::queries::venues;
use crate::store::reports::team_days::{list_team_codes, list_venue_codes};

/// What names a day of an event in a file.
type Key = (VenueId, NaiveDate, EventKind);
type StoredDays<'a> = BTreeMap<Key, Vec<(&'a Event, &'a EventDay)>>;

pub fn save(desk: &mut Desk<'_, Plan>, file: &EventFile) -> Result<ImportReport, ServiceError> {
    let rows = file.rows.iter().map(|row| &row.value);
    let teams = rows.clone().flat_map(|row| &row.teams).collect();
    let names = Names::load(desk, rows.map(|row| &row.venue).collect(), teams)?;
    // One import at a time decides which days are missing.
    venues::lock_venues(desk.connection, desk.scope())?;
    let stored = load(desk, file)?;
    let stored = index(&stored);
    let mut errors = file.errors.clone();
    let new = sift(file, &names, &stored, &mut errors);
    let groups = join_days(desk, &names, &new, &mut errors);
    errors.finish(())?;
    book(desk, &names, &groups)?;
    Ok(ImportReport::of(file.rows.len(), new.len(), 0))
}

/// The stored events with a day between the file's first and last.
fn load(desk: &mut Desk<'_, Plan>, file: &EventFile) -> Result<Vec<Event>, ServiceError> {
    let dates = || file.rows.iter().map(|row| row.value.date());
    match dates().min().zip(dates().max()) {
        Some((first, last)) => list_between(desk, Some(first), Some(last)),
        None => Ok(Vec::new()),
    }
}

fn list_between<A: Action>(
    desk: &mut Desk<'_, A>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Vec<Event>, ServiceError> {
    let filter = EventFilter { from, to, ..EventFilter::default() };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = list_events(desk.connection, desk.scope(), &filter, &Cut::new(LIMIT_MAX, after))?;
        after = page.items.last().map(crate::domain::event::EventKey::of);
        all.extend(page.items);
        if !page.more {
            return Ok(all);
        }
    }
}

fn index(events: &[Event]) -> StoredDays<'_> {
    let mut days = StoredDays::new();
    for event in events {
        let Some(venue) = event.venue else { continue };
        for day in event.days.iter() {
            days.entry((venue, day.date(), event.kind)).or_default().push((event, day));
        }
    }
    days
}

/// The rows whose day is not stored. A row of a stored day that says something else is refused.
fn sift<'a>(
    file: &'a EventFile,
    names: &Names,
    stored: &StoredDays<'_>,
    errors: &mut FileErrors,
) -> Vec<&'a Numbered<EventRow>> {
    let mut new = Vec::new();
    for row in &file.rows {
        let venue = names.venue(&row.value.venue);
        if venue.is_none() {
            errors.push(row.line, "venue", Rule::NotFound);
        }
        if row.value.teams.iter().any(|code| names.team(code).is_none()) {
            errors.push(row.line, "teams", Rule::NotFound);
        }
        let Some(venue) = venue else { continue };
        match stored.get(&(venue, row.value.date(), row.value.kind)) {
            None => new.push(row),
            Some(days) => {
                let differences: Vec<_> =
                    days.iter().map(|(event, day)| difference(&row.value, names, event, day)).collect();
                if let Some(Some(column)) = differences.first().filter(|_| differences.iter().all(Option::is_some)) {
                    errors.push(row.line, *column, Rule::DiffersFromStored);
                }
            }
        }
    }
    new
}

/// The first column in which a row differs from the stored day; an empty cell differs from nothing.
fn difference(row: &EventRow, names: &Names, event: &Event, day: &EventDay) -> Option<&'static str> {
    let mut teams: Vec<TeamId> = row.teams.iter().filter_map(|code| names.team(code)).map(|team| team.id).collect();
    teams.sort_unstable();
    let mut own = event.teams.clone();
    own.sort_unstable();
    let columns = [
        ("teams", !teams.is_empty() && teams != own),
        ("slots", row.day.slots() != day.slots()),
        ("starts", row.day.starts().is_some() && row.day.starts() != day.starts()),
        ("ends", row.day.ends().is_some() && row.day.ends() != day.ends()),
        ("title", row.title.as_ref().is_some_and(|title| *title != event.title)),
        ("state", row.state.is_some_and(|state| state != event.state)),
        ("notes", row.notes.is_some() && row.notes != event.notes),
    ];
    columns.into_iter().find(|(_, differs)| *differs).map(|(column, _)| column)
}

/// Every day of every event at a venue, by date, venue and kind; those that no column tells apart once.
pub fn list_days(desk: &mut Desk<'_, Export>) -> Result<Vec<ExportedDay>, ServiceError> {
    let scope = desk.scope();
    let venues: BTreeMap<VenueId, Code> = list_venue_codes(desk.connection, scope)?.into_iter().collect();
    let teams: BTreeMap<TeamId, Code> = list_team_codes(desk.connection, scope)?.into_iter().collect();
    let mut days = Vec::new();
    for event in list_between(desk, None, None)? {
        let Some(venue) = event.venue.and_then(|venue| venues.get(&venue)) else { continue };
        for day in event.days.iter() {
            days.push(ExportedDay {
                venue: venue.clone(),
                teams: event.teams.iter().filter_map(|team| teams.get(team)).cloned().collect(),
                day: day.clone(),
                kind: event.kind,
                title: event.title.clone(),
                state: event.state,
                notes: event.notes.clone(),
            });
        }
    }
    days.sort_by(|a, b| {
        let key = |day: &ExportedDay| {
            let own = (day.title.clone(), day.teams.clone(), day.state, day.notes.clone());
            (day.day.date(), day.venue.clone(), day.kind, own, day.day.slots().clone())
        };
        key(a).cmp(&key(b))
    });
    // Two events that no column tells apart are one row: the file reads back as it is.
    days.dedup();
    Ok(days)
}
