//! From when to when a day of an event lasts on the clock. Hours are only information, so a day may lack them: then its
//! slots say it.

use chrono::{NaiveTime, TimeDelta};

use super::day::{EventDay, Slot};

/// Hours of a local day; the end is after the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub starts: NaiveTime,
    pub ends: NaiveTime,
}

impl EventDay {
    /// The hours as entered, else those of the slots.
    pub fn hours(&self) -> Hours {
        let (first, last) = (self.slots().first(), self.slots().last());
        let starts = self.starts().or(first.map(|slot| slot.usual_hours().0)).unwrap_or_default();
        let ends = self.ends().or(last.map(|slot| slot.usual_hours().1)).filter(|ends| *ends > starts);
        Hours { starts, ends: ends.unwrap_or_else(|| an_hour_after(starts)) }
    }
}

impl Slot {
    /// When work in this slot usually begins and ends; the first and the last have no border of their own.
    fn usual_hours(self) -> (NaiveTime, NaiveTime) {
        let (starts, ends) = match self {
            Self::Dawn => (6, 9),
            Self::Morning => (9, 12),
            Self::Afternoon => (12, 17),
            Self::Evening => (17, 21),
        };
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        (at(starts), at(ends))
    }
}

/// An hour later, yet on the same day.
fn an_hour_after(time: NaiveTime) -> NaiveTime {
    match time.overflowing_add_signed(TimeDelta::hours(1)) {
        (later, 0) => later,
        _ => NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(slots: &[Slot], starts: Option<&str>, ends: Option<&str>) -> String {
        let time = |text: &str| text.parse().unwrap();
        let slots = slots.iter().copied().collect();
        let day = EventDay::new("2026-11-21".parse().unwrap(), slots, starts.map(time), ends.map(time)).unwrap();
        let Hours { starts, ends } = day.hours();
        format!("{}-{}", starts.format("%H:%M"), ends.format("%H:%M"))
    }

    #[test]
    fn hours_are_those_entered_and_else_those_of_the_slots() {
        assert_eq!(hours(&[Slot::Dawn, Slot::Morning], None, None), "06:00-12:00");
        assert_eq!(hours(&[Slot::Morning], Some("08:30:00"), None), "08:30-12:00");
        assert_eq!(hours(&[Slot::Morning, Slot::Evening], None, Some("20:00:00")), "09:00-20:00");
        assert_eq!(hours(&[Slot::Afternoon], Some("13:00:00"), Some("15:15:00")), "13:00-15:15");
    }

    #[test]
    fn an_end_that_is_not_known_lies_after_the_start_on_the_same_day() {
        assert_eq!(hours(&[Slot::Dawn], Some("10:00:00"), None), "10:00-11:00");
        assert_eq!(hours(&[Slot::Evening], Some("23:30:00"), None), "23:30-23:59");
    }
}
