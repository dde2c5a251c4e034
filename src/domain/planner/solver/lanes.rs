//! Searching side by side: lanes start from the same plan, each goes its own way through neighbourhoods, and what they
//! find is brought together. Their number is fixed and they are merged in a fixed order, so that the number of threads
//! changes nothing but the time it takes.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::incumbent::Incumbent;
use super::neighbourhood::{Surroundings, Wanderer};
use super::network::Stop;

/// Lanes of auctions and neighbourhoods.
pub(super) const LANES: u64 = 4;
/// Moves of one lane between two looks at the clock.
const LOOK: u64 = 16;

/// All lanes of one search.
pub(super) struct Lanes<'a> {
    lanes: Vec<Lane<'a>>,
}

struct Lane<'a> {
    plan: Incumbent<'a>,
    wanderer: Wanderer,
    /// What this round has improved, in order.
    changes: Vec<Change>,
    moves: u64,
}

/// New stops of the venues that one move touched.
type Change = Vec<(u32, Vec<Stop>)>;

impl<'a> Lanes<'a> {
    pub(super) fn new(around: &Surroundings<'_>, plan: &Incumbent<'a>, seed: u64) -> Self {
        let lane = |lane| Lane {
            plan: plan.clone(),
            wanderer: Wanderer::new(around, seed, lane),
            changes: Vec::new(),
            moves: 0,
        };
        Self { lanes: (0..LANES).map(lane).collect() }
    }

    /// Each lane works this much from `best` on; then `best` takes the best lane's plan, and of the others what still
    /// fits and improves. False if `goes_on` called it off.
    pub(super) fn round(
        &mut self,
        around: &Surroundings<'_>,
        best: &mut Incumbent<'a>,
        work: u64,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> bool {
        let is_over = AtomicBool::new(false);
        self.lanes.par_iter_mut().for_each(|lane| lane.run(around, best, work, goes_on, &is_over));
        let first = (0..self.lanes.len()).rev().max_by_key(|lane| self.lanes[*lane].plan.objective).unwrap_or(0);
        best.clone_from(&self.lanes[first].plan);
        for lane in (0..self.lanes.len()).filter(|lane| *lane != first) {
            for change in &self.lanes[lane].changes {
                apply(best, change);
            }
        }
        !is_over.into_inner()
    }

    /// Work done so far, over all lanes.
    pub(super) fn work(&self) -> u64 {
        self.lanes.iter().map(|lane| lane.wanderer.work()).sum()
    }

    pub(super) fn moves(&self) -> u64 {
        self.lanes.iter().map(|lane| lane.moves).sum()
    }
}

impl<'a> Lane<'a> {
    fn run(
        &mut self,
        around: &Surroundings<'_>,
        best: &Incumbent<'a>,
        work: u64,
        goes_on: &(dyn Fn() -> bool + Sync),
        is_over: &AtomicBool,
    ) {
        self.plan.clone_from(best);
        self.changes.clear();
        let until = self.wanderer.work() + work;
        while self.wanderer.work() < until && !is_over.load(Ordering::Relaxed) {
            let before = self.plan.objective;
            self.wanderer.step(around, &mut self.plan);
            self.moves += 1;
            if self.plan.objective > before {
                let plan = &self.plan;
                self.changes.push(plan.touched().map(|venue| (venue as u32, plan.stops(venue).to_vec())).collect());
            }
            if self.moves.is_multiple_of(LOOK) && !goes_on() {
                is_over.store(true, Ordering::Relaxed);
            }
        }
    }
}

/// Makes the change of another lane here too, if it is possible and an improvement.
fn apply(plan: &mut Incumbent<'_>, change: &Change) {
    let before = plan.objective;
    plan.begin();
    for (venue, _) in change {
        plan.set(*venue as usize, &[]);
    }
    for (venue, stops) in change {
        if !plan.try_set(*venue as usize, stops) {
            plan.undo();
            return;
        }
    }
    if plan.objective <= before {
        plan.undo();
    }
}
