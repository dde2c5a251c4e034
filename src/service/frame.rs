//! What stands around every page: who is signed in, and the office that the page belongs to.

use super::desk::{Caller, Services, WideDesk};
use super::error::ServiceError;
use crate::domain::office::Office;
use crate::domain::permission::Read;
use crate::domain::region::RegionCode;
use crate::domain::staff::User;
use crate::store::queries::{offices, users};

/// The reader of a page and where he is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub user: User,
    /// None on pages that belong to no office.
    pub office: Option<Office>,
}

impl Services {
    /// The frame of a page in `office`.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for an office that is missing or outside the reader's scope.
    pub async fn find_frame(&self, caller: &Caller, office: Option<RegionCode>) -> Result<Frame, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            let login = desk.permit.actor().signed_in().map(|user| user.login.clone());
            let login = login.ok_or(ServiceError::Unauthenticated)?;
            let user = users::find_user(desk.connection, &login)?.ok_or(ServiceError::Unauthenticated)?;
            let Some(code) = office else { return Ok(Frame { user, office: None }) };
            if !desk.permit.reach().contains(&code) {
                return Err(ServiceError::NotFound);
            }
            let office = offices::find_office(desk.connection, &code)?.ok_or(ServiceError::NotFound)?;
            Ok(Frame { user, office: Some(office) })
        })
        .await
    }
}
