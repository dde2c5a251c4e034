//! `/{office}/pengguna`: who may sign in. Admins add and change; a coordinator finds his officers and resets a password.

mod edit;
mod erase;
mod list;

use actix_web::web::ServiceConfig;

use crate::domain::staff::{Role, User};
use crate::domain::text::Login;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::Shell;

pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_users);
    config.service(edit::open_new_user).service(edit::add_user);
    config.service(list::show_user).service(edit::open_user).service(edit::change_user);
    config.service(edit::reset_password);
    config.service(erase::archive_user).service(erase::restore_user);
    config.service(erase::ask_anonymise).service(erase::anonymise_user);
}

/// The address of a user's page. "baru" is the page of a new one, and no login of three characters or less is lost by it.
fn place_of(shell: &Shell, login: &Login) -> String {
    let login = login.as_str().replace('+', "%2B");
    shell.place(&format!("pengguna/{login}"))
}

/// Whose password the reader may set: an admin anybody's, a coordinator an officer's.
fn may_reset(shell: &Shell, user: &User) -> bool {
    !user.archived && (shell.may_administer() || (shell.may_plan() && user.details.role == Role::Officer))
}

async fn find(services: &Services, shell: &Shell, login: &str) -> Result<User, WebError> {
    let login = login.parse().map_err(|_| ServiceError::NotFound)?;
    Ok(services.find_user(shell.caller()?, login).await?)
}
