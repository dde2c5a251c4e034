//! What is known of each venue's next visit once the settings are weighed: its mean, its bounds, its chance.

use rayon::prelude::*;

use super::fit::{DayFit, Fit, overlap, relative_sizes, steps};
use super::forecast::Forecast;
use super::grid::{Grid, STEP};
use super::history::Told;
use super::prior::{Curve, MARGIN};
use super::rank_interval::Spread;

/// What one venue is expected to bring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The next visits as counts; its mean is the estimate.
    pub forecast: Forecast,
    /// Bounds of the mean, each passed with 5 %: what is not known of the venue, without the chance of a single day.
    pub spread: Spread,
    /// Visits that said something about the yield.
    pub visits: u32,
    /// No visit did: the estimate is what venues of its kind bring.
    pub cold_start: bool,
}

/// What lies outside of the bounds on either side.
const TAIL: f64 = 0.05;

/// A venue's estimate, and the mean yield of a first visit that it stands on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub estimate: Estimate,
    pub first_yield: f64,
}

pub(super) fn summarise(venues: &[Told], fit: &Fit) -> Vec<Known> {
    let sizes = relative_sizes(venues);
    let day_variance: f64 = fit.days.iter().map(|day| day.weight / day.shape).sum();
    venues
        .par_iter()
        .zip(sizes)
        .enumerate()
        .map(|(at, (venue, size))| {
            let density = density(fit, at, venue, size);
            let first_yield = fit.grid.yields.iter().zip(&density).map(|(y, p)| y * p).sum();
            Known { estimate: estimate(venue, &fit.grid, &density, day_variance), first_yield }
        })
        .collect()
}

/// How likely each yield on the grid is for a venue; sums to one.
fn density(fit: &Fit, at: usize, venue: &Told, size: f64) -> Vec<f64> {
    let mut density = vec![0.0; fit.grid.len()];
    let curves = fit.curves.get(&venue.kind).map(Vec::as_slice).unwrap_or_default();
    for day in &fit.days {
        add(&mut density, day, at, curves, venue, size);
    }
    let sum: f64 = density.iter().sum();
    for value in &mut density {
        *value /= sum.max(f64::MIN_POSITIVE);
    }
    density
}

fn add(density: &mut [f64], day: &DayFit, at: usize, curves: &[Curve], venue: &Told, size: f64) {
    let likelihood = &day.likelihoods[at];
    let mut mixed = vec![0.0; likelihood.values.len()];
    for setting in day.kinds.get(&venue.kind).into_iter().flatten() {
        let curve = &curves[setting.curve].density;
        let moved = steps(size, setting.size_power);
        // The setting's weight already holds this venue's counts; divided by them, its curve comes in as a prior.
        let fitted = overlap(likelihood, curve, moved).max(f64::MIN_POSITIVE);
        let weight = day.weight * setting.weight / fitted;
        let from = (likelihood.start + MARGIN).saturating_add_signed(-moved);
        for (sum, value) in mixed.iter_mut().zip(&curve[from..]) {
            *sum += weight * value;
        }
    }
    let stretch = density[likelihood.start..].iter_mut();
    for ((sum, prior), value) in stretch.zip(&mixed).zip(&likelihood.values) {
        *sum += prior * value;
    }
}

fn estimate(venue: &Told, grid: &Grid, density: &[f64], day_variance: f64) -> Estimate {
    let found = |first: f64| venue.next.found(first);
    let moment = |power: i32| grid.yields.iter().zip(density).map(|(y, p)| p * found(*y).powi(power)).sum::<f64>();
    let mean = moment(1);
    let variance = (moment(2) / (mean * mean) - 1.0).max(0.0);
    // Relative variances of what is unknown and of the day multiply.
    let shape = (variance + day_variance * (1.0 + variance)).recip();
    let eligible_left = venue.eligible.map(|eligible| (eligible - venue.activated).max(1.0));
    Estimate {
        forecast: Forecast { shape, mean, eligible_left },
        // At an exhausted venue the register may be right: the low bound trusts it, the high one does not.
        spread: Spread {
            low: venue.next.left_by_the_register(quantile(grid, density, TAIL)),
            high: found(quantile(grid, density, 1.0 - TAIL)),
        },
        visits: venue.visits,
        cold_start: venue.records.is_empty(),
    }
}

/// The yield of a first visit below which lies this part, between two steps of the grid by a line.
fn quantile(grid: &Grid, density: &[f64], part: f64) -> f64 {
    let mut below = 0.0;
    for (log, mass) in grid.logs.iter().zip(density) {
        if below + mass >= part {
            let within = (part - below) / mass - 0.5;
            return (log + within * STEP).exp();
        }
        below += mass;
    }
    grid.yields.last().copied().unwrap_or_default()
}
