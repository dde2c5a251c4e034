//! The names behind ids, for many events at once: venues and teams with what warnings need of them, units, officers.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::event::{Event, Subject};
use crate::domain::id::{TeamId, UnitId, UserId, VenueId};
use crate::domain::permission::Action;
use crate::domain::team::Team;
use crate::domain::text::{Code, Login};
use crate::domain::venue::Venue;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::{teams, units, users, venues};

/// What ids of one office stand for, archived or not.
#[derive(Debug)]
pub struct Names {
    pub venues: BTreeMap<VenueId, Venue>,
    pub teams: BTreeMap<TeamId, Team>,
    pub units: BTreeMap<UnitId, Code>,
    pub officers: BTreeMap<UserId, Login>,
}

impl Names {
    /// The names of everything that these events have.
    pub fn of_events<A: Action>(desk: &mut Desk<'_, A>, events: &[Event]) -> Result<Self, ServiceError> {
        Self::load(
            desk,
            events.iter().filter_map(|event| event.venue).collect(),
            events.iter().flat_map(|event| event.teams.iter().copied()).collect(),
            events.iter().flat_map(|event| event.units.iter().copied()).collect(),
            events.iter().flat_map(|event| event.officers.iter().copied()).collect(),
        )
    }

    pub fn load<A: Action>(
        desk: &mut Desk<'_, A>,
        venue_ids: BTreeSet<VenueId>,
        team_ids: BTreeSet<TeamId>,
        unit_ids: BTreeSet<UnitId>,
        officer_ids: BTreeSet<UserId>,
    ) -> Result<Self, ServiceError> {
        let scope = desk.scope();
        let c = &mut *desk.connection;
        let venues = venues::list_venues_by_id(c, scope, &Vec::from_iter(venue_ids))?;
        let teams = teams::list_teams_by_id(c, scope, &Vec::from_iter(team_ids))?;
        let units = units::list_units_by_id(c, scope, &Vec::from_iter(unit_ids))?;
        let officers = users::list_logins(c, &Vec::from_iter(officer_ids))?;
        Ok(Self {
            venues: venues.into_iter().map(|venue| (venue.id, venue)).collect(),
            teams: teams.into_iter().map(|team| (team.id, team)).collect(),
            units: units.into_iter().map(|unit| (unit.id, unit.code)).collect(),
            officers: officers.into_iter().collect(),
        })
    }

    /// Code or login; the id itself for what is not there, which foreign keys do not let happen.
    pub fn subject(&self, subject: Subject) -> String {
        let name = match subject {
            Subject::Officer(id) => self.officers.get(&id).map(ToString::to_string),
            Subject::Team(id) => self.teams.get(&id).map(|team| team.code.to_string()),
            Subject::Unit(id) => self.units.get(&id).map(ToString::to_string),
            Subject::Venue(id) => self.venues.get(&id).map(|venue| venue.code.to_string()),
        };
        name.unwrap_or_else(|| subject.id().to_string())
    }
}
