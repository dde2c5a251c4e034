//! How good the estimates are where the truth is known: order, regret, coverage of the intervals, in a world that is as
//! the model believes and in worlds that are not. `cargo bench --bench estimates`; `BENCH_SETS=60` data sets a world;
//! `BENCH_PICTURES=docs/pictures` draws them there.
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

#[path = "estimates/days.rs"]
mod days;
#[path = "estimates/district.rs"]
mod district;
#[path = "estimates/picture.rs"]
mod picture;
#[path = "estimates/score.rs"]
mod score;
#[path = "estimates/shrinkage.rs"]
mod shrinkage;
#[allow(dead_code, reason = "another bench asks more of it")]
mod simulated;

use std::path::Path;
use std::time::Instant;

use district::{District, WORLDS};
use jemputbola::domain::ranking::{Spread, estimate, rank_intervals};
use picture::Line;
use score::{coverage, kendall, mean_and_error, plain_means, regret, rmse};
use shrinkage::Shown;
use simulated::place::World;

/// One data set's scores.
struct Scores {
    plain: [f64; 3],
    blind: [f64; 3],
    estimate: [f64; 3],
    /// Of visited venues, of never-visited ones, of places.
    coverage: [f64; 3],
    seconds: f64,
}

fn main() {
    #[allow(clippy::disallowed_methods, reason = "a bench has no settings file")]
    let sets = std::env::var("BENCH_SETS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let mut lines = Vec::new();
    println!("{sets} data sets a world, {} venues; mean ± standard error", district::VENUES);
    for (world, name) in WORLDS {
        let scores: Vec<Scores> = (0..sets).map(|seed| score(world, seed)).collect();
        println!("\n{name}");
        print(&scores, "plain mean", |s| s.plain);
        print(&scores, "estimate, depletion unknown", |s| s.blind);
        print(&scores, "estimate", |s| s.estimate);
        let part = |of: fn(&Scores) -> f64| percent(&scores, of);
        let mean = |of: fn(&Scores) -> f64| 1e2 * mean_and_error(&scores.iter().map(of).collect::<Vec<_>>()).0;
        lines.push(Line {
            name,
            plain_regret: mean(|s| s.plain[1]),
            regret: mean(|s| s.estimate[1]),
            visited: mean(|s| s.coverage[0]),
            never_visited: mean(|s| s.coverage[1]),
        });
        println!(
            "  90 % intervals hold: visited {}, never visited {}, place {}; {:.0} ms a data set",
            part(|s| s.coverage[0]),
            part(|s| s.coverage[1]),
            part(|s| s.coverage[2]),
            1e3 * mean_and_error(&scores.iter().map(|s| s.seconds).collect::<Vec<_>>()).0,
        );
        let better = |at: usize| scores.iter().map(|s| s.plain[at] - s.estimate[at]).collect::<Vec<_>>();
        let ((regret, regret_error), (tau, tau_error)) = (mean_and_error(&better(1)), mean_and_error(&better(0)));
        println!(
            "  better than the plain mean: regret {:.1} ± {:.1} points, tau {:+.3} ± {:.3}",
            1e2 * regret,
            1e2 * regret_error,
            -tau,
            tau_error
        );
    }
    days::print(sets);
    #[allow(clippy::disallowed_methods, reason = "a bench has no settings file")]
    if let Ok(folder) = std::env::var("BENCH_PICTURES") {
        let folder = Path::new(&folder);
        std::fs::write(folder.join("estimates.svg"), picture::svg(&lines)).unwrap();
        std::fs::write(folder.join("shrinkage.svg"), one_district()).unwrap();
    }
}

/// The first data set of the well-specified world, as a picture.
fn one_district() -> String {
    let District { known, truth } = District::new(World::WellSpecified, 0);
    let estimates = estimate(&known).unwrap().venues;
    let spreads: Vec<Spread> = estimates.iter().map(|estimate| estimate.spread).collect();
    shrinkage::svg(&Shown {
        known: &known,
        means: &plain_means(&known),
        estimates: &estimates,
        places: &rank_intervals(&spreads),
        truth: &truth,
    })
}

fn score(world: World, seed: u64) -> Scores {
    let District { known, truth } = District::new(world, seed);
    let begun = Instant::now();
    let estimates = estimate(&known).unwrap().venues;
    let seconds = begun.elapsed().as_secs_f64();
    let means: Vec<f64> = estimates.iter().map(|estimate| estimate.forecast.mean).collect();
    let mut uncounted = known.clone();
    for venue in &mut uncounted {
        venue.eligible = None;
    }
    let blind: Vec<f64> = estimate(&uncounted).unwrap().venues.iter().map(|estimate| estimate.forecast.mean).collect();
    let spreads: Vec<Spread> = estimates.iter().map(|estimate| estimate.spread).collect();
    let judge = |guess: &[f64]| [kendall(guess, &truth), regret(guess, &truth), rmse(guess, &truth)];
    Scores {
        plain: judge(&plain_means(&known)),
        blind: judge(&blind),
        estimate: judge(&means),
        coverage: [coverage(&estimates, &truth, false), coverage(&estimates, &truth, true), placed(&spreads, &truth)],
        seconds,
    }
}

/// The part of the venues whose true place lies in the interval of their place.
fn placed(spreads: &[Spread], truth: &[f64]) -> f64 {
    let place = |at: usize| 1 + truth.iter().filter(|other| **other > truth[at]).count() as u32;
    let held = |(at, interval): (usize, jemputbola::domain::ranking::RankInterval)| {
        (interval.low..=interval.high).contains(&place(at))
    };
    rank_intervals(spreads).into_iter().enumerate().filter(|each| held(*each)).count() as f64 / truth.len() as f64
}

fn print(scores: &[Scores], name: &str, of: fn(&Scores) -> [f64; 3]) {
    let [tau, regret, rmse] = [0, 1, 2].map(|at| mean_and_error(&scores.iter().map(|s| of(s)[at]).collect::<Vec<_>>()));
    println!(
        "  {name:28} tau {:.3} ± {:.3}  top-20 regret {:.1} ± {:.1} %  RMSE {:.1} ± {:.1}",
        tau.0,
        tau.1,
        1e2 * regret.0,
        1e2 * regret.1,
        rmse.0,
        rmse.1
    );
}

fn percent(scores: &[Scores], of: fn(&Scores) -> f64) -> String {
    let (mean, error) = mean_and_error(&scores.iter().map(of).collect::<Vec<_>>());
    format!("{:.1} ± {:.1} %", 1e2 * mean, 1e2 * error)
}
