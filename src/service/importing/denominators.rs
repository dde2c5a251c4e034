//! Denominators from a file: named by kind and date. Another value withdraws the stored one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::audit::Change;
use crate::domain::denominator::{Denominator, DenominatorDetails, DenominatorKind};
use crate::domain::id::DenominatorId;
use crate::domain::permission::{Action, Plan};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::denominators::DenominatorFile;
use crate::service::files::{ImportReport, Numbered};
use crate::store::queries::denominators as store;
use crate::store::queries::targets::lock_targets;

type Key = (DenominatorKind, NaiveDate);

fn key(details: &DenominatorDetails) -> Key {
    (details.kind, details.as_of)
}

pub fn save(desk: &mut Desk<'_, Plan>, file: &DenominatorFile) -> Result<ImportReport, ServiceError> {
    // One at a time decides what is stored already.
    lock_targets(desk.connection, desk.scope())?;
    let mut stored = BTreeMap::<Key, Vec<Denominator>>::new();
    for denominator in list_all(desk)? {
        stored.entry(key(&denominator.details)).or_default().push(denominator);
    }
    let rows = check(desk, file)?;
    let (mut new, mut withdrawn, mut trail, mut changed) = (Vec::new(), Vec::<DenominatorId>::new(), Vec::new(), 0);
    for Numbered { value: denominator, .. } in &rows {
        let known = stored.get(&key(&denominator.details)).map(Vec::as_slice).unwrap_or_default();
        if known.iter().any(|known| known.details == denominator.details) {
            continue;
        }
        changed += usize::from(!known.is_empty());
        let action = if known.is_empty() { "denominator.added" } else { "denominator.corrected" };
        let change = Change::new(action, "denominator", denominator.id).with("date", denominator.details.as_of);
        trail.push(change.with("kind", denominator.details.kind).with("figure", denominator.details.value));
        withdrawn.extend(known.iter().map(|known| known.id));
        new.push(denominator.clone());
    }
    store::withdraw_denominators(desk.connection, desk.scope(), &withdrawn, desk.now)?;
    let by = desk.permit.actor().user_id();
    store::insert_denominators(desk.connection, desk.scope(), &new, by, desk.now)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(rows.len(), new.len() - changed, changed))
}

fn check(desk: &mut Desk<'_, Plan>, file: &DenominatorFile) -> Result<Vec<Numbered<Denominator>>, ServiceError> {
    let (mut rows, mut errors, today) = (Vec::new(), file.errors.clone(), desk.today());
    for Numbered { line, value } in &file.rows {
        match value.input.clone().check(today) {
            Ok(details) => rows.push(Numbered { line: *line, value: Denominator { id: value.id, details } }),
            Err(broken) => errors.push_row(*line, &broken),
        }
    }
    errors.refuse_repeated(&rows, "", |denominator| key(&denominator.details));
    Ok(errors.finish(rows)?)
}

/// Every denominator in force, by date.
pub fn list_all<A: Action>(desk: &mut Desk<'_, A>) -> Result<Vec<Denominator>, ServiceError> {
    let office = desk.office().id;
    let versions = store::list_denominator_versions(desk.connection, &[office])?.into_iter();
    let in_force = versions.filter(|(_, version)| version.withdrawn_at.is_none());
    let mut all: Vec<Denominator> = in_force.map(|(_, version)| version.denominator).collect();
    all.sort_by_key(|denominator| (denominator.details.as_of, denominator.details.kind, denominator.id));
    Ok(all)
}
