//! Counts of outreach days. A count below zero waits for entries on their way and is read as 0, as everywhere.

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::digest::CountedVisit;
use crate::domain::event::{EventKind, EventState, Precision, Reporting};
use crate::domain::id::EventId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::text::{Code, Name};
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_day_counts, event_days, events, office_totals, venues};

/// What was counted at outreach events on each of these days.
pub fn list_counts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    days: DateRange,
) -> Result<Vec<(EventId, NaiveDate, Outcome, i64)>, StoreError> {
    let of_event = events::office_id.eq(event_day_counts::office_id).and(events::id.eq(event_day_counts::event_id));
    let mut rows: Vec<(EventId, NaiveDate, Outcome, i64)> = event_day_counts::table
        .inner_join(events::table.on(of_event))
        .filter(event_day_counts::office_id.eq(scope.office_id()))
        .filter(event_day_counts::date.between(days.first(), days.last()))
        .filter(events::kind.eq(EventKind::Outreach))
        .select((event_day_counts::event_id, event_day_counts::date, event_day_counts::outcome, event_day_counts::n))
        .load(connection)?;
    for (_, _, _, n) in &mut rows {
        *n = (*n).max(0);
    }
    Ok(rows)
}

/// The event-days within `days` that a ranking counts, at venues in use.
pub fn list_counted_visits(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    days: DateRange,
) -> Result<Vec<CountedVisit>, StoreError> {
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let of_venue = venues::office_id.eq(events::office_id).and(events::venue_id.eq(venues::id.nullable()));
    let count = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date))
        .and(event_day_counts::outcome.eq(Outcome::Activated));
    let released = [EventState::NotHeld, EventState::Cancelled, EventState::Postponed];
    let rows: Vec<(Code, Name, NaiveDate, i64)> = event_days::table
        .inner_join(events::table.on(of_event))
        .inner_join(venues::table.on(of_venue))
        .inner_join(event_day_counts::table.on(count))
        .filter(event_days::office_id.eq(scope.office_id()))
        .filter(event_days::date.between(days.first(), days.last()))
        .filter(event_days::precision.eq(Precision::Exact).and(venues::archived_at.is_null()))
        .filter(events::kind.eq(EventKind::Outreach).and(events::reporting.ne(Reporting::Unreported)))
        .filter(events::state.ne_all(released))
        .select((venues::code, venues::name, event_days::date, event_day_counts::n))
        .load(connection)?;
    let visit = |(code, name, date, n): (Code, Name, NaiveDate, i64)| CountedVisit {
        code: code.into_string(),
        name: name.into_string(),
        date,
        activated: n.max(0),
    };
    Ok(rows.into_iter().map(visit).collect())
}

/// How many figures of the whole office are told for one of these days.
pub fn count_totals(connection: &mut AnyConnection, scope: OfficeScope, days: DateRange) -> Result<i64, StoreError> {
    let told = office_totals::office_id.eq(scope.office_id()).and(office_totals::withdrawn_at.is_null());
    let told = told.and(office_totals::date.between(days.first(), days.last()));
    Ok(office_totals::table.filter(told).count().get_result(connection)?)
}

/// The last day up to `on` on which anything was counted.
pub fn find_last_counted(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    on: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    let counted = events::office_id.eq(scope.office_id()).and(events::reporting.ne(Reporting::Unreported));
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    Ok(event_days::table
        .inner_join(events::table.on(of_event))
        .filter(counted.and(event_days::office_id.eq(scope.office_id())).and(event_days::date.le(on)))
        .select(max(event_days::date))
        .first(connection)?)
}
