//! The events of one day with what was counted at them: what a total of the office may consist of.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::event::{EventKind, EventState, Precision, Reporting};
use crate::domain::id::{EventId, TotalId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::text::Name;
use crate::domain::venue::VenueKind;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_day_counts, event_days, events, office_totals, total_splits, venues};

/// An event on one of its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayEvent {
    pub id: EventId,
    pub title: Name,
    pub kind: EventKind,
    /// None as long as an unplanned event has no venue.
    pub venue_kind: Option<VenueKind>,
    pub venue: Option<Name>,
    /// In-area activations; none while nothing is reported.
    pub activated: Option<i64>,
    pub precision: Precision,
}

/// The events of a day that took place, by title.
pub fn list_day_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    date: NaiveDate,
) -> Result<Vec<DayEvent>, StoreError> {
    type Row = ((EventId, Name, EventKind, Reporting), (Option<VenueKind>, Option<Name>), Precision);
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let of_venue = venues::office_id.eq(events::office_id).and(events::venue_id.eq(venues::id.nullable()));
    let gone = [EventState::NotHeld, EventState::Cancelled, EventState::Postponed];
    let rows: Vec<Row> = event_days::table
        .inner_join(events::table.on(of_event))
        .left_join(venues::table.on(of_venue))
        .filter(event_days::office_id.eq(scope.office_id()).and(event_days::date.eq(date)))
        .filter(events::state.ne_all(gone))
        .order((events::title, events::id))
        .select((
            (events::id, events::title, events::kind, events::reporting),
            (venues::kind.nullable(), venues::name.nullable()),
            event_days::precision,
        ))
        .load(connection)?;
    let counts: Vec<(EventId, i64)> = event_day_counts::table
        .filter(event_day_counts::office_id.eq(scope.office_id()).and(event_day_counts::date.eq(date)))
        .filter(event_day_counts::outcome.eq(Outcome::Activated))
        .select((event_day_counts::event_id, event_day_counts::n))
        .load(connection)?;
    let counts: BTreeMap<EventId, i64> = counts.into_iter().collect();
    let event = |((id, title, kind, reporting), (venue_kind, venue), precision): Row| {
        let counted = counts.get(&id).copied().unwrap_or(0).max(0);
        let activated = (reporting != Reporting::Unreported).then_some(counted);
        DayEvent { id, title, kind, venue_kind, venue, activated, precision }
    };
    Ok(rows.into_iter().map(event).collect())
}

/// The events of these totals that are split, with what was counted at them on the total's day.
pub fn list_split_sums(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    totals: &[TotalId],
) -> Result<BTreeMap<TotalId, (usize, i64)>, StoreError> {
    let of_total =
        office_totals::office_id.eq(total_splits::office_id).and(office_totals::id.eq(total_splits::total_id));
    let of_day = event_day_counts::office_id
        .eq(total_splits::office_id)
        .and(event_day_counts::event_id.eq(total_splits::event_id))
        .and(event_day_counts::date.eq(office_totals::date))
        .and(event_day_counts::outcome.eq(Outcome::Activated));
    let rows: Vec<(TotalId, Option<i64>)> = total_splits::table
        .inner_join(office_totals::table.on(of_total))
        .left_join(event_day_counts::table.on(of_day))
        .filter(total_splits::office_id.eq(scope.office_id()).and(total_splits::total_id.eq_any(totals)))
        .select((total_splits::total_id, event_day_counts::n.nullable()))
        .load(connection)?;
    let mut sums = BTreeMap::<TotalId, (usize, i64)>::new();
    for (total, n) in rows {
        let (events, sum) = sums.entry(total).or_default();
        *events += 1;
        *sum = sum.saturating_add(n.unwrap_or(0).max(0));
    }
    Ok(sums)
}
