//! The ways to plan a week that are compared: what is believed of the venues, and how visits are chosen by it.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use jemputbola::domain::dates::DateRange;
use jemputbola::domain::planner::{Budget, Crew, Duty, Instance, Spent, Start, Visit, solve};
use jemputbola::domain::proposal::{Brief, PlanRequest, brief};
use jemputbola::domain::ranking::{Forecast, estimate};

use super::office::{Office, monday};
use super::score::plain_means;

/// One way to plan.
#[derive(Debug)]
pub struct Policy {
    pub name: &'static str,
    /// How the picture shows it; none if it is left to the table.
    pub drawn: Option<Drawn>,
    believes: Belief,
    chooses: Choice,
}

/// A line of the picture.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    pub name: &'static str,
    pub colour: &'static str,
    /// How far below the end of the line its name stands: lines may end at nearly one height.
    pub below: f64,
}

#[derive(Debug, Clone, Copy)]
pub enum Belief {
    /// The mean of a venue's counts; of its kind's, before the first.
    Mean,
    /// The estimate that the product stores.
    Estimate,
    /// The truth, which nobody has.
    Truth,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Choice {
    /// The planner over so many weeks, of which the first is carried out.
    Planner(u32),
    /// Day by day the free team and open venue that bring most.
    Greedy,
    /// Whoever was visited longest ago.
    RoundRobin,
}

/// Where in the list the one is that the others are compared with, and the one that the picture takes as 100.
pub const OURS: usize = 0;
pub const TOP_YIELD: usize = 4;

pub const POLICIES: [Policy; 8] = [
    policy("ours: estimate, planner", Belief::Estimate, Choice::Planner(4), Some(drawn("ours", "#1f5fa8", -3.0))),
    policy("estimate, planner of one week", Belief::Estimate, Choice::Planner(1), None),
    policy("estimate, greedy", Belief::Estimate, Choice::Greedy, Some(drawn("greedy", "#3a9d5d", 10.0))),
    policy("plain mean, planner", Belief::Mean, Choice::Planner(4), None),
    policy("top yield first", Belief::Mean, Choice::Greedy, Some(drawn("top yield first", "#777777", 4.0))),
    policy("round robin", Belief::Mean, Choice::RoundRobin, Some(drawn("round robin", "#c0632b", 4.0))),
    policy("truth, greedy", Belief::Truth, Choice::Greedy, None),
    policy("truth, planner", Belief::Truth, Choice::Planner(4), Some(drawn("truth known", "#000000", 4.0))),
];

const fn policy(name: &'static str, believes: Belief, chooses: Choice, drawn: Option<Drawn>) -> Policy {
    Policy { name, drawn, believes, chooses }
}

const fn drawn(name: &'static str, colour: &'static str, below: f64) -> Drawn {
    Drawn { name, colour, below }
}

/// Steps of the solver; more find nothing better in so short a plan.
const STEPS: u64 = 400;

/// The shape of a forecast that nobody doubts.
const CERTAIN: f64 = 1e6;

impl Policy {
    /// The visits of a week, and the week as the planner would be asked for it, to judge them by. Before the first results
    /// everybody believes the product's rough guess by kind.
    pub fn plan(&self, office: &mut Office, week: u32) -> (Vec<Visit>, Brief) {
        let forecasts = if office.has_results() { self.believes.forecasts(office) } else { Vec::new() };
        office.ground.forecasts = office.by_venue(forecasts);
        let this_week = brief_of(office, week, 1);
        let visits = match self.chooses {
            Choice::Planner(weeks) => {
                let mut visits = planned(&brief_of(office, week, weeks).instance);
                visits.retain(|visit| visit.day < this_week.instance.days);
                visits
            }
            Choice::Greedy => greedy(&this_week.instance),
            Choice::RoundRobin => round_robin(&this_week, office),
        };
        (visits, this_week)
    }
}

impl Belief {
    fn forecasts(self, office: &Office) -> Vec<Forecast> {
        match self {
            Self::Mean => {
                let means = plain_means(&office.histories).into_iter();
                means.map(|mean| Forecast { shape: CERTAIN, mean, eligible_left: None }).collect()
            }
            Self::Estimate => {
                estimate(&office.histories).unwrap().venues.into_iter().map(|estimate| estimate.forecast).collect()
            }
            Self::Truth => office.truth(),
        }
    }
}

/// So many weeks from this one on, as the page asks the planner for them, without floors and overtime: the same days for all.
fn brief_of(office: &Office, week: u32, weeks: u32) -> Brief {
    let last = monday(week + weeks) - Days::new(1);
    let days = DateRange::new(monday(week), last).unwrap();
    let request = PlanRequest { floor: 0, overtime: 0, ..PlanRequest::over(days) };
    brief(&office.ground, &request).unwrap()
}

fn planned(instance: &Instance) -> Vec<Visit> {
    let budget = Budget { steps: STEPS, seed: 1, threads: 1 };
    solve(instance, &budget, &Start::default(), &|_| Spent::NOTHING).visits
}

/// Day by day, of all free teams and open venues the pair that brings most goes first.
fn greedy(instance: &Instance) -> Vec<Visit> {
    choose(instance, |visit, so_far| instance.gain(visit.venue, visit.crew, so_far).unwrap())
}

/// The venue that was visited longest ago; the largest team goes first.
fn round_robin(brief: &Brief, office: &Office) -> Vec<Visit> {
    let since = |venue: usize| {
        let last = office.ground.last_visits.get(&brief.venues[venue]).copied().unwrap_or(NaiveDate::MIN);
        (brief.first - last).num_days()
    };
    choose(&brief.instance, |visit, _| since(visit.venue))
}

/// Fills each day: of all visits that are possible the worthiest is made, until no team is free. Of equals the first team
/// and venue, so that the answer is always the same.
fn choose(instance: &Instance, worth: impl Fn(&Visit, usize) -> i64) -> Vec<Visit> {
    let mut chosen: Vec<Visit> = Vec::new();
    for day in 0..instance.days {
        let on_duty = |team: &usize| instance.teams[*team].calendar[day] == Duty::Regular;
        let mut free: Vec<usize> = (0..instance.teams.len()).filter(on_duty).collect();
        loop {
            let visits = free.iter().flat_map(|team| {
                let crew = Crew::one(*team as u16);
                (0..instance.venues.len()).map(move |venue| Visit { venue, day, crew })
            });
            let possible = visits.filter(|visit| is_possible(instance, &chosen, visit));
            let visits_to = |venue: usize| chosen.iter().filter(|other| other.venue == venue).count();
            let worthiest = |visit: &Visit| (worth(visit, visits_to(visit.venue)), Reverse((visit.crew, visit.venue)));
            let Some(best) = possible.max_by_key(worthiest) else { break };
            free.retain(|team| !best.crew.includes(*team));
            chosen.push(best);
        }
    }
    chosen
}

/// Open, in reach, rested, and not visited too often.
fn is_possible(instance: &Instance, chosen: &[Visit], visit: &Visit) -> bool {
    let venue = &instance.venues[visit.venue];
    let mut others = chosen.iter().filter(|other| other.venue == visit.venue);
    venue.open.binary_search(&(visit.day as u16)).is_ok()
        && venue.reach.iter().any(|reach| reach.crew == visit.crew)
        && others.clone().count() < venue.max_visits
        && others.all(|other| other.day.abs_diff(visit.day) >= venue.min_gap)
}
