//! Books the new events of a file: nothing in a locked period, nobody who is absent, nobody and nothing twice.

use std::collections::BTreeMap;

use super::days::Group;
use crate::domain::audit::Change;
use crate::domain::dates::DateRange;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::{Claim, DayEffort, Event, SubjectKind};
use crate::domain::id::{EventId, TeamId, UserId};
use crate::domain::lock::is_locked;
use crate::domain::permission::Plan;
use crate::domain::rule::Rule;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::FileErrors;
use crate::service::importing::names::Names;
use crate::store::queries::{absences, claims, events, locks, users};

/// Stores the events with their claims.
///
/// # Errors
/// [`ServiceError::File`] with every day on which somebody is absent or taken.
pub fn book(desk: &mut Desk<'_, Plan>, names: &Names, groups: &[Group]) -> Result<(), ServiceError> {
    refuse_locked(desk, groups)?;
    refuse_absent(desk, groups)?;
    let new: Vec<Event> = groups.iter().map(|group| group.event.clone()).collect();
    let operators: BTreeMap<TeamId, i64> = names.operators();
    let efforts: Vec<DayEffort> = new.iter().flat_map(|event| planned_efforts(event, &operators)).collect();
    let by = desk.permit.actor().user_id();
    events::insert_events(desk.connection, desk.scope(), &new, &efforts, by)?;
    let wanted: Vec<(EventId, Claim)> =
        new.iter().flat_map(|event| event.claims().into_iter().map(|claim| (event.id, claim))).collect();
    if claims::insert_claims(desk.connection, desk.scope(), &wanted)? < wanted.len() {
        return Err(clashes(desk, groups, &wanted)?.into());
    }
    let trail = new.iter().map(|event| Change::new("event.imported", "event", event.id).with("state", event.state));
    desk.record_all(trail.collect())
}

/// A locked period takes no event: it would change what was reported.
fn refuse_locked(desk: &mut Desk<'_, Plan>, groups: &[Group]) -> Result<(), ServiceError> {
    let locks = locks::list_locks_in_force(desk.connection, desk.scope())?;
    let mut errors = FileErrors::new();
    for (date, line) in groups.iter().flat_map(|group| &group.lines).filter(|(date, _)| is_locked(&locks, **date)) {
        errors.push(*line, "date", Rule::PeriodLocked { date: date.to_string() });
    }
    Ok(errors.finish(())?)
}

fn refuse_absent(desk: &mut Desk<'_, Plan>, groups: &[Group]) -> Result<(), ServiceError> {
    let officers: Vec<UserId> = groups.iter().flat_map(|group| group.event.officers.iter().copied()).collect();
    let dates = || groups.iter().flat_map(|group| group.event.days.dates());
    let Some((first, last)) = dates().min().zip(dates().max()).filter(|_| !officers.is_empty()) else { return Ok(()) };
    let days = DateRange::new(first, last).map_err(ServiceError::internal)?;
    absences::lock_duties(desk.connection, desk.scope(), &officers)?;
    let absent = absences::list_absences_of(desk.connection, desk.scope(), &officers, days)?;
    let ids: Vec<UserId> = absent.iter().map(|absence| absence.user).collect();
    let logins: BTreeMap<UserId, _> = users::list_logins(desk.connection, &ids)?.into_iter().collect();
    let mut errors = FileErrors::new();
    for group in groups.iter().filter(|group| !group.event.claims().is_empty()) {
        for (date, line) in &group.lines {
            let missing = absent.iter().find(|a| group.event.officers.iter().any(|officer| a.covers(*officer, *date)));
            if let Some(login) = missing.and_then(|absence| logins.get(&absence.user)) {
                let (officer, date) = (login.to_string(), date.to_string());
                errors.push(*line, "teams", Rule::OfficerAbsent { officer, date });
            }
        }
    }
    Ok(errors.finish(())?)
}

/// The days on which another event, stored or of the same file, was first.
fn clashes(
    desk: &mut Desk<'_, Plan>,
    groups: &[Group],
    wanted: &[(EventId, Claim)],
) -> Result<FileErrors, ServiceError> {
    let claimed: Vec<Claim> = wanted.iter().map(|(_, claim)| *claim).collect();
    let holders = claims::list_holders(desk.connection, desk.scope(), &claimed)?;
    let holders: BTreeMap<Claim, EventId> = holders.into_iter().map(|held| (held.claim, held.event)).collect();
    let lines: BTreeMap<EventId, &Group> = groups.iter().map(|group| (group.event.id, group)).collect();
    let mut taken = BTreeMap::new();
    for (event, claim) in wanted.iter().filter(|(event, claim)| holders.get(claim) != Some(event)) {
        let line = lines.get(event).and_then(|group| group.lines.get(&claim.date)).copied().unwrap_or_default();
        let column = if claim.subject.kind() == SubjectKind::Venue { "venue" } else { "teams" };
        taken.insert((line, column), Rule::Taken);
    }
    let mut errors = FileErrors::new();
    for ((line, column), rule) in taken {
        errors.push(line, column, rule);
    }
    Ok(errors)
}
