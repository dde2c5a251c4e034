//! What a coordinator asks of the planner. Everything but the days has a sensible default, so that one click suffices.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::dates::{DateRange, parse_date};
use crate::domain::region::{RegionCode, RegionLevel};
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::Code;
use crate::domain::venue::VenueKind;

/// The longest horizon.
pub const HORIZON_MAX: i64 = 366;

const FLOOR_MAX: i64 = 20;
const OVERTIME_MAX: i64 = 60;
const TRAVEL_MAX: i64 = 240;
const EXTRA_TEAMS_MAX: i64 = 5;
const LIST_MAX: usize = 200;

const FLOOR_DEFAULT: u32 = 1;
const OVERTIME_DEFAULT: u32 = 2;
const TRAVEL_DEFAULT: u32 = 90;

/// A checked request; whether its teams, venues and kecamatan exist is asked when the ground is laid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRequest {
    pub days: DateRange,
    /// Empty: every team in use.
    pub teams: BTreeSet<Code>,
    /// Empty: every kind.
    pub kinds: BTreeSet<VenueKind>,
    /// Visits wanted at least in each kecamatan that has a venue to visit.
    pub floor: u32,
    /// Other floors of single kecamatan.
    pub floors: BTreeMap<RegionCode, u32>,
    /// Saturdays and Sundays that each team may work.
    pub overtime: u32,
    /// Minutes one way that a team travels at most.
    pub travel: u32,
    pub pins: Vec<PinWish>,
    pub excluded: BTreeSet<Code>,
    /// What if: so many teams more, like the largest one. Their visits can be looked at, not booked.
    pub extra_teams: u32,
}

/// A wish for one venue: on that day, by that team, or at all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PinWish {
    pub venue: Code,
    pub date: Option<NaiveDate>,
    pub team: Option<Code>,
}

/// A request as typed, by an API body, a form or the command line. What is missing takes its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanInput {
    pub from: Option<String>,
    pub to: Option<String>,
    pub teams: Option<Vec<String>>,
    pub kinds: Option<Vec<String>>,
    pub floor: Option<i64>,
    pub floors: Option<Vec<FloorInput>>,
    pub overtime: Option<i64>,
    pub travel: Option<i64>,
    pub pins: Option<Vec<PinInput>>,
    pub excluded: Option<Vec<String>>,
    pub extra_teams: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FloorInput {
    pub region: String,
    pub visits: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PinInput {
    pub venue: String,
    pub date: Option<String>,
    pub team: Option<String>,
}

/// The whole month after the one that `today` lies in.
pub fn next_month(today: NaiveDate) -> Result<DateRange, Rule> {
    let first = today.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    let last = first.and_then(|first| first.checked_add_months(Months::new(1))).and_then(|next| next.pred_opt());
    let (first, last) = first.zip(last).unwrap_or((today, today));
    DateRange::new(first, last)
}

impl PlanRequest {
    /// These days, with the defaults of everything else.
    pub fn over(days: DateRange) -> Self {
        Self {
            days,
            teams: BTreeSet::new(),
            kinds: BTreeSet::new(),
            floor: FLOOR_DEFAULT,
            floors: BTreeMap::new(),
            overtime: OVERTIME_DEFAULT,
            travel: TRAVEL_DEFAULT,
            pins: Vec::new(),
            excluded: BTreeSet::new(),
            extra_teams: 0,
        }
    }

    /// The floor of one kecamatan.
    pub fn floor_of(&self, district: &RegionCode) -> u32 {
        self.floors.get(district).copied().unwrap_or(self.floor)
    }
}

impl PlanInput {
    /// What is missing here as it was in an earlier request; days that are past by now fall away.
    pub fn or(self, base: &PlanRequest, today: NaiveDate) -> Self {
        let texts = |codes: &BTreeSet<Code>| codes.iter().map(ToString::to_string).collect();
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        let first = base.days.first().max(tomorrow.min(base.days.last()));
        let floor = |(region, visits): (&RegionCode, &u32)| FloorInput {
            region: region.to_string(),
            visits: i64::from(*visits),
        };
        let pin = |pin: &PinWish| PinInput {
            venue: pin.venue.to_string(),
            date: pin.date.map(|date| date.to_string()),
            team: pin.team.as_ref().map(ToString::to_string),
        };
        let lies_ahead = |pin: &&PinWish| pin.date.is_none_or(|date| date >= first);
        Self {
            from: self.from.or_else(|| Some(first.to_string())),
            to: self.to.or_else(|| Some(base.days.last().to_string())),
            teams: self.teams.or_else(|| Some(texts(&base.teams))),
            kinds: self.kinds.or_else(|| Some(base.kinds.iter().map(ToString::to_string).collect())),
            floor: self.floor.or(Some(i64::from(base.floor))),
            floors: self.floors.or_else(|| Some(base.floors.iter().map(floor).collect())),
            overtime: self.overtime.or(Some(i64::from(base.overtime))),
            travel: self.travel.or(Some(i64::from(base.travel))),
            pins: self.pins.or_else(|| Some(base.pins.iter().filter(lies_ahead).map(pin).collect())),
            excluded: self.excluded.or_else(|| Some(texts(&base.excluded))),
            extra_teams: self.extra_teams.or(Some(i64::from(base.extra_teams))),
        }
    }

    /// The request, or every broken rule by field. Days begin tomorrow at the earliest: today's teams are on their way.
    pub fn check(self, today: NaiveDate) -> Result<PlanRequest, Vec<FieldError>> {
        let mut check = Check::new();
        let days = check_days(&mut check, self.from, self.to, today);
        let teams = codes(&mut check, "teams", &self.teams.unwrap_or_default());
        let kinds = check.field("kinds", self.kinds.unwrap_or_default().iter().map(|kind| kind.parse()).collect());
        let mut number = |field: &'static str, value: Option<i64>, max, default| {
            check.optional(field, value, |value| in_range(value, max)).map(|value| value.unwrap_or(default))
        };
        let floor = number("floor", self.floor, FLOOR_MAX, FLOOR_DEFAULT);
        let overtime = number("overtime_days", self.overtime, OVERTIME_MAX, OVERTIME_DEFAULT);
        let travel = number("max_travel_minutes", self.travel, TRAVEL_MAX, TRAVEL_DEFAULT);
        let extra_teams = number("extra_teams", self.extra_teams, EXTRA_TEAMS_MAX, 0);
        let floors = check_floors(&mut check, &self.floors.unwrap_or_default());
        let pins = check_pins(&mut check, self.pins.unwrap_or_default(), days);
        let excluded = codes(&mut check, "excluded", &self.excluded.unwrap_or_default());
        let built = (|| {
            Some(PlanRequest {
                days: days?,
                teams: teams?,
                kinds: kinds?,
                floor: floor?,
                floors: floors?,
                overtime: overtime?,
                travel: travel?,
                pins: pins?,
                excluded: excluded?,
                extra_teams: extra_teams?,
            })
        })();
        check.finish(built)
    }
}

fn check_days(check: &mut Check, from: Option<String>, to: Option<String>, today: NaiveDate) -> Option<DateRange> {
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let from = check.required("from", from, |text| {
        let date = parse_date(&text)?;
        if date >= tomorrow { Ok(date) } else { Err(Rule::out_of_range(tomorrow, "2199-12-31")) }
    });
    let to = check.required("to", to, |text| parse_date(&text));
    let days = check.field("to", DateRange::new(from?, to?))?;
    let last = || days.first().checked_add_days(Days::new(HORIZON_MAX.unsigned_abs() - 1)).unwrap_or(days.first());
    let fits = if days.days() <= HORIZON_MAX { Ok(days) } else { Err(Rule::out_of_range(days.first(), last())) };
    check.field("to", fits)
}

fn check_floors(check: &mut Check, floors: &[FloorInput]) -> Option<BTreeMap<RegionCode, u32>> {
    let mut read = BTreeMap::new();
    if floors.len() > LIST_MAX {
        check.fail("floors", Rule::TooMany(LIST_MAX));
    }
    for (place, floor) in floors.iter().take(LIST_MAX).enumerate() {
        let region = check.field(format!("floors[{place}].region"), parse_district(&floor.region));
        let visits = check.field(format!("floors[{place}].visits"), in_range(floor.visits, FLOOR_MAX));
        if let Some((region, visits)) = region.zip(visits)
            && read.insert(region, visits).is_some()
        {
            check.fail(format!("floors[{place}].region"), Rule::Repeated);
        }
    }
    check.is_clean().then_some(read)
}

fn check_pins(check: &mut Check, pins: Vec<PinInput>, days: Option<DateRange>) -> Option<Vec<PinWish>> {
    if pins.len() > LIST_MAX {
        check.fail("pins", Rule::TooMany(LIST_MAX));
    }
    let mut read = Vec::new();
    for (place, pin) in pins.into_iter().take(LIST_MAX).enumerate() {
        let venue = check.field(format!("pins[{place}].venue"), pin.venue.parse());
        let date = check.optional(format!("pins[{place}].date"), pin.date, |text| {
            let date = parse_date(&text)?;
            match days {
                Some(days) if !days.contains(date) => Err(Rule::out_of_range(days.first(), days.last())),
                _ => Ok(date),
            }
        });
        let team = check.optional(format!("pins[{place}].team"), pin.team, |text| text.parse());
        read.extend((|| Some(PinWish { venue: venue?, date: date?, team: team? }))());
    }
    check.is_clean().then_some(read)
}

fn codes(check: &mut Check, field: &str, texts: &[String]) -> Option<BTreeSet<Code>> {
    if texts.len() > LIST_MAX {
        check.fail(field, Rule::TooMany(LIST_MAX));
        return None;
    }
    let each = texts.iter().enumerate();
    let read: Vec<Option<Code>> =
        each.map(|(place, text)| check.field(format!("{field}[{place}]"), text.parse())).collect();
    read.into_iter().collect()
}

fn parse_district(text: &str) -> Result<RegionCode, Rule> {
    let code: RegionCode = text.parse()?;
    if code.level() == RegionLevel::District { Ok(code) } else { Err(Rule::Format { example: "33.03.05" }) }
}

fn in_range(value: i64, max: i64) -> Result<u32, Rule> {
    let fits = (0..=max).contains(&value).then(|| u32::try_from(value).ok()).flatten();
    fits.ok_or_else(|| Rule::out_of_range(0, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(from: &str, to: &str) -> PlanInput {
        PlanInput { from: Some(from.to_owned()), to: Some(to.to_owned()), ..PlanInput::default() }
    }

    fn errors(input: PlanInput) -> Vec<String> {
        let errors = input.check(day("2026-11-21")).unwrap_err();
        errors.iter().map(|error| format!("{}: {}", error.field, error.rule.code())).collect()
    }

    #[test]
    fn days_alone_are_enough_and_next_month_is_the_whole_of_it() {
        let asked = days("2026-12-01", "2026-12-31").check(day("2026-11-21")).unwrap();
        assert_eq!(asked, PlanRequest::over(next_month(day("2026-11-21")).unwrap()));
        let after = next_month(day("2027-01-31")).unwrap();
        assert_eq!((after.first(), after.last()), (day("2027-02-01"), day("2027-02-28")));
    }

    #[test]
    fn a_horizon_begins_tomorrow_at_the_earliest_and_lasts_a_year_at_most() {
        assert_eq!(errors(days("2026-11-21", "2026-12-01")), ["from: out_of_range"]);
        assert_eq!(errors(days("2026-12-01", "2026-11-30")), ["to: ends_before_start"]);
        assert_eq!(errors(days("2026-12-01", "2027-12-02")), ["to: out_of_range"]);
        assert_eq!(errors(PlanInput::default()), ["from: required", "to: required"]);
    }

    #[test]
    fn what_is_not_said_again_stays_as_it_was_asked_before() {
        let before =
            PlanInput { overtime: Some(0), excluded: Some(vec!["V-1".to_owned()]), ..days("2026-12-01", "2026-12-31") };
        let before = before.check(day("2026-11-21")).unwrap();
        let again = PlanInput { extra_teams: Some(1), ..PlanInput::default() };
        let later = again.clone().or(&before, day("2026-11-30")).check(day("2026-11-30")).unwrap();
        assert_eq!(later, PlanRequest { extra_teams: 1, ..before.clone() });
        let in_between = again.or(&before, day("2026-12-10")).check(day("2026-12-10")).unwrap();
        assert_eq!(in_between.days.first(), day("2026-12-11"));
    }

    #[test]
    fn every_broken_rule_is_named_by_its_place() {
        let input = PlanInput {
            kinds: Some(vec!["castle".to_owned()]),
            floor: Some(-1),
            floors: Some(vec![FloorInput { region: "33.03".to_owned(), visits: 21 }]),
            overtime: Some(61),
            pins: Some(vec![PinInput { venue: "V 1".to_owned(), date: Some("2027-01-01".to_owned()), team: None }]),
            excluded: Some(vec![String::new()]),
            extra_teams: Some(6),
            ..days("2026-12-01", "2026-12-31")
        };
        let expected = [
            "kinds: unknown_code",
            "floor: out_of_range",
            "overtime_days: out_of_range",
            "extra_teams: out_of_range",
            "floors[0].region: format",
            "floors[0].visits: out_of_range",
            "pins[0].venue: format",
            "pins[0].date: out_of_range",
            "excluded[0]: required",
        ];
        assert_eq!(errors(input), expected);
    }
}
