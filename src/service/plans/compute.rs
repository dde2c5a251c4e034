//! Computing a proposal: what it needs is read at once, the search runs without any transaction, its answer is stored.

use std::sync::Arc;

use super::ask::load_plan;
use super::ground::lay_ground;
use super::solve::{SolveProgress, propose};
use crate::domain::id::{JobId, PlanId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::Plan;
use crate::domain::proposal::{Ground, PlanRecord, Proposal, ProposedVisit};
use crate::domain::region::RegionCode;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::jobs::settle_job;
use crate::store::queries::plans as store;

/// Hears how far the search is, and says whether it goes on.
pub type Observe = Arc<dyn Fn(SolveProgress) -> bool + Send + Sync>;

/// How a computation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computed {
    Answered,
    /// The observer said to stop.
    Stopped,
}

/// What a computation reads.
struct Question {
    record: PlanRecord,
    ground: Ground,
    /// Visits of the earlier proposal that are to stay.
    earlier: Option<Vec<ProposedVisit>>,
}

impl Services {
    /// Computes a proposal that was asked for, off the async threads, and stores the answer. Doing it again changes
    /// nothing.
    pub async fn compute_plan(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: PlanId,
        observe: Observe,
    ) -> Result<Computed, ServiceError> {
        let question = self.read_office(caller, office, move |desk: &mut Desk<'_, Plan>| read(desk, id)).await?;
        if question.record.outcome.is_some() {
            return Ok(Computed::Answered);
        }
        let estimates = self.find_estimates(caller, office, Outcome::Activated, None).await?;
        let forecasts = estimates.by_venue.into_iter().map(|(venue, found)| (venue, found.estimate.forecast));
        let forecasts = forecasts.collect();
        let job = question.record.job;
        let search = move || {
            let Question { record, ground, earlier } = question;
            let ground = Ground { forecasts, ..ground };
            propose(&ground, &record.request, earlier.as_deref(), &*observe)
        };
        let proposal = tokio::task::spawn_blocking(search).await.map_err(ServiceError::internal)?;
        let faults = |faults: Vec<_>| ServiceError::internal(format!("the planner refused our instance: {faults:?}"));
        let Some(proposal) = proposal.map_err(faults)? else { return Ok(Computed::Stopped) };
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| answer(desk, id, job, &proposal)).await?;
        Ok(Computed::Answered)
    }
}

fn read(desk: &mut Desk<'_, Plan>, id: PlanId) -> Result<Question, ServiceError> {
    let record = load_plan(desk, id)?;
    let earlier = match record.based_on.filter(|_| record.keeps) {
        None => None,
        // What was accepted of it is booked by now: the new proposal is made around that.
        Some(base) => {
            let visits = store::list_plan_visits(desk.connection, desk.scope(), base)?;
            Some(visits.into_iter().filter(|kept| kept.event.is_none()).map(|kept| kept.visit).collect())
        }
    };
    Ok(Question { ground: lay_ground(desk, &record.request)?, record, earlier })
}

fn answer(desk: &mut Desk<'_, Plan>, id: PlanId, job: JobId, proposal: &Proposal) -> Result<(), ServiceError> {
    let Proposal { visits, outcome } = proposal;
    // Another process may have answered after this one lost its lease: the first answer stands.
    store::answer_plan(desk.connection, desk.scope(), id, visits, outcome, desk.now)?;
    // The command line answers without the queue: nobody is to do it once more, or to think that it still waits.
    settle_job(desk, job)
}
