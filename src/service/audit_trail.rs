//! The audit trail of an office, read by those who answer for it. Each use case writes its own records; nobody changes them.

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::audit::AuditEntry;
use crate::domain::id::AuditId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::ReadTrail;
use crate::domain::region::RegionCode;
use crate::store::queries::audit as store;

impl Services {
    /// One page of the trail, newest first, of one subject (a code, an id, a login) or of all.
    pub async fn list_audit(
        &self,
        caller: &Caller,
        office: &RegionCode,
        subject: Option<String>,
        cut: Cut<AuditId>,
    ) -> Result<Page<AuditEntry>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, ReadTrail>| {
            let office = desk.scope().office_id();
            Ok(store::list_audit(desk.connection, office, subject.as_deref(), &cut)?)
        })
        .await
    }
}
