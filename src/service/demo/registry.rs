//! Who and what the office of a demo has: staff, units, teams, absences, and the venues of facts and generator.

use std::collections::BTreeMap;
use std::fmt::Display;

use chrono::{DateTime, Utc};

use crate::domain::dates::DateRange;
use crate::domain::id::{AbsenceId, TeamId, UnitId, UserId, VenueId};
use crate::domain::office::Office;
use crate::domain::opening::OpeningCells;
use crate::domain::rule::Rule;
use crate::domain::scenario::{
    PROFILES, ScenarioIds, SyntheticAbsence, SyntheticHistory, SyntheticTeam, SyntheticUnit, SyntheticUser,
    SyntheticVenue,
};
use crate::domain::staff::{User, UserInput};
use crate::domain::team::{Absence, Team, TeamDetails, Unit};
use crate::domain::text::{Code, Login};
use crate::domain::venue::{Position, Venue, VenueDetails, VenueInput};
use crate::service::error::ServiceError;
use crate::service::files::facts::DistrictFacts;

/// The rows, and their ids by the names that events call them.
#[derive(Debug)]
pub struct Registry {
    pub users: Vec<User>,
    pub units: Vec<Unit>,
    pub teams: Vec<Team>,
    pub absences: Vec<Absence>,
    pub venues: Vec<Venue>,
    user_ids: BTreeMap<Login, UserId>,
    unit_ids: BTreeMap<Code, UnitId>,
    team_ids: BTreeMap<Code, TeamId>,
    venue_ids: BTreeMap<Code, VenueId>,
}

impl Registry {
    pub fn user(&self, login: &Login) -> Result<UserId, ServiceError> {
        look_up(&self.user_ids, login)
    }

    pub fn unit(&self, code: &Code) -> Result<UnitId, ServiceError> {
        look_up(&self.unit_ids, code)
    }

    pub fn team(&self, code: &Code) -> Result<TeamId, ServiceError> {
        look_up(&self.team_ids, code)
    }

    pub fn venue(&self, code: &Code) -> Result<VenueId, ServiceError> {
        look_up(&self.venue_ids, code)
    }
}

/// The registry of one office, every row made at `made_at`.
pub fn register(
    office: &Office,
    facts: &DistrictFacts,
    history: &SyntheticHistory,
    made_at: DateTime<Utc>,
    ids: &mut ScenarioIds,
) -> Result<Registry, ServiceError> {
    let mut id = || ids.next_at(made_at);
    let users: Vec<User> =
        history.users.iter().map(|user| build_user(office, user, UserId(id()))).collect::<Result<_, _>>()?;
    let units: Vec<Unit> = history.units.iter().map(|unit| build_unit(unit, UnitId(id()))).collect::<Result<_, _>>()?;
    let user_ids: BTreeMap<_, _> = users.iter().map(|user| (user.login.clone(), user.id)).collect();
    let unit_ids: BTreeMap<_, _> = units.iter().map(|unit| (unit.code.clone(), unit.id)).collect();
    let teams: Vec<Team> = history
        .teams
        .iter()
        .map(|team| build_team(team, TeamId(id()), &user_ids, &unit_ids))
        .collect::<Result<_, _>>()?;
    let absences = history
        .absences
        .iter()
        .map(|absence| build_absence(absence, AbsenceId(id()), &user_ids))
        .collect::<Result<_, _>>()?;
    let published = facts.venues.iter().cloned().map(Ok);
    let synthetic = history.venues.iter().map(|venue| Ok((venue.code.clone(), venue_details(venue)?)));
    let venues: Vec<Venue> = published
        .chain(synthetic)
        .map(|venue: Result<_, ServiceError>| {
            let (code, details) = venue?;
            Ok(Venue { id: VenueId(id()), code, details, version: 1, archived: false })
        })
        .collect::<Result<_, ServiceError>>()?;
    let team_ids = teams.iter().map(|team| (team.code.clone(), team.id)).collect();
    let venue_ids = venues.iter().map(|venue| (venue.code.clone(), venue.id)).collect();
    Ok(Registry { users, units, teams, absences, venues, user_ids, unit_ids, team_ids, venue_ids })
}

/// True for the form of login that the demo gives: `ROLE@DISTRICT.example`.
pub fn is_demo_login(login: &Login) -> bool {
    let district = login.as_str().strip_suffix(".example").and_then(|rest| rest.split_once('@'));
    district.is_some_and(|(_, slug)| PROFILES.iter().any(|profile| profile.slug == slug))
}

fn build_user(office: &Office, user: &SyntheticUser, id: UserId) -> Result<User, ServiceError> {
    let input = UserInput {
        name: Some(user.name.to_string()),
        role: Some(user.role.to_owned()),
        scope: Some(office.code.to_string()),
        email: Some(user.email.to_string()),
        phone: Some(user.phone.to_string()),
        rank: user.rank.map(str::to_owned),
        nip: user.nip.clone(),
        language: None,
    };
    Ok(User { id, login: user.login.clone(), details: input.check().map_err(unfit)?, version: 1, archived: false })
}

fn build_unit(unit: &SyntheticUnit, id: UnitId) -> Result<Unit, ServiceError> {
    let kind = unit.kind.parse().map_err(broken)?;
    Ok(Unit { id, code: unit.code.clone(), kind, name: unit.name.clone(), version: 1, archived: false })
}

fn build_team(
    team: &SyntheticTeam,
    id: TeamId,
    users: &BTreeMap<Login, UserId>,
    units: &BTreeMap<Code, UnitId>,
) -> Result<Team, ServiceError> {
    let details = TeamDetails {
        name: team.name.clone(),
        operators: team.operators.into(),
        capacity_per_day: team.capacity_per_day.into(),
        base: Some(Position::new(team.latitude, team.longitude).map_err(broken)?),
        units: team.units.iter().map(|code| look_up(units, code)).collect::<Result<_, _>>()?,
        members: team.members.iter().map(|login| look_up(users, login)).collect::<Result<_, _>>()?,
    };
    Ok(Team { id, code: team.code.clone(), details, version: 1, archived: false })
}

fn build_absence(
    absence: &SyntheticAbsence,
    id: AbsenceId,
    users: &BTreeMap<Login, UserId>,
) -> Result<Absence, ServiceError> {
    let days = DateRange::new(absence.from, absence.to).map_err(broken)?;
    Ok(Absence { id, user: look_up(users, &absence.login)?, days, reason: Some(absence.reason.clone()), version: 1 })
}

fn venue_details(venue: &SyntheticVenue) -> Result<VenueDetails, ServiceError> {
    let cells = venue.opening.clone();
    let input = VenueInput {
        name: Some(venue.name.to_string()),
        kind: Some(venue.kind.to_owned()),
        region: Some(venue.region.to_string()),
        latitude: Some(venue.latitude),
        longitude: Some(venue.longitude),
        people: Some(venue.people.into()),
        eligible: Some(venue.eligible.into()),
        phone_share: Some(venue.phone_share.into()),
        opening: OpeningCells {
            weekdays: cells.weekdays,
            pasaran: cells.pasaran,
            dates: cells.dates,
            blackout: cells.blackout,
            opens: cells.opens,
            closes: cells.closes,
        },
        contact_name: Some(venue.contact_name.to_string()),
        contact_phone: Some(venue.contact_phone.to_string()),
        notes: Some(venue.notes.to_string()),
        as_reported: None,
    };
    input.check().map_err(unfit)
}

fn look_up<K: Ord + Display, V: Copy>(ids: &BTreeMap<K, V>, key: &K) -> Result<V, ServiceError> {
    ids.get(key).copied().ok_or_else(|| ServiceError::internal(format!("the demo knows no {key}")))
}

/// A generated value that breaks a rule is a bug of the generator.
pub fn broken(rule: Rule) -> ServiceError {
    ServiceError::internal(rule)
}

/// As [`broken`], for several fields.
pub fn unfit(errors: impl std::fmt::Debug) -> ServiceError {
    ServiceError::internal(format!("{errors:?}"))
}
