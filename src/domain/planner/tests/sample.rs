//! Random instances for tests: small worlds in which everything occurs that an instance can have.

use crate::domain::planner::{Crew, Draft, Duty, Instance, Pin, Reach, Team, Venue, Visit};

/// How large a world is, and what it has.
#[derive(Debug, Clone, Copy)]
pub struct World {
    pub days: usize,
    pub teams: usize,
    pub venues: usize,
    pub areas: usize,
    /// Joint visits, pins and exclusions, as in `jbplan-2`.
    pub has_wishes: bool,
}

impl World {
    pub const TINY: Self = Self { days: 3, teams: 2, venues: 3, areas: 2, has_wishes: false };
    pub const SMALL: Self = Self { days: 14, teams: 3, venues: 12, areas: 3, has_wishes: false };
}

/// Numbers from a seed (Knuth's MMIX generator).
pub struct Dice(u64);

impl Dice {
    /// A few numbers are thrown away: the first ones of like seeds are alike.
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..4).for_each(|_| _ = dice.below(2));
        dice
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }
}

/// The world of a seed.
pub fn draft(seed: u64, world: World) -> Draft {
    let mut dice = Dice::new(seed);
    let mut draft = Draft {
        name: format!("world {seed}"),
        days: world.days,
        floors: (0..world.areas).map(|_| dice.below(3) as u32).collect(),
        shortfall_penalty: 6_000,
        pin_penalty: 50_000,
        teams: (0..world.teams).map(|_| team(&mut dice, world)).collect(),
        venues: (0..world.venues).map(|_| venue(&mut dice, world)).collect(),
        ..Draft::default()
    };
    book(&mut dice, &mut draft);
    if world.has_wishes {
        for _ in 0..dice.below(3) {
            let pick = |dice: &mut Dice, count| (!dice.one_in(3)).then(|| dice.below(count));
            let (day, team) = (pick(&mut dice, world.days), pick(&mut dice, world.teams));
            draft.pins.push(Pin { venue: dice.below(world.venues), day, team });
        }
        if dice.one_in(3) {
            draft.excluded.push(dice.below(world.venues));
        }
    }
    draft
}

pub fn instance(seed: u64, world: World) -> Instance {
    Instance::new(draft(seed, world)).unwrap()
}

fn team(dice: &mut Dice, world: World) -> Team {
    let duty = |day: usize| match dice.below(8) {
        0 => Duty::Off,
        1 => Duty::Overtime,
        _ if day % 7 > 4 => Duty::Overtime,
        _ => Duty::Regular,
    };
    Team { calendar: (0..world.days).map(duty).collect(), overtime_max: dice.below(3) as u32 }
}

fn venue(dice: &mut Dice, world: World) -> Venue {
    let max_visits = 1 + dice.below(4);
    let open = (0..world.days as u16).filter(|_| !dice.one_in(3)).collect();
    let mut crews: Vec<Crew> = (0..world.teams as u16).filter(|_| !dice.one_in(4)).map(Crew::one).collect();
    if world.has_wishes && dice.one_in(3) {
        crews.extend(Crew::pair(0, 1));
    }
    let best = 1_000 + dice.below(15_000);
    let reach = |crew: Crew| {
        let mut gain = (best / (1 + dice.below(3))) * if crew.is_joint() { 2 } else { 1 };
        let mut gains = Vec::with_capacity(max_visits);
        for _ in 0..max_visits {
            gains.push(gain as i32);
            gain = gain * (40 + dice.below(60)) / 100;
        }
        Reach { crew, gain: gains }
    };
    let reach = crews.into_iter().map(reach).collect();
    let last_visit = dice.one_in(3).then(|| -1 - dice.below(20) as i32);
    Venue { area: dice.below(world.areas), min_gap: 1 + dice.below(4), max_visits, last_visit, open, reach }
}

/// A booking or two that keep the rules.
fn book(dice: &mut Dice, draft: &mut Draft) {
    for _ in 0..dice.below(3) {
        let venue = dice.below(draft.venues.len());
        let of_venue = &draft.venues[venue];
        if of_venue.open.is_empty() || of_venue.reach.is_empty() {
            continue;
        }
        let day = usize::from(of_venue.open[dice.below(of_venue.open.len())]);
        let crew = of_venue.reach[dice.below(of_venue.reach.len())].crew;
        let mut booked = draft.clone();
        booked.fixed.push(Visit { venue, day, crew });
        if Instance::new(booked.clone()).is_ok() {
            *draft = booked;
        }
    }
}
