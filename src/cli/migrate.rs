//! `migrate`.

use super::context::{CliError, Context};
use super::print;
use crate::app;
use crate::service::ServiceError;
use crate::wording::messages::message;

/// Applies the missing migrations and says which.
pub fn run(context: &Context) -> Result<(), CliError> {
    let migrated = app::migrate_database(&context.settings, &context.clock)
        .map_err(|error| context.failure(&ServiceError::from(error)))?;
    if let Some(backup) = migrated.backup {
        print::note(message(context.language, "backup-done", &[("file", backup.display().to_string())]));
    }
    for version in migrated.applied {
        print::result(version)?;
    }
    Ok(())
}
