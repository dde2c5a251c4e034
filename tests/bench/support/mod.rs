//! What the benches share: a server in a process of its own, a client that costs little, a fixture made through the API.

pub mod bare;
pub mod client;
pub mod server;

use std::time::Duration;

/// The office of every bench.
pub const OFFICE: &str = "33.03";

/// The twelve outcomes of a full tally entry.
pub const OUTCOMES: [&str; 12] = [
    "activated",
    "activated_out_of_area",
    "reactivated",
    "ktp_recorded",
    "ktp_printed",
    "no_smartphone",
    "device_unsupported",
    "refused_no_need",
    "underage",
    "not_recorded",
    "face_mismatch",
    "siak_down",
];

/// A reading of the environment, such as `BENCH_SECONDS`, with a default.
pub fn setting(name: &str, default: u64) -> u64 {
    #[allow(clippy::disallowed_methods, reason = "a bench has no settings file")]
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The value below which `share` of the sorted times lie.
pub fn quantile(sorted: &[Duration], share: f64) -> Duration {
    #[allow(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a list of measured times"
    )]
    let at = ((sorted.len() - 1) as f64 * share).round() as usize;
    sorted[at]
}
