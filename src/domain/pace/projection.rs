//! Where a pace leads: what will have been reached on the last day, and the day on which the target is. A pace is carried on
//! either through every calendar day or through Mondays to Fridays; both are given, as nobody knows which one it was.

use chrono::{Datelike, Days, NaiveDate};

use super::amount::{Amount, Rate, Share, real, whole};
use super::interval::Sample;
use super::missing::{Computed, Missing};
use crate::domain::calendar::{DayCounts, Weekday};
use crate::domain::code::codes;

codes! {
    /// Which days a pace counts.
    pub enum DayKind {
        Calendar = "calendar",
        /// Monday to Friday.
        Weekday = "weekday",
        /// Monday to Friday less holidays and joint leave.
        Working = "working",
    }
}

/// So many people in so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tempo {
    pub total: Amount,
    /// At least one.
    pub days: i64,
}

/// What a projection starts from.
#[derive(Debug, Clone, Copy)]
pub struct Outset {
    /// The day that the achieved count is of.
    pub from: NaiveDate,
    pub achieved: Amount,
    pub target: Computed<Amount>,
    pub denominator: Computed<Amount>,
    /// After `from`, up to the last day of the target.
    pub left: DayCounts,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    pub per: DayKind,
    pub rate: Rate,
    /// What will have been achieved on the last day.
    pub end: Amount,
    pub of_denominator: Computed<Share>,
    pub of_target: Computed<Share>,
    /// When the target is reached.
    pub completion: Computed<Completion>,
    /// None if the pace rests on a single day, or on two official figures.
    pub interval: Option<Interval>,
}

/// The first and the last day on which the target may be reached; the same unless the pace or the gap is a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completion {
    pub earliest: NaiveDate,
    pub latest: NaiveDate,
}

/// In four of five cases the truth ends within it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    pub end: Amount,
    pub of_denominator: Computed<Share>,
    /// None if nobody can tell.
    pub earliest: Option<NaiveDate>,
    pub latest: Option<NaiveDate>,
    /// How many equal spans of the past it rests on.
    pub spans: usize,
}

/// No pace is carried on beyond so many days: two hundred years.
const DAYS_MAX: i64 = 73_000;

impl DayKind {
    pub fn of(self, days: DayCounts) -> i64 {
        match self {
            Self::Calendar => days.calendar,
            Self::Weekday => days.weekdays,
            Self::Working => days.working,
        }
    }

    /// The `number`th day of this kind after `from`. Holidays of years to come are not decreed yet, so that working days
    /// cannot be counted on: they go as weekdays.
    fn after(self, from: NaiveDate, number: i64) -> Option<NaiveDate> {
        let number = u64::try_from(number.min(DAYS_MAX)).ok()?;
        if self == Self::Calendar {
            return from.checked_add_days(Days::new(number));
        }
        // Saturday and Sunday count as the Friday before them.
        let back = u64::from(from.weekday().num_days_from_monday().saturating_sub(4));
        let mut day = from.checked_sub_days(Days::new(back))?.checked_add_days(Days::new(number / 5 * 7))?;
        for _ in 0..number % 5 {
            day = day.succ_opt()?;
            while !Weekday::of(day).is_office_day() {
                day = day.succ_opt()?;
            }
        }
        Some(day)
    }
}

impl Tempo {
    pub fn rate(self) -> Rate {
        self.total.per(self.days.max(1)).unwrap_or(Rate { low: 0.0, high: 0.0, approximate: false })
    }

    /// What so many days bring, to the nearest person.
    fn brings(self, days: i64) -> Amount {
        let carried = |total: i64| {
            let (doubled, length) = (2 * i128::from(total) * i128::from(days), i128::from(self.days.max(1)));
            i64::try_from((doubled + length) / (2 * length)).unwrap_or(i64::MAX)
        };
        Amount { low: carried(self.total.low), high: carried(self.total.high), ..self.total }
    }

    /// The days until so many people, from the fastest to the slowest.
    fn days_until(self, people: Amount) -> Computed<(i64, i64)> {
        if people.is_zero() {
            return Err(Missing::Reached);
        }
        if self.total.low <= 0 {
            return Err(Missing::Standstill);
        }
        let days = |people: i64, total: i64| {
            let (needed, total) = (i128::from(people) * i128::from(self.days.max(1)), i128::from(total));
            i64::try_from((needed + total - 1) / total).unwrap_or(i64::MAX)
        };
        let (soonest, latest) = (days(people.low, self.total.high), days(people.high, self.total.low));
        if latest > DAYS_MAX { Err(Missing::TooFar) } else { Ok((soonest, latest)) }
    }
}

impl Outset {
    pub fn gap(&self) -> Computed<Amount> {
        self.target.map(|target| target.minus(self.achieved).at_least_zero())
    }

    /// Carries a pace on. `sample` are equal spans of the past, from which an interval follows.
    pub fn carry(&self, tempo: Tempo, per: DayKind, sample: Option<&Sample>) -> Projection {
        let end = self.achieved.plus(tempo.brings(per.of(self.left)));
        Projection {
            per,
            rate: tempo.rate(),
            end,
            of_denominator: share(end, self.denominator),
            of_target: share(end, self.target),
            completion: self.gap().and_then(|gap| self.completion(tempo, per, gap)),
            interval: sample.map(|sample| self.interval(sample, per)),
        }
    }

    fn completion(&self, tempo: Tempo, per: DayKind, gap: Amount) -> Computed<Completion> {
        let (soonest, latest) = tempo.days_until(gap)?;
        let date = |days| per.after(self.from, days).ok_or(Missing::TooFar);
        Ok(Completion { earliest: date(soonest)?, latest: date(latest)? })
    }

    fn interval(&self, sample: &Sample, per: DayKind) -> Interval {
        let (low, high) = sample.after(real(per.of(self.left)));
        let end = self.achieved.plus(Amount::range(whole(low), whole(high)));
        let until = |people: i64| sample.days_until(real(people), DAYS_MAX);
        let date = |days: Option<i64>| days.and_then(|days| per.after(self.from, days));
        let gap = self.gap().ok().filter(|gap| !gap.is_zero());
        Interval {
            end,
            of_denominator: share(end, self.denominator),
            earliest: date(gap.and_then(|gap| until(gap.low).0)),
            latest: date(gap.and_then(|gap| until(gap.high).1)),
            spans: sample.spans(),
        }
    }
}

fn share(part: Amount, whole: Computed<Amount>) -> Computed<Share> {
    whole.and_then(|whole| part.share_of(whole).ok_or(Missing::NoDenominator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn purbalingga() -> Outset {
        Outset {
            from: day("2024-06-07"),
            achieved: Amount::exact(29_890),
            target: Ok(Amount::exact(233_837)),
            denominator: Ok(Amount::exact(779_454)),
            left: DayCounts { calendar: 207, weekdays: 147, working: 141 },
        }
    }

    #[test]
    fn a_pace_of_one_day_is_carried_on_through_calendar_days_or_weekdays() {
        let tempo = Tempo { total: Amount::exact(205), days: 1 };
        for (per, end, share, date) in
            [(DayKind::Calendar, 72_325, 9.28, "2027-02-27"), (DayKind::Weekday, 60_025, 7.70, "2028-03-31")]
        {
            let carried = purbalingga().carry(tempo, per, None);
            assert_eq!(carried.end, Amount::exact(end));
            assert!((carried.of_denominator.unwrap().low - share).abs() < 0.005);
            let (earliest, latest) = (day(date), day(date));
            assert_eq!(carried.completion, Ok(Completion { earliest, latest }));
            assert_eq!(carried.interval, None);
        }
    }

    #[test]
    fn a_range_leads_to_a_range_of_days() {
        let outset =
            Outset { achieved: Amount::range(6_000, 7_000), target: Ok(Amount::exact(15_000)), ..purbalingga() };
        let carried = outset.carry(Tempo { total: Amount::range(6_000, 7_000), days: 61 }, DayKind::Calendar, None);
        // 8,000 at 114.75 a day and 9,000 at 98.36 a day.
        let (earliest, latest) = (day("2024-06-07") + Days::new(70), day("2024-06-07") + Days::new(92));
        assert_eq!(carried.completion, Ok(Completion { earliest, latest }));
    }

    #[test]
    fn no_date_is_given_for_what_is_reached_or_never_will_be() {
        let until = |total, people| Tempo { total: Amount::exact(total), days: 28 }.days_until(Amount::exact(people));
        assert_eq!(until(10, 0), Err(Missing::Reached));
        assert_eq!(until(0, 10), Err(Missing::Standstill));
        assert_eq!(until(1, 1_000_000), Err(Missing::TooFar));
        assert_eq!(until(28, 10), Ok((10, 10)));
    }

    #[test]
    fn weekdays_are_counted_from_monday_to_friday() {
        let after = |from: &str, number| DayKind::Weekday.after(day(from), number).unwrap();
        assert_eq!(after("2024-06-07", 1), day("2024-06-10"));
        assert_eq!(after("2024-06-08", 1), day("2024-06-10"));
        assert_eq!(after("2024-06-09", 5), day("2024-06-14"));
        assert_eq!(after("2024-06-05", 7), day("2024-06-14"));
        assert_eq!(after("2024-06-05", 0), day("2024-06-05"));
    }

    #[test]
    fn an_interval_holds_the_end_and_the_days_of_completion() {
        let sample = Sample::new(vec![1_200.0, 1_500.0, 1_300.0, 1_600.0], 7.0).unwrap();
        let tempo = Tempo { total: Amount::exact(5_600), days: 28 };
        let carried = purbalingga().carry(tempo, DayKind::Calendar, Some(&sample));
        let interval = carried.interval.unwrap();
        assert!(interval.end.low < carried.end.low && carried.end.high < interval.end.high);
        let completion = carried.completion.unwrap().earliest;
        assert!(interval.earliest.unwrap() < completion && completion < interval.latest.unwrap());
        assert_eq!(interval.spans, 4);
    }
}
