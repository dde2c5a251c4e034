//! What an instance refuses, and where it says the fault is.

use super::plan;
use super::sample::{World, draft};
use crate::domain::planner::{Crew, Draft, Duty, Instance, Reach, Team, Venue, Visit, check};

/// One team, one venue, ten days.
fn plain() -> Draft {
    Draft {
        name: "plain".to_owned(),
        days: 10,
        floors: vec![0],
        shortfall_penalty: 100,
        teams: vec![Team { calendar: vec![Duty::Regular; 10], overtime_max: 1 }],
        venues: vec![Venue {
            min_gap: 3,
            max_visits: 2,
            open: (0..10).collect(),
            reach: vec![Reach { crew: Crew::one(0), gain: vec![10, 5] }],
            ..Venue::default()
        }],
        ..Draft::default()
    }
}

fn refusals(change: impl FnOnce(&mut Draft)) -> Vec<String> {
    let mut draft = plain();
    change(&mut draft);
    Instance::new(draft).unwrap_err().iter().map(|fault| format!("{} {}", fault.place, fault.kind.code())).collect()
}

fn booking(day: usize) -> Visit {
    Visit { venue: 0, day, crew: Crew::one(0) }
}

#[test]
fn bookings_must_be_a_plan_among_themselves() {
    assert_eq!(refusals(|draft| draft.fixed = vec![booking(1), booking(3)]), ["fixed[1] too-close"]);
    assert_eq!(
        refusals(|draft| {
            draft.venues.push(draft.venues[0].clone());
            draft.fixed = vec![booking(1), Visit { venue: 1, ..booking(1) }];
        }),
        ["fixed[1] team-taken"]
    );
    assert_eq!(refusals(|draft| draft.fixed = vec![booking(0), booking(3), booking(6)]), ["fixed[2] too-many-visits"]);
    assert_eq!(
        refusals(|draft| {
            draft.fixed = vec![booking(4)];
            draft.venues[0].open.retain(|day| *day != 4);
        }),
        ["fixed[0] closed"]
    );
    assert_eq!(
        refusals(|draft| {
            draft.fixed = vec![booking(4)];
            draft.teams[0].calendar[4] = Duty::Off;
        }),
        ["fixed[0] team-off"]
    );
    assert_eq!(
        refusals(|draft| {
            draft.fixed = vec![booking(0), booking(4)];
            draft.teams[0].calendar = vec![Duty::Overtime; 10];
        }),
        ["fixed[1] too-much-overtime"]
    );
    assert_eq!(
        refusals(|draft| {
            draft.fixed = vec![booking(4)];
            draft.venues[0].reach.clear();
        }),
        ["fixed[0] out-of-reach"]
    );
}

#[test]
fn every_fault_is_told_with_its_place() {
    assert_eq!(refusals(|draft| draft.venues[0].reach[0].gain.push(1)), ["venues[0].reach[0].gain length"]);
    assert_eq!(refusals(|draft| draft.venues[0].reach[0].gain[1] = -1), ["venues[0].reach[0].gain[1] out-of-range"]);
    assert_eq!(refusals(|draft| draft.teams[0].calendar.truncate(9)), ["teams[0].days length"]);
    assert_eq!(refusals(|draft| draft.venues[0].open = vec![3, 2]), ["venues[0].open not-ascending"]);
    assert_eq!(refusals(|draft| draft.venues[0].open = vec![10]), ["venues[0].open[0] no-such"]);
    assert_eq!(refusals(|draft| draft.venues[0].area = 1), ["venues[0].kecamatan no-such"]);
    assert_eq!(refusals(|draft| draft.venues[0].min_gap = 0), ["venues[0].min_gap_days out-of-range"]);
    assert_eq!(refusals(|draft| draft.shortfall_penalty = 2_000_000_000), ["shortfall_penalty out-of-range"]);
    assert_eq!(refusals(|draft| draft.excluded = vec![1]), ["excluded[0] no-such"]);
    assert_eq!(refusals(|draft| draft.fixed = vec![booking(77)]), ["fixed[0].day no-such"]);
}

#[test]
fn nothing_to_plan_is_no_fault() {
    let mut draft = plain();
    draft.venues.clear();
    draft.floors = vec![3];
    let plan = plan(&Instance::new(draft).unwrap(), 20);
    assert_eq!((plan.objective, plan.bound, plan.shortfall), (-300, -300, 3));
    assert_eq!((plan.floors_missed[0].wanted, plan.floors_missed[0].attainable), (3, 0));
}

#[test]
fn amounts_at_the_limit_are_planned_and_proven_too() {
    for seed in 0..10 {
        let mut draft = draft(seed, World::SMALL);
        draft.shortfall_penalty = 1_000_000_000;
        draft.venues.iter_mut().flat_map(|venue| &mut venue.reach).flat_map(|reach| &mut reach.gain).for_each(|gain| {
            *gain *= 60_000;
        });
        let instance = Instance::new(draft).unwrap();
        let plan = plan(&instance, 60);
        assert_eq!(check(&instance, &super::claims(&plan)).faults, [], "seed {seed}");
        assert!(plan.gap() < 0.1, "seed {seed}: {}", plan.gap());
    }
}
