//! Gap against time on generated instances of three sizes. `cargo bench --bench planner`; `BENCH_PLAN_SECONDS` caps the
//! longest run of each size.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench prints and fails by panicking"
)]

#[path = "../support/instances.rs"]
mod instances;

use std::time::{Duration, Instant};

use instances::Size;
use jemputbola::domain::planner::format::InstanceFile;
use jemputbola::domain::planner::{Budget, Instance, Spent, Start, solve};

const SIZES: [(&str, Size); 3] = [
    ("S", Size { days: 30, teams: 4, venues: 60, areas: 6 }),
    ("M", Size { days: 91, teams: 8, venues: 300, areas: 15 }),
    ("L", Size { days: 365, teams: 20, venues: 1_000, areas: 22 }),
];
const TIMES: [f64; 5] = [0.5, 1.0, 2.0, 5.0, 10.0];

fn main() {
    #[allow(clippy::disallowed_methods, reason = "a bench has no settings")]
    let longest = std::env::var("BENCH_PLAN_SECONDS").map_or(10.0, |text| text.parse().unwrap());
    println!("size  limit     took      gap  objective   passes    moves  stopped by");
    for (name, size) in SIZES {
        let file: InstanceFile = serde_json::from_value(instances::instance(1, size)).unwrap();
        let instance = file.into_instance().unwrap();
        for limit in TIMES.into_iter().filter(|limit| *limit <= longest) {
            measure(name, &instance, limit);
        }
    }
}

fn measure(name: &str, instance: &Instance, limit: f64) {
    let begun = Instant::now();
    let budget = Budget::for_time(instance, Duration::from_secs_f64(limit), 1);
    let plan = solve(instance, &budget, &Start::default(), &|_| Spent(begun.elapsed().as_secs_f64() / limit));
    println!(
        "{name:<4} {limit:>5.1} s {:>6.2} s {:>7.4}% {:>10} {:>8} {:>8}  {}",
        begun.elapsed().as_secs_f64(),
        plan.gap() * 100.0,
        plan.objective,
        plan.effort.passes,
        plan.effort.moves,
        plan.effort.stopped_by.as_str(),
    );
}
