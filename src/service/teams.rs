//! The teams of an office: who travels together, with which units, from where.

use std::collections::BTreeMap;

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::planning::{FutureEvent, follow_team};
use crate::domain::audit::Change;
use crate::domain::id::{TeamId, UnitId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::domain::team::{Team, TeamDetails, TeamSheet};
use crate::domain::text::{Code, Login};
use crate::store::queries::teams as store;
use crate::store::queries::{units, users};

/// A new team.
#[derive(Debug, Clone, PartialEq)]
pub struct AddTeam {
    pub code: Code,
    pub sheet: TeamSheet,
}

/// Another sheet for a team, and whether it is archived.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeTeam {
    pub code: Code,
    pub sheet: TeamSheet,
    pub archived: bool,
    /// The version that the caller saw; without one the change applies to whatever is stored.
    pub known: Option<i64>,
    /// True: its events to come take its members, too.
    pub update_events: bool,
}

/// A changed team, and its events to come whose officers are, or were until now, not the members of their teams.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedTeam {
    pub team: StaffedTeam,
    pub future_events: Vec<FutureEvent>,
}

/// A team with its units and members by the names that they go by outside.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffedTeam {
    pub team: Team,
    /// By code.
    pub units: Vec<Code>,
    /// By login.
    pub members: Vec<Login>,
}

impl Services {
    /// One page of the office's teams, by code.
    pub async fn list_teams(
        &self,
        caller: &Caller,
        office: &RegionCode,
        archived: bool,
        cut: Cut<Code>,
    ) -> Result<Page<StaffedTeam>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let page = store::list_teams(desk.connection, desk.scope(), archived, &cut)?;
            Ok(Page { items: staff(desk, page.items)?, more: page.more })
        })
        .await
    }

    pub async fn find_team(
        &self,
        caller: &Caller,
        office: &RegionCode,
        code: Code,
    ) -> Result<StaffedTeam, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let team = load(desk, &code)?;
            staff_one(desk, team)
        })
        .await
    }

    /// Adds a team; a code in use is a conflict.
    pub async fn add_team(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: AddTeam,
    ) -> Result<StaffedTeam, ServiceError> {
        let id = TeamId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let details = resolve(desk, &command.sheet)?;
            let team = Team { id, code: command.code.clone(), details, version: 1, archived: false };
            store::insert_teams(desk.connection, desk.scope(), std::slice::from_ref(&team), desk.now)
                .map_err(ServiceError::taken("code"))?;
            desk.record(Change::new("team.added", "team", &team.code))?;
            staff_one(desk, team)
        })
        .await
    }

    /// Gives a team another sheet, or takes it out of use and back; tells which of its events to come have other people,
    /// or gives them these.
    pub async fn change_team(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: ChangeTeam,
    ) -> Result<ChangedTeam, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load(desk, &command.code)?;
            let details = resolve(desk, &command.sheet)?;
            let fields = stored.details.changed_fields(&details);
            let archived = command.archived;
            let changed = Team { details, archived, version: stored.version + 1, ..stored.clone() };
            save(desk, &stored, &changed, command.known)?;
            desk.record(Change::new("team.changed", "team", &changed.code).fields(&fields).with("archived", archived))?;
            let future_events = follow_team(desk, &changed, command.update_events)?;
            Ok(ChangedTeam { team: staff_one(desk, changed)?, future_events })
        })
        .await
    }

    /// The events to come of a team whose officers are not the members of their teams.
    pub async fn list_future_events(
        &self,
        caller: &Caller,
        office: &RegionCode,
        code: Code,
    ) -> Result<Vec<FutureEvent>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let team = load(desk, &code)?;
            follow_team(desk, &team, false)
        })
        .await
    }

    /// Takes a team out of use; its history stays.
    pub async fn archive_team(
        &self,
        caller: &Caller,
        office: &RegionCode,
        code: Code,
        known: Option<i64>,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load(desk, &code)?;
            let archived = Team { archived: true, version: stored.version + 1, ..stored.clone() };
            save(desk, &stored, &archived, known)?;
            desk.record(Change::new("team.archived", "team", &code))
        })
        .await
    }
}

fn load<A: Action>(desk: &mut Desk<'_, A>, code: &Code) -> Result<Team, ServiceError> {
    store::find_team(desk.connection, desk.scope(), code)?.ok_or(ServiceError::NotFound)
}

fn save(desk: &mut Desk<'_, Plan>, stored: &Team, changed: &Team, known: Option<i64>) -> Result<(), ServiceError> {
    let known = known.unwrap_or(stored.version);
    let saved = store::update_team(desk.connection, desk.scope(), changed, known, desk.now)?;
    ServiceError::stale_unless(saved)
}

/// The details of a sheet, every unknown unit and member named.
fn resolve<A: Action>(desk: &mut Desk<'_, A>, sheet: &TeamSheet) -> Result<TeamDetails, ServiceError> {
    let mut check = Check::new();
    let units = resolve_units(desk, &mut check, &sheet.units)?;
    let members = resolve_members(desk, &mut check, &sheet.members)?;
    Ok(check.finish(Some(TeamDetails {
        name: sheet.name.clone(),
        operators: sheet.operators,
        capacity_per_day: sheet.capacity_per_day,
        base: sheet.base,
        units,
        members,
    }))?)
}

/// The units in use with these codes, by id.
fn resolve_units<A: Action>(
    desk: &mut Desk<'_, A>,
    check: &mut Check,
    codes: &[Code],
) -> Result<Vec<UnitId>, ServiceError> {
    let found = units::list_units_by_code(desk.connection, desk.scope(), codes)?;
    let by_code: BTreeMap<_, _> =
        found.into_iter().filter(|unit| !unit.archived).map(|unit| (unit.code, unit.id)).collect();
    Ok(pick(check, "units", codes, &by_code))
}

/// The staff of this office with these logins, by id.
fn resolve_members<A: Action>(
    desk: &mut Desk<'_, A>,
    check: &mut Check,
    logins: &[Login],
) -> Result<Vec<UserId>, ServiceError> {
    let office = desk.permit.office().code.clone();
    let mut by_login = BTreeMap::new();
    for user in users::list_users_by_login(desk.connection, logins)? {
        if user.details.scope.contains(&office) {
            by_login.insert(user.login, user.details.scope.may_serve(&office).map(|()| user.id));
        }
    }
    let find = |login: &Login| by_login.get(login).cloned().unwrap_or(Err(Rule::NotFound));
    let found =
        logins.iter().enumerate().filter_map(|(place, login)| check.field(format!("members[{place}]"), find(login)));
    let mut members: Vec<UserId> = found.collect();
    members.sort_unstable();
    Ok(members)
}

/// The ids of `names`, in the order of the ids, as the store gives them back; what is unknown is noted with its place.
fn pick<N: Ord, I: Copy + Ord>(check: &mut Check, field: &str, names: &[N], known: &BTreeMap<N, I>) -> Vec<I> {
    let mut picked = Vec::with_capacity(names.len());
    for (place, name) in names.iter().enumerate() {
        match known.get(name) {
            Some(id) => picked.push(*id),
            None => check.fail(format!("{field}[{place}]"), Rule::NotFound),
        }
    }
    picked.sort_unstable();
    picked
}

fn staff_one<A: Action>(desk: &mut Desk<'_, A>, team: Team) -> Result<StaffedTeam, ServiceError> {
    staff(desk, vec![team])?.pop().ok_or(ServiceError::NotFound)
}

/// These teams with the names of their units and members, asked for all at once.
fn staff<A: Action>(desk: &mut Desk<'_, A>, teams: Vec<Team>) -> Result<Vec<StaffedTeam>, ServiceError> {
    let ids: Vec<TeamId> = teams.iter().map(|team| team.id).collect();
    let mut units = BTreeMap::<TeamId, Vec<Code>>::new();
    for (team, code) in store::list_unit_codes(desk.connection, desk.scope(), &ids)? {
        units.entry(team).or_default().push(code);
    }
    let mut members = BTreeMap::<TeamId, Vec<Login>>::new();
    for (team, login) in store::list_member_logins(desk.connection, desk.scope(), &ids)? {
        members.entry(team).or_default().push(login);
    }
    let staffed = |team: Team| StaffedTeam {
        units: units.remove(&team.id).unwrap_or_default(),
        members: members.remove(&team.id).unwrap_or_default(),
        team,
    };
    Ok(teams.into_iter().map(staffed).collect())
}
