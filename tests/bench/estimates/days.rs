//! How large the effect of a market day must be, and how many visits known, until it is found: thirty markets that bring more
//! on one day of the five-day market week.

use chrono::{Datelike, Days, NaiveDate};
use jemputbola::domain::ranking::{VenueHistory, Visit, estimate};

use super::score::mean_and_error;
use super::simulated::chance::Chance;
use super::simulated::place::DAY_SHAPE;

const MARKETS: u32 = 30;
/// Visits to each market.
const VISITS: [u32; 3] = [2, 4, 8];
/// What the market day brings for one on another day.
const FACTORS: [f64; 4] = [1.0, 1.25, 1.5, 2.0];
const MARKET_WEEK: i32 = 5;

/// Prints how often an effect was found in so many data sets, and how large it was said to be.
pub fn print(sets: u64) {
    println!("\neffect of a market day: found, and said to be");
    println!("  visits  {}", FACTORS.map(|factor| format!("{:>22}", format!("truly {factor}"))).join(""));
    for visits in VISITS {
        let cells = FACTORS.map(|factor| {
            let found: Vec<f64> = (0..sets).filter_map(|seed| effect(visits, factor, seed)).collect();
            let part = 1e2 * found.len() as f64 / sets as f64;
            let said = if found.len() < 2 { String::new() } else { format!(" {:.2}", mean_and_error(&found).0) };
            format!("{:>22}", format!("{part:.0} %{said}"))
        });
        println!("  {:>6}  {}", visits * MARKETS, cells.join(""));
    }
}

/// The market day's factor against the other days'; none if the estimator takes all days to be alike.
fn effect(visits: u32, factor: f64, seed: u64) -> Option<f64> {
    let mut chance = Chance::new(seed);
    let markets: Vec<VenueHistory> = (0..MARKETS).map(|_| market(visits, factor, &mut chance)).collect();
    let days = estimate(&markets)?.days;
    let first = NaiveDate::from_ymd_opt(2026, 1, 5)?;
    let factors = |is_market_day: bool| -> Vec<f64> {
        let week = first.iter_days().take(MARKET_WEEK as usize);
        week.filter(|day| is_market(*day) == is_market_day).map(|day| days.factor(0, day)).collect()
    };
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    (!days.is_empty()).then(|| mean(factors(true)) / mean(factors(false)))
}

fn market(visits: u32, factor: f64, chance: &mut Chance) -> VenueHistory {
    let usual = chance.gamma(3.0, 50.0);
    let mut days: Vec<u32> = (0..visits).map(|_| chance.below(365)).collect();
    days.sort_unstable();
    let visits = days.into_iter().map(|day| {
        let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(u64::from(day));
        let rate = usual * chance.gamma(DAY_SHAPE, 1.0) * if is_market(day) { factor } else { 1.0 };
        Visit { day, activations: chance.poisson(rate), tells: true, capacity: None, hours: None }
    });
    VenueHistory { kind: 0, eligible: None, visits: visits.collect() }
}

fn is_market(day: NaiveDate) -> bool {
    day.num_days_from_ce().rem_euclid(MARKET_WEEK) == 0
}
