//! The simulated office: teams, venues with their opening days, holidays, as the product's own planning sees them, and
//! beside it the truth that only visits find.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use jemputbola::domain::calendar::{Holiday, HolidayCalendar, HolidayCells};
use jemputbola::domain::id::{HolidayId, TeamId, VenueId};
use jemputbola::domain::opening::{OpeningCells, OpeningRule};
use jemputbola::domain::planner::Crew;
use jemputbola::domain::proposal::{Ground, capacity_after, travel_minutes};
use jemputbola::domain::ranking::{Forecast, VenueHistory, Visit};
use jemputbola::domain::team::{Team, TeamDetails};
use jemputbola::domain::venue::{Contact, Position, Venue, VenueDetails, VenueKind};
use uuid::Uuid;

use super::simulated::chance::Chance;
use super::simulated::place::{DAY_SHAPE, Place, World};

pub const VENUES: usize = 160;
pub const WEEKS: u32 = 52;

/// The kinds of `simulated::place::KINDS`.
const KINDS: [VenueKind; 7] = [
    VenueKind::School,
    VenueKind::Market,
    VenueKind::Company,
    VenueKind::GovernmentOffice,
    VenueKind::VillageHall,
    VenueKind::Mall,
    VenueKind::CrowdEvent,
];

/// People that each team serves on a full day, and how far east of the town it has its base, in kilometres.
const TEAMS: [(i64, f64); 3] = [(140, 0.0), (90, 0.0), (60, 12.0)];

/// The town, and how far its district reaches in kilometres.
const TOWN: (f64, f64) = (-7.39, 109.36);
const REACH: f64 = 22.0;
const DEGREE: f64 = 111.2;

const OFFICE: &str = "33.03";
const HOLIDAYS: &str = include_str!("../../../config/holidays/holidays.csv");

/// Holidays of schools, in the columns of an opening rule.
const SCHOOL_HOLIDAYS: &str = "2026-03-16..2026-03-28 2026-06-22..2026-07-11 2026-12-21..2027-01-02";

/// An office in the middle of its year.
pub struct Office {
    world: World,
    seed: u64,
    places: Vec<Place>,
    /// What can be known without a visit, and when each venue was visited last.
    pub ground: Ground,
    /// What the visits brought.
    pub histories: Vec<VenueHistory>,
}

impl Office {
    pub fn new(world: World, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let places: Vec<Place> = (0..VENUES).map(|_| Place::draw(world, &mut chance)).collect();
        let eligible: Vec<Option<f64>> = places.iter().map(|place| place.registered(world, &mut chance)).collect();
        let venues = places.iter().zip(&eligible).enumerate();
        let venues = venues.map(|(at, (place, eligible))| venue(at, place, *eligible, &mut chance)).collect();
        let histories = places.iter().zip(eligible);
        let histories =
            histories.map(|(place, eligible)| VenueHistory { kind: place.kind, eligible, visits: Vec::new() });
        Self {
            world,
            seed,
            histories: histories.collect(),
            ground: Ground { calendar: calendar(), teams: teams(), venues, ..Ground::default() },
            places,
        }
    }

    /// Makes a visit; the chance of a venue's day is the same whoever comes.
    pub fn visit(&mut self, venue: usize, crew: Crew, day: NaiveDate) {
        let at = &self.ground.venues[venue];
        let (mut room, mut capacity) = (0, 0);
        for team in crew.teams().map(|team| &self.ground.teams[team].details) {
            room += capacity_after(team.capacity_per_day, travel_minutes(team.base, at.details.position));
            capacity += team.capacity_per_day;
        }
        let mut chance = Chance::of(self.seed, venue as u64, u64::from(day.num_days_from_ce().unsigned_abs()));
        let activations = self.places[venue].visit(self.world, f64::from(room), &mut chance);
        self.ground.last_visits.insert(at.id, day);
        // As the ledger knows it: the capacity is the registered one, whatever the road took of it.
        let capacity = u32::try_from(capacity).ok();
        self.histories[venue].visits.push(Visit { day, activations, tells: true, capacity, hours: None });
    }

    /// Whether anything was counted yet.
    pub fn has_results(&self) -> bool {
        self.histories.iter().any(|venue| !venue.visits.is_empty())
    }

    /// All that were ever activated.
    pub fn activated(&self) -> f64 {
        self.places.iter().map(|place| place.activated).sum()
    }

    /// What only this file knows.
    pub fn truth(&self) -> Vec<Forecast> {
        let forecast = |place: &Place| Forecast {
            shape: DAY_SHAPE,
            mean: place.expected(self.world),
            eligible_left: Some((place.eligible - place.activated).max(1.0)),
        };
        self.places.iter().map(forecast).collect()
    }

    pub fn by_venue(&self, forecasts: impl IntoIterator<Item = Forecast>) -> BTreeMap<VenueId, Forecast> {
        self.ground.venues.iter().map(|venue| venue.id).zip(forecasts).collect()
    }
}

/// The first day of a week, from 0.
pub fn monday(week: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(7 * u64::from(week))
}

fn id(number: usize) -> Uuid {
    Uuid::from_u128(number as u128 + 1)
}

fn place_at(east: f64, north: f64) -> Position {
    let longitude = TOWN.1 + east / DEGREE / TOWN.0.to_radians().cos();
    Position::new(TOWN.0 + north / DEGREE, longitude).unwrap()
}

/// The decreed holidays and joint leave days.
fn calendar() -> HolidayCalendar {
    let holiday = |(at, line): (usize, &str)| {
        let cells: Vec<&str> = line.split(',').collect();
        let cells =
            HolidayCells { date: cells[0], kind: cells[1], name: cells[2], region: cells[3], decided_on: cells[4] };
        Holiday::parse(HolidayId(id(at)), &cells).unwrap()
    };
    HolidayCalendar::new(HOLIDAYS.lines().skip(1).enumerate().map(holiday), &OFFICE.parse().unwrap())
}

fn teams() -> Vec<Team> {
    let team = |(at, (capacity_per_day, east)): (usize, &(i64, f64))| Team {
        id: TeamId(id(at)),
        code: format!("T-{at}").parse().unwrap(),
        details: TeamDetails {
            name: format!("Tim {at}").parse().unwrap(),
            operators: 2,
            capacity_per_day: *capacity_per_day,
            base: Some(place_at(*east, 0.0)),
            units: Vec::new(),
            members: Vec::new(),
        },
        version: 1,
        archived: false,
    };
    TEAMS.iter().enumerate().map(team).collect()
}

fn venue(at: usize, place: &Place, eligible: Option<f64>, chance: &mut Chance) -> Venue {
    let kind = KINDS[usize::from(place.kind)];
    let (distance, angle) = (REACH * chance.uniform().sqrt(), std::f64::consts::TAU * chance.uniform());
    Venue {
        id: VenueId(id(at)),
        code: format!("V-{at}").parse().unwrap(),
        details: VenueDetails {
            name: format!("Tempat {at}").parse().unwrap(),
            kind,
            region: format!("{OFFICE}.{:02}", at % 18 + 1).parse().unwrap(),
            position: Some(place_at(distance * angle.cos(), distance * angle.sin())),
            people: None,
            eligible: eligible.map(|eligible| eligible as i64),
            phone_share: None,
            opening: OpeningRule::from_cells(&opening(kind, chance)).unwrap(),
            contact: Contact::default(),
            notes: None,
            as_reported: None,
        },
        version: 1,
        archived: false,
    }
}

/// When a venue can be visited: markets on their market day, halls on two days of the week, companies on two agreed days a
/// month, events on six days of the year.
fn opening(kind: VenueKind, chance: &mut Chance) -> OpeningCells {
    const WEEKDAYS: [&str; 5] = ["mon", "tue", "wed", "thu", "fri"];
    const PASARAN: [&str; 5] = ["legi", "pahing", "pon", "wage", "kliwon"];
    let two_weekdays = |chance: &mut Chance| {
        let first = chance.below(5);
        let second = (first + 1 + chance.below(4)) % 5;
        format!("{} {}", WEEKDAYS[first as usize], WEEKDAYS[second as usize])
    };
    let mut cells = OpeningCells::default();
    match kind {
        VenueKind::School => {
            cells.weekdays = WEEKDAYS.join(" ");
            SCHOOL_HOLIDAYS.clone_into(&mut cells.blackout);
        }
        VenueKind::Market if chance.uniform() < 0.65 => {
            PASARAN[chance.below(5) as usize].clone_into(&mut cells.pasaran);
        }
        VenueKind::Market | VenueKind::VillageHall => cells.weekdays = two_weekdays(chance),
        VenueKind::Company => cells.dates = dates(24, chance),
        VenueKind::CrowdEvent => cells.dates = dates(6, chance),
        _ => cells.weekdays = WEEKDAYS.join(" "),
    }
    cells
}

/// So many weekdays of the year, one in each equal part of it.
fn dates(count: u32, chance: &mut Chance) -> String {
    let dates = (0..count).map(|nth| {
        let week = (nth * WEEKS + chance.below(WEEKS)) / count;
        monday(week) + Days::new(u64::from(chance.below(5)))
    });
    dates.map(|date| date.to_string()).collect::<Vec<_>>().join(" ")
}
