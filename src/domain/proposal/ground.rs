//! Everything that a proposal is made from, as it stands at one moment. Whoever fills it in asks the database; the rest
//! is computed from it alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::calendar::HolidayCalendar;
use crate::domain::event::Subject;
use crate::domain::id::{EventId, TeamId, UnitId, UserId, VenueId};
use crate::domain::ranking::Forecast;
use crate::domain::team::{Absence, Team};
use crate::domain::venue::Venue;

/// What an office has, and what is decided already.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    pub calendar: HolidayCalendar,
    /// The teams that may go, by code.
    pub teams: Vec<Team>,
    /// Officers in service whose scope reaches the office.
    pub officers: BTreeSet<UserId>,
    /// Units in use.
    pub units: BTreeSet<UnitId>,
    /// Who and what is claimed on some slot of a day of the horizon.
    pub taken: BTreeSet<(Subject, NaiveDate)>,
    pub absences: Vec<Absence>,
    /// Venues in use, of the wanted kinds, by code.
    pub venues: Vec<Venue>,
    pub forecasts: BTreeMap<VenueId, Forecast>,
    /// The last day before the horizon on which a team is, or was, at a venue.
    pub last_visits: BTreeMap<VenueId, NaiveDate>,
    /// Outreach that is booked in the horizon or soon after it, by date.
    pub booked: Vec<BookedVisit>,
}

/// One day of a booked event at a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedVisit {
    pub event: EventId,
    pub venue: VenueId,
    pub date: NaiveDate,
    pub teams: Vec<TeamId>,
}
