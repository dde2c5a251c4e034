//! What a user sees and sets of himself, beside his password, sessions and tokens.

use crate::domain::audit::Change;
use crate::domain::language::Language;
use crate::domain::office::Office;
use crate::domain::permission::{Action, ManageSelf, Read};
use crate::domain::staff::User;
use crate::service::desk::{Caller, Services, WideDesk};
use crate::service::error::ServiceError;
use crate::store::queries::{offices, users};

/// The caller, and the offices within his scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProfile {
    pub user: User,
    /// By code.
    pub offices: Vec<Office>,
}

impl Services {
    pub async fn find_own_profile(&self, caller: &Caller) -> Result<OwnProfile, ServiceError> {
        self.read_wide(caller, |desk: &mut WideDesk<'_, Read>| {
            let user = load_own(desk)?;
            let offices = offices::list_offices(desk.connection, &user.details.scope)?;
            Ok(OwnProfile { user, offices })
        })
        .await
    }

    /// Sets the language that the caller is answered in; none follows his browser.
    pub async fn change_own_language(
        &self,
        caller: &Caller,
        language: Option<Language>,
    ) -> Result<OwnProfile, ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, ManageSelf>| {
            let mut user = load_own(desk)?;
            let offices = offices::list_offices(desk.connection, &user.details.scope)?;
            if user.details.language == language {
                return Ok(OwnProfile { user, offices });
            }
            let known = user.version;
            user.details.language = language;
            user.version += 1;
            if !users::update_user(desk.connection, &user, known, desk.now)? {
                return Err(ServiceError::Stale);
            }
            let change = Change::new("user.changed", "user", &user.login).fields(&["language"]);
            desk.record(&user.details.scope, change)?;
            Ok(OwnProfile { user, offices })
        })
        .await
    }

    /// True once somebody can sign in: before that, the installation is not set up.
    pub async fn has_users(&self) -> Result<bool, ServiceError> {
        self.database.read(|connection| Ok(users::any_user(connection)?)).await
    }
}

fn load_own<A: Action>(desk: &mut WideDesk<'_, A>) -> Result<User, ServiceError> {
    let login = desk.permit.actor().signed_in().map(|user| user.login.clone()).ok_or(ServiceError::Forbidden)?;
    users::find_user(desk.connection, &login)?.ok_or(ServiceError::NotFound)
}
