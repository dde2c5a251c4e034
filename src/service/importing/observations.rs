//! Official figures from a file: named by date, scope and kind. Another figure withdraws the stored one. A share must say
//! what it is of, unless nothing is known that it could be of.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::audit::Change;
use crate::domain::id::ObservationId;
use crate::domain::observation::{Observation, ObservationDetails, ObservationKind};
use crate::domain::permission::{Action, Plan};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::observations::ObservationFile;
use crate::service::files::{FileErrors, ImportReport, Numbered};
use crate::service::targets::{check_scope, judge_share, share_context};
use crate::store::queries::observations as store;
use crate::store::queries::targets::lock_targets;

type Key = (NaiveDate, RegionCode, ObservationKind);

fn key(details: &ObservationDetails) -> Key {
    (details.as_of, details.scope.clone(), details.kind)
}

pub fn save(desk: &mut Desk<'_, Plan>, file: &ObservationFile) -> Result<ImportReport, ServiceError> {
    // One at a time decides what is stored already.
    lock_targets(desk.connection, desk.scope())?;
    let mut stored = BTreeMap::<Key, Vec<Observation>>::new();
    for observation in list_all(desk)? {
        stored.entry(key(&observation.details)).or_default().push(observation);
    }
    let rows = check(desk, file, &stored)?;
    let (mut new, mut withdrawn, mut trail, mut changed) = (Vec::new(), Vec::<ObservationId>::new(), Vec::new(), 0);
    for Numbered { value: observation, .. } in &rows {
        let known = stored.get(&key(&observation.details)).map(Vec::as_slice).unwrap_or_default();
        if known.iter().any(|known| known.details == observation.details) {
            continue;
        }
        changed += usize::from(!known.is_empty());
        let action = if known.is_empty() { "observation.added" } else { "observation.corrected" };
        let change = Change::new(action, "observation", observation.id).with("date", observation.details.as_of);
        trail.push(change.with("kind", observation.details.kind).with("figure", observation.details.figure));
        withdrawn.extend(known.iter().map(|known| known.id));
        new.push(observation.clone());
    }
    store::withdraw_observations(desk.connection, desk.scope(), &withdrawn, desk.now)?;
    let by = desk.permit.actor().user_id();
    store::insert_observations(desk.connection, desk.scope(), &new, by, desk.now)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(rows.len(), new.len() - changed, changed))
}

/// The rows as official figures, if none of them breaks a rule.
fn check(
    desk: &mut Desk<'_, Plan>,
    file: &ObservationFile,
    stored: &BTreeMap<Key, Vec<Observation>>,
) -> Result<Vec<Numbered<Observation>>, ServiceError> {
    let (mut rows, mut errors) = (Vec::<Numbered<Observation>>::new(), file.errors.clone());
    let (office, today) = (desk.office().code.clone(), desk.today());
    for Numbered { line, value } in &file.rows {
        match value.input.clone().check(&office, today) {
            Ok(details) => {
                check_place(desk, &mut errors, *line, &details)?;
                rows.push(Numbered { line: *line, value: Observation { id: value.id, details } });
            }
            Err(broken) => errors.push_row(*line, &broken),
        }
    }
    errors.refuse_repeated(&rows, "", |observation| key(&observation.details));
    let context = share_context(desk)?;
    let along: Vec<ObservationDetails> = rows.iter().map(|row| row.value.details.clone()).collect();
    for row in &mut rows {
        // A share that stands there already was asked when it came.
        let known = stored.get(&key(&row.value.details)).map(Vec::as_slice).unwrap_or_default();
        if let Some(same) = known.iter().find(|known| is_same(&known.details, &row.value.details)) {
            row.value.details = same.details.clone();
            continue;
        }
        match judge_share(&context, &along, row.value.details.clone()) {
            Ok(details) => row.value.details = details,
            Err(refused) => errors.push(row.line, "denominator", refused.rule),
        }
    }
    Ok(errors.finish(rows)?)
}

/// True if a row says what is stored, or says nothing of what the share is of.
fn is_same(stored: &ObservationDetails, row: &ObservationDetails) -> bool {
    *stored == ObservationDetails { base: row.base.or(stored.base), ..row.clone() }
}

fn check_place(
    desk: &mut Desk<'_, Plan>,
    errors: &mut FileErrors,
    line: usize,
    details: &ObservationDetails,
) -> Result<(), ServiceError> {
    match check_scope(desk, &details.scope) {
        Err(ServiceError::Invalid(_)) => errors.push(line, "scope", Rule::NotFound),
        checked => checked?,
    }
    Ok(())
}

/// Every official figure in force, by date.
pub fn list_all<A: Action>(desk: &mut Desk<'_, A>) -> Result<Vec<Observation>, ServiceError> {
    let office = desk.office().id;
    let versions = store::list_observation_versions(desk.connection, &[office])?.into_iter();
    let in_force = versions.filter(|(_, version)| version.withdrawn_at.is_none());
    let mut all: Vec<Observation> = in_force.map(|(_, version)| version.observation).collect();
    all.sort_by_key(|observation| (key(&observation.details), observation.id));
    Ok(all)
}
