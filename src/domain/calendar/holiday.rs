//! Holidays as decrees and offices name them, and the working days that they leave.
//! Holidays warn and are counted; they never block a booking: offices do serve on holidays.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::week::Weekday;
use crate::domain::code::codes;
use crate::domain::dates::{DateRange, parse_date};
use crate::domain::id::HolidayId;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::Name;

codes! {
    pub enum HolidayKind {
        /// Libur nasional, or a regional holiday.
        PublicHoliday = "public_holiday",
        /// Cuti bersama: offices close, the day is taken from the staff's leave.
        JointLeave = "joint_leave",
    }
}

/// One day off, in one region or in the whole nation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub id: HolidayId,
    pub date: NaiveDate,
    pub kind: HolidayKind,
    pub name: Name,
    /// The region that it holds for; none for the nation.
    pub region: Option<RegionCode>,
    /// When it was decreed, if that is known.
    pub decided_on: Option<NaiveDate>,
}

/// The cells of one holiday in a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct HolidayCells<'a> {
    pub date: &'a str,
    pub kind: &'a str,
    pub name: &'a str,
    pub region: &'a str,
    pub decided_on: &'a str,
}

/// The holidays that one office observes: those of the nation, of its province and its own.
#[derive(Debug, Clone, Default)]
pub struct HolidayCalendar {
    by_date: BTreeMap<NaiveDate, Vec<Holiday>>,
}

/// One span of days, counted in the three ways in which a pace is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayCounts {
    pub calendar: i64,
    /// Monday to Friday.
    pub weekdays: i64,
    /// Weekdays less holidays and joint leave.
    pub working: i64,
}

impl Holiday {
    pub fn parse(id: HolidayId, cells: &HolidayCells<'_>) -> Result<Self, Vec<FieldError>> {
        let given = |cell: &'_ str| if cell.trim().is_empty() { None } else { Some(cell.to_owned()) };
        let mut check = Check::new();
        let date = check.field("date", parse_date(cells.date));
        let kind = check.required("kind", given(cells.kind), |kind| kind.trim().parse());
        let name = check.field("name", cells.name.parse());
        let region = check.optional("region", given(cells.region), |code| code.parse());
        let decided_on = check.optional("decided_on", given(cells.decided_on), |date| parse_date(&date));
        let built = date.zip(kind).zip(name).zip(region).zip(decided_on);
        check.finish(built.map(|((((date, kind), name), region), decided_on)| Self {
            id,
            date,
            kind,
            name,
            region,
            decided_on,
        }))
    }

    /// True if the office of `code` observes it.
    pub fn applies_to(&self, code: &RegionCode) -> bool {
        self.region.as_ref().is_none_or(|region| region.contains(code))
    }
}

impl HolidayCalendar {
    /// Keeps, of all holidays given, those that the office of `code` observes.
    pub fn new(holidays: impl IntoIterator<Item = Holiday>, code: &RegionCode) -> Self {
        let mut by_date = BTreeMap::<NaiveDate, Vec<Holiday>>::new();
        for holiday in holidays.into_iter().filter(|holiday| holiday.applies_to(code)) {
            by_date.entry(holiday.date).or_default().push(holiday);
        }
        for of_day in by_date.values_mut() {
            of_day.sort_by(|a, b| (a.kind, &a.name, a.id).cmp(&(b.kind, &b.name, b.id)));
        }
        Self { by_date }
    }

    /// The holidays of one date: public holidays first, then by name.
    pub fn on(&self, date: NaiveDate) -> impl Iterator<Item = &Holiday> {
        self.by_date.get(&date).into_iter().flatten()
    }

    /// A weekday that is neither a holiday nor joint leave.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        Weekday::of(date).is_office_day() && !self.by_date.contains_key(&date)
    }

    /// The days left: from the day after `as_of` to `last`, which is included; none once `last` has come.
    pub fn days_after(&self, as_of: NaiveDate, last: NaiveDate) -> DayCounts {
        let next = as_of.succ_opt().and_then(|next| DateRange::new(next, last).ok());
        next.map_or_else(DayCounts::default, |left| self.days_in(left))
    }

    /// The length of a window, both ends included.
    pub fn days_in(&self, window: DateRange) -> DayCounts {
        let weekdays = weekdays_in(window);
        let off =
            self.by_date.range(window.first()..=window.last()).filter(|(day, _)| Weekday::of(**day).is_office_day());
        let off = i64::try_from(off.count()).unwrap_or(i64::MAX);
        DayCounts { calendar: window.days(), weekdays, working: weekdays.saturating_sub(off) }
    }
}

/// Mondays to Fridays of a window: five for each whole week, and those of the days left over.
fn weekdays_in(window: DateRange) -> i64 {
    let weeks = window.days() / 7;
    let rest = window.iter().take(7).zip(0..window.days() % 7).filter(|(day, _)| Weekday::of(*day).is_office_day());
    weeks * 5 + i64::try_from(rest.count()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::{Days, Utc};
    use proptest::prelude::*;

    use super::*;

    const SHIPPED: &str = include_str!("../../../config/holidays/holidays.csv");

    fn date(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    fn id(number: u32) -> HolidayId {
        HolidayId(uuid::Uuid::from_u128(number.into()))
    }

    /// The shipped holidays. No cell of the file is quoted, which the split relies on.
    fn shipped() -> Vec<Holiday> {
        assert!(!SHIPPED.contains('"'), "a quoted cell: split with a CSV reader");
        let mut lines = SHIPPED.lines();
        assert_eq!(lines.next(), Some("date,kind,name,region,decided_on"));
        let row = |(number, line): (u32, &str)| {
            let cells: [&str; 5] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
            let [date, kind, name, region, decided_on] = cells;
            Holiday::parse(id(number), &HolidayCells { date, kind, name, region, decided_on }).unwrap()
        };
        (0..).zip(lines).map(row).collect()
    }

    fn calendar() -> HolidayCalendar {
        HolidayCalendar::new(shipped(), &"33.03".parse().unwrap())
    }

    fn holiday(number: u32, day: &str, region: &str) -> Holiday {
        let cells = HolidayCells { date: day, kind: "public_holiday", name: "Libur", region, decided_on: "" };
        Holiday::parse(id(number), &cells).unwrap()
    }

    #[test]
    fn the_shipped_years_have_the_decreed_numbers_of_days() {
        let mut counts = BTreeMap::<(String, HolidayKind), usize>::new();
        for holiday in shipped() {
            *counts.entry((holiday.date.format("%Y").to_string(), holiday.kind)).or_default() += 1;
        }
        let of = |year: &str| {
            [HolidayKind::PublicHoliday, HolidayKind::JointLeave].map(|kind| counts[&(year.to_owned(), kind)])
        };
        assert_eq!(of("2023"), [16, 11]);
        assert_eq!(of("2024"), [19, 10]);
        assert_eq!(of("2025"), [17, 11]);
        assert_eq!(of("2026"), [17, 8]);
        assert_eq!(of("2027"), [18, 8]);
    }

    #[test]
    fn shipped_days_are_decided_before_they_come_and_stand_once() {
        let holidays = shipped();
        assert!(holidays.iter().all(|h| h.decided_on.is_none_or(|decided| decided < h.date)));
        assert!(holidays.windows(2).all(|pair| pair[0].date < pair[1].date));
        let undecided = holidays.iter().filter(|h| h.decided_on.is_none());
        assert!(undecided.map(|h| h.date).all(|day| day >= date("2027-01-01")));
    }

    #[test]
    fn purbalingga_had_147_weekdays_and_141_working_days_left_in_june_2024() {
        let left = calendar().days_after(date("2024-06-07"), date("2024-12-31"));
        assert_eq!(left, DayCounts { calendar: 207, weekdays: 147, working: 141 });
    }

    #[test]
    fn a_window_counts_both_ends_and_days_left_exclude_the_day_they_are_counted_on() {
        let window = calendar().days_in("2023-11-01..2023-12-31".parse().unwrap());
        assert_eq!(window, DayCounts { calendar: 61, weekdays: 43, working: 41 });
        assert_eq!(calendar().days_after(date("2024-02-27"), date("2024-12-31")).calendar, 308);
        assert_eq!(calendar().days_after(date("2024-12-30"), date("2024-12-31")).working, 1);
        assert_eq!(calendar().days_after(date("2024-12-31"), date("2024-12-31")), DayCounts::default());
        assert_eq!(calendar().days_after(date("2025-03-01"), date("2024-12-31")), DayCounts::default());
    }

    #[test]
    fn an_office_observes_the_nation_its_province_and_itself() {
        let given = ["", "33", "33.03", "33.04", "35", "33.03.05"];
        let given = (0..).zip(given).map(|(number, region)| holiday(number, "2026-11-20", region));
        let calendar = HolidayCalendar::new(given, &"33.03".parse().unwrap());
        let observed: Vec<_> = calendar.on(date("2026-11-20")).map(|h| h.id).collect();
        assert_eq!(observed, [id(0), id(1), id(2)]);
        assert!(!calendar.is_working_day(date("2026-11-20")));
        assert!(calendar.is_working_day(date("2026-11-19")));
        assert_eq!(calendar.on(date("2026-11-19")).count(), 0);
    }

    #[test]
    fn joint_leave_is_no_working_day_and_neither_is_a_saturday() {
        assert!(!calendar().is_working_day(date("2024-12-26")));
        assert!(!calendar().is_working_day(date("2024-12-28")));
        assert!(calendar().is_working_day(date("2024-12-27")));
    }

    #[test]
    fn every_wrong_cell_is_named() {
        let cells = HolidayCells { date: "17-08-2026", kind: "libur", name: " ", region: "3303", decided_on: "besok" };
        let errors = Holiday::parse(HolidayId::new(chrono::DateTime::<Utc>::UNIX_EPOCH), &cells).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.rule.code())).collect();
        let expected = [
            ("date", "format"),
            ("kind", "unknown_code"),
            ("name", "required"),
            ("region", "format"),
            ("decided_on", "format"),
        ];
        assert_eq!(fields, expected);
    }

    proptest! {
        #[test]
        fn counting_agrees_with_walking(start in 0u64..1_800, length in 0u64..400) {
            let first = date("2023-01-01") + Days::new(start);
            let window = DateRange::new(first, first + Days::new(length)).unwrap();
            let calendar = calendar();
            let count = |days: usize| i64::try_from(days).unwrap();
            let expected = DayCounts {
                calendar: count(window.iter().count()),
                weekdays: count(window.iter().filter(|day| Weekday::of(*day).is_office_day()).count()),
                working: count(window.iter().filter(|day| calendar.is_working_day(*day)).count()),
            };
            prop_assert_eq!(calendar.days_in(window), expected);
        }
    }
}
