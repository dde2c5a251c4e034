//! `backup` and `restore`, for SQLite; PostgreSQL has tools of its own.

use std::path::{Path, PathBuf};

use clap::Args;

use super::context::{CliError, Context, caller};
use super::{disk, print};
use crate::service::ServiceError;
use crate::store::backup::{RestoreError, back_up, restore};
use crate::store::{Address, Engine, StoreError};
use crate::wording::messages::message;

#[derive(Debug, Args)]
pub struct BackupArguments {
    file: PathBuf,
}

#[derive(Debug, Args)]
pub struct RestoreArguments {
    file: PathBuf,
}

pub fn run_backup(context: &Context, arguments: &BackupArguments) -> Result<(), CliError> {
    let address = sqlite_address(context)?;
    back_up(&address, &arguments.file).map_err(|error| of_file(context, &arguments.file, error))?;
    print::result(with_file(context, "backup-done", &arguments.file))?;
    Ok(())
}

/// Puts the file in place, then brings it to the tables of this program and leaves a trace of what was done.
pub async fn run_restore(context: &Context, arguments: &RestoreArguments) -> Result<(), CliError> {
    let address = sqlite_address(context)?;
    let stamp = context.clock.now().format("%Y%m%dT%H%M%SZ").to_string();
    let kept = restore(&address, &arguments.file, &stamp).map_err(|error| match error {
        RestoreError::InUse => CliError::failed(message(context.language, "restore-held", &[])),
        RestoreError::NoDatabase => CliError::failed(with_file(context, "restore-no-database", &arguments.file)),
        RestoreError::Store(error) => of_file(context, &arguments.file, error),
    })?;
    if let Some(kept) = kept {
        print::note(with_file(context, "restore-kept", &kept));
    }
    context.services()?.record_restore(&caller()).await.map_err(|error| context.failure(&error))?;
    print::result(with_file(context, "restore-done", &arguments.file))?;
    Ok(())
}

fn sqlite_address(context: &Context) -> Result<Address, CliError> {
    let address = Address::parse(&context.settings.database.url);
    let address = address.map_err(|error| context.failure(&ServiceError::from(error)))?;
    match address.engine() {
        Engine::Sqlite => Ok(address),
        Engine::Postgres => Err(CliError::failed(message(context.language, "backup-postgres", &[]))),
    }
}

fn of_file(context: &Context, file: &Path, error: StoreError) -> CliError {
    match disk::behind(&error) {
        Some(told) => context.disk_failure(file, told),
        None => context.failure(&ServiceError::from(error)),
    }
}

fn with_file(context: &Context, id: &str, file: &Path) -> String {
    message(context.language, id, &[("file", file.display().to_string())])
}
