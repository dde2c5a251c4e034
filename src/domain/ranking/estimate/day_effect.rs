//! Which days are better than others: the day of the week, and of the Javanese market week of five days. Found for each
//! kind of venue, and only where the data leave no doubt; else all days are alike. Days are known by their number alone.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::history::Told;

/// A day without an effect of its own may lie outside of what is said here once in a thousand kinds.
struct Cycle {
    days: i32,
    /// The 99.9 % quantile of χ² with one degree less than days.
    doubt: f64,
}

const CYCLES: [Cycle; 2] = [Cycle { days: 7, doubt: 22.46 }, Cycle { days: 5, doubt: 18.47 }];

/// Effects are about so large (deviation of the logarithm); a smaller body of data is drawn towards none.
const DEVIATION: f64 = 0.3;

/// Each day of a cycle that was visited needs so many visits, or it has no factor of its own.
const VISITS_LEAST: u32 = 5;

/// Factors by kind, length of the cycle and day in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DayEffects {
    factors: BTreeMap<(u16, i32, i32), f64>,
}

impl DayEffects {
    /// How much more a day brings at a venue of this kind than a usual one does: 1 for all days unless data said otherwise.
    pub fn factor(&self, kind: u16, day: NaiveDate) -> f64 {
        CYCLES.iter().filter_map(|cycle| self.factors.get(&(kind, cycle.days, place(day, cycle)))).product()
    }

    pub fn is_empty(&self) -> bool {
        self.factors.is_empty()
    }

    /// From what each visit brought and what was expected of it: `expected` yields the mean count of a record of a venue.
    pub(super) fn find(venues: &[Told], day_shape: f64, expected: impl Fn(usize, usize) -> f64) -> Self {
        let mut sums: BTreeMap<(u16, i32), BTreeMap<i32, Sums>> = BTreeMap::new();
        for (at, venue) in venues.iter().enumerate() {
            for (which, record) in venue.records.iter().enumerate().filter(|(_, record)| !record.at_least) {
                let mean = expected(at, which);
                for cycle in &CYCLES {
                    let days = sums.entry((venue.kind, cycle.days)).or_default();
                    days.entry(place(record.day, cycle)).or_default().add(record.count, mean, day_shape);
                }
            }
        }
        let mut factors = BTreeMap::new();
        for ((kind, days), sums) in sums {
            let doubt = CYCLES.iter().find(|cycle| cycle.days == days).map_or(f64::INFINITY, |cycle| cycle.doubt);
            if sums.values().map(Sums::surprise).sum::<f64>() > doubt {
                factors.extend(normalised(&sums).into_iter().map(|(day, factor)| ((kind, days, day), factor)));
            }
        }
        Self { factors }
    }
}

fn place(day: NaiveDate, cycle: &Cycle) -> i32 {
    day.num_days_from_ce().rem_euclid(cycle.days)
}

/// What the visits on one day of a cycle brought together.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    counted: f64,
    expected: f64,
    variance: f64,
    visits: u32,
}

impl Sums {
    fn add(&mut self, count: f64, mean: f64, day_shape: f64) {
        self.counted += count;
        self.expected += mean;
        self.variance += mean + mean * mean / day_shape;
        self.visits += 1;
    }

    fn surprise(&self) -> f64 {
        if self.visits < VISITS_LEAST { 0.0 } else { (self.counted - self.expected).powi(2) / self.variance }
    }

    /// Logarithm of the factor, drawn towards none by how little is known.
    fn ln_factor(&self) -> f64 {
        if self.visits < VISITS_LEAST {
            return 0.0;
        }
        let noise = self.variance / self.expected.powi(2);
        ((self.counted + 0.5) / (self.expected + 0.5)).ln() * DEVIATION.powi(2) / (DEVIATION.powi(2) + noise)
    }
}

/// Factors whose mean over the days as they were visited is one.
fn normalised(sums: &BTreeMap<i32, Sums>) -> BTreeMap<i32, f64> {
    let expected: f64 = sums.values().map(|sums| sums.expected).sum();
    let lifted: f64 = sums.values().map(|sums| sums.expected * sums.ln_factor().exp()).sum();
    sums.iter().map(|(day, sums)| (*day, sums.ln_factor().exp() * expected / lifted)).collect()
}
