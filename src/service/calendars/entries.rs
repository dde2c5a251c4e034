//! Events as entries of a calendar: one for each day, since hours differ and nights lie between. No entry names anybody
//! but staff: notes, requesters and contacts stay in the office.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

use crate::domain::event::{Event, EventDay, EventState, Hours};
use crate::domain::feed::FeedSubject;
use crate::domain::id::{TeamId, UnitId, UserId, VenueId};
use crate::domain::language::Language;
use crate::domain::office::Office;
use crate::domain::permission::Action;
use crate::domain::region::RegionCode;
use crate::domain::venue::{Position, Venue};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::{regions, teams, units, users, venues};
use crate::wording::messages::{label, message};

/// A calendar with its entries.
#[derive(Debug)]
pub struct Sheet {
    pub name: String,
    pub entries: Vec<Entry>,
}

/// One day of an event.
#[derive(Debug)]
pub struct Entry {
    /// Stays the same when the event moves, so that a calendar moves its entry.
    pub uid: String,
    pub sequence: i64,
    pub status: Status,
    pub summary: String,
    pub location: Option<String>,
    pub position: Option<Position>,
    pub description: String,
    pub address: String,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Tentative,
    Confirmed,
    Cancelled,
}

impl Status {
    fn of(state: EventState) -> Self {
        match state {
            EventState::Draft | EventState::Proposed => Self::Tentative,
            EventState::Confirmed | EventState::Ongoing | EventState::Done => Self::Confirmed,
            EventState::Cancelled | EventState::Postponed | EventState::NotHeld => Self::Cancelled,
        }
    }
}

/// The calendar of these events.
pub fn sheet<A: Action>(
    desk: &mut Desk<'_, A>,
    subject: FeedSubject,
    all: &[Event],
    language: Language,
    site: &str,
) -> Result<Sheet, ServiceError> {
    let names = Names::load(desk, subject.team(), all)?;
    let words = Words { language, site, office: desk.office(), names: &names };
    let name = match subject {
        FeedSubject::Office => desk.office().name.to_string(),
        FeedSubject::Team(team) => words.names.teams.get(&team).cloned().unwrap_or_default(),
        FeedSubject::Owner => message(language, "calendar-of-officer", &[]),
    };
    let name = message(language, "calendar-name", &[("name", name)]);
    Ok(Sheet { name, entries: all.iter().flat_map(|event| words.entries(event)).collect() })
}

/// What the entries are told with.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub language: Language,
    pub site: &'a str,
    pub office: &'a Office,
    pub names: &'a Names,
}

impl Words<'_> {
    /// One for each day, in their order.
    pub fn entries(&self, event: &Event) -> Vec<Entry> {
        let venue = event.venue.and_then(|id| self.names.venues.get(&id));
        let days = event.days.iter().enumerate();
        days.filter_map(|(place, day)| self.entry(event, venue, place, day)).collect()
    }

    /// The entry of one day; none for hours that the office's clocks never showed.
    fn entry(&self, event: &Event, venue: Option<&Venue>, place: usize, day: &EventDay) -> Option<Entry> {
        let status = Status::of(event.state);
        let Hours { starts, ends } = day.hours();
        Some(Entry {
            uid: uid(event, place),
            sequence: event.version,
            status,
            summary: self.summary(event, status),
            location: self.names.place(event),
            position: venue.and_then(|venue| venue.details.position),
            description: self.description(event),
            address: format!("{}/{}/kegiatan/{}", self.site, self.office.code, event.id),
            starts: self.moment(day.date().and_time(starts))?,
            ends: self.moment(day.date().and_time(ends))?,
            created_at: event.created_at,
            changed_at: event.updated_at,
        })
    }

    fn moment(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        self.office.time_zone.from_local_datetime(&local).earliest().map(|at| at.to_utc())
    }

    /// Many programs show what is cancelled like everything else, so the title says it, too.
    fn summary(&self, event: &Event, status: Status) -> String {
        if status == Status::Confirmed {
            return event.title.to_string();
        }
        let args = [("state", self.state(event)), ("title", event.title.to_string())];
        message(self.language, "calendar-summary", &args)
    }

    fn state(&self, event: &Event) -> String {
        label(self.language, "event-state", event.state.as_str())
    }

    fn description(&self, event: &Event) -> String {
        let teams = self.names.teams_of(event);
        let officers = event.officers.iter().filter_map(|id| self.names.officers.get(id).cloned());
        let units = event.units.iter().filter_map(|id| self.names.units.get(id).cloned());
        let services = event.services.iter().map(|service| label(self.language, "outcome", service.as_str()));
        let lines = [
            ("calendar-teams", teams.join(", ")),
            ("calendar-officers", joined(officers)),
            ("calendar-units", joined(units)),
            ("calendar-services", joined(services)),
            ("calendar-state", self.state(event)),
        ];
        let told = lines.into_iter().filter(|(_, names)| !names.is_empty());
        told.map(|(id, names)| message(self.language, id, &[("names", names)])).collect::<Vec<_>>().join("\n")
    }
}

/// The first day has the event's own id; the others count on, so that a moved day keeps its entry.
fn uid(event: &Event, place: usize) -> String {
    match place {
        0 => format!("{}@jemputbola", event.id),
        _ => format!("{}-{}@jemputbola", event.id, place + 1),
    }
}

fn joined(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.join(", ")
}

/// The names behind the ids of many events, each kind asked for once.
pub struct Names {
    venues: BTreeMap<VenueId, Venue>,
    regions: BTreeMap<RegionCode, String>,
    teams: BTreeMap<TeamId, String>,
    units: BTreeMap<UnitId, String>,
    officers: BTreeMap<UserId, String>,
}

impl Names {
    /// Of these events, and of one more team.
    pub fn load<A: Action>(desk: &mut Desk<'_, A>, team: Option<TeamId>, all: &[Event]) -> Result<Self, ServiceError> {
        let scope = desk.scope();
        let c = &mut *desk.connection;
        let team_ids = all.iter().flat_map(|event| event.teams.iter().copied()).chain(team);
        let teams = teams::list_teams_by_id(c, scope, &unique(team_ids))?;
        let units = units::list_units_by_id(c, scope, &unique(all.iter().flat_map(|e| e.units.iter().copied())))?;
        let officers = users::list_users_by_id(c, &unique(all.iter().flat_map(|e| e.officers.iter().copied())))?;
        let venues = venues::list_venues_by_id(c, scope, &unique(all.iter().filter_map(|event| event.venue)))?;
        let region_codes = unique(venues.iter().map(|venue| venue.details.region.clone()));
        Ok(Self {
            regions: regions::list_region_names(c, &region_codes)?.into_iter().collect(),
            venues: venues.into_iter().map(|venue| (venue.id, venue)).collect(),
            teams: teams.into_iter().map(|team| (team.id, team.details.name.into_string())).collect(),
            units: units.into_iter().map(|unit| (unit.id, unit.name.into_string())).collect(),
            officers: officers.into_iter().map(|user| (user.id, user.details.name.into_string())).collect(),
        })
    }

    /// Where an event is: the venue with its region, or the place as it was typed.
    pub fn place(&self, event: &Event) -> Option<String> {
        let Some(venue) = event.venue.and_then(|id| self.venues.get(&id)) else {
            return event.place.as_ref().map(ToString::to_string);
        };
        let name = venue.details.name.to_string();
        Some(match self.regions.get(&venue.details.region) {
            Some(region) => format!("{name}, {region}"),
            None => name,
        })
    }

    /// The names of an event's teams, in the order of the alphabet.
    pub fn teams_of(&self, event: &Event) -> Vec<String> {
        let mut names: Vec<String> = event.teams.iter().filter_map(|id| self.teams.get(id).cloned()).collect();
        names.sort();
        names
    }
}

fn unique<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect::<std::collections::BTreeSet<T>>().into_iter().collect()
}
