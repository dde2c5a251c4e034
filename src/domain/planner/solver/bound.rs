//! The Lagrangian bound: sell every team-day at its price and let every venue choose its best path. Weak duality: no
//! plan is worth more, whatever the prices (Geoffrion, "Lagrangean relaxation for integer programming", 1974; Fisher,
//! "The Lagrangian relaxation method", 1981). As each venue's polytope of paths is integral, the best such bound is
//! that of the linear program over paths.

use rayon::prelude::*;

use super::network::{Network, Slot, Stop};
use super::path::{Bonus, Pricer};
use super::price::{Row, WholePrices};

/// Work of one piece of a pass that a thread takes at a time; fixed, so that no sum depends on the threads.
const PIECE: u64 = 400_000;
/// One visit in the units of demand.
pub(super) const WHOLE: i32 = 256;

/// One pass over all venues, and memory for it.
#[derive(Debug)]
pub(super) struct Pass {
    /// Bounds of the pieces: venues `pieces[n]..pieces[n + 1]`.
    pieces: Vec<Piece>,
    pub(super) cost: Vec<i32>,
    /// How often each slot was chosen.
    pub(super) demand: Vec<i32>,
    /// How many overtime days of each team were chosen.
    pub(super) overtime: Vec<i32>,
    /// How many visits each area got.
    pub(super) visits: Vec<i32>,
}

#[derive(Debug)]
struct Piece {
    venues: std::ops::Range<usize>,
    pricer: Pricer,
    path: Vec<Stop>,
    /// Slots chosen with their shares, and areas visited.
    chosen: Vec<(u32, i32)>,
    areas: Vec<u32>,
    value: i64,
}

impl Pass {
    pub(super) fn new(network: &Network) -> Self {
        let mut pieces = Vec::new();
        let mut first = 0;
        let mut work = 0;
        for (venue, paths) in network.paths.iter().enumerate() {
            work += paths.work();
            if work >= PIECE || venue + 1 == network.paths.len() {
                pieces.push(Piece::new(first..venue + 1));
                (first, work) = (venue + 1, 0);
            }
        }
        Self { pieces, cost: Vec::new(), demand: Vec::new(), overtime: Vec::new(), visits: Vec::new() }
    }

    /// The Lagrangian value of the prices, exact. Crews that are worth `nearly` as much as the best share the demand.
    /// O(sum of all venues' programs), in parallel over pieces.
    pub(super) fn value(&mut self, network: &Network, prices: &WholePrices, nearly: i32) -> i64 {
        prices.write_costs(network, &mut self.cost);
        let cost = &self.cost;
        if self.pieces.len() > 1 {
            self.pieces.par_iter_mut().for_each(|piece| piece.run(network, prices, cost, nearly));
        } else {
            self.pieces.iter_mut().for_each(|piece| piece.run(network, prices, cost, nearly));
        }
        self.count(network);
        prices.value_of_supply(network) + self.pieces.iter().map(|piece| piece.value).sum::<i64>()
    }

    /// Calls `f` with each row and what the last pass left of it, in visits or days: a subgradient. O(slots).
    pub(super) fn for_each_slack(&self, network: &Network, mut f: impl FnMut(Row, f64)) {
        let visits = |share: i32| f64::from(share) / f64::from(WHOLE);
        for slot in (0..network.slots.len()).filter(|slot| network.is_for_sale(*slot)) {
            f(Row::Slot(slot), 1.0 - visits(self.demand[slot]));
        }
        for team in 0..network.teams {
            f(Row::Overtime(team), f64::from(network.overtime[team]) - visits(self.overtime[team]));
        }
        for area in 0..network.floors.len() {
            f(Row::Floor(area), f64::from(self.visits[area] - network.floors[area]));
        }
    }

    fn count(&mut self, network: &Network) {
        let reset = |counts: &mut Vec<i32>, length: usize| {
            counts.clear();
            counts.resize(length, 0);
        };
        reset(&mut self.demand, network.slots.len());
        reset(&mut self.overtime, network.teams);
        reset(&mut self.visits, network.floors.len());
        for piece in &self.pieces {
            for (slot, share) in &piece.chosen {
                let slot = *slot as usize;
                self.demand[slot] += share;
                if network.slots[slot] == Slot::Overtime {
                    self.overtime[slot % network.stride] += share;
                }
            }
            piece.areas.iter().for_each(|area| self.visits[*area as usize] += 1);
        }
    }
}

impl Piece {
    fn new(venues: std::ops::Range<usize>) -> Self {
        let (path, chosen, areas) = (Vec::new(), Vec::new(), Vec::new());
        Self { venues, pricer: Pricer::new(), path, chosen, areas, value: 0 }
    }

    /// Shares a visit among crews that are nearly as good as the chosen one, so that prices of like slots do not
    /// take turns: an ε-subgradient.
    fn share(&mut self, network: &Network, venue: usize, nth: usize, stop: Stop, cost: &[i32], nearly: i32) {
        let paths = &network.paths[venue];
        if network.is_fixed(venue, stop) || nearly == 0 {
            self.chosen.extend(network.slots_taken(venue, stop).map(|slot| (slot as u32, WHOLE)));
            return;
        }
        let row = &cost[usize::from(stop.day) * network.stride..][..network.stride];
        let worth = |crew: usize| {
            let price: i32 = paths.crews[crew].iter().map(|team| row[usize::from(*team)]).sum();
            paths.gain[crew * paths.lanes + nth] - price
        };
        let least = worth(usize::from(stop.crew)) - nearly;
        let weight = |crew: usize| (worth(crew) - least).max(0);
        let total: i32 = (0..paths.crews.len()).map(weight).sum();
        for crew in 0..paths.crews.len() {
            let share = (i64::from(WHOLE) * i64::from(weight(crew)) / i64::from(total)) as i32;
            if share > 0 {
                let stop = Stop { crew: crew as u16, ..stop };
                self.chosen.extend(network.slots_taken(venue, stop).map(|slot| (slot as u32, share)));
            }
        }
    }

    fn run(&mut self, network: &Network, prices: &WholePrices, cost: &[i32], nearly: i32) {
        self.value = 0;
        self.chosen.clear();
        self.areas.clear();
        for venue in self.venues.clone() {
            let area = network.paths[venue].area;
            let bonus = Bonus::always(prices.floors[area]);
            self.value += i64::from(self.pricer.best_path(network, venue, cost, bonus, &mut self.path));
            for nth in 0..self.path.len() {
                self.share(network, venue, nth, self.path[nth], cost, nearly);
                self.areas.push(area as u32);
            }
        }
    }
}
