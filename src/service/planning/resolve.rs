//! From a plan, which names things by code, to a draft, which holds their ids. Everything that is not found is named by
//! its place; what an event has already stays valid when it is archived later.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::event::input::EventPlan;
use crate::domain::event::{Event, EventDraft};
use crate::domain::id::{TeamId, UnitId, UserId, VenueId};
use crate::domain::permission::Action;
use crate::domain::rule::{Check, Rule};
use crate::domain::team::Team;
use crate::domain::text::{Code, Login};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::{teams, units, users, venues};

/// The draft of `plan`. `kept` is the event as it is stored, if it is changed and not made.
pub fn resolve<A: Action>(
    desk: &mut Desk<'_, A>,
    plan: EventPlan,
    kept: Option<&Event>,
) -> Result<EventDraft, ServiceError> {
    let mut check = Check::new();
    let venue = find_venue(desk, &mut check, plan.venue.as_ref(), kept)?;
    let teams = find_teams(desk, &mut check, &plan.teams, kept)?;
    let units = match &plan.units {
        Some(codes) => find_units(desk, &mut check, codes, kept)?,
        None => usual_units(desk, &teams)?,
    };
    let officers = match &plan.officers {
        Some(logins) => find_officers(desk, &mut check, logins, kept)?,
        None => members_of(desk, &teams)?,
    };
    let draft = EventDraft {
        kind: plan.kind,
        title: plan.title,
        venue,
        place: plan.place,
        teams: teams.iter().map(|team| team.id).collect(),
        units,
        officers,
        days: plan.days,
        services: plan.services,
        host_programme: plan.host_programme,
        request: plan.request,
        notes: plan.notes,
    };
    Ok(check.finish(Some(draft))?)
}

fn find_venue<A: Action>(
    desk: &mut Desk<'_, A>,
    check: &mut Check,
    code: Option<&Code>,
    kept: Option<&Event>,
) -> Result<Option<VenueId>, ServiceError> {
    let Some(code) = code else { return Ok(None) };
    let found = venues::find_venue(desk.connection, desk.scope(), code)?;
    let usable = found.filter(|venue| !venue.archived || kept.is_some_and(|event| event.venue == Some(venue.id)));
    Ok(check.field("venue", usable.map(|venue| venue.id).ok_or(Rule::NotFound)))
}

/// The teams with these codes, in their order; one that is unknown, or archived and new here, is noted by its place.
pub fn find_teams<A: Action>(
    desk: &mut Desk<'_, A>,
    check: &mut Check,
    codes: &[Code],
    kept: Option<&Event>,
) -> Result<Vec<Team>, ServiceError> {
    let usable = |team: &Team| !team.archived || kept.is_some_and(|event| event.teams.contains(&team.id));
    let stored = teams::list_teams_by_code(desk.connection, desk.scope(), codes)?;
    let known: BTreeMap<Code, Team> = stored.into_iter().filter(usable).map(|team| (team.code.clone(), team)).collect();
    Ok(pick(check, "teams", codes, &known))
}

/// As [`find_teams`], for units.
pub fn find_units<A: Action>(
    desk: &mut Desk<'_, A>,
    check: &mut Check,
    codes: &[Code],
    kept: Option<&Event>,
) -> Result<Vec<UnitId>, ServiceError> {
    let stored = units::list_units_by_code(desk.connection, desk.scope(), codes)?;
    let usable =
        stored.into_iter().filter(|unit| !unit.archived || kept.is_some_and(|event| event.units.contains(&unit.id)));
    let known: BTreeMap<Code, UnitId> = usable.map(|unit| (unit.code, unit.id)).collect();
    Ok(pick(check, "units", codes, &known))
}

/// Officers are active users of this very office, or were at the event before. Claims are unique within an office, so nobody
/// may be booked by two.
fn find_officers<A: Action>(
    desk: &mut Desk<'_, A>,
    check: &mut Check,
    logins: &[Login],
    kept: Option<&Event>,
) -> Result<Vec<UserId>, ServiceError> {
    let before = kept.map(|event| event.officers.as_slice()).unwrap_or_default();
    let mut known: BTreeMap<Login, Result<UserId, Rule>> =
        users::list_logins(desk.connection, before)?.into_iter().map(|(id, login)| (login, Ok(id))).collect();
    let office = desk.office().code.clone();
    for user in users::list_users_by_login(desk.connection, logins)? {
        if user.details.scope.contains(&office) {
            known.entry(user.login).or_insert(user.details.scope.may_serve(&office).map(|()| user.id));
        }
    }
    let find = |login: &Login| known.get(login).cloned().unwrap_or(Err(Rule::NotFound));
    let picked =
        logins.iter().enumerate().filter_map(|(place, login)| check.field(format!("officers[{place}]"), find(login)));
    Ok(picked.collect())
}

/// What the teams bring, once each, without what was archived.
pub fn usual_units<A: Action>(desk: &mut Desk<'_, A>, teams: &[Team]) -> Result<Vec<UnitId>, ServiceError> {
    let ids: BTreeSet<UnitId> = teams.iter().flat_map(|team| team.details.units.iter().copied()).collect();
    let stored = units::list_units_by_id(desk.connection, desk.scope(), &Vec::from_iter(ids))?;
    Ok(stored.into_iter().filter(|unit| !unit.archived).map(|unit| unit.id).collect())
}

/// The members of the teams, once each, without those who left the service or the office.
pub fn members_of<A: Action>(desk: &mut Desk<'_, A>, teams: &[Team]) -> Result<Vec<UserId>, ServiceError> {
    let ids: BTreeSet<UserId> = teams.iter().flat_map(|team| team.details.members.iter().copied()).collect();
    let office = desk.office().code.clone();
    let active = users::list_users_by_id(desk.connection, &Vec::from_iter(ids))?;
    Ok(active.into_iter().filter(|user| user.details.scope.may_serve(&office).is_ok()).map(|user| user.id).collect())
}

/// What stands behind each name, in their order; a name that nothing stands behind is noted by its place.
fn pick<K: Ord, T: Clone>(check: &mut Check, field: &str, names: &[K], known: &BTreeMap<K, T>) -> Vec<T> {
    let find = |(place, name): (usize, &K)| {
        check.field(format!("{field}[{place}]"), known.get(name).cloned().ok_or(Rule::NotFound))
    };
    names.iter().enumerate().filter_map(find).collect()
}

/// The operators of these teams, for the efforts of an event.
pub fn operators_of<A: Action>(desk: &mut Desk<'_, A>, ids: &[TeamId]) -> Result<BTreeMap<TeamId, i64>, ServiceError> {
    let stored = teams::list_teams_by_id(desk.connection, desk.scope(), ids)?;
    Ok(stored.into_iter().map(|team| (team.id, team.details.operators)).collect())
}
