//! A proposal as the API shows it: dates, codes and activations in place of ids and hundredths.

use serde::Serialize;
use utoipa::ToSchema;

use super::moment;
use super::plan_body::RequestView;
use crate::domain::id::{TeamId, VenueId};
use crate::domain::proposal::{IdleTeamDays, Instead, KeptVisit, LeftOutVenue, Moved, Omission, Outcome, activations};
use crate::domain::ranking::two_decimals;
use crate::service::plans::{ListedPlan, PlanSheet, SolveProgress};

/// A proposal in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedPlanView {
    pub id: String,
    /// queued | computing | ready | failed | cancelled
    pub state: &'static str,
    pub from: String,
    pub to: String,
    pub created_at: String,
    /// Visits that are proposed; null until it is ready.
    pub visits: Option<u32>,
    /// Expected activations.
    pub expected: Option<f64>,
    /// Visits that were accepted.
    pub accepted: i64,
}

/// A proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanView {
    pub id: String,
    /// queued | computing | ready | failed | cancelled
    pub state: &'static str,
    pub request: RequestView,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<String>,
    pub keeps: bool,
    pub created_at: String,
    /// While it is computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeView>,
    pub visits: Vec<PlanVisitView>,
    /// What differs from the proposal that it keeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangesView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressView {
    /// Part of its time that is over, 0 to 1.
    pub spent: f64,
    /// Activations of the best schedule so far, less penalties.
    pub incumbent: Option<f64>,
    pub bound: Option<f64>,
}

/// What the whole is worth. Amounts are activations with two decimals.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeView {
    /// Of proposed and booked visits together.
    pub expected: f64,
    /// 90 % interval of `expected`.
    pub low: f64,
    pub high: f64,
    /// Of the booked visits alone.
    pub booked_expected: f64,
    /// Expected activations less the penalties of missed floors and pins: what was made as large as possible.
    pub objective: f64,
    /// No schedule that keeps the rules has a larger objective; proven.
    pub bound: f64,
    /// (bound − objective) / bound
    pub gap: f64,
    /// What comes of going to the highest yield first, day by day.
    pub highest_yield_first: f64,
    pub team_days: u32,
    pub used_team_days: u32,
    /// Working days on which a team without a booking stays behind, the most frequent reason first.
    pub idle: Vec<IdleView>,
    pub booked: Vec<BookedView>,
    pub missed_floors: Vec<MissedFloorView>,
    pub missed_pins: u32,
    pub left_out: Vec<LeftOutView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct IdleView {
    /// The vehicle or kit that is booked or goes with another team; null where officers are missing.
    pub unit: Option<String>,
    pub team_days: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BookedView {
    pub event: String,
    pub venue: String,
    pub date: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MissedFloorView {
    pub region: String,
    pub wanted: u32,
    pub reached: u32,
    /// What no schedule could pass.
    pub attainable: u32,
}

/// A venue without a visit, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutView {
    pub venue: String,
    pub venue_name: String,
    /// closed | `too_soon` | `out_of_reach` | `nobody_free` | beaten | excluded
    pub reason: &'static str,
    /// The last visit and the end of its gap, for `too_soon`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_visit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<String>,
    /// Minutes of the nearest team, for `out_of_reach`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_minutes: Option<u32>,
    /// The cheapest change that would include it, for `beaten`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include: Option<IncludeView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct IncludeView {
    pub date: String,
    pub teams: Vec<Option<String>>,
    /// Visits that would give way.
    pub displaced: Vec<MovedView>,
    /// Activations that the whole would lose.
    pub difference: f64,
}

/// A visit in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedView {
    pub date: String,
    pub venue: String,
    pub teams: Vec<Option<String>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesView {
    pub gone: Vec<MovedView>,
    pub new: Vec<MovedView>,
}

/// A proposed visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanVisitView {
    /// Its number, by which it is accepted.
    pub n: i64,
    pub date: String,
    pub venue: String,
    pub venue_name: String,
    /// Null stands for a team that is only supposed.
    pub teams: Vec<Option<String>>,
    pub expected: f64,
    /// pinned | kept | floor | `never_visited` | joint | overtime | yield
    pub why: Vec<&'static str>,
    /// The draft that it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl From<ListedPlan> for ListedPlanView {
    fn from(plan: ListedPlan) -> Self {
        let outcome = plan.record.outcome.as_ref();
        Self {
            id: plan.record.id.to_string(),
            state: plan.state.as_str(),
            from: plan.record.request.days.first().to_string(),
            to: plan.record.request.days.last().to_string(),
            created_at: moment(plan.record.created_at),
            visits: outcome.map(|outcome| outcome.visits),
            expected: outcome.map(|outcome| amount(outcome.gain)),
            accepted: plan.accepted,
        }
    }
}

impl From<PlanSheet> for PlanView {
    fn from(sheet: PlanSheet) -> Self {
        let namer = Namer(&sheet);
        let changes = sheet.base.as_ref().filter(|_| sheet.record.keeps && sheet.record.outcome.is_some());
        Self {
            id: sheet.record.id.to_string(),
            state: sheet.state.as_str(),
            request: RequestView::from(&sheet.record.request),
            based_on: sheet.record.based_on.map(|id| id.to_string()),
            keeps: sheet.record.keeps,
            created_at: moment(sheet.record.created_at),
            progress: sheet.progress.map(ProgressView::from),
            outcome: sheet.outcome().map(|outcome| namer.outcome(outcome)),
            visits: sheet.visits.iter().map(|kept| namer.visit(kept)).collect(),
            changes: changes.map(|base| ChangesView {
                gone: base.gone.iter().map(|moved| namer.moved(moved)).collect(),
                new: base.new.iter().map(|moved| namer.moved(moved)).collect(),
            }),
        }
    }
}

impl From<SolveProgress> for ProgressView {
    fn from(progress: SolveProgress) -> Self {
        Self {
            spent: two_decimals(progress.spent),
            incumbent: progress.incumbent.map(amount),
            bound: progress.bound.map(amount),
        }
    }
}

/// Puts codes in the place of ids.
struct Namer<'a>(&'a PlanSheet);

impl Namer<'_> {
    fn outcome(&self, outcome: &Outcome) -> OutcomeView {
        let booked = outcome.booked.iter().map(|visit| BookedView {
            event: visit.event.to_string(),
            venue: self.venue(visit.venue).0,
            date: visit.date.to_string(),
        });
        let missed = outcome.missed_floors.iter().map(|floor| MissedFloorView {
            region: floor.district.to_string(),
            wanted: floor.wanted,
            reached: floor.reached,
            attainable: floor.attainable,
        });
        OutcomeView {
            expected: amount(outcome.gain),
            low: amount(outcome.low),
            high: amount(outcome.high),
            booked_expected: amount(outcome.booked_gain),
            objective: amount(outcome.objective),
            bound: amount(outcome.bound),
            gap: outcome.gap(),
            highest_yield_first: amount(outcome.rival),
            team_days: outcome.team_days,
            used_team_days: outcome.used_team_days,
            idle: outcome.idle.iter().map(|idle| self.idle(idle)).collect(),
            booked: booked.collect(),
            missed_floors: missed.collect(),
            missed_pins: outcome.missed_pins,
            left_out: outcome.left_out.iter().map(|left| self.left_out(left)).collect(),
        }
    }

    fn idle(&self, idle: &IdleTeamDays) -> IdleView {
        let code = |unit| self.0.units.get(&unit).map(|unit| unit.code.to_string());
        IdleView { unit: idle.unit.and_then(code), team_days: idle.team_days }
    }

    fn left_out(&self, left: &LeftOutVenue) -> LeftOutView {
        let (venue, venue_name) = self.venue(left.venue);
        let mut view = LeftOutView {
            venue,
            venue_name,
            reason: left.reason.code(),
            last_visit: None,
            earliest: None,
            travel_minutes: None,
            include: None,
        };
        match &left.reason {
            Omission::TooSoon { last, earliest, .. } => {
                view.last_visit = Some(last.to_string());
                view.earliest = Some(earliest.to_string());
            }
            Omission::OutOfReach { minutes, .. } => view.travel_minutes = Some(*minutes),
            Omission::Beaten(instead) => view.include = Some(self.include(instead)),
            Omission::Closed | Omission::NobodyFree | Omission::Excluded => {}
        }
        view
    }

    fn include(&self, instead: &Instead) -> IncludeView {
        IncludeView {
            date: instead.date.to_string(),
            teams: self.teams(&instead.teams),
            displaced: instead.displaced.iter().map(|moved| self.moved(moved)).collect(),
            difference: amount(instead.difference),
        }
    }

    fn visit(&self, kept: &KeptVisit) -> PlanVisitView {
        let (venue, venue_name) = self.venue(kept.visit.venue);
        PlanVisitView {
            n: kept.n,
            date: kept.visit.date.to_string(),
            venue,
            venue_name,
            teams: self.teams(&kept.visit.teams),
            expected: amount(kept.visit.gain),
            why: kept.visit.why.iter().map(|why| why.as_str()).collect(),
            event: kept.event.map(|event| event.to_string()),
        }
    }

    fn moved(&self, moved: &Moved) -> MovedView {
        let teams = self.teams(&moved.teams);
        MovedView { date: moved.date.to_string(), venue: self.venue(moved.venue).0, teams }
    }

    /// Code and name; the id itself for what is not there, which foreign keys do not let happen.
    fn venue(&self, id: VenueId) -> (String, String) {
        let venue = self.0.venues.get(&id);
        venue.map_or_else(
            || (id.to_string(), id.to_string()),
            |venue| (venue.code.to_string(), venue.details.name.to_string()),
        )
    }

    fn teams(&self, teams: &[Option<TeamId>]) -> Vec<Option<String>> {
        let code = |id: TeamId| self.0.teams.get(&id).map_or_else(|| id.to_string(), |team| team.code.to_string());
        teams.iter().map(|team| team.map(code)).collect()
    }
}

fn amount(centi: i64) -> f64 {
    two_decimals(activations(centi))
}
