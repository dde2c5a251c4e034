//! What venues of a kind yield on a first visit: a Gamma whose mean and shape nobody knows. Every plausible pair stands
//! as a curve over the grid, with how plausible it was before any data; so what is uncertain about the kind enters every
//! interval (decision 0012).

use super::grid::{Grid, STEP};
use super::special::ln_gamma;

/// Shapes of the spread between venues of a kind: 0.5 is extreme differences, 25 nearly none.
const SHAPES: [f64; 10] = [0.5, 0.8, 1.2, 1.8, 2.7, 4.0, 6.0, 9.0, 14.0, 25.0];

/// Before any data: about this shape, with this deviation of its logarithm.
const USUAL_SHAPE: f64 = 2.5;
const SHAPE_DEVIATION: f64 = 0.9;

/// Kinds differ from each other by about this deviation of the logarithm of their means.
pub(super) const KIND_DEVIATION: f64 = 0.8;

/// Means are tried to this many deviations on either side, in this many steps.
const REACH: f64 = 4.0;
const MEANS: u32 = 15;

/// How far the size of a venue may move its curve, in steps of the grid: about a factor of twelve.
pub(super) const MARGIN: usize = 50;

/// One curve: the density of a venue's yield, if the kind is so.
#[derive(Debug, Clone)]
pub(super) struct Curve {
    /// Over the grid with [`MARGIN`] more steps on either side; sums to one.
    pub density: Vec<f64>,
    /// Logarithm of its plausibility before data.
    pub ln_plausible: f64,
}

/// What is known of a kind's mean before the model is fitted.
#[derive(Debug, Clone, Copy)]
pub(super) struct KindGuess {
    /// Logarithm of the plain mean of its visits, depletion considered; none without visits.
    pub own: Option<f64>,
    pub visited_venues: f64,
    /// Logarithm of the plain mean over all kinds.
    pub overall: f64,
}

impl KindGuess {
    /// Logarithm around which means of kinds scatter: so that their mean is the overall one.
    fn usual(self) -> f64 {
        self.overall - KIND_DEVIATION.powi(2) / 2.0
    }
}

/// The plausible curves of a kind.
pub(super) fn curves(grid: &Grid, guess: KindGuess) -> Vec<Curve> {
    let kinds_precision = KIND_DEVIATION.powi(-2);
    // A venue's own yield lies about one deviation from its kind's mean; generous, so that no plausible mean is left out.
    let own_precision = if guess.own.is_some() { guess.visited_venues } else { 0.0 };
    let precision = kinds_precision + own_precision;
    let centre = (kinds_precision * guess.usual() + own_precision * guess.own.unwrap_or_default()) / precision;
    let deviation = precision.powf(-0.5);
    let at = |step: u32| centre + deviation * REACH * (2.0 * f64::from(step) / f64::from(MEANS - 1) - 1.0);
    (0..MEANS)
        .flat_map(|step| SHAPES.map(|shape| (at(step), shape)))
        .map(|(ln_mean, shape)| Curve {
            density: gamma_density(grid, ln_mean, shape),
            ln_plausible: -0.5 * ((ln_mean - guess.usual()) / KIND_DEVIATION).powi(2)
                - 0.5 * ((shape / USUAL_SHAPE).ln() / SHAPE_DEVIATION).powi(2)
                + shape_step(shape).ln(),
        })
        .collect()
}

/// The stretch of the logarithm that a shape stands for.
fn shape_step(shape: f64) -> f64 {
    let at = SHAPES.iter().position(|each| *each >= shape).unwrap_or_default();
    let before = SHAPES[at.saturating_sub(1)];
    let after = SHAPES[(at + 1).min(SHAPES.len() - 1)];
    (after / before).ln() / 2.0
}

fn gamma_density(grid: &Grid, ln_mean: f64, shape: f64) -> Vec<f64> {
    let first = grid.logs.first().copied().unwrap_or_default() - MARGIN as f64 * STEP;
    let constant = shape * shape.ln() - ln_gamma(shape);
    let mut density: Vec<f64> = (0..grid.len() + 2 * MARGIN)
        .map(|at| {
            let log = first + at as f64 * STEP - ln_mean;
            (constant + shape * (log - log.exp())).exp()
        })
        .collect();
    let sum: f64 = density.iter().sum();
    for value in &mut density {
        *value /= sum.max(f64::MIN_POSITIVE);
    }
    density
}
