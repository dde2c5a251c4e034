//! Lowers the bound in two phases. First long strides: deflected subgradient with Polyak's step (Polyak 1969; Camerini,
//! Fratta and Maffioli, "On improving relaxation methods by modified gradient techniques", 1975). Then small steps, each
//! from the best prices so far: the volume algorithm (Barahona and Anbil, "The volume algorithm: producing primal
//! solutions with a subgradient method", 2000). A slot that too many venues want becomes dearer, one that nobody wants
//! cheaper. Each round is one [`Pass`].

use super::bound::{Pass, WHOLE};
use super::network::{Network, Slot};
use super::price::{Prices, WholePrices};

/// Length of the first stride, as a share of what would close the gap along the direction.
const FIRST_STEP: f64 = 0.4;
/// Strides as short as this bring nothing any more.
const LAST_STRIDE: f64 = 0.005;
/// The first small step, and the last: shorter ones move no price.
const SECOND_STEP: f64 = 0.1;
const SMALLEST_STEP: f64 = 1e-5;
/// Rounds without progress before a stride shrinks.
const PATIENCE: u32 = 6;
/// Before a small step does: one for so many rounds that the budget has, within these limits.
const ROUNDS_PER_PATIENCE: u64 = 200;
const MOST_PATIENCE: u64 = 12;
const SHRINK: f64 = 0.7;
/// What a small step grows by when the next subgradient still points its way.
const GROW: f64 = 1.1;
/// Weight of the newest subgradient in the direction of a stride while the step is 1; it shrinks with its root.
const NEWEST: f64 = 0.3;
/// Bounds of that weight for small steps; the lower one is this part of the step while that is larger.
const SHORTEST_MEMORY: f64 = 0.1;
const LONGEST_MEMORY: f64 = 0.0025;
const MEMORY_BY_STEP: f64 = 0.3;
/// Crews within 0.8 activations of the best share a visit's demand once prices are roughly right; the range shrinks with
/// the step.
const NEARLY: f64 = 80.0;
const ROUGH_PASSES: u64 = 20;

/// The search for prices.
#[derive(Debug)]
pub(super) struct Dual<'a> {
    network: &'a Network,
    pass: Pass,
    prices: Prices,
    whole: WholePrices,
    direction: Prices,
    step: f64,
    idle: u32,
    /// Rounds without progress before a small step shrinks.
    patience: u32,
    /// Whether the strides are over.
    is_settling: bool,
    /// Where small steps start: the best prices, before rounding.
    center: Prices,
    highest: f64,
    /// Lagrangian value of the current prices.
    value: i64,
    /// The best prices so far, and their value: the bound.
    pub(super) best: WholePrices,
    pub(super) bound: i64,
    pub(super) passes: u64,
}

impl<'a> Dual<'a> {
    /// Starts from one price for all team-days, the one at which about as much is wanted as there is, or from `prices`.
    /// `rounds` is how many there is time for: with many, the steps shrink later.
    pub(super) fn new(network: &'a Network, prices: Option<WholePrices>, rounds: u64) -> Self {
        let highest = network.paths.iter().flat_map(|paths| &paths.gain).copied().max().unwrap_or(0);
        let zero = Prices::zero(network);
        let patience = (rounds / ROUNDS_PER_PATIENCE).clamp(u64::from(PATIENCE), MOST_PATIENCE) as u32;
        let mut dual = Self {
            network,
            pass: Pass::new(network),
            prices: zero.clone(),
            whole: WholePrices::new(),
            direction: zero.clone(),
            step: FIRST_STEP,
            idle: 0,
            patience,
            is_settling: false,
            center: zero,
            value: i64::MAX,
            // A higher price than any visit can bring never helps.
            highest: f64::from(highest.max(0)) + f64::from(network.penalty) - network.constant as f64,
            best: WholePrices::new(),
            bound: i64::MAX,
            passes: 0,
        };
        match prices {
            Some(prices) => {
                dual.prices = prices.exact();
                dual.evaluate();
            }
            None => dual.find_uniform_price(),
        }
        dual
    }

    /// Bisection: ten passes.
    fn find_uniform_price(&mut self) {
        let regular = self.network.slots.iter().filter(|slot| **slot == Slot::Regular).count() - self.network.days;
        let overtime: i64 = self.network.overtime.iter().map(|days| i64::from(*days)).sum();
        let supply = i64::try_from(regular).unwrap_or(i64::MAX).saturating_add(overtime);
        let (mut low, mut high) = (0.0, self.highest);
        for _ in 0..10 {
            let price = f64::midpoint(low, high);
            self.prices = Prices::uniform(self.network, price);
            self.evaluate();
            let demand: i64 = self.pass.demand.iter().map(|demand| i64::from(*demand)).sum();
            if demand > supply * i64::from(WHOLE) {
                low = price;
            } else {
                high = price;
            }
        }
        self.prices = self.best.exact();
        self.evaluate();
    }

    /// The Lagrangian value of the prices as they are; keeps them if they are the best.
    fn evaluate(&mut self) {
        self.prices.round(&mut self.whole);
        let nearly = if self.passes < ROUGH_PASSES {
            0
        } else {
            self.network.unit.of((NEARLY * (self.step / FIRST_STEP).sqrt()) as i64)
        };
        self.value = self.pass.value(self.network, &self.whole, nearly);
        self.passes += 1;
        if self.value < self.bound {
            self.bound = self.value;
            self.best.clone_from(&self.whole);
        }
    }

    /// One round. `target` is the objective of some plan: the step aims at it. False when prices have settled.
    pub(super) fn improve(&mut self, target: i64) -> bool {
        let norm = self.turn();
        if norm < 1e-9 || self.step < SMALLEST_STEP || self.bound <= target {
            return false;
        }
        if self.is_settling {
            self.small_step(target, norm);
        } else {
            self.stride(target, norm);
        }
        true
    }

    /// Goes on from the current prices, however bad; back to the best ones when that brings nothing.
    fn stride(&mut self, target: i64, norm: f64) {
        let before = self.bound;
        self.go(self.step * ((self.value - target) as f64).max(1.0) / norm);
        self.evaluate();
        let gained = before - self.bound;
        self.idle = if gained > (before - target) / 2000 { 0 } else { self.idle + 1 };
        if self.idle > PATIENCE {
            self.idle = 0;
            self.step *= SHRINK;
            if self.step < LAST_STRIDE {
                (self.is_settling, self.step) = (true, SECOND_STEP);
            }
            self.prices = self.best.exact();
            self.center.clone_from(&self.prices);
            self.evaluate();
        }
    }

    /// Goes from the best prices, and makes better ones the new start.
    fn small_step(&mut self, target: i64, norm: f64) {
        let before = self.bound;
        self.prices.clone_from(&self.center);
        self.go(self.step * ((before - target) as f64).max(1.0) / norm);
        self.evaluate();
        if self.bound < before {
            self.idle = 0;
            self.center.clone_from(&self.prices);
            if self.agreement() > 0.0 {
                self.step *= GROW;
            }
        } else {
            self.idle += 1;
        }
        if self.idle > self.patience {
            self.idle = 0;
            self.step *= SHRINK;
        }
    }

    /// Mixes the subgradient at the current prices into the direction; returns the squared length of what may move.
    fn turn(&mut self) -> f64 {
        let newest = if self.is_settling { self.best_weight() } else { NEWEST * self.step.sqrt() };
        let start = if self.is_settling { &self.center } else { &self.prices };
        let Self { network, pass, direction, .. } = self;
        let mut norm = 0.0;
        pass.for_each_slack(network, |row, slack| {
            let direction = row.of_mut(direction);
            *direction += newest * (slack - *direction);
            if row.of(start) > 0.0 || *direction < 0.0 {
                norm += *direction * *direction;
            }
        });
        norm
    }

    /// The weight of the newest subgradient that makes the direction shortest, within limits.
    fn best_weight(&self) -> f64 {
        let (mut along, mut length) = (0.0, 0.0);
        self.pass.for_each_slack(self.network, |row, slack| {
            let (direction, price) = (row.of(&self.direction), row.of(&self.prices));
            if price > 0.0 || direction < 0.0 || slack < 0.0 {
                let turn = direction - slack;
                along += direction * turn;
                length += turn * turn;
            }
        });
        let least = (MEMORY_BY_STEP * self.step).clamp(LONGEST_MEMORY, SHORTEST_MEMORY);
        if length > 0.0 { (along / length).clamp(least, SHORTEST_MEMORY) } else { SHORTEST_MEMORY }
    }

    /// Whether the subgradient at the current prices points the same way as the direction: positive if it does.
    fn agreement(&self) -> f64 {
        let mut product = 0.0;
        self.pass.for_each_slack(self.network, |row, slack| product += row.of(&self.direction) * slack);
        product
    }

    fn go(&mut self, length: f64) {
        let Self { network, prices, direction, highest, .. } = self;
        let go = |prices: &mut [f64], direction: &[f64], most: f64| {
            for (price, direction) in prices.iter_mut().zip(direction) {
                *price = (*price - length * direction).clamp(0.0, most);
            }
        };
        go(&mut prices.slots, &direction.slots, *highest);
        go(&mut prices.overtime, &direction.overtime, *highest);
        go(&mut prices.floors, &direction.floors, f64::from(network.penalty));
    }
}
