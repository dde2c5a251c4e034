//! What hangs on an event: teams, units, officers, days. Each kind is loaded or inserted for many events at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;

use super::rows::{Children, EventRow, join_codes, split_codes};
use crate::domain::event::{DayEffort, DaySums, Event, EventDay, EventDays, Precision, Slot};
use crate::domain::id::{EventId, OfficeId, TeamId, UnitId, UserId};
use crate::domain::permission::OfficeScope;
use crate::domain::rule::FieldError;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::{event_days, event_officers, event_teams, event_units};

#[derive(Insertable)]
#[diesel(table_name = event_days, treat_none_as_default_value = false)]
struct DayRow {
    office_id: OfficeId,
    event_id: EventId,
    date: NaiveDate,
    slots: String,
    starts: Option<NaiveTime>,
    ends: Option<NaiveTime>,
    precision: Precision,
    teams: i64,
    officer_hours: Option<f64>,
}

impl DayRow {
    fn new(scope: OfficeScope, event: EventId, day: &EventDay, sums: DaySums) -> Self {
        Self {
            office_id: scope.office_id(),
            event_id: event,
            date: day.date(),
            slots: join_codes(day.slots()),
            starts: day.starts(),
            ends: day.ends(),
            precision: Precision::Exact,
            teams: sums.teams,
            officer_hours: sums.officer_hours,
        }
    }
}

/// The events of these rows, in their order.
pub fn with_children(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    rows: Vec<EventRow>,
) -> Result<Vec<Event>, StoreError> {
    let ids: Vec<EventId> = rows.iter().map(|row| row.id).collect();
    let mut teams = grouped(load_teams(connection, scope, &ids)?);
    let mut units = grouped(load_units(connection, scope, &ids)?);
    let mut officers = grouped(load_officers(connection, scope, &ids)?);
    let mut days = grouped(load_days(connection, scope, &ids)?);
    rows.into_iter()
        .map(|row| {
            let days = days.remove(&row.id).unwrap_or_default();
            let children = Children {
                teams: teams.remove(&row.id).unwrap_or_default(),
                units: units.remove(&row.id).unwrap_or_default(),
                officers: officers.remove(&row.id).unwrap_or_default(),
                days: EventDays::new(days).map_err(broken)?,
            };
            row.into_event(children)
        })
        .collect()
}

fn load_teams(c: &mut AnyConnection, scope: OfficeScope, ids: &[EventId]) -> QueryResult<Vec<(EventId, TeamId)>> {
    event_teams::table
        .filter(event_teams::office_id.eq(scope.office_id()).and(event_teams::event_id.eq_any(ids)))
        .order((event_teams::event_id, event_teams::team_id))
        .select((event_teams::event_id, event_teams::team_id))
        .load(c)
}

fn load_units(c: &mut AnyConnection, scope: OfficeScope, ids: &[EventId]) -> QueryResult<Vec<(EventId, UnitId)>> {
    event_units::table
        .filter(event_units::office_id.eq(scope.office_id()).and(event_units::event_id.eq_any(ids)))
        .order((event_units::event_id, event_units::unit_id))
        .select((event_units::event_id, event_units::unit_id))
        .load(c)
}

fn load_officers(c: &mut AnyConnection, scope: OfficeScope, ids: &[EventId]) -> QueryResult<Vec<(EventId, UserId)>> {
    event_officers::table
        .filter(event_officers::office_id.eq(scope.office_id()).and(event_officers::event_id.eq_any(ids)))
        .order((event_officers::event_id, event_officers::user_id))
        .select((event_officers::event_id, event_officers::user_id))
        .load(c)
}

fn load_days(
    c: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
) -> Result<Vec<(EventId, EventDay)>, StoreError> {
    type Row = (EventId, NaiveDate, String, Option<NaiveTime>, Option<NaiveTime>);
    let rows: Vec<Row> = event_days::table
        .filter(event_days::office_id.eq(scope.office_id()).and(event_days::event_id.eq_any(ids)))
        .order((event_days::event_id, event_days::date))
        .select((event_days::event_id, event_days::date, event_days::slots, event_days::starts, event_days::ends))
        .load(c)?;
    rows.into_iter()
        .map(|(event, date, slots, starts, ends)| {
            let day = EventDay::new(date, split_codes::<Slot>(&slots)?, starts, ends).map_err(broken)?;
            Ok((event, day))
        })
        .collect()
}

/// Inserts teams, units and officers of these events.
pub fn insert_members(c: &mut AnyConnection, scope: OfficeScope, events: &[&Event]) -> Result<(), StoreError> {
    let office = scope.office_id();
    insert_teams(c, scope, events)?;
    let units: Vec<_> = events.iter().flat_map(|event| event.units.iter().map(move |unit| (event.id, *unit))).collect();
    for chunk in units.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(event, unit)| {
                (event_units::office_id.eq(office), event_units::event_id.eq(*event), event_units::unit_id.eq(*unit))
            })
            .collect();
        each!(c, |c| diesel::insert_into(event_units::table).values(rows).execute(c))?;
    }
    let officers: Vec<_> =
        events.iter().flat_map(|event| event.officers.iter().map(move |officer| (event.id, *officer))).collect();
    for chunk in officers.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(event, user)| {
                let event = event_officers::event_id.eq(*event);
                (event_officers::office_id.eq(office), event, event_officers::user_id.eq(*user))
            })
            .collect();
        each!(c, |c| diesel::insert_into(event_officers::table).values(rows).execute(c))?;
    }
    Ok(())
}

fn insert_teams(c: &mut AnyConnection, scope: OfficeScope, events: &[&Event]) -> Result<(), StoreError> {
    let teams: Vec<_> = events.iter().flat_map(|event| event.teams.iter().map(move |team| (event.id, *team))).collect();
    insert_team_rows(c, scope, &teams)
}

pub fn insert_team_rows(
    c: &mut AnyConnection,
    scope: OfficeScope,
    teams: &[(EventId, TeamId)],
) -> Result<(), StoreError> {
    let office = scope.office_id();
    for chunk in teams.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(event, team)| {
                (event_teams::office_id.eq(office), event_teams::event_id.eq(*event), event_teams::team_id.eq(*team))
            })
            .collect();
        each!(c, |c| diesel::insert_into(event_teams::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Inserts the days of these events, with the sums of their efforts; those in `approximate` are marked so.
pub fn insert_days(
    c: &mut AnyConnection,
    scope: OfficeScope,
    events: &[&Event],
    efforts: &[DayEffort],
    approximate: &BTreeSet<(EventId, NaiveDate)>,
) -> Result<(), StoreError> {
    let mut by_day = BTreeMap::<(EventId, NaiveDate), Vec<&DayEffort>>::new();
    for effort in efforts {
        by_day.entry((effort.event, effort.date)).or_default().push(effort);
    }
    let row = |event: EventId, day: &EventDay| {
        let of_day = by_day.get(&(event, day.date())).map(Vec::as_slice).unwrap_or_default();
        let is_approximate = approximate.contains(&(event, day.date()));
        let precision = if is_approximate { Precision::Approximate } else { Precision::Exact };
        DayRow { precision, ..DayRow::new(scope, event, day, DaySums::of(of_day.iter().copied())) }
    };
    let rows: Vec<DayRow> = events.iter().flat_map(|event| event.days.iter().map(|day| row(event.id, day))).collect();
    for chunk in rows.chunks(ROWS_PER_INSERT) {
        each!(c, |c| diesel::insert_into(event_days::table).values(chunk).execute(c))?;
    }
    Ok(())
}

fn grouped<T>(rows: Vec<(EventId, T)>) -> BTreeMap<EventId, Vec<T>> {
    let mut groups = BTreeMap::<EventId, Vec<T>>::new();
    for (event, child) in rows {
        groups.entry(event).or_default().push(child);
    }
    groups
}

/// Rows that break a rule of the domain were not written by this program.
fn broken(errors: Vec<FieldError>) -> StoreError {
    let fields: Vec<_> = errors.into_iter().map(|error| format!("{}: {}", error.field, error.rule)).collect();
    StoreError::broken(format!("a stored event breaks rules: {}", fields.join(", ")))
}
