//! The yields that the model weighs: equal steps of the logarithm, so that a step is the same part of any yield.

/// A step is 5 %; the narrowest posterior that data can give (see `history::LATEST`) is as wide as one.
pub(super) const STEP: f64 = 0.05;

const LOWEST: f64 = 0.02;

/// The grid reaches this many times the largest daily yield seen.
const HEADROOM: f64 = 12.0;

/// Yields of a first visit, in activations per day, ascending.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub yields: Vec<f64>,
    pub logs: Vec<f64>,
}

impl Grid {
    pub(super) fn reaching(largest: f64) -> Self {
        let steps = ((largest.max(1.0) * HEADROOM / LOWEST).ln() / STEP).ceil() as u32;
        let logs: Vec<f64> = (0..=steps).map(|step| LOWEST.ln() + f64::from(step) * STEP).collect();
        Self { yields: logs.iter().map(|log| log.exp()).collect(), logs }
    }

    pub(super) fn len(&self) -> usize {
        self.logs.len()
    }
}
