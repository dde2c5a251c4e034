//! Efforts: the rows per team and day, and their sums on the day, which the ranking reads.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::domain::event::{DayEffort, Precision};
use crate::domain::id::{EventId, OfficeId, TeamId};
use crate::domain::permission::OfficeScope;
use crate::store::columns::Uuid;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::{event_day_teams, event_days};

#[derive(Insertable)]
#[diesel(table_name = event_day_teams, treat_none_as_default_value = false)]
struct EffortRow {
    office_id: OfficeId,
    event_id: EventId,
    date: NaiveDate,
    team_id: TeamId,
    operators: i64,
    hours: Option<f64>,
}

/// Adds efforts to days that are stored, or corrects those of the same team, and sums the days of these events anew.
/// The teams must be among the event's.
pub fn insert_efforts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    efforts: &[DayEffort],
) -> Result<(), StoreError> {
    insert_effort_rows(connection, scope, efforts)?;
    let events: BTreeSet<EventId> = efforts.iter().map(|effort| effort.event).collect();
    events.into_iter().try_for_each(|event| sum_days(connection, scope, event))
}

/// The efforts of these events, by event, date and team.
pub fn list_efforts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[EventId],
) -> Result<Vec<DayEffort>, StoreError> {
    type Row = (EventId, NaiveDate, TeamId, i64, Option<f64>);
    use event_day_teams as stored;
    let rows: Vec<Row> = event_day_teams::table
        .filter(stored::office_id.eq(scope.office_id()).and(stored::event_id.eq_any(events)))
        .order((stored::event_id, stored::date, stored::team_id))
        .select((stored::event_id, stored::date, stored::team_id, stored::operators, stored::hours))
        .load(connection)?;
    let effort = |(event, date, team, operators, hours): Row| DayEffort { event, date, team, operators, hours };
    Ok(rows.into_iter().map(effort).collect())
}

/// Says how well the counts of these days are known.
pub fn set_precision(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    event: EventId,
    dates: &[NaiveDate],
    precision: Precision,
) -> Result<(), StoreError> {
    let days = event_days::table.filter(
        event_days::office_id
            .eq(scope.office_id())
            .and(event_days::event_id.eq(event))
            .and(event_days::date.eq_any(dates)),
    );
    diesel::update(days).set(event_days::precision.eq(precision)).execute(connection)?;
    Ok(())
}

/// Writes the rows alone; the sums of the days are the caller's.
pub(super) fn insert_effort_rows(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    efforts: &[DayEffort],
) -> Result<(), StoreError> {
    use event_day_teams::{date, event_id, hours, office_id, operators, team_id};
    for chunk in efforts.chunks(ROWS_PER_INSERT) {
        let rows: Vec<EffortRow> = chunk.iter().map(|effort| row(scope, effort)).collect();
        each!(connection, |c| diesel::insert_into(event_day_teams::table)
            .values(&rows)
            .on_conflict((office_id, event_id, date, team_id))
            .do_update()
            .set((operators.eq(excluded(operators)), hours.eq(excluded(hours))))
            .execute(c))?;
    }
    Ok(())
}

/// Takes the efforts of an event away, all of them.
pub(super) fn delete_efforts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    event: EventId,
) -> Result<(), StoreError> {
    let stored = event_day_teams::table
        .filter(event_day_teams::office_id.eq(scope.office_id()).and(event_day_teams::event_id.eq(event)));
    diesel::delete(stored).execute(connection)?;
    Ok(())
}

/// Sums the days of one event: how many teams, and operators times hours if every team has hours.
pub(super) fn sum_days(connection: &mut AnyConnection, scope: OfficeScope, event: EventId) -> Result<(), StoreError> {
    const SUM: &str = "UPDATE event_days SET \
        teams = (SELECT COUNT(*) FROM event_day_teams t WHERE t.office_id = event_days.office_id \
            AND t.event_id = event_days.event_id AND t.date = event_days.date), \
        officer_hours = (SELECT CASE WHEN COUNT(*) = COUNT(t.hours) THEN SUM(t.operators * t.hours) END \
            FROM event_day_teams t WHERE t.office_id = event_days.office_id \
            AND t.event_id = event_days.event_id AND t.date = event_days.date) \
        WHERE office_id = $1 AND event_id = $2";
    diesel::sql_query(SUM).bind::<Uuid, _>(scope.office_id()).bind::<Uuid, _>(event).execute(connection)?;
    Ok(())
}

fn row(scope: OfficeScope, effort: &DayEffort) -> EffortRow {
    EffortRow {
        office_id: scope.office_id(),
        event_id: effort.event,
        date: effort.date,
        team_id: effort.team,
        operators: effort.operators,
        hours: effort.hours,
    }
}
