//! The planner against an exhaustive search, its judge against mutations, and what instances refuse.

mod brute_force;
mod judge;
mod mutations;
mod refusals;
mod rules;
mod sample;
mod wishes;

use super::{Budget, Claims, Instance, Plan, Spent, Start, solve};

/// Plans within so many steps on one thread.
fn plan(instance: &Instance, steps: u64) -> Plan {
    solve(instance, &Budget { steps, seed: 1, threads: 1 }, &Start::default(), &|_| Spent::NOTHING)
}

fn claims(plan: &Plan) -> Claims {
    Claims {
        visits: plan.visits.clone(),
        objective: plan.objective,
        gain: plan.gain,
        shortfall: i64::try_from(plan.shortfall).unwrap(),
        bound: plan.bound,
        certificate: plan.certificate.clone(),
    }
}
