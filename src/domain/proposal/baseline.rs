//! What a careful person does without a planner: day by day each team goes to the venue with the highest yield that is
//! open, rested and in reach. Its worth stands beside the proposal's, so that everybody sees what planning brings.

use std::collections::BTreeMap;

use crate::domain::planner::{Crew, Duty, Instance};

/// Expected activations of that way, booked visits included, in hundredths. O(days × teams × venues × teams).
pub fn top_yield_first(instance: &Instance) -> i64 {
    let mut days: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for visit in &instance.fixed {
        days.entry(visit.venue).or_default().push(visit.day);
    }
    let mut visits: Vec<(usize, usize, Crew)> =
        instance.fixed.iter().map(|visit| (visit.venue, visit.day, visit.crew)).collect();
    let mut overtime = vec![0; instance.teams.len()];
    for day in 0..instance.days {
        for (at, team) in instance.teams.iter().enumerate() {
            let busy = instance.fixed.iter().any(|visit| visit.day == day && visit.crew.includes(at));
            let duty = team.calendar.get(day).copied().unwrap_or(Duty::Off);
            let used = overtime.get(at).copied().unwrap_or_default();
            if busy || duty == Duty::Off || (duty == Duty::Overtime && used >= team.overtime_max) {
                continue;
            }
            let Some(crew) = u16::try_from(at).ok().map(Crew::one) else { continue };
            let Some(venue) = best_open(instance, &days, crew, day) else { continue };
            if let Some(used) = overtime.get_mut(at).filter(|_| duty == Duty::Overtime) {
                *used += 1;
            }
            days.entry(venue).or_default().push(day);
            visits.push((venue, day, crew));
        }
    }
    let worth = |(venue, day, crew): &(usize, usize, Crew)| {
        let nth = days.get(venue).map_or(0, |days| days.iter().filter(|other| *other < day).count());
        instance.gain(*venue, *crew, nth).unwrap_or_default()
    };
    visits.iter().map(worth).sum()
}

/// The venue of the highest first yield for this crew that can be visited that day.
fn best_open(instance: &Instance, days: &BTreeMap<usize, Vec<usize>>, crew: Crew, day: usize) -> Option<usize> {
    let can = |at: usize| {
        let Some(venue) = instance.venues.get(at) else { return false };
        let so_far = days.get(&at).map(Vec::as_slice).unwrap_or_default();
        let open = u16::try_from(day).is_ok_and(|day| venue.open.binary_search(&day).is_ok());
        let apart = so_far.iter().all(|other| other.abs_diff(day) >= venue.min_gap);
        open && apart && so_far.len() < venue.max_visits && !instance.excluded.contains(&at)
    };
    let worth = |at: usize| instance.gain(at, crew, 0).filter(|gain| *gain > 0);
    let found = (0..instance.venues.len()).filter(|at| can(*at)).filter_map(|at| Some((worth(at)?, at)));
    // The first of equals, so that the answer is always the same.
    found.max_by_key(|(gain, at)| (*gain, std::cmp::Reverse(*at))).map(|(_, at)| at)
}
