//! Asking for a proposal: the request is checked, stored, and a job is queued in the same transaction.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::audit::Change;
use crate::domain::id::{JobId, PlanId};
use crate::domain::job::{JobKind, NewJob};
use crate::domain::permission::{Action, Plan};
use crate::domain::proposal::{PlanInput, PlanRecord, PlanRequest};
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::domain::text::Code;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::service::jobs::{enqueue, stop_job};
use crate::store::queries::{plans as store, teams, venues};

/// A proposal to compute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskPlan {
    pub input: PlanInput,
    /// An earlier proposal: what the input does not say is taken from it.
    pub based_on: Option<PlanId>,
    /// Visits of the earlier one stay where they still can, so that as few as possible move.
    pub keeps: bool,
}

/// What the job of a proposal carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTask {
    pub plan: PlanId,
}

impl Services {
    /// Asks for a proposal; a job computes it.
    pub async fn ask_plan(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: AskPlan,
    ) -> Result<PlanRecord, ServiceError> {
        let now = self.clock.now();
        let (id, job) = (PlanId::new(now), JobId::new(now));
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let request = check_request(desk, &command)?;
            let AskPlan { based_on, keeps, .. } = command;
            let keeps = keeps && based_on.is_some();
            let plan =
                PlanRecord { id, job, request, based_on, keeps, created_at: now, dismissed_at: None, outcome: None };
            store::insert_plan(desk.connection, desk.scope(), &plan, desk.permit.actor().user_id())?;
            let payload = serde_json::to_string(&PlanTask { plan: id }).map_err(ServiceError::internal)?;
            enqueue(desk, &NewJob { id: job, kind: JobKind::ProposePlan, dedupe: None, payload })?;
            desk.record(Change::new("plan.asked", "plan", id).with("days", plan.request.days))?;
            Ok(plan)
        })
        .await
    }

    /// Stops the computation of a proposal; what is answered already stays.
    pub async fn cancel_plan(&self, caller: &Caller, office: &RegionCode, id: PlanId) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let plan = load_plan(desk, id)?;
            if plan.outcome.is_some() || !stop_job(desk, plan.job)? {
                let from = if plan.outcome.is_some() { "ready" } else { "cancelled" };
                return Err(Conflict::State { from, step: "cancel" }.into());
            }
            desk.record(Change::new("plan.cancelled", "plan", id))
        })
        .await
    }

    /// Takes a proposal off the list, without touching what was accepted of it. A computation under way is stopped.
    pub async fn dismiss_plan(&self, caller: &Caller, office: &RegionCode, id: PlanId) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let plan = load_plan(desk, id)?;
            if !store::dismiss_plan(desk.connection, desk.scope(), id, desk.now)? {
                return Err(ServiceError::NotFound);
            }
            if plan.outcome.is_none() {
                stop_job(desk, plan.job)?;
            }
            desk.record(Change::new("plan.dismissed", "plan", id))
        })
        .await
    }
}

/// A proposal that is not dismissed.
pub fn load_plan<A: Action>(desk: &mut Desk<'_, A>, id: PlanId) -> Result<PlanRecord, ServiceError> {
    let found = store::find_plan(desk.connection, desk.scope(), id)?;
    found.filter(|plan| plan.dismissed_at.is_none()).ok_or(ServiceError::NotFound)
}

fn check_request(desk: &mut Desk<'_, Plan>, command: &AskPlan) -> Result<PlanRequest, ServiceError> {
    let input = match command.based_on {
        None => command.input.clone(),
        Some(base) => {
            let found = store::find_plan(desk.connection, desk.scope(), base)?;
            let base = found.ok_or_else(|| ServiceError::invalid("based_on", Rule::NotFound))?;
            command.input.clone().or(&base.request, desk.today())
        }
    };
    let request = input.check(desk.today())?;
    check_names(desk, &request)?;
    Ok(request)
}

/// Whatever a request names must be there and in use.
fn check_names(desk: &mut Desk<'_, Plan>, request: &PlanRequest) -> Result<(), ServiceError> {
    let mut check = Check::new();
    let of_pins = request.pins.iter().filter_map(|pin| pin.team.clone());
    let wanted: BTreeSet<Code> = request.teams.iter().cloned().chain(of_pins).collect();
    let in_use = teams::list_all_teams(desk.connection, desk.scope())?;
    if in_use.is_empty() {
        check.fail("teams", Rule::Required);
    }
    let known: BTreeSet<&Code> = in_use.iter().map(|team| &team.code).collect();
    let is_known = |code: &Code| known.contains(code);
    if !request.teams.iter().all(is_known) {
        check.fail("teams", Rule::NotFound);
    }
    if !wanted.iter().all(is_known) {
        check.fail("pins", Rule::NotFound);
    }
    let pinned: Vec<Code> = request.pins.iter().map(|pin| pin.venue.clone()).collect();
    let excluded: Vec<Code> = request.excluded.iter().cloned().collect();
    for (field, codes) in [("pins", pinned), ("excluded", excluded)] {
        let found = venues::list_venues_by_code(desk.connection, desk.scope(), &codes)?;
        let missing = |code: &Code| !found.iter().any(|venue| venue.code == *code && !venue.archived);
        if codes.iter().any(missing) {
            check.fail(field, Rule::NotFound);
        }
    }
    let office = desk.office().code.clone();
    if request.floors.keys().any(|district| !office.contains(district)) {
        check.fail("floors", Rule::OutsideOffice);
    }
    Ok(check.finish(Some(()))?)
}
