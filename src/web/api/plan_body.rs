//! What a proposal is asked with, and how it is shown: dates, codes and activations in place of ids and hundredths.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moment;
use crate::domain::id::{TeamId, VenueId};
use crate::domain::proposal::{
    FloorInput, Instead, KeptVisit, LeftOutVenue, Moved, Omission, Outcome, PinInput, PlanInput, PlanRequest,
    activations,
};
use crate::domain::ranking::two_decimals;
use crate::service::plans::{AskPlan, ListedPlan, PlanSheet, SolveProgress};

/// A request as it is sent. Only `from` and `to` are needed; with `based_on` all that is missing is as it was there.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": "2026-12-01", "to": "2026-12-31", "floor": 1, "overtime_days": 2,
    "pins": [{"venue": "V-007", "date": "2026-12-10", "team": "T-1"}], "excluded": ["V-012"]}))]
pub struct PlanBody {
    /// Tomorrow or later.
    pub from: Option<String>,
    /// At most 366 days in all.
    pub to: Option<String>,
    /// Codes; none: every team in use.
    pub teams: Option<Vec<String>>,
    /// Kinds of venues; none: every kind.
    pub kinds: Option<Vec<String>>,
    /// Visits wanted at least in each kecamatan (1).
    pub floor: Option<i64>,
    /// Other floors of single kecamatan.
    pub floors: Option<Vec<FloorBody>>,
    /// Saturdays and Sundays that each team may work (2).
    pub overtime_days: Option<i64>,
    /// One way (90).
    pub max_travel_minutes: Option<i64>,
    /// This venue: at all, on this day, by this team.
    pub pins: Option<Vec<PinBody>>,
    /// Codes of venues that get no visit.
    pub excluded: Option<Vec<String>>,
    /// What if: so many teams more, like the largest one (0).
    pub extra_teams: Option<i64>,
    /// An earlier proposal.
    pub based_on: Option<String>,
    /// Visits of the earlier proposal stay where they still can.
    pub keeps: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FloorBody {
    /// A kecamatan.
    pub region: String,
    pub visits: i64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinBody {
    pub venue: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
}

/// Which visits to accept.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"visits": [0, 1, 4]}))]
pub struct AcceptBody {
    /// Their numbers; without them every visit that can be accepted.
    pub visits: Option<Vec<i64>>,
}

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
pub struct RequestView {
    pub from: String,
    pub to: String,
    pub teams: Vec<String>,
    pub kinds: Vec<&'static str>,
    pub floor: u32,
    pub floors: Vec<FloorBody>,
    pub overtime_days: u32,
    pub max_travel_minutes: u32,
    pub pins: Vec<PinBody>,
    pub excluded: Vec<String>,
    pub extra_teams: u32,
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
    pub booked: Vec<BookedView>,
    pub missed_floors: Vec<MissedFloorView>,
    pub missed_pins: u32,
    pub left_out: Vec<LeftOutView>,
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

impl TryFrom<PlanBody> for AskPlan {
    type Error = crate::domain::rule::Rule;
    fn try_from(body: PlanBody) -> Result<Self, Self::Error> {
        let floor = |floor: FloorBody| FloorInput { region: floor.region, visits: floor.visits };
        let pin = |pin: PinBody| PinInput { venue: pin.venue, date: pin.date, team: pin.team };
        let input = PlanInput {
            from: body.from,
            to: body.to,
            teams: body.teams,
            kinds: body.kinds,
            floor: body.floor,
            floors: body.floors.map(|floors| floors.into_iter().map(floor).collect()),
            overtime: body.overtime_days,
            travel: body.max_travel_minutes,
            pins: body.pins.map(|pins| pins.into_iter().map(pin).collect()),
            excluded: body.excluded,
            extra_teams: body.extra_teams,
        };
        let based_on = body.based_on.map(|id| id.parse()).transpose()?;
        Ok(Self { input, based_on, keeps: body.keeps.unwrap_or_default() })
    }
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

impl From<&PlanRequest> for RequestView {
    fn from(request: &PlanRequest) -> Self {
        let floors = request.floors.iter();
        let floors = floors.map(|(region, visits)| FloorBody { region: region.to_string(), visits: (*visits).into() });
        let pins = request.pins.iter().map(|pin| PinBody {
            venue: pin.venue.to_string(),
            date: pin.date.map(|date| date.to_string()),
            team: pin.team.as_ref().map(ToString::to_string),
        });
        Self {
            from: request.days.first().to_string(),
            to: request.days.last().to_string(),
            teams: request.teams.iter().map(ToString::to_string).collect(),
            kinds: request.kinds.iter().map(|kind| kind.as_str()).collect(),
            floor: request.floor,
            floors: floors.collect(),
            overtime_days: request.overtime,
            max_travel_minutes: request.travel,
            pins: pins.collect(),
            excluded: request.excluded.iter().map(ToString::to_string).collect(),
            extra_teams: request.extra_teams,
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
            booked: booked.collect(),
            missed_floors: missed.collect(),
            missed_pins: outcome.missed_pins,
            left_out: outcome.left_out.iter().map(|left| self.left_out(left)).collect(),
        }
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
