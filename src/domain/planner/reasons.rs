//! Why a venue has no visit, and the cheapest change that would give it one.

use std::collections::BTreeMap;

use super::instance::{Duty, Instance};
use super::plan::{Inclusion, LeftOut, Reason};
use super::score::{of_venue, score};
use super::visit::{Crew, Visit};

/// A finished plan, indexed so that one can ask what would give way.
#[derive(Debug)]
pub struct Occupancy<'a> {
    instance: &'a Instance,
    visits: &'a [Visit],
    reached: Vec<u32>,
    /// Who holds a team's day, and what the plan would lose without that visit; none for fixed bookings.
    holders: BTreeMap<(usize, usize), (Visit, Option<i64>)>,
    /// For each team without overtime left, its overtime visits.
    exhausted: BTreeMap<usize, Vec<Visit>>,
}

impl<'a> Occupancy<'a> {
    /// `visits` sorted by venue and day.
    pub fn new(instance: &'a Instance, visits: &'a [Visit]) -> Self {
        let mut holders = BTreeMap::new();
        let mut overtime: BTreeMap<usize, Vec<Visit>> = BTreeMap::new();
        for visit in visits {
            let loss = (!instance.fixed.contains(visit)).then(|| gain_of(instance, visits, visit));
            for team in visit.crew.teams() {
                holders.insert((team, visit.day), (*visit, loss));
                if instance.teams[team].calendar[visit.day] == Duty::Overtime {
                    overtime.entry(team).or_default().push(*visit);
                }
            }
        }
        let limit = |team: usize| usize::try_from(instance.teams[team].overtime_max).unwrap_or(usize::MAX);
        let used = |team: usize| overtime.get(&team).map_or(0, Vec::len);
        let full = (0..instance.teams.len()).filter(|team| used(*team) >= limit(*team));
        let exhausted = full.map(|team| (team, overtime.get(&team).cloned().unwrap_or_default())).collect();
        Self { instance, visits, reached: score(instance, visits).reached, holders, exhausted }
    }

    /// The reasons of all venues without a visit.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let without = (0..self.instance.venues.len()).filter(|venue| of_venue(self.visits, *venue).is_empty());
        without.map(|venue| LeftOut { venue, reason: self.reason(venue) }).collect()
    }

    fn reason(&self, at: usize) -> Reason {
        let venue = &self.instance.venues[at];
        if self.instance.excluded.contains(&at) {
            return Reason::Excluded;
        }
        if venue.open.is_empty() || venue.max_visits == 0 {
            let earliest = |last: i32| i64::from(last) + venue.min_gap as i64;
            return match venue.last_visit {
                Some(last_visit) if earliest(last_visit) > 0 => {
                    Reason::TooSoon { last_visit, earliest: earliest(last_visit) }
                }
                _ => Reason::Closed,
            };
        }
        self.cheapest_inclusion(at).map_or(Reason::OutOfReach { teams: venue.reach.len() }, Reason::Beaten)
    }

    /// The first visit to a venue without one that costs the objective least, with what it displaces; ties go to the
    /// earlier day and the lower crew. None if no crew could come on any open day. O(open days × crews).
    pub fn cheapest_inclusion(&self, venue: usize) -> Option<Inclusion> {
        let of_venue = &self.instance.venues[venue];
        let visit = |day: &u16, crew: Crew| Visit { venue, day: usize::from(*day), crew };
        let crews = || of_venue.reach.iter().map(|reach| reach.crew);
        let visits = of_venue.open.iter().flat_map(|day| crews().map(move |crew| visit(day, crew)));
        visits
            .filter_map(|visit| self.include(visit))
            .min_by_key(|inclusion| (inclusion.difference, inclusion.visit.day))
    }

    /// What it would cost to make this visit.
    fn include(&self, visit: Visit) -> Option<Inclusion> {
        let mut displaced: Vec<Visit> = Vec::new();
        let mut lost = 0;
        for team in visit.crew.teams() {
            let duty = self.instance.teams[team].calendar[visit.day];
            if duty == Duty::Off {
                return None;
            }
            let (other, loss) = match self.holders.get(&(team, visit.day)) {
                Some((holder, loss)) => (*holder, (*loss)?),
                None if duty == Duty::Overtime && self.exhausted.contains_key(&team) => self.cheapest_overtime(team)?,
                None => continue,
            };
            if !displaced.contains(&other) {
                displaced.push(other);
                lost += loss;
            }
        }
        let gained = self.instance.gain(visit.venue, visit.crew, 0)?;
        let pins = self.instance.pins.iter().filter(|pin| pin.is_met_by(&visit, 0)).count() as i64;
        let worth = gained + pins * self.instance.pin_penalty + self.floors_change(&visit, &displaced);
        displaced.sort_unstable();
        Some(Inclusion { visit, displaced, difference: lost - worth })
    }

    /// The overtime visit of a team that is worth least.
    fn cheapest_overtime(&self, team: usize) -> Option<(Visit, i64)> {
        let visits = self.exhausted.get(&team)?.iter();
        let losses = visits.filter_map(|visit| self.holders.get(&(team, visit.day)));
        losses.filter_map(|(visit, loss)| Some((*visit, (*loss)?))).min_by_key(|(visit, loss)| (*loss, *visit))
    }

    /// What floors gain or lose when one visit comes and others go.
    fn floors_change(&self, visit: &Visit, displaced: &[Visit]) -> i64 {
        let area = |visit: &Visit| self.instance.venues[visit.venue].area;
        let mut change: BTreeMap<usize, i64> = BTreeMap::from([(area(visit), 1)]);
        for other in displaced {
            *change.entry(area(other)).or_default() -= 1;
        }
        let missing = |area: usize, change: i64| {
            (i64::from(self.instance.floors[area]) - i64::from(self.reached[area]) - change).max(0)
        };
        let saved = |(area, change): (usize, i64)| missing(area, 0) - missing(area, change);
        change.into_iter().map(saved).sum::<i64>() * self.instance.shortfall_penalty
    }
}

/// What a venue's visits are worth less without this one: later visits move up, pins may be missed.
fn gain_of(instance: &Instance, visits: &[Visit], visit: &Visit) -> i64 {
    let of_venue = of_venue(visits, visit.venue);
    let pins: Vec<_> = instance.pins.iter().filter(|pin| pin.venue == visit.venue).collect();
    let value = |visits: &mut dyn Iterator<Item = &Visit>| {
        let mut met = vec![false; pins.len()];
        let mut gain = 0;
        for (nth, visit) in visits.enumerate() {
            gain += instance.gain(visit.venue, visit.crew, nth).unwrap_or(0);
            pins.iter().zip(&mut met).for_each(|(pin, met)| *met |= pin.is_met_by(visit, nth));
        }
        gain + met.iter().filter(|met| **met).count() as i64 * instance.pin_penalty
    };
    value(&mut of_venue.iter()) - value(&mut of_venue.iter().filter(|other| *other != visit))
}
