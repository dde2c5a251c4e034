//! Changing a stored event, under the version that was read.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::children::{insert_days, insert_members, insert_team_rows};
use super::effort::{delete_efforts, insert_efforts, sum_days};
use super::rows::{EventRow, join_codes};
use crate::domain::event::{DayEffort, Event, EventDay, EventDays, Reporting};
use crate::domain::id::{EventId, TeamId};
use crate::domain::permission::OfficeScope;
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::{event_days, event_officers, event_teams, event_units, events};

/// Stores `changed` over `stored`, with those children that differ; false if somebody else was first. `efforts` are all
/// the efforts that the event has from now on; they are written only if its days or teams changed.
pub fn update_event(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    stored: &Event,
    changed: &Event,
    efforts: &[DayEffort],
) -> Result<bool, StoreError> {
    if !update_row(connection, scope, changed, stored.version)? {
        return Ok(false);
    }
    if (&stored.teams, &stored.units, &stored.officers) != (&changed.teams, &changed.units, &changed.officers) {
        delete_members(connection, scope, changed.id)?;
        insert_members(connection, scope, &[changed])?;
    }
    if stored.days != changed.days {
        replace_days(connection, scope, stored, changed)?;
    }
    if stored.days != changed.days || stored.teams != changed.teams {
        delete_efforts(connection, scope, changed.id)?;
        insert_efforts(connection, scope, efforts)?;
        sum_days(connection, scope, changed.id)?;
    }
    Ok(true)
}

/// Stores where the event stands and nothing else; false if its version is not `known` any more.
pub fn update_state(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    event: &Event,
    known: i64,
) -> Result<bool, StoreError> {
    let stored = events::table
        .filter(events::office_id.eq(scope.office_id()).and(events::id.eq(event.id)).and(events::version.eq(known)));
    let changed = diesel::update(stored)
        .set((
            events::state.eq(event.state),
            events::state_reason.eq(&event.state_reason),
            events::reporting.eq(event.reporting),
            events::released_on.eq(event.released_on),
            events::version.eq(event.version),
            events::updated_at.eq(At(event.updated_at)),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Marks those of these events that are unreported as reported, each under its next version; answers how many.
pub fn report_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let unreported = events::table.filter(
        events::office_id
            .eq(scope.office_id())
            .and(events::id.eq_any(ids))
            .and(events::reporting.eq(Reporting::Unreported)),
    );
    Ok(diesel::update(unreported)
        .set((
            events::reporting.eq(Reporting::Reported),
            events::version.eq(events::version + 1),
            events::updated_at.eq(At(now)),
        ))
        .execute(connection)?)
}

/// Adds teams to stored events, each of which gets its next version.
pub fn add_teams(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    joined: &[(EventId, TeamId)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    insert_team_rows(connection, scope, joined)?;
    let ids: BTreeSet<EventId> = joined.iter().map(|(event, _)| *event).collect();
    let ids: Vec<EventId> = ids.into_iter().collect();
    for chunk in ids.chunks(ROWS_PER_INSERT) {
        let changed = events::table.filter(events::office_id.eq(scope.office_id()).and(events::id.eq_any(chunk)));
        diesel::update(changed)
            .set((events::version.eq(events::version + 1), events::updated_at.eq(At(now))))
            .execute(connection)?;
    }
    Ok(())
}

fn update_row(c: &mut AnyConnection, scope: OfficeScope, event: &Event, known: i64) -> Result<bool, StoreError> {
    let row = EventRow::new(scope, event, None);
    let stored = events::table
        .filter(events::office_id.eq(scope.office_id()).and(events::id.eq(event.id)).and(events::version.eq(known)));
    let changed = diesel::update(stored)
        .set((
            events::kind.eq(row.kind),
            events::title.eq(row.title),
            events::venue_id.eq(row.venue_id),
            events::place.eq(row.place),
            events::services.eq(row.services),
            events::host_programme.eq(row.host_programme),
            events::request_by.eq(row.request_by),
            events::request_received_on.eq(row.request_received_on),
            events::request_letter_number.eq(row.request_letter_number),
            events::request_expected.eq(row.request_expected),
            events::notes.eq(row.notes),
            events::state.eq(row.state),
            events::state_reason.eq(row.state_reason),
            events::reporting.eq(row.reporting),
            events::released_on.eq(row.released_on),
            events::reserves.eq(row.reserves),
            events::entered_late.eq(row.entered_late),
            events::first_day.eq(row.first_day),
            events::last_day.eq(row.last_day),
            events::version.eq(row.version),
            events::updated_at.eq(row.updated_at),
        ))
        .execute(c)?;
    Ok(changed == 1)
}

fn delete_members(c: &mut AnyConnection, scope: OfficeScope, id: EventId) -> Result<(), StoreError> {
    let office = scope.office_id();
    diesel::delete(event_teams::table.filter(event_teams::office_id.eq(office).and(event_teams::event_id.eq(id))))
        .execute(c)?;
    diesel::delete(event_units::table.filter(event_units::office_id.eq(office).and(event_units::event_id.eq(id))))
        .execute(c)?;
    diesel::delete(
        event_officers::table.filter(event_officers::office_id.eq(office).and(event_officers::event_id.eq(id))),
    )
    .execute(c)?;
    Ok(())
}

/// Removes the days that are gone, changes those that stay (they keep their precision), adds the new ones.
fn replace_days(c: &mut AnyConnection, scope: OfficeScope, stored: &Event, changed: &Event) -> Result<(), StoreError> {
    let before: BTreeSet<NaiveDate> = stored.days.dates().collect();
    let gone: Vec<NaiveDate> = stored.days.dates().filter(|date| !changed.days.contains_date(*date)).collect();
    let of_event = event_days::office_id.eq(scope.office_id()).and(event_days::event_id.eq(changed.id));
    diesel::delete(event_days::table.filter(of_event.and(event_days::date.eq_any(gone)))).execute(c)?;
    let (same, new): (Vec<EventDay>, Vec<EventDay>) =
        changed.days.iter().cloned().partition(|day| before.contains(&day.date()));
    for day in same.iter().filter(|day| !stored.days.contains(day)) {
        update_day(c, scope, changed.id, day)?;
    }
    // No new days is no error here, though an event has at least one.
    match EventDays::new(new) {
        Ok(days) => insert_days(c, scope, &[&Event { days, ..changed.clone() }], &[], &BTreeSet::new()),
        Err(_) => Ok(()),
    }
}

fn update_day(c: &mut AnyConnection, scope: OfficeScope, event: EventId, day: &EventDay) -> Result<(), StoreError> {
    let stored = event_days::table.filter(
        event_days::office_id
            .eq(scope.office_id())
            .and(event_days::event_id.eq(event))
            .and(event_days::date.eq(day.date())),
    );
    diesel::update(stored)
        .set((
            event_days::slots.eq(join_codes(day.slots())),
            event_days::starts.eq(day.starts()),
            event_days::ends.eq(day.ends()),
        ))
        .execute(c)?;
    Ok(())
}
