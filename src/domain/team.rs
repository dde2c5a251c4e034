//! Teams, the units they bring (vehicles, kits) and the absences of their people.

use std::str::FromStr;

use chrono::NaiveDate;

use super::code::codes;
use super::dates::{DateRange, parse_date};
use super::id::{AbsenceId, TeamId, UnitId, UserId};
use super::rule::{Check, FieldError, Rule};
use super::text::{Code, Login, Name, Note};
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

impl TeamDetails {
    /// The names of the fields in which `other` differs, as the audit trail lists them.
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let differs = [
            ("name", self.name != other.name),
            ("operators", self.operators != other.operators),
            ("capacity_per_day", self.capacity_per_day != other.capacity_per_day),
            ("base", self.base != other.base),
            ("units", self.units != other.units),
            ("members", self.members != other.members),
        ];
        differs.into_iter().filter_map(|(name, changed)| changed.then_some(name)).collect()
    }
}

/// What somebody typed about a team, by an API body or a row of a file; [`TeamInput::check`] makes a sheet of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TeamInput {
    pub name: Option<String>,
    pub operators: Option<i64>,
    pub capacity_per_day: Option<i64>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// Codes.
    pub units: Vec<String>,
    /// Logins.
    pub members: Vec<String>,
}

/// A team as people describe it: units and members by the names that they go by outside.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamSheet {
    pub name: Name,
    pub operators: i64,
    pub capacity_per_day: i64,
    pub base: Option<Position>,
    pub units: Vec<Code>,
    pub members: Vec<Login>,
}

impl TeamInput {
    /// The sheet, or every broken rule by field. Whether units and members exist is asked later.
    pub fn check(self) -> Result<TeamSheet, Vec<FieldError>> {
        let mut check = Check::new();
        let name = check.required("name", self.name, |text| text.parse());
        let operators = check.required("operators", self.operators, parse_operators);
        let capacity = check.required("capacity_per_day", self.capacity_per_day, parse_capacity);
        let base = Position::check(&mut check, self.latitude, self.longitude);
        let units = parse_list(&mut check, "units", &self.units, UNITS_MAX);
        let members = parse_list(&mut check, "members", &self.members, MEMBERS_MAX);
        let built = (|| {
            Some(TeamSheet {
                name: name?,
                operators: operators?,
                capacity_per_day: capacity?,
                base: base?,
                units: units?,
                members: members?,
            })
        })();
        check.finish(built)
    }
}

/// The parsed items of a list, none of them twice; an error names its place: `members[0]`.
fn parse_list<T: FromStr<Err = Rule> + PartialEq>(
    check: &mut Check,
    field: &str,
    items: &[String],
    max: usize,
) -> Option<Vec<T>> {
    if items.len() > max {
        check.fail(field, Rule::TooMany(max));
        return None;
    }
    let mut parsed = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let item = item.parse().and_then(|item| if parsed.contains(&item) { Err(Rule::Repeated) } else { Ok(item) });
        parsed.extend(check.field(format!("{field}[{place}]"), item));
    }
    (parsed.len() == items.len()).then_some(parsed)
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

/// What somebody typed about an absence, by an API body or a row of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AbsenceInput {
    pub login: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub reason: Option<String>,
}

/// An absence whose person is known by login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceSheet {
    pub login: Login,
    pub days: DateRange,
    pub reason: Option<Note>,
}

impl AbsenceInput {
    /// The sheet, or every broken rule by field. Whether the person exists is asked later.
    pub fn check(self) -> Result<AbsenceSheet, Vec<FieldError>> {
        let mut check = Check::new();
        let login = check.required("login", self.login, |text| text.parse());
        let from = check.required("from", self.from, |text| parse_date(&text));
        let to = check.required("to", self.to, |text| parse_date(&text));
        let reason = check.optional("reason", self.reason, |text| text.parse());
        let days = from.zip(to).and_then(|(from, to)| check.field("to", DateRange::new(from, to)));
        let built = (|| Some(AbsenceSheet { login: login?, days: days?, reason: reason? }))();
        check.finish(built)
    }
}

const UNITS_MAX: usize = 50;
const MEMBERS_MAX: usize = 200;
const OPERATORS_MAX: i64 = 50;
const CAPACITY_MAX: i64 = 5_000;

pub fn parse_operators(count: i64) -> Result<i64, Rule> {
    if (1..=OPERATORS_MAX).contains(&count) { Ok(count) } else { Err(Rule::out_of_range(1, OPERATORS_MAX)) }
}

pub fn parse_capacity(people: i64) -> Result<i64, Rule> {
    if (1..=CAPACITY_MAX).contains(&people) { Ok(people) } else { Err(Rule::out_of_range(1, CAPACITY_MAX)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors<T: std::fmt::Debug>(checked: Result<T, Vec<FieldError>>) -> Vec<String> {
        checked.unwrap_err().iter().map(|e| format!("{}: {}", e.field, e.rule)).collect()
    }

    #[test]
    fn a_team_names_every_broken_rule_and_the_place_in_its_lists() {
        let texts = |all: &[&str]| all.iter().map(|&text| text.to_owned()).collect();
        let input = TeamInput {
            operators: Some(0),
            capacity_per_day: Some(5_001),
            latitude: Some(-7.4),
            units: texts(&["MOBIL-1", "mobil 2", "MOBIL-1"]),
            members: texts(&["siti", "SITI", "b*di"]),
            ..TeamInput::default()
        };
        let expected = [
            "name: required",
            "operators: out_of_range",
            "capacity_per_day: out_of_range",
            "longitude: required",
            "units[1]: format",
            "units[2]: repeated",
            "members[1]: repeated",
            "members[2]: format",
        ];
        assert_eq!(errors(input.check()), expected);
    }

    #[test]
    fn an_absence_has_a_person_and_days_in_order() {
        let text = |text: &str| Some(text.to_owned());
        let input =
            AbsenceInput { login: text("siti"), from: text("23/11/2026"), to: text("2026-11-24"), reason: None };
        assert_eq!(input.clone().check().unwrap().days.days(), 2);
        let backwards = AbsenceInput { to: text("2026-11-22"), ..input };
        assert_eq!(errors(backwards.check()), ["to: ends_before_start"]);
        assert_eq!(errors(AbsenceInput::default().check()), ["login: required", "from: required", "to: required"]);
    }
}
