//! Which group of venues yields most: "schools", not this school. All event-days of a group count alike.

use std::collections::BTreeMap;

use super::rounding::ratio;
use super::standing::Standing;

/// A group of venues and what a day there yields.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupYield<G> {
    pub group: G,
    /// Visited ones.
    pub venues: u32,
    pub event_days: u32,
    pub activations: i64,
    /// In two decimals.
    pub per_day: f64,
}

/// A group of fewer event-days says too little to be named first.
const FEWEST_DAYS: u32 = 3;

/// The group whose event-days yield most in the mean; on a tie the one of more days, then the first. None if no group has
/// enough event-days.
pub fn best_group<'a, G: Ord + Copy, K: 'a>(
    standings: impl Iterator<Item = (G, &'a Standing<K>)>,
) -> Option<GroupYield<G>> {
    let mut sums: BTreeMap<G, (u32, u32, i64)> = BTreeMap::new();
    for (group, standing) in standings.filter(|(_, standing)| standing.event_days > 0) {
        let (venues, event_days, activations) = sums.entry(group).or_default();
        *venues += 1;
        *event_days += standing.event_days;
        *activations += standing.activations;
    }
    let enough = sums.into_iter().filter(|(_, (_, event_days, _))| *event_days >= FEWEST_DAYS);
    let best = enough.rev().max_by(|(_, (_, a_days, a)), (_, (_, b_days, b))| {
        let exact = (i128::from(*a) * i128::from(*b_days)).cmp(&(i128::from(*b) * i128::from(*a_days)));
        exact.then_with(|| a_days.cmp(b_days))
    });
    let (group, (venues, event_days, activations)) = best?;
    Some(GroupYield { group, venues, event_days, activations, per_day: ratio(activations, event_days)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(event_days: u32, activations: i64) -> Standing<u8> {
        Standing {
            key: 0,
            rank: None,
            event_days,
            team_days: event_days,
            activations,
            per_day: None,
            per_team_day: None,
            per_officer_hour: None,
            last_visit: None,
        }
    }

    fn best(rows: &[(&'static str, u32, i64)]) -> Option<(&'static str, u32, u32, f64)> {
        let standings: Vec<_> = rows.iter().map(|(group, days, n)| (*group, standing(*days, *n))).collect();
        let best = best_group(standings.iter().map(|(group, standing)| (*group, standing)))?;
        Some((best.group, best.venues, best.event_days, best.per_day))
    }

    #[test]
    fn the_mean_over_all_event_days_of_a_group_decides_not_its_best_venue() {
        let rows = [("market", 5, 400), ("school", 1, 200), ("school", 9, 100), ("school", 0, 0), ("bank", 2, 900)];
        assert_eq!(best(&rows), Some(("market", 1, 5, 80.0)));
    }

    #[test]
    fn a_tie_goes_to_more_days_then_to_the_first_and_few_days_decide_nothing() {
        assert_eq!(best(&[("b", 3, 30), ("a", 3, 30), ("c", 4, 40)]).map(|best| best.0), Some("c"));
        assert_eq!(best(&[("b", 3, 30), ("a", 3, 30)]).map(|best| best.0), Some("a"));
        assert_eq!(best(&[("a", 2, 500)]), None);
    }
}
