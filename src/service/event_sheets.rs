//! An event as its page and its papers show it: with its people, its counts and who entered them, and what happened to it.
//! One read of the database; what it costs does not grow with what the event has.

use std::collections::{BTreeMap, BTreeSet};

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::planning::{BookedEvent, present_one};
use super::recording::{EntryFilter, EventCounts, ShownEntry, count, with_names};
use crate::domain::audit::AuditEntry;
use crate::domain::id::EventId;
use crate::domain::letter::AssignmentLetter;
use crate::domain::office_settings::OfficeSettings;
use crate::domain::page::{Cut, LIMIT_MAX, Page};
use crate::domain::permission::{ActionKind, Read};
use crate::domain::region::{Region, RegionCode, RegionLevel};
use crate::domain::staff::User;
use crate::domain::tally::HeldEntry;
use crate::domain::team::{Team, Unit};
use crate::domain::text::{Login, Name};
use crate::domain::venue::Venue;
use crate::store::queries::{
    audit, events, held, letters, office_settings, regions, results, teams, units, users, venues,
};

/// Rows of the ledger and of the trail that a page shows.
const ROWS: usize = 200;

/// Everything about one event.
#[derive(Debug, Clone)]
pub struct EventSheet {
    pub booked: BookedEvent,
    pub venue: Option<Venue>,
    /// The kecamatan of the venue, and its desa if that is known: from the narrower to the wider.
    pub regions: Vec<Region>,
    pub teams: Vec<Team>,
    pub units: Vec<Unit>,
    /// By login.
    pub officers: Vec<User>,
    pub counts: EventCounts,
    /// By the time at which they were made.
    pub entries: Page<ShownEntry>,
    /// What waits for a decision.
    pub held: Vec<HeldEntry>,
    /// Newest first; empty for readers who may not see the trail.
    pub trail: Vec<AuditEntry>,
    /// The people whom entries and trail name.
    pub names: BTreeMap<Login, Name>,
    pub letter: Option<AssignmentLetter>,
    pub settings: OfficeSettings,
}

impl EventSheet {
    /// "Desa Karangbanjar, Kecamatan Bojongsari" is made of these.
    pub fn region(&self, level: RegionLevel) -> Option<&Region> {
        self.regions.iter().find(|region| region.level == level)
    }

    /// The name of the venue, or the place in words.
    pub fn place(&self) -> Option<&Name> {
        self.venue.as_ref().map(|venue| &venue.details.name).or(self.booked.event.place.as_ref())
    }

    /// The name behind a login; the login itself for somebody unknown.
    pub fn name_of(&self, login: &str) -> String {
        let known = login.parse().ok().and_then(|login: Login| self.names.get(&login));
        known.map_or_else(|| login.to_owned(), ToString::to_string)
    }
}

impl Services {
    /// One event with all that its page shows.
    pub async fn find_event_sheet(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
    ) -> Result<EventSheet, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| gather(desk, id)).await
    }
}

fn gather(desk: &mut Desk<'_, Read>, id: EventId) -> Result<EventSheet, ServiceError> {
    let scope = desk.scope();
    let event = events::find_event(desk.connection, scope, id)?.ok_or(ServiceError::NotFound)?;
    let booked = present_one(desk, event)?;
    let event = &booked.event;
    let venue = venues::list_venues_by_id(desk.connection, scope, &Vec::from_iter(event.venue))?.pop();
    let regions = list_regions(desk, venue.as_ref())?;
    let teams = teams::list_teams_by_id(desk.connection, scope, &event.teams)?;
    let units = units::list_units_by_id(desk.connection, scope, &event.units)?;
    let officers = users::list_people(desk.connection, &event.officers)?;
    let counts = count(desk, id)?;
    let entries = list_entries(desk, id)?;
    let held = held::list_waiting_of(desk.connection, scope, id)?;
    let trail = list_trail(desk, id)?;
    let names = list_names(desk, &entries.items, &trail)?;
    let letter = letters::find_letter(desk.connection, scope, id)?;
    let settings = office_settings::find_office_settings(desk.connection, scope)?;
    Ok(EventSheet {
        booked,
        venue,
        regions,
        teams,
        units,
        officers,
        counts,
        entries,
        held,
        trail,
        names,
        letter,
        settings,
    })
}

fn list_regions(desk: &mut Desk<'_, Read>, venue: Option<&Venue>) -> Result<Vec<Region>, ServiceError> {
    let Some(own) = venue.map(|venue| &venue.details.region) else { return Ok(Vec::new()) };
    let mut found = Vec::from_iter(regions::find_region(desk.connection, own)?);
    if own.level() == RegionLevel::Village
        && let Some(parent) = own.parent()
    {
        found.extend(regions::find_region(desk.connection, &parent)?);
    }
    Ok(found)
}

fn list_entries(desk: &mut Desk<'_, Read>, id: EventId) -> Result<Page<ShownEntry>, ServiceError> {
    let filter = EntryFilter { event: Some(id), ..EntryFilter::default() };
    let Page { items, more } =
        results::list_entries(desk.connection, desk.scope(), &filter, &Cut::new(LIMIT_MAX, None))?;
    Ok(Page { items: with_names(desk, items)?, more })
}

fn list_trail(desk: &mut Desk<'_, Read>, id: EventId) -> Result<Vec<AuditEntry>, ServiceError> {
    if !desk.permit.actor().may(ActionKind::ReadTrail) {
        return Ok(Vec::new());
    }
    let (region, filter) =
        (desk.office().code.clone(), audit::AuditFilter { subject: Some(id.to_string()), ..Default::default() });
    Ok(audit::list_audit(desk.connection, desk.scope(), &region, &filter, &Cut::new(ROWS, None))?.items)
}

fn list_names(
    desk: &mut Desk<'_, Read>,
    entries: &[ShownEntry],
    trail: &[AuditEntry],
) -> Result<BTreeMap<Login, Name>, ServiceError> {
    let senders = entries.iter().filter_map(|entry| entry.sender.clone());
    let actors = trail.iter().filter_map(|entry| entry.actor.parse().ok());
    let logins: BTreeSet<Login> = senders.chain(actors).collect();
    let logins: Vec<Login> = logins.into_iter().collect();
    Ok(users::list_names(desk.connection, &logins)?.into_iter().collect())
}
