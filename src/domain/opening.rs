//! When a venue is open: by weekday, by market day, on named dates, between hours, and never inside a blackout.
//! Called by venues (to hold it), bookings (to warn) and the planner (to choose days). It has no words for people.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::calendar::{Pasaran, Weekday};
use super::dates::{DateRange, check_year, optional_time, parse_date, parse_time, print_time};
use super::rule::{Check, FieldError, Rule};

/// A venue's opening rule. Without weekdays, pasaran and dates it is open every day. Otherwise a day is open if it is one
/// of `dates`, or falls on one of the weekdays, **or** on one of the pasaran: a market with both kinds of days is held on
/// either ("every Sunday, and on Pon"), so both given are the union, never only the days on which they meet. A market held
/// on one day of the 35-day weton names its dates. A blackout closes whatever else is said; hours are only information.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "OpeningParts", into = "OpeningParts")]
pub struct OpeningRule(OpeningParts);

/// What an opening rule is made of; also its shape in JSON, where every key may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpeningParts {
    pub weekdays: BTreeSet<Weekday>,
    pub pasaran: BTreeSet<Pasaran>,
    pub dates: BTreeSet<NaiveDate>,
    pub blackouts: Vec<DateRange>,
    #[serde(with = "optional_time")]
    pub opens: Option<NaiveTime>,
    #[serde(with = "optional_time")]
    pub closes: Option<NaiveTime>,
}

/// An opening rule as the cells of a venue's row, by the names of their columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpeningCells {
    pub weekdays: String,
    pub pasaran: String,
    pub dates: String,
    pub blackout: String,
    pub opens: String,
    pub closes: String,
}

const DATES_MAX: usize = 400;
const BLACKOUTS_MAX: usize = 100;

impl OpeningRule {
    /// The rule's parts; blackouts are in order.
    pub fn parts(&self) -> &OpeningParts {
        &self.0
    }

    pub fn is_open_on(&self, date: NaiveDate) -> bool {
        let OpeningParts { weekdays, pasaran, dates, blackouts, .. } = &self.0;
        let every_day = weekdays.is_empty() && pasaran.is_empty() && dates.is_empty();
        let named =
            || dates.contains(&date) || weekdays.contains(&Weekday::of(date)) || pasaran.contains(&Pasaran::of(date));
        !blackouts.iter().any(|range| range.contains(date)) && (every_day || named())
    }

    /// Reads the cells of a row; an empty cell says nothing. Values in one cell are separated by spaces.
    pub fn from_cells(cells: &OpeningCells) -> Result<Self, Vec<FieldError>> {
        let mut check = Check::new();
        let weekdays = check.field("weekdays", list(&cells.weekdays, parse_code));
        let pasaran = check.field("pasaran", list(&cells.pasaran, parse_code));
        let dates = check.field("dates", list(&cells.dates, parse_date));
        let blackouts = check.field("blackout", list(&cells.blackout, str::parse));
        let opens = check.field("opens", time(&cells.opens));
        let closes = check.field("closes", time(&cells.closes));
        let read = weekdays.zip(pasaran).zip(dates.zip(blackouts)).zip(opens.zip(closes));
        let parts = read.map(|(((weekdays, pasaran), (dates, blackouts)), (opens, closes))| OpeningParts {
            weekdays,
            pasaran,
            dates,
            blackouts,
            opens,
            closes,
        });
        let built = parts.and_then(|parts| checked(parts, &mut check));
        check.finish(built)
    }

    /// The cells that [`OpeningRule::from_cells`] reads back as this rule.
    pub fn to_cells(&self) -> OpeningCells {
        let parts = &self.0;
        OpeningCells {
            weekdays: joined(&parts.weekdays),
            pasaran: joined(&parts.pasaran),
            dates: joined(&parts.dates),
            blackout: joined(&parts.blackouts),
            opens: parts.opens.map(print_time).unwrap_or_default(),
            closes: parts.closes.map(print_time).unwrap_or_default(),
        }
    }
}

impl TryFrom<OpeningParts> for OpeningRule {
    type Error = Rule;
    fn try_from(parts: OpeningParts) -> Result<Self, Rule> {
        let mut check = Check::new();
        let built = checked(parts, &mut check);
        check.finish(built).map_err(|errors| errors.into_iter().next().map_or(Rule::Required, |error| error.rule))
    }
}

impl From<OpeningRule> for OpeningParts {
    fn from(rule: OpeningRule) -> Self {
        rule.0
    }
}

/// The rules over the parts together: bounded lists, plausible years, and an hour of closing after that of opening.
fn checked(mut parts: OpeningParts, check: &mut Check) -> Option<OpeningRule> {
    if parts.dates.len() > DATES_MAX {
        check.fail("dates", Rule::TooMany(DATES_MAX));
    }
    if let Some(rule) = parts.dates.iter().find_map(|date| check_year(*date).err()) {
        check.fail("dates", rule);
    }
    parts.blackouts.sort_unstable();
    parts.blackouts.dedup();
    if parts.blackouts.len() > BLACKOUTS_MAX {
        check.fail("blackout", Rule::TooMany(BLACKOUTS_MAX));
    }
    if parts.opens.zip(parts.closes).is_some_and(|(opens, closes)| closes <= opens) {
        check.fail("closes", Rule::EndsBeforeStart);
    }
    check.is_clean().then_some(OpeningRule(parts))
}

fn list<T, C: FromIterator<T>>(cell: &str, parse: impl Fn(&str) -> Result<T, Rule>) -> Result<C, Rule> {
    cell.split_whitespace().map(parse).collect()
}

fn parse_code<T: FromStr<Err = Rule>>(word: &str) -> Result<T, Rule> {
    word.to_ascii_lowercase().parse()
}

fn time(cell: &str) -> Result<Option<NaiveTime>, Rule> {
    if cell.trim().is_empty() { Ok(None) } else { parse_time(cell).map(Some) }
}

fn joined<T: fmt::Display>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    fn rule(weekdays: &str, pasaran: &str, dates: &str, blackout: &str) -> OpeningRule {
        let [weekdays, pasaran, dates, blackout] = [weekdays, pasaran, dates, blackout].map(str::to_owned);
        let cells = OpeningCells { weekdays, pasaran, dates, blackout, ..OpeningCells::default() };
        OpeningRule::from_cells(&cells).unwrap()
    }

    /// Of the five weeks from Monday 16 November 2026, the days on which a rule is open.
    fn open_days(rule: &OpeningRule) -> usize {
        date("2026-11-16").iter_days().take(35).filter(|day| rule.is_open_on(*day)).count()
    }

    #[test]
    fn a_rule_that_says_nothing_is_open_every_day() {
        assert_eq!(open_days(&OpeningRule::default()), 35);
        assert_eq!(open_days(&rule("", "", "", "2026-11-17..2026-11-19")), 32);
    }

    #[test]
    fn weekdays_and_pasaran_together_mean_either() {
        assert_eq!(open_days(&rule("sun", "", "", "")), 5);
        assert_eq!(open_days(&rule("", "pon", "", "")), 7);
        let either = rule("Sun", "pon", "", "");
        assert_eq!(open_days(&either), 11, "one day of the 35 is both");
        assert!(either.is_open_on(date("2026-11-22")) && either.is_open_on(date("2026-11-17")));
        assert!(!either.is_open_on(date("2026-11-23")));
    }

    #[test]
    fn dates_alone_are_the_only_open_days_and_add_to_weekdays() {
        assert_eq!(open_days(&rule("", "", "17/11/2026 2026-11-18", "")), 2);
        assert_eq!(open_days(&rule("sun", "", "2026-11-17 2026-11-22", "")), 6);
    }

    #[test]
    fn a_blackout_closes_even_a_named_date() {
        let school = rule("mon tue wed thu fri", "", "2026-12-22", "2026-12-21..2027-01-02 2026-11-17");
        assert!(!school.is_open_on(date("2026-12-22")));
        assert!(!school.is_open_on(date("2026-11-17")));
        assert!(school.is_open_on(date("2026-12-18")));
    }

    #[test]
    fn every_wrong_cell_is_named() {
        let cells = OpeningCells {
            weekdays: "mon senin".into(),
            pasaran: "paing".into(),
            dates: "2026-13-01".into(),
            blackout: "2027-01-02..2026-12-21".into(),
            opens: "8".into(),
            closes: "25.00".into(),
        };
        let errors = OpeningRule::from_cells(&cells).unwrap_err();
        let named: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.rule.code())).collect();
        let expected = [
            ("weekdays", "unknown_code"),
            ("pasaran", "unknown_code"),
            ("dates", "format"),
            ("blackout", "ends_before_start"),
            ("opens", "format"),
            ("closes", "format"),
        ];
        assert_eq!(named, expected);
    }

    #[test]
    fn hours_take_dot_or_colon_and_run_forwards() {
        let hours = |opens: &str, closes: &str| {
            let cells = OpeningCells { opens: opens.into(), closes: closes.into(), ..OpeningCells::default() };
            OpeningRule::from_cells(&cells).map(|rule| (rule.to_cells().opens, rule.to_cells().closes))
        };
        assert_eq!(hours("01.30", "09:00"), Ok(("01:30".to_owned(), "09:00".to_owned())));
        assert_eq!(hours("", "09.00"), Ok((String::new(), "09:00".to_owned())));
        assert_eq!(hours("09.00", "09.00").unwrap_err()[0].rule, Rule::EndsBeforeStart);
    }

    #[test]
    fn json_keeps_its_shape_takes_missing_keys_and_refuses_unknown_ones() {
        let mut parts = rule("mon", "kliwon", "2026-12-01", "2026-12-21..2027-01-02").parts().clone();
        parts.opens = parse_time("05.30").ok();
        let rule = OpeningRule::try_from(parts).unwrap();
        let json = r#"{"weekdays":["mon"],"pasaran":["kliwon"],"dates":["2026-12-01"],"blackouts":[{"first":"2026-12-21","last":"2027-01-02"}],"opens":"05:30","closes":null}"#;
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
        assert_eq!(serde_json::from_str::<OpeningRule>(json).unwrap(), rule);
        assert_eq!(serde_json::from_str::<OpeningRule>("{}").unwrap(), OpeningRule::default());
        for bad in [r#"{"weekday":["mon"]}"#, r#"{"opens":"10.00","closes":"09.00"}"#, r#"{"dates":["0204-06-07"]}"#] {
            assert!(serde_json::from_str::<OpeningRule>(bad).is_err(), "{bad}");
        }
    }

    fn any_date() -> impl Strategy<Value = NaiveDate> {
        (0u64..2_000).prop_map(|days| date("2023-01-01") + Days::new(days))
    }

    fn any_range() -> impl Strategy<Value = DateRange> {
        (any_date(), 0u64..40).prop_map(|(first, days)| DateRange::new(first, first + Days::new(days)).unwrap())
    }

    fn any_hours() -> impl Strategy<Value = (Option<NaiveTime>, Option<NaiveTime>)> {
        let clock = |minutes: u32| NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0);
        let both = (0u32..1_439).prop_flat_map(|opens| (Just(opens), opens + 1..1_440));
        (both, any::<bool>(), any::<bool>())
            .prop_map(move |((opens, closes), o, c)| (clock(opens).filter(|_| o), clock(closes).filter(|_| c)))
    }

    fn any_rule() -> impl Strategy<Value = OpeningRule> {
        let days = (btree_set(select(Weekday::ALL), 0..7), btree_set(select(Pasaran::ALL), 0..5));
        let listed = (btree_set(any_date(), 0..6), vec(any_range(), 0..6));
        (days, listed, any_hours()).prop_map(|((weekdays, pasaran), (dates, blackouts), (opens, closes))| {
            OpeningParts { weekdays, pasaran, dates, blackouts, opens, closes }.try_into().unwrap()
        })
    }

    proptest! {
        #[test]
        fn what_a_rule_prints_is_read_back(rule in any_rule()) {
            prop_assert_eq!(OpeningRule::from_cells(&rule.to_cells()), Ok(rule.clone()));
            let json = serde_json::to_string(&rule).unwrap();
            prop_assert_eq!(serde_json::from_str::<OpeningRule>(&json).unwrap(), rule);
        }
    }
}
