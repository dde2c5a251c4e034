//! Puts accepted entries into the ledger, and into all that follows from them: the sums of the days, the reporting and
//! the course of their events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::ground::Ground;
use crate::domain::audit::Change;
use crate::domain::event::{Course, Reporting};
use crate::domain::id::EventId;
use crate::domain::outcome::Counts;
use crate::domain::permission::Action;
use crate::domain::tally::{Entry, EntryKind, EntrySource, LedgerEntry, day_count_changes};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::StoreError;
use crate::store::queries::{events, results};

/// Stores entries that were accepted and are not in the ledger yet. Their events must be locked, and in `ground`.
pub fn post<A: Action>(desk: &mut Desk<'_, A>, ground: &Ground, taken: &[LedgerEntry]) -> Result<(), ServiceError> {
    if taken.is_empty() {
        return Ok(());
    }
    let entries: Vec<Entry> = taken.iter().map(|stored| stored.entry.clone()).collect();
    let mut changes = day_count_changes(&entries, &ground.ledger);
    add_counted_zeros(&mut changes, ground, taken);
    results::insert_entries(desk.connection, desk.scope(), taken).map_err(run_again)?;
    results::add_to_day_counts(desk.connection, desk.scope(), &changes)?;
    report(desk, ground, &entries)?;
    follow(desk, ground, &entries)
}

/// Two transactions stored the same id at once: the one that lost runs again, and then finds it stored.
pub fn run_again(error: StoreError) -> StoreError {
    match error {
        StoreError::Taken(cause) => StoreError::Conflict(cause),
        other => other,
    }
}

/// Whoever counts at an event has counted all its services, those without anybody too; a file says only what it says.
fn add_counted_zeros(changes: &mut BTreeMap<(EventId, NaiveDate), Counts>, ground: &Ground, taken: &[LedgerEntry]) {
    let counted = |stored: &&LedgerEntry| stored.entry.kind == EntryKind::Tally && stored.source != EntrySource::File;
    for LedgerEntry { entry, .. } in taken.iter().filter(counted) {
        let services = ground.events.get(&entry.event).into_iter().flat_map(|facts| &facts.services);
        if let Some(counts) = changes.get_mut(&(entry.event, entry.date)) {
            services.for_each(|service| counts.count(*service, 0));
        }
    }
}

fn report<A: Action>(desk: &mut Desk<'_, A>, ground: &Ground, entries: &[Entry]) -> Result<(), ServiceError> {
    let is_unreported =
        |event: &EventId| ground.events.get(event).is_some_and(|facts| facts.reporting == Reporting::Unreported);
    let tallies = entries.iter().filter(|entry| entry.kind == EntryKind::Tally);
    let first: BTreeSet<EventId> = tallies.map(|entry| entry.event).filter(is_unreported).collect();
    if !first.is_empty() {
        let first: Vec<EventId> = first.into_iter().collect();
        events::report_events(desk.connection, desk.scope(), &first, desk.now)?;
    }
    Ok(())
}

/// Starts and finishes events as the field says.
fn follow<A: Action>(desk: &mut Desk<'_, A>, ground: &Ground, entries: &[Entry]) -> Result<(), ServiceError> {
    let mut courses: BTreeMap<EventId, Course> = BTreeMap::new();
    for entry in entries {
        match entry.kind {
            EntryKind::Start => courses.entry(entry.event).or_default().started = true,
            EntryKind::Finish => courses.entry(entry.event).or_default().finished = true,
            EntryKind::Tally | EntryKind::Void | EntryKind::EventNew => {}
        }
    }
    courses
        .retain(|event, course| ground.events.get(event).is_some_and(|facts| course.lead(facts.state) != facts.state));
    if courses.is_empty() {
        return Ok(());
    }
    let moved: Vec<EventId> = courses.keys().copied().collect();
    for event in events::find_events(desk.connection, desk.scope(), &moved)? {
        let course = courses.get(&event.id).copied().unwrap_or_default();
        let Some(changed) = event.follow(course, desk.now) else { continue };
        if !events::update_state(desk.connection, desk.scope(), &changed, event.version)? {
            return Err(ServiceError::Stale);
        }
        let change = Change::new("event.followed", "event", event.id);
        desk.record(change.with("from", event.state).with("to", changed.state))?;
    }
    Ok(())
}
