//! Copies of an SQLite database: taken online, put back only while nobody holds the file.

use std::path::Path;

use diesel::connection::SimpleConnection;

use super::connection::{Address, AnyConnection};
use super::error::StoreError;

/// Writes a consistent, compact copy of the database to `path` while others go on reading and writing.
///
/// # Errors
/// [`StoreError::Unavailable`] if the file exists or cannot be written, [`StoreError::Address`] on PostgreSQL.
pub fn copy_into(connection: &mut AnyConnection, path: &Path) -> Result<(), StoreError> {
    let AnyConnection::Sqlite(sqlite) = connection else { return Err(StoreError::Address) };
    if path.exists() {
        return Err(StoreError::unavailable(format!("{} exists already", path.display())));
    }
    let quoted = path.to_string_lossy().replace('\'', "''");
    sqlite.batch_execute(&format!("VACUUM INTO '{quoted}'")).map_err(StoreError::unavailable)
}

/// As [`copy_into`], from an address.
///
/// # Errors
/// As [`copy_into`].
pub fn back_up(address: &Address, path: &Path) -> Result<(), StoreError> {
    copy_into(&mut address.open().map_err(StoreError::unavailable)?, path)
}
