//! Simulated districts whose truth is known: 300 venues, visited 0–8 times by an office that does not plan.

use chrono::{Days, NaiveDate};
use jemputbola::domain::ranking::{VenueHistory, Visit};

use super::simulated::chance::Chance;
use super::simulated::place::{KINDS, Place, World};

pub const VENUES: usize = 300;
const VISITS_MAX: u32 = 8;

/// The worlds that are tried, with the names of the table.
pub const WORLDS: [(World, &str); 9] = [
    (World::WellSpecified, "well specified"),
    (World::Sized, "yield grows with size"),
    (World::Bursts, "bursts"),
    (World::Closures, "closures"),
    (World::UnderReporting, "under-reporting"),
    (World::WrongEligible, "wrong eligible"),
    (World::UnknownEligible, "half eligible unknown"),
    (World::Preferential, "visits follow success"),
    (World::Geometric, "geometric depletion"),
];

/// What the office knows, and what the next visit to each venue really is expected to bring.
pub struct District {
    pub known: Vec<VenueHistory>,
    pub truth: Vec<f64>,
}

impl District {
    pub fn new(world: World, seed: u64) -> Self {
        let mut chance = Chance::new(seed + 1);
        let mut places: Vec<Place> = (0..VENUES).map(|_| Place::draw(world, &mut chance)).collect();
        let mut visits: Vec<Vec<Visit>> = vec![Vec::new(); VENUES];
        for (at, place) in places.iter_mut().enumerate() {
            for _ in 0..visits_to(world, place, &mut chance) {
                let day = day(visits[at].len());
                let activations = place.visit(world, f64::INFINITY, &mut chance);
                visits[at].push(Visit { day, activations, tells: true, capacity: None, hours: None });
            }
        }
        let known = places.iter().zip(visits).map(|(place, visits)| VenueHistory {
            kind: place.kind,
            eligible: place.registered(world, &mut chance),
            visits,
        });
        let known = known.collect();
        Self { known, truth: places.iter().map(|place| place.expected(world)).collect() }
    }
}

fn visits_to(world: World, place: &Place, chance: &mut Chance) -> u32 {
    let visits = chance.below(VISITS_MAX + 1);
    if world != World::Preferential {
        return visits;
    }
    if place.first_yield > KINDS[usize::from(place.kind)].mean {
        visits.max(chance.below(VISITS_MAX + 1))
    } else {
        visits.min(chance.below(VISITS_MAX + 1))
    }
}

fn day(visit: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(37 * visit as u64)
}
