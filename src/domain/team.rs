//! Teams, the units they bring (vehicles, kits) and the absences of their people.

use chrono::NaiveDate;

use super::code::codes;
use super::dates::DateRange;
use super::id::{AbsenceId, TeamId, UnitId, UserId};
use super::rule::Rule;
use super::text::{Code, Name, Note};
use super::venue::Position;

/// A team: people who travel together and serve with so many operators.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    pub id: TeamId,
    pub code: Code,
    pub details: TeamDetails,
    pub version: i64,
    pub archived: bool,
}

/// What booking and planning need of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamDetails {
    pub name: Name,
    /// People who may scan the SIAK QR code: a position serves only with one of them.
    pub operators: i64,
    /// People the team can serve on a full day: operators × rate.
    pub capacity_per_day: i64,
    /// Where the team sets out from.
    pub base: Option<Position>,
    /// Units it brings unless told otherwise.
    pub units: Vec<UnitId>,
    pub members: Vec<UserId>,
}

codes! {
    /// What a bookable unit is.
    pub enum UnitKind {
        Vehicle = "vehicle",
        /// Recording or activation kit.
        Kit = "kit",
    }
}

/// A vehicle or kit that cannot be in two places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    pub code: Code,
    pub kind: UnitKind,
    pub name: Name,
    pub version: i64,
    pub archived: bool,
}

/// Days on which a member of the staff cannot be booked, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    pub id: AbsenceId,
    pub user: UserId,
    pub days: DateRange,
    pub reason: Option<Note>,
    pub version: i64,
}

impl Absence {
    pub fn covers(&self, user: UserId, date: NaiveDate) -> bool {
        self.user == user && self.days.contains(date)
    }
}

const OPERATORS_MAX: i64 = 50;
const CAPACITY_MAX: i64 = 5_000;

pub fn parse_operators(count: i64) -> Result<i64, Rule> {
    if (1..=OPERATORS_MAX).contains(&count) { Ok(count) } else { Err(Rule::out_of_range(1, OPERATORS_MAX)) }
}

pub fn parse_capacity(people: i64) -> Result<i64, Rule> {
    if (1..=CAPACITY_MAX).contains(&people) { Ok(people) } else { Err(Rule::out_of_range(1, CAPACITY_MAX)) }
}
