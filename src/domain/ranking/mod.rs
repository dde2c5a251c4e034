//! Ranks venues by what a day there yields. Knows nothing of offices, venues or databases: rows carry a key of the
//! caller's, and could come from anywhere. Called by the ranking use case and the command line.
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "numerical code: counts of people and days stay far below 2^53, indices come from the same lists"
)]

pub mod backtest;
pub mod estimate;
pub mod exclusion;
pub mod groups;
pub mod rounding;
pub mod standing;

pub use backtest::{Backtest, Comparison, Error, Errors, backtest};
pub use estimate::{
    DayEffects, Estimate, Estimates, Forecast, RankInterval, Spread, VenueHistory, Visit, estimate, rank_intervals,
};
pub use exclusion::{Exclusion, ExclusionReason};
pub use groups::{GroupYield, best_group};
pub use rounding::two_decimals;
pub use standing::{Per, RankBy, Standing, VenueDays, rank, rank_by_estimate};
