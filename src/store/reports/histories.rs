//! All that ever happened at an office's venues, day by day, as the estimates read it. Three statements, whatever the
//! number of venues, and a mark that tells whether they are worth asking again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::event::{EventKind, EventState, Precision, Reporting};
use crate::domain::id::{AuditId, EventId, VenueId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::venue::VenueKind;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::schema::{
    audit, event_day_counts, event_day_teams, event_days, events, result_entries, teams, venues,
};

/// Which histories to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryFilter {
    pub service: Outcome,
    /// The last day that is known.
    pub to: NaiveDate,
    /// Only venues of this kind.
    pub kind: Option<VenueKind>,
}

/// A venue as an estimate knows it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct EstimatedVenue {
    pub id: VenueId,
    pub kind: VenueKind,
    pub eligible: Option<i64>,
    pub archived: bool,
}

/// What was counted of the service on one day of one event at a venue, and the means that were there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HistoryDay {
    pub venue: VenueId,
    pub date: NaiveDate,
    pub count: i64,
    /// True for what the ranking counts: outreach, exact, reported, held.
    pub is_ranked: bool,
    /// What the teams can serve on a day together; none if no team is known.
    pub capacity: Option<i64>,
    /// How long the longest of them was there.
    pub hours: Option<f64>,
}

type Counted = (EventId, Option<VenueId>, EventKind, EventState, Reporting, Precision, NaiveDate, i64);

/// The venues by id, and the counted days of them, oldest first.
pub fn list_histories(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: HistoryFilter,
) -> Result<(Vec<EstimatedVenue>, Vec<HistoryDay>), StoreError> {
    let venues = list_venues(connection, scope, filter.kind)?;
    let means = list_means(connection, scope, filter)?;
    let day = |(event, venue, kind, state, reporting, precision, date, count): Counted| {
        let gone = matches!(state, EventState::NotHeld | EventState::Cancelled | EventState::Postponed);
        let is_told = reporting != Reporting::Unreported && precision == Precision::Exact;
        let (capacity, hours) = means.get(&(event, date)).copied().unwrap_or_default();
        let is_ranked = kind == EventKind::Outreach && is_told && !gone;
        Some(HistoryDay { venue: venue?, date, count: count.max(0), is_ranked, capacity, hours })
    };
    let days = list_counted(connection, scope, filter)?.into_iter().filter_map(day).collect();
    Ok((venues, days))
}

/// A text that is another one as soon as anything was counted or decided in the office: two look-ups in indexes.
pub fn read_mark(connection: &mut AnyConnection, scope: OfficeScope) -> Result<String, StoreError> {
    let decided: Option<AuditId> = audit::table
        .filter(audit::office_id.eq(scope.office_id()))
        .order(audit::id.desc())
        .select(audit::id)
        .first(connection)
        .optional()?;
    let received: Option<At> = result_entries::table
        .filter(result_entries::office_id.eq(scope.office_id()))
        .select(max(result_entries::received_at))
        .first(connection)?;
    let decided = decided.map(|id| id.to_string()).unwrap_or_default();
    Ok(format!("{decided}.{}", received.map(|at| at.0.timestamp_micros()).unwrap_or_default()))
}

/// Whether anything was counted for a day after this one: seldom, and by a clock that goes wrong.
pub fn is_counted_after(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    day: NaiveDate,
) -> Result<bool, StoreError> {
    let count = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date));
    let later: Option<NaiveDate> = event_days::table
        .inner_join(event_day_counts::table.on(count))
        .filter(event_days::office_id.eq(scope.office_id()).and(event_days::date.gt(day)))
        .select(event_days::date)
        .first(connection)
        .optional()?;
    Ok(later.is_some())
}

/// The services that were ever counted in the office.
pub fn list_counted_services(connection: &mut AnyConnection, scope: OfficeScope) -> Result<Vec<Outcome>, StoreError> {
    let counted = event_day_counts::table
        .filter(event_day_counts::office_id.eq(scope.office_id()))
        .select(event_day_counts::outcome)
        .distinct();
    let outcomes: Vec<Outcome> = counted.load(connection)?;
    Ok(Outcome::services().filter(|service| outcomes.contains(service)).collect())
}

fn list_venues(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    kind: Option<VenueKind>,
) -> Result<Vec<EstimatedVenue>, StoreError> {
    let mut query = venues::table
        .filter(venues::office_id.eq(scope.office_id()))
        .order(venues::id)
        .select((venues::id, venues::kind, venues::eligible, venues::archived_at.is_not_null()))
        .into_boxed::<MultiBackend>();
    if let Some(kind) = kind {
        query = query.filter(venues::kind.eq(kind));
    }
    Ok(query.load(connection)?)
}

fn list_counted(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: HistoryFilter,
) -> Result<Vec<Counted>, StoreError> {
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let of_venue = venues::office_id.eq(events::office_id).and(events::venue_id.eq(venues::id.nullable()));
    let count = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date));
    let mut query = event_days::table
        .inner_join(events::table.on(of_event))
        .inner_join(venues::table.on(of_venue))
        .inner_join(event_day_counts::table.on(count))
        .filter(event_days::office_id.eq(scope.office_id()).and(event_days::date.le(filter.to)))
        .filter(event_day_counts::outcome.eq(filter.service))
        .order((event_days::date, event_days::event_id))
        .select((
            events::id,
            events::venue_id,
            events::kind,
            events::state,
            events::reporting,
            event_days::precision,
            event_days::date,
            event_day_counts::n,
        ))
        .into_boxed::<MultiBackend>();
    if let Some(kind) = filter.kind {
        query = query.filter(venues::kind.eq(kind));
    }
    Ok(query.load(connection)?)
}

type Means = BTreeMap<(EventId, NaiveDate), (Option<i64>, Option<f64>)>;

/// What the teams of each event-day can serve together, and their longest hours.
fn list_means(connection: &mut AnyConnection, scope: OfficeScope, filter: HistoryFilter) -> Result<Means, StoreError> {
    let of_team = teams::office_id.eq(event_day_teams::office_id).and(teams::id.eq(event_day_teams::team_id));
    let rows: Vec<(EventId, NaiveDate, i64, Option<f64>)> = event_day_teams::table
        .inner_join(teams::table.on(of_team))
        .filter(event_day_teams::office_id.eq(scope.office_id()).and(event_day_teams::date.le(filter.to)))
        .select((event_day_teams::event_id, event_day_teams::date, teams::capacity_per_day, event_day_teams::hours))
        .load(connection)?;
    let mut means = Means::new();
    for (event, date, capacity, hours) in rows {
        let (together, longest) = means.entry((event, date)).or_default();
        *together = Some(together.unwrap_or_default() + capacity);
        *longest = (*longest).into_iter().chain(hours).reduce(f64::max);
    }
    Ok(means)
}
