//! How often a digest comes, and the days that one of a given date tells of. The same date gives the same days, whether
//! the schedule or a person asked for the letter.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::calendar::HolidayCalendar;
use crate::domain::code::codes;
use crate::domain::dates::DateRange;
use crate::domain::rule::Rule;

codes! {
    /// How often a digest comes.
    pub enum DigestPeriod {
        Daily = "daily",
        Weekly = "weekly",
        Monthly = "monthly",
    }
}

/// So many days off in a row are told of by the daily letter that follows them; more has never been decreed.
const DAYS_OFF_MAX: usize = 14;

impl DigestPeriod {
    /// The days that the letter of `on` tells of, `on` being the last: for a daily one the day itself and the days off right
    /// before it, for a weekly one seven days, for a monthly one the calendar month so far.
    ///
    /// # Errors
    /// For a date of a year that [`DateRange`] does not take.
    pub fn days(self, on: NaiveDate, calendar: &HolidayCalendar) -> Result<DateRange, Rule> {
        let first = match self {
            Self::Daily => before_days_off(on, calendar),
            Self::Weekly => on.checked_sub_days(Days::new(6)),
            Self::Monthly => on.with_day(1),
        };
        DateRange::new(first.unwrap_or(on), on)
    }

    /// The days that a letter of `on` compares with: the seven days before, the same days of the month before. A single day
    /// is compared with nothing.
    pub fn days_before(self, on: NaiveDate) -> Option<DateRange> {
        let (first, last) = match self {
            Self::Daily => return None,
            Self::Weekly => (on.checked_sub_days(Days::new(13))?, on.checked_sub_days(Days::new(7))?),
            Self::Monthly => {
                let last = on.checked_sub_months(Months::new(1))?;
                (last.with_day(1)?, last)
            }
        };
        DateRange::new(first, last).ok()
    }
}

/// Monday to Sunday of the week after the one of `on`.
///
/// # Errors
/// For a date of a year that [`DateRange`] does not take.
pub fn week_after(on: NaiveDate) -> Result<DateRange, Rule> {
    let next = on.week(chrono::Weekday::Mon).last_day().succ_opt().unwrap_or(on);
    let week = next.week(chrono::Weekday::Mon);
    DateRange::new(week.first_day(), week.last_day())
}

fn before_days_off(on: NaiveDate, calendar: &HolidayCalendar) -> Option<NaiveDate> {
    let days_off = on.iter_days().rev().skip(1).take(DAYS_OFF_MAX);
    days_off.take_while(|day| !calendar.is_working_day(*day)).last().or(Some(on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Holiday, HolidayCells};
    use crate::domain::id::HolidayId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(holidays: &[&str]) -> HolidayCalendar {
        let holiday = |date: &&str| {
            let cells =
                HolidayCells { date, kind: "public_holiday", name: "Libur", region: "", decided_on: "2024-01-01" };
            Holiday::parse(HolidayId(uuid::Uuid::nil()), &cells).unwrap()
        };
        HolidayCalendar::new(holidays.iter().map(holiday), &"33.03".parse().unwrap())
    }

    fn days(period: DigestPeriod, on: &str, holidays: &[&str]) -> String {
        period.days(day(on), &calendar(holidays)).unwrap().to_string()
    }

    #[test]
    fn a_daily_letter_tells_of_its_day_and_of_the_days_off_before_it() {
        assert_eq!(days(DigestPeriod::Daily, "2024-06-07", &[]), "2024-06-07");
        assert_eq!(days(DigestPeriod::Daily, "2024-06-10", &[]), "2024-06-08..2024-06-10");
        // Iduladha on Monday: the letter of Tuesday tells of four days.
        assert_eq!(days(DigestPeriod::Daily, "2024-06-18", &["2024-06-17"]), "2024-06-15..2024-06-18");
    }

    #[test]
    fn a_weekly_letter_tells_of_seven_days_and_a_monthly_one_of_the_month_so_far() {
        assert_eq!(days(DigestPeriod::Weekly, "2024-06-07", &[]), "2024-06-01..2024-06-07");
        assert_eq!(days(DigestPeriod::Monthly, "2024-06-07", &[]), "2024-06-01..2024-06-07");
        assert_eq!(days(DigestPeriod::Monthly, "2024-02-29", &[]), "2024-02-01..2024-02-29");
        assert_eq!(days(DigestPeriod::Weekly, "2025-01-02", &[]), "2024-12-27..2025-01-02");
    }

    #[test]
    fn it_compares_with_the_week_before_and_with_the_same_days_of_the_month_before() {
        let before = |period: DigestPeriod, on| period.days_before(day(on)).map(|days| days.to_string());
        assert_eq!(before(DigestPeriod::Daily, "2024-06-07"), None);
        assert_eq!(before(DigestPeriod::Weekly, "2024-06-07").unwrap(), "2024-05-25..2024-05-31");
        assert_eq!(before(DigestPeriod::Monthly, "2024-06-07").unwrap(), "2024-05-01..2024-05-07");
        assert_eq!(before(DigestPeriod::Monthly, "2024-03-31").unwrap(), "2024-02-01..2024-02-29");
        assert_eq!(before(DigestPeriod::Monthly, "2025-01-15").unwrap(), "2024-12-01..2024-12-15");
    }

    #[test]
    fn the_week_after_begins_on_the_next_monday() {
        for (on, week) in [
            ("2024-06-07", "2024-06-10..2024-06-16"),
            ("2024-06-09", "2024-06-10..2024-06-16"),
            ("2024-06-10", "2024-06-17..2024-06-23"),
            ("2024-12-27", "2024-12-30..2025-01-05"),
        ] {
            assert_eq!(week_after(day(on)).unwrap().to_string(), week, "{on}");
        }
    }
}
