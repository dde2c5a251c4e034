//! One user of a path: his address, and what the reader may do for him.

use crate::domain::staff::{Role, User};
use crate::domain::text::Login;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::Shell;

/// The address of a user's page. "baru" is the page of a new one, and no login of three characters or less is lost by it.
pub fn place_of(shell: &Shell, login: &Login) -> String {
    let login = login.as_str().replace('+', "%2B");
    shell.place(&format!("pengguna/{login}"))
}

/// Whose password the reader may set: an admin anybody's, a coordinator an officer's.
pub fn may_reset(shell: &Shell, user: &User) -> bool {
    !user.archived && (shell.may_administer() || (shell.may_plan() && user.details.role == Role::Officer))
}

pub async fn find(services: &Services, shell: &Shell, login: &str) -> Result<User, WebError> {
    let login = login.parse().map_err(|_| ServiceError::NotFound)?;
    Ok(services.find_user(shell.caller()?, login).await?)
}
