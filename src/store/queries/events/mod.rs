//! Events of an office with their days, teams, units and officers. A list loads each kind of child once for all its
//! events. Who may book what is decided above; that nothing is booked twice is decided by [`super::claims`].

mod children;
mod effort;
mod list;
mod own;
mod rows;
mod tally;
mod update;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

pub use effort::{insert_efforts, list_efforts, set_precision};
pub use list::{EventFilter, list_events};
pub use own::list_own_events;
pub use tally::{TallyFacts, find_tally_facts};
pub use update::{add_teams, report_events, update_event, update_state};

use crate::domain::event::{DayEffort, Event, EventKey};
use crate::domain::id::{EventId, TeamId, UserId};
use crate::domain::permission::OfficeScope;
use crate::domain::tally::EntryKind;
use crate::domain::text::Name;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::{events, held_entries, result_entries};

use children::{insert_days, insert_members, with_children};
use rows::EventRow;

/// Adds events with their days, teams, units, officers and the efforts of their days. Claims are inserted apart.
pub fn insert_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[Event],
    efforts: &[DayEffort],
    created_by: Option<UserId>,
) -> Result<(), StoreError> {
    insert_reported_events(connection, scope, events, efforts, &BTreeSet::new(), created_by)
}

/// As [`insert_events`], for events whose results are known: those days in `approximate` are marked so.
pub fn insert_reported_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[Event],
    efforts: &[DayEffort],
    approximate: &BTreeSet<(EventId, NaiveDate)>,
    created_by: Option<UserId>,
) -> Result<(), StoreError> {
    for chunk in events.chunks(ROWS_PER_INSERT) {
        let rows: Vec<EventRow> = chunk.iter().map(|event| EventRow::new(scope, event, created_by)).collect();
        each!(connection, |c| diesel::insert_into(events::table).values(&rows).execute(c))?;
    }
    let all: Vec<&Event> = events.iter().collect();
    insert_members(connection, scope, &all)?;
    insert_days(connection, scope, &all, efforts, approximate)?;
    effort::insert_effort_rows(connection, scope, efforts)
}

pub fn find_event(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: EventId,
) -> Result<Option<Event>, StoreError> {
    Ok(find_events(connection, scope, &[id])?.pop())
}

/// Those of these events that the office has, by first day and id.
pub fn find_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
) -> Result<Vec<Event>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(ROWS_PER_INSERT) {
        let rows: Vec<EventRow> = events::table
            .filter(events::office_id.eq(scope.office_id()).and(events::id.eq_any(chunk)))
            .order((events::first_day, events::id))
            .select(EventRow::as_select())
            .load(connection)?;
        found.extend(with_children(connection, scope, rows)?);
    }
    found.sort_by_key(EventKey::of);
    Ok(found)
}

/// The titles of those of these events that the office has.
pub fn list_titles(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
) -> Result<Vec<(EventId, Name)>, StoreError> {
    Ok(events::table
        .filter(events::office_id.eq(scope.office_id()).and(events::id.eq_any(ids)))
        .select((events::id, events::title))
        .load(connection)?)
}

/// Keeps others from deciding about these events until the transaction ends. On SQLite nobody else writes meanwhile;
/// on PostgreSQL two decisions that both read first would otherwise both pass.
pub fn lock_events(connection: &mut AnyConnection, scope: OfficeScope, ids: &[EventId]) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(postgres) = connection {
        let _: Vec<EventId> = events::table
            .filter(events::office_id.eq(scope.office_id()).and(events::id.eq_any(ids)))
            .order(events::id)
            .select(events::id)
            .for_update()
            .load(postgres)?;
    }
    Ok(())
}

/// Those of these events that another office owns: the one look-up by id alone, for ids that a phone made up or mixed up.
pub fn find_foreign_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
) -> Result<Vec<EventId>, StoreError> {
    Ok(events::table
        .filter(events::id.eq_any(ids).and(events::office_id.ne(scope.office_id())))
        .order(events::id)
        .select(events::id)
        .load(connection)?)
}

/// True if anything was ever sent in for the event, counted or held.
pub fn has_entries(connection: &mut AnyConnection, scope: OfficeScope, id: EventId) -> Result<bool, StoreError> {
    let counted: Option<EventId> = result_entries::table
        .filter(result_entries::office_id.eq(scope.office_id()).and(result_entries::event_id.eq(id)))
        .select(result_entries::event_id)
        .first(connection)
        .optional()?;
    let held: Option<EventId> = held_entries::table
        .filter(held_entries::office_id.eq(scope.office_id()).and(held_entries::event_id.eq(id)))
        .select(held_entries::event_id)
        .first(connection)
        .optional()?;
    Ok(counted.is_some() || held.is_some())
}

/// The dates of the event for which something is in the ledger, by date.
pub fn list_entry_dates(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: EventId,
) -> Result<Vec<NaiveDate>, StoreError> {
    Ok(result_entries::table
        .filter(result_entries::office_id.eq(scope.office_id()).and(result_entries::event_id.eq(id)))
        .select(result_entries::date)
        .distinct()
        .order(result_entries::date)
        .load(connection)?)
}

/// Those of an event's teams of which a tally stands in the ledger: no void of the event names it.
pub fn list_counting_teams(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: EventId,
) -> Result<Vec<TeamId>, StoreError> {
    let voids = diesel::alias!(result_entries as voids);
    let voided = voids
        .filter(voids.field(result_entries::office_id).eq(result_entries::office_id))
        .filter(voids.field(result_entries::voids).eq(result_entries::id.nullable()))
        .filter(voids.field(result_entries::event_id).eq(result_entries::event_id));
    let teams: Vec<Option<TeamId>> = result_entries::table
        .filter(result_entries::office_id.eq(scope.office_id()).and(result_entries::event_id.eq(id)))
        .filter(result_entries::kind.eq(EntryKind::Tally).and(result_entries::team_id.is_not_null()))
        .filter(diesel::dsl::not(diesel::dsl::exists(voided)))
        .select(result_entries::team_id)
        .distinct()
        .load(connection)?;
    Ok(teams.into_iter().flatten().collect())
}

/// Removes an event that has no history; its claims, days and members go with it.
pub fn delete_event(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: EventId,
    known: i64,
) -> Result<bool, StoreError> {
    let stored = events::table
        .filter(events::office_id.eq(scope.office_id()).and(events::id.eq(id)).and(events::version.eq(known)));
    Ok(diesel::delete(stored).execute(connection)? == 1)
}

#[cfg(test)]
mod tests;
