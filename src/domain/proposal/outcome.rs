//! What a proposal consists of: visits by date with what they are expected to bring and why, venues left out with the
//! reason, floors that are missed, and what the whole is worth. Written by `scribe`, kept and shown by others.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::code::codes;
use crate::domain::id::{EventId, TeamId, UnitId, UserId, VenueId};
use crate::domain::region::RegionCode;

/// What the planner proposes. Amounts are hundredths of an activation.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub visits: Vec<ProposedVisit>,
    pub outcome: Outcome,
}

/// A visit that could be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedVisit {
    pub venue: VenueId,
    pub date: NaiveDate,
    /// None in the place of a team that is only supposed.
    pub teams: Vec<Option<TeamId>>,
    pub officers: Vec<UserId>,
    /// Expected activations.
    pub gain: i64,
    pub why: Vec<Why>,
}

codes! {
    /// What speaks for a visit, beside its yield.
    pub enum Why {
        Pinned = "pinned",
        /// It was in the proposal before.
        Kept = "kept",
        /// Without it the kecamatan would miss its floor.
        Floor = "floor",
        NeverVisited = "never_visited",
        /// Two teams, because one could not serve all who come.
        Joint = "joint",
        /// On a Saturday or Sunday.
        Overtime = "overtime",
        /// Nothing else is worth more on that day.
        Yield = "yield",
    }
}

/// Everything of a proposal but its visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Visits that are proposed.
    pub visits: u32,
    /// Expected activations of proposed and booked visits together.
    pub gain: i64,
    /// Of the booked ones alone.
    pub booked_gain: i64,
    /// The interval of `gain` that holds with 90 %.
    pub low: i64,
    pub high: i64,
    /// What was made as large as possible: the gain less the penalties of missed floors and pins.
    pub objective: i64,
    /// No plan that keeps the rules has a larger objective.
    pub bound: i64,
    /// What comes of going to the venue with the highest yield first, day by day.
    pub rival: i64,
    pub booked: Vec<Booked>,
    /// Team-days that could be used, and those that are.
    pub team_days: u32,
    pub used_team_days: u32,
    /// Team-days that could not be used, by reason.
    #[serde(default)]
    pub idle: Vec<IdleTeamDays>,
    pub districts: u32,
    pub missed_floors: Vec<MissedFloor>,
    pub left_out: Vec<LeftOutVenue>,
    /// Pins that could not be met.
    pub missed_pins: u32,
    pub passes: u64,
    pub moves: u64,
}

impl Outcome {
    /// How many activations any plan of these rules could bring more, at most; hundredths.
    pub fn slack(&self) -> i64 {
        (self.bound - self.objective).max(0)
    }

    /// The same as a fraction of the bound.
    pub fn gap(&self) -> f64 {
        if self.bound > 0 { activations(self.slack()) / activations(self.bound) } else { 0.0 }
    }
}

/// Working days on which a team that has no booking stays behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdleTeamDays {
    /// The vehicle or kit that is elsewhere; none where officers are missing.
    pub unit: Option<UnitId>,
    pub team_days: u32,
}

/// A booked visit that the proposal was made around.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    pub event: EventId,
    pub venue: VenueId,
    pub date: NaiveDate,
}

/// A kecamatan with fewer visits than wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedFloor {
    pub district: RegionCode,
    pub wanted: u32,
    pub reached: u32,
    /// What no plan could pass.
    pub attainable: u32,
}

/// A venue without a visit, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutVenue {
    pub venue: VenueId,
    pub reason: Omission,
}

/// Why a venue has no visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Omission {
    /// Not open on any day of the horizon.
    Closed,
    /// The gap after the last visit ends too late.
    TooSoon {
        last: NaiveDate,
        earliest: NaiveDate,
        gap_days: u32,
    },
    /// No team comes so far; the nearest needs so many minutes.
    OutOfReach {
        minutes: u32,
        limit: u32,
    },
    /// Teams reach it, but none is free on a day on which it is open.
    NobodyFree,
    /// The teams bring more elsewhere.
    Beaten(Instead),
    Excluded,
}

impl Omission {
    /// The stable name of the reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::TooSoon { .. } => "too_soon",
            Self::OutOfReach { .. } => "out_of_reach",
            Self::NobodyFree => "nobody_free",
            Self::Beaten(_) => "beaten",
            Self::Excluded => "excluded",
        }
    }
}

/// The cheapest way to visit it after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instead {
    pub date: NaiveDate,
    pub teams: Vec<Option<TeamId>>,
    /// Visits that would have to give way.
    pub displaced: Vec<Moved>,
    /// Hundredths of an activation that the whole would lose.
    pub difference: i64,
}

/// A visit as it was, in short.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moved {
    pub date: NaiveDate,
    pub venue: VenueId,
    pub teams: Vec<Option<TeamId>>,
}

/// Visits of an earlier proposal that are no more in a later one, and those that are new in it.
pub fn moved(earlier: &[ProposedVisit], later: &[ProposedVisit]) -> (Vec<Moved>, Vec<Moved>) {
    let short = |visits: &[ProposedVisit]| -> BTreeSet<Moved> {
        let moved = |visit: &ProposedVisit| Moved { date: visit.date, venue: visit.venue, teams: visit.teams.clone() };
        visits.iter().map(moved).collect()
    };
    let (earlier, later) = (short(earlier), short(later));
    (earlier.difference(&later).cloned().collect(), later.difference(&earlier).cloned().collect())
}

/// Hundredths of an activation as activations.
#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "sums of activations stay far below 2^53")]
pub fn activations(centi: i64) -> f64 {
    centi as f64 / 100.0
}
