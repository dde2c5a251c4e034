//! Dated facts that are only added to, and what was known of them on a day: a report as of an earlier day rests on what
//! stood then, so that no report changes after it was read. Called by the pace; it knows no store and no clock.

use chrono::NaiveDate;

/// A fact with the local days on which it was recorded and, if it no longer holds, taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<T> {
    pub fact: T,
    pub recorded_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
}

impl<T> Recorded<T> {
    fn was_known(&self, day: NaiveDate) -> bool {
        self.recorded_on <= day && self.withdrawn_on.is_none_or(|withdrawn| withdrawn > day)
    }
}

/// What a report as of `as_of` rests on, of facts of one series: those that were known on that day. If none was known then,
/// no report could be read, and those that hold now fill the gap.
pub fn known<T>(facts: &[Recorded<T>], as_of: NaiveDate) -> Vec<&T> {
    let then: Vec<&T> = facts.iter().filter(|fact| fact.was_known(as_of)).map(|fact| &fact.fact).collect();
    if then.is_empty() {
        facts.iter().filter(|fact| fact.withdrawn_on.is_none()).map(|fact| &fact.fact).collect()
    } else {
        then
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn recorded(fact: u8, on: &str, withdrawn: Option<&str>) -> Recorded<u8> {
        Recorded { fact, recorded_on: day(on), withdrawn_on: withdrawn.map(day) }
    }

    #[test]
    fn a_report_of_an_earlier_day_keeps_what_was_known_then() {
        let series = [recorded(1, "2024-01-02", Some("2024-03-01")), recorded(2, "2024-03-01", None)];
        assert_eq!(known(&series, day("2024-02-29")), [&1]);
        assert_eq!(known(&series, day("2024-03-01")), [&2]);
    }

    #[test]
    fn where_nothing_was_known_then_what_holds_now_fills_the_gap() {
        let series = [recorded(1, "2026-11-21", Some("2026-11-22")), recorded(2, "2026-11-22", None)];
        assert_eq!(known(&series, day("2024-06-07")), [&2]);
    }

    #[test]
    fn a_slip_that_was_mended_on_its_own_day_was_never_known() {
        let series = [recorded(1, "2026-11-21", Some("2026-11-21")), recorded(2, "2026-11-21", None)];
        assert_eq!(known(&series, day("2026-11-21")), [&2]);
        assert_eq!(known(&series, day("2026-12-01")), [&2]);
    }
}
