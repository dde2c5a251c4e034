//! Writes that mean nothing: whether the database takes one, and what one costs.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::leases;

/// The row of `leases` that remembers the last test of the database; no work goes by this name.
const ROW: &str = "database.test";

/// Takes the write lock of this transaction and changes nothing.
pub fn touch(connection: &mut AnyConnection) -> Result<(), StoreError> {
    // No office has an empty code: the statement needs a writable database, yet finds no row.
    Ok(connection.batch_execute("UPDATE offices SET name = name WHERE code = ''")?)
}

/// Stores when it was asked: only a write that needs room on the disk tells that there is some.
pub fn test_write(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = (leases::name.eq(ROW), leases::due_at.eq(At(now)));
    each!(connection, |c| diesel::insert_into(leases::table)
        .values(row)
        .on_conflict(leases::name)
        .do_update()
        .set(leases::due_at.eq(excluded(leases::due_at)))
        .execute(c))?;
    Ok(())
}
