//! Floors that a plan does not reach, and how much could be reached at all.

use std::collections::{BTreeMap, BTreeSet};

use super::instance::{Duty, Instance};
use super::plan::FloorMissed;
use super::score::Score;
use super::visit::Visit;

/// The floors that are missed, by area.
pub(super) fn missed_floors(instance: &Instance, score: &Score) -> Vec<FloorMissed> {
    let short = |area: &usize| score.reached[*area] < instance.floors[*area];
    let areas: BTreeSet<usize> = (0..instance.floors.len()).filter(short).collect();
    if areas.is_empty() {
        return Vec::new();
    }
    let held: BTreeMap<(usize, usize), usize> = team_days(&instance.fixed).collect();
    let floor = |area: usize| FloorMissed {
        area,
        wanted: instance.floors[area],
        reached: score.reached[area],
        attainable: attainable(instance, area, &held),
    };
    areas.into_iter().map(floor).collect()
}

fn team_days(visits: &[Visit]) -> impl Iterator<Item = ((usize, usize), usize)> + '_ {
    visits.iter().flat_map(|visit| visit.crew.teams().map(|team| ((team, visit.day), visit.venue)))
}

/// Visits that an area could get if every team worked for it alone: the smaller of what its venues have room for and
/// of what teams have days for. An upper bound, O(days × crews of the area).
fn attainable(instance: &Instance, area: usize, held: &BTreeMap<(usize, usize), usize>) -> u32 {
    let mut room = 0;
    let mut open: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut teams: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, venue) in instance.venues.iter().enumerate().filter(|(_, venue)| venue.area == area) {
        let is_excluded = instance.excluded.contains(&at);
        let booked: Vec<usize> =
            instance.fixed.iter().filter(|visit| visit.venue == at).map(|visit| visit.day).collect();
        let mut next = 0;
        let mut visits = 0;
        for day in venue.open.iter().map(|day| usize::from(*day)) {
            if is_excluded && !booked.contains(&day) {
                continue;
            }
            let free = venue.reach.iter().flat_map(|reach| reach.crew.teams()).filter(|team| {
                let is_on = instance.teams[*team].calendar[day] != Duty::Off;
                is_on && held.get(&(*team, day)).is_none_or(|holder| *holder == at)
            });
            let free: Vec<usize> = free.collect();
            if free.is_empty() {
                continue;
            }
            open.entry(day).or_default().insert(at);
            teams.entry(day).or_default().extend(free);
            if day >= next {
                (next, visits) = (day + venue.min_gap, visits + 1);
            }
        }
        room += visits.min(venue.max_visits);
    }
    let by_day = open.iter().map(|(day, venues)| venues.len().min(teams[day].len()));
    let most = room.min(by_day.sum());
    u32::try_from(most).unwrap_or(u32::MAX)
}
