//! The events that a digest names, with venue, region and teams: three statements for all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::digest::EventLine;
use crate::domain::event::EventKind;
use crate::domain::id::EventId;
use crate::domain::permission::Action;
use crate::domain::region::{RegionCode, RegionLevel};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::regions::list_regions_by_code;
use crate::store::reports::digest::{EventFacts, EventTeam, list_event_facts, list_event_teams};

/// Events by id.
#[derive(Debug)]
pub struct Lines {
    events: BTreeMap<EventId, EventFacts>,
    teams: BTreeMap<EventId, Vec<EventTeam>>,
    regions: BTreeMap<RegionCode, String>,
}

impl Lines {
    pub fn load<A: Action>(desk: &mut Desk<'_, A>, ids: &[EventId]) -> Result<Self, ServiceError> {
        let facts = list_event_facts(desk.connection, desk.scope(), ids)?;
        let mut teams: BTreeMap<EventId, Vec<EventTeam>> = BTreeMap::new();
        for team in list_event_teams(desk.connection, desk.scope(), ids)? {
            teams.entry(team.event).or_default().push(team);
        }
        let codes: BTreeSet<RegionCode> =
            facts.iter().filter_map(|event| event.region.as_ref()).flat_map(with_parent).collect();
        let regions = list_regions_by_code(desk.connection, &Vec::from_iter(codes))?;
        Ok(Self {
            events: facts.into_iter().map(|event| (event.id, event)).collect(),
            teams,
            regions: regions.into_iter().map(|region| (region.code, region.name)).collect(),
        })
    }

    /// The line of an event; none for one that is not there, such as one that only held entries name.
    pub fn find(&self, event: EventId) -> Option<EventLine> {
        let facts = self.events.get(&event)?;
        Some(EventLine {
            id: event,
            title: facts.title.to_string(),
            state: facts.state,
            venue: facts.venue.as_ref().map(ToString::to_string),
            region: facts.region.as_ref().and_then(|region| self.region(region)),
            first_day: facts.first_day,
            last_day: facts.last_day,
            teams: self.teams(event).iter().map(|team| team.name.to_string()).collect(),
            reason: facts.reason.as_ref().map(ToString::to_string),
            number: 0,
        })
    }

    pub fn kind(&self, event: EventId) -> Option<EventKind> {
        self.events.get(&event).map(|facts| facts.kind)
    }

    pub fn teams(&self, event: EventId) -> &[EventTeam] {
        self.teams.get(&event).map(Vec::as_slice).unwrap_or_default()
    }

    /// "Karangjambe, Padamara": the village and its district, as far as they are known.
    fn region(&self, code: &RegionCode) -> Option<String> {
        let names: Vec<&str> =
            with_parent(code).iter().filter_map(|code| self.regions.get(code)).map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// A village with its district, a district alone.
fn with_parent(code: &RegionCode) -> Vec<RegionCode> {
    let district = code.as_str().rsplit_once('.').and_then(|(parent, _)| parent.parse().ok());
    let district = district.filter(|_| code.level() == RegionLevel::Village);
    std::iter::once(code.clone()).chain(district).collect()
}
