//! The published targets, denominators and official figures of a district, as rows of the domain.

use chrono::{DateTime, Utc};

use crate::domain::denominator::Denominator;
use crate::domain::id::{DenominatorId, ObservationId, TargetId};
use crate::domain::observation::Observation;
use crate::domain::scenario::ScenarioIds;
use crate::domain::target::Target;
use crate::service::files::facts::DistrictFacts;

#[derive(Debug)]
pub struct Goals {
    pub targets: Vec<Target>,
    pub denominators: Vec<Denominator>,
    pub observations: Vec<Observation>,
}

/// Gives the published facts their ids, as if they had been entered at `at`.
pub fn goals(facts: &DistrictFacts, at: DateTime<Utc>, ids: &mut ScenarioIds) -> Goals {
    let targets = facts.targets.iter().cloned();
    let targets = targets.map(|details| Target { id: TargetId(ids.next_at(at)), version: 1, details }).collect();
    let denominators = facts.denominators.iter().cloned();
    let denominators =
        denominators.map(|details| Denominator { id: DenominatorId(ids.next_at(at)), details }).collect();
    let observations = facts.observations.iter().cloned();
    let observations =
        observations.map(|details| Observation { id: ObservationId(ids.next_at(at)), details }).collect();
    Goals { targets, denominators, observations }
}
