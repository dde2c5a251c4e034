//! What each day brought, from three sources that must not be added twice: the events of the day, totals of the office that
//! stand for events until these take their place, and official figures of a single day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::amount::Amount;
use crate::domain::calendar::Weekday;
use crate::domain::dates::DateRange;
use crate::domain::figure::Figure;
use crate::domain::total::{Channel, is_split};
use crate::domain::venue::VenueKind;

/// In-area activations counted at events of one day, channel and kind of venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedDay {
    pub date: NaiveDate,
    pub channel: Channel,
    pub kind: Option<VenueKind>,
    pub activated: i64,
    /// The count was told as "about".
    pub approximate: bool,
}

/// A figure of the whole office for one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToldDay {
    pub date: NaiveDate,
    pub channel: Channel,
    pub kind: Option<VenueKind>,
    pub figure: Figure,
    /// Somebody named the events that it consists of.
    pub is_split: bool,
}

/// The days of which something is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaySeries {
    days: BTreeMap<NaiveDate, Amount>,
    /// From this day on every day is known, and one that is not named brought nothing.
    complete_from: Option<NaiveDate>,
    /// Days whose figure was told for the whole channel; the others are sums of what was counted.
    told: BTreeSet<NaiveDate>,
}

impl DaySeries {
    /// The days of one channel. `complete_from` is the first day that anything was counted at an event.
    pub fn new(counted: &[CountedDay], told: &[ToldDay], channel: Channel, complete_from: Option<NaiveDate>) -> Self {
        let mut by_date = BTreeMap::<NaiveDate, (Vec<CountedDay>, Vec<ToldDay>)>::new();
        for day in counted {
            by_date.entry(day.date).or_default().0.push(*day);
        }
        for day in told.iter().filter(|day| Amount::of(day.figure).is_some()) {
            by_date.entry(day.date).or_default().1.push(*day);
        }
        let (mut days, mut whole) = (BTreeMap::new(), BTreeSet::new());
        for (date, (counted, told)) in by_date {
            whole.extend(told_whole(&counted, &told, channel).map(|_| date));
            days.extend(of_one_day(&counted, &told, channel).map(|amount| (date, amount)));
        }
        Self { days, complete_from, told: whole }
    }

    pub fn first_day(&self) -> Option<NaiveDate> {
        let named = self.days.keys().next().copied();
        named.into_iter().chain(self.complete_from).min()
    }

    /// The latest day up to `as_of` that is named.
    pub fn last_named(&self, as_of: NaiveDate) -> Option<(NaiveDate, Amount)> {
        self.days.range(..=as_of).next_back().map(|(date, amount)| (*date, *amount))
    }

    /// The latest day up to `as_of` whose figure somebody told for the whole channel.
    pub fn last_told(&self, as_of: NaiveDate) -> Option<(NaiveDate, Amount)> {
        let date = self.told.range(..=as_of).next_back()?;
        self.days.get(date).map(|amount| (*date, *amount))
    }

    /// The days of the span from the one on that every day is known; none if nothing is known of what came before it.
    pub fn complete_part(&self, days: DateRange) -> Option<DateRange> {
        let first = self.complete_from.filter(|first| days.first() < *first)?;
        let is_first = self.days.range(days.first()..first).next().is_none();
        DateRange::new(first, days.last()).ok().filter(|_| is_first)
    }

    pub fn sum(&self, days: DateRange) -> Amount {
        let amounts = self.days.range(days.first()..=days.last()).map(|(_, amount)| *amount);
        amounts.fold(Amount::ZERO, Amount::plus)
    }

    /// True if every day of the span is known.
    pub fn is_complete(&self, days: DateRange) -> bool {
        self.complete_from.is_some_and(|first| first <= days.first())
    }

    /// What is known of the span, day by day; days that are known to have brought nothing count as zero.
    pub fn known(&self, days: DateRange) -> Vec<(NaiveDate, Amount)> {
        let known = |date: NaiveDate| {
            let nothing = self.complete_from.is_some_and(|first| first <= date).then_some(Amount::ZERO);
            self.days.get(&date).copied().or(nothing).map(|amount| (date, amount))
        };
        days.iter().filter_map(known).collect()
    }

    /// True if a Saturday or Sunday of the span brought something.
    pub fn works_at_weekends(&self, days: DateRange) -> bool {
        let mut named = self.days.range(days.first()..=days.last());
        named.any(|(date, amount)| !Weekday::of(*date).is_office_day() && amount.high > 0)
    }
}

/// None if nothing of the channel is known.
fn of_one_day(counted: &[CountedDay], told: &[ToldDay], channel: Channel) -> Option<Amount> {
    if channel != Channel::All {
        return of_channel(counted, told, channel);
    }
    let whole = told_whole(counted, told, channel);
    // Somebody told what the whole office did on that day: events and channels are inside it.
    if whole.is_some() {
        return whole;
    }
    let parts = [Channel::Outreach, Channel::Counter, Channel::Other].into_iter();
    parts.filter_map(|part| of_channel(counted, told, part)).reduce(Amount::plus)
}

fn of_channel(counted: &[CountedDay], told: &[ToldDay], channel: Channel) -> Option<Amount> {
    let whole = told_whole(counted, told, channel);
    let events: Vec<&CountedDay> = counted.iter().filter(|day| day.channel == channel).collect();
    let told: Vec<&ToldDay> = told.iter().filter(|day| day.channel == channel).collect();
    if whole.is_some() {
        return whole;
    }
    let mut sum = None;
    let mut replaced = Vec::new();
    for kind in kinds(&told) {
        let of_kind: Vec<&CountedDay> = events.iter().copied().filter(|day| day.kind == Some(kind)).collect();
        let part = in_force(told.iter().copied().filter(|day| day.kind == Some(kind)), &of_kind);
        replaced.extend(part.map(|_| kind));
        sum = part.into_iter().chain(sum).reduce(Amount::plus);
    }
    let rest = events.iter().filter(|day| day.kind.is_none_or(|kind| !replaced.contains(&kind)));
    rest.map(|day| amount(day)).chain(sum).reduce(Amount::plus)
}

/// What somebody told of all that the channel did on a day, kinds of venues and all.
fn told_whole(counted: &[CountedDay], told: &[ToldDay], channel: Channel) -> Option<Amount> {
    let is_all = channel == Channel::All;
    let events: Vec<&CountedDay> = counted.iter().filter(|day| is_all || day.channel == channel).collect();
    in_force(told.iter().filter(|day| day.channel == channel && (is_all || day.kind.is_none())), &events)
}

/// What is told of one set of events, as long as these have not taken its place.
fn in_force<'a>(told: impl Iterator<Item = &'a ToldDay>, events: &[&CountedDay]) -> Option<Amount> {
    let exact = events.iter().filter(|day| !day.approximate).map(|day| day.activated.max(0)).sum::<i64>();
    let open = told.filter(|day| !day.is_split && (events.is_empty() || !is_split(day.figure, exact)));
    open.filter_map(|day| Amount::of(day.figure)).reduce(Amount::plus)
}

fn kinds(told: &[&ToldDay]) -> Vec<VenueKind> {
    let mut kinds: Vec<VenueKind> = told.iter().filter_map(|day| day.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// A day count below zero waits for an entry that has not come yet.
fn amount(day: &CountedDay) -> Amount {
    Amount { approximate: day.approximate, ..Amount::exact(day.activated.max(0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn counted(channel: Channel, kind: VenueKind, activated: i64) -> CountedDay {
        CountedDay { date: day("2024-05-31"), channel, kind: Some(kind), activated, approximate: false }
    }

    fn told(channel: Channel, kind: Option<VenueKind>, figure: &str) -> ToldDay {
        ToldDay { date: day("2024-05-31"), channel, kind, figure: figure.parse().unwrap(), is_split: false }
    }

    fn sum(counted: &[CountedDay], told: &[ToldDay], channel: Channel) -> Option<Amount> {
        DaySeries::new(counted, told, channel, None).last_named(day("2024-12-31")).map(|(_, amount)| amount)
    }

    use Channel::{All, Counter, Outreach};
    use VenueKind::{Company, Market};

    #[test]
    fn a_total_stands_for_its_events_until_they_come_up_to_it() {
        let figure = told(Outreach, Some(Company), "500-an");
        let about = Amount::of(figure.figure).unwrap();
        assert_eq!(sum(&[], &[figure], Outreach), Some(about));
        let some = counted(Outreach, Company, 300);
        assert_eq!(sum(&[some], &[figure], Outreach), Some(about));
        let market = counted(Outreach, Market, 40);
        assert_eq!(sum(&[some, market], &[figure], Outreach), Some(about.plus(Amount::exact(40))));
        let enough = counted(Outreach, Company, 487);
        assert_eq!(sum(&[enough, market], &[figure], Outreach), Some(Amount::exact(527)));
    }

    #[test]
    fn a_total_that_somebody_split_gives_way_to_its_events_whatever_their_sum() {
        let split = ToldDay { is_split: true, ..told(Outreach, Some(Company), "500-an") };
        assert_eq!(sum(&[counted(Outreach, Company, 300)], &[split], All), Some(Amount::exact(300)));
    }

    #[test]
    fn a_figure_of_the_whole_office_holds_its_channels_and_events() {
        let whole = told(All, None, "205");
        let events = [counted(Outreach, Market, 120), counted(Counter, Market, 30)];
        assert_eq!(sum(&events, &[whole], All), Some(Amount::exact(205)));
        assert_eq!(sum(&events, &[whole], Outreach), Some(Amount::exact(120)));
        assert_eq!(sum(&events, &[told(Counter, None, "60")], All), Some(Amount::exact(180)));
        assert_eq!(sum(&[], &[told(All, None, "3,83%")], All), None);
        let last_told = |told: &[ToldDay], channel| {
            DaySeries::new(&events, told, channel, None).last_told(day("2024-12-31")).map(|(_, amount)| amount.low)
        };
        assert_eq!((last_told(&[whole], All), last_told(&[whole], Outreach)), (Some(205), None));
        assert_eq!(last_told(&[told(Counter, None, "60")], All), None);
    }

    #[test]
    fn a_day_without_a_name_brought_nothing_once_events_are_counted_and_is_unknown_before() {
        let series = DaySeries::new(&[counted(Outreach, Market, 12)], &[], All, Some(day("2024-05-30")));
        let week: DateRange = "2024-05-28..2024-06-03".parse().unwrap();
        let known: Vec<i64> = series.known(week).iter().map(|(_, amount)| amount.low).collect();
        assert_eq!((known, series.is_complete(week)), (vec![0, 12, 0, 0, 0], false));
        assert!(series.is_complete("2024-05-30..2024-06-03".parse().unwrap()));
        assert_eq!((series.sum(week), series.works_at_weekends(week)), (Amount::exact(12), false));
    }
}
