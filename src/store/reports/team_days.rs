//! What each team counted at each event-day of a period: the read model that results files are written from and compared
//! with. Tallies that a void of their event names are left out.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use crate::domain::event::{DayEffort, EventKind, EventState, Precision, Reporting};
use crate::domain::id::{EntryId, EventId, TeamId, VenueId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::text::Code;
use crate::store::columns::Uuid;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_day_counts, event_day_teams, event_days, event_teams, events, teams, venues};

/// One day of one event at a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDayAt {
    pub event: EventId,
    pub date: NaiveDate,
    pub venue: VenueId,
    pub kind: EventKind,
    pub state: EventState,
    pub reporting: Reporting,
    pub precision: Precision,
}

/// The sum of one outcome that one team counted at one event-day. The team is unknown where no phone told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct TeamSum {
    #[diesel(sql_type = Uuid)]
    pub event_id: EventId,
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    #[diesel(sql_type = Nullable<Uuid>)]
    pub team_id: Option<TeamId>,
    #[diesel(sql_type = Text)]
    pub outcome: Outcome,
    #[diesel(sql_type = BigInt)]
    pub n: i64,
}

/// A tally that stands, with where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct StandingTally {
    #[diesel(sql_type = Uuid)]
    pub id: EntryId,
    #[diesel(sql_type = Uuid)]
    pub event_id: EventId,
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    #[diesel(sql_type = Nullable<Uuid>)]
    pub team_id: Option<TeamId>,
}

/// Every event-day at a venue from `first` to `last`, by date and event.
pub fn list_event_days(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<EventDayAt>, StoreError> {
    type Row = (EventId, NaiveDate, Option<VenueId>, EventKind, EventState, Reporting, Precision);
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let rows: Vec<Row> = event_days::table
        .inner_join(events::table.on(of_event))
        .filter(event_days::office_id.eq(scope.office_id()).and(event_days::date.between(first, last)))
        .filter(events::venue_id.is_not_null())
        .order((event_days::date, event_days::event_id))
        .select((
            event_days::event_id,
            event_days::date,
            events::venue_id,
            events::kind,
            events::state,
            events::reporting,
            event_days::precision,
        ))
        .load(connection)?;
    let day = |(event, date, venue, kind, state, reporting, precision): Row| {
        Some(EventDayAt { event, date, venue: venue?, kind, state, reporting, precision })
    };
    Ok(rows.into_iter().filter_map(day).collect())
}

/// The teams of the events that have a day from `first` to `last`, by event.
pub fn list_event_teams(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<(EventId, TeamId)>, StoreError> {
    let of_event = events::office_id.eq(event_teams::office_id).and(events::id.eq(event_teams::event_id));
    Ok(event_teams::table
        .inner_join(events::table.on(of_event))
        .filter(event_teams::office_id.eq(scope.office_id()))
        .filter(events::first_day.le(last).and(events::last_day.ge(first)))
        .order((event_teams::event_id, event_teams::team_id))
        .select((event_teams::event_id, event_teams::team_id))
        .load(connection)?)
}

/// What stands in the ledger from `first` to `last`, summed by event-day, team and outcome.
pub fn sum_by_team(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<TeamSum>, StoreError> {
    let sums = "SELECT e.event_id, e.date, e.team_id, c.outcome, CAST(SUM(c.n) AS BIGINT) AS n \
        FROM result_entries e \
        JOIN result_counts c ON c.office_id = e.office_id AND c.entry_id = e.id \
        WHERE e.office_id = $1 AND e.kind = 'tally' AND e.date BETWEEN $2 AND $3 \
            AND NOT EXISTS (SELECT 1 FROM result_entries v \
                WHERE v.office_id = e.office_id AND v.voids = e.id AND v.event_id = e.event_id) \
        GROUP BY e.event_id, e.date, e.team_id, c.outcome \
        ORDER BY e.event_id, e.date, e.team_id, c.outcome";
    let sums = diesel::sql_query(sums).bind::<Uuid, _>(scope.office_id());
    Ok(sums.bind::<Date, _>(first).bind::<Date, _>(last).load(connection)?)
}

/// The tallies from `first` to `last` that stand, in the order of their ids.
pub fn list_standing_tallies(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<StandingTally>, StoreError> {
    let standing = "SELECT e.id, e.event_id, e.date, e.team_id FROM result_entries e \
        WHERE e.office_id = $1 AND e.kind = 'tally' AND e.date BETWEEN $2 AND $3 \
            AND NOT EXISTS (SELECT 1 FROM result_entries v \
                WHERE v.office_id = e.office_id AND v.voids = e.id AND v.event_id = e.event_id) \
        ORDER BY e.id";
    let standing = diesel::sql_query(standing).bind::<Uuid, _>(scope.office_id());
    Ok(standing.bind::<Date, _>(first).bind::<Date, _>(last).load(connection)?)
}

/// What was counted at each event-day from `first` to `last`, be it to zero.
pub fn list_counted(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<(EventId, NaiveDate, Outcome)>, StoreError> {
    Ok(event_day_counts::table
        .filter(event_day_counts::office_id.eq(scope.office_id()).and(event_day_counts::date.between(first, last)))
        .order((event_day_counts::event_id, event_day_counts::date))
        .select((event_day_counts::event_id, event_day_counts::date, event_day_counts::outcome))
        .load(connection)?)
}

/// The efforts of the teams from `first` to `last`.
pub fn list_team_efforts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<DayEffort>, StoreError> {
    use event_day_teams as stored;
    type Row = (EventId, NaiveDate, TeamId, i64, Option<f64>);
    let rows: Vec<Row> = event_day_teams::table
        .filter(stored::office_id.eq(scope.office_id()).and(stored::date.between(first, last)))
        .order((stored::event_id, stored::date, stored::team_id))
        .select((stored::event_id, stored::date, stored::team_id, stored::operators, stored::hours))
        .load(connection)?;
    let effort = |(event, date, team, operators, hours): Row| DayEffort { event, date, team, operators, hours };
    Ok(rows.into_iter().map(effort).collect())
}

/// The codes of all venues of the office.
pub fn list_venue_codes(
    connection: &mut AnyConnection,
    scope: OfficeScope,
) -> Result<Vec<(VenueId, Code)>, StoreError> {
    let own = venues::table.filter(venues::office_id.eq(scope.office_id()));
    Ok(own.order(venues::code).select((venues::id, venues::code)).load(connection)?)
}

/// The codes of all teams of the office.
pub fn list_team_codes(connection: &mut AnyConnection, scope: OfficeScope) -> Result<Vec<(TeamId, Code)>, StoreError> {
    let own = teams::table.filter(teams::office_id.eq(scope.office_id()));
    Ok(own.order(teams::code).select((teams::id, teams::code)).load(connection)?)
}
