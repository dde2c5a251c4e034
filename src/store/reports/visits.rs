//! What happened at venues, event-day by event-day: the read model of the venue pages. A count below zero waits for
//! entries on their way and is read as 0, as in the ranking.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::event::{EventKind, EventState, Precision, Reporting};
use crate::domain::id::{EventId, VenueId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::text::Name;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_day_counts, event_days, events};

/// One day of one event at a venue, come or to come.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Visit {
    pub event: EventId,
    pub title: Name,
    pub kind: EventKind,
    pub state: EventState,
    pub reporting: Reporting,
    pub date: NaiveDate,
    pub precision: Precision,
    /// In-area activations; none if nothing was counted.
    pub activated: Option<i64>,
}

/// A day that counts in a venue's mean yield.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedDay {
    pub venue: VenueId,
    pub date: NaiveDate,
    pub activated: i64,
}

impl Visit {
    /// True for a day whose count the plain mean is made of: outreach, reported, exact.
    pub fn is_counted(&self) -> bool {
        self.kind == EventKind::Outreach
            && self.precision == Precision::Exact
            && self.reporting != Reporting::Unreported
            && self.activated.is_some()
            && !matches!(self.state, EventState::NotHeld | EventState::Cancelled | EventState::Postponed)
    }
}

/// The event-days of one venue within `days`, oldest first.
pub fn list_visits(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    venue: VenueId,
    days: DateRange,
) -> Result<Vec<Visit>, StoreError> {
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let count = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date))
        .and(event_day_counts::outcome.eq(Outcome::Activated));
    let visits: Vec<Visit> = events::table
        .inner_join(event_days::table.on(of_event))
        .left_join(event_day_counts::table.on(count))
        .filter(events::office_id.eq(scope.office_id()).and(events::venue_id.eq(venue)))
        .filter(event_days::date.between(days.first(), days.last()))
        .order((event_days::date, events::id))
        .select((
            events::id,
            events::title,
            events::kind,
            events::state,
            events::reporting,
            event_days::date,
            event_days::precision,
            event_day_counts::n.nullable(),
        ))
        .load(connection)?;
    Ok(visits.into_iter().map(|visit| Visit { activated: visit.activated.map(|n| n.max(0)), ..visit }).collect())
}

/// The counted days of these venues since `first`, in no order.
pub fn list_counted_days(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    venues: &[VenueId],
    first: NaiveDate,
) -> Result<Vec<CountedDay>, StoreError> {
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let count = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date))
        .and(event_day_counts::outcome.eq(Outcome::Activated));
    let without = [EventState::NotHeld, EventState::Cancelled, EventState::Postponed];
    let rows: Vec<(Option<VenueId>, NaiveDate, i64)> = events::table
        .inner_join(event_days::table.on(of_event))
        .inner_join(event_day_counts::table.on(count))
        .filter(events::office_id.eq(scope.office_id()).and(events::venue_id.eq_any(venues.iter().map(|id| Some(*id)))))
        .filter(events::kind.eq(EventKind::Outreach).and(events::state.ne_all(without)))
        .filter(events::reporting.ne(Reporting::Unreported).and(event_days::precision.eq(Precision::Exact)))
        .filter(event_days::date.ge(first))
        .select((events::venue_id, event_days::date, event_day_counts::n))
        .load(connection)?;
    let day = |(venue, date, n): (Option<VenueId>, NaiveDate, i64)| {
        Some(CountedDay { venue: venue?, date, activated: n.max(0) })
    };
    Ok(rows.into_iter().filter_map(day).collect())
}

/// Everybody that was ever activated at a venue, whatever the kind of event.
pub fn sum_activated(connection: &mut AnyConnection, scope: OfficeScope, venue: VenueId) -> Result<i64, StoreError> {
    let of_event = events::office_id.eq(event_day_counts::office_id).and(events::id.eq(event_day_counts::event_id));
    // Few rows: one for each day that a team was there.
    let counts: Vec<i64> = events::table
        .inner_join(event_day_counts::table.on(of_event))
        .filter(events::office_id.eq(scope.office_id()).and(events::venue_id.eq(venue)))
        .filter(event_day_counts::outcome.eq(Outcome::Activated))
        .select(event_day_counts::n)
        .load(connection)?;
    Ok(counts.into_iter().fold(0, |sum: i64, n| sum.saturating_add(n.max(0))))
}
