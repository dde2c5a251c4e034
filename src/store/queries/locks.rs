//! Locks on periods, also those that were lifted.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::id::{LockId, UserId};
use crate::domain::lock::{PeriodLock, Reopening};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::text::Note;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::schema::period_locks;

type Row = (LockId, NaiveDate, NaiveDate, Option<Note>, At, Option<At>, Option<Note>);
type Columns = (
    period_locks::id,
    period_locks::first_day,
    period_locks::last_day,
    period_locks::note,
    period_locks::locked_at,
    period_locks::reopened_at,
    period_locks::reopen_reason,
);
const COLUMNS: Columns = (
    period_locks::id,
    period_locks::first_day,
    period_locks::last_day,
    period_locks::note,
    period_locks::locked_at,
    period_locks::reopened_at,
    period_locks::reopen_reason,
);

/// The locks in force: those that a judge of entries must know.
pub fn list_locks_in_force(connection: &mut AnyConnection, scope: OfficeScope) -> Result<Vec<PeriodLock>, StoreError> {
    let rows: Vec<Row> = period_locks::table
        .filter(period_locks::office_id.eq(scope.office_id()).and(period_locks::reopened_at.is_null()))
        .order(period_locks::id)
        .select(COLUMNS)
        .load(connection)?;
    rows.into_iter().map(lock).collect()
}

/// One page of all locks, by id.
pub fn list_locks(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    cut: &Cut<LockId>,
) -> Result<Page<PeriodLock>, StoreError> {
    let mut query = period_locks::table
        .filter(period_locks::office_id.eq(scope.office_id()))
        .order(period_locks::id)
        .limit(cut.limit_plus_one())
        .select(COLUMNS)
        .into_boxed::<MultiBackend>();
    if let Some(after) = cut.after {
        query = query.filter(period_locks::id.gt(after));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(lock).collect::<Result<_, _>>()?))
}

pub fn find_lock(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: LockId,
) -> Result<Option<PeriodLock>, StoreError> {
    let row: Option<Row> = period_locks::table
        .filter(period_locks::office_id.eq(scope.office_id()).and(period_locks::id.eq(id)))
        .select(COLUMNS)
        .first(connection)
        .optional()?;
    row.map(lock).transpose()
}

pub fn insert_lock(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    lock: &PeriodLock,
    by: Option<UserId>,
) -> Result<(), StoreError> {
    let row = (
        period_locks::office_id.eq(scope.office_id()),
        period_locks::id.eq(lock.id),
        period_locks::first_day.eq(lock.first),
        period_locks::last_day.eq(lock.last),
        period_locks::note.eq(&lock.note),
        period_locks::locked_at.eq(At(lock.locked_at)),
        period_locks::locked_by.eq(by),
    );
    diesel::insert_into(period_locks::table).values(row).execute(connection)?;
    Ok(())
}

/// Stores that a lock in force was lifted; false if it was lifted already.
pub fn reopen_lock(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: LockId,
    reopening: &Reopening,
    by: Option<UserId>,
) -> Result<bool, StoreError> {
    let in_force = period_locks::table.filter(
        period_locks::office_id
            .eq(scope.office_id())
            .and(period_locks::id.eq(id))
            .and(period_locks::reopened_at.is_null()),
    );
    let changed = diesel::update(in_force)
        .set((
            period_locks::reopened_at.eq(At(reopening.at)),
            period_locks::reopened_by.eq(by),
            period_locks::reopen_reason.eq(&reopening.reason),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

fn lock((id, first, last, note, locked_at, reopened_at, reason): Row) -> Result<PeriodLock, StoreError> {
    let reopened = match (reopened_at, reason) {
        (None, _) => None,
        (Some(at), Some(reason)) => Some(Reopening { at: at.0, reason }),
        (Some(_), None) => return Err(StoreError::broken(format!("lock {id} was reopened without a reason"))),
    };
    Ok(PeriodLock { id, first, last, note, locked_at: locked_at.0, reopened })
}
