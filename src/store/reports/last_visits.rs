//! When a team was last at each venue, reported or not: what the map shows as recent. One statement.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::event::{EventKind, EventState};
use crate::domain::id::VenueId;
use crate::domain::permission::OfficeScope;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_days, events};

/// The last day of outreach that took place at each venue, `today` included where it is under way or done. A confirmed
/// day that is past counts as held, as everywhere until somebody says otherwise.
pub fn list_last_visits(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    today: NaiveDate,
) -> Result<BTreeMap<VenueId, NaiveDate>, StoreError> {
    let same_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let held = events::state.eq_any([EventState::Ongoing, EventState::Done]).and(event_days::date.le(today));
    let past = events::state.eq(EventState::Confirmed).and(event_days::date.lt(today));
    let rows: Vec<(Option<VenueId>, Option<NaiveDate>)> = event_days::table
        .inner_join(events::table.on(same_event))
        .filter(event_days::office_id.eq(scope.office_id()).and(events::kind.eq(EventKind::Outreach)))
        .filter(held.or(past))
        .group_by(events::venue_id)
        .select((events::venue_id, max(event_days::date)))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(venue, date)| venue.zip(date)).collect())
}
