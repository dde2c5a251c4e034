//! The five districts, to the digits of their reports.
#![allow(
    clippy::as_conversions,
    clippy::float_cmp,
    reason = "tests: small numbers, and figures that are rounded first"
)]

use super::*;
use crate::domain::calendar::{Holiday, HolidayCells};
use crate::domain::denominator::DenominatorInput;
use crate::domain::id::{DenominatorId, HolidayId, ObservationId, TargetId};
use crate::domain::observation::ObservationInput;
use crate::domain::pace::series::{CountedDay, ToldDay};
use crate::domain::region::RegionCode;
use crate::domain::target::TargetInput;

const SHIPPED: &str = include_str!("../../../../config/holidays/holidays.csv");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// An office's facts, as they grow.
struct Office {
    code: RegionCode,
    denominators: Vec<Denominator>,
    observations: Vec<Observation>,
    told: Vec<ToldDay>,
    counted: Vec<CountedDay>,
    holidays: HolidayCalendar,
}

impl Office {
    fn new(code: &str) -> Self {
        let code: RegionCode = code.parse().unwrap();
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let cells =
                HolidayCells { date: cells[0], kind: cells[1], name: cells[2], region: cells[3], decided_on: "" };
            Holiday::parse(HolidayId(uuid::Uuid::nil()), &cells).unwrap()
        };
        let holidays = HolidayCalendar::new(SHIPPED.lines().skip(1).map(row), &code);
        Self { code, denominators: vec![], observations: vec![], told: vec![], counted: vec![], holidays }
    }

    fn denominator(mut self, kind: &str, value: &str, as_of: &str) -> Self {
        let input =
            DenominatorInput { kind: some(kind), value: some(value), as_of: some(as_of), source: some("Berita") };
        let id = DenominatorId(uuid::Uuid::from_u128(self.denominators.len() as u128 + 1));
        self.denominators.push(Denominator { id, details: input.check(day("2026-11-21")).unwrap() });
        self
    }

    fn observation(mut self, kind: &str, figure: &str, as_of: &str, base: &str) -> Self {
        let input = ObservationInput {
            as_of: some(as_of),
            scope: None,
            kind: some(kind),
            figure: some(figure),
            denominator: some(base),
            source: some("Berita"),
        };
        let id = ObservationId(uuid::Uuid::from_u128(self.observations.len() as u128 + 1));
        self.observations.push(Observation { id, details: input.check(&self.code, day("2026-11-21")).unwrap() });
        self
    }

    fn told(mut self, date: &str, figure: &str) -> Self {
        let (channel, figure) = (Channel::All, figure.parse().unwrap());
        self.told.push(ToldDay { date: day(date), channel, kind: None, figure, is_split: false });
        self
    }

    fn pace(&self, purpose: &str, (share, of, value): (&str, &str, &str), window: (&str, &str), as_of: &str) -> Pace {
        let input = TargetInput {
            purpose: some(purpose),
            denominator: some(of),
            share: some(share),
            value: some(value),
            starts: some(window.0),
            ends: some(window.1),
            source: some("Berita"),
            ..TargetInput::default()
        };
        let details = input.check(&self.code).unwrap();
        let target = Target { id: TargetId(uuid::Uuid::nil()), version: 1, details };
        let complete_from = self.counted.iter().map(|day| day.date).min();
        let series = DaySeries::new(&self.counted, &self.told, Channel::All, complete_from);
        let facts = PaceFacts {
            as_of: day(as_of),
            denominators: &self.denominators,
            observations: &self.observations,
            series: &series,
            holidays: &self.holidays,
        };
        pace(&target, &facts)
    }
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 0.005
}

fn span(pace: &Pace, span: Span) -> Computed<Line> {
    pace.lines.iter().find(|(own, _)| *own == span).unwrap().1.clone()
}

#[test]
fn purbalingga_stands_as_its_report_says_and_its_205_are_one_day() {
    let office = Office::new("33.03")
        .denominator("recorded", "779.454", "2024-06-07")
        .observation("cumulative", "29.890", "2024-06-07", "")
        .told("2024-06-05", "205");
    let pace = office.pace("year", ("30", "recorded", ""), ("2024-01-01", "2024-12-31"), "2024-06-07");
    assert_eq!(pace.goal, Ok(Amount::exact(233_837)));
    assert_eq!(pace.gap, Ok(Amount::exact(203_947)));
    assert!(near(pace.of_denominator.unwrap().low, 3.83) && near(pace.of_target.unwrap().low, 12.78));
    let needed = pace.needed.unwrap();
    let whole = |rate: Option<crate::domain::pace::amount::Rate>| rate.unwrap().low.round();
    assert_eq!([needed.calendar, needed.weekday, needed.working].map(whole), [985.0, 1_387.0, 1_446.0]);
    assert_eq!(
        (pace.basis, pace.field.amount, pace.difference),
        (Basis::Official, Amount::exact(205), Some(Amount::exact(29_685)))
    );
    assert_eq!(span(&pace, Span::Days28).unwrap_err(), Missing::OneDay);
    let last = pace.headline().unwrap();
    assert_eq!((last.span, last.known_days, last.days.first()), (Span::LastDay, 1, day("2024-06-05")));
    let [calendar, weekday] = &last.projections[..] else { panic!("{last:?}") };
    assert!(near(calendar.of_denominator.unwrap().low, 9.28) && near(weekday.of_denominator.unwrap().low, 7.70));
    assert_eq!(calendar.completion.unwrap().latest, day("2027-02-27"));
    assert_eq!(weekday.completion.unwrap().latest, day("2028-03-31"));
    assert!(calendar.interval.is_none() && weekday.interval.is_none());
    assert_eq!(pace.is_behind(), Some(true));
}

#[test]
fn pamekasan_keeps_its_range_and_a_campaign_counts_from_its_first_day() {
    let office = Office::new("35.28").observation("cumulative", "6000-7000", "2023-12-31", "");
    let first = office.pace("campaign", ("", "", "15.000"), ("2023-11-01", "2023-12-31"), "2023-12-31");
    let share = first.of_target.unwrap();
    assert!((share.low - 40.0).abs() < 1e-9 && (share.high - 46.7).abs() < 0.05);
    assert_eq!((first.gap, first.window.calendar), (Ok(Amount::range(8_000, 9_000)), 61));
    assert!((first.planned.calendar.unwrap().low - 245.9).abs() < 0.01);
    let own = span(&first, Span::Window).unwrap().rates.calendar.unwrap();
    assert!((own.low - 98.36).abs() < 0.01 && (own.high - 114.75).abs() < 0.01);
    assert_eq!(first.needed.unwrap_err(), Missing::WindowOver);
    assert_eq!(first.denominator.unwrap_err(), Missing::NoDenominator);

    let second = office.pace("campaign", ("", "", "20.000"), ("2024-02-27", "2024-12-31"), "2024-02-27");
    assert_eq!((second.left.calendar, second.achieved, second.basis), (308, Ok(Amount::ZERO), Basis::Field));
    assert!((second.needed.unwrap().calendar.unwrap().low - 64.94).abs() < 0.01);
}

#[test]
fn a_campaign_takes_away_what_was_there_before_it() {
    let office = Office::new("35.28").observation("cumulative", "6000-7000", "2023-12-31", "").observation(
        "cumulative",
        "9500",
        "2024-06-30",
        "",
    );
    let pace = office.pace("campaign", ("", "", "20.000"), ("2024-02-27", "2024-12-31"), "2024-07-01");
    assert_eq!(pace.achieved, Ok(Amount::range(2_500, 3_500)));
    assert_eq!(pace.official.unwrap().baseline, Some(day("2023-12-31")));
}

#[test]
fn tegal_read_as_a_share_of_the_obliged_implies_how_many_they_are() {
    let office = Office::new("33.28").observation("cumulative", "±19.500", "2023-12-28", "").observation(
        "share",
        "1,6%",
        "2023-12-28",
        "obliged",
    );
    let pace = office.pace("year", ("15", "obliged", ""), ("2023-01-01", "2023-12-31"), "2023-12-28");
    let implied = pace.denominator.unwrap();
    assert_eq!((implied.amount.low, implied.amount.high, implied.given), (1_181_818, 1_258_065, None));
    assert_eq!(pace.goal, Ok(Amount::range(177_273, 188_710)));
    let share = pace.of_target.unwrap();
    assert!((share.low - 10.33).abs() < 0.01 && (share.high - 11.0).abs() < 0.01);
}

#[test]
fn madiun_has_a_share_and_no_count() {
    let office = Office::new("35.77").observation("share", "10%", "2023-09-30", "holders");
    let pace = office.pace("year", ("25", "holders", ""), ("2023-01-01", "2023-12-31"), "2023-09-30");
    assert!(near(pace.of_denominator.unwrap().low, 10.0) && near(pace.of_target.unwrap().low, 40.0));
    assert_eq!((pace.achieved, pace.goal), (Err(Missing::ShareOnly), Err(Missing::NoDenominator)));
    assert!(near(pace.gap_points.unwrap(), 15.0));
    assert_eq!(pace.needed.unwrap_err(), Missing::NoDenominator);
    let of_target = Office::new("35.77").observation("share", "10%", "2023-09-30", "target");
    let pace = of_target.pace("year", ("25", "holders", ""), ("2023-01-01", "2023-12-31"), "2023-09-30");
    assert!(near(pace.of_denominator.unwrap().low, 2.5) && near(pace.of_target.unwrap().low, 10.0));
}

#[test]
fn sumenep_changes_by_points_and_nobody_knows_by_how_many_people() {
    let office = Office::new("35.29").observation("share", "1,87%", "2023-12-31", "not_stated").observation(
        "share",
        "2,17%",
        "2024-05-31",
        "not_stated",
    );
    let change = share_change(&office.observations, &office.denominators, day("2024-05-31")).unwrap();
    assert!((change.points - 0.30).abs() < 1e-9);
    assert_eq!(change.people, Err(Missing::NoDenominator));
    assert_eq!(share_change(&office.observations, &[], day("2024-05-30")), None);
}

#[test]
fn nothing_that_is_missing_is_guessed() {
    let office = Office::new("33.03");
    let pace = office.pace("year", ("30", "recorded", ""), ("2024-01-01", "2024-12-31"), "2024-06-07");
    assert_eq!((pace.goal, pace.achieved), (Err(Missing::NoDenominator), Err(Missing::NoFigure)));
    assert_eq!((pace.of_target, pace.of_denominator), (Err(Missing::NoFigure), Err(Missing::NoFigure)));
    assert!(pace.headline().is_none() && pace.is_behind().is_none());
    assert_eq!(span(&pace, Span::LastDay).unwrap_err(), Missing::NoDay);
}

#[test]
fn days_that_were_counted_make_a_pace_with_an_interval() {
    let mut office = Office::new("33.03").denominator("recorded", "779.454", "2024-01-01");
    for (number, date) in day("2024-03-04").iter_days().take(90).enumerate() {
        let activated = [120, 90, 150, 60, 80, 0, 0][number % 7] + i64::try_from(number % 5).unwrap();
        office.counted.push(CountedDay { date, channel: Channel::Outreach, kind: None, activated, approximate: false });
    }
    let pace = office.pace("year", ("", "", "30.000"), ("2024-01-01", "2024-12-31"), "2024-05-31");
    let line = pace.headline().unwrap();
    assert_eq!((line.span, line.basis, line.known_days), (Span::Days28, Basis::Field, 28));
    assert!(pace.lines.iter().all(|(span, _)| *span != Span::LastDay));
    let calendar = &line.projections[0];
    let interval = calendar.interval.as_ref().unwrap();
    assert!(interval.end.low < calendar.end.low && calendar.end.low < interval.end.high);
    assert_eq!(interval.spans, 4);
    // Before anything was counted nothing is known, so the pace of the target is of the days since.
    let whole = span(&pace, Span::Window).unwrap();
    assert!(!whole.is_of_single_days() && whole.known_days == 89 && whole.days.days() == 89);
}

#[test]
fn parts_of_a_target_are_added_up_and_compared_with_the_whole() {
    let office = Office::new("33.03").denominator("recorded", "779.454", "2024-06-07");
    let days = ("2024-01-01", "2024-12-31");
    let whole = office.pace("year", ("", "", "1.000"), days, "2024-06-07");
    let part = |scope: &str, value: i64| {
        let mut pace = office.pace("year", ("", "", &value.to_string()), days, "2024-06-07");
        pace.target.details.scope = scope.parse().unwrap();
        pace
    };
    let mut paces = vec![whole, part("33.03.05", 400), part("33.03.06", 500)];
    add_parts(&mut paces);
    let sum = paces[0].parts.unwrap().by_region.unwrap();
    assert_eq!((sum.count, sum.sum, sum.difference), (2, Amount::exact(900), Amount::exact(-100)));
    assert!(paces[0].parts.unwrap().by_channel.is_none() && paces[1].parts.is_none());
}

#[test]
fn a_day_told_for_the_whole_office_stands_beside_what_events_counted_and_not_in_its_place() {
    let mut office = Office::new("33.03")
        .denominator("recorded", "779.454", "2024-06-07")
        .observation("cumulative", "29.890", "2024-06-07", "")
        .told("2024-06-05", "205");
    for date in day("2024-05-01").iter_days().take_while(|date| *date <= day("2024-06-07")) {
        let (channel, kind) = (Channel::Outreach, None);
        office.counted.push(CountedDay { date, channel, kind, activated: 60, approximate: false });
    }
    let until = |as_of| office.pace("year", ("30", "recorded", ""), ("2024-01-01", "2024-12-31"), as_of);
    let pace = until("2024-06-07");
    assert_eq!(pace.headline().unwrap().span, Span::Days28);
    let told = pace.told_day().unwrap();
    assert_eq!((told.total, told.days.first()), (Amount::exact(205), day("2024-06-05")));
    let [calendar, weekday] = &told.projections[..] else { panic!("{told:?}") };
    assert_eq!(calendar.completion.unwrap().latest, day("2027-02-27"));
    assert_eq!(weekday.completion.unwrap().latest, day("2028-03-31"));
    // A week later nobody takes it for the present pace any more.
    assert_eq!(until("2024-06-12").told_day(), None);
}

#[test]
fn a_target_older_than_the_first_count_has_the_pace_of_the_days_since_in_all_three_ways_of_counting_days() {
    let mut office = Office::new("33.28");
    let days: Vec<NaiveDate> = day("2023-06-05").iter_days().take_while(|date| *date <= day("2023-07-02")).collect();
    for date in days {
        let (channel, kind) = (Channel::Outreach, None);
        office.counted.push(CountedDay { date, channel, kind, activated: 10, approximate: false });
    }
    let pace = office.pace("year", ("", "", "5000"), ("2023-01-01", "2023-12-31"), "2023-07-02");
    let line = span(&pace, Span::Window).unwrap();
    assert_eq!((line.days.first(), line.known_days), (day("2023-06-05"), 28));
    let [calendar, weekday] = [line.rates.calendar, line.rates.weekday].map(|rate| rate.unwrap().low);
    assert!(near(calendar, 10.0) && near(weekday, 14.0), "{line:?}");
}

#[test]
fn a_campaign_says_whether_an_earlier_figure_was_taken_away() {
    let campaign = ("2024-02-27", "2024-12-31");
    let told = Office::new("35.28").observation("cumulative", "1200", "2024-04-30", "");
    let alone = told.pace("campaign", ("", "", "20000"), campaign, "2024-05-01").official.unwrap();
    assert!(alone.counts_whole() && alone.amount == Ok(Amount::exact(1_200)));
    let before = told.observation("cumulative", "700", "2024-02-20", "");
    let less = before.pace("campaign", ("", "", "20000"), campaign, "2024-05-01").official.unwrap();
    assert!(!less.counts_whole() && less.amount == Ok(Amount::exact(500)));
    let year = before.pace("year", ("", "", "20000"), ("2024-01-01", "2024-12-31"), "2024-05-01").official.unwrap();
    assert!(!year.counts_whole());
}
