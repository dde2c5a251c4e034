//! What an officer takes along on the phone: the events around today with everything that is needed where there is no
//! signal. However many events there are, it costs the same number of statements.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::event::Event;
use crate::domain::id::{EventId, TeamId, UnitId, UserId, VenueId};
use crate::domain::office::Office;
use crate::domain::outcome::Counts;
use crate::domain::permission::Tally;
use crate::domain::region::RegionCode;
use crate::domain::staff::User;
use crate::domain::team::Unit;
use crate::domain::text::{Code, Name};
use crate::domain::venue::Venue;
use crate::store::queries::{events, regions, results, teams, units, users, venues};

/// Today and the days after it that a phone can do without the office.
pub const DAYS_AHEAD: i64 = 7;

/// Days back, for what is counted late.
const DAYS_BACK: i64 = 7;

/// More than one officer ever has in two weeks.
const EVENTS_MAX: i64 = 200;

/// Everything for one officer's phone.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPack {
    pub user: User,
    pub office: Office,
    pub now: DateTime<Utc>,
    pub from: NaiveDate,
    pub today: NaiveDate,
    pub to: NaiveDate,
    /// By first day.
    pub events: Vec<FieldEvent>,
}

/// An event with what its officers need to know.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldEvent {
    pub event: Event,
    pub venue: Option<Venue>,
    /// Desa and kecamatan of the venue, the smaller first.
    pub regions: Vec<String>,
    pub teams: Vec<(Code, Name)>,
    pub units: Vec<Unit>,
    /// The officers, by login.
    pub crew: Vec<User>,
    /// What the office has, whoever counted it; never below zero.
    pub counts: BTreeMap<NaiveDate, Counts>,
}

impl Services {
    /// The events of the caller from a week ago to a week ahead.
    pub async fn pack_for_field(&self, caller: &Caller, office: &RegionCode) -> Result<FieldPack, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Tally>| pack(desk)).await
    }
}

fn pack(desk: &mut Desk<'_, Tally>) -> Result<FieldPack, ServiceError> {
    let id = desk.permit.actor().user_id().ok_or(ServiceError::Forbidden)?;
    let user = users::list_users_by_id(desk.connection, &[id])?.pop().ok_or(ServiceError::NotFound)?;
    let today = desk.today();
    let (from, to) = (today - TimeDelta::days(DAYS_BACK), today + TimeDelta::days(DAYS_AHEAD - 1));
    let own = events::list_own_events(desk.connection, desk.scope(), id, (from, to), EVENTS_MAX)?;
    let around = Around::load(desk, &own)?;
    let events = own.into_iter().map(|event| around.equip(event)).collect();
    Ok(FieldPack { user, office: desk.office().clone(), now: desk.now, from, today, to, events })
}

/// What stands behind the ids of the events, loaded once for all of them.
struct Around {
    venues: BTreeMap<VenueId, Venue>,
    regions: BTreeMap<RegionCode, String>,
    teams: BTreeMap<TeamId, (Code, Name)>,
    units: BTreeMap<UnitId, Unit>,
    crew: BTreeMap<UserId, User>,
    counts: BTreeMap<EventId, BTreeMap<NaiveDate, Counts>>,
}

impl Around {
    fn load(desk: &mut Desk<'_, Tally>, events: &[Event]) -> Result<Self, ServiceError> {
        let scope = desk.scope();
        let c = &mut *desk.connection;
        let venues = venues::list_venues_by_id(c, scope, &distinct(events.iter().filter_map(|event| event.venue)))?;
        let places = distinct(venues.iter().flat_map(|venue| places_of(&venue.details.region)));
        let teams = teams::list_teams_by_id(c, scope, &distinct(events.iter().flat_map(|event| event.teams.clone())))?;
        let units = units::list_units_by_id(c, scope, &distinct(events.iter().flat_map(|event| event.units.clone())))?;
        let crew = users::list_users_by_id(c, &distinct(events.iter().flat_map(|event| event.officers.clone())))?;
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        let mut counts: BTreeMap<EventId, BTreeMap<NaiveDate, Counts>> = BTreeMap::new();
        for ((event, date), sum) in results::list_day_counts(c, scope, &ids)? {
            counts.entry(event).or_default().insert(date, sum.shown());
        }
        Ok(Self {
            regions: regions::list_region_names(c, &places)?.into_iter().collect(),
            venues: venues.into_iter().map(|venue| (venue.id, venue)).collect(),
            teams: teams.into_iter().map(|team| (team.id, (team.code, team.details.name))).collect(),
            units: units.into_iter().map(|unit| (unit.id, unit)).collect(),
            crew: crew.into_iter().map(|user| (user.id, user)).collect(),
            counts,
        })
    }

    fn equip(&self, event: Event) -> FieldEvent {
        let venue = event.venue.and_then(|id| self.venues.get(&id)).cloned();
        let places = venue.as_ref().map(|venue| places_of(&venue.details.region)).unwrap_or_default();
        let mut crew: Vec<User> = event.officers.iter().filter_map(|id| self.crew.get(id)).cloned().collect();
        crew.sort_by(|one, other| one.login.cmp(&other.login));
        FieldEvent {
            regions: places.iter().filter_map(|code| self.regions.get(code)).cloned().collect(),
            venue,
            teams: event.teams.iter().filter_map(|id| self.teams.get(id)).cloned().collect(),
            units: event.units.iter().filter_map(|id| self.units.get(id)).cloned().collect(),
            crew,
            counts: self.counts.get(&event.id).cloned().unwrap_or_default(),
            event,
        }
    }
}

/// A desa and its kecamatan, or a kecamatan alone.
fn places_of(region: &RegionCode) -> Vec<RegionCode> {
    let kecamatan = region.parent().filter(|parent| parent.parent().and_then(|office| office.parent()).is_some());
    std::iter::once(region.clone()).chain(kecamatan).collect()
}

fn distinct<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect::<BTreeSet<T>>().into_iter().collect()
}
