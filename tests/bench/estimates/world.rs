//! Simulated districts whose truth is known: 300 venues of 7 kinds, visited 0–8 times. What visits find is what earlier
//! visits left; a day's count is Poisson around a rate that varies by a Gamma. A world may break what the model believes.

use chrono::{Days, NaiveDate};
use jemputbola::domain::ranking::{VenueHistory, Visit};

use super::chance::Chance;

pub const VENUES: usize = 300;
const VISITS_MAX: u32 = 8;
/// Steadiness of days: the shape of their Gamma; a deviation of 35 %.
const DAY_SHAPE: f64 = 8.0;
/// The largest part of a venue's people that one visit reaches.
const LARGEST_SHARE: f64 = 0.45;

/// Part of the venues, mean yield of a first visit, shape of its Gamma, eligible people at a venue.
struct Kind(f64, f64, f64, (f64, f64));

/// Schools, companies and offices are soon exhausted; markets, malls and villages hardly.
const KINDS: [Kind; 7] = [
    Kind(0.22, 60.0, 4.0, (80.0, 400.0)),
    Kind(0.16, 50.0, 3.0, (1_500.0, 6_000.0)),
    Kind(0.10, 90.0, 2.0, (120.0, 2_200.0)),
    Kind(0.10, 45.0, 3.0, (60.0, 400.0)),
    Kind(0.30, 35.0, 3.0, (600.0, 2_500.0)),
    Kind(0.04, 70.0, 3.0, (3_000.0, 12_000.0)),
    Kind(0.08, 80.0, 2.0, (4_000.0, 20_000.0)),
];

/// What a district does that the model does not expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// Nothing.
    WellSpecified,
    /// Nothing either: the yield grows with the people there.
    Sized,
    /// One visit in ten brings three times as many.
    Bursts,
    /// On one visit in ten the doors are shut: a tenth comes.
    Closures,
    /// A visit's report holds 60–100 % of those activated.
    UnderReporting,
    /// The register's eligible people are off by a factor of e^±0.5.
    WrongEligible,
    /// Nobody has counted the eligible people of half the venues.
    UnknownEligible,
    /// Visits follow success: two venues are looked at, the better one is visited.
    Preferential,
    /// A visit takes its share of what the plan, not the count, says is left.
    Geometric,
}

impl World {
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::WellSpecified, "well specified"),
        (Self::Sized, "yield grows with size"),
        (Self::Bursts, "bursts"),
        (Self::Closures, "closures"),
        (Self::UnderReporting, "under-reporting"),
        (Self::WrongEligible, "wrong eligible"),
        (Self::UnknownEligible, "half eligible unknown"),
        (Self::Preferential, "visits follow success"),
        (Self::Geometric, "geometric depletion"),
    ];
}

/// What the office knows, and what the next visit to each venue really is expected to bring.
pub struct District {
    pub known: Vec<VenueHistory>,
    pub truth: Vec<f64>,
}

struct Place {
    kind: u16,
    first_yield: f64,
    eligible: f64,
    activated: f64,
    /// Visits so far.
    visited: i32,
}

impl District {
    pub fn new(world: World, seed: u64) -> Self {
        let mut chance = Chance::new(seed + 1);
        let mut places: Vec<Place> = (0..VENUES).map(|_| place(world, &mut chance)).collect();
        let mut visits: Vec<Vec<Visit>> = vec![Vec::new(); VENUES];
        for (at, place) in places.iter_mut().enumerate() {
            for _ in 0..visits_to(world, place, &mut chance) {
                let day = day(visits[at].len());
                visits[at].push(visit(world, place, day, &mut chance));
            }
        }
        let known = places.iter().zip(visits).map(|(place, visits)| VenueHistory {
            kind: place.kind,
            eligible: known_eligible(world, place, &mut chance),
            visits,
        });
        let known = known.collect();
        Self { known, truth: places.iter().map(|place| expected(world, place)).collect() }
    }
}

fn place(world: World, chance: &mut Chance) -> Place {
    let mut draw = chance.uniform();
    let kind = KINDS.iter().position(|kind| {
        draw -= kind.0;
        draw < 0.0
    });
    let at = kind.unwrap_or(KINDS.len() - 1);
    let Kind(_, mean, shape, (low, high)) = KINDS[at];
    let eligible = (low.ln() + (high / low).ln() * chance.uniform()).exp().round();
    let size = if world == World::Sized { (eligible / (low * high).sqrt()).powf(0.8) } else { 1.0 };
    let first_yield = chance.gamma(shape, mean * size);
    Place {
        kind: at as u16,
        first_yield,
        eligible: eligible.max((first_yield / LARGEST_SHARE).ceil()),
        activated: 0.0,
        visited: 0,
    }
}

fn visits_to(world: World, place: &Place, chance: &mut Chance) -> u32 {
    let visits = chance.below(VISITS_MAX + 1);
    if world != World::Preferential {
        return visits;
    }
    let Kind(_, mean, ..) = KINDS[usize::from(place.kind)];
    if place.first_yield > mean {
        visits.max(chance.below(VISITS_MAX + 1))
    } else {
        visits.min(chance.below(VISITS_MAX + 1))
    }
}

fn day(visit: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(37 * visit as u64)
}

fn left(world: World, place: &Place) -> f64 {
    match world {
        World::Geometric => (1.0 - place.first_yield / place.eligible).powi(place.visited),
        _ => (1.0 - place.activated / place.eligible).max(0.0),
    }
}

/// The expectation of the next visit, with what the world does to visits in the mean.
fn expected(world: World, place: &Place) -> f64 {
    let disturbed = match world {
        World::Bursts => 1.2,
        World::Closures => 0.91,
        World::UnderReporting => 0.8,
        _ => 1.0,
    };
    place.first_yield * left(world, place) * disturbed
}

fn visit(world: World, place: &mut Place, day: NaiveDate, chance: &mut Chance) -> Visit {
    let disturbed = match world {
        World::Bursts if chance.uniform() < 0.1 => 3.0,
        World::Closures if chance.uniform() < 0.1 => 0.1,
        _ => 1.0,
    };
    let rate = place.first_yield * left(world, place) * chance.gamma(DAY_SHAPE, 1.0) * disturbed;
    let left = (place.eligible - place.activated).max(0.0);
    let came = f64::from(chance.poisson(rate)).min(left);
    place.activated += came;
    place.visited += 1;
    let reported = if world == World::UnderReporting { (came * chance.between(0.6, 1.0)).round() } else { came };
    Visit { day, activations: reported as u32, tells: true, capacity: None, hours: None }
}

fn known_eligible(world: World, place: &Place, chance: &mut Chance) -> Option<f64> {
    match world {
        World::WrongEligible => Some((place.eligible * (0.5 * chance.normal()).exp()).round().max(1.0)),
        World::UnknownEligible => (chance.uniform() < 0.5).then_some(place.eligible),
        _ => Some(place.eligible),
    }
}
