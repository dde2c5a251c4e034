//! Which days the synthetic year may use: holidays and published campaigns are left out, schools follow their terms.
//! The terms follow the pattern of Jawa Tengah and Jawa Timur (school years 2025/2026 and before; later years by pattern).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Days given from outside, and the window around today. Campaigns are the published ones of the district.
#[derive(Debug, Clone)]
pub struct ScenarioDays {
    today: NaiveDate,
    holidays: BTreeSet<NaiveDate>,
    campaigns: Vec<RangeInclusive<NaiveDate>>,
}

impl ScenarioDays {
    pub fn new(today: NaiveDate, holidays: BTreeSet<NaiveDate>, campaigns: Vec<RangeInclusive<NaiveDate>>) -> Self {
        Self { today, holidays, campaigns }
    }

    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Twelve months before today.
    pub fn first(&self) -> NaiveDate {
        self.today.checked_sub_months(Months::new(12)).unwrap_or(self.today)
    }

    /// Four weeks after today.
    pub fn last(&self) -> NaiveDate {
        plus(self.today, 28)
    }

    pub fn all(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last();
        self.first().iter_days().take_while(move |date| *date <= last)
    }

    /// True for a day on which something synthetic may happen.
    pub fn is_usable(&self, date: NaiveDate) -> bool {
        (self.first()..=self.last()).contains(&date)
            && !self.holidays.contains(&date)
            && !self.campaigns.iter().any(|campaign| campaign.contains(&date))
    }

    /// The ranges in the window when schools take no visit: holidays between terms, and exams.
    pub fn school_closures(&self) -> Vec<RangeInclusive<NaiveDate>> {
        let mut closures: Vec<RangeInclusive<NaiveDate>> = Vec::new();
        for date in self.all().filter(|date| !is_school_day(*date)) {
            match closures.last_mut() {
                Some(range) if *range.end() == plus(date, -1) => *range = *range.start()..=date,
                _ => closures.push(date..=date),
            }
        }
        closures
    }
}

/// True in term and out of exams; weekends within a term count as school days here, the weekday rule shuts them.
pub fn is_school_day(date: NaiveDate) -> bool {
    let year = date.year();
    let winter_break = monday_from(year, 12, 20);
    let summer_break = monday_from(year, 6, 20);
    let first_term = monday_from(year, 7, 8)..winter_break;
    let first_exams = plus(winter_break, -28)..=plus(winter_break, -16);
    let second_term = plus(monday_from(year - 1, 12, 20), 14)..summer_break;
    let second_exams = plus(summer_break, -21)..=plus(summer_break, -10);
    (first_term.contains(&date) && !first_exams.contains(&date))
        || (second_term.contains(&date) && !second_exams.contains(&date))
}

/// The first Monday on or after a day of the year.
fn monday_from(year: i32, month: u32, day: u32) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    start.iter_days().find(|date| date.weekday() == Weekday::Mon).unwrap_or(start)
}

/// The date some days later, or earlier.
pub fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(count) } else { date.checked_add_days(count) };
    moved.unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_terms_of_2025_and_2026_are_the_published_ones() {
        for open in ["2025-07-14", "2025-11-21", "2025-12-08", "2026-01-05", "2026-06-19", "2026-07-13", "2027-01-04"] {
            assert!(is_school_day(date(open)), "{open}");
        }
        for shut in ["2025-07-11", "2025-11-24", "2025-12-05", "2025-12-22", "2026-01-02", "2026-06-22", "2026-07-10"] {
            assert!(!is_school_day(date(shut)), "{shut}");
        }
    }

    #[test]
    fn closures_cover_exactly_the_days_without_school() {
        let days = ScenarioDays::new(date("2026-11-21"), BTreeSet::new(), Vec::new());
        let closures = days.school_closures();
        assert!(days.all().all(|day| closures.iter().any(|range| range.contains(&day)) != is_school_day(day)));
        assert!((4..10).contains(&closures.len()), "{closures:?}");
    }

    #[test]
    fn a_published_campaign_takes_its_days_out() {
        let campaign = date("2023-11-01")..=date("2023-12-31");
        let days = ScenarioDays::new(date("2024-01-20"), BTreeSet::from([date("2024-01-01")]), vec![campaign]);
        assert!(days.is_usable(date("2023-10-31")) && !days.is_usable(date("2023-11-01")));
        assert!(!days.is_usable(date("2024-01-01")) && days.is_usable(date("2024-02-17")));
        assert!(!days.is_usable(date("2024-02-18")) && !days.is_usable(date("2023-01-19")));
    }
}
