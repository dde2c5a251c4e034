//! The regions of the country, for choosing and showing: known to everybody who is signed in.

use super::desk::{Caller, Services, WideDesk};
use super::error::ServiceError;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::Read;
use crate::domain::region::{Region, RegionCode};
use crate::store::queries::regions as store;

pub use crate::store::queries::regions::RegionFilter;

impl Services {
    /// One page of the regions, by code.
    pub async fn list_regions(
        &self,
        caller: &Caller,
        filter: RegionFilter,
        cut: Cut<RegionCode>,
    ) -> Result<Page<Region>, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            Ok(store::list_regions(desk.connection, &filter, &cut)?)
        })
        .await
    }

    pub async fn find_region(&self, caller: &Caller, code: RegionCode) -> Result<Region, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            store::find_region(desk.connection, &code)?.ok_or(ServiceError::NotFound)
        })
        .await
    }
}
