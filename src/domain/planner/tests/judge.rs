//! Whoever changes a plan or its certificate so that it breaks a rule or claims too much is found out.

use super::sample::{World, instance};
use super::{claims, plan};
use crate::domain::planner::{Budget, Claims, Crew, FaultKind, Instance, Spent, Start, Visit, check, solve};

fn codes(instance: &Instance, claims: &Claims) -> Vec<&'static str> {
    check(instance, claims).faults.iter().map(|fault| fault.kind.code()).collect()
}

/// What the judge says about a good plan after a change.
fn after(seed: u64, change: impl FnOnce(&Instance, &mut Claims)) -> Vec<&'static str> {
    let instance = instance(seed, World::SMALL);
    let mut claims = claims(&plan(&instance, 60));
    assert_eq!(codes(&instance, &claims), [""; 0], "seed {seed}: the plan was good");
    change(&instance, &mut claims);
    codes(&instance, &claims)
}

#[test]
fn every_plan_of_small_worlds_passes() {
    for seed in 0..40 {
        let world = World { has_wishes: seed % 2 == 0, ..World::SMALL };
        let instance = instance(seed, world);
        let plan = plan(&instance, 60);
        let verdict = check(&instance, &claims(&plan));
        assert_eq!(verdict.faults, [], "seed {seed}");
        assert_eq!((verdict.objective, verdict.bound), (plan.objective, Some(plan.bound)), "seed {seed}");
        // In so small a world one visit more is several per cent.
        assert!(world.has_wishes || plan.gap() < 0.2, "seed {seed}: gap {}", plan.gap());
    }
}

#[test]
fn a_claim_that_is_one_too_high_is_refused() {
    for seed in 0..10 {
        assert_eq!(after(seed, |_, claims| claims.objective += 1), ["claim"]);
        assert_eq!(after(seed, |_, claims| claims.gain += 1), ["claim"]);
        assert_eq!(after(seed, |_, claims| claims.shortfall -= 1), ["claim"]);
        assert_eq!(after(seed, |_, claims| claims.bound -= 1), ["bound-too-low"]);
    }
}

#[test]
fn any_prices_prove_some_bound_but_none_below_the_best_plan() {
    for seed in 0..10 {
        let instance = instance(seed, World::SMALL);
        let good = claims(&plan(&instance, 60));
        for (at, step) in [(0, 500), (3, -700), (7, 90_000), (11, -90_000)] {
            let mut changed = good.clone();
            let price = &mut changed.certificate.lambda[at];
            *price = (*price + step).max(0);
            let verdict = check(&instance, &changed);
            let proven = verdict.bound.unwrap();
            assert!(proven >= good.objective, "seed {seed}");
            assert_eq!(verdict.is_valid(), proven <= good.bound, "seed {seed}: dearer proof, same claim");
        }
    }
}

#[test]
fn prices_outside_their_range_prove_nothing() {
    assert_eq!(after(1, |_, claims| claims.certificate.lambda[0] = -1), ["price-out-of-range"]);
    assert_eq!(after(1, |_, claims| claims.certificate.mu[0] = -1), ["price-out-of-range"]);
    assert_eq!(after(1, |_, claims| claims.certificate.nu[0] = i64::MAX), ["price-out-of-range"]);
    assert_eq!(after(1, |_, claims| claims.certificate.scale = 0), ["out-of-range"]);
    assert_eq!(after(1, |_, claims| _ = claims.certificate.lambda.pop()), ["length"]);
}

#[test]
fn moved_visits_are_judged_by_the_rules() {
    let (mut refused, mut kept) = (0, 0);
    for seed in 0..40 {
        let instance = instance(seed, World::SMALL);
        let good = claims(&plan(&instance, 60));
        for at in 0..good.visits.len() {
            let mut moved = good.clone();
            moved.visits[at].day = (moved.visits[at].day + 1 + at) % instance.days;
            moved.visits[at].crew = Crew::one((at % 3) as u16);
            let verdict = check(&instance, &moved);
            let is_possible = !verdict.faults.iter().any(|fault| !matches!(fault.kind, FaultKind::Claim { .. }));
            assert!(!is_possible || verdict.objective <= good.bound, "seed {seed}: better than the bound");
            assert!(verdict.is_valid() <= (verdict.objective == good.objective));
            refused += usize::from(!is_possible);
            kept += usize::from(is_possible);
        }
    }
    assert!(refused > 50 && kept > 5, "both occur: {refused} {kept}");
}

#[test]
fn each_rule_has_its_own_fault() {
    let first = |claims: &Claims| claims.visits[0];
    let with = |visit: fn(&Instance, Visit) -> Visit| {
        after(3, move |instance, claims| {
            let changed = visit(instance, first(claims));
            claims.visits.push(changed);
        })
    };
    assert!(with(|_, visit| visit).contains(&"team-taken"));
    assert!(with(|_, visit| Visit { venue: 99, ..visit }).contains(&"no-such"));
    assert!(with(|_, visit| Visit { day: 99, ..visit }).contains(&"no-such"));
    assert!(with(|_, visit| Visit { crew: Crew::one(99), ..visit }).contains(&"no-such"));
    let dropped = |seed| after(seed, |instance, claims| claims.visits.retain(|visit| !instance.fixed.contains(visit)));
    let lost = (0..10).filter(|seed| !instance(*seed, World::SMALL).fixed.is_empty());
    assert!(lost.clone().count() > 0 && lost.into_iter().all(|seed| dropped(seed).contains(&"fixed-lost")));
}

#[test]
fn threads_change_nothing() {
    let world = World { days: 30, teams: 4, venues: 40, areas: 4, has_wishes: true };
    let instance = instance(5, world);
    let plan =
        |threads| solve(&instance, &Budget { steps: 80, seed: 7, threads }, &Start::default(), &|_| Spent::NOTHING);
    let one = plan(1);
    assert_eq!(one, plan(2));
    assert_eq!(one, plan(5));
}

#[test]
fn a_search_that_is_stopped_at_once_still_keeps_every_rule() {
    for seed in 0..10 {
        let instance = instance(seed, World::SMALL);
        let budget = Budget { steps: 10_000, seed: 1, threads: 1 };
        let plan = solve(&instance, &budget, &Start::default(), &|_| Spent::ALL);
        assert_eq!(codes(&instance, &claims(&plan)), [""; 0], "seed {seed}");
        assert_eq!(plan.effort.stopped_by.as_str(), "time");
    }
}
