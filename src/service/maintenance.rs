//! What is done to the installation as a whole.

use super::desk::{Caller, Services, WideDesk};
use super::error::ServiceError;
use crate::domain::audit::Change;
use crate::domain::permission::Administer;
use crate::domain::staff::Scope;

impl Services {
    /// Leaves a trace, in the restored database, that it was restored.
    pub async fn record_restore(&self, caller: &Caller) -> Result<(), ServiceError> {
        self.write_wide(caller, |desk: &mut WideDesk<'_, Administer>| {
            desk.record(&Scope::NATION, Change::new("installation.restored", "installation", "database"))
        })
        .await
    }
}
