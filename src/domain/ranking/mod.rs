//! Ranks venues by what a day there yields. Knows nothing of offices, venues or databases: rows carry a key of the
//! caller's, and could come from anywhere. Called by the ranking use case and the command line.
#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "numerical code: counts of people and days stay far below 2^53"
)]

pub mod exclusion;
pub mod groups;
pub mod rounding;
pub mod standing;

pub use exclusion::{Exclusion, ExclusionReason};
pub use groups::{GroupYield, best_group};
pub use rounding::two_decimals;
pub use standing::{Per, Standing, VenueDays, rank};
