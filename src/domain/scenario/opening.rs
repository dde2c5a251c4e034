//! When a synthetic venue can be visited, and at which hours a visit takes place there.
//! Markets keep their pasaran or weekdays and are over by nine; schools close between terms; crowd events have dates.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::days::ScenarioDays;
use super::history::{OpeningCells, SyntheticDay};
use super::rng::Rng;
use crate::domain::calendar::Pasaran;

/// An opening rule: weekdays or pasaran on which it recurs, single dates, and ranges that are shut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    weekdays: Vec<Weekday>,
    pasaran: Vec<Pasaran>,
    dates: Vec<NaiveDate>,
    blackout: Vec<RangeInclusive<NaiveDate>>,
    hours: (NaiveTime, NaiveTime),
}

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

impl Opening {
    /// The rule of a venue of this kind. Dates in the window are drawn from `dated`, so that all else stays the same
    /// whatever today is.
    pub fn of(kind: &str, stable: &mut Rng, dated: &mut Rng, days: &ScenarioDays) -> Self {
        let mut rule = Self {
            weekdays: weekdays_of(kind, stable),
            pasaran: Vec::new(),
            dates: Vec::new(),
            blackout: Vec::new(),
            hours: hours_of(kind),
        };
        match kind {
            "market" => rule.set_market_days(stable),
            "school" => rule.blackout = days.school_closures(),
            "crowd_event" if stable.chance(500) => {
                rule.weekdays.clear();
                rule.dates = crowd_dates(dated, days);
            }
            _ => {}
        }
        rule
    }

    fn set_market_days(&mut self, rng: &mut Rng) {
        match rng.below(100) {
            0..65 => {
                let first = rng.below(5);
                let second = if rng.chance(250) { (first + 2) % 5 } else { first };
                let name = |index: u32| Pasaran::ALL.get(usize::try_from(index).ok()?).copied();
                self.pasaran = name(first).into_iter().chain(name(second).filter(|_| second != first)).collect();
            }
            65..85 => {
                let pairs = [(Weekday::Mon, Weekday::Thu), (Weekday::Tue, Weekday::Fri), (Weekday::Wed, Weekday::Sun)];
                let (first, second) = *pairs.get(usize::try_from(rng.below(3)).unwrap_or(0)).unwrap_or(&pairs[0]);
                self.weekdays = vec![first, second];
            }
            _ => {}
        }
    }

    pub fn is_open(&self, date: NaiveDate) -> bool {
        let every_day = self.weekdays.is_empty() && self.pasaran.is_empty() && self.dates.is_empty();
        let named = self.weekdays.contains(&date.weekday())
            || self.pasaran.contains(&Pasaran::of(date))
            || self.dates.contains(&date);
        !self.blackout.iter().any(|range| range.contains(&date)) && (every_day || named)
    }

    pub fn covers(&self, day: &SyntheticDay) -> bool {
        self.is_open(day.date) && self.hours.0 <= day.starts && day.ends <= self.hours.1
    }

    pub fn cells(&self) -> OpeningCells {
        let weekdays: Vec<String> = self.weekdays.iter().map(|day| day.to_string().to_ascii_lowercase()).collect();
        let pasaran: Vec<&str> = self.pasaran.iter().map(|day| day.as_str()).collect();
        let dates: Vec<String> = self.dates.iter().map(NaiveDate::to_string).collect();
        let blackout: Vec<String> =
            self.blackout.iter().map(|range| format!("{}..{}", range.start(), range.end())).collect();
        OpeningCells {
            weekdays: weekdays.join(" "),
            pasaran: pasaran.join(" "),
            dates: dates.join(" "),
            blackout: blackout.join(" "),
            opens: self.hours.0.format("%H:%M").to_string(),
            closes: self.hours.1.format("%H:%M").to_string(),
        }
    }
}

fn weekdays_of(kind: &str, rng: &mut Rng) -> Vec<Weekday> {
    let office = |days: usize| WEEK.into_iter().take(days).collect();
    match kind {
        "school" | "company" => office(if rng.chance(300) { 6 } else { 5 }),
        "campus"
        | "government_office"
        | "bank"
        | "institution"
        | "home_visit"
        | "hospital"
        | "other"
        | "subdistrict_office"
        | "public_service_mall" => office(5),
        "health_centre" | "village_hall" => office(6),
        "pesantren" => WEEK.into_iter().filter(|day| *day != Weekday::Fri).collect(),
        "mall" | "community" => vec![Weekday::Sat, Weekday::Sun],
        "crowd_event" => vec![Weekday::Sun],
        "neighbourhood" if rng.chance(400) => vec![Weekday::Sun],
        "neighbourhood" => vec![Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Sat],
        _ => Vec::new(),
    }
}

/// Three to five Saturdays and Sundays in the window.
fn crowd_dates(rng: &mut Rng, days: &ScenarioDays) -> Vec<NaiveDate> {
    let weekends: Vec<NaiveDate> =
        days.all().filter(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).collect();
    let count = usize::try_from(rng.between(3, 5)).unwrap_or_default();
    let mut chosen: Vec<NaiveDate> = rng.shuffled(weekends).into_iter().take(count).collect();
    chosen.sort_unstable();
    chosen
}

fn hours_of(kind: &str) -> (NaiveTime, NaiveTime) {
    match kind {
        "market" => (at(4, 30), at(10, 0)),
        "crowd_event" => (at(5, 30), at(11, 0)),
        "mall" => (at(10, 0), at(21, 0)),
        "company" => (at(7, 0), at(21, 0)),
        "village_hall" | "neighbourhood" | "worship" | "community" => (at(8, 0), at(21, 0)),
        _ => (at(7, 0), at(15, 30)),
    }
}

/// The visit's hours and slots on a date: one of the usual sessions of that kind; shorter on Fridays.
pub fn session(kind: &str, date: NaiveDate, rng: &mut Rng) -> SyntheticDay {
    let evening = (at(18, 0), at(20, 30));
    let (starts, ends) = match (kind, date.weekday()) {
        ("market", _) => (at(5, 0), at(9, 0)),
        ("crowd_event", _) => (at(6, 0), at(10, 0)),
        ("mall", _) => (at(15, 0), at(20, 0)),
        ("neighbourhood" | "community" | "worship", Weekday::Sun) => (at(9, 0), at(12, 0)),
        ("neighbourhood" | "worship", _) => evening,
        ("village_hall", _) if rng.chance(130) => evening,
        (_, Weekday::Fri) => (at(9, 0), at(11, 0)),
        ("company", _) if rng.chance(150) => (at(17, 0), at(20, 0)),
        ("company" | "campus" | "subdistrict_office" | "public_service_mall", _) => (at(9, 0), at(15, 0)),
        _ if rng.chance(450) => (at(9, 0), at(14, 0)),
        _ => (at(9, 0), at(12, 0)),
    };
    SyntheticDay { date, slots: slots_of(starts, ends), starts, ends }
}

/// The slots that hours touch: dawn to 09.00, morning to 12.00, afternoon to 17.00, evening.
fn slots_of(starts: NaiveTime, ends: NaiveTime) -> Vec<&'static str> {
    let bounds = [
        ("dawn", at(0, 0), at(9, 0)),
        ("morning", at(9, 0), at(12, 0)),
        ("afternoon", at(12, 0), at(17, 0)),
        ("evening", at(17, 0), at(23, 59)),
    ];
    bounds.into_iter().filter(|(_, from, to)| starts < *to && ends > *from).map(|(slot, _, _)| slot).collect()
}

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::kinds::KINDS;
    use super::*;

    fn window() -> ScenarioDays {
        ScenarioDays::new("2026-11-21".parse().unwrap(), std::collections::BTreeSet::new(), Vec::new())
    }

    #[test]
    fn every_kind_is_open_on_some_day_and_its_sessions_lie_within_its_hours() {
        let days = window();
        let (mut stable, mut dated) = (Rng::named("stable"), Rng::named("dated"));
        for kind in KINDS {
            for _ in 0..20 {
                let rule = Opening::of(kind.code, &mut stable, &mut dated, &days);
                let open: Vec<NaiveDate> = days.all().filter(|day| rule.is_open(*day)).collect();
                assert!(!open.is_empty(), "{}", kind.code);
                assert!(open.iter().all(|day| rule.covers(&session(kind.code, *day, &mut stable))), "{}", kind.code);
            }
        }
    }

    #[test]
    fn a_market_visit_is_over_by_nine_and_takes_the_dawn_alone() {
        let day = session("market", "2026-11-24".parse().unwrap(), &mut Rng::named("market"));
        assert_eq!(day.slots, ["dawn"]);
    }

    #[test]
    fn slots_are_those_that_the_hours_touch() {
        assert_eq!(slots_of(at(6, 0), at(10, 0)), ["dawn", "morning"]);
        assert_eq!(slots_of(at(9, 0), at(15, 0)), ["morning", "afternoon"]);
        assert_eq!(slots_of(at(18, 0), at(20, 30)), ["evening"]);
    }
}
