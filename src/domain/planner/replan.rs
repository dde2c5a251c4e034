//! Planning again after something changed: what still can stand stays, so that as few visits as possible move, and the
//! rest is planned around it.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::instance::{Duty, Instance};
use super::visit::Visit;

/// An instance in which the visits of an earlier plan are fixed, as far as they still can stand.
#[derive(Debug, Clone)]
pub struct Kept {
    pub instance: Instance,
    /// Visits of the earlier plan that cannot stand any more; their venues are planned anew.
    pub dropped: Vec<Visit>,
}

/// Fixes the visits of an earlier plan that keep every rule of this instance beside its own fixed bookings.
///
/// If the earlier plan kept the rules among its visits, only those are dropped that a change of the instance forbids.
/// Where a limit shrank (overtime, visits, gap) visits are kept in the order of time. O(visits × fixed of the venue).
pub fn keep_visits(instance: &Instance, earlier: &[Visit]) -> Result<Kept, Vec<Fault>> {
    let mut draft = instance.clone().into_draft();
    let mut taken: BTreeSet<(usize, usize)> = team_days(&draft.fixed).collect();
    let mut overtime = vec![0; draft.teams.len()];
    for (team, day) in &taken {
        overtime[*team] += u32::from(instance.teams[*team].calendar[*day] == Duty::Overtime);
    }
    let mut earlier = earlier.to_vec();
    earlier.sort_unstable_by_key(|visit| (visit.day, *visit));
    earlier.retain(|visit| !draft.fixed.contains(visit));
    let mut dropped = Vec::new();
    for visit in earlier {
        let needs: Vec<usize> = visit.crew.teams().filter(|team| is_overtime(instance, *team, visit.day)).collect();
        let within = needs.iter().all(|team| overtime[*team] < instance.teams[*team].overtime_max);
        let free = visit.crew.teams().all(|team| !taken.contains(&(team, visit.day)));
        if within && free && may_stand(instance, &visit) && keeps_gaps(instance, &draft.fixed, &visit) {
            taken.extend(team_days(&[visit]));
            for team in needs {
                overtime[team] += 1;
            }
            draft.fixed.push(visit);
        } else {
            dropped.push(visit);
        }
    }
    Ok(Kept { instance: Instance::new(draft)?, dropped })
}

fn team_days(visits: &[Visit]) -> impl Iterator<Item = (usize, usize)> + '_ {
    visits.iter().flat_map(|visit| visit.crew.teams().map(|team| (team, visit.day)))
}

fn is_overtime(instance: &Instance, team: usize, day: usize) -> bool {
    instance.teams.get(team).is_some_and(|team| team.calendar.get(day) == Some(&Duty::Overtime))
}

/// Whether venue and crew can meet on that day at all.
fn may_stand(instance: &Instance, visit: &Visit) -> bool {
    let Some(venue) = instance.venues.get(visit.venue) else { return false };
    let is_on = |team: usize| instance.teams[team].calendar.get(visit.day).is_some_and(|duty| *duty != Duty::Off);
    venue.open.iter().any(|day| usize::from(*day) == visit.day)
        && venue.reach.iter().any(|reach| reach.crew == visit.crew)
        && visit.crew.teams().all(is_on)
        && !instance.excluded.contains(&visit.venue)
}

/// Whether the venue's other visits leave room for it.
fn keeps_gaps(instance: &Instance, fixed: &[Visit], visit: &Visit) -> bool {
    let venue = &instance.venues[visit.venue];
    let of_venue = || fixed.iter().filter(|other| other.venue == visit.venue);
    of_venue().count() < venue.max_visits && of_venue().all(|other| other.day.abs_diff(visit.day) >= venue.min_gap)
}
