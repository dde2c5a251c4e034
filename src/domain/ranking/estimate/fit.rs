//! Weighs every setting of the model by how well it explains all counts: how much days vary (one for all venues), and for
//! each kind the curve of its yields and how much a venue's size tells. Nothing is maximised, so that what the data leave
//! open stays open. Costs venues × curves × stretch of the grid for each variability of days that is tried.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::grid::{Grid, STEP};
use super::history::Told;
use super::likelihood::Likelihood;
use super::prior::{Curve, KindGuess, MARGIN, curves};
use super::special::ln_sum_exp;

/// Shapes of a day's variability, from wild to steady, and what is plausible before data.
const DAY_SHAPES: [f64; 10] = [0.8, 1.2, 1.8, 2.7, 4.0, 6.0, 9.0, 14.0, 22.0, 40.0];
const USUAL_DAY_SHAPE: f64 = 6.0;
const DAY_SHAPE_DEVIATION: f64 = 1.0;

/// The yield of a venue grows with the people there to this power; before data, size is as likely to tell nothing.
const SIZE_POWERS: [(f64, f64); 3] = [(0.0, 0.5), (0.5, 0.25), (1.0, 0.25)];

/// Settings less likely than this part of the best are dropped.
const NEGLIGIBLE_LN: f64 = -9.0;

/// The settings that explain the data, with their weights.
#[derive(Debug)]
pub(super) struct Fit {
    pub grid: Grid,
    pub days: Vec<DayFit>,
    /// The curves of each kind.
    pub curves: BTreeMap<u16, Vec<Curve>>,
}

/// One variability of days and what follows from it.
#[derive(Debug)]
pub(super) struct DayFit {
    pub shape: f64,
    pub weight: f64,
    pub likelihoods: Vec<Likelihood>,
    pub kinds: BTreeMap<u16, Vec<Setting>>,
}

/// A curve moved by a power of size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub curve: usize,
    pub size_power: f64,
    pub weight: f64,
}

impl Fit {
    /// The shape of days in the mean of their variance.
    pub(super) fn day_shape(&self) -> f64 {
        self.days.iter().map(|day| day.weight / day.shape).sum::<f64>().recip()
    }
}

pub(super) fn fit(venues: &[Told]) -> Fit {
    let largest = venues.iter().flat_map(|venue| &venue.records).map(|r| r.count / r.share).fold(1.0, f64::max);
    let grid = Grid::reaching(largest);
    let curves: BTreeMap<u16, Vec<Curve>> =
        guesses(venues).into_iter().map(|(kind, guess)| (kind, curves(&grid, guess))).collect();
    let sizes = relative_sizes(venues);
    let mut days: Vec<(f64, DayFit)> =
        DAY_SHAPES.par_iter().map(|shape| weigh_days(venues, &sizes, &grid, &curves, *shape)).collect();
    let top = days.iter().map(|(ln_weight, _)| *ln_weight).fold(f64::NEG_INFINITY, f64::max);
    days.retain(|(ln_weight, _)| *ln_weight - top > NEGLIGIBLE_LN);
    let total = ln_sum_exp(&days.iter().map(|(ln_weight, _)| *ln_weight).collect::<Vec<_>>());
    let days = days.into_iter().map(|(ln_weight, day)| DayFit { weight: (ln_weight - total).exp(), ..day }).collect();
    Fit { grid, days, curves }
}

/// How many steps of the grid a venue's size moves its curve.
pub(super) fn steps(relative_ln_size: f64, power: f64) -> isize {
    let margin = MARGIN as f64;
    (relative_ln_size * power / STEP).round().clamp(-margin, margin) as isize
}

/// The overlap of a likelihood with a curve moved by so many steps.
pub(super) fn overlap(likelihood: &Likelihood, curve: &[f64], steps: isize) -> f64 {
    let from = (likelihood.start + MARGIN).saturating_add_signed(-steps);
    likelihood.values.iter().zip(&curve[from..]).map(|(l, p)| l * p).sum()
}

fn weigh_days(
    venues: &[Told],
    sizes: &[f64],
    grid: &Grid,
    curves: &BTreeMap<u16, Vec<Curve>>,
    shape: f64,
) -> (f64, DayFit) {
    let likelihoods: Vec<Likelihood> = venues.iter().map(|venue| Likelihood::of(&venue.records, grid, shape)).collect();
    let mut ln_weight = -0.5 * ((shape / USUAL_DAY_SHAPE).ln() / DAY_SHAPE_DEVIATION).powi(2);
    let mut kinds = BTreeMap::new();
    for (kind, curves) in curves {
        let of_kind: Vec<(&Likelihood, f64)> = venues
            .iter()
            .zip(&likelihoods)
            .zip(sizes)
            .filter(|((venue, _), _)| venue.kind == *kind && !venue.records.is_empty())
            .map(|((_, likelihood), size)| (likelihood, *size))
            .collect();
        let (ln_evidence, settings) = weigh_kind(&of_kind, curves);
        ln_weight += ln_evidence;
        kinds.insert(*kind, settings);
    }
    (ln_weight, DayFit { shape, weight: 0.0, likelihoods, kinds })
}

fn weigh_kind(venues: &[(&Likelihood, f64)], curves: &[Curve]) -> (f64, Vec<Setting>) {
    let ln_scale: f64 = venues.iter().map(|(likelihood, _)| likelihood.ln_scale).sum();
    let mut settings = Vec::with_capacity(curves.len() * SIZE_POWERS.len());
    for (power, plausible) in SIZE_POWERS {
        for (at, curve) in curves.iter().enumerate() {
            let ln_fit: f64 = venues
                .iter()
                .map(|(likelihood, size)| {
                    overlap(likelihood, &curve.density, steps(*size, power)).max(f64::MIN_POSITIVE).ln()
                })
                .sum();
            settings.push((at, power, plausible.ln() + curve.ln_plausible + ln_fit));
        }
    }
    let logs: Vec<f64> = settings.iter().map(|(_, _, log)| *log).collect();
    let total = ln_sum_exp(&logs);
    let kept = settings.into_iter().filter(|(_, _, log)| log - total > NEGLIGIBLE_LN);
    let settings =
        kept.map(|(curve, size_power, log)| Setting { curve, size_power, weight: (log - total).exp() }).collect();
    (ln_scale + total, settings)
}

/// Each venue's people against the geometric mean of its kind, as a logarithm; 0 if nobody counted them.
pub(super) fn relative_sizes(venues: &[Told]) -> Vec<f64> {
    let mut sums: BTreeMap<u16, (f64, f64)> = BTreeMap::new();
    for (kind, ln_eligible) in venues.iter().filter_map(|venue| Some((venue.kind, venue.eligible?.ln()))) {
        let (sum, count) = sums.entry(kind).or_default();
        *sum += ln_eligible;
        *count += 1.0;
    }
    let relative = |venue: &Told| {
        let (sum, count) = sums.get(&venue.kind)?;
        Some(venue.eligible?.ln() - sum / count)
    };
    venues.iter().map(|venue| relative(venue).unwrap_or_default()).collect()
}

/// Plain means of what first visits would have yielded, by kind.
fn guesses(venues: &[Told]) -> BTreeMap<u16, KindGuess> {
    let mut sums: BTreeMap<u16, (f64, f64, f64)> = BTreeMap::new();
    for venue in venues {
        let (counts, exposure, visited) = sums.entry(venue.kind).or_default();
        for record in &venue.records {
            *counts += record.count;
            *exposure += record.share * record.found.found(record.count.max(1.0)) / record.count.max(1.0);
        }
        *visited += if venue.records.is_empty() { 0.0 } else { 1.0 };
    }
    // Half an activation, so that a kind where nobody ever came has a logarithm, too.
    let ln_mean = |counts: f64, exposure: f64| ((counts + 0.5) / exposure).ln();
    let (counts, exposure) = sums.values().fold((0.0, 0.0), |(c, e), (counts, exposure, _)| (c + counts, e + exposure));
    let overall = ln_mean(counts, exposure);
    let guess = |(counts, exposure, visited): (f64, f64, f64)| KindGuess {
        own: (exposure > 0.0).then(|| ln_mean(counts, exposure)),
        visited_venues: visited,
        overall,
    };
    sums.into_iter().map(|(kind, sums)| (kind, guess(sums))).collect()
}
