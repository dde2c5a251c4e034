//! Copying a week onto another: what would be copied is shown first, with what stands in the way; then all that was
//! shown is stored as drafts in one transaction, or none of it. A week costs as many statements as one event.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use super::holders::{HolderEvent, describe_holders};
use crate::domain::audit::Change;
use crate::domain::dates::DateRange;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::warnings::WarningCode;
use crate::domain::event::{Claim, Event, EventDraft, EventState, Origin, Subject};
use crate::domain::id::{EventId, UserId};
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::staff::User;
use crate::domain::text::Name;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::planning::{BookedEvent, Names, check_absences_of_new, claim, operators_of, present};
use crate::store::queries::claims::list_holders;
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::{absences, units, users};

/// A week to copy: the events that begin between Monday and Sunday, each so many days later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyWeek {
    pub monday: NaiveDate,
    pub later: TimeDelta,
}

/// One event of the week as it would be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyItem {
    pub source: EventId,
    /// The copy, not stored yet.
    pub copy: BookedEvent,
    pub venue: Option<Name>,
    pub teams: Vec<Name>,
    pub fate: CopyFate,
}

/// Whether an event can be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyFate {
    Free,
    /// Free, but on a holiday or joint leave.
    DayOff,
    /// Somebody or something is taken there by this event.
    Taken(HolderEvent),
    /// An officer is absent.
    Absent(Name, NaiveDate),
    /// Venue or team are archived.
    Archived,
}

impl CopyFate {
    pub fn is_possible(&self) -> bool {
        matches!(self, Self::Free | Self::DayOff)
    }
}

impl Services {
    /// What a copy of the week would be, by first day.
    pub async fn preview_week_copy(
        &self,
        caller: &Caller,
        office: &RegionCode,
        week: CopyWeek,
    ) -> Result<Vec<CopyItem>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let prepared = prepare(desk, week, None)?;
            judge(desk, prepared)
        })
        .await
    }

    /// Books the copies of these events of the week as drafts, all or none.
    pub async fn copy_week(
        &self,
        caller: &Caller,
        office: &RegionCode,
        week: CopyWeek,
        sources: Vec<EventId>,
    ) -> Result<usize, ServiceError> {
        let now = self.clock.now();
        let ids: BTreeMap<EventId, EventId> = sources.into_iter().map(|source| (source, EventId::new(now))).collect();
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let prepared = prepare(desk, week, Some(&ids))?;
            if prepared.copies.iter().any(|copy| copy.archived) || prepared.copies.len() != ids.len() {
                return Err(ServiceError::Stale);
            }
            let copies: Vec<Event> = prepared.copies.into_iter().map(|copy| copy.event).collect();
            store(desk, &copies)?;
            Ok(copies.len())
        })
        .await
    }
}

/// Copies as events that are not stored.
struct Prepared {
    copies: Vec<Prospect>,
    officers: Vec<User>,
}

struct Prospect {
    source: EventId,
    event: Event,
    archived: bool,
}

/// The copies of the week's events; of those in `ids` only, under the ids given there, if it is given.
fn prepare(
    desk: &mut Desk<'_, Plan>,
    week: CopyWeek,
    ids: Option<&BTreeMap<EventId, EventId>>,
) -> Result<Prepared, ServiceError> {
    let mut sources = events_of(desk, week.monday)?;
    sources.retain(|event| is_copied(event) && ids.is_none_or(|ids| ids.contains_key(&event.id)));
    let names = Names::of_events(desk, &sources)?;
    let unit_ids: BTreeSet<_> = sources.iter().flat_map(|event| event.units.iter().copied()).collect();
    let units = units::list_units_by_id(desk.connection, desk.scope(), &Vec::from_iter(unit_ids))?;
    let units: BTreeSet<_> = units.into_iter().filter(|unit| !unit.archived).map(|unit| unit.id).collect();
    let members: BTreeSet<UserId> =
        names.teams.values().flat_map(|team| team.details.members.iter().copied()).collect();
    let mut officers = users::list_users_by_id(desk.connection, &Vec::from_iter(members))?;
    officers.retain(|user| user.details.scope.may_serve(&desk.office().code).is_ok());

    let mut copies = Vec::with_capacity(sources.len());
    for source in sources {
        let teams = || source.teams.iter().filter_map(|id| names.teams.get(id));
        let is_member = |user: &&User| teams().any(|team| team.details.members.contains(&user.id));
        let draft = EventDraft {
            days: source.days.shifted(week.later).map_err(|rule| ServiceError::invalid("days", rule))?,
            units: source.units.iter().copied().filter(|id| units.contains(id)).collect(),
            officers: officers.iter().filter(is_member).map(|user| user.id).collect(),
            request: None,
            ..source.draft()
        };
        let origin = Origin::Booked(EventState::Draft);
        let id = ids.and_then(|ids| ids.get(&source.id)).copied().unwrap_or_else(|| EventId::new(desk.now));
        let event = Event::new(id, desk.office().id, draft, origin, desk.now, desk.today())?;
        let venue_archived = source.venue.and_then(|id| names.venues.get(&id)).is_none_or(|venue| venue.archived);
        let archived = venue_archived || teams().any(|team| team.archived);
        copies.push(Prospect { source: source.id, event, archived });
    }
    Ok(Prepared { copies, officers })
}

/// The events that begin in the week.
fn events_of(desk: &mut Desk<'_, Plan>, monday: NaiveDate) -> Result<Vec<Event>, ServiceError> {
    let week =
        DateRange::new(monday, monday + TimeDelta::days(6)).map_err(|rule| ServiceError::invalid("pekan", rule))?;
    let filter = EventFilter { from: Some(week.first()), to: Some(week.last()), ..EventFilter::default() };
    let page = events::list_events(desk.connection, desk.scope(), &filter, &Cut::new(LIMIT_MAX, None))?;
    if page.more {
        return Err(ServiceError::invalid("pekan", Rule::TooMany(LIMIT_MAX)));
    }
    let begins = |event: &Event| event.days.dates().next().is_some_and(|first| week.contains(first));
    Ok(page.items.into_iter().filter(begins).collect())
}

/// What did not take place, and what nobody planned, is not planned again.
fn is_copied(event: &Event) -> bool {
    event.state.holds_claims() && event.reserves && event.venue.is_some() && !event.teams.is_empty()
}

/// Tells of each copy whether it can be booked.
fn judge(desk: &mut Desk<'_, Plan>, prepared: Prepared) -> Result<Vec<CopyItem>, ServiceError> {
    let Prepared { copies, officers } = prepared;
    let wanted: Vec<Claim> = copies.iter().flat_map(|copy| copy.event.claims()).collect();
    let held: BTreeMap<Claim, EventId> = list_holders(desk.connection, desk.scope(), &wanted)?
        .into_iter()
        .map(|holder| (holder.claim, holder.event))
        .collect();
    let mut ground =
        Ground { holders: describe_holders(desk, held.values().copied().collect())?, held, absent: Vec::new() };
    ground.absent = absences_over(desk, &officers, &wanted)?;
    let names = Names::of_events(desk, &copies.iter().map(|copy| copy.event.clone()).collect::<Vec<_>>())?;
    let shown = present(desk, copies.iter().map(|copy| copy.event.clone()).collect())?;

    let mut items = Vec::with_capacity(copies.len());
    for (copy, booked) in copies.into_iter().zip(shown) {
        let teams = copy.event.teams.iter().filter_map(|id| names.teams.get(id));
        let teams: Vec<Name> = teams.map(|team| team.details.name.clone()).collect();
        let venue = copy.event.venue.and_then(|id| names.venues.get(&id)).map(|venue| venue.details.name.clone());
        let fate = ground.fate(&copy, &booked);
        if fate.is_possible() {
            // Two copies can want the same: an officer may have joined a second team since.
            let own = HolderEvent {
                event: copy.source,
                title: copy.event.title.clone(),
                teams: teams.clone(),
                venue: venue.clone(),
            };
            ground.holders.insert(copy.source, own);
            ground.held.extend(copy.event.claims().into_iter().map(|claim| (claim, copy.source)));
        }
        items.push(CopyItem { source: copy.source, copy: booked, venue, teams, fate });
    }
    Ok(items)
}

/// What stands in the way of copies.
struct Ground {
    held: BTreeMap<Claim, EventId>,
    holders: BTreeMap<EventId, HolderEvent>,
    absent: Vec<(UserId, Name, DateRange)>,
}

impl Ground {
    fn fate(&self, copy: &Prospect, booked: &BookedEvent) -> CopyFate {
        let claims = copy.event.claims();
        let holder = claims.iter().find_map(|claim| self.holders.get(self.held.get(claim)?));
        let away = claims.iter().find_map(|claim| self.absent_officer(claim));
        let day_off = |code| matches!(code, WarningCode::Holiday | WarningCode::JointLeave);
        match (holder, away) {
            _ if copy.archived => CopyFate::Archived,
            (Some(holder), _) => CopyFate::Taken(holder.clone()),
            (None, Some((name, date))) => CopyFate::Absent(name, date),
            (None, None) if booked.warnings.iter().any(|warning| day_off(warning.code)) => CopyFate::DayOff,
            (None, None) => CopyFate::Free,
        }
    }

    fn absent_officer(&self, claim: &Claim) -> Option<(Name, NaiveDate)> {
        let Subject::Officer(id) = claim.subject else { return None };
        let away = |(user, _, days): &&(UserId, Name, DateRange)| *user == id && days.contains(claim.date);
        self.absent.iter().find(away).map(|(_, name, _)| (name.clone(), claim.date))
    }
}

fn absences_over(
    desk: &mut Desk<'_, Plan>,
    officers: &[User],
    claims: &[Claim],
) -> Result<Vec<(UserId, Name, DateRange)>, ServiceError> {
    let dates = || claims.iter().map(|claim| claim.date);
    let Some((first, last)) = dates().min().zip(dates().max()) else { return Ok(Vec::new()) };
    let range = DateRange::new(first, last).map_err(|rule| ServiceError::invalid("pekan", rule))?;
    let ids: Vec<UserId> = officers.iter().map(|user| user.id).collect();
    let found = absences::list_absences_of(desk.connection, desk.scope(), &ids, range)?;
    let named = |user: UserId| officers.iter().find(|officer| officer.id == user).map(|o| o.details.name.clone());
    Ok(found.into_iter().filter_map(|absence| Some((absence.user, named(absence.user)?, absence.days))).collect())
}

/// Books all copies, or none.
fn store(desk: &mut Desk<'_, Plan>, copies: &[Event]) -> Result<(), ServiceError> {
    check_absences_of_new(desk, copies)?;
    let team_ids: BTreeSet<_> = copies.iter().flat_map(|copy| copy.teams.iter().copied()).collect();
    let operators = operators_of(desk, &Vec::from_iter(team_ids))?;
    let efforts: Vec<_> = copies.iter().flat_map(|copy| planned_efforts(copy, &operators)).collect();
    let by = desk.permit.actor().user_id();
    events::insert_events(desk.connection, desk.scope(), copies, &efforts, by)?;
    let wanted: Vec<_> = copies.iter().flat_map(|copy| copy.claims().into_iter().map(|c| (copy.id, c))).collect();
    claim(desk, &wanted)?;
    let booked = |copy: &Event| Change::new("event.booked", "event", copy.id).with("state", copy.state);
    desk.record_all(copies.iter().map(booked).collect())
}
