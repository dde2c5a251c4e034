//! Targets at work: entered, followed by another version, withdrawn. Windows of one scope, channel and purpose may not
//! overlap.

use crate::domain::audit::Change;
use crate::domain::id::TargetId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Govern, Read};
use crate::domain::region::{RegionCode, RegionLevel};
use crate::domain::rule::Rule;
use crate::domain::target::{Goal, Target, TargetDetails, TargetInput, TargetKey};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::regions::find_region;
use crate::store::queries::targets::{self as store, TargetFilter, TargetVersion};

impl Services {
    pub async fn list_targets(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: TargetFilter,
        cut: Cut<TargetKey>,
    ) -> Result<Page<Target>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            Ok(store::list_targets(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    pub async fn find_target(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: TargetId,
    ) -> Result<Target, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load(desk, id)).await
    }

    /// Every version of every target of an office, withdrawn ones too, the oldest first.
    pub async fn list_target_versions(
        &self,
        caller: &Caller,
        office: &RegionCode,
    ) -> Result<Vec<TargetVersion>, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Read>| {
            let office = desk.office().id;
            let versions = store::list_target_versions(desk.connection, &[office])?;
            Ok(versions.into_iter().map(|(_, version)| version).collect())
        })
        .await
    }

    pub async fn add_target(
        &self,
        caller: &Caller,
        office: &RegionCode,
        input: TargetInput,
    ) -> Result<Target, ServiceError> {
        let id = TargetId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let target = Target { id, version: 1, details: check(desk, input.clone(), None)? };
            save(desk, &target)?;
            desk.record(described(Change::new("target.added", "target", id), &target.details))?;
            Ok(target)
        })
        .await
    }

    /// Puts another version in the place of a target; reports of earlier days keep the one of their day.
    pub async fn revise_target(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: TargetId,
        input: TargetInput,
    ) -> Result<Target, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let stored = load(desk, id)?;
            let details = check(desk, input.clone(), Some(id))?;
            if details == stored.details {
                return Ok(stored);
            }
            let target = Target { id, version: stored.version + 1, details };
            withdraw(desk, &stored)?;
            save(desk, &target)?;
            let change = described(Change::new("target.revised", "target", id), &target.details);
            desk.record(change.fields(&differing(&stored.details, &target.details)))?;
            Ok(target)
        })
        .await
    }

    /// Takes a target out of force; reports of earlier days keep it.
    pub async fn withdraw_target(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: TargetId,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let stored = load(desk, id)?;
            withdraw(desk, &stored)?;
            desk.record(described(Change::new("target.withdrawn", "target", id), &stored.details))
        })
        .await
    }
}

fn load<A: Action>(desk: &mut Desk<'_, A>, id: TargetId) -> Result<Target, ServiceError> {
    store::find_target(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

fn check(
    desk: &mut Desk<'_, Govern>,
    input: TargetInput,
    own: Option<TargetId>,
) -> Result<TargetDetails, ServiceError> {
    let details = input.check(&desk.office().code)?;
    check_scope(desk, &details.scope)?;
    store::lock_targets(desk.connection, desk.scope())?;
    let office = desk.office().id;
    let stored = store::list_target_versions(desk.connection, &[office])?.into_iter();
    let in_force = stored.filter(|(_, version)| version.withdrawn_at.is_none()).map(|(_, version)| version.target);
    let others: Vec<Target> = in_force.filter(|target| Some(target.id) != own).collect();
    check_overlap(&details, others.iter().map(|target| &target.details))
        .map_err(|rule| ServiceError::invalid("starts", rule))?;
    Ok(details)
}

/// Refuses days that another target of the same scope, channel and purpose has.
pub fn check_overlap<'a>(
    details: &TargetDetails,
    others: impl IntoIterator<Item = &'a TargetDetails>,
) -> Result<(), Rule> {
    match others.into_iter().find(|other| details.overlaps(other)) {
        None => Ok(()),
        Some(other) => {
            let (starts, ends) = (other.window.first().to_string(), other.window.last().to_string());
            Err(Rule::Overlaps { starts, ends })
        }
    }
}

/// Refuses a place that the country does not have. The office's own is known.
pub fn check_scope<A: Action>(desk: &mut Desk<'_, A>, scope: &RegionCode) -> Result<(), ServiceError> {
    let is_known = scope.level() <= RegionLevel::Regency || find_region(desk.connection, scope)?.is_some();
    if is_known { Ok(()) } else { Err(ServiceError::invalid("scope", Rule::NotFound)) }
}

fn save(desk: &mut Desk<'_, Govern>, target: &Target) -> Result<(), ServiceError> {
    let by = desk.permit.actor().user_id();
    Ok(store::insert_targets(desk.connection, desk.scope(), std::slice::from_ref(target), by, desk.now)?)
}

fn withdraw(desk: &mut Desk<'_, Govern>, target: &Target) -> Result<(), ServiceError> {
    let withdrawn = store::withdraw_target(desk.connection, desk.scope(), (target.id, target.version), desk.now)?;
    // Somebody else may have been faster.
    ServiceError::stale_unless(withdrawn)
}

fn described(change: Change, details: &TargetDetails) -> Change {
    let goal = match details.goal {
        Goal::Value(value) => value.to_string(),
        Goal::Share(share) => share.to_string(),
    };
    change.with("figure", goal).with("days", details.window).with("scope", &details.scope)
}

fn differing(stored: &TargetDetails, new: &TargetDetails) -> Vec<&'static str> {
    let differs = [
        ("scope", stored.scope != new.scope),
        ("channel", stored.channel != new.channel),
        ("purpose", stored.purpose != new.purpose),
        ("goal", stored.goal != new.goal),
        ("denominator", stored.denominator != new.denominator),
        ("days", stored.window != new.window),
        ("source", stored.source != new.source),
    ];
    differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}
