//! The pace of one span of the past: of the last day with a figure, of 7 or 28 days, of the whole target so far. From official
//! figures where two of them bound the span, else from what was counted day by day.

use chrono::{Days, NaiveDate};

use super::amount::{Amount, Rate, real};
use super::interval::Sample;
use super::missing::{Computed, Missing};
use super::position::{Basis, Official};
use super::projection::{DayKind, Outset, Projection, Tempo};
use super::series::DaySeries;
use crate::domain::calendar::{HolidayCalendar, Weekday};
use crate::domain::code::codes;
use crate::domain::dates::DateRange;

codes! {
    /// Which part of the past a pace is of.
    pub enum Span {
        /// The last day that has a figure.
        LastDay = "last_day",
        Days7 = "days_7",
        Days28 = "days_28",
        /// From the first day of the target on.
        Window = "window",
    }
}

/// The pace of one span.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub span: Span,
    /// The days that the pace is of.
    pub days: DateRange,
    pub basis: Basis,
    /// Days of it that have a figure; a pace of official figures has all.
    pub known_days: i64,
    pub total: Amount,
    pub rates: Rates,
    /// At this pace per calendar day, and at this pace per weekday.
    pub projections: Vec<Projection>,
}

/// A pace in the three ways of counting days. One of single days is the same in each: nobody knows of the days between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    pub calendar: Option<Rate>,
    pub weekday: Option<Rate>,
    pub working: Option<Rate>,
}

/// What lines are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    pub as_of: NaiveDate,
    pub window: DateRange,
    pub series: &'a DaySeries,
    /// Official cumulative counts, the oldest first.
    pub counts: &'a [(NaiveDate, Amount)],
    /// What a campaign had achieved by its latest official figure.
    pub official: Option<&'a Official>,
    pub holidays: &'a HolidayCalendar,
}

impl Past<'_> {
    pub fn line(&self, span: Span, outset: Option<&Outset>) -> Computed<Line> {
        let line = self.official_line(span);
        let mut line = if span == Span::LastDay { self.last_day() } else { line.or_else(|_| self.counted_line(span)) }?;
        if let Some(outset) = outset {
            let kinds = [DayKind::Calendar, DayKind::Weekday];
            line.projections = kinds.into_iter().filter_map(|per| self.project(&line, per, outset)).collect();
        }
        Ok(line)
    }

    /// The last day with a figure, where the days around it have none.
    fn last_day(&self) -> Computed<Line> {
        let (date, total) = self.told_lately().or_else(|| self.series.last_named(self.as_of)).ok_or(Missing::NoDay)?;
        let days = DateRange::new(date, date).map_err(|_| Missing::NoDay)?;
        Ok(Self::of_single_days(Span::LastDay, days, 1, total))
    }

    /// A day of the last seven whose figure was told for the whole office: it holds what no event counted.
    pub fn told_lately(&self) -> Option<(NaiveDate, Amount)> {
        let week = self.days_of(Span::Days7).ok()?;
        self.series.last_told(self.as_of).filter(|(date, _)| week.contains(*date))
    }

    fn counted_line(&self, span: Span) -> Computed<Line> {
        // Of a target that began before anything was counted, the pace is of the days since.
        let days = self.days_of(span)?;
        let days = self.series.complete_part(days).filter(|_| span == Span::Window).unwrap_or(days);
        let known = self.series.known(days);
        let total = known.iter().map(|(_, amount)| *amount).fold(Amount::ZERO, Amount::plus);
        match known.len() {
            0 => Err(Missing::NoDay),
            1 if !self.series.is_complete(days) => Err(Missing::OneDay),
            _ if self.series.is_complete(days) => Ok(self.of_all_days(span, days, Basis::Field, total)),
            several => Ok(Self::of_single_days(span, days, i64::try_from(several).unwrap_or(i64::MAX), total)),
        }
    }

    fn official_line(&self, span: Span) -> Computed<Line> {
        if span == Span::Window
            && let Some(official) = self.official.filter(|official| official.is_since_start)
        {
            let days = DateRange::new(self.window.first(), official.as_of).map_err(|_| Missing::NoEarlierFigure)?;
            return Ok(self.of_all_days(span, days, Basis::Official, official.amount?));
        }
        let (to, last) = self.counts.last().copied().ok_or(Missing::NoFigure)?;
        let length = self.days_of(span)?.days();
        // Figures come when they come: one that is up to a half older than the span still bounds it.
        let oldest = to.checked_sub_days(days(length + length / 2)).ok_or(Missing::NoEarlierFigure)?;
        let youngest = to.checked_sub_days(days(length)).ok_or(Missing::NoEarlierFigure)?;
        let fits = |(date, _): &&(NaiveDate, Amount)| oldest <= *date && *date <= youngest;
        let (from, first) = self.counts.iter().rev().find(fits).copied().ok_or(Missing::NoEarlierFigure)?;
        let is_fresh = to.checked_add_days(days(length)).is_none_or(|fresh| fresh >= self.as_of);
        let span_days = from.succ_opt().and_then(|from| DateRange::new(from, to).ok()).filter(|_| is_fresh);
        let days = span_days.ok_or(Missing::NoEarlierFigure)?;
        Ok(self.of_all_days(span, days, Basis::Official, last.minus(first).at_least_zero()))
    }

    fn days_of(&self, span: Span) -> Computed<DateRange> {
        let back = |length: i64| self.as_of.checked_sub_days(days(length - 1));
        let first = match span {
            Span::LastDay => back(1),
            Span::Days7 => back(7),
            Span::Days28 => back(28),
            Span::Window => Some(self.window.first()),
        };
        let last = if span == Span::Window { self.as_of.min(self.window.last()) } else { self.as_of };
        first.and_then(|first| DateRange::new(first, last).ok()).ok_or(Missing::NoDay)
    }

    fn of_all_days(&self, span: Span, days: DateRange, basis: Basis, total: Amount) -> Line {
        let counts = self.holidays.days_in(days);
        let per = |kind: DayKind| total.per(kind.of(counts));
        let rates =
            Rates { calendar: per(DayKind::Calendar), weekday: per(DayKind::Weekday), working: per(DayKind::Working) };
        Line { span, days, basis, known_days: counts.calendar, total, rates, projections: Vec::new() }
    }

    fn of_single_days(span: Span, days: DateRange, known_days: i64, total: Amount) -> Line {
        let rate = total.per(known_days);
        let rates = Rates { calendar: rate, weekday: rate, working: rate };
        Line { span, days, basis: Basis::Field, known_days, total, rates, projections: Vec::new() }
    }

    fn project(&self, line: &Line, per: DayKind, outset: &Outset) -> Option<Projection> {
        let length = if line.is_of_single_days() { line.known_days } else { per.of(self.holidays.days_in(line.days)) };
        let sample = (line.basis == Basis::Field).then(|| self.sample(line, per)).flatten();
        (length > 0).then(|| outset.carry(Tempo { total: line.total, days: length }, per, sample.as_ref()))
    }

    /// Whole weeks of a span that is long enough: the rhythm of the week is no chance. Else single days: all of them, or
    /// Mondays to Fridays if nothing comes on other days.
    fn sample(&self, line: &Line, per: DayKind) -> Option<Sample> {
        let middle = |amount: &Amount| real(amount.low.saturating_add(amount.high)) / 2.0;
        let known = self.series.known(line.days);
        if line.is_of_single_days() {
            return Sample::new(known.iter().map(|(_, amount)| middle(amount)).collect(), 1.0);
        }
        if line.days.days() >= WEEKS_MIN * 7 {
            let latest_first: Vec<f64> = known.iter().rev().map(|(_, amount)| middle(amount)).collect();
            let weeks = latest_first.chunks_exact(7).map(|week| week.iter().sum()).collect();
            return Sample::new(weeks, if per == DayKind::Calendar { 7.0 } else { 5.0 });
        }
        let at_weekends = self.series.works_at_weekends(line.days);
        let all = known.iter().filter(|(date, _)| per == DayKind::Calendar || Weekday::of(*date).is_office_day());
        let fits = if per == DayKind::Calendar { true } else { !at_weekends };
        fits.then(|| Sample::new(all.map(|(_, amount)| middle(amount)).collect(), 1.0)).flatten()
    }
}

/// From so many weeks on an interval rests on weeks.
const WEEKS_MIN: i64 = 3;

impl Line {
    /// True if it is of days between which others have no figure.
    pub fn is_of_single_days(&self) -> bool {
        self.known_days < self.days.days() || (self.span == Span::LastDay)
    }
}

fn days(length: i64) -> Days {
    Days::new(u64::try_from(length).unwrap_or_default())
}
