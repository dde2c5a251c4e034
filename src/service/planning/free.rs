//! Who and what is free: which teams, units and officers nothing keeps on given days and slots, and who holds the others.
//! Asked by the form of an event and by the board; what it says may be out of date a moment later, the claims decide.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::calendar::HolidayCalendar;
use crate::domain::dates::DateRange;
use crate::domain::event::{Claim, EventDay, Slot, Subject};
use crate::domain::id::{EventId, UserId, VenueId};
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::{Action, Read};
use crate::domain::region::RegionCode;
use crate::domain::staff::{Scope, User};
use crate::domain::team::{Absence, Team, Unit};
use crate::domain::text::Name;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::claims::{self, Holder};
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::{absences, teams, units, users};

/// For when something is wanted, and by which event, whose own claims do not stand in its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub days: Vec<(NaiveDate, BTreeSet<Slot>)>,
    pub by: Option<EventId>,
    /// The venue that is asked for, too.
    pub venue: Option<VenueId>,
}

/// Everything in use that an office can book, by code or login, with what stands in the way.
#[derive(Debug, Clone, Default)]
pub struct Availability {
    pub teams: Vec<Bookable<Team>>,
    pub units: Vec<Bookable<Unit>>,
    pub officers: Vec<Bookable<User>>,
    /// Who is at the venue already.
    pub venue: Vec<Holding>,
    /// The holidays among the days.
    pub calendar: HolidayCalendar,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookable<T> {
    pub item: T,
    /// By date and slot.
    pub held: Vec<Holding>,
    /// The days on which an officer is absent.
    pub absent: Vec<NaiveDate>,
}

/// What holds it, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    pub date: NaiveDate,
    pub slot: Slot,
    pub event: EventId,
    pub title: Name,
}

impl<T> Bookable<T> {
    pub fn is_free(&self) -> bool {
        self.held.is_empty() && self.absent.is_empty()
    }
}

impl Wanted {
    /// As the days of an event want it.
    pub fn on<'a>(days: impl IntoIterator<Item = &'a EventDay>) -> Self {
        let days = days.into_iter().map(|day| (day.date(), day.slots().clone())).collect();
        Self { days, ..Self::default() }
    }

    fn range(&self) -> Option<DateRange> {
        let days = || self.days.iter().map(|(date, _)| *date);
        days().min().zip(days().max()).and_then(|(first, last)| DateRange::new(first, last).ok())
    }
}

impl Services {
    /// What is free when it is wanted, and who holds the rest. Without days everything is.
    pub async fn find_free(
        &self,
        caller: &Caller,
        office: &RegionCode,
        wanted: Wanted,
    ) -> Result<Availability, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| list_free(desk, &wanted)).await
    }
}

/// As [`Services::find_free`], for a use case that has a desk: eight statements, however much the office has.
pub fn list_free<A: Action>(desk: &mut Desk<'_, A>, wanted: &Wanted) -> Result<Availability, ServiceError> {
    let scope = desk.scope();
    let teams = teams::list_all_teams(desk.connection, scope)?;
    let units = units::list_all_units(desk.connection, scope)?;
    let reach = Scope::region(desk.office().code.clone());
    let officers = users::list_users(desk.connection, &reach, &Cut::new(LIMIT_MAX, None))?.items;
    let absent = list_absent(desk, &officers, wanted)?;
    let mut held = list_held(desk, &subjects(&teams, &units, &officers, wanted.venue), wanted)?;
    let mut take = |subject: Subject| held.remove(&subject).unwrap_or_default();
    let off = |officer: UserId| {
        let days = wanted.days.iter().map(|(date, _)| *date);
        days.filter(|date| absent.iter().any(|absence| absence.covers(officer, *date))).collect::<Vec<_>>()
    };
    let of_team = |team: Team| Bookable { held: take(Subject::Team(team.id)), absent: Vec::new(), item: team };
    let teams = teams.into_iter().map(of_team).collect();
    let of_unit = |unit: Unit| Bookable { held: take(Subject::Unit(unit.id)), absent: Vec::new(), item: unit };
    let units = units.into_iter().map(of_unit).collect();
    let of_user = |user: User| Bookable { held: take(Subject::Officer(user.id)), absent: off(user.id), item: user };
    let officers = officers.into_iter().map(of_user).collect();
    let venue = wanted.venue.map(|venue| take(Subject::Venue(venue))).unwrap_or_default();
    Ok(Availability { teams, units, officers, venue, calendar: list_holidays_of(desk, wanted)? })
}

fn list_holidays_of<A: Action>(desk: &mut Desk<'_, A>, wanted: &Wanted) -> Result<HolidayCalendar, ServiceError> {
    let Some(range) = wanted.range() else { return Ok(HolidayCalendar::default()) };
    let holidays = list_holidays(desk.connection, range.first(), range.last(), Validity::Now)?;
    Ok(HolidayCalendar::new(holidays, &desk.office().code))
}

fn subjects(teams: &[Team], units: &[Unit], officers: &[User], venue: Option<VenueId>) -> Vec<Subject> {
    let teams = teams.iter().map(|team| Subject::Team(team.id));
    let units = units.iter().map(|unit| Subject::Unit(unit.id));
    let officers = officers.iter().map(|officer| Subject::Officer(officer.id));
    teams.chain(units).chain(officers).chain(venue.map(Subject::Venue)).collect()
}

fn list_absent<A: Action>(
    desk: &mut Desk<'_, A>,
    officers: &[User],
    wanted: &Wanted,
) -> Result<Vec<Absence>, ServiceError> {
    let Some(range) = wanted.range() else { return Ok(Vec::new()) };
    let ids: Vec<UserId> = officers.iter().map(|officer| officer.id).collect();
    Ok(absences::list_absences_of(desk.connection, desk.scope(), &ids, range)?)
}

fn list_held<A: Action>(
    desk: &mut Desk<'_, A>,
    subjects: &[Subject],
    wanted: &Wanted,
) -> Result<BTreeMap<Subject, Vec<Holding>>, ServiceError> {
    let slots = wanted.days.iter().flat_map(|(date, slots)| slots.iter().map(move |slot| (*date, *slot)));
    let claims: Vec<Claim> = slots
        .flat_map(|(date, slot)| subjects.iter().map(move |subject| Claim { date, slot, subject: *subject }))
        .collect();
    if claims.is_empty() {
        return Ok(BTreeMap::new());
    }
    let holders = claims::list_holders(desk.connection, desk.scope(), &claims)?;
    let mut held: BTreeMap<Subject, Vec<Holding>> = BTreeMap::new();
    for Holder { claim, event, event_title } in holders.into_iter().filter(|held| Some(held.event) != wanted.by) {
        let holding = Holding { date: claim.date, slot: claim.slot, event, title: event_title };
        held.entry(claim.subject).or_default().push(holding);
    }
    Ok(held)
}
