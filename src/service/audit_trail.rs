//! The audit trail, read by those who answer for it: of an office, and of the installation. Each use case writes its own
//! records; nobody changes them.

use super::desk::{Caller, Desk, Services, WideDesk};
use super::error::ServiceError;
use crate::domain::audit::AuditEntry;
use crate::domain::id::AuditId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{ReadTrail, ReadWideTrail};
use crate::domain::region::RegionCode;
use crate::store::queries::audit as store;

pub use crate::store::queries::audit::AuditFilter;

impl Services {
    /// One page of an office's trail, newest first, with what was done to its users, tokens and holidays.
    pub async fn list_audit(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: AuditFilter,
        cut: Cut<AuditId>,
    ) -> Result<Page<AuditEntry>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, ReadTrail>| {
            let region = desk.office().code.clone();
            Ok(store::list_audit(desk.connection, desk.scope(), &region, &filter, &cut)?)
        })
        .await
    }

    /// One page of the installation's trail within the admin's scope, newest first: offices, users, tokens, holidays.
    pub async fn list_wide_audit(
        &self,
        caller: &Caller,
        filter: AuditFilter,
        cut: Cut<AuditId>,
    ) -> Result<Page<AuditEntry>, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, ReadWideTrail>| {
            Ok(store::list_wide_audit(desk.connection, &desk.permit.reach(), &filter, &cut)?)
        })
        .await
    }
}
