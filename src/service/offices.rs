//! Offices of the installation and the regions they are named by.

use super::desk::{Caller, Services, WideDesk};
use super::error::ServiceError;
use crate::domain::audit::Change;
use crate::domain::id::OfficeId;
use crate::domain::office::Office;
use crate::domain::permission::{Administer, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::staff::Scope;
use crate::domain::text::Name;
use crate::store::queries::{offices as store, regions};

impl Services {
    /// The offices within the caller's scope, by code.
    pub async fn list_offices(&self, caller: &Caller) -> Result<Vec<Office>, ServiceError> {
        self.read_wide(caller, |desk: &mut WideDesk<'_, Read>| {
            Ok(store::list_offices(desk.connection, &desk.permit.reach())?)
        })
        .await
    }

    /// Adds the office of a kabupaten or kota; zone and default name come from its region.
    pub async fn add_office(
        &self,
        caller: &Caller,
        code: RegionCode,
        name: Option<Name>,
    ) -> Result<Office, ServiceError> {
        let id = OfficeId::new(self.clock.now());
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            if !desk.permit.covers(&Scope::region(code.clone())) {
                return Err(ServiceError::invalid("code", Rule::BeyondOwnRights));
            }
            let region = regions::find_region(desk.connection, &code)?;
            let region = region.ok_or(ServiceError::invalid("code", Rule::NotFound))?;
            let time_zone = region.time_zone.ok_or(ServiceError::invalid("code", Rule::NotFound))?;
            let default = || format!("Dinas Dukcapil {}", region.name).parse().map_err(ServiceError::internal);
            let name = name.clone().map_or_else(default, Ok)?;
            let office = Office { id, code: code.clone(), name, time_zone };
            store::insert_office(desk.connection, &office, desk.now).map_err(ServiceError::taken("code"))?;
            desk.record(Change::new("office.added", "office", &code))?;
            Ok(office)
        })
        .await
    }
}
