//! Office-day totals: entered, withdrawn, and corrected by doing both at once.

use crate::domain::audit::Change;
use crate::domain::id::TotalId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::total::{OfficeTotal, TotalDetails, TotalInput, TotalKey};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::totals as store;

use super::locks::check_unlocked;

pub use crate::store::queries::totals::TotalFilter;

impl Services {
    pub async fn list_totals(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: TotalFilter,
        cut: Cut<TotalKey>,
    ) -> Result<Page<OfficeTotal>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            Ok(store::list_totals(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    pub async fn find_total(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: TotalId,
    ) -> Result<OfficeTotal, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load_total(desk, id)).await
    }

    /// Enters a total exactly as it was reported.
    pub async fn add_total(
        &self,
        caller: &Caller,
        office: &RegionCode,
        input: TotalInput,
    ) -> Result<OfficeTotal, ServiceError> {
        let id = TotalId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let details = input.clone().check(desk.today())?;
            check_unlocked(desk, details.date)?;
            let total = OfficeTotal { id, details };
            save(desk, &total)?;
            desk.record(described(Change::new("total.added", "total", id), &total.details))?;
            Ok(total)
        })
        .await
    }

    /// Replaces a total: it is withdrawn, and what is right stands under a new id.
    pub async fn correct_total(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: TotalId,
        input: TotalInput,
    ) -> Result<OfficeTotal, ServiceError> {
        let new = TotalId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let details = input.clone().check(desk.today())?;
            check_unlocked(desk, details.date)?;
            withdraw(desk, id)?;
            let total = OfficeTotal { id: new, details };
            save(desk, &total)?;
            desk.record(
                described(Change::new("total.corrected", "total", id), &total.details).with("replaced_by", new),
            )?;
            Ok(total)
        })
        .await
    }

    pub async fn withdraw_total(&self, caller: &Caller, office: &RegionCode, id: TotalId) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let total = withdraw(desk, id)?;
            desk.record(described(Change::new("total.withdrawn", "total", id), &total.details))
        })
        .await
    }
}

fn load_total<A: Action>(desk: &mut Desk<'_, A>, id: TotalId) -> Result<OfficeTotal, ServiceError> {
    store::find_total(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

fn save(desk: &mut Desk<'_, Plan>, total: &OfficeTotal) -> Result<(), ServiceError> {
    let by = desk.permit.actor().user_id();
    Ok(store::insert_totals(desk.connection, desk.scope(), std::slice::from_ref(total), by, desk.now)?)
}

fn withdraw(desk: &mut Desk<'_, Plan>, id: TotalId) -> Result<OfficeTotal, ServiceError> {
    let total = load_total(desk, id)?;
    check_unlocked(desk, total.details.date)?;
    // Somebody else may have withdrawn it meanwhile.
    let withdrawn = store::withdraw_total(desk.connection, desk.scope(), id, desk.now)?;
    if withdrawn { Ok(total) } else { Err(ServiceError::NotFound) }
}

fn described(change: Change, details: &TotalDetails) -> Change {
    change.with("date", details.date).with("channel", details.channel).with("figure", details.figure)
}
