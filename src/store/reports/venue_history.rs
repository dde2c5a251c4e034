//! What was ever counted on a day at the venue of an event, other events only: what a new count is held against.

use diesel::prelude::*;

use crate::domain::event::warnings::VenueHistory;
use crate::domain::event::{EventKind, EventState, Precision, Reporting};
use crate::domain::id::{EventId, VenueId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_day_counts, event_days, events};

/// The event-days with an exact result at the event's venue; none for an event without a venue.
pub fn find_venue_history(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    event: EventId,
) -> Result<Option<VenueHistory>, StoreError> {
    let own = events::table.filter(events::office_id.eq(scope.office_id()).and(events::id.eq(event)));
    let venue: Option<Option<VenueId>> = own.select(events::venue_id).first(connection).optional()?;
    let Some(venue) = venue.flatten() else { return Ok(None) };
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let of_day = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date));
    let gone = [EventState::NotHeld, EventState::Cancelled, EventState::Postponed];
    let counts: Vec<i64> = event_days::table
        .inner_join(events::table.on(of_event))
        .inner_join(event_day_counts::table.on(of_day))
        .filter(event_days::office_id.eq(scope.office_id()).and(events::venue_id.eq(venue)))
        .filter(events::id.ne(event).and(events::kind.eq(EventKind::Outreach)))
        .filter(events::reporting.ne(Reporting::Unreported).and(events::state.ne_all(gone)))
        .filter(event_day_counts::outcome.eq(Outcome::Activated).and(event_days::precision.eq(Precision::Exact)))
        .select(event_day_counts::n)
        .load(connection)?;
    let days = i64::try_from(counts.len()).unwrap_or(i64::MAX);
    Ok(counts.into_iter().max().map(|most| VenueHistory { days, most }))
}
