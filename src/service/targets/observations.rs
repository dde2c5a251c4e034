//! Official figures at work: entered, withdrawn, and corrected by doing both at once. A bare share is asked what it is of.

use super::reading::check_share;
use super::records::check_scope;
use crate::domain::audit::Change;
use crate::domain::id::ObservationId;
use crate::domain::observation::{Observation, ObservationDetails, ObservationInput, ObservationKey};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Govern, Read};
use crate::domain::region::RegionCode;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::observations::{self as store, ObservationFilter};

impl Services {
    pub async fn list_observations(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: ObservationFilter,
        cut: Cut<ObservationKey>,
    ) -> Result<Page<Observation>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            Ok(store::list_observations(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    pub async fn find_observation(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: ObservationId,
    ) -> Result<Observation, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load(desk, id)).await
    }

    /// Enters an official figure exactly as it was published.
    ///
    /// # Errors
    /// [`ServiceError::Reading`] for a share that may be of several things, or of none.
    pub async fn add_observation(
        &self,
        caller: &Caller,
        office: &RegionCode,
        input: ObservationInput,
    ) -> Result<Observation, ServiceError> {
        let id = ObservationId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let observation = Observation { id, details: check(desk, input.clone())? };
            save(desk, &observation)?;
            desk.record(described(Change::new("observation.added", "observation", id), &observation.details))?;
            Ok(observation)
        })
        .await
    }

    /// Replaces a figure: it is withdrawn, and what is right stands under a new id.
    pub async fn correct_observation(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: ObservationId,
        input: ObservationInput,
    ) -> Result<Observation, ServiceError> {
        let new = ObservationId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            withdraw(desk, id)?;
            let observation = Observation { id: new, details: check(desk, input.clone())? };
            save(desk, &observation)?;
            let change = described(Change::new("observation.corrected", "observation", id), &observation.details);
            desk.record(change.with("replaced_by", new))?;
            Ok(observation)
        })
        .await
    }

    pub async fn withdraw_observation(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: ObservationId,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let observation = withdraw(desk, id)?;
            desk.record(described(Change::new("observation.withdrawn", "observation", id), &observation.details))
        })
        .await
    }
}

fn check(desk: &mut Desk<'_, Govern>, input: ObservationInput) -> Result<ObservationDetails, ServiceError> {
    let details = input.check(&desk.office().code, desk.today())?;
    check_scope(desk, &details.scope)?;
    check_share(desk, details)
}

fn load<A: Action>(desk: &mut Desk<'_, A>, id: ObservationId) -> Result<Observation, ServiceError> {
    store::find_observation(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

fn save(desk: &mut Desk<'_, Govern>, observation: &Observation) -> Result<(), ServiceError> {
    let by = desk.permit.actor().user_id();
    Ok(store::insert_observations(desk.connection, desk.scope(), std::slice::from_ref(observation), by, desk.now)?)
}

fn withdraw(desk: &mut Desk<'_, Govern>, id: ObservationId) -> Result<Observation, ServiceError> {
    let observation = load(desk, id)?;
    // Somebody else may have withdrawn it meanwhile.
    let withdrawn = store::withdraw_observations(desk.connection, desk.scope(), &[id], desk.now)?;
    if withdrawn == 1 { Ok(observation) } else { Err(ServiceError::NotFound) }
}

fn described(change: Change, details: &ObservationDetails) -> Change {
    change.with("kind", details.kind).with("figure", details.figure).with("date", details.as_of)
}
