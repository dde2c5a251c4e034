//! Lowers the bound: deflected subgradient with Polyak's step (Polyak 1969; Camerini, Fratta and Maffioli, "On
//! improving relaxation methods by modified gradient techniques", 1975; the growing memory as in Barahona and Anbil, "The
//! volume algorithm", 2000). A slot that too many venues want becomes dearer, one that nobody wants cheaper. Each round
//! is one [`Pass`]; the step shrinks when rounds bring nothing, and with it what a single round may change.

use super::bound::{Pass, WHOLE};
use super::network::{Network, Slot};
use super::price::{Prices, WholePrices};

/// Weight of the newest subgradient in the direction while the step is 1; it shrinks with the root of the step.
const NEWEST: f64 = 0.3;
const FIRST_STEP: f64 = 0.4;
/// Rounds without progress before the step shrinks and the search goes back to the best prices.
const PATIENCE: u32 = 6;
const SHRINK: f64 = 0.7;
/// Crews within 0.8 activations of the best share a visit's demand once prices are roughly right; the range shrinks with
/// the step.
const NEARLY: f64 = 80.0;
const ROUGH_PASSES: u64 = 20;
/// A step that is this small moves no price any more. Once, the search then begins again with a larger one: meanwhile
/// there may be a better plan to aim at.
const SMALLEST_STEP: f64 = 1e-4;
const SECOND_STEP: f64 = 0.02;

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
    /// Whether it has begun again.
    is_second: bool,
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
    pub(super) fn new(network: &'a Network, prices: Option<WholePrices>) -> Self {
        let highest = network.paths.iter().flat_map(|paths| &paths.gain).copied().max().unwrap_or(0);
        let zero = Prices::zero(network);
        let mut dual = Self {
            network,
            pass: Pass::new(network),
            prices: zero.clone(),
            whole: WholePrices::new(),
            direction: zero,
            step: FIRST_STEP,
            idle: 0,
            is_second: false,
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
        let before = self.bound;
        let norm = self.turn();
        if self.step < SMALLEST_STEP && !self.is_second {
            (self.is_second, self.step) = (true, SECOND_STEP);
        }
        if norm < 1e-9 || self.step < SMALLEST_STEP || self.bound <= target {
            return false;
        }
        self.go(self.step * ((self.value - target) as f64).max(1.0) / norm);
        self.evaluate();
        let gained = before - self.bound;
        self.idle = if gained > (before - target) / 2000 { 0 } else { self.idle + 1 };
        if self.idle > PATIENCE {
            self.step *= SHRINK;
            self.idle = 0;
            self.prices = self.best.exact();
            self.evaluate();
        }
        true
    }

    /// Mixes the subgradient at the current prices into the direction; returns the squared length of what may move.
    fn turn(&mut self) -> f64 {
        let Self { network, pass, prices, direction, .. } = self;
        let mut norm = 0.0;
        let newest = NEWEST * self.step.sqrt();
        let visits = |share: i32| f64::from(share) / f64::from(WHOLE);
        let mut mix = |direction: &mut f64, slack: f64, price: f64| {
            *direction = (1.0 - newest) * *direction + newest * slack;
            if price > 0.0 || *direction < 0.0 {
                norm += *direction * *direction;
            }
        };
        for slot in (0..network.slots.len()).filter(|slot| network.is_for_sale(*slot)) {
            mix(&mut direction.slots[slot], 1.0 - visits(pass.demand[slot]), prices.slots[slot]);
        }
        for team in 0..network.teams {
            mix(
                &mut direction.overtime[team],
                f64::from(network.overtime[team]) - visits(pass.overtime[team]),
                prices.overtime[team],
            );
        }
        for area in 0..network.floors.len() {
            mix(&mut direction.floors[area], f64::from(pass.visits[area] - network.floors[area]), prices.floors[area]);
        }
        norm
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
