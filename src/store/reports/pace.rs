//! What the pace reads of the ledger: sums of event-days, totals of single days, and since when anything is counted. A few
//! queries for as many offices as are asked for, whatever they hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::dsl::min;
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::event::{EventKind, EventState, Precision, Reporting};
use crate::domain::id::{OfficeId, TotalId};
use crate::domain::outcome::Outcome;
use crate::domain::pace::{CountedDay, ToldDay};
use crate::domain::region::RegionCode;
use crate::domain::total::Channel;
use crate::domain::venue::VenueKind;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::queries::splits::list_split_totals;
use crate::store::schema::{event_day_counts, event_days, events, office_totals, venues};

/// A day of an office and a region of it; events without a venue have none.
pub type CountedPlace = (OfficeId, Option<RegionCode>, CountedDay);

/// In-area activations of these offices, by day, place, channel and precision.
pub fn list_counted_days(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    days: DateRange,
) -> Result<Vec<CountedPlace>, StoreError> {
    type Row = (OfficeId, Option<RegionCode>, Option<VenueKind>, NaiveDate, EventKind, Precision, i64);
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let of_day = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date));
    let of_venue = venues::office_id.eq(events::office_id).and(events::venue_id.eq(venues::id.nullable()));
    let rows: Vec<Row> = event_days::table
        .inner_join(events::table.on(of_event))
        .inner_join(event_day_counts::table.on(of_day))
        .left_join(venues::table.on(of_venue))
        .filter(event_days::office_id.eq_any(offices).and(event_days::date.between(days.first(), days.last())))
        .filter(event_day_counts::outcome.eq(Outcome::Activated).and(events::reporting.ne(Reporting::Unreported)))
        .filter(events::state.ne_all(RELEASED))
        .select((
            event_days::office_id,
            venues::region_code.nullable(),
            venues::kind.nullable(),
            event_days::date,
            events::kind,
            event_days::precision,
            event_day_counts::n,
        ))
        .load(connection)?;
    let mut sums = BTreeMap::<(OfficeId, Option<RegionCode>, NaiveDate, Channel, Option<VenueKind>, bool), i64>::new();
    for (office, region, kind, date, event_kind, precision, n) in rows {
        let key = (office, region, date, channel(event_kind), kind, precision == Precision::Approximate);
        let sum = sums.entry(key).or_default();
        *sum = sum.saturating_add(n.max(0));
    }
    let day = |((office, region, date, channel, kind, approximate), activated)| {
        (office, region, CountedDay { date, channel, kind, activated, approximate })
    };
    Ok(sums.into_iter().map(day).collect())
}

/// Totals of these offices for days within `days` that are not withdrawn.
pub fn list_told_days(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    days: DateRange,
) -> Result<Vec<(OfficeId, ToldDay)>, StoreError> {
    type Row = (OfficeId, TotalId, NaiveDate, Channel, Option<VenueKind>, String);
    let rows: Vec<Row> = office_totals::table
        .filter(office_totals::office_id.eq_any(offices).and(office_totals::withdrawn_at.is_null()))
        .filter(office_totals::date.between(days.first(), days.last()))
        .order((office_totals::office_id, office_totals::date, office_totals::id))
        .select((
            office_totals::office_id,
            office_totals::id,
            office_totals::date,
            office_totals::channel,
            office_totals::venue_kind,
            office_totals::figure,
        ))
        .load(connection)?;
    let split: BTreeSet<TotalId> = list_split_totals(connection, offices)?.into_iter().collect();
    let day = |(office, id, date, channel, kind, figure): Row| {
        let figure = figure.parse().map_err(StoreError::broken)?;
        Ok((office, ToldDay { date, channel, kind, figure, is_split: split.contains(&id) }))
    };
    rows.into_iter().map(day).collect()
}

/// The first day of each office for which anything was counted at an event.
pub fn list_first_counted(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
) -> Result<BTreeMap<OfficeId, NaiveDate>, StoreError> {
    let counted = events::office_id.eq_any(offices).and(events::reporting.ne(Reporting::Unreported));
    let rows: Vec<(OfficeId, Option<NaiveDate>)> = events::table
        .filter(counted.and(events::state.ne_all(RELEASED)))
        .group_by(events::office_id)
        .select((events::office_id, min(events::first_day)))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(office, date)| Some((office, date?))).collect())
}

/// Events that did not take place; what was counted at one of them waits for a decision.
const RELEASED: [EventState; 3] = [EventState::NotHeld, EventState::Cancelled, EventState::Postponed];

fn channel(kind: EventKind) -> Channel {
    match kind {
        EventKind::Outreach => Channel::Outreach,
        EventKind::Counter => Channel::Counter,
        EventKind::Briefing => Channel::Other,
    }
}
