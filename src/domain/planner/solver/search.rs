//! The order of the search: prices first, with a plan now and then so that they know what to aim at; then auctions on
//! different terms; then neighbourhoods until the budget is used up.

use rayon::prelude::*;

use super::auction::{Terms, sell};
use super::dual::Dual;
use super::ejection::Searcher;
use super::incumbent::Incumbent;
use super::lanes::{LANES, Lanes};
use super::meter::Meter;
use super::neighbourhood::Surroundings;
use super::network::{Network, Stop, Unit};
use super::price::WholePrices;
use super::random::Random;
use crate::domain::planner::budget::{Budget, Progress, Spent, Start};
use crate::domain::planner::instance::Instance;
use crate::domain::planner::plan::{Certificate, Effort, StoppedBy};
use crate::domain::planner::visit::Visit;

/// Share of the budget after which prices are good enough.
const PRICES: f64 = 0.6;
/// Passes after which the plan gains more from the time than the bound does.
const MOST_PASSES: u64 = 1_500;
/// Share of the budget after which no further auctions begin.
const AUCTIONS: f64 = 0.8;
/// Passes after which the prices get a plan to aim at, and a better one.
const PLANS: [u64; 2] = [40, 160];
/// Passes between two looks at the clock.
const LOOK: u64 = 8;
/// Rounds of [`LANES`] auctions after the prices are found.
const AUCTION_ROUNDS: u64 = 3;
/// Sweeps of ejection chains over all venues after an auction.
const SWEEPS: usize = 3;
/// Rounds in which lanes meet.
const MEETINGS: u64 = 40;
/// What a bid of the first auctions raises a price by, while prices are rough, in centi-activations.
const ROUGH_RAISE: i64 = 50;

/// What the search found.
pub(in crate::domain::planner) struct Found {
    pub(in crate::domain::planner) visits: Vec<Visit>,
    pub(in crate::domain::planner) certificate: Certificate,
    /// True if `certificate.claimed` is exact; else amounts were rounded, and it must be computed.
    pub(in crate::domain::planner) is_exact: bool,
    pub(in crate::domain::planner) effort: Effort,
}

/// Searches within a budget, on the threads of the current pool.
pub(in crate::domain::planner) fn search(
    instance: &Instance,
    budget: &Budget,
    start: &Start,
    progress: &(dyn Fn(Progress) -> Spent + Sync),
) -> Found {
    let network = Network::new(instance);
    let work_of_pass = network.work();
    let meter = Meter::new(work_of_pass.saturating_mul(budget.steps), progress);
    let search = Search { network: &network, seed: budget.seed, meter, work_of_pass };
    let mut state = search.begin(start);
    search.lower_bound(&mut state);
    search.hold_auctions(&mut state);
    search.wander(&mut state);
    search.finish(&state)
}

struct Search<'a> {
    network: &'a Network,
    seed: u64,
    meter: Meter<'a>,
    work_of_pass: u64,
}

/// Where the search stands.
struct State<'a> {
    dual: Dual<'a>,
    best: Incumbent<'a>,
    auctions: u64,
    /// Work of auctions and neighbourhoods.
    work: u64,
    moves: u64,
}

impl<'a> Search<'a> {
    fn begin(&self, start: &Start) -> State<'a> {
        let prices = start.certificate.as_ref();
        let prices = prices.and_then(|certificate| WholePrices::from_certificate(self.network, certificate));
        let dual = Dual::new(self.network, prices, self.meter.share(PRICES) / self.work_of_pass);
        let mut best = Incumbent::new(self.network);
        let mut work = 0;
        if !start.visits.is_empty() {
            resume(&mut best, &start.visits);
            let mut searcher = Searcher::new(self.network);
            sweep(&mut searcher, &mut best, &self.venues(), &|| false);
            work = searcher.pricer.work;
        }
        State { dual, best, auctions: 0, work, moves: 0 }
    }

    /// Lowers the bound; makes a plan after a few passes, and a better one later.
    fn lower_bound(&self, state: &mut State<'a>) {
        let until = self.meter.share(PRICES);
        while self.work(state) < until && state.dual.passes < MOST_PASSES {
            if state.dual.passes.is_multiple_of(LOOK) && !self.goes_on(state, PRICES) {
                break;
            }
            let next_plan = PLANS.get(state.auctions as usize);
            if next_plan.is_some_and(|passes| state.dual.passes >= *passes) {
                let nth = state.auctions;
                let (plan, work) = self.auction(state, nth);
                state.keep(plan, work);
            }
            if !state.dual.improve(state.best.objective) {
                break;
            }
        }
    }

    /// Rounds of auctions on different terms, side by side. At least one is held, whatever the budget.
    fn hold_auctions(&self, state: &mut State<'a>) {
        let until = self.meter.share(AUCTIONS);
        for _ in 0..AUCTION_ROUNDS {
            let lanes = if self.work(state) < until { LANES } else { 1 };
            let is_enough = lanes == 1 || state.is_proven() || !self.goes_on(state, AUCTIONS);
            if is_enough && state.auctions > 0 {
                break;
            }
            let first = state.auctions.max(PLANS.len() as u64);
            let lanes: Vec<u64> = (first..first + lanes).collect();
            let plans: Vec<_> = lanes.into_par_iter().map(|nth| self.auction(state, nth)).collect();
            state.auctions = first;
            for (plan, work) in plans {
                state.keep(plan, work);
            }
        }
    }

    /// One auction and sweeps of ejection chains after it; also the work that it took.
    fn auction(&self, state: &State<'a>, nth: u64) -> (Incumbent<'a>, u64) {
        let mut random = Random::new(self.seed, nth);
        let terms = if nth < PLANS.len() as u64 {
            Terms { discount: 0.99, raise: self.raise(ROUGH_RAISE) }
        } else {
            let discount = [1.0, 0.99, 0.97, 0.95][(nth % 4) as usize];
            Terms { discount, raise: self.raise(random.pick([3, 5, 8])) }
        };
        let mut order = self.venues();
        random.shuffle(&mut order);
        let mut searcher = Searcher::new(self.network);
        let is_over = || !self.goes_on(state, 1.0);
        let mut plan = sell(self.network, &mut searcher, &state.dual.best, &order, terms, &is_over);
        sweep(&mut searcher, &mut plan, &order, &is_over);
        (plan, searcher.pricer.work)
    }

    /// So many centi-activations, and where gains are far larger a small part of the largest: else prices would climb
    /// too slowly.
    fn raise(&self, centi: i64) -> i32 {
        let largest = self.network.paths.iter().flat_map(|paths| &paths.gain).copied().max().unwrap_or(0);
        self.network.unit.of(centi).max(largest / 10_000).max(1)
    }

    /// Neighbourhoods until the budget is used up or the plan is proven best.
    fn wander(&self, state: &mut State<'a>) {
        let prices = state.dual.best.clone();
        let around = Surroundings::new(self.network, &prices);
        let mut lanes = Lanes::new(&around, &state.best, self.seed);
        let until = self.meter.share(1.0);
        let spent = self.work(state);
        let work_of_round = (until.saturating_sub(spent) / LANES / MEETINGS).max(self.work_of_pass / 8);
        let mut best = state.best.clone();
        while !around.is_empty() && spent + lanes.work() < until && !state.is_proven() {
            let state_now: &State<'_> = state;
            let goes_on = lanes.round(&around, &mut best, work_of_round, &|| self.goes_on(state_now, 1.0));
            state.best.clone_from(&best);
            state.moves = lanes.moves();
            if !goes_on {
                break;
            }
        }
    }

    fn finish(&self, state: &State<'a>) -> Found {
        let stopped_by = if self.meter.was_late() { StoppedBy::Time } else { StoppedBy::Steps };
        let visits = |venue: usize| state.best.stops(venue).iter().map(move |stop| self.network.visit(venue, *stop));
        Found {
            visits: (0..self.network.paths.len()).flat_map(visits).collect(),
            certificate: state.dual.best.certificate(self.network, state.dual.bound),
            is_exact: self.network.unit.is_exact(),
            effort: Effort { passes: state.dual.passes, moves: state.auctions + state.moves, stopped_by },
        }
    }

    fn venues(&self) -> Vec<u32> {
        (0..self.network.paths.len() as u32).collect()
    }

    fn work(&self, state: &State<'_>) -> u64 {
        state.dual.passes * self.work_of_pass + state.work
    }

    /// Tells how far the search is; false if a phase that ends at this share of the budget has had its time.
    fn goes_on(&self, state: &State<'_>, share: f64) -> bool {
        let Unit { scale, coarse } = self.network.unit;
        let centi = |units: i64| (units * coarse).div_euclid(scale);
        self.meter.goes_on(
            share,
            Progress {
                passes: state.dual.passes,
                moves: state.auctions + state.moves,
                incumbent: Some(centi(state.best.objective)),
                bound: Some(centi(state.dual.bound + scale - 1)),
            },
        )
    }
}

impl<'a> State<'a> {
    fn keep(&mut self, plan: Incumbent<'a>, work: u64) {
        self.auctions += 1;
        self.work += work;
        if plan.objective > self.best.objective {
            self.best = plan;
        }
    }

    /// Whether no plan can be better by a whole unit.
    fn is_proven(&self) -> bool {
        self.best.objective >= self.dual.bound
    }
}

/// Puts the visits of an earlier plan back, as far as they are still possible.
fn resume(plan: &mut Incumbent<'_>, visits: &[Visit]) {
    let network = plan.network;
    let mut visits: Vec<Visit> = visits.iter().copied().filter(|visit| visit.venue < network.paths.len()).collect();
    visits.sort_unstable();
    for of_one in visits.chunk_by(|a, b| a.venue == b.venue) {
        let [first, ..] = of_one else { continue };
        let venue = first.venue;
        let stops: Vec<Stop> = of_one.iter().filter_map(|visit| network.stop(visit)).collect();
        let before = plan.stops(venue).to_vec();
        if network.paths[venue].keeps_rules(&stops) {
            plan.set(venue, &[]);
            if !plan.try_set(venue, &stops) {
                plan.set(venue, &before);
            }
        }
    }
}

/// Ejection chains from all venues, until they bring nothing more.
fn sweep(searcher: &mut Searcher, plan: &mut Incumbent<'_>, order: &[u32], is_over: &dyn Fn() -> bool) {
    for _ in 0..SWEEPS {
        let before = plan.objective;
        for (nth, venue) in order.iter().enumerate() {
            searcher.eject(plan, *venue as usize);
            if nth % 64 == 63 && is_over() {
                return;
            }
        }
        if plan.objective == before {
            return;
        }
    }
}
