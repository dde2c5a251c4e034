//! Large neighbourhood search (Shaw, "Using constraint programming and local search methods to solve vehicle routing
//! problems", 1998): clear a few venues that compete with each other, let them bid for their slots anew at noisy prices,
//! settle all that was touched by ejection chains at true losses, and keep the result if it is not worse.

use super::auction::within_overtime;
use super::ejection::{Searcher, take_slots};
use super::incumbent::Incumbent;
use super::network::{BLOCKED, Network, Slot, Stop};
use super::path::Bonus;
use super::price::WholePrices;
use super::random::Random;

/// Draws while looking for competitors, before fewer will do.
const DRAWS: usize = 60;

/// What all neighbourhoods of one search share.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    network: &'a Network,
    /// Price of each slot and bonus of each area, from the dual.
    cost: Vec<i32>,
    floors: &'a [i32],
    /// Venues that are open, by day.
    open: Vec<Vec<u32>>,
    /// Venues that can be visited at all.
    venues: Vec<u32>,
}

/// How a cleared neighbourhood is sold again.
struct Terms {
    discount: f64,
    raise: i32,
    noise: usize,
}

/// One searcher's way through neighbourhoods.
#[derive(Debug)]
pub(super) struct Wanderer {
    random: Random,
    searcher: Searcher,
    /// Raises of the running auction, by slot; taken back after it.
    raised: Vec<(u32, i32)>,
    prices: Vec<i32>,
    cleared: Vec<u32>,
    /// Venues to clear at most.
    widest: usize,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(network: &'a Network, prices: &'a WholePrices) -> Self {
        let mut cost = Vec::new();
        prices.write_costs(network, &mut cost);
        let mut open = vec![Vec::new(); network.days];
        let mut venues = Vec::new();
        for (venue, paths) in network.paths.iter().enumerate().filter(|(_, paths)| !paths.is_empty()) {
            venues.push(venue as u32);
            paths.days.iter().for_each(|day| open[usize::from(*day)].push(venue as u32));
        }
        Self { network, cost, floors: &prices.floors, open, venues }
    }

    /// Whether there is nothing to plan.
    pub(super) fn is_empty(&self) -> bool {
        self.venues.is_empty()
    }
}

impl Wanderer {
    pub(super) fn new(surroundings: &Surroundings<'_>, seed: u64, lane: u64, visits: usize) -> Self {
        Self {
            random: Random::new(seed, lane),
            searcher: Searcher::new(surroundings.network),
            raised: Vec::new(),
            prices: surroundings.cost.clone(),
            cleared: Vec::new(),
            widest: (40 * surroundings.venues.len() / (visits + 1)).clamp(4, 18),
        }
    }

    /// Work done so far.
    pub(super) fn work(&self) -> u64 {
        self.searcher.pricer.work
    }

    /// Tries one neighbourhood; the objective never sinks.
    pub(super) fn step(&mut self, around: &Surroundings<'_>, plan: &mut Incumbent<'_>) {
        let before = plan.objective;
        plan.begin();
        self.draw(around, plan);
        for at in 0..self.cleared.len() {
            let venue = self.cleared[at] as usize;
            let fixed: Vec<Stop> = around.network.paths[venue].fixed_stops().collect();
            plan.set(venue, &fixed);
        }
        self.sell_again(around, plan);
        self.settle(plan);
        if plan.objective < before {
            plan.undo();
        }
    }

    /// Draws venues that compete: for the days of a window, for one team, or for the slots of one venue.
    fn draw(&mut self, around: &Surroundings<'_>, plan: &Incumbent<'_>) {
        let network = around.network;
        let Self { random, cleared, .. } = self;
        cleared.clear();
        let wanted = 2 + random.below(self.widest);
        let kind = random.below(4);
        let (first, team, window) = (random.below(network.days), random.below(network.teams), 1 + random.below(10));
        let venue = around.venues[random.below(around.venues.len())];
        let paths = &network.paths[venue as usize];
        if kind == 3 {
            cleared.push(venue);
        }
        for draw in 1..=DRAWS {
            if cleared.len() >= wanted {
                break;
            }
            let (day, team) = match kind {
                0 => (first + random.below(window), (team + random.below(4)) % network.teams),
                1 => (first + random.below(window), random.below(network.teams)),
                2 => ((first + random.below(window * 4)) % network.days, team),
                _ => {
                    let crew = paths.crews[random.below(paths.crews.len())];
                    (usize::from(paths.days[random.below(paths.days.len())]), usize::from(crew[0]))
                }
            };
            let day = day.min(network.days - 1);
            let holder = plan.holder(day * network.stride + team).map(|holder| holder as u32);
            cleared.extend(holder.filter(|holder| !cleared.contains(holder)));
            if kind < 2 && draw % 4 == 0 && !around.open[day].is_empty() {
                let open = around.open[day][random.below(around.open[day].len())];
                if !cleared.contains(&open) {
                    cleared.push(open);
                }
            }
        }
    }

    /// A small auction among the cleared; whoever they outbid joins it.
    fn sell_again(&mut self, around: &Surroundings<'_>, plan: &mut Incumbent<'_>) {
        let network = around.network;
        let unit = network.unit;
        let mut terms = Terms {
            discount: 0.93 + 0.09 * self.random.fraction(),
            raise: unit.of(self.random.pick([19, 50, 125])).max(1),
            noise: unit.of(self.random.pick([0, 125, 500])) as usize,
        };
        let mut queue = self.cleared.clone();
        let cleared = queue.len();
        let mut at = 0;
        while at < queue.len() && at < 10 * cleared + 30 {
            let venue = queue[at] as usize;
            at += 1;
            if at % (2 * cleared + 4) == 0 {
                terms.raise += terms.raise / 2 + 1;
            }
            if at > cleared {
                terms.noise = 0;
            }
            for outbid in self.bid(around, plan, venue, &terms) {
                if !queue[at..].contains(&outbid) {
                    queue.push(outbid);
                }
            }
        }
        for (slot, price) in self.raised.drain(..).rev() {
            self.prices[slot as usize] = price;
        }
    }

    fn bid(&mut self, around: &Surroundings<'_>, plan: &mut Incumbent<'_>, venue: usize, terms: &Terms) -> Vec<u32> {
        let network = around.network;
        let Self { random, searcher, raised, prices, .. } = self;
        searcher.fill(network, venue, |slot| {
            let price = prices[slot];
            if price >= BLOCKED {
                return BLOCKED;
            }
            let noise = if terms.noise > 0 { random.below(terms.noise) as i32 } else { 0 };
            let price = (f64::from(price) * terms.discount) as i32 + noise;
            match plan.holder(slot) {
                Some(holder) if holder == venue => price,
                Some(_) => price + terms.raise,
                None if plan.is_free(slot) => price,
                None => BLOCKED,
            }
        });
        let mut path = std::mem::take(&mut searcher.path);
        let bonus = Bonus::always(around.floors[network.paths[venue].area]);
        searcher.pricer.best_path(network, venue, &searcher.cost, bonus, &mut path);
        let mut outbid = Vec::new();
        if path != plan.stops(venue) {
            within_overtime(plan, venue, &mut path);
            for slot in path.iter().flat_map(|stop| network.slots_taken(venue, *stop)) {
                if network.slots[slot] != Slot::Held && plan.holder(slot).is_some_and(|holder| holder != venue) {
                    raised.push((slot as u32, prices[slot]));
                    prices[slot] += terms.raise;
                }
            }
            outbid = take_slots(plan, venue, &path);
            plan.set(venue, &path);
        }
        searcher.path = path;
        outbid
    }

    /// Two rounds of ejection chains from everything that was touched, at true losses.
    fn settle(&mut self, plan: &mut Incumbent<'_>) {
        for _ in 0..2 {
            let before = plan.objective;
            let touched: Vec<usize> = plan.touched().collect();
            for venue in touched {
                self.searcher.settle(plan, venue);
            }
            if plan.objective <= before {
                break;
            }
        }
    }
}
