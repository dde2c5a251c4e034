//! Which events the totals of an office consist of: their sum takes the total's place until the split is undone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{EventId, OfficeId, TotalId, UserId};
use crate::domain::permission::OfficeScope;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::total_splits;

/// The events of each of these totals; totals that are not split are left out.
pub fn list_splits(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    totals: &[TotalId],
) -> Result<BTreeMap<TotalId, Vec<EventId>>, StoreError> {
    let rows: Vec<(TotalId, EventId)> = total_splits::table
        .filter(total_splits::office_id.eq(scope.office_id()).and(total_splits::total_id.eq_any(totals)))
        .order((total_splits::total_id, total_splits::event_id))
        .select((total_splits::total_id, total_splits::event_id))
        .load(connection)?;
    let mut splits = BTreeMap::<TotalId, Vec<EventId>>::new();
    for (total, event) in rows {
        splits.entry(total).or_default().push(event);
    }
    Ok(splits)
}

/// The totals of these offices that are split.
pub fn list_split_totals(connection: &mut AnyConnection, offices: &[OfficeId]) -> Result<Vec<TotalId>, StoreError> {
    let split = total_splits::table.filter(total_splits::office_id.eq_any(offices)).select(total_splits::total_id);
    Ok(split.distinct().load(connection)?)
}

pub fn insert_split(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    total: TotalId,
    events: &[EventId],
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in events.chunks(super::ROWS_PER_INSERT) {
        let row = |event: &EventId| {
            (
                total_splits::office_id.eq(scope.office_id()),
                total_splits::total_id.eq(total),
                total_splits::event_id.eq(*event),
                total_splits::recorded_at.eq(At(now)),
                total_splits::recorded_by.eq(by),
            )
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        each!(connection, |c| diesel::insert_into(total_splits::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Undoes the split of a total; says of how many events.
pub fn delete_split(connection: &mut AnyConnection, scope: OfficeScope, total: TotalId) -> Result<usize, StoreError> {
    let own = total_splits::office_id.eq(scope.office_id()).and(total_splits::total_id.eq(total));
    Ok(diesel::delete(total_splits::table.filter(own)).execute(connection)?)
}
