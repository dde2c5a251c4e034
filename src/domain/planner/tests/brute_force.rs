//! On instances that are small enough to try everything the planner finds the best plan, and proves no less.

use super::sample::{World, instance};
use super::{claims, plan};
use crate::domain::planner::score::score;
use crate::domain::planner::{Instance, Visit, check};

/// Everything that could be visited, one visit after the other: taken or not.
struct Exhaustive<'a> {
    instance: &'a Instance,
    options: Vec<Visit>,
    chosen: Vec<Visit>,
    best: i64,
}

impl Exhaustive<'_> {
    fn try_from(&mut self, at: usize) {
        let Some(option) = self.options.get(at).copied() else {
            let mut visits = self.chosen.clone();
            visits.sort_unstable();
            self.best = self.best.max(score(self.instance, &visits).objective);
            return;
        };
        if self.chosen.iter().all(|other| may_both(self.instance, other, &option)) {
            self.chosen.push(option);
            if keeps_limits(self.instance, &self.chosen) {
                self.try_from(at + 1);
            }
            self.chosen.pop();
        }
        self.try_from(at + 1);
    }
}

fn may_both(instance: &Instance, a: &Visit, b: &Visit) -> bool {
    let shares_team = a.day == b.day && a.crew.teams().any(|team| b.crew.includes(team));
    !shares_team && (a.venue != b.venue || a.day.abs_diff(b.day) >= instance.venues[a.venue].min_gap)
}

fn keeps_limits(instance: &Instance, visits: &[Visit]) -> bool {
    use crate::domain::planner::Duty;
    let of_venue = |venue: usize| visits.iter().filter(|visit| visit.venue == venue).count();
    let overtime = |team: usize| {
        let works = |visit: &&Visit| visit.crew.includes(team);
        let calendar = &instance.teams[team].calendar;
        visits.iter().filter(works).filter(|visit| calendar[visit.day] == Duty::Overtime).count()
    };
    instance.venues.iter().enumerate().all(|(at, venue)| of_venue(at) <= venue.max_visits)
        && instance.teams.iter().enumerate().all(|(at, team)| overtime(at) <= team.overtime_max as usize)
}

/// The best objective, by trying everything.
fn best_objective(instance: &Instance) -> i64 {
    use crate::domain::planner::Duty;
    let mut options = Vec::new();
    for (at, venue) in instance.venues.iter().enumerate().filter(|(at, _)| !instance.excluded.contains(at)) {
        for day in venue.open.iter().map(|day| usize::from(*day)) {
            for crew in venue.reach.iter().map(|reach| reach.crew) {
                let visit = Visit { venue: at, day, crew };
                let is_on = crew.teams().all(|team| instance.teams[team].calendar[day] != Duty::Off);
                if is_on && !instance.fixed.contains(&visit) {
                    options.push(visit);
                }
            }
        }
    }
    let mut search = Exhaustive { instance, options, chosen: instance.fixed.clone(), best: i64::MIN };
    search.try_from(0);
    search.best
}

fn compare(seed: u64, world: World) {
    let instance = instance(seed, world);
    let plan = plan(&instance, 400);
    let best = best_objective(&instance);
    assert_eq!(plan.objective, best, "seed {seed}: {:?}", plan.visits);
    assert!(plan.bound >= best, "seed {seed}: the bound {} is below {best}", plan.bound);
    let verdict = check(&instance, &claims(&plan));
    assert_eq!(verdict.faults, [], "seed {seed}");
    assert_eq!(verdict.bound, Some(plan.bound), "seed {seed}: the judge proves the same bound");
}

#[test]
fn five_hundred_tiny_instances_are_solved_as_by_trying_everything() {
    (0..500).for_each(|seed| compare(seed, World::TINY));
}

#[test]
fn so_are_tiny_instances_with_joint_visits_pins_and_exclusions() {
    (0..200).for_each(|seed| compare(seed, World { has_wishes: true, ..World::TINY }));
}
