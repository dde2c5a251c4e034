//! What the page of the day shows of the ledger, and the mark by which a live page knows that something has changed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::event::{EventKind, EventState, Reporting};
use crate::domain::id::{AuditId, EventId};
use crate::domain::outcome::Counts;
use crate::domain::permission::OfficeScope;
use crate::domain::tally::HeldDecision;
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{audit, event_day_counts, events, held_entries, result_entries};

/// The sums of these events on days within `days`.
pub fn list_day_counts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[EventId],
    days: DateRange,
) -> Result<BTreeMap<(EventId, NaiveDate), Counts>, StoreError> {
    let rows: Vec<(EventId, NaiveDate, crate::domain::outcome::Outcome, i64)> = event_day_counts::table
        .filter(event_day_counts::office_id.eq(scope.office_id()).and(event_day_counts::event_id.eq_any(events)))
        .filter(event_day_counts::date.between(days.first(), days.last()))
        .select((event_day_counts::event_id, event_day_counts::date, event_day_counts::outcome, event_day_counts::n))
        .load(connection)?;
    let mut sums: BTreeMap<_, Counts> = BTreeMap::new();
    for (event, date, outcome, n) in rows {
        sums.entry((event, date)).or_default().count(outcome, n);
    }
    Ok(sums)
}

/// When the last entry of each of these events came for `date`.
pub fn list_last_received(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[EventId],
    date: NaiveDate,
) -> Result<BTreeMap<EventId, DateTime<Utc>>, StoreError> {
    let rows: Vec<(EventId, Option<At>)> = result_entries::table
        .filter(result_entries::office_id.eq(scope.office_id()).and(result_entries::event_id.eq_any(events)))
        .filter(result_entries::date.eq(date))
        .group_by(result_entries::event_id)
        .select((result_entries::event_id, max(result_entries::received_at)))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(event, at)| Some((event, at?.0))).collect())
}

/// The states of an event that took place, or should have, and whose result is awaited.
pub const UNREPORTED_STATES: [EventState; 3] = [EventState::Confirmed, EventState::Ongoing, EventState::Done];

/// How many outreach events ended before `today` without a result.
pub fn count_unreported(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    today: NaiveDate,
) -> Result<i64, StoreError> {
    let missing = events::office_id
        .eq(scope.office_id())
        .and(events::reporting.eq(Reporting::Unreported))
        .and(events::last_day.lt(today))
        .and(events::kind.eq(EventKind::Outreach))
        .and(events::state.eq_any(UNREPORTED_STATES));
    Ok(events::table.filter(missing).count().get_result(connection)?)
}

/// How many entries wait for a coordinator.
pub fn count_held(connection: &mut AnyConnection, scope: OfficeScope) -> Result<i64, StoreError> {
    let waiting = held_entries::office_id.eq(scope.office_id()).and(held_entries::decision.eq(HeldDecision::Waiting));
    Ok(held_entries::table.filter(waiting).count().get_result(connection)?)
}

/// A text that is another one as soon as anything was counted, held, decided or booked in the office. Three look-ups in
/// indexes, whatever the office holds; nothing is written for it, so that no counter makes writers wait for each other.
pub fn read_mark(connection: &mut AnyConnection, scope: OfficeScope) -> Result<String, StoreError> {
    let office = scope.office_id();
    let decided: Option<AuditId> = audit::table
        .filter(audit::office_id.eq(office))
        .order(audit::id.desc())
        .select(audit::id)
        .first(connection)
        .optional()?;
    let received: Option<At> = result_entries::table
        .filter(result_entries::office_id.eq(office))
        .select(max(result_entries::received_at))
        .first(connection)?;
    let held = count_held(connection, scope)?;
    let decided = decided.map(|id| id.to_string()).unwrap_or_default();
    let received = received.map(|at| at.0.timestamp_micros()).unwrap_or_default();
    Ok(format!("{decided}.{received}.{held}"))
}
