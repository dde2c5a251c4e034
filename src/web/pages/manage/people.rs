//! The people of an office by name, as lists and choices show them.

use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::staff::{Role, User};
use crate::domain::text::Login;
use crate::service::Services;
use crate::service::accounts::StaffFilter;
use crate::web::error::WebError;
use crate::web::pages::Shell;

/// The active people of an office. More than fit one list are not offered; whoever is missing is shown by login.
#[derive(Debug, Clone)]
pub struct People(Vec<User>);

pub async fn load_people(services: &Services, shell: &Shell) -> Result<People, WebError> {
    let cut = Cut::new(LIMIT_MAX, None);
    let staff = services.list_staff(shell.caller()?, &shell.office()?.code, StaffFilter::default(), cut).await?;
    Ok(People(staff.items))
}

impl People {
    /// The name of the person; the login of somebody who is not among them.
    pub fn name<'a>(&'a self, login: &'a Login) -> &'a str {
        self.0.iter().find(|user| user.login == *login).map_or(login.as_str(), |user| user.details.name.as_str())
    }

    /// "Budi Santoso, Siti Rahayu".
    pub fn names(&self, logins: &[Login]) -> String {
        logins.iter().map(|login| self.name(login)).collect::<Vec<_>>().join(", ")
    }

    pub fn has(&self, login: &Login) -> bool {
        self.0.iter().any(|user| user.login == *login)
    }

    /// Those who go out to events, as (login, name) for a choice; people of the desk come after them.
    pub fn choices(&self, shell: &Shell) -> Vec<(String, String)> {
        let mut people: Vec<&User> =
            self.0.iter().filter(|user| matches!(user.details.role, Role::Officer | Role::Coordinator)).collect();
        people.sort_by_key(|user| (user.details.role != Role::Officer, user.details.name.clone()));
        let choice = |user: &&User| {
            let role = shell.label("role", user.details.role.as_str());
            let name = user.details.name.as_str();
            let label = if user.details.role == Role::Officer { name.to_owned() } else { format!("{name}, {role}") };
            (user.login.to_string(), label)
        };
        people.iter().map(choice).collect()
    }
}
