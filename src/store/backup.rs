//! Copies of an SQLite database: taken while others read and write, put back only while nobody uses the file.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::deserialize::QueryableByName;
use diesel::sql_types::Text;
use diesel::{Connection, RunQueryDsl, SqliteConnection};

use super::connection::{Address, AnyConnection};
use super::error::StoreError;
use super::usage;

/// Why a backup was not put in place. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A server or another command uses the database.
    #[error("the database is in use")]
    InUse,
    /// The file is no database of this program, or a damaged one.
    #[error("not an intact backup")]
    NoDatabase,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<io::Error> for RestoreError {
    fn from(error: io::Error) -> Self {
        Self::Store(StoreError::unavailable(error))
    }
}

/// Writes a consistent, compact copy of the database to `path` while others go on reading and writing. The copy is on
/// disk and whole before it has its name.
///
/// # Errors
/// [`StoreError::Unavailable`] if the file exists or cannot be written, [`StoreError::Address`] on PostgreSQL.
pub fn copy_into(connection: &mut AnyConnection, path: &Path) -> Result<(), StoreError> {
    let AnyConnection::Sqlite(sqlite) = connection else { return Err(StoreError::Address) };
    if path.exists() {
        return Err(StoreError::unavailable(io::Error::from(io::ErrorKind::AlreadyExists)));
    }
    let unfinished = beside(path, "unfinished");
    fs::remove_file(&unfinished).or_else(unless_missing).map_err(StoreError::unavailable)?;
    let copied =
        copy(sqlite, &unfinished).and_then(|()| fs::rename(&unfinished, path).map_err(StoreError::unavailable));
    if copied.is_err() {
        fs::remove_file(&unfinished).ok();
    }
    copied
}

/// As [`copy_into`], from an address. A database that does not exist is not made.
///
/// # Errors
/// As [`copy_into`]; [`StoreError::NotMigrated`] if there is none yet.
pub fn back_up(address: &Address, path: &Path) -> Result<(), StoreError> {
    if address.sqlite_path().is_some_and(|file| !file.exists()) {
        return Err(StoreError::NotMigrated);
    }
    copy_into(&mut address.open().map_err(StoreError::unavailable)?, path)
}

/// Puts the backup in `file` in the place of the database and answers where the old one is kept: beside it, as
/// `<name>.before-restore-<stamp>`.
///
/// # Errors
/// See [`RestoreError`].
pub fn restore(address: &Address, file: &Path, stamp: &str) -> Result<Option<PathBuf>, RestoreError> {
    let path = address.sqlite_path().ok_or(StoreError::Address)?;
    let _alone = usage::claim(path).map_err(|error| match error {
        TryLockError::WouldBlock => RestoreError::InUse,
        TryLockError::Error(error) => error.into(),
    })?;
    let ready = beside(path, "restoring");
    fs::remove_file(&ready).or_else(unless_missing)?;
    open_backup(file).and_then(|mut backup| Ok(copy(&mut backup, &ready)?)).inspect_err(|_| {
        fs::remove_file(&ready).ok();
    })?;
    let kept = if path.exists() { Some(keep(path, stamp)?) } else { None };
    if let Some(kept) = &kept {
        take_after(kept, &ready)?;
    }
    fs::rename(&ready, path)?;
    Ok(kept)
}

/// Keeps the database under another name. It also keeps its own until the backup takes it, so that whenever the machine
/// stops there is a database in its place.
fn keep(path: &Path, stamp: &str) -> Result<PathBuf, RestoreError> {
    // What is only in the log of a server that died goes into the file; a file too broken for that is kept as it is.
    if let Ok(mut old) = SqliteConnection::establish(&path.to_string_lossy()) {
        old.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").ok();
    }
    let kept = beside(path, &format!("before-restore-{stamp}"));
    fs::hard_link(path, &kept).or_else(|_| fs::copy(path, &kept).map(drop))?;
    for log in ["-wal", "-shm"] {
        // A log that stayed belongs to the old file and would spoil the new one.
        fs::rename(with_suffix(path, log), with_suffix(&kept, log)).or_else(unless_missing)?;
    }
    Ok(kept)
}

/// Gives the new file the rights of the old one: whoever restores is often not whom the server runs as.
fn take_after(old: &Path, new: &Path) -> io::Result<()> {
    let facts = fs::metadata(old)?;
    fs::set_permissions(new, facts.permissions())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        // Only root may give a file away; anybody else keeps what is his.
        chown(new, Some(facts.uid()), Some(facts.gid())).ok();
    }
    Ok(())
}

/// A backup that is whole and has our tables.
fn open_backup(file: &Path) -> Result<SqliteConnection, RestoreError> {
    #[derive(QueryableByName)]
    struct Verdict {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    // SQLite makes a file that does not exist.
    File::open(file)?;
    let mut backup = SqliteConnection::establish(&file.to_string_lossy()).map_err(|_| RestoreError::NoDatabase)?;
    let verdicts: Vec<Verdict> =
        diesel::sql_query("PRAGMA integrity_check").load(&mut backup).map_err(|_| RestoreError::NoDatabase)?;
    let whole = verdicts.iter().all(|verdict| verdict.integrity_check == "ok");
    let ours = backup.batch_execute("SELECT id FROM offices LIMIT 1; SELECT id FROM audit LIMIT 1;").is_ok();
    if whole && ours { Ok(backup) } else { Err(RestoreError::NoDatabase) }
}

/// Copies a database to a file and waits until it is on disk.
fn copy(from: &mut SqliteConnection, to: &Path) -> Result<(), StoreError> {
    let quoted = to.to_string_lossy().replace('\'', "''");
    from.batch_execute(&format!("VACUUM INTO '{quoted}'")).map_err(StoreError::unavailable)?;
    File::open(to).and_then(|file| file.sync_all()).map_err(StoreError::unavailable)
}

fn unless_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    with_suffix(path, &format!(".{ending}"))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
