//! How much a search may do, and what it tells meanwhile. Steps count work, not time, so that the same budget gives
//! the same plan on every machine; whoever has a clock may only cut the search short.

use std::time::Duration;

use super::instance::{Instance, Venue};
use super::plan::{Certificate, gap};
use super::visit::Visit;

/// Work that two threads do in a second, with room to spare.
const WORK_PER_SECOND: f64 = 8e9;

/// What a search may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// One step is the work of pricing every venue once.
    pub steps: u64,
    /// Chooses among equally good ways to search; the same seed gives the same plan.
    pub seed: u64,
    /// Threads to use, at least 1; they change how long it takes and nothing else.
    pub threads: usize,
}

/// Where a search may start from: an earlier plan of a like instance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Start {
    /// Visits to try first; those that are not possible any more are dropped.
    pub visits: Vec<Visit>,
    /// Prices of that plan; without the right number of them they are ignored.
    pub certificate: Option<Certificate>,
}

/// What a search has found so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Pricing passes over all venues.
    pub passes: u64,
    /// Neighbourhoods tried.
    pub moves: u64,
    /// Objective of the best plan so far.
    pub incumbent: Option<i64>,
    /// No plan is better than this.
    pub bound: Option<i64>,
}

/// The answer to a progress report: how much of the time is over, as a fraction. 0: take all the steps; 1: stop now.
/// The share that a phase of the search may take is cut when the clock runs ahead of the steps.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Spent(pub f64);

impl Spent {
    /// No hurry.
    pub const NOTHING: Self = Self(0.0);
    /// Stop now, with the best plan found so far.
    pub const ALL: Self = Self(1.0);
}

impl Progress {
    /// The gap that is proven so far, as a fraction.
    pub fn gap(&self) -> Option<f64> {
        self.bound.zip(self.incumbent).map(|(bound, incumbent)| gap(bound, incumbent))
    }
}

impl Budget {
    /// The steps that an ordinary machine with two cores does in a time: a function of the instance's size and the time
    /// alone, so that it means the same plan everywhere. With all cores of this machine.
    pub fn for_time(instance: &Instance, time: Duration, seed: u64) -> Self {
        let work: usize = instance.venues.iter().map(work).sum();
        let steps = time.as_secs_f64() * WORK_PER_SECOND / work.max(1) as f64;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { steps: steps as u64, seed, threads }
    }
}

/// Cells of a venue's dynamic program and what comes with each day, as the solver counts them.
fn work(venue: &Venue) -> usize {
    venue.open.len() * (venue.reach.len() * venue.max_visits.next_multiple_of(8) + 64) + 1024
}
