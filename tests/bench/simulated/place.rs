//! Places whose truth is known: seven kinds, each venue with its own yield, people and rate of depletion. What a visit finds is
//! what earlier ones left; a day's count is Poisson around a rate that varies by a Gamma. A world may break what the model believes.

use super::chance::Chance;

/// Steadiness of days: the shape of their Gamma; a deviation of 35 %.
pub const DAY_SHAPE: f64 = 8.0;
/// The largest part of a venue's people that one visit reaches.
const LARGEST_SHARE: f64 = 0.45;

/// What venues of a kind have in common.
pub struct Kind {
    /// The part of all venues.
    part: f64,
    /// Mean yield of a first visit, and the shape of its Gamma.
    pub mean: f64,
    shape: f64,
    /// Eligible people at a venue, from and to.
    eligible: (f64, f64),
}

/// Schools, companies and offices are soon exhausted; markets, malls and villages hardly.
pub const KINDS: [Kind; 7] = [
    Kind { part: 0.22, mean: 60.0, shape: 4.0, eligible: (80.0, 400.0) },
    Kind { part: 0.16, mean: 50.0, shape: 3.0, eligible: (1_500.0, 6_000.0) },
    Kind { part: 0.10, mean: 90.0, shape: 2.0, eligible: (120.0, 2_200.0) },
    Kind { part: 0.10, mean: 45.0, shape: 3.0, eligible: (60.0, 400.0) },
    Kind { part: 0.30, mean: 35.0, shape: 3.0, eligible: (600.0, 2_500.0) },
    Kind { part: 0.04, mean: 70.0, shape: 3.0, eligible: (3_000.0, 12_000.0) },
    Kind { part: 0.08, mean: 80.0, shape: 2.0, eligible: (4_000.0, 20_000.0) },
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

/// A venue as it really is.
#[derive(Debug, Clone)]
pub struct Place {
    /// Index into [`KINDS`].
    pub kind: u16,
    /// Mean of a first full-day visit.
    pub first_yield: f64,
    pub eligible: f64,
    pub activated: f64,
    /// Visits so far.
    visited: i32,
}

impl Place {
    pub fn draw(world: World, chance: &mut Chance) -> Self {
        let mut draw = chance.uniform();
        let kind = KINDS.iter().position(|kind| {
            draw -= kind.part;
            draw < 0.0
        });
        let at = kind.unwrap_or(KINDS.len() - 1);
        let Kind { mean, shape, eligible: (low, high), .. } = KINDS[at];
        let eligible = (low.ln() + (high / low).ln() * chance.uniform()).exp().round();
        let size = if world == World::Sized { (eligible / (low * high).sqrt()).powf(0.8) } else { 1.0 };
        let first_yield = chance.gamma(shape, mean * size);
        Self {
            kind: at as u16,
            first_yield,
            eligible: eligible.max((first_yield / LARGEST_SHARE).ceil()),
            activated: 0.0,
            visited: 0,
        }
    }

    /// The part of a first visit's yield that the next one finds.
    fn left(&self, world: World) -> f64 {
        match world {
            World::Geometric => (1.0 - self.first_yield / self.eligible).powi(self.visited),
            _ => (1.0 - self.activated / self.eligible).max(0.0),
        }
    }

    /// The expectation of the next visit's report, with what the world does to visits in the mean.
    pub fn expected(&self, world: World) -> f64 {
        let disturbed = match world {
            World::Bursts => 1.2,
            World::Closures => 0.91,
            World::UnderReporting => 0.8,
            _ => 1.0,
        };
        self.first_yield * self.left(world) * disturbed
    }

    /// A day on which at most `room` people can be served; returns how many are reported.
    pub fn visit(&mut self, world: World, room: f64, chance: &mut Chance) -> u32 {
        let disturbed = match world {
            World::Bursts if chance.uniform() < 0.1 => 3.0,
            World::Closures if chance.uniform() < 0.1 => 0.1,
            _ => 1.0,
        };
        let rate = self.first_yield * self.left(world) * chance.gamma(DAY_SHAPE, 1.0) * disturbed;
        let left = (self.eligible - self.activated).max(0.0);
        let came = f64::from(chance.poisson(rate)).min(left).min(room);
        self.activated += came;
        self.visited += 1;
        let reported = if world == World::UnderReporting { (came * chance.between(0.6, 1.0)).round() } else { came };
        reported as u32
    }

    /// What the register says of the people there.
    pub fn registered(&self, world: World, chance: &mut Chance) -> Option<f64> {
        match world {
            World::WrongEligible => Some((self.eligible * (0.5 * chance.normal()).exp()).round().max(1.0)),
            World::UnknownEligible => (chance.uniform() < 0.5).then_some(self.eligible),
            _ => Some(self.eligible),
        }
    }
}
