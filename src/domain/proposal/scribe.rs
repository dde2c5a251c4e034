//! Puts what the planner found into the office's words: visits with their reasons, venues left out with theirs, and what
//! the whole is worth with its interval, bound and rival.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::baseline::top_yield_first;
use super::brief::Brief;
use super::ground::Ground;
use super::outcome::{
    Booked, IdleTeamDays, Instead, LeftOutVenue, MissedFloor, Moved, Omission, Outcome, Proposal, ProposedVisit, Why,
    activations,
};
use super::request::PlanRequest;
use super::spacing::default_gap;
use super::staffing::Stay;
use crate::domain::calendar::Weekday;
use crate::domain::id::{TeamId, UnitId, VenueId};
use crate::domain::planner::{Crew, Duty, Inclusion, LeftOut, Plan, Reason, Visit};

/// Of a normal distribution nine tenths lie within so many deviations.
const NINE_TENTHS: f64 = 1.645;

/// Puts a plan into words of the office. `kept` are visits that an earlier proposal had.
pub fn describe(ground: &Ground, request: &PlanRequest, brief: &Brief, plan: &Plan, kept: &[Visit]) -> Proposal {
    let scribe = Scribe { ground, request, brief, plan, kept };
    let (fixed, proposed): (Vec<Visit>, Vec<Visit>) =
        plan.visits.iter().copied().partition(|visit| brief.fixed.contains_key(visit));
    let mut visits: Vec<ProposedVisit> = proposed.iter().filter_map(|visit| scribe.visit(visit)).collect();
    visits.sort_by_key(|visit| (visit.date, visit.teams.clone(), visit.venue));
    let booked_gain = fixed.iter().map(|visit| scribe.gain(visit)).sum();
    let (low, high) = scribe.interval();
    let outcome = Outcome {
        visits: count(visits.len()),
        gain: plan.gain,
        booked_gain,
        low,
        high,
        objective: plan.objective,
        bound: plan.bound,
        rival: top_yield_first(&brief.instance),
        booked: scribe.booked(),
        team_days: scribe.team_days(),
        idle: scribe.idle(),
        used_team_days: count(plan.visits.iter().map(|visit| visit.crew.teams().count()).sum()),
        districts: count(brief.instance.floors.iter().filter(|floor| **floor > 0).count()),
        missed_floors: scribe.missed_floors(),
        left_out: scribe.left_out(),
        missed_pins: count(plan.pins_missed.len() + brief.vain_pins),
        passes: plan.effort.passes,
        moves: plan.effort.moves,
    };
    Proposal { visits, outcome }
}

struct Scribe<'a> {
    ground: &'a Ground,
    request: &'a PlanRequest,
    brief: &'a Brief,
    plan: &'a Plan,
    kept: &'a [Visit],
}

impl Scribe<'_> {
    fn visit(&self, visit: &Visit) -> Option<ProposedVisit> {
        let (venue, date) = (*self.brief.venues.get(visit.venue)?, self.brief.date(visit.day));
        let teams = self.teams(visit.crew);
        let crew = |team: &TeamId| self.brief.staffing.crews.get(&(*team, date)).cloned().unwrap_or_default();
        let officers = teams.iter().flatten().flat_map(crew).collect();
        Some(ProposedVisit { venue, date, officers, gain: self.gain(visit), why: self.why(visit, venue), teams })
    }

    fn why(&self, visit: &Visit, venue: VenueId) -> Vec<Why> {
        let nth = self.nth(visit);
        let instance = &self.brief.instance;
        let pinned = instance.pins.iter().any(|pin| pin.is_met_by(visit, nth));
        let area = instance.venues.get(visit.venue).map(|venue| venue.area);
        let in_area = |other: &Visit| instance.venues.get(other.venue).map(|venue| venue.area) == area;
        let visits = self.plan.visits.iter().filter(|other| in_area(other)).count();
        let floor = area.and_then(|area| instance.floors.get(area)).copied().unwrap_or_default();
        let never = nth == 0 && !self.ground.last_visits.contains_key(&venue);
        let overtime = visit.crew.teams().any(|team| {
            let duty = instance.teams.get(team).and_then(|team| team.calendar.get(visit.day));
            duty == Some(&Duty::Overtime)
        });
        let reasons = [
            (Why::Pinned, pinned),
            (Why::Kept, self.kept.contains(visit)),
            (Why::Floor, floor > 0 && count(visits) <= floor),
            (Why::NeverVisited, never),
            (Why::Joint, visit.crew.is_joint()),
            (Why::Overtime, overtime),
        ];
        let mut why: Vec<Why> = reasons.into_iter().filter_map(|(why, holds)| holds.then_some(why)).collect();
        if why.is_empty() {
            why.push(Why::Yield);
        }
        why
    }

    /// The place of a visit among those of its venue, from 0.
    fn nth(&self, visit: &Visit) -> usize {
        self.plan.visits.iter().filter(|other| other.venue == visit.venue && other.day < visit.day).count()
    }

    fn gain(&self, visit: &Visit) -> i64 {
        self.brief.instance.gain(visit.venue, visit.crew, self.nth(visit)).unwrap_or_default()
    }

    fn teams(&self, crew: Crew) -> Vec<Option<TeamId>> {
        crew.teams().map(|team| self.brief.teams.get(team).and_then(|team| team.id)).collect()
    }

    /// Counts of venues vary by themselves, those of one venue together: its forecast is wrong for all its visits alike.
    fn interval(&self) -> (i64, i64) {
        let mut by_venue: BTreeMap<usize, f64> = BTreeMap::new();
        for visit in &self.plan.visits {
            let shape = self.brief.forecasts.get(visit.venue).map_or(1.0, |forecast| forecast.shape);
            let mean = activations(self.gain(visit));
            *by_venue.entry(visit.venue).or_default() += (mean + mean * mean / shape.max(0.01)).sqrt();
        }
        let variance: f64 = by_venue.values().map(|deviation| deviation * deviation).sum();
        let (mean, reach) = (activations(self.plan.gain), NINE_TENTHS * variance.sqrt());
        (centi((mean - reach).max(0.0)), centi(mean + reach))
    }

    fn booked(&self) -> Vec<Booked> {
        let fixed = self.brief.fixed.iter().filter_map(|(visit, event)| {
            let venue = *self.brief.venues.get(visit.venue)?;
            Some(Booked { event: *event, venue, date: self.brief.date(visit.day) })
        });
        let beside = self.brief.beside.values().flatten();
        let beside = beside.map(|visit| Booked { event: visit.event, venue: visit.venue, date: visit.date });
        let mut booked: Vec<Booked> = fixed.chain(beside).collect();
        booked.sort_by_key(|visit| (visit.date, visit.venue, visit.event));
        booked
    }

    /// Regular days of all teams, and as many days off as overtime allows.
    fn team_days(&self) -> u32 {
        let of_team = |team: &crate::domain::planner::Team| {
            let days = |wanted: Duty| count(team.calendar.iter().filter(|duty| **duty == wanted).count());
            days(Duty::Regular) + days(Duty::Overtime).min(team.overtime_max)
        };
        self.brief.instance.teams.iter().map(of_team).sum()
    }

    /// Team-days of working days that nothing is booked on and that cannot be used, the most frequent reason first.
    fn idle(&self) -> Vec<IdleTeamDays> {
        let works =
            |date: NaiveDate| Weekday::of(date).is_office_day() && self.ground.calendar.on(date).next().is_none();
        let mut by_unit: BTreeMap<Option<UnitId>, u32> = BTreeMap::new();
        for ((_, date), stay) in &self.brief.staffing.stays {
            let unit = match stay {
                Stay::Booked => continue,
                Stay::Unit(unit) => Some(*unit),
                Stay::Officers => None,
            };
            *by_unit.entry(unit).or_default() += u32::from(works(*date));
        }
        let mut idle: Vec<IdleTeamDays> =
            by_unit.into_iter().map(|(unit, team_days)| IdleTeamDays { unit, team_days }).collect();
        idle.retain(|idle| idle.team_days > 0);
        idle.sort_by_key(|idle| (Reverse(idle.team_days), idle.unit));
        idle
    }

    fn missed_floors(&self) -> Vec<MissedFloor> {
        let missed = self.plan.floors_missed.iter().filter_map(|floor| {
            let district = self.brief.districts.get(floor.area)?.clone();
            Some(MissedFloor { district, wanted: floor.wanted, reached: floor.reached, attainable: floor.attainable })
        });
        missed.collect()
    }

    /// Venues without a visit; one that is booked in the horizon is none of them.
    fn left_out(&self) -> Vec<LeftOutVenue> {
        let all = self.plan.left_out.iter().filter(|left| !self.brief.beside.contains_key(&left.venue));
        all.filter_map(|left| {
            Some(LeftOutVenue { venue: *self.brief.venues.get(left.venue)?, reason: self.reason(left)? })
        })
        .collect()
    }

    fn reason(&self, left: &LeftOut) -> Option<Omission> {
        let venue = self.ground.venues.get(left.venue)?;
        let minutes = self.brief.nearest.get(left.venue).copied().flatten().unwrap_or_default();
        Some(match &left.reason {
            Reason::Closed => Omission::Closed,
            Reason::TooSoon { .. } => {
                let last = *self.ground.last_visits.get(&venue.id)?;
                let gap = default_gap(venue.details.kind);
                let earliest = last.checked_add_days(chrono::Days::new(u64::try_from(gap).ok()?))?;
                Omission::TooSoon { last, earliest, gap_days: count(gap) }
            }
            Reason::OutOfReach { teams: 0 } => Omission::OutOfReach { minutes, limit: self.request.travel },
            Reason::OutOfReach { .. } => Omission::NobodyFree,
            Reason::Beaten(inclusion) => Omission::Beaten(self.instead(inclusion)?),
            Reason::Excluded => Omission::Excluded,
        })
    }

    fn instead(&self, inclusion: &Inclusion) -> Option<Instead> {
        let displaced: Option<Vec<Moved>> = inclusion.displaced.iter().map(|visit| self.short(visit)).collect();
        Some(Instead {
            date: self.brief.date(inclusion.visit.day),
            teams: self.teams(inclusion.visit.crew),
            displaced: displaced?,
            difference: inclusion.difference,
        })
    }

    fn short(&self, visit: &Visit) -> Option<Moved> {
        let venue = *self.brief.venues.get(visit.venue)?;
        Some(Moved { date: self.brief.date(visit.day), venue, teams: self.teams(visit.crew) })
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[allow(clippy::as_conversions, clippy::cast_possible_truncation, reason = "clamped to what fits just before")]
fn centi(activations: f64) -> i64 {
    (activations * 100.0).round().clamp(0.0, 1e15) as i64
}
