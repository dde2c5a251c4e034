//! Teams and their members from files. Units and members are named by code and login, and must exist and be in use.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{chunks, load_staff};
use crate::domain::audit::Change;
use crate::domain::id::{TeamId, UnitId, UserId};
use crate::domain::permission::{Action, Plan};
use crate::domain::rule::Rule;
use crate::domain::staff::User;
use crate::domain::team::{Team, TeamDetails};
use crate::domain::text::{Code, Login};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::ImportReport;
use crate::service::files::teams::{MemberFile, NamedTeam, TeamFile, TeamRow};
use crate::store::queries::teams as store;
use crate::store::queries::units;

/// Adds and changes the teams of a file.
pub fn save(desk: &mut Desk<'_, Plan>, file: &TeamFile) -> Result<ImportReport, ServiceError> {
    let units = check(desk, file)?;
    let stored = load(desk, file.rows.iter().map(|row| &row.value.code).collect())?;
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for row in &file.rows {
        let details = details(&row.value, &units);
        match stored.get(&row.value.code) {
            None => {
                let (id, code) = (row.value.id, row.value.code.clone());
                added.push(Team { id, code, details, version: 1, archived: false });
            }
            Some(known) => changed.push((known, merged(file, details, &known.details))),
        }
    }
    store::insert_teams(desk.connection, desk.scope(), &added, desk.now)?;
    desk.record_all(added.iter().map(|team| Change::new("team.added", "team", &team.code)).collect())?;
    let changed = replace(desk, changed)?;
    Ok(ImportReport::of(file.rows.len(), added.len(), changed))
}

/// Adds the members of a file to their teams.
pub fn save_members(desk: &mut Desk<'_, Plan>, file: &MemberFile) -> Result<ImportReport, ServiceError> {
    let teams = load(desk, file.rows.iter().map(|row| &row.value.0).collect())?;
    let staff = load_members(desk, file)?;
    let mut errors = file.errors.clone();
    errors.refuse_repeated(&file.rows, "login", Clone::clone);
    let mut joined: BTreeMap<&Code, Vec<UserId>> = BTreeMap::new();
    let mut added = 0;
    for row in &file.rows {
        let (code, login) = &row.value;
        let team = teams.get(code).filter(|team| !team.archived);
        let user = staff.get(login).cloned().unwrap_or(Err(Rule::NotFound));
        if team.is_none() {
            errors.push(row.line, "team", Rule::NotFound);
        }
        if let Err(rule) = &user {
            errors.push(row.line, "login", rule.clone());
        }
        if let Some((team, user)) = team.zip(user.ok()).filter(|(team, user)| !team.details.members.contains(user)) {
            joined.entry(&team.code).or_default().push(user);
            added += 1;
        }
    }
    errors.finish(())?;
    let grown = |(code, new): (&Code, Vec<UserId>)| {
        let known = teams.get(code)?;
        let mut members = [known.details.members.clone(), new].concat();
        members.sort_unstable();
        Some((known, TeamDetails { members, ..known.details.clone() }))
    };
    replace(desk, joined.into_iter().filter_map(grown).collect())?;
    Ok(ImportReport::of(file.rows.len(), added, 0))
}

/// The teams that an export shows: those in use.
pub fn list_named<A: Action>(desk: &mut Desk<'_, A>) -> Result<Vec<NamedTeam>, ServiceError> {
    let teams = store::list_all_teams(desk.connection, desk.scope())?;
    let ids: Vec<TeamId> = teams.iter().map(|team| team.id).collect();
    let mut units = BTreeMap::<TeamId, Vec<Code>>::new();
    for (team, code) in store::list_unit_codes(desk.connection, desk.scope(), &ids)? {
        units.entry(team).or_default().push(code);
    }
    let mut members = BTreeMap::<TeamId, Vec<Login>>::new();
    for (team, login) in store::list_member_logins(desk.connection, desk.scope(), &ids)? {
        members.entry(team).or_default().push(login);
    }
    let named = |team: Team| NamedTeam {
        units: units.remove(&team.id).unwrap_or_default(),
        members: members.remove(&team.id).unwrap_or_default(),
        team,
    };
    Ok(teams.into_iter().map(named).collect())
}

/// The errors of reading, and what no single row can tell; the units in use by code.
fn check(desk: &mut Desk<'_, Plan>, file: &TeamFile) -> Result<BTreeMap<Code, UnitId>, ServiceError> {
    let mut known = BTreeMap::new();
    for codes in chunks(file.rows.iter().flat_map(|row| &row.value.sheet.units).collect()) {
        let found = units::list_units_by_code(desk.connection, desk.scope(), &codes)?;
        known.extend(found.into_iter().filter(|unit| !unit.archived).map(|unit| (unit.code, unit.id)));
    }
    let mut errors = file.errors.clone();
    errors.refuse_repeated(&file.rows, "code", |row| row.code.clone());
    for row in &file.rows {
        if !row.value.sheet.units.iter().all(|code| known.contains_key(code)) {
            errors.push(row.line, "units", Rule::NotFound);
        }
    }
    Ok(errors.finish(known)?)
}

fn load(desk: &mut Desk<'_, Plan>, codes: BTreeSet<&Code>) -> Result<BTreeMap<Code, Team>, ServiceError> {
    let mut stored = BTreeMap::new();
    for codes in chunks(codes) {
        let teams = store::list_teams_by_code(desk.connection, desk.scope(), &codes)?;
        stored.extend(teams.into_iter().map(|team| (team.code.clone(), team)));
    }
    Ok(stored)
}

/// Those of the staff that the file names who are in use and whose rights reach this office, or why they cannot serve here.
fn load_members(
    desk: &mut Desk<'_, Plan>,
    file: &MemberFile,
) -> Result<BTreeMap<Login, Result<UserId, Rule>>, ServiceError> {
    let office = desk.office().code.clone();
    let staff = load_staff(desk, file.rows.iter().map(|row| &row.value.1).collect())?;
    let own = staff.into_iter().filter(|(_, user)| !user.archived && user.details.scope.contains(&office));
    let member = |user: &User| user.details.scope.may_serve(&office).map(|()| user.id);
    Ok(own.map(|(login, user)| (login, member(&user))).collect())
}

fn details(row: &TeamRow, units: &BTreeMap<Code, UnitId>) -> TeamDetails {
    let sheet = &row.sheet;
    // By id, as the store gives them back.
    let units: BTreeSet<UnitId> = sheet.units.iter().filter_map(|code| units.get(code).copied()).collect();
    TeamDetails {
        name: sheet.name.clone(),
        operators: sheet.operators,
        capacity_per_day: sheet.capacity_per_day,
        base: sheet.base,
        units: units.into_iter().collect(),
        members: Vec::new(),
    }
}

/// What a stored team becomes: columns that the file has, and the rest as it was.
fn merged(file: &TeamFile, new: TeamDetails, stored: &TeamDetails) -> TeamDetails {
    TeamDetails {
        base: if file.has_base { new.base } else { stored.base },
        units: if file.has_units { new.units } else { stored.units.clone() },
        members: stored.members.clone(),
        ..new
    }
}

/// Stores those that differ and says how many. An office has a handful of teams: a few statements for each are cheap.
fn replace(desk: &mut Desk<'_, Plan>, teams: Vec<(&Team, TeamDetails)>) -> Result<usize, ServiceError> {
    let mut trail = Vec::new();
    for (known, details) in teams {
        let fields = known.details.changed_fields(&details);
        if fields.is_empty() {
            continue;
        }
        let team = Team { details, version: known.version + 1, ..known.clone() };
        if !store::update_team(desk.connection, desk.scope(), &team, known.version, desk.now)? {
            return Err(ServiceError::Stale);
        }
        trail.push(Change::new("team.changed", "team", &team.code).fields(&fields));
    }
    let changed = trail.len();
    desk.record_all(trail)?;
    Ok(changed)
}
