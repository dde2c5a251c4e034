//! Who uses an SQLite file: every process that opens the database holds a shared lock on the file `<name>.serving` beside
//! it, so that a restore can tell whether it is alone. The lock ends with the process, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Held while this process uses the database; waits for a restore that is under way.
pub fn hold(database: &Path) -> io::Result<File> {
    let file = open(database)?;
    file.lock_shared()?;
    Ok(file)
}

/// Held while nobody else may use the database.
pub fn claim(database: &Path) -> Result<File, TryLockError> {
    let file = open(database).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

fn open(database: &Path) -> io::Result<File> {
    let mut name = database.as_os_str().to_owned();
    name.push(".serving");
    // To lock a file it need not be written, and another user may have made it.
    File::open(&name).or_else(|_| File::create(&name))
}
