//! From an instance to a plan: searches, scores what was found, and says why the rest was left out.

use super::budget::{Budget, Progress, Spent, Start};
use super::check::{ceil_div, proven_value};
use super::floors::missed_floors;
use super::instance::Instance;
use super::plan::Plan;
use super::reasons::Occupancy;
use super::score::score;
use super::solver::search;

/// Plans an instance within a budget. Calls `progress` now and then, from any thread; its answer may cut the search
/// short. The plan keeps every rule and its bound is proven, however early it was cut.
pub fn solve(
    instance: &Instance,
    budget: &Budget,
    start: &Start,
    progress: &(dyn Fn(Progress) -> Spent + Sync),
) -> Plan {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(budget.threads.max(1)).build();
    let mut found = match &pool {
        Ok(pool) => pool.install(|| search(instance, budget, start, progress)),
        // Without threads of its own it runs on those that there are.
        Err(_) => search(instance, budget, start, progress),
    };
    if !found.is_exact {
        let value = proven_value(instance, &found.certificate);
        found.certificate.claimed = i64::try_from(value).unwrap_or(i64::MAX);
    }
    found.visits.sort_unstable();
    let score = score(instance, &found.visits);
    let floors_missed = missed_floors(instance, &score);
    let left_out = Occupancy::new(instance, &found.visits).left_out();
    Plan {
        instance: instance.name.clone(),
        objective: score.objective,
        gain: score.gain,
        shortfall: score.shortfall,
        bound: ceil_div(found.certificate.claimed, found.certificate.scale),
        certificate: found.certificate,
        left_out,
        floors_missed,
        pins_missed: score.pins_missed,
        effort: found.effort,
        visits: found.visits,
    }
}
