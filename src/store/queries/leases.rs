//! Periodic work that one process does for all: its row says when it is due again and who is at it now.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::leases;

/// Whether work of this name is due and free; asked before [`take_lease`], because it writes nothing.
pub fn is_due(connection: &mut AnyConnection, name: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    type Row = (At, Option<At>);
    let row: Option<Row> = leases::table
        .filter(leases::name.eq(name))
        .select((leases::due_at, leases::lease_until))
        .get_result(connection)
        .optional()?;
    Ok(row.is_none_or(|(due, until)| due.0 <= now && until.is_none_or(|until| until.0 < now)))
}

/// Takes the work up to `until`; false if it is not due, or another process is at it.
pub fn take_lease(
    connection: &mut AnyConnection,
    name: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = (leases::name.eq(name), leases::due_at.eq(At(now)));
    each!(connection, |c| diesel::insert_into(leases::table)
        .values(row)
        .on_conflict(leases::name)
        .do_nothing()
        .execute(c))?;
    let free = leases::table
        .filter(leases::name.eq(name).and(leases::due_at.le(At(now))))
        .filter(leases::lease_until.is_null().or(leases::lease_until.lt(At(now))));
    let taken = diesel::update(free).set(leases::lease_until.eq(At(until))).execute(connection)?;
    Ok(taken == 1)
}

/// Gives the work back, due again at `due`.
pub fn return_lease(connection: &mut AnyConnection, name: &str, due: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(leases::table.filter(leases::name.eq(name)))
        .set((leases::due_at.eq(At(due)), leases::lease_until.eq(None::<At>)))
        .execute(connection)?;
    Ok(())
}
