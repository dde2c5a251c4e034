//! What the next full-day visit to a venue can be expected to bring, and how sure that is: a hierarchical Gamma–Poisson
//! model that knows that a place is drawn empty (`docs/RANKING.md`). Called by the ranking; the planner takes its
//! [`Forecast`]. Knows nothing of offices, services or databases: a kind is a number, a venue its history.

mod day_effect;
mod depletion;
mod fit;
mod forecast;
mod grid;
mod history;
mod likelihood;
mod posterior;
mod prior;
mod rank_interval;
mod special;
mod visit;

pub use day_effect::DayEffects;
pub use forecast::Forecast;
pub use posterior::Estimate;
pub use rank_interval::{RankInterval, Spread, rank_intervals};
pub use visit::{VenueHistory, Visit};

/// The estimates of all venues, and which days are better than others.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimates {
    /// In the order of the venues, each of a usual day.
    pub venues: Vec<Estimate>,
    pub days: DayEffects,
}

/// Estimates every venue; none while no visit to any of them says anything about a yield. Costs about half a millisecond a
/// venue, twice that where days differ.
pub fn estimate(venues: &[VenueHistory]) -> Option<Estimates> {
    let mut told: Vec<history::Told> = history::read(venues);
    if told.iter().all(|venue| venue.records.is_empty()) {
        return None;
    }
    let fitted = fit::fit(&told);
    let first = posterior::summarise(&told, &fitted);
    let expected = |at: usize, which: usize| {
        let record = &told[at].records[which];
        record.found.found(first[at].first_yield) * record.share
    };
    let days = DayEffects::find(&told, fitted.day_shape(), expected);
    if days.is_empty() {
        return Some(Estimates { venues: first.into_iter().map(|known| known.estimate).collect(), days });
    }
    for venue in &mut told {
        let kind = venue.kind;
        venue.records.iter_mut().for_each(|record| record.share *= days.factor(kind, record.day));
    }
    let second = posterior::summarise(&told, &fit::fit(&told));
    Some(Estimates { venues: second.into_iter().map(|known| known.estimate).collect(), days })
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "what must come out exactly")]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn venue(kind: u16, eligible: Option<f64>, counts: &[u32]) -> VenueHistory {
        let day = |at: usize| chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(35 * at as u64);
        let visit =
            |(at, n): (usize, &u32)| Visit { day: day(at), activations: *n, tells: true, capacity: None, hours: None };
        VenueHistory { kind, eligible, visits: counts.iter().enumerate().map(visit).collect() }
    }

    /// A district of 30 markets that bring 12–71 on each of four days.
    fn markets() -> Vec<VenueHistory> {
        (0..30_u32).map(|n| venue(0, None, &[12 + n, 42 + n, 18 + n, 32 + n])).collect()
    }

    fn estimates(mut more: Vec<VenueHistory>) -> Vec<Estimate> {
        let count = more.len();
        more.extend(markets());
        let mut all = estimate(&more).unwrap().venues;
        all.truncate(count);
        all
    }

    #[test]
    fn one_lucky_day_is_drawn_towards_its_kind_and_many_such_days_are_believed() {
        let found = estimates(vec![venue(0, None, &[150]), venue(0, None, &[150, 145, 155, 150, 148, 152])]);
        assert!(found[0].forecast.mean < 110.0 && found[0].forecast.mean > 40.0, "{:?}", found[0]);
        assert!(found[1].forecast.mean > 115.0, "{:?}", found[1]);
        assert!(found[0].spread.high - found[0].spread.low > found[1].spread.high - found[1].spread.low);
    }

    #[test]
    fn a_venue_never_visited_is_expected_to_be_like_its_kind_and_says_so() {
        let found = estimates(vec![venue(0, None, &[])])[0];
        assert!(found.cold_start && found.visits == 0);
        assert!((found.forecast.mean - 40.5).abs() < 4.0, "{found:?}");
        assert!(found.spread.low < 32.0 && found.spread.high > 48.0);
    }

    #[test]
    fn an_exhausted_place_brings_little_though_its_visits_brought_much() {
        let found = estimates(vec![venue(0, Some(100.0), &[40, 30, 20]), venue(0, Some(4_000.0), &[40, 30, 20])]);
        assert!(found[0].forecast.mean < 8.0 && found[1].forecast.mean > 24.0, "{found:?}");
        assert_eq!(found[0].forecast.eligible_left, Some(10.0));
    }

    #[test]
    fn a_full_day_says_at_least() {
        let limited = |capacity| {
            let mut venue = venue(0, None, &[60, 60]);
            venue.visits.iter_mut().for_each(|visit| visit.capacity = capacity);
            venue
        };
        let found = estimates(vec![limited(Some(60)), limited(None)]);
        assert!(found[0].forecast.mean > found[1].forecast.mean + 3.0, "{found:?}");
        assert!(found[0].spread.high > found[1].spread.high);
    }

    #[test]
    fn markets_that_bring_twice_as_much_on_their_day_are_found_out_and_others_left_alone() {
        let days = |n: u32, factor: fn(chrono::NaiveDate) -> u32| {
            let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let visits = (0..12_u64).map(|at| {
                let day = first + Days::new(u64::from(n) + 17 * at);
                Visit { day, activations: 20 * factor(day) + n % 5, tells: true, capacity: None, hours: None }
            });
            VenueHistory { kind: 0, eligible: None, visits: visits.collect() }
        };
        let sunday: Vec<_> = (0..25).map(|n| days(n, |day| if is_sunday(day) { 2 } else { 1 })).collect();
        let found = estimate(&sunday).unwrap().days;
        let sunday_factor = found.factor(0, "2026-11-22".parse().unwrap());
        let monday_factor = found.factor(0, "2026-11-23".parse().unwrap());
        assert!(sunday_factor / monday_factor > 1.6, "{sunday_factor} {monday_factor}");
        assert!(found.factor(1, "2026-11-22".parse().unwrap()) == 1.0);
        let alike: Vec<_> = (0..25).map(|n| days(n, |_| 1)).collect();
        assert!(estimate(&alike).unwrap().days.is_empty());
    }

    fn is_sunday(day: chrono::NaiveDate) -> bool {
        chrono::Datelike::weekday(&day) == chrono::Weekday::Sun
    }

    #[test]
    fn without_a_single_count_nothing_is_made_up() {
        assert_eq!(estimate(&[venue(0, Some(100.0), &[])]), None);
        assert_eq!(estimate(&[]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_was_counted_the_estimates_are_numbers_in_order(
            counts in proptest::collection::vec(proptest::collection::vec(0..5_000_u32, 0..6), 1..8),
            eligible in proptest::option::of(0.0..3_000.0_f64),
        ) {
            let venues: Vec<_> =
                counts.iter().enumerate().map(|(at, counts)| venue((at % 3) as u16, eligible, counts)).collect();
            for found in estimate(&venues).into_iter().flat_map(|estimates| estimates.venues) {
                let Estimate { forecast, spread, .. } = found;
                prop_assert!(spread.low >= 0.0 && spread.low <= spread.high && spread.high.is_finite(), "{found:?}");
                prop_assert!(forecast.mean.is_finite() && forecast.mean > 0.0 && forecast.shape > 0.0, "{found:?}");
            }
        }
    }
}
