//! When a digest leaves: a rhythm and an hour on the clocks of the office. Zones are names, never offsets; the holidays
//! of the office may move a letter or keep it back. A pure function from one moment to the next.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use super::period::DigestPeriod;
use crate::domain::calendar::{HolidayCalendar, Weekday};

/// On which days a digest is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    Daily,
    Weekly(Weekday),
    /// The day of the month, 1–31; in a shorter month its last.
    Monthly(u8),
}

/// The schedule of one subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestSchedule {
    pub rhythm: Rhythm,
    /// On the clocks of the office.
    pub time: NaiveTime,
    /// Nothing on Saturdays, Sundays, holidays and joint leave: a daily letter is left away, another comes on the next
    /// working day.
    pub quiet: bool,
}

/// A letter of the morning tells of the days before; from this hour on it tells of its own day, too.
const NOON: u32 = 12;

/// The longest run of days off that a letter waits for.
const WAIT_MAX: usize = 21;

/// Days ahead in which a monthly letter surely comes, however it is moved.
const AHEAD: u64 = 70;

impl Rhythm {
    pub fn period(self) -> DigestPeriod {
        match self {
            Self::Daily => DigestPeriod::Daily,
            Self::Weekly(_) => DigestPeriod::Weekly,
            Self::Monthly(_) => DigestPeriod::Monthly,
        }
    }

    fn is_due_on(self, date: NaiveDate) -> bool {
        match self {
            Self::Daily => true,
            Self::Weekly(weekday) => Weekday::of(date) == weekday,
            Self::Monthly(day) => date.day() == u32::from(day).min(u32::from(date.num_days_in_month())),
        }
    }
}

impl DigestSchedule {
    /// Days before and after a moment whose holidays [`DigestSchedule::next_after`] must be told.
    pub const LOOKS_BACK: Days = Days::new(31);
    pub const LOOKS_AHEAD: Days = Days::new(120);

    /// The first moment after `after` at which a letter leaves; none only at the end of the calendar.
    pub fn next_after(self, after: DateTime<Utc>, zone: Tz, calendar: &HolidayCalendar) -> Option<DateTime<Utc>> {
        let today = after.with_timezone(&zone).date_naive();
        // A letter that waits for a working day was due some days before.
        let from = today.checked_sub_days(Self::LOOKS_BACK).unwrap_or(today);
        let until = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
        let due = from.iter_days().take_while(|date| *date <= until).filter(|date| self.rhythm.is_due_on(*date));
        let moments = due.filter_map(|date| self.leaves_on(date, calendar)).filter_map(|date| self.moment(date, zone));
        moments.filter(|moment| *moment > after).min()
    }

    /// The last moment up to `now` at which a letter should have left; none if that was long ago.
    pub fn last_until(self, now: DateTime<Utc>, zone: Tz, calendar: &HolidayCalendar) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&zone).date_naive();
        let from = today.checked_sub_days(Days::new(AHEAD)).unwrap_or(today);
        let due = from.iter_days().take_while(|date| *date <= today).filter(|date| self.rhythm.is_due_on(*date));
        let moments = due.filter_map(|date| self.leaves_on(date, calendar)).filter_map(|date| self.moment(date, zone));
        moments.filter(|moment| *moment <= now).max()
    }

    /// The last date that the letter of `moment` tells of.
    pub fn tells_of(self, moment: DateTime<Utc>, zone: Tz) -> NaiveDate {
        let date = moment.with_timezone(&zone).date_naive();
        if self.time.hour() < NOON { date.pred_opt().unwrap_or(date) } else { date }
    }

    fn leaves_on(self, due: NaiveDate, calendar: &HolidayCalendar) -> Option<NaiveDate> {
        match (self.quiet, self.rhythm) {
            (false, _) => Some(due),
            (true, Rhythm::Daily) => calendar.is_working_day(due).then_some(due),
            (true, _) => due.iter_days().take(WAIT_MAX).find(|date| calendar.is_working_day(*date)),
        }
    }

    fn moment(self, date: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
        zone.from_local_datetime(&date.and_time(self.time)).earliest().map(|local| local.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Holiday, HolidayCells};
    use crate::domain::id::HolidayId;

    const SHIPPED: &str = include_str!("../../../config/holidays/holidays.csv");

    /// The holidays that the program ships, as an office of Central Java observes them.
    fn calendar() -> HolidayCalendar {
        let row = |line: &str| {
            let cells: [&str; 5] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
            let [date, kind, name, region, decided_on] = cells;
            let cells = HolidayCells { date, kind, name, region, decided_on };
            Holiday::parse(HolidayId(uuid::Uuid::nil()), &cells).unwrap()
        };
        HolidayCalendar::new(SHIPPED.lines().skip(1).map(row), &"33.03".parse().unwrap())
    }

    fn schedule(rhythm: Rhythm, time: &str, quiet: bool) -> DigestSchedule {
        DigestSchedule { rhythm, time: time.parse().unwrap(), quiet }
    }

    /// Every departure of a year, on the clocks of the zone.
    fn year(schedule: DigestSchedule, year: i32, zone: Tz) -> Vec<NaiveDate> {
        let (calendar, mut found) = (calendar(), Vec::new());
        let mut now: DateTime<Utc> = format!("{}-12-31T16:59:59Z", year - 1).parse().unwrap();
        while let Some(next) = schedule.next_after(now, zone, &calendar) {
            assert!(next > now);
            let local = next.with_timezone(&zone);
            assert_eq!(local.time(), schedule.time, "{next}");
            if local.year() > year {
                return found;
            }
            found.push(local.date_naive());
            now = next;
        }
        found
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_of_weekly_letters_has_one_a_week_and_none_on_a_day_off() {
        let plain = year(schedule(Rhythm::Weekly(Weekday::Monday), "07:00:00", false), 2024, Tz::Asia__Jakarta);
        assert_eq!(plain.len(), 53);
        assert!(plain.windows(2).all(|pair| pair[1] - pair[0] == chrono::TimeDelta::days(7)));
        let quiet = year(schedule(Rhythm::Weekly(Weekday::Monday), "07:00:00", true), 2024, Tz::Asia__Jakarta);
        assert!(quiet.iter().all(|date| calendar().is_working_day(*date)));
        // New Year's Day was a Monday; Lebaran kept offices closed from Monday 8 to Monday 15 April.
        assert_eq!(quiet.first(), Some(&day("2024-01-02")));
        assert!(quiet.contains(&day("2024-04-16")) && !quiet.contains(&day("2024-04-08")), "{quiet:?}");
        // Two letters that wait for the same morning are one.
        assert_eq!(quiet.len(), 52);
    }

    #[test]
    fn a_year_of_daily_letters_has_one_for_each_working_day() {
        let quiet = year(schedule(Rhythm::Daily, "16:00:00", true), 2024, Tz::Asia__Jayapura);
        let working = day("2024-01-01").iter_days().take(366).filter(|date| calendar().is_working_day(*date));
        assert_eq!(quiet, working.collect::<Vec<_>>());
        assert_eq!(year(schedule(Rhythm::Daily, "16:00:00", false), 2024, Tz::Asia__Makassar).len(), 366);
    }

    #[test]
    fn a_year_of_monthly_letters_keeps_to_short_months_and_turns_into_the_next_year() {
        let last = year(schedule(Rhythm::Monthly(31), "16:00:00", false), 2024, Tz::Asia__Jakarta);
        assert_eq!(last.len(), 12);
        assert!(last.iter().all(|date| date.day() == u32::from(date.num_days_in_month())), "{last:?}");
        let first = year(schedule(Rhythm::Monthly(1), "07:00:00", true), 2025, Tz::Asia__Jakarta);
        assert_eq!((first.len(), first[0]), (12, day("2025-01-02")));
        let (calendar, new_year) = (calendar(), "2024-12-31T23:30:00Z".parse().unwrap());
        let next = schedule(Rhythm::Monthly(1), "07:00:00", false).next_after(new_year, Tz::Asia__Jakarta, &calendar);
        // Half past six of New Year's Day in Jakarta.
        assert_eq!(next, Some("2025-01-01T00:00:00Z".parse().unwrap()));
    }

    #[test]
    fn the_hour_is_that_of_the_office() {
        let weekly = schedule(Rhythm::Weekly(Weekday::Monday), "07:00:00", false);
        let sunday = "2024-06-09T12:00:00Z".parse().unwrap();
        for (zone, moment) in [
            (Tz::Asia__Jakarta, "2024-06-10T00:00:00Z"),
            (Tz::Asia__Makassar, "2024-06-09T23:00:00Z"),
            (Tz::Asia__Jayapura, "2024-06-09T22:00:00Z"),
        ] {
            assert_eq!(weekly.next_after(sunday, zone, &calendar()), Some(moment.parse().unwrap()), "{zone}");
        }
    }

    #[test]
    fn a_morning_letter_tells_of_the_days_before_and_an_afternoon_letter_of_its_day() {
        let moment = "2024-06-10T00:00:00Z".parse().unwrap();
        let on = |time: &str| schedule(Rhythm::Daily, time, false).tells_of(moment, Tz::Asia__Jakarta);
        assert_eq!((on("07:00:00"), on("12:00:00")), (day("2024-06-09"), day("2024-06-10")));
    }

    #[test]
    fn after_a_long_outage_the_last_letter_is_the_one_that_is_due() {
        let daily = schedule(Rhythm::Daily, "16:00:00", true);
        let monday = "2024-06-10T01:00:00Z".parse().unwrap();
        let last = daily.last_until(monday, Tz::Asia__Jakarta, &calendar());
        assert_eq!(last, Some("2024-06-07T09:00:00Z".parse().unwrap()));
        assert_eq!(
            daily.next_after(last.unwrap(), Tz::Asia__Jakarta, &calendar()).unwrap(),
            last.unwrap() + chrono::TimeDelta::days(3)
        );
    }
}
