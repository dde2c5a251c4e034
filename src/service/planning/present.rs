//! Events as they are shown: with the names of what they have, and with their warnings. A page of events costs as many
//! statements as one event.

use chrono::NaiveDate;

use super::names::Names;
use crate::domain::calendar::{HolidayCalendar, HolidayKind};
use crate::domain::event::warnings::{BookingFacts, DayFacts, Warning, booking_warnings};
use crate::domain::event::{Event, EventDay, EventKey, EventKind, EventState, Reporting};
use crate::domain::id::EventId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::domain::text::{Code, Login};
use crate::domain::venue::Venue;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::{teams, users, venues};

/// An event with the names of what it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedEvent {
    pub event: Event,
    pub venue: Option<Code>,
    /// By code, as units and officers.
    pub teams: Vec<Code>,
    pub units: Vec<Code>,
    pub officers: Vec<Login>,
    pub warnings: Vec<Warning>,
}

/// What a list of events is narrowed to, in the words of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventQuery {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Events whose last day lies before this date.
    pub ended_before: Option<NaiveDate>,
    /// Any of these; empty: every state.
    pub states: Vec<EventState>,
    pub reporting: Option<Reporting>,
    pub kind: Option<EventKind>,
    pub venue: Option<Code>,
    pub team: Option<Code>,
    pub officer: Option<Login>,
    /// A part of the title, or of the venue's name.
    pub search: Option<String>,
}

impl Services {
    /// One page of the office's events, by first day.
    pub async fn list_events(
        &self,
        caller: &Caller,
        office: &RegionCode,
        query: EventQuery,
        cut: Cut<EventKey>,
    ) -> Result<Page<BookedEvent>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let filter = read_query(desk, query)?;
            let page = events::list_events(desk.connection, desk.scope(), &filter, &cut)?;
            Ok(Page { items: present(desk, page.items)?, more: page.more })
        })
        .await
    }

    pub async fn find_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
    ) -> Result<BookedEvent, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let event = events::find_event(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)?;
            present_one(desk, event)
        })
        .await
    }

    /// The event that a caller is about to change from version `known`, which must be named and current.
    pub async fn find_event_to_revise(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
        known: Option<i64>,
    ) -> Result<BookedEvent, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let event = events::find_event(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)?;
            check_version(&event, Some(known.ok_or(ServiceError::VersionRequired)?))?;
            present_one(desk, event)
        })
        .await
    }
}

/// The event under a lock that lasts to the end of the transaction.
pub fn load_locked(desk: &mut Desk<'_, Plan>, id: EventId) -> Result<Event, ServiceError> {
    events::lock_events(desk.connection, desk.scope(), &[id])?;
    events::find_event(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

/// Refuses a version that is not the stored one; without a version whatever is stored will do.
pub fn check_version(event: &Event, known: Option<i64>) -> Result<(), ServiceError> {
    if known.is_some_and(|known| known != event.version) { Err(ServiceError::Stale) } else { Ok(()) }
}

pub fn present_one<A: Action>(desk: &mut Desk<'_, A>, event: Event) -> Result<BookedEvent, ServiceError> {
    present(desk, vec![event])?.pop().ok_or(ServiceError::NotFound)
}

/// Adds names and warnings to events.
pub fn present<A: Action>(desk: &mut Desk<'_, A>, all: Vec<Event>) -> Result<Vec<BookedEvent>, ServiceError> {
    let names = Names::of_events(desk, &all)?;
    let calendar = calendar_of(desk, &all)?;
    Ok(all.into_iter().map(|event| booked(event, &names, &calendar)).collect())
}

/// The holidays in force on the days of these events.
fn calendar_of<A: Action>(desk: &mut Desk<'_, A>, all: &[Event]) -> Result<HolidayCalendar, ServiceError> {
    let days = || all.iter().flat_map(|event| event.days.dates());
    let holidays = match days().min().zip(days().max()) {
        Some((first, last)) => list_holidays(desk.connection, first, last, Validity::Now)?,
        None => Vec::new(),
    };
    Ok(HolidayCalendar::new(holidays, &desk.office().code))
}

fn booked(event: Event, names: &Names, calendar: &HolidayCalendar) -> BookedEvent {
    let venue = event.venue.and_then(|id| names.venues.get(&id));
    let teams: Vec<_> = event.teams.iter().filter_map(|id| names.teams.get(id)).collect();
    let facts = BookingFacts {
        days: event.days.iter().map(|day| day_facts(day, venue, calendar)).collect(),
        capacity_per_day: teams.iter().fold(0, |sum: i64, team| sum.saturating_add(team.details.capacity_per_day)),
        expected: event.request.as_ref().and_then(|request| request.expected),
        entered_late: event.entered_late,
    };
    BookedEvent {
        venue: venue.map(|venue| venue.code.clone()),
        teams: sorted(teams.iter().map(|team| team.code.clone())),
        units: sorted(event.units.iter().filter_map(|id| names.units.get(id).cloned())),
        officers: sorted(event.officers.iter().filter_map(|id| names.officers.get(id).cloned())),
        warnings: booking_warnings(&facts),
        event,
    }
}

fn day_facts(day: &EventDay, venue: Option<&Venue>, calendar: &HolidayCalendar) -> DayFacts {
    let of_kind = |kind| calendar.on(day.date()).find(|holiday| holiday.kind == kind).map(|h| h.name.to_string());
    let closed = venue.filter(|venue| !venue.details.opening.is_open_on(day.date()));
    DayFacts {
        day: day.clone(),
        holiday: of_kind(HolidayKind::PublicHoliday),
        joint_leave: of_kind(HolidayKind::JointLeave),
        closed_venue: closed.map(|venue| venue.details.name.to_string()),
    }
}

fn sorted<T: Ord>(names: impl Iterator<Item = T>) -> Vec<T> {
    let mut names: Vec<T> = names.collect();
    names.sort();
    names
}

/// Looks up what the query names by code.
fn read_query(desk: &mut Desk<'_, Read>, query: EventQuery) -> Result<EventFilter, ServiceError> {
    let (scope, mut check) = (desk.scope(), Check::new());
    let venue = match &query.venue {
        Some(code) => {
            venues::find_venue(desk.connection, scope, code)?.map(|venue| venue.id).ok_or(Rule::NotFound).map(Some)
        }
        None => Ok(None),
    };
    let team = match &query.team {
        Some(code) => {
            teams::find_team(desk.connection, scope, code)?.map(|team| team.id).ok_or(Rule::NotFound).map(Some)
        }
        None => Ok(None),
    };
    let officer = match &query.officer {
        Some(login) => users::find_user(desk.connection, login)?.map(|user| user.id).ok_or(Rule::NotFound).map(Some),
        None => Ok(None),
    };
    let (venue, team) = (check.field("venue", venue), check.field("team", team));
    let officer = check.field("officer", officer);
    let EventQuery { from, to, ended_before, states, reporting, kind, search, .. } = query;
    let filter = || {
        Some(EventFilter {
            from,
            to,
            ended_before,
            states,
            reporting,
            kind,
            venue: venue?,
            team: team?,
            officer: officer?,
            search,
        })
    };
    Ok(check.finish(filter())?)
}
