//! A write that leaves no trace: asks whether the database would take one.

use diesel::connection::SimpleConnection;

use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;

/// Takes the write lock of this transaction and changes nothing.
pub fn touch(connection: &mut AnyConnection) -> Result<(), StoreError> {
    // No office has an empty code: the statement needs a writable database, yet finds no row.
    Ok(connection.batch_execute("UPDATE offices SET name = name WHERE code = ''")?)
}
