//! Ejection chains: a venue takes the best path it can have, where a held slot costs what its holder loses; whoever
//! was ejected looks for a new path in turn (Glover, "Ejection chains, reference structures and alternating path
//! methods", 1996). A chain that ends worse is undone.

use std::collections::VecDeque;

use super::incumbent::Incumbent;
use super::network::{Network, Slot, Stop};
use super::path::{Bonus, Pricer};

/// Venues after which an ejected one may only take free slots.
const DEPTH: usize = 4;
/// Venues that one chain may move.
const LONGEST: usize = 40;

/// Means of a local search: memory for programs and queues.
#[derive(Debug, Clone)]
pub(super) struct Searcher {
    pub(super) pricer: Pricer,
    /// What each slot costs the next bidder of an auction.
    pub(super) cost: Vec<i32>,
    pub(super) path: Vec<Stop>,
    queue: VecDeque<u32>,
    ejected: Vec<u32>,
}

impl Searcher {
    pub(super) fn new(network: &Network) -> Self {
        let cost = vec![0; network.slots.len()];
        Self { pricer: Pricer::new(), cost, path: Vec::new(), queue: VecDeque::new(), ejected: Vec::new() }
    }

    /// One ejection chain from `venue`; kept if the objective does not sink. True if it rose.
    pub(super) fn eject(&mut self, plan: &mut Incumbent<'_>, venue: usize) -> bool {
        let before = plan.objective;
        plan.begin();
        self.settle(plan, venue);
        if plan.objective < before {
            plan.undo();
        }
        plan.objective > before
    }

    /// Lets a venue choose, and everybody whom that ejects, and so on.
    pub(super) fn settle(&mut self, plan: &mut Incumbent<'_>, venue: usize) {
        self.queue.clear();
        self.choose(plan, venue, true);
        let mut moved = 0;
        while let Some(venue) = self.queue.pop_front() {
            moved += 1;
            self.choose(plan, venue as usize, moved <= DEPTH);
            if moved > LONGEST {
                break;
            }
        }
    }

    /// Gives a venue its best path at the losses of the holders, or among free slots. The ejected join the queue.
    fn choose(&mut self, plan: &mut Incumbent<'_>, venue: usize, may_eject: bool) {
        let network = plan.network;
        if network.paths[venue].is_empty() {
            return;
        }
        let bonus = Bonus { amount: network.penalty, visits: plan.visits_below_floor(venue) };
        let mut path = std::mem::take(&mut self.path);
        plan.forgive(venue);
        let cost = if may_eject { plan.losses() } else { plan.vacancies() };
        self.pricer.best_path(network, venue, cost, bonus, &mut path);
        plan.claim(venue);
        if path != plan.stops(venue) && has_overtime(plan, venue, &path) {
            self.ejected.clear();
            take_slots(plan, venue, &path, &mut self.ejected);
            for ejected in self.ejected.drain(..) {
                if !self.queue.contains(&ejected) {
                    self.queue.push_back(ejected);
                }
            }
            plan.set(venue, &path);
        }
        self.path = path;
    }
}

/// Whether the teams of a path have enough overtime, what it frees and takes over counted in.
fn has_overtime(plan: &Incumbent<'_>, venue: usize, path: &[Stop]) -> bool {
    let network = plan.network;
    let overtime = |slot: &usize| network.slots[*slot] == Slot::Overtime;
    let slots = || path.iter().flat_map(|stop| network.slots_taken(venue, *stop)).filter(overtime);
    slots().all(|slot| {
        let team = slot % network.stride;
        let of_team = |slot: &usize| slot % network.stride == team;
        let own = plan.stops(venue).iter().flat_map(|stop| network.slots_taken(venue, *stop));
        let own = own.filter(overtime).filter(of_team).count();
        let needed = slots().filter(of_team).count();
        let taken =
            slots().filter(of_team).filter(|slot| plan.holder(*slot).is_some_and(|holder| holder != venue)).count();
        needed <= usize::try_from(plan.overtime_left(team)).unwrap_or(0) + own + taken
    })
}

/// Takes the slots of a path from their holders; `ejected` takes these.
pub(super) fn take_slots(plan: &mut Incumbent<'_>, venue: usize, path: &[Stop], ejected: &mut Vec<u32>) {
    let network = plan.network;
    for slot in path.iter().flat_map(|stop| network.slots_taken(venue, *stop)) {
        if let Some(holder) = plan.holder(slot).filter(|holder| *holder != venue) {
            plan.drop_stop(holder, slot);
            ejected.push(holder as u32);
        }
    }
}
