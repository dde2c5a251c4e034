//! Events that a digest names: those that were not held, not reported, reported late or doubted, and those to come.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::event::{EventKind, EventState, Reporting};
use crate::domain::id::{EventId, TeamId};
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::domain::tally::{HeldDecision, HoldReason};
use crate::domain::text::{Name, Note};
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::reports::today::UNREPORTED_STATES;
use crate::store::schema::{event_days, event_teams, events, held_entries, result_entries, teams, venues};

/// What a line about an event says of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct EventFacts {
    pub id: EventId,
    pub title: Name,
    pub kind: EventKind,
    pub state: EventState,
    pub reason: Option<Note>,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub venue: Option<Name>,
    pub region: Option<RegionCode>,
}

/// A team of an event, with what it can serve on a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct EventTeam {
    pub event: EventId,
    pub team: TeamId,
    pub name: Name,
    pub capacity_per_day: i64,
}

/// The events with a day within `days` that did not take place, the latest first.
pub fn list_not_held(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    days: DateRange,
) -> Result<Vec<EventId>, StoreError> {
    Ok(events::table
        .filter(events::office_id.eq(scope.office_id()).and(events::state.eq(EventState::NotHeld)))
        .filter(events::last_day.ge(days.first()).and(events::first_day.le(days.last())))
        .order((events::last_day.desc(), events::id.desc()))
        .select(events::id)
        .load(connection)?)
}

/// The outreach events that ended before `on` without a result, the latest first, `limit` of them.
pub fn list_unreported(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    on: NaiveDate,
    limit: i64,
) -> Result<Vec<EventId>, StoreError> {
    let missing = events::office_id
        .eq(scope.office_id())
        .and(events::reporting.eq(Reporting::Unreported))
        .and(events::last_day.lt(on))
        .and(events::kind.eq(EventKind::Outreach))
        .and(events::state.eq_any(UNREPORTED_STATES));
    let latest = events::table.filter(missing).order((events::last_day.desc(), events::id.desc()));
    Ok(latest.select(events::id).limit(limit).load(connection)?)
}

/// When the first entry came of each outreach event that ended within `ended` and was reported.
pub fn list_first_received(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ended: DateRange,
) -> Result<Vec<(EventId, NaiveDate, DateTime<Utc>)>, StoreError> {
    let of_event = events::office_id.eq(result_entries::office_id).and(events::id.eq(result_entries::event_id));
    let rows: Vec<(EventId, NaiveDate, Option<At>)> = events::table
        .inner_join(result_entries::table.on(of_event))
        .filter(events::office_id.eq(scope.office_id()).and(events::last_day.between(ended.first(), ended.last())))
        .filter(events::reporting.ne(Reporting::Unreported).and(events::kind.eq(EventKind::Outreach)))
        .group_by((events::id, events::last_day))
        .order((events::last_day.desc(), events::id.desc()))
        .select((events::id, events::last_day, min(result_entries::received_at)))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(event, last_day, at)| Some((event, last_day, at?.0))).collect())
}

/// How many entries of days up to `on` wait for a coordinator, by event and reason.
pub fn list_waiting(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    on: NaiveDate,
) -> Result<Vec<(EventId, HoldReason, i64)>, StoreError> {
    Ok(held_entries::table
        .filter(held_entries::office_id.eq(scope.office_id()).and(held_entries::decision.eq(HeldDecision::Waiting)))
        .filter(held_entries::date.le(on))
        .group_by((held_entries::event_id, held_entries::reason))
        .order((held_entries::event_id.desc(), held_entries::reason))
        .select((held_entries::event_id, held_entries::reason, count_star()))
        .load(connection)?)
}

/// The days within `days` of events that are neither called off nor put off, in order.
pub fn list_booked_days(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    days: DateRange,
) -> Result<Vec<(EventId, NaiveDate)>, StoreError> {
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let released = [EventState::NotHeld, EventState::Cancelled, EventState::Postponed];
    Ok(event_days::table
        .inner_join(events::table.on(of_event))
        .filter(event_days::office_id.eq(scope.office_id()))
        .filter(event_days::date.between(days.first(), days.last()))
        .filter(events::state.ne_all(released))
        .order((event_days::date, event_days::starts, event_days::event_id))
        .select((event_days::event_id, event_days::date))
        .load(connection)?)
}

/// These events, in no order.
pub fn list_event_facts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
) -> Result<Vec<EventFacts>, StoreError> {
    let of_venue = venues::office_id.eq(events::office_id).and(events::venue_id.eq(venues::id.nullable()));
    Ok(events::table
        .left_join(venues::table.on(of_venue))
        .filter(events::office_id.eq(scope.office_id()).and(events::id.eq_any(ids)))
        .select((
            events::id,
            events::title,
            events::kind,
            events::state,
            events::state_reason,
            events::first_day,
            events::last_day,
            venues::name.nullable(),
            venues::region_code.nullable(),
        ))
        .load(connection)?)
}

/// The teams of these events, by event and name.
pub fn list_event_teams(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
) -> Result<Vec<EventTeam>, StoreError> {
    let of_team = teams::office_id.eq(event_teams::office_id).and(teams::id.eq(event_teams::team_id));
    Ok(event_teams::table
        .inner_join(teams::table.on(of_team))
        .filter(event_teams::office_id.eq(scope.office_id()).and(event_teams::event_id.eq_any(ids)))
        .order((event_teams::event_id, teams::name, teams::id))
        .select((event_teams::event_id, teams::id, teams::name, teams::capacity_per_day))
        .load(connection)?)
}
