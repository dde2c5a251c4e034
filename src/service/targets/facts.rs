//! What an office has recorded of targets, denominators and official figures, with the days on which it did: read in three
//! queries for any number of offices, and cut down to what was known on a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::denominator::{Denominator, DenominatorKind};
use crate::domain::id::{OfficeId, TargetId};
use crate::domain::known::{Recorded, known};
use crate::domain::observation::{Observation, ObservationKind};
use crate::domain::office::Office;
use crate::domain::region::RegionCode;
use crate::domain::target::Target;
use crate::store::queries::denominators::list_denominator_versions;
use crate::store::queries::observations::list_observation_versions;
use crate::store::queries::targets::list_target_versions;
use crate::store::{AnyConnection, StoreError};

/// Everything that one office has recorded, by series.
#[derive(Debug, Clone, Default)]
pub struct OfficeFacts {
    targets: BTreeMap<TargetId, Vec<Recorded<Target>>>,
    denominators: BTreeMap<DenominatorKind, Vec<Recorded<Denominator>>>,
    observations: BTreeMap<(RegionCode, ObservationKind), Vec<Recorded<Observation>>>,
}

impl OfficeFacts {
    /// What these offices have recorded; one without anything has empty facts.
    pub fn read(connection: &mut AnyConnection, offices: &[Office]) -> Result<BTreeMap<OfficeId, Self>, StoreError> {
        let ids: Vec<OfficeId> = offices.iter().map(|office| office.id).collect();
        let by_id: BTreeMap<OfficeId, &Office> = offices.iter().map(|office| (office.id, office)).collect();
        let mut facts: BTreeMap<OfficeId, Self> = ids.iter().map(|id| (*id, Self::default())).collect();
        for (office, version) in list_target_versions(connection, &ids)? {
            let Some((office, own)) = by_id.get(&office).zip(facts.get_mut(&office)) else { continue };
            let id = version.target.id;
            let fact = recorded(office, version.target, version.recorded_at, version.withdrawn_at);
            own.targets.entry(id).or_default().push(fact);
        }
        for (office, version) in list_denominator_versions(connection, &ids)? {
            let Some((office, own)) = by_id.get(&office).zip(facts.get_mut(&office)) else { continue };
            let kind = version.denominator.details.kind;
            let fact = recorded(office, version.denominator, version.recorded_at, version.withdrawn_at);
            own.denominators.entry(kind).or_default().push(fact);
        }
        for (office, version) in list_observation_versions(connection, &ids)? {
            let Some((office, own)) = by_id.get(&office).zip(facts.get_mut(&office)) else { continue };
            let details = &version.observation.details;
            let series = (details.scope.clone(), details.kind);
            let fact = recorded(office, version.observation, version.recorded_at, version.withdrawn_at);
            own.observations.entry(series).or_default().push(fact);
        }
        Ok(facts)
    }

    /// The targets as they stood on a day, by their first day.
    pub fn targets(&self, as_of: NaiveDate) -> Vec<Target> {
        let latest =
            |versions: &Vec<Recorded<Target>>| known(versions, as_of).into_iter().max_by_key(|t| t.version).cloned();
        let mut targets: Vec<Target> = self.targets.values().filter_map(latest).collect();
        targets.sort_by_key(|target| (target.details.window, target.id));
        targets
    }

    /// The denominators of days up to `as_of` that were known then, the oldest first.
    pub fn denominators(&self, as_of: NaiveDate) -> Vec<Denominator> {
        let series = self.denominators.values().flat_map(|series| known(series, as_of));
        let mut all: Vec<Denominator> = series.filter(|d| d.details.as_of <= as_of).cloned().collect();
        all.sort_by_key(|denominator| (denominator.details.as_of, denominator.id));
        all
    }

    /// The official figures of days up to `as_of` that were known then, the oldest first.
    pub fn observations(&self, as_of: NaiveDate) -> Vec<Observation> {
        let series = self.observations.values().flat_map(|series| known(series, as_of));
        let mut all: Vec<Observation> = series.filter(|o| o.details.as_of <= as_of).cloned().collect();
        all.sort_by_key(|observation| (observation.details.as_of, observation.id));
        all
    }
}

fn recorded<T>(office: &Office, fact: T, at: DateTime<Utc>, withdrawn: Option<DateTime<Utc>>) -> Recorded<T> {
    let withdrawn_on = withdrawn.map(|at| office.local_date(at));
    Recorded { fact, recorded_on: office.local_date(at), withdrawn_on }
}
