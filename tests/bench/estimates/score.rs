//! How good an order of venues and its intervals are, judged by the truth.

use jemputbola::domain::ranking::{Estimate, VenueHistory};

/// Venues that a planner would pick first.
const PICKED: usize = 20;

/// Kendall's tau-b of two lists.
pub fn kendall(a: &[f64], b: &[f64]) -> f64 {
    let (mut agreeing, mut a_pairs, mut b_pairs) = (0.0, 0.0, 0.0);
    for i in 0..a.len() {
        for j in 0..i {
            let (x, y) = (sign(a[i] - a[j]), sign(b[i] - b[j]));
            agreeing += x * y;
            a_pairs += x * x;
            b_pairs += y * y;
        }
    }
    agreeing / (a_pairs * b_pairs).sqrt()
}

fn sign(difference: f64) -> f64 {
    if difference == 0.0 { 0.0 } else { difference.signum() }
}

/// The part of the best choice's yield that choosing by `guess` misses.
pub fn regret(guess: &[f64], truth: &[f64]) -> f64 {
    let sum = |by: &[f64]| {
        let mut order: Vec<usize> = (0..by.len()).collect();
        order.sort_by(|x, y| by[*y].total_cmp(&by[*x]));
        order.iter().take(PICKED).map(|at| truth[*at]).sum::<f64>()
    };
    1.0 - sum(guess) / sum(truth)
}

pub fn rmse(guess: &[f64], truth: &[f64]) -> f64 {
    let squares = guess.iter().zip(truth).map(|(g, t)| (g - t).powi(2)).sum::<f64>();
    (squares / guess.len() as f64).sqrt()
}

/// What people use today: the plain mean of a venue's visits; of its kind, if it had none.
pub fn plain_means(venues: &[VenueHistory]) -> Vec<f64> {
    let mean = |chosen: &dyn Fn(&VenueHistory) -> bool| {
        let counts = venues.iter().filter(|venue| chosen(venue)).flat_map(|venue| &venue.visits);
        let (sum, days) =
            counts.fold((0.0, 0.0), |(sum, days), visit| (sum + f64::from(visit.activations), days + 1.0));
        (days > 0.0).then(|| sum / days)
    };
    let overall = mean(&|_| true).unwrap_or_default();
    let own = |venue: &VenueHistory| {
        let sum: f64 = venue.visits.iter().map(|visit| f64::from(visit.activations)).sum();
        (!venue.visits.is_empty()).then(|| sum / venue.visits.len() as f64)
    };
    let of_kind = |kind: u16| mean(&|venue| venue.kind == kind).unwrap_or(overall);
    venues.iter().map(|venue| own(venue).unwrap_or_else(|| of_kind(venue.kind))).collect()
}

/// The part of the intervals that hold the truth, of visited or of never-visited venues.
pub fn coverage(estimates: &[Estimate], truth: &[f64], cold: bool) -> f64 {
    let chosen = estimates.iter().zip(truth).filter(|(estimate, _)| estimate.cold_start == cold);
    let (mut held, mut all) = (0.0, 0.0);
    for (estimate, truth) in chosen {
        all += 1.0;
        held += f64::from(u8::from(estimate.spread.low <= *truth && *truth <= estimate.spread.high));
    }
    held / all
}

/// Mean and its standard error.
pub fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}
