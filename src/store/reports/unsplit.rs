//! Inexact totals of outreach days that have not been split: nobody knows yet which venues their activations belong to.
//! One is split when somebody named the events that it consists of, or when the exact counts of its day reach it. Called by the ranking, which lists what it leaves out.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::event::{EventKind, EventState, Precision, Reporting};
use crate::domain::figure::Figure;
use crate::domain::id::TotalId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::total::{Channel, is_split};
use crate::domain::venue::VenueKind;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::queries::splits::list_split_totals;
use crate::store::schema::{event_day_counts, event_days, events, office_totals, venues};

/// The approximate figures and ranges that stand for `days`, of one kind of venue or of all, without those that were split.
pub fn list_unsplit_figures(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    days: DateRange,
    kind: Option<VenueKind>,
) -> Result<Vec<Figure>, StoreError> {
    let mut totals = load_totals(connection, scope, days, kind)?;
    let split: BTreeSet<TotalId> = list_split_totals(connection, &[scope.office_id()])?.into_iter().collect();
    totals.retain(|total| !split.contains(&total.id));
    totals.retain(|total| matches!(total.figure, Figure::Approximate(_) | Figure::Range { .. }));
    let dates: BTreeSet<NaiveDate> = totals.iter().map(|total| total.date).collect();
    let counted = if dates.is_empty() { Vec::new() } else { load_exact(connection, scope, dates)? };
    let sum_of = |total: &Total| -> i64 {
        let same = |day: &&ExactDay| day.date == total.date && (total.kind.is_none() || day.kind == total.kind);
        counted.iter().filter(same).map(|day| day.activated).sum()
    };
    Ok(totals.iter().filter(|total| !is_split(total.figure, sum_of(total))).map(|total| total.figure).collect())
}

struct Total {
    id: TotalId,
    date: NaiveDate,
    kind: Option<VenueKind>,
    figure: Figure,
}

fn load_totals(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    days: DateRange,
    kind: Option<VenueKind>,
) -> Result<Vec<Total>, StoreError> {
    type Row = (TotalId, NaiveDate, Option<VenueKind>, String);
    let mut query = office_totals::table
        .filter(office_totals::office_id.eq(scope.office_id()))
        .filter(office_totals::date.between(days.first(), days.last()))
        .filter(office_totals::channel.eq(Channel::Outreach).and(office_totals::withdrawn_at.is_null()))
        .select((office_totals::id, office_totals::date, office_totals::venue_kind, office_totals::figure))
        .into_boxed::<MultiBackend>();
    if let Some(kind) = kind {
        query = query.filter(office_totals::venue_kind.eq(kind.as_str()));
    }
    let rows: Vec<Row> = query.load(connection)?;
    let read = |(id, date, kind, figure): Row| {
        Ok(Total { id, date, kind, figure: figure.parse().map_err(StoreError::broken)? })
    };
    rows.into_iter().map(read).collect()
}

/// What was counted exactly at an event-day of outreach.
struct ExactDay {
    date: NaiveDate,
    /// None as long as an unplanned event has no venue.
    kind: Option<VenueKind>,
    activated: i64,
}

fn load_exact(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    dates: BTreeSet<NaiveDate>,
) -> Result<Vec<ExactDay>, StoreError> {
    let of_event = events::office_id.eq(event_days::office_id).and(events::id.eq(event_days::event_id));
    let of_day = event_day_counts::office_id
        .eq(event_days::office_id)
        .and(event_day_counts::event_id.eq(event_days::event_id))
        .and(event_day_counts::date.eq(event_days::date));
    let of_venue = venues::office_id.eq(events::office_id).and(events::venue_id.eq(venues::id.nullable()));
    let released = [EventState::NotHeld, EventState::Cancelled, EventState::Postponed];
    let rows: Vec<(NaiveDate, Option<VenueKind>, i64)> = event_days::table
        .inner_join(events::table.on(of_event))
        .inner_join(event_day_counts::table.on(of_day))
        .left_join(venues::table.on(of_venue))
        .filter(event_days::office_id.eq(scope.office_id()).and(event_days::date.eq_any(dates)))
        .filter(event_days::precision.eq(Precision::Exact).and(event_day_counts::outcome.eq(Outcome::Activated)))
        .filter(events::kind.eq(EventKind::Outreach).and(events::reporting.ne(Reporting::Unreported)))
        .filter(events::state.ne_all(released))
        .select((event_days::date, venues::kind.nullable(), event_day_counts::n))
        .load(connection)?;
    Ok(rows.into_iter().map(|(date, kind, n)| ExactDay { date, kind, activated: n.max(0) }).collect())
}
