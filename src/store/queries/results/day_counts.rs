//! The sums of the ledger by event-day and outcome, kept in the transaction that adds to the ledger.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::domain::id::{EventId, OfficeId};
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::permission::OfficeScope;
use crate::store::connection::{AnyConnection, each, in_parts};
use crate::store::error::StoreError;
use crate::store::schema::event_day_counts;

#[derive(Insertable)]
#[diesel(table_name = event_day_counts, treat_none_as_default_value = false)]
struct DayCountRow {
    office_id: OfficeId,
    event_id: EventId,
    date: NaiveDate,
    outcome: Outcome,
    n: i64,
}

/// Adds to the sums of event-days. A zero makes its row too: it was counted.
pub fn add_to_day_counts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    changes: &BTreeMap<(EventId, NaiveDate), Counts>,
) -> Result<(), StoreError> {
    let office_id = scope.office_id();
    let rows: Vec<_> = changes
        .iter()
        .flat_map(|((event, date), counts)| counts.iter().map(|(outcome, n)| (*event, *date, outcome, n)))
        .map(|(event_id, date, outcome, n)| DayCountRow { office_id, event_id, date, outcome, n })
        .collect();
    in_parts!(&rows, |part| each!(connection, |c| diesel::insert_into(event_day_counts::table)
        .values(part)
        .on_conflict((
            event_day_counts::office_id,
            event_day_counts::event_id,
            event_day_counts::date,
            event_day_counts::outcome,
        ))
        .do_update()
        .set(event_day_counts::n.eq(event_day_counts::n + excluded(event_day_counts::n)))
        .execute(c))?);
    Ok(())
}

/// The sums of these events by day, as they stand: a count may be below zero.
pub fn list_day_counts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[EventId],
) -> Result<BTreeMap<(EventId, NaiveDate), Counts>, StoreError> {
    let rows: Vec<(EventId, NaiveDate, Outcome, i64)> = event_day_counts::table
        .filter(event_day_counts::office_id.eq(scope.office_id()).and(event_day_counts::event_id.eq_any(events)))
        .select((event_day_counts::event_id, event_day_counts::date, event_day_counts::outcome, event_day_counts::n))
        .load(connection)?;
    let mut days: BTreeMap<(EventId, NaiveDate), Counts> = BTreeMap::new();
    for (event, date, outcome, n) in rows {
        days.entry((event, date)).or_default().count(outcome, n);
    }
    Ok(days)
}
