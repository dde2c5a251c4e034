//! Targets from a file: named by scope, channel, purpose, denominator and window. Another share or value is another version.

use std::collections::BTreeMap;

use crate::domain::audit::Change;
use crate::domain::dates::DateRange;
use crate::domain::denominator::DenominatorKind;
use crate::domain::permission::{Action, Plan};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::target::{Purpose, Target, TargetDetails};
use crate::domain::total::Channel;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::targets::TargetFile;
use crate::service::files::{FileErrors, ImportReport, Numbered};
use crate::service::targets::{check_overlap, check_scope};
use crate::store::queries::targets as store;

type Key = (RegionCode, Channel, Purpose, Option<DenominatorKind>, DateRange);

fn key(details: &TargetDetails) -> Key {
    (details.scope.clone(), details.channel, details.purpose, details.denominator, details.window)
}

pub fn save(desk: &mut Desk<'_, Plan>, file: &TargetFile) -> Result<ImportReport, ServiceError> {
    // One at a time decides which windows are taken.
    store::lock_targets(desk.connection, desk.scope())?;
    let stored: BTreeMap<Key, Target> =
        list_all(desk)?.into_iter().map(|target| (key(&target.details), target)).collect();
    let rows = check(desk, file, &stored)?;
    let (mut new, mut trail, mut changed) = (Vec::new(), Vec::new(), 0);
    for Numbered { value: target, .. } in &rows {
        let (target, action) = match stored.get(&key(&target.details)) {
            Some(known) if known.details == target.details => continue,
            Some(known) => {
                changed += 1;
                store::withdraw_target(desk.connection, desk.scope(), (known.id, known.version), desk.now)?;
                (Target { id: known.id, version: known.version + 1, ..target.clone() }, "target.revised")
            }
            None => (target.clone(), "target.added"),
        };
        trail.push(Change::new(action, "target", target.id).with("days", target.details.window));
        new.push(target);
    }
    let by = desk.permit.actor().user_id();
    store::insert_targets(desk.connection, desk.scope(), &new, by, desk.now)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(rows.len(), new.len() - changed, changed))
}

/// The rows as targets, if none of them breaks a rule; neither stored windows nor those of the file may overlap.
fn check(
    desk: &mut Desk<'_, Plan>,
    file: &TargetFile,
    stored: &BTreeMap<Key, Target>,
) -> Result<Vec<Numbered<Target>>, ServiceError> {
    let (mut rows, mut errors, office) =
        (Vec::<Numbered<Target>>::new(), file.errors.clone(), desk.office().code.clone());
    for Numbered { line, value } in &file.rows {
        match value.input.clone().check(&office) {
            Ok(details) => {
                check_place(desk, &mut errors, *line, &details)?;
                rows.push(Numbered { line: *line, value: Target { id: value.id, version: 1, details } });
            }
            Err(broken) => errors.push_row(*line, &broken),
        }
    }
    errors.refuse_repeated(&rows, "", |target| key(&target.details));
    for (place, row) in rows.iter().enumerate() {
        let own = key(&row.value.details);
        let known = stored.iter().filter(|(key, _)| **key != own).map(|(_, target)| &target.details);
        let before = rows.iter().take(place).map(|row| &row.value.details).filter(|other| key(other) != own);
        if let Err(rule) = check_overlap(&row.value.details, known.chain(before)) {
            errors.push(row.line, "starts", rule);
        }
    }
    Ok(errors.finish(rows)?)
}

fn check_place(
    desk: &mut Desk<'_, Plan>,
    errors: &mut FileErrors,
    line: usize,
    details: &TargetDetails,
) -> Result<(), ServiceError> {
    match check_scope(desk, &details.scope) {
        Err(ServiceError::Invalid(_)) => errors.push(line, "scope", Rule::NotFound),
        checked => checked?,
    }
    Ok(())
}

/// Every target in force, by its first day.
pub fn list_all<A: Action>(desk: &mut Desk<'_, A>) -> Result<Vec<Target>, ServiceError> {
    let office = desk.office().id;
    let versions = store::list_target_versions(desk.connection, &[office])?.into_iter();
    let in_force = versions.filter(|(_, version)| version.withdrawn_at.is_none());
    Ok(in_force.map(|(_, version)| version.target).collect())
}
