//! What a proposal is asked with and which of its visits are accepted, as it is sent, and the request as it was understood.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::proposal::{FloorInput, PinInput, PlanInput, PlanRequest};
use crate::service::plans::AskPlan;

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
