//! A forward auction (Bertsekas, "The auction algorithm", 1988): every venue bids for its best path at prices a little
//! below those of the dual; a slot goes to the last bidder and becomes dearer by ε; who was outbid bids again. Prices
//! only rise, so it ends; ε grows when a price war drags on. Far better than planning venue after venue, which stalls
//! several per cent below the bound.

use std::collections::VecDeque;

use super::ejection::{Searcher, take_slots};
use super::incumbent::Incumbent;
use super::network::{BLOCKED, Network, Slot, Stop};
use super::path::Bonus;
use super::price::WholePrices;

/// How one auction differs from another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// Share of the dual's prices at which bidding starts.
    pub(super) discount: f64,
    /// What a bid adds to the price.
    pub(super) raise: i32,
}

/// An auction in progress.
pub(super) struct Auction<'s, 'a> {
    plan: &'s mut Incumbent<'a>,
    searcher: &'s mut Searcher,
    /// Price of each slot before the raise that a held one costs.
    prices: &'s mut [i32],
    raise: i32,
}

/// Sells all slots to the venues in this order of first bids. Expected O(a few programs per venue).
/// `is_over` may end it early; what is sold stays sold.
pub(super) fn sell<'a>(
    network: &'a Network,
    searcher: &mut Searcher,
    prices: &WholePrices,
    order: &[u32],
    terms: Terms,
    is_over: &dyn Fn() -> bool,
) -> Incumbent<'a> {
    let mut cost = Vec::new();
    prices.write_costs(network, &mut cost);
    for price in &mut cost {
        *price = discounted(*price, terms.discount);
    }
    let mut plan = Incumbent::new(network);
    let mut auction = Auction::open(&mut plan, searcher, &mut cost, terms.raise);
    let mut queue: VecDeque<u32> = order.iter().copied().collect();
    let mut is_waiting = vec![true; network.paths.len()];
    let mut outbid = Vec::new();
    let venues = network.paths.len();
    let (mut bids, mut patience) = (0, venues * 2);
    while let Some(venue) = queue.pop_front() {
        is_waiting[venue as usize] = false;
        auction.bid(venue as usize, prices.floors[network.paths[venue as usize].area], &mut outbid);
        queue.extend(outbid.drain(..).filter(|venue| !std::mem::replace(&mut is_waiting[*venue as usize], true)));
        bids += 1;
        if bids > patience {
            patience += venues / 2 + 1;
            auction.raise_more();
        }
        if bids % 64 == 0 && is_over() {
            break;
        }
    }
    plan
}

/// A price at which bidding starts.
pub(super) fn discounted(price: i32, discount: f64) -> i32 {
    if price >= BLOCKED { BLOCKED } else { (f64::from(price) * discount) as i32 }
}

impl<'s, 'a> Auction<'s, 'a> {
    /// Opens an auction over what is free and what is held in a plan. O(slots).
    pub(super) fn open(
        plan: &'s mut Incumbent<'a>,
        searcher: &'s mut Searcher,
        prices: &'s mut [i32],
        raise: i32,
    ) -> Self {
        let mut auction = Self { plan, searcher, prices, raise };
        auction.write_all();
        auction
    }

    /// Lets a venue bid for its best path; `outbid` takes who loses a slot by that.
    pub(super) fn bid(&mut self, venue: usize, bonus: i32, outbid: &mut Vec<u32>) {
        let network = self.plan.network;
        if network.paths[venue].is_empty() {
            return;
        }
        let old = self.plan.stops(venue).to_vec();
        for slot in slots_of(network, venue, &old) {
            self.searcher.cost[slot] = self.prices[slot];
        }
        let mut path = std::mem::take(&mut self.searcher.path);
        let Searcher { pricer, cost, .. } = &mut *self.searcher;
        pricer.best_path(network, venue, cost, Bonus::always(bonus), &mut path);
        if path != old {
            within_overtime(self.plan, venue, &mut path);
            for slot in slots_of(network, venue, &path) {
                if self.plan.holder(slot).is_some_and(|holder| holder != venue) {
                    self.prices[slot] += self.raise;
                }
            }
            take_slots(self.plan, venue, &path, outbid);
            self.plan.set(venue, &path);
        }
        for slot in slots_of(network, venue, &old).chain(slots_of(network, venue, &path)) {
            self.write(slot);
            if network.slots[slot] == Slot::Overtime {
                for slot in &network.overtime_slots[slot % network.stride] {
                    self.write(*slot as usize);
                }
            }
        }
        self.searcher.path = path;
    }

    /// A price war drags on: from now on bids raise prices by half as much again.
    pub(super) fn raise_more(&mut self) {
        self.raise += self.raise / 2 + 1;
        self.write_all();
    }

    fn write_all(&mut self) {
        (0..self.prices.len()).for_each(|slot| self.write(slot));
    }

    /// What a slot costs the next bidder.
    fn write(&mut self, slot: usize) {
        let price = self.prices[slot];
        self.searcher.cost[slot] = if price >= BLOCKED {
            BLOCKED
        } else if self.plan.holder(slot).is_some() {
            price + self.raise
        } else if self.plan.is_free(slot) {
            price
        } else {
            BLOCKED
        };
    }
}

fn slots_of(network: &Network, venue: usize, stops: &[Stop]) -> impl Iterator<Item = usize> {
    stops.iter().flat_map(move |stop| network.slots_taken(venue, *stop))
}

/// Drops stops on free overtime days beyond what a team has left, the later ones first.
fn within_overtime(plan: &Incumbent<'_>, venue: usize, path: &mut Vec<Stop>) {
    let network = plan.network;
    let mut used: Vec<usize> = Vec::new();
    path.retain(|stop| {
        let new = network.slots_taken(venue, *stop).filter(|slot| network.slots[*slot] == Slot::Overtime);
        let new = new.filter(|slot| plan.holder(*slot).is_none()).map(|slot| slot % network.stride);
        let new: Vec<usize> = new.collect();
        let fits = |team: &usize| {
            let before = used.iter().filter(|other| *other == team).count();
            before < usize::try_from(plan.overtime_left(*team)).unwrap_or(0)
        };
        let fits = new.iter().all(fits);
        if fits {
            used.extend(new);
        }
        fits
    });
}
