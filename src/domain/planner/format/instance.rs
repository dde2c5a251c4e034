//! An instance file, `jbplan-1` or `jbplan-2`. The second adds joint visits of two teams (in reach and among fixed
//! bookings), pins and exclusions. Unknown fields are errors; fields for people are read, checked and forgotten.

use serde::Deserialize;

use super::number::{Count, Measure, Whole};
use crate::domain::planner::fault::{Fault, FaultKind, Faults};
use crate::domain::planner::instance::{Draft, Duty, Instance, Pin, Reach, Team, Venue};
use crate::domain::planner::visit::{Crew, Visit};

/// What a pin that is not met costs where a file does not say: 10,000 activations.
const PIN_PENALTY: i64 = 1_000_000;

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceFile {
    format: InstanceFormat,
    name: String,
    #[serde(rename = "unit")]
    _unit: Unit,
    #[serde(rename = "start")]
    _start: chrono::NaiveDate,
    days: Count,
    #[serde(rename = "holidays")]
    _holidays: Vec<Whole>,
    kecamatan: Vec<AreaLine>,
    shortfall_penalty: Count,
    teams: Vec<TeamLine>,
    venues: Vec<VenueLine>,
    fixed: Vec<FixedLine>,
    pins: Option<Vec<PinLine>>,
    pin_penalty: Option<Count>,
    excluded: Option<Vec<Count>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum InstanceFormat {
    #[serde(rename = "jbplan-1")]
    One,
    #[serde(rename = "jbplan-2")]
    Two,
}

#[derive(Debug, Deserialize)]
enum Unit {
    #[serde(rename = "centi-activation")]
    CentiActivation,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaLine {
    #[serde(rename = "id")]
    _id: String,
    min_visits: Count,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamLine {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "base")]
    _base: (Measure, Measure),
    #[serde(rename = "capacity")]
    _capacity: Count,
    #[serde(rename = "max_travel_min")]
    _max_travel_min: Measure,
    days: String,
    overtime_max: Count,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VenueLine {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "kind")]
    _kind: String,
    kecamatan: Count,
    #[serde(rename = "xy")]
    _xy: (Measure, Measure),
    #[serde(rename = "eligible")]
    _eligible: Count,
    #[serde(rename = "yield_shape")]
    _yield_shape: Measure,
    #[serde(rename = "yield_mean")]
    _yield_mean: Measure,
    min_gap_days: Count,
    max_visits: Count,
    last_visit: Option<Whole>,
    open: Vec<Count>,
    reach: Vec<ReachLine>,
    joint: Option<Vec<JointLine>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReachLine {
    team: Count,
    #[serde(rename = "travel_min")]
    _travel_min: Measure,
    gain: Vec<Count>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct JointLine {
    teams: (Count, Count),
    #[serde(rename = "travel_min")]
    _travel_min: Measure,
    gain: Vec<Count>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FixedLine {
    team: Option<Count>,
    teams: Option<Vec<Count>>,
    venue: Count,
    day: Count,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PinLine {
    venue: Count,
    day: Option<Count>,
    team: Option<Count>,
}

impl InstanceFile {
    /// The instance, checked; every fault with its place in the file.
    pub fn into_instance(self) -> Result<Instance, Vec<Fault>> {
        let mut faults = Faults::default();
        self.check_format(&mut faults);
        let draft = Draft {
            name: self.name,
            days: self.days.size(),
            floors: self.kecamatan.iter().map(|area| area.min_visits.0).collect(),
            shortfall_penalty: i64::from(self.shortfall_penalty.0),
            pin_penalty: self.pin_penalty.map_or(PIN_PENALTY, |penalty| i64::from(penalty.0)),
            teams: self.teams.into_iter().enumerate().map(|(at, team)| team.read(at, &mut faults)).collect(),
            venues: self.venues.into_iter().enumerate().map(|(at, venue)| venue.read(at, &mut faults)).collect(),
            fixed: self.fixed.iter().enumerate().filter_map(|(at, fixed)| fixed.read(at, &mut faults)).collect(),
            pins: self.pins.into_iter().flatten().map(|pin| pin.read()).collect(),
            excluded: self.excluded.into_iter().flatten().map(Count::size).collect(),
        };
        if faults.is_empty() { Instance::new(draft) } else { Err(faults.into_vec()) }
    }

    /// `jbplan-1` has none of what the second version adds.
    fn check_format(&self, faults: &mut Faults) {
        if self.format == InstanceFormat::Two {
            return;
        }
        let kind = || FaultKind::NotInFormat { format: "jbplan-1" };
        let wishes = [
            ("pins", self.pins.is_some()),
            ("pin_penalty", self.pin_penalty.is_some()),
            ("excluded", self.excluded.is_some()),
        ];
        for (place, _) in wishes.iter().filter(|(_, stands)| *stands) {
            faults.add(*place, kind());
        }
        for (at, _) in self.venues.iter().enumerate().filter(|(_, venue)| venue.joint.is_some()) {
            faults.add(format!("venues[{at}].joint"), kind());
        }
        for (at, _) in self.fixed.iter().enumerate().filter(|(_, fixed)| fixed.teams.is_some()) {
            faults.add(format!("fixed[{at}].teams"), kind());
        }
    }
}

impl TeamLine {
    fn read(self, at: usize, faults: &mut Faults) -> Team {
        let calendar: Option<Vec<Duty>> = self.days.chars().map(Duty::from_digit).collect();
        if calendar.is_none() {
            faults.add(format!("teams[{at}].days"), FaultKind::CalendarDigit);
        }
        Team { calendar: calendar.unwrap_or_default(), overtime_max: self.overtime_max.0 }
    }
}

impl VenueLine {
    fn read(self, at: usize, faults: &mut Faults) -> Venue {
        let mut reach = Vec::with_capacity(self.reach.len() + self.joint.as_ref().map_or(0, Vec::len));
        for line in self.reach {
            reach.push(Reach { crew: Crew::one(index(line.team)), gain: gains(&line.gain) });
        }
        for (nth, line) in self.joint.into_iter().flatten().enumerate() {
            match Crew::pair(index(line.teams.0), index(line.teams.1)) {
                Some(crew) => reach.push(Reach { crew, gain: gains(&line.gain) }),
                None => faults.add(format!("venues[{at}].joint[{nth}].teams"), FaultKind::SameTeamTwice),
            }
        }
        Venue {
            area: self.kecamatan.size(),
            min_gap: self.min_gap_days.size(),
            max_visits: self.max_visits.size(),
            last_visit: self.last_visit.map(|day| day.0),
            open: self.open.into_iter().map(index).collect(),
            reach,
        }
    }
}

impl FixedLine {
    fn read(&self, at: usize, faults: &mut Faults) -> Option<Visit> {
        let crew = match (self.team, self.teams.as_deref()) {
            (Some(team), None) | (None, Some(&[team])) => Some(Crew::one(index(team))),
            (None, Some(&[a, b])) => Crew::pair(index(a), index(b)),
            _ => None,
        };
        if crew.is_none() {
            faults.add(format!("fixed[{at}].team"), FaultKind::NoCrew);
        }
        Some(Visit { venue: self.venue.size(), day: self.day.size(), crew: crew? })
    }
}

impl PinLine {
    fn read(&self) -> Pin {
        Pin { venue: self.venue.size(), day: self.day.map(Count::size), team: self.team.map(Count::size) }
    }
}

/// A team or day; one beyond all limits stays beyond them and is refused by the instance.
fn index(number: Count) -> u16 {
    u16::try_from(number.0).unwrap_or(u16::MAX)
}

fn gains(gains: &[Count]) -> Vec<i32> {
    gains.iter().map(|gain| i32::try_from(gain.0).unwrap_or(i32::MAX)).collect()
}
