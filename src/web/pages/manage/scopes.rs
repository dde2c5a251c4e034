//! How far something may reach, as a choice: the rights of a user, a holiday.

use crate::domain::staff::Scope;
use crate::service::Services;
use crate::service::accounts::scopes_over;
use crate::web::error::WebError;
use crate::web::pages::Shell;

/// The office, its province and the nation, as far as the reader's own scope goes; as (code, label).
pub async fn scope_choices(services: &Services, shell: &Shell) -> Result<Vec<(String, String)>, WebError> {
    let (caller, office) = (shell.caller()?, shell.office()?);
    let own = caller.actor.signed_in().map_or(Scope::NATION, |user| user.scope.clone());
    let mut choices = Vec::new();
    for scope in scopes_over(&office.code).into_iter().rev().filter(|scope| own.covers(scope)) {
        let label = match scope.as_region() {
            None => shell.t("manage-scope-nation"),
            Some(region) if *region == office.code => shell.t("manage-scope-office"),
            Some(region) => {
                shell.t1("manage-scope-province", "name", services.find_region(caller, region.clone()).await?.name)
            }
        };
        choices.push((scope.to_string(), label));
    }
    Ok(choices)
}
