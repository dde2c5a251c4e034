//! What a coordinator should know about a booking, or about what was counted, without being stopped by it.
//! The caller looks up holidays and opening hours; nothing here knows a calendar, a venue or a team.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::day::{EventDay, Slot};
use crate::domain::code::codes;
use crate::domain::outcome::{Counts, Outcome};

codes! {
    /// What is warned of; each has a message of its own.
    pub enum WarningCode {
        /// Args: `name`.
        Holiday = "holiday",
        /// Cuti bersama. Args: `name`.
        JointLeave = "joint_leave",
        /// Args: `venue`.
        VenueClosed = "venue_closed",
        FridayPrayer = "friday_prayer",
        /// The host expects more than the teams can serve. Args: `expected`, `capacity`.
        OverCapacity = "over_capacity",
        EnteredLate = "entered_late",
        /// More was counted on a day than the teams can serve. Args: `counted`, `capacity`.
        DayAboveCapacity = "day_above_capacity",
        /// Far more was counted on a day than ever before at the venue. Args: `counted`, `most`.
        DayUnlikeHistory = "day_unlike_history",
        /// An undo arrived before what it undoes; shown as 0.
        NegativeCount = "negative_count",
    }
}

/// One warning, with the day it is about and the values that its message shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub code: WarningCode,
    pub date: Option<NaiveDate>,
    pub slot: Option<Slot>,
    pub args: Vec<(&'static str, String)>,
}

/// What the caller found out about one day of the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFacts {
    pub day: EventDay,
    /// The name of the public holiday on that date.
    pub holiday: Option<String>,
    /// The name of the joint leave on that date.
    pub joint_leave: Option<String>,
    /// The name of the venue, if it is closed on that date.
    pub closed_venue: Option<String>,
}

/// What the caller found out about the event as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingFacts {
    pub days: Vec<DayFacts>,
    /// What all its teams together can serve in a day; 0 if that is not known.
    pub capacity_per_day: i64,
    /// How many people the host expects.
    pub expected: Option<u32>,
    pub entered_late: bool,
}

/// The warnings of a booking: those of the whole event first, then by day.
pub fn booking_warnings(facts: &BookingFacts) -> Vec<Warning> {
    let late = facts.entered_late.then(|| warning(WarningCode::EnteredLate, None, vec![]));
    late.into_iter().chain(over_capacity(facts)).chain(facts.days.iter().flat_map(day_warnings)).collect()
}

/// What was counted before at a venue, at other events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VenueHistory {
    /// Event-days with an exact result.
    pub days: i64,
    /// The most activations of one of them.
    pub most: i64,
}

/// The days on which more than three times as many were activated as ever before at the venue, and more than a hundred;
/// of a venue with at least three event-days. It only warns: the field is never held for it, as a first crowd is no error.
pub fn history_warnings(by_day: &BTreeMap<NaiveDate, Counts>, history: VenueHistory) -> Vec<Warning> {
    const DAYS_MIN: i64 = 3;
    const TIMES: i64 = 3;
    const ALWAYS_PLAUSIBLE: i64 = 100;
    let limit = history.most.saturating_mul(TIMES).max(ALWAYS_PLAUSIBLE);
    let counted = by_day.iter().map(|(date, counts)| (*date, counts.get(Outcome::Activated)));
    let unlike = counted.filter(|(_, counted)| history.days >= DAYS_MIN && *counted > limit);
    let told = |(date, counted): (NaiveDate, i64)| {
        let args = vec![("counted", counted.to_string()), ("most", history.most.to_string())];
        warning(WarningCode::DayUnlikeHistory, Some(date), args)
    };
    unlike.map(told).collect()
}

/// The warnings of what was counted, by day. `capacity_per_day` is 0 if it is not known.
pub fn result_warnings(by_day: &BTreeMap<NaiveDate, Counts>, capacity_per_day: i64) -> Vec<Warning> {
    by_day.iter().flat_map(|(date, counts)| count_warnings(*date, counts, capacity_per_day)).collect()
}

fn over_capacity(facts: &BookingFacts) -> Option<Warning> {
    let days = i64::try_from(facts.days.len()).unwrap_or(i64::MAX);
    let capacity = facts.capacity_per_day.saturating_mul(days);
    let expected = facts.expected.filter(|expected| capacity > 0 && i64::from(*expected) > capacity)?;
    let args = vec![("expected", expected.to_string()), ("capacity", capacity.to_string())];
    Some(warning(WarningCode::OverCapacity, None, args))
}

fn day_warnings(facts: &DayFacts) -> Vec<Warning> {
    let date = Some(facts.day.date());
    let named = |code, arg, name: &Option<String>| name.clone().map(|name| warning(code, date, vec![(arg, name)]));
    let plain = |code, applies: bool| applies.then(|| warning(code, date, vec![]));
    let found = [
        named(WarningCode::Holiday, "name", &facts.holiday),
        named(WarningCode::JointLeave, "name", &facts.joint_leave),
        named(WarningCode::VenueClosed, "venue", &facts.closed_venue),
        plain(WarningCode::FridayPrayer, meets_friday_prayer(&facts.day)),
    ];
    found.into_iter().flatten().collect()
}

/// The Friday prayer takes place between 11.30 and 13.00; without hours, both slots around noon must be taken.
fn meets_friday_prayer(day: &EventDay) -> bool {
    const BEGINS: Option<NaiveTime> = NaiveTime::from_hms_opt(11, 30, 0);
    const IS_OVER: Option<NaiveTime> = NaiveTime::from_hms_opt(13, 0, 0);
    let overlaps = match (day.starts(), day.ends()) {
        (Some(starts), Some(ends)) => Some(starts) < IS_OVER && Some(ends) > BEGINS,
        _ => day.slots().contains(&Slot::Morning) && day.slots().contains(&Slot::Afternoon),
    };
    day.date().weekday() == Weekday::Fri && overlaps
}

fn count_warnings(date: NaiveDate, counts: &Counts, capacity: i64) -> Vec<Warning> {
    let counted = counts.shown().workload();
    let above = (capacity > 0 && counted > capacity).then(|| {
        let args = vec![("counted", counted.to_string()), ("capacity", capacity.to_string())];
        warning(WarningCode::DayAboveCapacity, Some(date), args)
    });
    let negative = counts.has_negative().then(|| warning(WarningCode::NegativeCount, Some(date), vec![]));
    above.into_iter().chain(negative).collect()
}

fn warning(code: WarningCode, date: Option<NaiveDate>, args: Vec<(&'static str, String)>) -> Warning {
    Warning { code, date, slot: None, args }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_unlike_a_venue_s_history_above_three_times_its_best_and_above_a_hundred() {
        let date: NaiveDate = "2026-11-20".parse().unwrap();
        let warned = |counted, days, most| {
            let mut counts = Counts::new();
            counts.count(Outcome::Activated, counted);
            !history_warnings(&BTreeMap::from([(date, counts)]), VenueHistory { days, most }).is_empty()
        };
        assert!(warned(151, 3, 50) && !warned(150, 3, 50));
        assert!(!warned(100, 3, 10) && warned(101, 3, 10));
        assert!(!warned(900, 2, 50), "two days are no history");
    }
    use crate::domain::outcome::Outcome;

    const FRIDAY: &str = "2026-11-20";
    const SATURDAY: &str = "2026-11-21";

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    fn day(date: &str, slots: &[Slot], hours: Option<(&str, &str)>) -> EventDay {
        let (starts, ends) = hours.map(|(starts, ends)| (time(starts), time(ends))).unzip();
        EventDay::new(date.parse().unwrap(), slots.iter().copied().collect(), starts, ends).unwrap()
    }

    fn open(day: EventDay) -> DayFacts {
        DayFacts { day, holiday: None, joint_leave: None, closed_venue: None }
    }

    fn facts(days: Vec<DayFacts>) -> BookingFacts {
        BookingFacts { days, capacity_per_day: 100, expected: None, entered_late: false }
    }

    fn codes(warnings: &[Warning]) -> Vec<&'static str> {
        warnings.iter().map(|warning| warning.code.as_str()).collect()
    }

    #[test]
    fn a_friday_is_warned_of_when_its_hours_or_else_its_slots_meet_the_prayer() {
        use Slot::{Afternoon, Dawn, Morning};
        for (slots, hours, meets) in [
            (vec![Morning], Some(("08:00:00", "11:30:00")), false),
            (vec![Morning], Some(("08:00:00", "11:31:00")), true),
            (vec![Afternoon], Some(("12:59:00", "15:00:00")), true),
            (vec![Morning, Afternoon], Some(("13:00:00", "15:00:00")), false),
            (vec![Dawn, Morning], None, false),
            (vec![Morning, Afternoon], None, true),
        ] {
            let found = booking_warnings(&facts(vec![open(day(FRIDAY, &slots, hours))]));
            assert_eq!(found.iter().any(|w| w.code == WarningCode::FridayPrayer), meets, "{slots:?} {hours:?}");
        }
        assert_eq!(booking_warnings(&facts(vec![open(day(SATURDAY, &[Morning, Afternoon], None))])), []);
    }

    #[test]
    fn holidays_and_a_closed_venue_name_their_day_and_the_holiday() {
        let closed = DayFacts {
            holiday: Some("Tahun Baru".to_owned()),
            joint_leave: Some("Cuti bersama".to_owned()),
            closed_venue: Some("Pasar Badog".to_owned()),
            ..open(day(SATURDAY, &[Slot::Morning], None))
        };
        let found = booking_warnings(&facts(vec![closed]));
        assert_eq!(codes(&found), ["holiday", "joint_leave", "venue_closed"]);
        assert!(found.iter().all(|warning| warning.date == SATURDAY.parse().ok()));
        assert_eq!(found[0].args, [("name", "Tahun Baru".to_owned())]);
    }

    #[test]
    fn capacity_is_that_of_all_days_and_unknown_capacity_warns_of_nothing() {
        let two_days = vec![open(day(FRIDAY, &[Slot::Dawn], None)), open(day(SATURDAY, &[Slot::Dawn], None))];
        let expecting = |n, capacity| {
            let facts = BookingFacts { expected: Some(n), capacity_per_day: capacity, ..facts(two_days.clone()) };
            codes(&booking_warnings(&BookingFacts { entered_late: true, ..facts }))
        };
        assert_eq!(expecting(200, 100), ["entered_late"]);
        assert_eq!(expecting(201, 100), ["entered_late", "over_capacity"]);
        assert_eq!(expecting(201, 0), ["entered_late"]);
    }

    #[test]
    fn a_day_above_capacity_and_a_count_below_zero_are_warned_of() {
        let date: NaiveDate = SATURDAY.parse().unwrap();
        let found = |n| {
            let counts = [(Outcome::Activated, n), (Outcome::NoEmail, -1)].into_iter().collect();
            result_warnings(&BTreeMap::from([(date, counts)]), 100)
        };
        assert_eq!(codes(&found(100)), ["negative_count"]);
        assert_eq!(codes(&found(101)), ["day_above_capacity", "negative_count"]);
    }
}
