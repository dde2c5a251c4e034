//! Brings a database to the tables that this program knows. The migrations are embedded; one process at a time runs
//! them, held by a lock beside the SQLite file or an advisory lock in PostgreSQL, so that two may start together.

use std::fs::File;
use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{Address, AnyConnection};
use super::database::transact;
use super::error::StoreError;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Any number that no other program takes on the same PostgreSQL database.
const LOCK_KEY: i64 = 7_203_566_187_202_611;

/// What [`run`] found to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrated {
    /// Versions that were applied now.
    pub applied: Vec<String>,
    /// The copy of an SQLite file that already had tables, taken before they changed.
    pub backup: Option<PathBuf>,
}

/// Applies what is missing, then lets `seed` fill the reference tables, all under the lock.
///
/// # Errors
/// [`StoreError::Unavailable`] if database or lock are out of reach; [`StoreError::Broken`] if a migration fails.
pub fn run(
    address: &Address,
    backup_to: Option<PathBuf>,
    seed: impl FnOnce(&mut AnyConnection) -> Result<(), StoreError>,
) -> Result<Migrated, StoreError> {
    let _file = lock_file(address)?;
    let mut connection = address.open().map_err(StoreError::unavailable)?;
    lock_database(&mut connection)?;
    let is_new = connection.applied_migrations().map_err(StoreError::broken)?.is_empty();
    let pending = connection.has_pending_migration(MIGRATIONS).map_err(StoreError::broken)?;
    let backup = backup_to.filter(|_| pending && !is_new && address.sqlite_path().is_some());
    if let Some(path) = &backup {
        super::backup::copy_into(&mut connection, path)?;
    }
    let applied = connection.run_pending_migrations(MIGRATIONS).map_err(StoreError::broken)?;
    let applied = applied.into_iter().map(|version| version.to_string()).collect();
    transact(&mut connection, seed)?;
    Ok(Migrated { applied, backup })
}

/// Whether the tables are those of this program.
///
/// # Errors
/// [`StoreError::NotMigrated`] if they are not, [`StoreError::Unavailable`] if the database is out of reach.
pub fn check(address: &Address) -> Result<(), StoreError> {
    let mut connection = address.open().map_err(StoreError::unavailable)?;
    match connection.has_pending_migration(MIGRATIONS) {
        Ok(false) => Ok(()),
        Ok(true) => Err(StoreError::NotMigrated),
        Err(error) => Err(StoreError::broken(error)),
    }
}

/// Undoes every migration: for tests of the migrations themselves.
///
/// # Errors
/// [`StoreError::Broken`] if a migration cannot be undone.
pub fn revert_all(address: &Address) -> Result<(), StoreError> {
    let mut connection = address.open().map_err(StoreError::unavailable)?;
    connection.revert_all_migrations(MIGRATIONS).map(drop).map_err(StoreError::broken)
}

/// Held until the file is closed, also when the process dies.
fn lock_file(address: &Address) -> Result<Option<File>, StoreError> {
    let Some(path) = address.sqlite_path() else { return Ok(None) };
    let file = File::create(path.with_extension("lock")).map_err(StoreError::unavailable)?;
    file.lock().map_err(StoreError::unavailable)?;
    Ok(Some(file))
}

/// Held until the connection closes.
fn lock_database(connection: &mut AnyConnection) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(postgres) = connection {
        // The wait for another migrator may outlast the lock time-out of ordinary statements.
        postgres.batch_execute(&format!("SET lock_timeout = 0; SELECT pg_advisory_lock({LOCK_KEY});"))?;
    }
    Ok(())
}
