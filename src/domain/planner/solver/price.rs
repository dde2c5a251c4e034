//! Prices: what a team's day, an overtime day of a team and a visit short of a floor are worth. Multipliers of the
//! rows that tie venues together. Kept as numbers to move them, rounded to whole units wherever they are used.

use super::network::{BLOCKED, Network, Slot, Unit};
use crate::domain::planner::plan::Certificate;

/// Multipliers λ (slots), μ (overtime) and ν (floors).
#[derive(Debug, Clone)]
pub(super) struct Prices {
    pub(super) slots: Vec<f64>,
    pub(super) overtime: Vec<f64>,
    pub(super) floors: Vec<f64>,
}

/// The same, rounded: what the bound is computed from, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WholePrices {
    pub(super) slots: Vec<i32>,
    pub(super) overtime: Vec<i32>,
    pub(super) floors: Vec<i32>,
}

/// A row that ties venues together: what has a price.
#[derive(Debug, Clone, Copy)]
pub(super) enum Row {
    Slot(usize),
    Overtime(usize),
    Floor(usize),
}

impl Prices {
    pub(super) fn zero(network: &Network) -> Self {
        Self {
            slots: vec![0.0; network.slots.len()],
            overtime: vec![0.0; network.teams],
            floors: vec![0.0; network.floors.len()],
        }
    }

    /// The same price for every team-day. Overtime days cost it through μ, so that unused ones cost nothing.
    /// An area that cannot reach its floor gets the full bonus: no other can be better.
    pub(super) fn uniform(network: &Network, price: f64) -> Self {
        let of_area = |area: usize| {
            let most: usize = network.of_area[area].iter().map(|venue| network.paths[*venue as usize].visits).sum();
            let is_short = i64::from(network.floors[area]) >= i64::try_from(most).unwrap_or(i64::MAX);
            if is_short { f64::from(network.penalty) } else { 0.0 }
        };
        let of_slot =
            |slot| if network.is_for_sale(slot) && network.slots[slot] == Slot::Regular { price } else { 0.0 };
        Self {
            slots: (0..network.slots.len()).map(of_slot).collect(),
            overtime: vec![price; network.teams],
            floors: (0..network.floors.len()).map(of_area).collect(),
        }
    }

    pub(super) fn round(&self, into: &mut WholePrices) {
        let round = |from: &[f64], into: &mut Vec<i32>| {
            into.clear();
            into.extend(from.iter().map(|price| price.round() as i32));
        };
        round(&self.slots, &mut into.slots);
        round(&self.overtime, &mut into.overtime);
        round(&self.floors, &mut into.floors);
    }
}

impl Row {
    pub(super) fn of(self, prices: &Prices) -> f64 {
        match self {
            Self::Slot(slot) => prices.slots[slot],
            Self::Overtime(team) => prices.overtime[team],
            Self::Floor(area) => prices.floors[area],
        }
    }

    pub(super) fn of_mut(self, prices: &mut Prices) -> &mut f64 {
        match self {
            Self::Slot(slot) => &mut prices.slots[slot],
            Self::Overtime(team) => &mut prices.overtime[team],
            Self::Floor(area) => &mut prices.floors[area],
        }
    }
}

impl WholePrices {
    pub(super) fn new() -> Self {
        Self { slots: Vec::new(), overtime: Vec::new(), floors: Vec::new() }
    }

    pub(super) fn exact(&self) -> Prices {
        let exact = |prices: &[i32]| prices.iter().map(|price| f64::from(*price)).collect();
        Prices { slots: exact(&self.slots), overtime: exact(&self.overtime), floors: exact(&self.floors) }
    }

    /// The prices of an earlier plan of a like instance; none if it had other teams, days or areas.
    pub(super) fn from_certificate(network: &Network, certificate: &Certificate) -> Option<Self> {
        let Certificate { scale, lambda, mu, nu, .. } = certificate;
        let fits = lambda.len() == network.days * network.teams
            && mu.len() == network.teams
            && nu.len() == network.floors.len()
            && *scale > 0;
        let Unit { scale: to, coarse } = network.unit;
        let amount = |price: &i64| {
            let units = i128::from(*price) * i128::from(to) / i128::from(*scale) / i128::from(coarse);
            i32::try_from(units.max(0)).unwrap_or(i32::MAX).min(BLOCKED / 4)
        };
        fits.then(|| {
            let mut slots = Vec::with_capacity(network.slots.len());
            for row in lambda.chunks(network.teams) {
                slots.extend(row.iter().map(amount));
                slots.push(0);
            }
            (0..slots.len()).filter(|slot| !network.is_for_sale(*slot)).for_each(|slot| slots[slot] = 0);
            let floors = nu.iter().map(|price| amount(price).min(network.penalty)).collect();
            Self { slots, overtime: mu.iter().map(amount).collect(), floors }
        })
    }

    /// As anybody can check them.
    pub(super) fn certificate(&self, network: &Network, value: i64) -> Certificate {
        let Unit { scale, coarse } = network.unit;
        let amount = |price: &i32| i64::from(*price) * coarse;
        let rows = self.slots.chunks(network.stride);
        Certificate {
            scale,
            claimed: value * coarse,
            lambda: rows.flat_map(|row| row.iter().take(network.teams).map(amount)).collect(),
            mu: self.overtime.iter().map(amount).collect(),
            nu: self.floors.iter().map(amount).collect(),
        }
    }

    /// What each slot costs a venue: its price, on overtime days with that of overtime; blocked where nothing is sold.
    pub(super) fn write_costs(&self, network: &Network, cost: &mut Vec<i32>) {
        cost.clear();
        cost.extend(self.slots.iter().zip(&network.slots).enumerate().map(|(at, (price, slot))| {
            let team = at % network.stride;
            match slot {
                _ if team == network.teams => 0,
                Slot::Regular => *price,
                Slot::Overtime => price + self.overtime[team],
                Slot::Held | Slot::Closed => BLOCKED,
            }
        }));
    }

    /// What the sale of everything would bring: the part of the Lagrangian value that no venue has a say in.
    pub(super) fn value_of_supply(&self, network: &Network) -> i64 {
        let slots = self.slots.iter().enumerate().filter(|(slot, _)| network.is_for_sale(*slot));
        let slots: i64 = slots.map(|(_, price)| i64::from(*price)).sum();
        let product = |(a, b): (&i32, &i32)| i64::from(*a) * i64::from(*b);
        let overtime: i64 = self.overtime.iter().zip(&network.overtime).map(product).sum();
        let floors: i64 = self.floors.iter().zip(&network.floors).map(product).sum();
        slots + overtime - floors + network.constant
    }
}
