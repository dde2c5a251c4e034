//! The people of an office, for lists and choices: those whose rights reach it, as far as the caller's own scope goes.

use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Read, WidePermit};
use crate::domain::region::RegionCode;
use crate::domain::staff::{Scope, User};
use crate::domain::text::Login;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::users as store;

pub use crate::store::queries::users::StaffFilter;

impl Services {
    /// One page of the users who work in an office, by login. Somebody of a wider scope is shown only to those whose own
    /// scope is as wide.
    pub async fn list_staff(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: StaffFilter,
        cut: Cut<Login>,
    ) -> Result<Page<User>, ServiceError> {
        let reach = WidePermit::<Read>::grant(&caller.actor)?.reach();
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let mut scopes = scopes_over(&desk.office().code);
            scopes.retain(|scope| reach.covers(scope));
            Ok(store::list_staff(desk.connection, &scopes, &filter, &cut)?)
        })
        .await
    }
}

/// The scopes that reach an office, the widest first.
pub fn scopes_over(office: &RegionCode) -> Vec<Scope> {
    let mut scopes = vec![Scope::NATION];
    scopes.extend(office.parent().map(Scope::region));
    scopes.push(Scope::region(office.clone()));
    scopes
}
