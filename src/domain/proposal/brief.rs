//! From the ground to the planner's instance, and what its indices stand for. A booking that the planner can hold is a
//! fixed visit; any other one (two days in a row, two teams, half a morning of somebody else's) takes its team's day and
//! keeps its venue's gap clear. So the planner never proposes what the desk would refuse.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::forecast::unknown_yield;
use super::ground::{BookedVisit, Ground};
use super::request::PlanRequest;
use super::spacing::{default_gap, most_visits};
use super::staffing::{Staffing, staff};
use super::travel::{capacity_after, travel_minutes};
use crate::domain::calendar::Weekday;
use crate::domain::event::Subject;
use crate::domain::id::{EventId, TeamId, VenueId};
use crate::domain::planner::{
    Crew, Draft, Duty, Fault, Instance, Pin, Reach, Team as PlannerTeam, Venue as PlannerVenue, Visit,
};
use crate::domain::ranking::Forecast;
use crate::domain::region::RegionCode;
use crate::domain::team::Team;
use crate::domain::text::Code;
use crate::domain::venue::{Position, Venue};

/// Two teams together must bring so many times what the better of them brings alone before they are sent together.
const JOINT_WORTH: f64 = 1.35;

/// A missed floor, and a missed pin, weigh so many times the best visit.
const FLOOR_WEIGHT: i64 = 2;
const PIN_WEIGHT: i64 = 10;

/// An instance and what its indices mean.
#[derive(Debug, Clone)]
pub struct Brief {
    pub instance: Instance,
    pub first: NaiveDate,
    pub teams: Vec<PlannedTeam>,
    pub venues: Vec<VenueId>,
    pub districts: Vec<RegionCode>,
    /// The forecast of each venue.
    pub forecasts: Vec<Forecast>,
    pub staffing: Staffing,
    /// The booked event behind each fixed visit.
    pub fixed: BTreeMap<Visit, EventId>,
    /// Booked visits of the horizon that stand beside the plan, by venue index.
    pub beside: BTreeMap<usize, Vec<BookedVisit>>,
    /// Minutes to each venue for the nearest team.
    pub nearest: Vec<Option<u32>>,
    /// Pins that name a venue, team or day which does not take part.
    pub vain_pins: usize,
}

/// A team of the plan; one without an id is only supposed.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedTeam {
    pub id: Option<TeamId>,
    capacity: i64,
    base: Option<Position>,
}

/// The brief of a request.
///
/// # Errors
/// The planner's own list of faults: a bug here, as whatever is typed was checked before.
pub fn brief(ground: &Ground, request: &PlanRequest) -> Result<Brief, Vec<Fault>> {
    let staffing = staff(ground, request.days);
    let teams = teams_of(ground, request);
    let districts = districts_of(ground);
    let mut builder = Builder { ground, request, staffing: &staffing, teams: &teams, districts: &districts };
    let mut calendars: Vec<PlannerTeam> = teams.iter().map(|team| builder.calendar(team)).collect();
    let mut draft = Draft {
        name: request.days.to_string(),
        days: builder.horizon(),
        floors: vec![0; districts.len()],
        ..Draft::default()
    };
    let (mut fixed, mut beside) = (BTreeMap::new(), BTreeMap::new());
    for (at, venue) in ground.venues.iter().enumerate() {
        let settled = builder.settle(at, venue, &mut calendars);
        draft.fixed.extend(settled.fixed.keys().copied());
        fixed.extend(settled.fixed);
        if !settled.beside.is_empty() {
            beside.insert(at, settled.beside);
        }
        draft.venues.push(settled.venue);
    }
    draft.teams = calendars;
    builder.set_floors(&mut draft, &beside);
    let best = best_gain(&draft);
    draft.shortfall_penalty = best * FLOOR_WEIGHT;
    draft.pin_penalty = best * PIN_WEIGHT;
    draft.pins = builder.pins();
    draft.excluded = builder.excluded();
    let vain_pins = request.pins.len() - draft.pins.len();
    Ok(Brief {
        instance: Instance::new(draft)?,
        first: request.days.first(),
        venues: ground.venues.iter().map(|venue| venue.id).collect(),
        forecasts: ground.venues.iter().map(|venue| builder.forecast(venue)).collect(),
        nearest: ground.venues.iter().map(|venue| builder.nearest(venue)).collect(),
        vain_pins,
        fixed,
        beside,
        teams,
        districts,
        staffing,
    })
}

impl Brief {
    pub fn date(&self, day: usize) -> NaiveDate {
        let days = u64::try_from(day).unwrap_or_default();
        self.first.checked_add_days(Days::new(days)).unwrap_or(self.first)
    }
}

fn teams_of(ground: &Ground, request: &PlanRequest) -> Vec<PlannedTeam> {
    let real = |team: &Team| PlannedTeam {
        id: Some(team.id),
        capacity: team.details.capacity_per_day,
        base: team.details.base,
    };
    let mut teams: Vec<PlannedTeam> = ground.teams.iter().map(real).collect();
    let largest = ground.teams.iter().max_by_key(|team| team.details.capacity_per_day);
    if let Some(largest) = largest {
        let supposed = PlannedTeam { id: None, ..real(largest) };
        teams.extend((0..request.extra_teams).map(|_| supposed.clone()));
    }
    teams
}

/// The kecamatan that have a venue of the request, by code.
fn districts_of(ground: &Ground) -> Vec<RegionCode> {
    let districts: BTreeSet<RegionCode> = ground.venues.iter().map(district_of).collect();
    Vec::from_iter(districts)
}

/// The kecamatan of a venue, whose region is that or a village of it.
fn district_of(venue: &Venue) -> RegionCode {
    let region = &venue.details.region;
    match region.parent() {
        Some(parent) if parent.as_str().len() > 5 => parent,
        _ => region.clone(),
    }
}

fn best_gain(draft: &Draft) -> i64 {
    let gains = draft.venues.iter().flat_map(|venue| venue.reach.iter().filter_map(|reach| reach.gain.first()));
    gains.copied().max().map_or(100, i64::from).max(100)
}

struct Builder<'a> {
    ground: &'a Ground,
    request: &'a PlanRequest,
    staffing: &'a Staffing,
    teams: &'a [PlannedTeam],
    districts: &'a [RegionCode],
}

/// A venue with its bookings told apart.
struct Settled {
    venue: PlannerVenue,
    fixed: BTreeMap<Visit, EventId>,
    beside: Vec<BookedVisit>,
}

impl Builder<'_> {
    fn horizon(&self) -> usize {
        usize::try_from(self.request.days.days()).unwrap_or_default()
    }

    fn day(&self, date: NaiveDate) -> Option<usize> {
        let inside = self.request.days.contains(date);
        inside.then(|| usize::try_from((date - self.request.days.first()).num_days()).ok()).flatten()
    }

    /// Working days are regular; Saturdays and Sundays may be worked within the overtime; holidays are off.
    fn calendar(&self, team: &PlannedTeam) -> PlannerTeam {
        let duty = |date: NaiveDate| {
            let staffed = team.id.is_none_or(|id| self.staffing.crews.contains_key(&(id, date)));
            let holiday = self.ground.calendar.on(date).next().is_some();
            match (staffed && !holiday, Weekday::of(date).is_office_day()) {
                (true, true) => Duty::Regular,
                (true, false) if self.request.overtime > 0 => Duty::Overtime,
                _ => Duty::Off,
            }
        };
        PlannerTeam { calendar: self.request.days.iter().map(duty).collect(), overtime_max: self.request.overtime }
    }

    fn forecast(&self, venue: &Venue) -> Forecast {
        self.ground.forecasts.get(&venue.id).copied().unwrap_or_else(|| unknown_yield(venue))
    }

    fn nearest(&self, venue: &Venue) -> Option<u32> {
        self.teams.iter().map(|team| travel_minutes(team.base, venue.details.position)).min()
    }

    /// A venue for the planner: when it is open, who reaches it, and which of its bookings are fixed visits.
    fn settle(&self, at: usize, venue: &Venue, calendars: &mut [PlannerTeam]) -> Settled {
        let gap = default_gap(venue.details.kind);
        let max_visits = most_visits(self.horizon(), gap);
        let last = self.ground.last_visits.get(&venue.id).copied();
        let booked: Vec<&BookedVisit> = self.ground.booked.iter().filter(|visit| visit.venue == venue.id).collect();
        let mut settled = Settled {
            venue: PlannerVenue {
                area: self.area(venue),
                min_gap: gap,
                max_visits,
                last_visit: last.and_then(|date| i32::try_from((date - self.request.days.first()).num_days()).ok()),
                open: Vec::new(),
                reach: self.reach(venue, max_visits, 0),
            },
            fixed: BTreeMap::new(),
            beside: Vec::new(),
        };
        for visit in booked {
            match self.as_fixed(at, visit, last, &settled, calendars) {
                Some(fixed) => {
                    for team in fixed.crew.teams() {
                        // Booked on a day off: the day counts as worked, not as overtime to be decided.
                        if let Some(duty) = calendars.get_mut(team).and_then(|team| team.calendar.get_mut(fixed.day)) {
                            *duty = Duty::Regular;
                        }
                    }
                    settled.fixed.insert(fixed, visit.event);
                }
                None => settled.beside.push(visit.clone()),
            }
        }
        self.open(venue, last, &mut settled);
        // Each visit beside the plan takes its share before those of the plan: on the safe side.
        let before = settled.beside.iter().filter(|visit| self.day(visit.date).is_some()).count();
        if before > 0 {
            settled.venue.reach = self.reach(venue, max_visits, before);
        }
        settled.beside.retain(|visit| self.day(visit.date).is_some());
        settled
    }

    /// The booked visit as one that the planner can hold: one crew of the plan, in reach, with gaps and room for it.
    fn as_fixed(
        &self,
        at: usize,
        booked: &BookedVisit,
        last: Option<NaiveDate>,
        settled: &Settled,
        calendars: &[PlannerTeam],
    ) -> Option<Visit> {
        let day = self.day(booked.date)?;
        let index = |id: &TeamId| self.teams.iter().position(|team| team.id == Some(*id)).map(u16::try_from)?.ok();
        let crew = match booked.teams.as_slice() {
            [one] => Crew::one(index(one)?),
            [one, other] => Crew::pair(index(one)?, index(other)?)?,
            _ => return None,
        };
        let gap = settled.venue.min_gap;
        let after_last =
            last.is_none_or(|last| (booked.date - last).num_days() >= i64::try_from(gap).unwrap_or_default());
        let apart = settled.fixed.keys().all(|fixed| fixed.day.abs_diff(day) >= gap)
            && settled.beside.iter().all(|other| self.distance(other.date, day).is_none_or(|days| days >= gap));
        let is_free = crew.teams().all(|team| {
            // The team's own claim made the day off; a second booking of that day cannot be fixed as well.
            calendars.get(team).and_then(|team| team.calendar.get(day)).is_some_and(|duty| *duty == Duty::Off)
        });
        let within = settled.venue.reach.iter().any(|reach| reach.crew == crew);
        let room = settled.fixed.len() < settled.venue.max_visits;
        (after_last && apart && is_free && within && room).then_some(Visit { venue: at, day, crew })
    }

    /// Days between a date, which may lie outside of the horizon, and a day of it.
    fn distance(&self, date: NaiveDate, day: usize) -> Option<usize> {
        let of_date = (date - self.request.days.first()).num_days();
        usize::try_from((of_date - i64::try_from(day).ok()?).abs()).ok()
    }

    /// The days on which a visit can be proposed, and those of its fixed visits.
    fn open(&self, venue: &Venue, last: Option<NaiveDate>, settled: &mut Settled) {
        let gap = settled.venue.min_gap;
        let fixed: BTreeSet<usize> = settled.fixed.keys().map(|visit| visit.day).collect();
        let rested = |date: NaiveDate| {
            let days = last.map(|last| (date - last).num_days());
            days.is_none_or(|days| days >= i64::try_from(gap).unwrap_or_default())
        };
        let clear = |day: usize| {
            settled.beside.iter().all(|other| self.distance(other.date, day).is_none_or(|days| days >= gap))
        };
        let may_open = |(day, date): (usize, NaiveDate)| {
            let usual = venue.details.opening.is_open_on(date)
                && self.ground.calendar.on(date).next().is_none()
                && !self.ground.taken.contains(&(Subject::Venue(venue.id), date))
                && rested(date)
                && clear(day);
            (usual || fixed.contains(&day)).then(|| u16::try_from(day).ok()).flatten()
        };
        settled.venue.open = self.request.days.iter().enumerate().filter_map(may_open).collect();
    }

    fn area(&self, venue: &Venue) -> usize {
        let district = district_of(venue);
        self.districts.iter().position(|known| *known == district).unwrap_or_default()
    }

    /// Who can visit a venue and what each visit brings, the first `before` of which are booked already.
    fn reach(&self, venue: &Venue, max_visits: usize, before: usize) -> Vec<Reach> {
        let forecast = self.forecast(venue);
        let gains = |capacity: u32| -> Vec<i32> {
            let nth = (before + 1)..=(before + max_visits);
            nth.map(|nth| centi(forecast.gain(capacity, u32::try_from(nth).unwrap_or(u32::MAX)))).collect()
        };
        let near = self.teams.iter().enumerate().filter_map(|(at, team)| {
            let minutes = travel_minutes(team.base, venue.details.position);
            let capacity = capacity_after(team.capacity, minutes);
            (minutes <= self.request.travel && capacity > 0).then_some((u16::try_from(at).ok()?, capacity))
        });
        let near: Vec<(u16, u32)> = near.collect();
        let mut reach: Vec<Reach> =
            near.iter().map(|(team, capacity)| Reach { crew: Crew::one(*team), gain: gains(*capacity) }).collect();
        for (place, (one, first)) in near.iter().enumerate() {
            for (other, second) in near.iter().skip(place + 1) {
                let together = forecast.gain(first.saturating_add(*second), 1);
                let alone = forecast.gain(*first.max(second), 1);
                if let Some(crew) = Crew::pair(*one, *other).filter(|_| together > alone * JOINT_WORTH) {
                    reach.push(Reach { crew, gain: gains(first.saturating_add(*second)) });
                }
            }
        }
        reach
    }

    /// The floor of each kecamatan, less the bookings that stand beside the plan.
    fn set_floors(&mut self, draft: &mut Draft, beside: &BTreeMap<usize, Vec<BookedVisit>>) {
        for (district, floor) in self.districts.iter().zip(draft.floors.iter_mut()) {
            *floor = self.request.floor_of(district);
        }
        for (venue, visits) in beside {
            let area = draft.venues.get(*venue).map(|venue| venue.area);
            if let Some(floor) = area.and_then(|area| draft.floors.get_mut(area)) {
                *floor = floor.saturating_sub(u32::try_from(visits.len()).unwrap_or(u32::MAX));
            }
        }
    }

    fn pins(&self) -> Vec<Pin> {
        let venue = |code: &Code| self.ground.venues.iter().position(|venue| venue.code == *code);
        let team = |code: &Code| self.ground.teams.iter().position(|team| team.code == *code);
        let pins = self.request.pins.iter().filter_map(|pin| {
            let day = match pin.date {
                Some(date) => Some(self.day(date)?),
                None => None,
            };
            let team = match &pin.team {
                Some(code) => Some(team(code)?),
                None => None,
            };
            Some(Pin { venue: venue(&pin.venue)?, day, team })
        });
        pins.collect()
    }

    fn excluded(&self) -> Vec<usize> {
        let each = self.ground.venues.iter().enumerate();
        each.filter(|(_, venue)| self.request.excluded.contains(&venue.code)).map(|(at, _)| at).collect()
    }
}

/// Hundredths of an activation.
#[allow(clippy::as_conversions, clippy::cast_possible_truncation, reason = "clamped to what fits just before")]
fn centi(activations: f64) -> i32 {
    (activations * 100.0).round().clamp(0.0, 1e9) as i32
}
