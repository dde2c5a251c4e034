//! What a target or an official figure may be of: the whole office or one of its kecamatan.

use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::region::RegionLevel;
use crate::service::Services;
use crate::service::regions::RegionFilter;
use crate::web::error::WebError;
use crate::web::pages::Shell;

/// Codes with names, the office first: choices of a form.
pub async fn list_scopes(services: &Services, shell: &Shell) -> Result<Vec<(String, String)>, WebError> {
    let office = shell.office()?.clone();
    let filter = RegionFilter { parent: Some(office.code.clone()), level: Some(RegionLevel::District) };
    let districts = services.list_regions(shell.caller()?, filter, Cut::new(LIMIT_MAX, None)).await?;
    let districts = districts.items.into_iter().map(|region| (region.code.to_string(), region.name));
    Ok(std::iter::once((office.code.to_string(), shell.t("target-scope-office"))).chain(districts).collect())
}
