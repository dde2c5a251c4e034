//! What the planner answers: the visits, what they are worth, how much better any plan could be at most, and why
//! venues were left out. Made by the solver, judged by `check`; knows no file and no office.

use super::visit::Visit;

/// A plan with its proof. Amounts in centi-activations.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Name of the instance.
    pub instance: String,
    /// Every visit, fixed bookings included, by venue and day.
    pub visits: Vec<Visit>,
    /// Gain less the penalties of missing floor visits and of pins that are not met: what was made as large as possible.
    pub objective: i64,
    /// Expected activations, times 100.
    pub gain: i64,
    /// Visits missing to the floors, over all areas.
    pub shortfall: u64,
    /// No plan of this instance has a larger objective; the certificate proves it.
    pub bound: i64,
    pub certificate: Certificate,
    /// Venues without any visit, by index.
    pub left_out: Vec<LeftOut>,
    /// Floors that are not reached, by area.
    pub floors_missed: Vec<FloorMissed>,
    /// Pins that are not met, by index.
    pub pins_missed: Vec<usize>,
    pub effort: Effort,
}

/// Prices that prove the bound by weak duality: anybody can add up what venues would earn at these prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Prices are whole numbers of 1/scale centi-activations.
    pub scale: i64,
    /// The Lagrangian value of the prices, in 1/scale.
    pub claimed: i64,
    /// Price of each team-day, by day, then team; 0 or more.
    pub lambda: Vec<i64>,
    /// Price of an overtime day of each team; 0 or more.
    pub mu: Vec<i64>,
    /// Bonus of a visit in each area, between 0 and the penalty of a missing one.
    pub nu: Vec<i64>,
}

/// A venue without a visit, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub venue: usize,
    pub reason: Reason,
}

/// Why a venue has no visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No open day in the horizon.
    Closed,
    /// The last visit is too near: the gap ends on the day `earliest`, and nothing is open after it.
    TooSoon {
        last_visit: i32,
        earliest: i64,
    },
    /// No team that reaches it is free on a day on which it is open; `teams` reach it at all.
    OutOfReach {
        teams: usize,
    },
    /// The crew's day is worth more elsewhere.
    Beaten(Inclusion),
    Excluded,
}

/// The cheapest way to visit a venue after all: the visit, the visits that give way, and what that costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    pub visit: Visit,
    /// Visits of other venues that would be lost.
    pub displaced: Vec<Visit>,
    /// How much the objective would sink, in centi-activations.
    pub difference: i64,
}

/// A floor that the plan does not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorMissed {
    pub area: usize,
    pub wanted: u32,
    pub reached: u32,
    /// No plan reaches more in this area, even one that cares for nothing else.
    pub attainable: u32,
}

/// What the solver did. The only part that may differ between two runs of the same budget is `stopped_by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Pricing passes over all venues.
    pub passes: u64,
    /// Neighbourhoods and ejection chains tried.
    pub moves: u64,
    pub stopped_by: StoppedBy,
}

/// What ended the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoppedBy {
    /// The budget of steps was used up, or nothing was left to gain.
    #[default]
    Steps,
    /// The caller said that time is up.
    Time,
}

impl Plan {
    /// How far the objective may lie below the best possible, as a fraction of the bound; 0 if it is proven best.
    pub fn gap(&self) -> f64 {
        gap(self.bound, self.objective)
    }
}

impl Reason {
    /// The stable name of the reason in files and interfaces.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::TooSoon { .. } => "too_soon",
            Self::OutOfReach { .. } => "out_of_reach",
            Self::Beaten(_) => "beaten",
            Self::Excluded => "excluded",
        }
    }
}

impl StoppedBy {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Time => "time",
        }
    }
}

/// (bound − objective) / bound; 0 where there is nothing to divide by.
pub fn gap(bound: i64, objective: i64) -> f64 {
    if bound > 0 { (bound - objective) as f64 / bound as f64 } else { 0.0 }
}
