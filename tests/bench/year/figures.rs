//! What several worlds say together.

use std::fmt;

/// Mean, standard error and half of the 95 % interval of Student's t.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub mean: f64,
    pub error: f64,
    pub half: f64,
}

/// The 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom.
const T: [f64; 15] =
    [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131];

/// So many values at most; two at least.
pub const MOST: u64 = T.len() as u64 + 1;

impl Figures {
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let error = (variance / n).sqrt();
        Self { mean, error, half: error * T[values.len() - 2] }
    }
}

impl fmt::Display for Figures {
    /// `27350 ± 120 [27066, 27634]` with as many decimals as asked for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or_default();
        let Self { mean, error, half } = *self;
        let text = format!("{mean:.digits$} ± {error:.digits$}  [{:.digits$}, {:.digits$}]", mean - half, mean + half);
        match f.width() {
            Some(width) => write!(f, "{text:>width$}"),
            None => f.write_str(&text),
        }
    }
}
