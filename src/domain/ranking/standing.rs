//! The order of venues by their yield. Whole numbers are compared by cross-multiplication, so that rounding can neither
//! make nor break a tie; only officer-hours, which may be fractions, are compared as floats.

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDate;

use super::rounding::{ratio, two_decimals};
use crate::domain::code::codes;

codes! {
    /// What a yield is counted per.
    pub enum Per {
        Day = "day",
        TeamDay = "team_day",
        OfficerHour = "officer_hour",
    }
}

codes! {
    /// What venues are put in order by.
    pub enum RankBy {
        /// What was counted, per day or otherwise.
        Mean = "mean",
        /// What the next full-day visit is expected to bring.
        Estimate = "estimate",
    }
}

/// The sums of one venue over the period. `K` is what breaks ties: the venue's code, or an index in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct VenueDays<K> {
    pub key: K,
    pub event_days: u32,
    pub team_days: u32,
    /// Of the ranked service, over all event-days.
    pub activations: i64,
    /// Of the ranked service, over the event-days whose hours are known.
    pub hours_activations: i64,
    pub officer_hours: f64,
    pub last_visit: Option<NaiveDate>,
}

/// A venue and its place. Yields have two decimals; one whose divisor is zero is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing<K> {
    pub key: K,
    /// From 1, each place once; absent for a venue without the chosen yield.
    pub rank: Option<u32>,
    pub event_days: u32,
    pub team_days: u32,
    pub activations: i64,
    pub per_day: Option<f64>,
    pub per_team_day: Option<f64>,
    pub per_officer_hour: Option<f64>,
    pub last_visit: Option<NaiveDate>,
}

/// Every venue in order: the highest yield first, ties by more event-days, then by key. Venues without the chosen yield
/// follow unranked, those never visited last, by key.
pub fn rank<K: Ord>(mut venues: Vec<VenueDays<K>>, per: Per) -> Vec<Standing<K>> {
    venues.sort_by(|a, b| by_yield(a, b, per).then_with(|| by_days_and_key(a, b)));
    venues.into_iter().zip(1..).map(|(venue, place)| standing(venue, place, per)).collect()
}

/// Every venue in order of what its next visit is expected to bring, also the never-visited; ties as in [`rank`]. Venues of
/// which nothing is expected follow unranked.
pub fn rank_by_estimate<K: Ord>(venues: Vec<VenueDays<K>>, expected: impl Fn(&K) -> Option<f64>) -> Vec<Standing<K>> {
    let mut venues: Vec<_> = venues.into_iter().map(|venue| (expected(&venue.key), venue)).collect();
    let value = |expected: &Option<f64>| expected.unwrap_or(f64::NEG_INFINITY);
    venues.sort_by(|a, b| value(&b.0).total_cmp(&value(&a.0)).then_with(|| by_days_and_key(&a.1, &b.1)));
    let place = |((expected, venue), place): ((Option<f64>, VenueDays<K>), u32)| Standing {
        rank: expected.map(|_| place),
        ..standing(venue, place, Per::Day)
    };
    venues.into_iter().zip(1..).map(place).collect()
}

fn by_yield<K>(a: &VenueDays<K>, b: &VenueDays<K>, per: Per) -> Ordering {
    let exact = |a_per: u32, b_per: u32| {
        (i128::from(b.activations) * i128::from(a_per)).cmp(&(i128::from(a.activations) * i128::from(b_per)))
    };
    match (a.has_yield(per), b.has_yield(per)) {
        (true, true) => match per {
            Per::Day => exact(a.event_days, b.event_days),
            Per::TeamDay => exact(a.team_days, b.team_days),
            Per::OfficerHour => b.per_hour().total_cmp(&a.per_hour()),
        },
        (a, b) => b.cmp(&a),
    }
}

fn by_days_and_key<K: Ord>(a: &VenueDays<K>, b: &VenueDays<K>) -> Ordering {
    Reverse(a.event_days).cmp(&Reverse(b.event_days)).then_with(|| a.key.cmp(&b.key))
}

impl<K> VenueDays<K> {
    fn has_yield(&self, per: Per) -> bool {
        match per {
            Per::Day => self.event_days > 0,
            Per::TeamDay => self.team_days > 0,
            Per::OfficerHour => self.officer_hours.is_finite() && self.officer_hours > 0.0,
        }
    }

    fn per_hour(&self) -> f64 {
        self.hours_activations as f64 / self.officer_hours
    }
}

fn standing<K>(venue: VenueDays<K>, place: u32, per: Per) -> Standing<K> {
    Standing {
        rank: venue.has_yield(per).then_some(place),
        per_day: ratio(venue.activations, venue.event_days),
        per_team_day: ratio(venue.activations, venue.team_days),
        per_officer_hour: venue.has_yield(Per::OfficerHour).then(|| two_decimals(venue.per_hour())),
        event_days: venue.event_days,
        team_days: venue.team_days,
        activations: venue.activations,
        last_visit: venue.last_visit,
        key: venue.key,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn venue(key: &'static str, activations: i64, event_days: u32) -> VenueDays<&'static str> {
        VenueDays {
            key,
            event_days,
            team_days: event_days * 2,
            activations,
            hours_activations: 0,
            officer_hours: 0.0,
            last_visit: None,
        }
    }

    fn places(standings: &[Standing<&'static str>]) -> Vec<(&'static str, Option<u32>)> {
        standings.iter().map(|standing| (standing.key, standing.rank)).collect()
    }

    #[test]
    fn the_highest_yield_leads_ties_go_to_more_days_then_code_and_the_unvisited_close() {
        let ranked = rank(
            vec![
                venue("Z-NEVER", 0, 0),
                venue("B", 40, 1),
                venue("A-NEVER", 0, 0),
                venue("A", 40, 1),
                venue("C", 120, 3),
                venue("NIHIL", 0, 2),
                venue("TOP", 41, 1),
            ],
            Per::Day,
        );
        let expected = [
            ("TOP", Some(1)),
            ("C", Some(2)),
            ("A", Some(3)),
            ("B", Some(4)),
            ("NIHIL", Some(5)),
            ("A-NEVER", None),
            ("Z-NEVER", None),
        ];
        assert_eq!(places(&ranked), expected);
        assert_eq!((ranked[1].per_day, ranked[1].per_team_day), (Some(40.0), Some(20.0)));
        assert_eq!((ranked[4].per_day, ranked[5].per_day, ranked[6].per_team_day), (Some(0.0), None, None));
    }

    #[test]
    fn a_difference_that_two_decimals_hide_still_decides() {
        let ranked = rank(vec![venue("LESS", 33_333, 1_000), venue("MORE", 100, 3)], Per::Day);
        assert_eq!(places(&ranked), [("MORE", Some(1)), ("LESS", Some(2))]);
        assert_eq!(ranked[0].per_day, ranked[1].per_day);
    }

    #[test]
    fn per_officer_hour_a_venue_without_hours_follows_unranked_before_the_unvisited() {
        let hours = |key, hours_activations, officer_hours| VenueDays {
            hours_activations,
            officer_hours,
            ..venue(key, 500, 5)
        };
        let rows = vec![venue("NEVER", 0, 0), hours("NONE", 0, 0.0), hours("SLOW", 10, 7.5), hours("FAST", 10, 2.5)];
        let ranked = rank(rows, Per::OfficerHour);
        let expected = [("FAST", Some(1)), ("SLOW", Some(2)), ("NONE", None), ("NEVER", None)];
        assert_eq!(places(&ranked), expected);
        assert_eq!((ranked[0].per_officer_hour, ranked[1].per_officer_hour), (Some(4.0), Some(1.33)));
        assert_eq!((ranked[2].per_officer_hour, ranked[2].per_day), (None, Some(100.0)));
    }

    #[test]
    fn per_team_day_two_teams_halve_the_yield() {
        let alone = VenueDays { team_days: 1, ..venue("ALONE", 30, 1) };
        let ranked = rank(vec![venue("TWO", 50, 1), alone], Per::TeamDay);
        assert_eq!(places(&ranked), [("ALONE", Some(1)), ("TWO", Some(2))]);
    }

    #[test]
    fn by_estimate_the_never_visited_have_a_place_and_what_is_unknown_has_none() {
        let rows = vec![venue("LUCKY", 150, 1), venue("STEADY", 240, 4), venue("NEVER", 0, 0), venue("UNKNOWN", 9, 1)];
        let expected = |key: &&str| match *key {
            "LUCKY" | "NEVER" => Some(50.0),
            "STEADY" => Some(60.0),
            _ => None,
        };
        let ranked = rank_by_estimate(rows, expected);
        let places_of = [("STEADY", Some(1)), ("LUCKY", Some(2)), ("NEVER", Some(3)), ("UNKNOWN", None)];
        assert_eq!(places(&ranked), places_of);
        assert_eq!((ranked[1].per_day, ranked[2].per_day), (Some(150.0), None));
    }

    proptest! {
        #[test]
        fn the_order_does_not_depend_on_the_order_of_the_rows(
            sums in proptest::collection::vec((0..50i64, 0..4u32), 1..20),
            per in proptest::sample::select(Per::ALL),
        ) {
            let rows: Vec<_> = sums.iter().enumerate().map(|(key, (n, days))| VenueDays {
                key,
                event_days: *days,
                team_days: days * 2,
                activations: *n,
                hours_activations: *n,
                officer_hours: f64::from(*days) * 7.5,
                last_visit: None,
            }).collect();
            let backwards: Vec<_> = rows.iter().rev().cloned().collect();
            prop_assert_eq!(rank(rows, per), rank(backwards, per));
        }
    }
}
