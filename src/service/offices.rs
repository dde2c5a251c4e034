//! Offices of the installation and the regions they are named by.

use chrono_tz::Tz;

use super::desk::{Caller, Desk, Services, WideDesk};
use super::error::ServiceError;
use super::targets::{PaceReport, TargetStanding, read_paces};
use crate::domain::audit::Change;
use crate::domain::dates::DateRange;
use crate::domain::id::OfficeId;
use crate::domain::office::Office;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Administer, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::staff::Scope;
use crate::domain::text::Name;
use crate::store::queries::{offices as store, regions};
use crate::store::reports::offices::list_standings;

pub use crate::store::reports::offices::OfficeStanding;

impl Services {
    /// The offices within the caller's scope, by code.
    pub async fn list_offices(&self, caller: &Caller) -> Result<Vec<Office>, ServiceError> {
        self.read_wide(caller, |desk: &mut WideDesk<'_, Read>| {
            Ok(store::list_offices(desk.connection, &desk.permit.reach())?)
        })
        .await
    }

    /// One page of the offices within the caller's scope, by code.
    pub async fn list_office_page(&self, caller: &Caller, cut: Cut<RegionCode>) -> Result<Page<Office>, ServiceError> {
        let mut offices = self.list_offices(caller).await?;
        offices.retain(|office| cut.after.as_ref().is_none_or(|after| office.code > *after));
        offices.truncate(cut.limit() + 1);
        Ok(cut.page(offices))
    }

    /// One page of the offices within the caller's scope, by code, with how they stand. The week is that of the day on
    /// the clocks of Jakarta: one week for all, so that its totals can be compared.
    pub async fn list_office_standings(
        &self,
        caller: &Caller,
        cut: Cut<RegionCode>,
    ) -> Result<Page<(Office, OfficeStanding, Option<TargetStanding>)>, ServiceError> {
        let page = self.list_office_page(caller, cut).await?;
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            let ids: Vec<OfficeId> = page.items.iter().map(|office| office.id).collect();
            let today = desk.now.with_timezone(&chrono_tz::Asia::Jakarta).date_naive();
            let days = today.week(chrono::Weekday::Mon);
            let week = DateRange::new(days.first_day(), days.last_day()).map_err(ServiceError::internal)?;
            let standings = list_standings(desk.connection, &ids, today, week)?;
            let paces = read_paces(desk.connection, &page.items, today)?;
            Ok(page.map(|office| {
                let standing = standings.get(&office.id).copied().unwrap_or_default();
                let target = paces.get(&office.id).and_then(PaceReport::standing);
                (office, standing, target)
            }))
        })
        .await
    }

    pub async fn find_office(&self, caller: &Caller, code: &RegionCode) -> Result<Office, ServiceError> {
        self.read_office(caller, code, |desk: &mut Desk<'_, Read>| Ok(desk.office().clone())).await
    }

    /// Gives an office another name or zone; its code is its region's.
    pub async fn change_office(
        &self,
        caller: &Caller,
        code: &RegionCode,
        name: Name,
        time_zone: Tz,
    ) -> Result<Office, ServiceError> {
        self.write_office(caller, code, move |desk: &mut Desk<'_, Administer>| {
            let stored = desk.office().clone();
            let changed = Office { name: name.clone(), time_zone, ..stored.clone() };
            store::update_office(desk.connection, &changed)?;
            let differs = [("name", stored.name != changed.name), ("time_zone", stored.time_zone != time_zone)];
            let fields: Vec<_> = differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
            desk.record(Change::new("office.changed", "office", &changed.code).fields(&fields))?;
            Ok(changed)
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
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| open_office(desk, id, &code, name.clone()))
            .await
    }
}

/// Opens an office under the permit in hand.
pub(super) fn open_office(
    desk: &mut WideDesk<'_, Administer>,
    id: OfficeId,
    code: &RegionCode,
    name: Option<Name>,
) -> Result<Office, ServiceError> {
    let own = Scope::region(code.clone());
    if !desk.permit.covers(&own) {
        return Err(ServiceError::invalid("code", Rule::BeyondOwnRights));
    }
    let region = regions::find_region(desk.connection, code)?;
    let region = region.ok_or(ServiceError::invalid("code", Rule::UnknownRegion))?;
    let time_zone = region.time_zone.ok_or(ServiceError::invalid("code", Rule::UnknownRegion))?;
    let default = || Office::default_name(&region).map_err(ServiceError::internal);
    let office = Office { id, code: code.clone(), name: name.map_or_else(default, Ok)?, time_zone };
    store::insert_office(desk.connection, &office, desk.now).map_err(ServiceError::taken("code"))?;
    desk.record(&own, Change::new("office.added", "office", code))?;
    Ok(office)
}
