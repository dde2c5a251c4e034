//! Large neighbourhood search (Shaw, "Using constraint programming and local search methods to solve vehicle routing
//! problems", 1998): clear a few venues that compete with each other, most often around one that regrets its visits, let
//! them bid for their slots anew at noisy prices, settle all that was touched by ejection chains at true losses, and keep
//! the result if it is not worse.

use super::auction::{Auction, discounted};
use super::ejection::Searcher;
use super::incumbent::Incumbent;
use super::network::{BLOCKED, Network, Stop};
use super::path::{Bonus, Pricer};
use super::price::WholePrices;
use super::random::Random;

/// Draws while looking for competitors, before fewer will do.
const DRAWS: usize = 60;
/// Competitors beyond two, at most.
const WIDEST: usize = 8;
/// Share of neighbourhoods that begin with a venue that regrets much.
const REGRETFUL: f64 = 0.8;
/// Venues among which the one that regrets most is taken.
const DRAWN: usize = 30;

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
    /// By venue, its best path at these prices and what that is worth: what it wishes for.
    wishes: Vec<(Vec<Stop>, i32)>,
}

/// One searcher's way through neighbourhoods.
#[derive(Debug)]
pub(super) struct Wanderer {
    random: Random,
    searcher: Searcher,
    /// Prices of the running auction.
    prices: Vec<i32>,
    cleared: Vec<u32>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(network: &'a Network, prices: &'a WholePrices) -> Self {
        let mut cost = Vec::new();
        prices.write_costs(network, &mut cost);
        let mut open = vec![Vec::new(); network.days];
        let mut venues = Vec::new();
        let mut wishes = vec![(Vec::new(), 0); network.paths.len()];
        let mut pricer = Pricer::new();
        for (venue, paths) in network.paths.iter().enumerate().filter(|(_, paths)| !paths.is_empty()) {
            venues.push(venue as u32);
            paths.days.iter().for_each(|day| open[usize::from(*day)].push(venue as u32));
            let (path, worth) = &mut wishes[venue];
            *worth = pricer.best_path(network, venue, &cost, Bonus::always(prices.floors[paths.area]), path);
        }
        Self { network, cost, floors: &prices.floors, open, venues, wishes }
    }

    /// How much less a venue's visits are worth than those that it wishes for, at the dual's prices. The regrets of all
    /// venues and the prices of what is not sold add up to the gap.
    fn regret(&self, plan: &Incumbent<'_>, venue: usize) -> i32 {
        let network = self.network;
        let stops = plan.stops(venue);
        let paid = stops.iter().filter(|stop| !network.is_fixed(venue, **stop));
        let paid: i32 = paid.flat_map(|stop| network.slots_taken(venue, *stop)).map(|slot| self.cost[slot]).sum();
        let bonus = self.floors[network.paths[venue].area] * stops.len() as i32;
        self.wishes[venue].1 - (plan.value(venue) + bonus - paid)
    }

    /// Whether there is nothing to plan.
    pub(super) fn is_empty(&self) -> bool {
        self.venues.is_empty()
    }
}

impl Wanderer {
    pub(super) fn new(surroundings: &Surroundings<'_>, seed: u64, lane: u64) -> Self {
        Self {
            random: Random::new(seed, lane),
            searcher: Searcher::new(surroundings.network),
            prices: Vec::new(),
            cleared: Vec::new(),
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

    /// Draws venues that compete: most often around one that regrets much, else for the days of a window or for one
    /// team.
    fn draw(&mut self, around: &Surroundings<'_>, plan: &Incumbent<'_>) {
        self.cleared.clear();
        let wanted = 2 + self.random.below(WIDEST);
        if self.random.fraction() < REGRETFUL {
            self.draw_rivals(around, plan, wanted);
        } else {
            self.draw_holders(around, plan, wanted);
        }
    }

    /// A venue that regrets much, and who holds what it could have: first what it wishes for, every other time, then
    /// anything.
    fn draw_rivals(&mut self, around: &Surroundings<'_>, plan: &Incumbent<'_>, wanted: usize) {
        let Self { random, cleared, .. } = self;
        let drawn = (0..DRAWN).map(|_| around.venues[random.below(around.venues.len())] as usize);
        let Some(venue) = drawn.max_by_key(|venue| around.regret(plan, *venue)) else { return };
        cleared.push(venue as u32);
        let mut clear = |slot: usize| {
            let holder = plan.holder(slot).map(|holder| holder as u32);
            cleared.extend(holder.filter(|holder| !cleared.contains(holder)));
            cleared.len()
        };
        if random.below(2) == 0 {
            let wishes = around.wishes[venue].0.iter();
            for slot in wishes.flat_map(|stop| around.network.slots_taken(venue, *stop)) {
                if clear(slot) >= wanted {
                    break;
                }
            }
        }
        let paths = &around.network.paths[venue];
        for _ in 0..DRAWS {
            let crew = paths.crews[random.below(paths.crews.len())];
            let day = usize::from(paths.days[random.below(paths.days.len())]);
            if clear(day * around.network.stride + usize::from(crew[0])) >= wanted {
                break;
            }
        }
    }

    /// Holders of slots within a window of days, with some venues that are open then, or of the slots of one team.
    fn draw_holders(&mut self, around: &Surroundings<'_>, plan: &Incumbent<'_>, wanted: usize) {
        let network = around.network;
        let Self { random, cleared, .. } = self;
        let (first, team, window) = (random.below(network.days), random.below(network.teams), 1 + random.below(10));
        let kind = random.below(3);
        for draw in 1..=DRAWS {
            if cleared.len() >= wanted {
                break;
            }
            let (day, team) = match kind {
                0 => (first + random.below(window), (team + random.below(4)) % network.teams),
                1 => (first + random.below(window), random.below(network.teams)),
                _ => ((first + random.below(window * 4)) % network.days, team),
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
        let raise = network.unit.of(self.random.pick([19, 50, 125])).max(1);
        self.draw_prices(around);
        let Self { searcher, prices, cleared, .. } = self;
        let mut auction = Auction::open(plan, searcher, prices, raise);
        let mut queue = cleared.clone();
        let mut outbid = Vec::new();
        let mut at = 0;
        while at < queue.len() && at < 10 * cleared.len() + 30 {
            let venue = queue[at] as usize;
            at += 1;
            if at % (2 * cleared.len() + 4) == 0 {
                auction.raise_more();
            }
            auction.bid(venue, around.floors[network.paths[venue].area], &mut outbid);
            for venue in outbid.drain(..) {
                if !queue[at..].contains(&venue) {
                    queue.push(venue);
                }
            }
        }
    }

    /// The dual's prices at a random discount, and often with noise.
    fn draw_prices(&mut self, around: &Surroundings<'_>) {
        let discount = 0.93 + 0.09 * self.random.fraction();
        let noise = around.network.unit.of(self.random.pick([0, 125, 500])) as usize;
        let random = &mut self.random;
        let draw = |price: &i32| {
            let noise = if noise > 0 && (1..BLOCKED).contains(price) { random.below(noise) as i32 } else { 0 };
            discounted(*price, discount) + noise
        };
        self.prices.clear();
        self.prices.extend(around.cost.iter().map(draw));
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
