//! The venues, teams and people that a file names by code or login, archived ones too: a file tells of what was.

use std::collections::{BTreeMap, BTreeSet};

use super::options::KEYS_PER_QUERY;
use crate::domain::id::{TeamId, VenueId};
use crate::domain::permission::Action;
use crate::domain::staff::User;
use crate::domain::team::Team;
use crate::domain::text::{Code, Login, Name};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::{teams, users, venues};

/// What the codes of a file stand for.
#[derive(Debug, Default)]
pub struct Names {
    venues: BTreeMap<Code, (VenueId, Name)>,
    teams: BTreeMap<Code, Team>,
    capacities: BTreeMap<TeamId, i64>,
}

impl Names {
    pub fn load<A: Action>(
        desk: &mut Desk<'_, A>,
        venue_codes: BTreeSet<&Code>,
        team_codes: BTreeSet<&Code>,
    ) -> Result<Self, ServiceError> {
        let (scope, mut names) = (desk.scope(), Self::default());
        for codes in chunks(venue_codes) {
            let found = venues::list_venues_by_code(desk.connection, scope, &codes)?;
            names.venues.extend(found.into_iter().map(|venue| (venue.code, (venue.id, venue.details.name))));
        }
        for codes in chunks(team_codes) {
            let found = teams::list_teams_by_code(desk.connection, scope, &codes)?;
            names.teams.extend(found.into_iter().map(|team| (team.code.clone(), team)));
        }
        let all = teams::list_all_teams(desk.connection, scope)?;
        names.capacities =
            all.iter().chain(names.teams.values()).map(|team| (team.id, team.details.capacity_per_day)).collect();
        Ok(names)
    }

    pub fn venue(&self, code: &Code) -> Option<VenueId> {
        self.venues.get(code).map(|(id, _)| *id)
    }

    pub fn venue_name(&self, code: &Code) -> Option<&Name> {
        self.venues.get(code).map(|(_, name)| name)
    }

    pub fn team(&self, code: &Code) -> Option<&Team> {
        self.teams.get(code)
    }

    /// How many operators each of the named teams has.
    pub fn operators(&self) -> BTreeMap<TeamId, i64> {
        self.teams.values().map(|team| (team.id, team.details.operators)).collect()
    }

    /// People whom these teams together can serve in a day.
    pub fn capacity<'a>(&self, teams: impl IntoIterator<Item = &'a TeamId>) -> i64 {
        teams.into_iter().filter_map(|team| self.capacities.get(team)).sum()
    }
}

/// The users with these logins, wherever they are and be they archived: whether they may be meant, the kind of file says.
pub fn load_staff<A: Action>(
    desk: &mut Desk<'_, A>,
    logins: BTreeSet<&Login>,
) -> Result<BTreeMap<Login, User>, ServiceError> {
    let logins: Vec<Login> = logins.into_iter().cloned().collect();
    let mut staff = BTreeMap::new();
    for logins in logins.chunks(KEYS_PER_QUERY) {
        let found = users::list_users_ever(desk.connection, logins)?;
        staff.extend(found.into_iter().map(|user| (user.login.clone(), user)));
    }
    Ok(staff)
}

/// The codes in as many parts as queries need.
pub fn chunks(codes: BTreeSet<&Code>) -> Vec<Vec<Code>> {
    let codes: Vec<Code> = codes.into_iter().cloned().collect();
    codes.chunks(KEYS_PER_QUERY).map(<[Code]>::to_vec).collect()
}
