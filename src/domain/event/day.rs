//! The days of an event and the slots that it reserves on them. Hours are information; slots are what clashes.

use std::collections::BTreeSet;
use std::ops::Deref;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};

use crate::domain::code::codes;
use crate::domain::dates::check_year;
use crate::domain::rule::{Check, FieldError, Rule};

/// The longest event.
pub const MAX_DAYS: usize = 60;

codes! {
    /// A part of the day that can be reserved once, in the order of the day.
    pub enum Slot {
        /// To 09.00: markets are over by then.
        Dawn = "dawn",
        /// 09.00 to 12.00.
        Morning = "morning",
        /// 12.00 to 17.00.
        Afternoon = "afternoon",
        /// From 17.00.
        Evening = "evening",
    }
}

impl Slot {
    /// The slot that a moment of the local day lies in.
    pub fn at(time: NaiveTime) -> Self {
        match time.hour() {
            0..=8 => Self::Dawn,
            9..=11 => Self::Morning,
            12..=16 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// The slots that the hours from `starts` to just before `ends` touch; at least the one of `starts`. Hours that end at
    /// midnight last to the end of the day.
    pub fn covering(starts: NaiveTime, ends: NaiveTime) -> BTreeSet<Self> {
        let (just_before, _) = ends.overflowing_sub_signed(TimeDelta::nanoseconds(1));
        let last = Self::at(just_before.max(starts));
        Self::ALL.iter().copied().filter(|slot| (Self::at(starts)..=last).contains(slot)).collect()
    }
}

/// One day of an event: at least one slot, and the hours if they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDay {
    date: NaiveDate,
    slots: BTreeSet<Slot>,
    starts: Option<NaiveTime>,
    ends: Option<NaiveTime>,
}

impl EventDay {
    /// Fails on `slots` if there are none, and on `ends` if it is not after `starts`.
    pub fn new(
        date: NaiveDate,
        slots: BTreeSet<Slot>,
        starts: Option<NaiveTime>,
        ends: Option<NaiveTime>,
    ) -> Result<Self, Vec<FieldError>> {
        let mut check = Check::new();
        if slots.is_empty() {
            check.fail("slots", Rule::Required);
        }
        if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
            check.fail("ends", Rule::EndsBeforeStart);
        }
        check.finish(Some(Self { date, slots, starts, ends }))
    }

    pub fn date(&self) -> NaiveDate {
        self.date
    }

    pub fn slots(&self) -> &BTreeSet<Slot> {
        &self.slots
    }

    pub fn starts(&self) -> Option<NaiveTime> {
        self.starts
    }

    pub fn ends(&self) -> Option<NaiveTime> {
        self.ends
    }
}

/// The days of one event: 1 to [`MAX_DAYS`], by date, each date once. Reads as a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDays(Vec<EventDay>);

impl EventDays {
    /// Sorts the days. Names the day that repeats a date by its place in the input.
    pub fn new(mut days: Vec<EventDay>) -> Result<Self, Vec<FieldError>> {
        let mut check = Check::new();
        match days.len() {
            0 => check.fail("days", Rule::Required),
            1..=MAX_DAYS => {}
            _ => check.fail("days", Rule::TooMany(MAX_DAYS)),
        }
        let mut seen = BTreeSet::new();
        for (place, day) in days.iter().enumerate() {
            if !seen.insert(day.date) {
                check.fail(format!("days[{place}].date"), Rule::Repeated);
            }
        }
        days.sort_by_key(EventDay::date);
        check.finish(Some(Self(days)))
    }

    /// The same days, so many days later (earlier if negative).
    pub fn shifted(&self, by: TimeDelta) -> Result<Self, Rule> {
        let shift = |day: &EventDay| {
            let date = day.date.checked_add_signed(by).ok_or(Rule::out_of_range("1900-01-01", "2199-12-31"));
            date.and_then(check_year).map(|date| EventDay { date, ..day.clone() })
        };
        self.0.iter().map(shift).collect::<Result<_, _>>().map(Self)
    }

    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        self.0.iter().map(EventDay::date)
    }

    pub fn contains_date(&self, date: NaiveDate) -> bool {
        self.0.binary_search_by_key(&date, EventDay::date).is_ok()
    }

    pub fn any_before(&self, date: NaiveDate) -> bool {
        self.dates().any(|day| day < date)
    }

    pub fn any_after(&self, date: NaiveDate) -> bool {
        self.dates().any(|day| day > date)
    }
}

impl Deref for EventDays {
    type Target = [EventDay];
    fn deref(&self) -> &[EventDay] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    fn day(date: &str) -> EventDay {
        EventDay::new(date.parse().unwrap(), [Slot::Morning].into(), None, None).unwrap()
    }

    #[test]
    fn hours_propose_the_slots_that_they_touch() {
        use Slot::{Afternoon, Dawn, Evening, Morning};
        for (starts, ends, slots) in [
            (at(5, 0), at(9, 0), vec![Dawn]),
            (at(8, 0), at(12, 0), vec![Dawn, Morning]),
            (at(9, 0), at(12, 0), vec![Morning]),
            (at(9, 0), at(12, 1), vec![Morning, Afternoon]),
            (at(8, 59), at(17, 30), vec![Dawn, Morning, Afternoon, Evening]),
            (at(16, 0), at(0, 0), vec![Afternoon, Evening]),
            (at(10, 0), at(8, 0), vec![Morning]),
        ] {
            assert_eq!(Slot::covering(starts, ends), slots.into_iter().collect(), "{starts}-{ends}");
        }
    }

    #[test]
    fn days_are_sorted_and_a_repeated_date_is_named_by_its_place() {
        let days = EventDays::new(vec![day("2026-11-23"), day("2026-11-21")]).unwrap();
        assert_eq!(days.first().unwrap().date(), "2026-11-21".parse::<NaiveDate>().unwrap());
        assert!(
            days.contains_date("2026-11-23".parse().unwrap()) && !days.contains_date("2026-11-22".parse().unwrap())
        );
        let repeated = EventDays::new(vec![day("2026-11-21"), day("2026-11-21")]);
        assert_eq!(repeated, Err(vec![FieldError::new("days[1].date", Rule::Repeated)]));
    }

    #[test]
    fn days_move_together_and_never_out_of_the_calendar() {
        let days = EventDays::new(vec![day("2026-11-21"), day("2026-11-23")]).unwrap();
        let later: Vec<String> = days.shifted(TimeDelta::days(7)).unwrap().dates().map(|d| d.to_string()).collect();
        assert_eq!(later, ["2026-11-28", "2026-11-30"]);
        assert!(days.shifted(TimeDelta::days(365 * 200)).is_err() && days.shifted(TimeDelta::MAX).is_err());
    }

    #[test]
    fn an_event_has_one_to_sixty_days() {
        let first: NaiveDate = "2026-11-21".parse().unwrap();
        let some = |n| EventDays::new(first.iter_days().take(n).map(|d| day(&d.to_string())).collect());
        assert_eq!(some(0), Err(vec![FieldError::new("days", Rule::Required)]));
        assert!(some(1).is_ok() && some(60).is_ok());
        assert_eq!(some(61), Err(vec![FieldError::new("days", Rule::TooMany(60))]));
    }

    #[test]
    fn a_day_needs_a_slot_and_ends_after_it_starts() {
        let date = "2026-11-21".parse().unwrap();
        let errors = EventDay::new(date, BTreeSet::new(), Some(at(9, 0)), Some(at(9, 0))).unwrap_err();
        assert_eq!(errors, [FieldError::new("slots", Rule::Required), FieldError::new("ends", Rule::EndsBeforeStart)]);
    }
}
