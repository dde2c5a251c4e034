//! Gathers what a proposal is made from: a fixed number of statements, however large the office is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::domain::calendar::HolidayCalendar;
use crate::domain::dates::DateRange;
use crate::domain::event::{Event, EventKey, EventKind};
use crate::domain::id::UserId;
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::Action;
use crate::domain::proposal::{BookedVisit, Ground, PlanRequest, default_gap};
use crate::domain::venue::VenueKind;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::planning::members_of;
use crate::store::queries::claims::list_taken_days;
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::{absences, teams, units, venues};
use crate::store::reports::last_visits::list_last_visits;

/// The ground of a request as it is now, without forecasts: these are the ranking's.
pub fn lay_ground<A: Action>(desk: &mut Desk<'_, A>, request: &PlanRequest) -> Result<Ground, ServiceError> {
    let scope = desk.scope();
    let mut teams = teams::list_all_teams(desk.connection, scope)?;
    teams.retain(|team| request.teams.is_empty() || request.teams.contains(&team.code));
    let officers: Vec<UserId> = members_of(desk, &teams)?;
    let units = units::list_all_units(desk.connection, scope)?;
    let mut wanted = venues::list_all_venues(desk.connection, scope)?;
    wanted.retain(|venue| request.kinds.is_empty() || request.kinds.contains(&venue.details.kind));
    let booked = list_booked(desk, request.days)?;
    let today = desk.today();
    let mut last_visits = list_last_visits(desk.connection, scope, today)?;
    for visit in booked.iter().filter(|visit| visit.date < request.days.first()) {
        let last = last_visits.entry(visit.venue).or_insert(visit.date);
        *last = visit.date.max(*last);
    }
    // A horizon that has begun counts its own past days as visits before it.
    last_visits.retain(|_, date| *date < request.days.first());
    let holidays = list_holidays(desk.connection, request.days.first(), request.days.last(), Validity::Now)?;
    Ok(Ground {
        calendar: HolidayCalendar::new(holidays, &desk.office().code),
        absences: absences::list_absences_of(desk.connection, scope, &officers, request.days)?,
        taken: list_taken_days(desk.connection, scope, request.days)?,
        forecasts: BTreeMap::new(),
        officers: officers.into_iter().collect(),
        units: units.into_iter().map(|unit| unit.id).collect(),
        booked: booked.into_iter().filter(|visit| visit.date >= request.days.first()).collect(),
        venues: wanted,
        last_visits,
        teams,
    })
}

/// Outreach at venues from today to as long after the horizon as the longest gap: also what is booked between now and
/// then keeps a venue at rest.
fn list_booked<A: Action>(desk: &mut Desk<'_, A>, days: DateRange) -> Result<Vec<BookedVisit>, ServiceError> {
    let longest = VenueKind::ALL.iter().map(|kind| default_gap(*kind)).max().unwrap_or_default();
    let after = Days::new(u64::try_from(longest).unwrap_or_default());
    let filter = EventFilter {
        from: Some(desk.today().min(days.first())),
        to: days.last().checked_add_days(after),
        kind: Some(EventKind::Outreach),
        ..EventFilter::default()
    };
    let (mut booked, mut next) = (Vec::new(), None);
    loop {
        let page = events::list_events(desk.connection, desk.scope(), &filter, &Cut::new(LIMIT_MAX, next))?;
        next = page.items.last().map(EventKey::of);
        booked.extend(page.items.iter().flat_map(visits_of));
        if !page.more {
            booked.sort_by_key(|visit| (visit.date, visit.event));
            return Ok(booked);
        }
    }
}

/// What an event that holds its days means for its venue.
fn visits_of(event: &Event) -> Vec<BookedVisit> {
    let Some(venue) = event.venue.filter(|_| event.state.holds_claims()) else { return Vec::new() };
    let visit = |date: NaiveDate| BookedVisit { event: event.id, venue, date, teams: event.teams.clone() };
    let dates: BTreeSet<NaiveDate> = event.days.dates().collect();
    dates.into_iter().map(visit).collect()
}
