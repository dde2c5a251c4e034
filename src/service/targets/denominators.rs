//! Denominators at work: entered, withdrawn, and corrected by doing both at once.

use crate::domain::audit::Change;
use crate::domain::denominator::{Denominator, DenominatorDetails, DenominatorInput, DenominatorKey};
use crate::domain::id::DenominatorId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Govern, Read};
use crate::domain::region::RegionCode;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::denominators::{self as store, DenominatorFilter};

impl Services {
    pub async fn list_denominators(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: DenominatorFilter,
        cut: Cut<DenominatorKey>,
    ) -> Result<Page<Denominator>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            Ok(store::list_denominators(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    pub async fn find_denominator(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: DenominatorId,
    ) -> Result<Denominator, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load(desk, id)).await
    }

    pub async fn add_denominator(
        &self,
        caller: &Caller,
        office: &RegionCode,
        input: DenominatorInput,
    ) -> Result<Denominator, ServiceError> {
        let id = DenominatorId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let denominator = Denominator { id, details: input.clone().check(desk.today())? };
            save(desk, &denominator)?;
            desk.record(described(Change::new("denominator.added", "denominator", id), &denominator.details))?;
            Ok(denominator)
        })
        .await
    }

    /// Replaces a denominator: it is withdrawn, and what is right stands under a new id.
    pub async fn correct_denominator(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: DenominatorId,
        input: DenominatorInput,
    ) -> Result<Denominator, ServiceError> {
        let new = DenominatorId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let denominator = Denominator { id: new, details: input.clone().check(desk.today())? };
            withdraw(desk, id)?;
            save(desk, &denominator)?;
            let change = described(Change::new("denominator.corrected", "denominator", id), &denominator.details);
            desk.record(change.with("replaced_by", new))?;
            Ok(denominator)
        })
        .await
    }

    pub async fn withdraw_denominator(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: DenominatorId,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let denominator = withdraw(desk, id)?;
            desk.record(described(Change::new("denominator.withdrawn", "denominator", id), &denominator.details))
        })
        .await
    }
}

fn load<A: Action>(desk: &mut Desk<'_, A>, id: DenominatorId) -> Result<Denominator, ServiceError> {
    store::find_denominator(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

fn save(desk: &mut Desk<'_, Govern>, denominator: &Denominator) -> Result<(), ServiceError> {
    let by = desk.permit.actor().user_id();
    Ok(store::insert_denominators(desk.connection, desk.scope(), std::slice::from_ref(denominator), by, desk.now)?)
}

fn withdraw(desk: &mut Desk<'_, Govern>, id: DenominatorId) -> Result<Denominator, ServiceError> {
    let denominator = load(desk, id)?;
    // Somebody else may have withdrawn it meanwhile.
    let withdrawn = store::withdraw_denominators(desk.connection, desk.scope(), &[id], desk.now)?;
    if withdrawn == 1 { Ok(denominator) } else { Err(ServiceError::NotFound) }
}

fn described(change: Change, details: &DenominatorDetails) -> Change {
    change.with("kind", details.kind).with("figure", details.value).with("date", details.as_of)
}
