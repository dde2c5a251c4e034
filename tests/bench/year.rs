//! A year of an office whose truth is hidden: each week a policy plans from what its own visits have brought, the office goes,
//! results arrive, 52 weeks long. What our weekly plan brings beside simpler ways, with the same staff days and rules.
//! `cargo bench --bench year`; `BENCH_SEED=1` the first of `BENCH_WORLDS=8`; `BENCH_PICTURES=docs/pictures` draws there.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "a bench prints and fails by panicking"
)]

#[path = "year/figures.rs"]
mod figures;
#[path = "year/office.rs"]
mod office;
#[path = "year/picture.rs"]
mod picture;
#[path = "year/policy.rs"]
mod policy;
#[allow(dead_code, reason = "another bench asks more of it")]
#[path = "estimates/score.rs"]
mod score;
#[path = "year/season.rs"]
mod season;
#[allow(dead_code, reason = "another bench asks more of it")]
mod simulated;

use std::path::Path;
use std::time::Instant;

use figures::Figures;
use policy::{OURS, POLICIES, Policy};
use rayon::prelude::*;
use season::{Season, live};
use simulated::place::World;

/// Worlds of each kind unless told otherwise.
const WORLDS: u64 = 8;

/// The kinds of worlds that are tried.
const KINDS: [(World, &str); 3] = [
    (World::WellSpecified, "well specified"),
    (World::WrongEligible, "registers of eligible people wrong by a factor of e^±0.5"),
    (World::Bursts, "bursts: one day in ten brings three times as many"),
];

fn main() {
    let first = number("BENCH_SEED").unwrap_or(1);
    let worlds = number("BENCH_WORLDS").unwrap_or(WORLDS).clamp(2, figures::MOST);
    println!("{worlds} worlds of each kind from seed {first}; mean ± standard error [95 % interval] over the worlds");
    for (at, (world, name)) in KINDS.into_iter().enumerate() {
        let begun = Instant::now();
        let runs: Vec<(&Policy, u64)> =
            POLICIES.iter().flat_map(|policy| (first..first + worlds).map(move |seed| (policy, seed))).collect();
        let seasons: Vec<Season> = runs.par_iter().map(|(policy, seed)| live(policy, world, *seed)).collect();
        let seasons: Vec<&[Season]> = seasons.chunks(worlds as usize).collect();
        println!("\n{name} ({:.0} s)", begun.elapsed().as_secs_f64());
        print(&seasons);
        if let Some(folder) = setting("BENCH_PICTURES").filter(|_| at == 0) {
            std::fs::write(Path::new(&folder).join("year.svg"), picture::svg(&seasons)).unwrap();
        }
    }
}

fn print(seasons: &[&[Season]]) {
    println!("  {:30} {:>10}  {:>32}  {:>30}", "policy", "staff days", "activations", "per cent of ours");
    for (policy, of) in POLICIES.iter().zip(seasons) {
        let days = Figures::of(of.iter().map(|season| f64::from(season.staff_days))).mean;
        let total = Figures::of(of.iter().map(Season::activations));
        let paired = of.iter().zip(seasons[OURS]);
        let ratio = Figures::of(paired.map(|(season, ours)| 1e2 * season.activations() / ours.activations()));
        println!("  {:30} {days:>10.1}  {total:>32.0}  {ratio:>30.1}", policy.name);
    }
}

fn number(name: &str) -> Option<u64> {
    setting(name)?.parse().ok()
}

/// A reading of the environment.
fn setting(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "a bench has no settings file")]
    std::env::var(name).ok()
}
