//! How likely a venue's counts are, for every yield on the grid. A day's count is Poisson around a rate that itself varies
//! from day to day by a Gamma of shape `r`: a negative binomial. A larger `r` means steadier days.

use super::grid::Grid;
use super::history::Record;
use super::special::ln_gamma;

/// Relative likelihoods below this do not matter.
const NEGLIGIBLE_LN: f64 = -32.0;

/// Likelihood on a stretch of the grid, relative to its largest value; elsewhere it is nothing.
#[derive(Debug, Clone)]
pub(super) struct Likelihood {
    /// Where on the grid the stretch begins.
    pub start: usize,
    pub values: Vec<f64>,
    /// Logarithm of the largest value.
    pub ln_scale: f64,
}

impl Likelihood {
    pub(super) fn of(records: &[Record], grid: &Grid, day_shape: f64) -> Self {
        let mut logs = vec![0.0; grid.len()];
        for record in records {
            add(&mut logs, record, grid, day_shape);
        }
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let matters = |log: &f64| *log - top > NEGLIGIBLE_LN;
        let start = logs.iter().position(matters).unwrap_or_default();
        let end = logs.iter().rposition(matters).map_or(logs.len(), |last| last + 1);
        let values = logs[start..end].iter().map(|log| (log - top).exp()).collect();
        Self { start, values, ln_scale: top }
    }
}

fn add(logs: &mut [f64], record: &Record, grid: &Grid, r: f64) {
    let y = record.count;
    if record.at_least {
        for (log, first) in logs.iter_mut().zip(&grid.yields) {
            *log += ln_at_least(y, record.found.found(*first) * record.share, r);
        }
        return;
    }
    let constant = ln_gamma(y + r) - ln_gamma(r) - ln_gamma(y + 1.0) + r * r.ln();
    for (log, first) in logs.iter_mut().zip(&grid.yields) {
        let mean = record.found.found(*first) * record.share;
        *log += constant + y * mean.ln() - (y + r) * (r + mean).ln();
    }
}

/// `ln P(Y ≥ y)`: what a day says on which all that could be served were served.
fn ln_at_least(y: f64, mean: f64, r: f64) -> f64 {
    // Summed from the smaller side, so that a tiny probability keeps its digits.
    let ln_probability = |k: f64| {
        ln_gamma(k + r) - ln_gamma(r) - ln_gamma(k + 1.0) + r * (r / (r + mean)).ln() + k * (mean / (r + mean)).ln()
    };
    let ratio = |k: f64| (mean / (r + mean)) * (k + r) / (k + 1.0);
    if y <= mean {
        let (mut term, mut below, mut k) = (ln_probability(y - 1.0).exp(), 0.0, y - 1.0);
        while k >= 0.0 && term > below * 1e-12 {
            below += term;
            k -= 1.0;
            if k >= 0.0 {
                term /= ratio(k);
            }
        }
        return (-below.min(1.0 - 1e-12)).ln_1p();
    }
    let (mut term, mut above, mut k) = (1.0, 0.0, y);
    while term > above * 1e-12 {
        above += term;
        term *= ratio(k);
        k += 1.0;
    }
    ln_probability(y) + above.ln()
}
