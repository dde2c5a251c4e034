//! Dates and hours as people and files write them, and ranges of days.
//! Everything that reads a date from outside parses it here; how a date is shown to people is `wording`'s.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::rule::Rule;

/// Days from `first` to `last`, both included; `last` is never before `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct DateRange {
    first: NaiveDate,
    last: NaiveDate,
}

/// The shape of a range in JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    first: NaiveDate,
    last: NaiveDate,
}

impl DateRange {
    pub fn new(first: NaiveDate, last: NaiveDate) -> Result<Self, Rule> {
        check_year(first)?;
        check_year(last)?;
        if first <= last { Ok(Self { first, last }) } else { Err(Rule::EndsBeforeStart) }
    }

    pub fn first(self) -> NaiveDate {
        self.first
    }

    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// Length in days, both ends counted.
    pub fn days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }

    /// Every day of the range, in order.
    pub fn iter(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |day| *day <= self.last)
    }
}

/// `2026-12-21..2027-01-02`, or a single date.
impl FromStr for DateRange {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        Self::new(parse_date(first)?, parse_date(last)?)
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}

impl TryFrom<Ends> for DateRange {
    type Error = Rule;
    fn try_from(ends: Ends) -> Result<Self, Rule> {
        Self::new(ends.first, ends.last)
    }
}

impl From<DateRange> for Ends {
    fn from(range: DateRange) -> Self {
        Self { first: range.first, last: range.last }
    }
}

/// Dates outside these years are slips of the pen (0204-06-07), and near the calendar's end sums of days would overflow.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Refuses a date of a year that nobody plans or remembers.
pub fn check_year(date: NaiveDate) -> Result<NaiveDate, Rule> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(Rule::out_of_range("1900-01-01", "2199-12-31")) }
}

/// A date as `2024-06-07` or `07/06/2024` (day first, as the country writes it).
pub fn parse_date(text: &str) -> Result<NaiveDate, Rule> {
    const BAD: Rule = Rule::Format { example: "2024-06-07" };
    let text = text.trim();
    if text.is_empty() {
        return Err(Rule::Required);
    }
    let parts: Vec<&str> = if text.contains('/') { text.split('/').rev().collect() } else { text.split('-').collect() };
    let [year, month, day] = parts.as_slice() else { return Err(BAD) };
    let date = digits(year, 4)
        .zip(digits(month, 2))
        .zip(digits(day, 2))
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day));
    date.ok_or(BAD).and_then(check_year)
}

/// An hour as `08.00` or `08:00`.
pub fn parse_time(text: &str) -> Result<NaiveTime, Rule> {
    const BAD: Rule = Rule::Format { example: "08.00" };
    let text = text.trim();
    if text.is_empty() {
        return Err(Rule::Required);
    }
    let (hours, minutes) = text.split_once(['.', ':']).ok_or(BAD)?;
    let hours = digits(hours, 2).or_else(|| digits(hours, 1));
    hours.zip(digits(minutes, 2)).and_then(|(hours, minutes)| NaiveTime::from_hms_opt(hours, minutes, 0)).ok_or(BAD)
}

/// An hour as files and JSON hold it: `08:00`.
pub fn print_time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// For `#[serde(with = "optional_time")]`: an hour as `08:00` (read as `08.00`, too), or null.
pub mod optional_time {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
        time.map(super::print_time).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| super::parse_time(&text)).transpose().map_err(serde::de::Error::custom)
    }
}

/// The number written by exactly `length` ASCII digits.
fn digits(text: &str, length: usize) -> Option<u32> {
    let good = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn a_date_is_written_year_first_or_day_first() {
        assert_eq!(date("2024-06-07"), NaiveDate::from_ymd_opt(2024, 6, 7).unwrap());
        assert_eq!(date(" 07/06/2024 "), date("2024-06-07"));
        assert_eq!(parse_date(""), Err(Rule::Required));
        for bad in ["2024-6-7", "07-06-2024", "2024/06/07", "2023-02-29", "07/06/24", "+024-06-07", "2024-06", "besok"]
        {
            assert_eq!(parse_date(bad), Err(Rule::Format { example: "2024-06-07" }), "{bad}");
        }
        assert_eq!(parse_date("07/06/0204").unwrap_err().code(), "out_of_range");
    }

    #[test]
    fn an_hour_is_written_with_a_dot_or_a_colon() {
        assert_eq!(parse_time("08.00"), parse_time("08:00"));
        assert_eq!(parse_time("7.30").map(print_time), Ok("07:30".to_owned()));
        for bad in ["0800", "08", "24.00", "08.60", "08.0", "8:00:00", "-8.00"] {
            assert_eq!(parse_time(bad), Err(Rule::Format { example: "08.00" }), "{bad}");
        }
    }

    #[test]
    fn a_range_counts_both_ends_and_never_runs_backwards() {
        let campaign: DateRange = "2023-11-01..2023-12-31".parse().unwrap();
        assert_eq!(campaign.days(), 61);
        assert_eq!(campaign.iter().count(), 61);
        assert!(campaign.contains(date("2023-12-31")) && !campaign.contains(date("2024-01-01")));
        assert_eq!("17/08/2026".parse::<DateRange>().map(DateRange::days), Ok(1));
        assert_eq!("2026-12-21..2026-12-20".parse::<DateRange>(), Err(Rule::EndsBeforeStart));
        assert!("2026-12-21...2026-12-22".parse::<DateRange>().is_err());
    }

    #[test]
    fn a_range_in_json_is_checked_as_one_in_a_cell() {
        let range: DateRange = serde_json::from_str(r#"{"first":"2026-12-21","last":"2027-01-02"}"#).unwrap();
        assert_eq!(range.to_string(), "2026-12-21..2027-01-02");
        assert!(serde_json::from_str::<DateRange>(r#"{"first":"2027-01-02","last":"2026-12-21"}"#).is_err());
    }

    proptest! {
        #[test]
        fn what_a_range_prints_is_read_back(start in 0u32..100_000, length in 0u32..800) {
            let first = date("1901-01-01") + chrono::Days::new(start.into());
            let range = DateRange::new(first, first + chrono::Days::new(length.into())).unwrap();
            prop_assert_eq!(range.to_string().parse::<DateRange>(), Ok(range));
        }
    }
}
