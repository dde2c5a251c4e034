//! How several offices stand, side by side: a few sums for each, by index, for as many offices as a page shows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::today::UNREPORTED_STATES;
use crate::domain::dates::DateRange;
use crate::domain::event::{EventKind, Reporting};
use crate::domain::id::OfficeId;
use crate::domain::outcome::Outcome;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_day_counts, event_days, events};

/// How an office stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfficeStanding {
    /// Outreach events that ended without a result.
    pub unreported: i64,
    /// The last local date on which anything was counted.
    pub last_activity: Option<NaiveDate>,
    /// In-area activations of the week.
    pub activated: i64,
}

/// How these offices stand on `today`, in the week that `week` is; offices without anything are left out.
pub fn list_standings(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    today: NaiveDate,
    week: DateRange,
) -> Result<BTreeMap<OfficeId, OfficeStanding>, StoreError> {
    let mut standings: BTreeMap<OfficeId, OfficeStanding> = BTreeMap::new();
    for (office, count) in count_unreported(connection, offices, today)? {
        standings.entry(office).or_default().unreported = count;
    }
    for (office, date) in list_last_activity(connection, offices, today)? {
        standings.entry(office).or_default().last_activity = date;
    }
    for (office, n) in list_week(connection, offices, week)? {
        let standing = standings.entry(office).or_default();
        standing.activated = standing.activated.saturating_add(n.max(0));
    }
    Ok(standings)
}

fn count_unreported(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    today: NaiveDate,
) -> Result<Vec<(OfficeId, i64)>, StoreError> {
    let missing = events::office_id
        .eq_any(offices)
        .and(events::reporting.eq(Reporting::Unreported))
        .and(events::last_day.lt(today))
        .and(events::kind.eq(EventKind::Outreach))
        .and(events::state.eq_any(UNREPORTED_STATES));
    let counts = events::table.filter(missing).group_by(events::office_id).select((events::office_id, count_star()));
    Ok(counts.load(connection)?)
}

/// Reported events stand in an index by their last day; the day itself is not one that lies ahead.
fn list_last_activity(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    today: NaiveDate,
) -> Result<Vec<(OfficeId, Option<NaiveDate>)>, StoreError> {
    let counted = events::office_id.eq_any(offices).and(events::reporting.ne(Reporting::Unreported));
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let days = event_days::table
        .inner_join(events::table.on(of_event))
        .filter(counted.and(event_days::date.le(today)))
        .group_by(event_days::office_id)
        .select((event_days::office_id, max(event_days::date)));
    Ok(days.load(connection)?)
}

fn list_week(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    week: DateRange,
) -> Result<Vec<(OfficeId, i64)>, StoreError> {
    let of_day = event_days::office_id
        .eq(event_day_counts::office_id)
        .and(event_days::event_id.eq(event_day_counts::event_id))
        .and(event_days::date.eq(event_day_counts::date));
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let counts = event_days::table
        .inner_join(event_day_counts::table.on(of_day))
        .inner_join(events::table.on(of_event))
        .filter(event_days::office_id.eq_any(offices).and(event_days::date.between(week.first(), week.last())))
        .filter(event_day_counts::outcome.eq(Outcome::Activated).and(events::kind.eq(EventKind::Outreach)))
        .select((event_days::office_id, event_day_counts::n));
    Ok(counts.load(connection)?)
}
