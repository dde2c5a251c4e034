//! From the ground to a proposal: the instance is built, the planner searches, its plan is put into the office's words.
//! No database and no async here: it runs on a blocking thread, in a job or in a command.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::domain::planner::Crew;
use crate::domain::planner::{
    Budget, Fault, Instance, Occupancy, Pin, Plan, Progress, Reason, Spent, Start, Visit, keep_visits, solve,
};
use crate::domain::proposal::{Brief, Ground, PlanRequest, Proposal, ProposedVisit, brief, describe};

/// How long a proposal, and one that keeps an earlier one, may take.
const PATIENCE: Duration = Duration::from_secs(6);
const PATIENCE_KEEPING: Duration = Duration::from_millis(800);

/// The same question gives the same proposal.
const SEED: u64 = 1;

/// Threads of one search; others have jobs too.
const THREADS: usize = 2;

/// How far a search is, as it is stored with its job. Amounts in hundredths of an activation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SolveProgress {
    pub passes: u64,
    pub moves: u64,
    pub incumbent: Option<i64>,
    pub bound: Option<i64>,
    /// Part of its time that is over, from 0 to 1.
    pub spent: f64,
}

/// Computes a proposal; none if `observe` said to stop. `earlier` are visits to keep.
///
/// # Errors
/// The planner's faults in our own instance: a bug.
pub fn propose(
    ground: &Ground,
    request: &PlanRequest,
    earlier: Option<&[ProposedVisit]>,
    observe: &(dyn Fn(SolveProgress) -> bool + Sync),
) -> Result<Option<Proposal>, Vec<Fault>> {
    let brief = brief(ground, request)?;
    let Some(earlier) = earlier else {
        let plan = search(&brief.instance, PATIENCE, &Start::default(), observe);
        return Ok(plan.map(|plan| describe(ground, request, &brief, &plan, &[])));
    };
    let mut wanted = visits_of(&brief, ground, earlier);
    wanted.retain(|visit| !brief.instance.pins.iter().any(|pin| stands_in_the_way(pin, visit)));
    let mut plan = search_keeping(&brief.instance, &wanted, observe)?;
    let gave_way = plan.as_ref().map(|plan| displaced_by_pins(&brief.instance, plan)).unwrap_or_default();
    if !gave_way.is_empty() {
        wanted.retain(|visit| !gave_way.contains(visit));
        plan = search_keeping(&brief.instance, &wanted, observe)?;
    }
    Ok(plan.map(|plan| describe(ground, request, &brief, &plan, &wanted)))
}

fn search_keeping(
    instance: &Instance,
    earlier: &[Visit],
    observe: &(dyn Fn(SolveProgress) -> bool + Sync),
) -> Result<Option<Plan>, Vec<Fault>> {
    let kept = keep_visits(instance, earlier)?;
    let plan = search(&kept.instance, PATIENCE_KEEPING, &Start::default(), observe);
    Ok(plan.map(|plan| {
        // Kept visits may give way to whoever asks for it: the reasons are those of the instance without them fixed.
        let left_out = Occupancy::new(instance, &plan.visits).left_out();
        Plan { left_out, ..plan }
    }))
}

/// The planner's search within a time; none if it was stopped.
fn search(
    instance: &Instance,
    patience: Duration,
    start: &Start,
    observe: &(dyn Fn(SolveProgress) -> bool + Sync),
) -> Option<Plan> {
    let began = Instant::now();
    let budget = Budget { threads: THREADS, ..Budget::for_time(instance, patience, SEED) };
    let stopped = std::sync::atomic::AtomicBool::new(false);
    let plan = solve(instance, &budget, start, &|progress: Progress| {
        let spent = began.elapsed().as_secs_f64() / patience.as_secs_f64();
        let Progress { passes, moves, incumbent, bound } = progress;
        if observe(SolveProgress { passes, moves, incumbent, bound, spent: spent.min(1.0) }) {
            return Spent(spent);
        }
        stopped.store(true, std::sync::atomic::Ordering::Relaxed);
        Spent::ALL
    });
    (!stopped.into_inner()).then_some(plan)
}

/// The visits of an earlier proposal in the words of this instance; those of venues or teams that are gone fall away.
fn visits_of(brief: &Brief, ground: &Ground, earlier: &[ProposedVisit]) -> Vec<Visit> {
    let visit = |proposed: &ProposedVisit| {
        let venue = ground.venues.iter().position(|venue| venue.id == proposed.venue)?;
        let day = usize::try_from((proposed.date - brief.first).num_days()).ok()?;
        let team = |team: &Option<_>| {
            let at = brief.teams.iter().position(|known| known.id.is_some() && known.id == *team)?;
            u16::try_from(at).ok()
        };
        let crew = match proposed.teams.as_slice() {
            [one] => Crew::one(team(one)?),
            [one, other] => Crew::pair(team(one)?, team(other)?)?,
            _ => return None,
        };
        (day < brief.instance.days).then_some(Visit { venue, day, crew })
    };
    earlier.iter().filter_map(visit).collect()
}

/// Whether a visit takes the team-day, or the venue, that a pin wishes for.
fn stands_in_the_way(pin: &Pin, visit: &Visit) -> bool {
    let same_team_day = pin.day == Some(visit.day) && pin.team.is_some_and(|team| visit.crew.includes(team));
    let same_venue = pin.venue == visit.venue && pin.day.is_some_and(|day| day != visit.day);
    same_team_day && pin.venue != visit.venue || same_venue
}

/// What the planner would take away for the pins that it could not meet beside the kept visits.
fn displaced_by_pins(instance: &Instance, plan: &Plan) -> Vec<Visit> {
    let missed = plan.pins_missed.iter().filter_map(|pin| instance.pins.get(*pin)).map(|pin| pin.venue);
    let missed: Vec<usize> = missed.collect();
    let beaten = plan.left_out.iter().filter(|left| missed.contains(&left.venue));
    let displaced = beaten.filter_map(|left| match &left.reason {
        Reason::Beaten(inclusion) => Some(inclusion.displaced.clone()),
        _ => None,
    });
    displaced.flatten().collect()
}
