//! Pins, exclusions, floors, reasons and re-planning.

use super::plan;
use super::sample::{World, instance};
use crate::domain::planner::{
    Crew, Draft, Duty, Instance, Occupancy, Pin, Reach, Reason, Team, Venue, Visit, keep_visits,
};

/// Two venues that want the only day of the only team.
fn rivals() -> Draft {
    let venue = |gain: i32| Venue {
        min_gap: 1,
        max_visits: 1,
        open: vec![0],
        reach: vec![Reach { crew: Crew::one(0), gain: vec![gain] }],
        ..Venue::default()
    };
    Draft {
        days: 2,
        floors: vec![0],
        shortfall_penalty: 6_000,
        pin_penalty: 100_000,
        teams: vec![Team { calendar: vec![Duty::Regular, Duty::Off], overtime_max: 0 }],
        venues: vec![venue(5_000), venue(3_800)],
        ..Draft::default()
    }
}

fn reasons(draft: Draft) -> Vec<(usize, Reason)> {
    let plan = plan(&Instance::new(draft).unwrap(), 60);
    plan.left_out.into_iter().map(|left_out| (left_out.venue, left_out.reason)).collect()
}

#[test]
fn a_venue_that_lost_is_told_against_whom_and_by_how_much() {
    let reasons = reasons(rivals());
    let [(1, Reason::Beaten(inclusion))] = reasons.as_slice() else { panic!("{reasons:?}") };
    assert_eq!(inclusion.difference, 1_200);
    assert_eq!(inclusion.displaced, [Visit { venue: 0, day: 0, crew: Crew::one(0) }]);
}

#[test]
fn what_cannot_be_visited_is_told_apart() {
    let of_second = |change: fn(&mut Draft)| {
        let mut draft = rivals();
        change(&mut draft);
        reasons(draft).into_iter().find(|(venue, _)| *venue == 1).unwrap().1
    };
    assert_eq!(of_second(|draft| draft.venues[1].open.clear()), Reason::Closed);
    let too_soon = of_second(|draft| {
        draft.venues[1] = Venue { open: vec![], last_visit: Some(-3), min_gap: 21, ..draft.venues[1].clone() };
    });
    assert_eq!(too_soon, Reason::TooSoon { last_visit: -3, earliest: 18 });
    assert_eq!(of_second(|draft| draft.venues[1].open = vec![1]), Reason::OutOfReach { teams: 1 });
    assert_eq!(of_second(|draft| draft.venues[1].reach.clear()), Reason::OutOfReach { teams: 0 });
    assert_eq!(of_second(|draft| draft.excluded = vec![1]), Reason::Excluded);
}

#[test]
fn a_pin_outweighs_gain_and_one_that_cannot_be_met_is_reported() {
    let mut draft = rivals();
    draft.pins = vec![Pin { venue: 1, day: None, team: None }, Pin { venue: 0, day: Some(1), team: None }];
    let plan = plan(&Instance::new(draft).unwrap(), 60);
    assert_eq!(plan.visits, [Visit { venue: 1, day: 0, crew: Crew::one(0) }]);
    assert_eq!((plan.pins_missed, plan.gain, plan.objective), (vec![1], 3_800, 3_800 - 100_000));
}

#[test]
fn a_floor_outweighs_gain_and_one_out_of_reach_is_reported() {
    let mut draft = rivals();
    draft.floors = vec![0, 2];
    draft.venues[1].area = 1;
    let plan = plan(&Instance::new(draft).unwrap(), 60);
    assert_eq!(plan.visits[0].venue, 1);
    let [missed] = plan.floors_missed.as_slice() else { panic!("{:?}", plan.floors_missed) };
    assert_eq!((missed.area, missed.wanted, missed.reached, missed.attainable), (1, 2, 1, 1));
}

#[test]
fn two_teams_go_together_where_that_brings_more() {
    let mut draft = rivals();
    draft.teams.push(draft.teams[0].clone());
    let pair = Crew::pair(0, 1).unwrap();
    draft.venues[0].reach.push(Reach { crew: pair, gain: vec![9_000] });
    let alone = plan(&Instance::new(draft.clone()).unwrap(), 60);
    assert_eq!(
        alone.visits,
        [Visit { venue: 0, day: 0, crew: pair }],
        "9,000 together, 5,000 and nobody for the other"
    );
    draft.venues[1].reach.push(Reach { crew: Crew::one(1), gain: vec![4_500] });
    let apart = plan(&Instance::new(draft).unwrap(), 60);
    assert_eq!(apart.objective, 9_500);
}

#[test]
fn the_cheapest_inclusion_is_never_an_improvement() {
    for seed in 0..20 {
        let instance = instance(seed, World::SMALL);
        let plan = plan(&instance, 60);
        let occupancy = Occupancy::new(&instance, &plan.visits);
        for left_out in &plan.left_out {
            let difference = occupancy.cheapest_inclusion(left_out.venue).map_or(0, |inclusion| inclusion.difference);
            assert!(difference >= 0, "seed {seed}: venue {} would bring {}", left_out.venue, -difference);
        }
    }
}

#[test]
fn planning_again_moves_only_what_must_move() {
    for seed in 0..10 {
        let before = instance(seed, World::SMALL);
        let plan_before = plan(&before, 60);
        let mut draft = before.into_draft();
        draft.fixed.clear();
        let sick = 1;
        draft.teams[sick].calendar[2..6].fill(Duty::Off);
        let kept = keep_visits(&Instance::new(draft).unwrap(), &plan_before.visits).unwrap();
        let must_move = |visit: &&Visit| visit.crew.includes(sick) && (2..6).contains(&visit.day);
        let moved: Vec<Visit> = plan_before.visits.iter().filter(must_move).copied().collect();
        let mut dropped = kept.dropped.clone();
        dropped.sort_unstable();
        assert_eq!(dropped, moved, "seed {seed}");
        let again = plan(&kept.instance, 60);
        let stays = plan_before.visits.iter().filter(|visit| !must_move(visit));
        assert!(stays.into_iter().all(|visit| again.visits.contains(visit)), "seed {seed}");
    }
}
