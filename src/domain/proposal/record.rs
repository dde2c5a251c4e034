//! A proposal as it is kept: asked for at one moment, answered at a later one, then accepted in parts or dismissed.

use chrono::{DateTime, Utc};

use super::outcome::{Outcome, ProposedVisit};
use super::request::PlanRequest;
use crate::domain::id::{EventId, JobId, PlanId};

/// What is stored of a proposal beside its visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRecord {
    pub id: PlanId,
    pub job: JobId,
    pub request: PlanRequest,
    /// The proposal that this one plans anew.
    pub based_on: Option<PlanId>,
    /// True if the visits of that one stay where they can.
    pub keeps: bool,
    pub created_at: DateTime<Utc>,
    pub dismissed_at: Option<DateTime<Utc>>,
    /// None until the planner has answered.
    pub outcome: Option<Outcome>,
}

/// A visit of a proposal by its number, and the draft that it became if it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptVisit {
    pub n: i64,
    pub visit: ProposedVisit,
    pub event: Option<EventId>,
}

impl KeptVisit {
    /// False if one of its teams is only supposed.
    pub fn is_real(&self) -> bool {
        self.visit.teams.iter().all(Option::is_some)
    }
}
