//! The instance as the solver sees it: for every venue a network of (day, visits so far), for every team and day a
//! slot. Amounts are 32-bit integers, so that a row of a venue's dynamic program fits into vector registers.
//!
//! Memory O(days × teams + Σ crews × visits of each venue).

use crate::domain::planner::instance::{Duty, Instance, Venue};
use crate::domain::planner::visit::{Crew, Visit};

/// Price of a slot that cannot be had. Far above every gain, so that no path through it is ever best.
pub(super) const BLOCKED: i32 = 1 << 28;
/// Value of a state that cannot be reached.
pub(super) const NEVER: i32 = -(1 << 29);
/// The value of one path stays below this.
const LARGEST_VALUE: i64 = 1 << 27;
/// Rows are a multiple of this long: whole vectors on every processor.
const LANES: usize = 8;
/// No day before this one keeps the gap.
pub(super) const NONE: u16 = u16::MAX;

/// What a team's day is to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Cannot be used.
    Closed,
    /// A fixed booking stands on it.
    Held,
    Regular,
    Overtime,
}

/// All that the search reads. A slot is `day × stride + team`; the last column of each day belongs to nobody, is free
/// of charge, and is the second team of a crew of one.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) days: usize,
    pub(super) teams: usize,
    pub(super) stride: usize,
    pub(super) slots: Vec<Slot>,
    /// Overtime days left beside the fixed bookings, by team.
    pub(super) overtime: Vec<i32>,
    /// Slots of overtime, by team.
    pub(super) overtime_slots: Vec<Vec<u32>>,
    /// Visits wanted at least, by area.
    pub(super) floors: Vec<i32>,
    pub(super) penalty: i32,
    /// Objective before any visit and floor: every pin is still missed.
    pub(super) constant: i64,
    pub(super) paths: Vec<Paths>,
    /// Venues by area.
    pub(super) of_area: Vec<Vec<u32>>,
    pub(super) unit: Unit,
}

/// One unit of the search in centi-activations: `coarse / scale`. One of the two is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) scale: i64,
    pub(super) coarse: i64,
}

/// The network of one venue.
#[derive(Debug, Default)]
pub(super) struct Paths {
    pub(super) area: usize,
    /// Visits that the horizon has room for, at most.
    pub(super) visits: usize,
    /// `visits`, rounded up to whole vectors: the length of a row.
    pub(super) lanes: usize,
    /// Days on which some crew may come, ascending.
    pub(super) days: Vec<u16>,
    /// For each day the index of the last day that keeps the gap, or [`NONE`].
    pub(super) before: Vec<u16>,
    /// Teams of each crew; the second may be nobody.
    pub(super) crews: Vec<[u16; 2]>,
    pub(super) has_joint: bool,
    /// Gain by crew, then visit; padded with [`NEVER`].
    pub(super) gain: Vec<i32>,
    /// Fixed bookings, by index into `days`.
    pub(super) fixed: Vec<(u16, Stop)>,
    pub(super) rewards: Vec<Reward>,
}

/// A visit inside one venue's path: the day and the index of the crew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stop {
    pub(super) day: u16,
    pub(super) crew: u16,
}

/// What a pin adds to a visit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reward {
    day: Option<u16>,
    team: Option<u16>,
    amount: i32,
}

impl Unit {
    /// The finest unit in which the value of every path fits.
    fn fine_enough(instance: &Instance) -> Self {
        let largest = |venue: &Venue| {
            let gain = venue.reach.iter().flat_map(|reach| &reach.gain).copied().max().unwrap_or(0);
            let visits = i64::try_from(visits_possible(venue)).unwrap_or(i64::MAX);
            visits.saturating_mul(i64::from(gain) + instance.shortfall_penalty)
        };
        let pins = i64::try_from(instance.pins.len()).unwrap_or(i64::MAX).saturating_mul(instance.pin_penalty);
        let largest = instance.venues.iter().map(largest).max().unwrap_or(0).saturating_add(pins).max(1);
        let scale = [16, 8, 4, 2, 1].into_iter().find(|scale| largest.saturating_mul(*scale) <= LARGEST_VALUE);
        match scale {
            Some(scale) => Self { scale, coarse: 1 },
            None => Self { scale: 1, coarse: largest / LARGEST_VALUE + 1 },
        }
    }

    /// An amount in this unit, rounded down where the unit is coarse.
    pub(super) fn of(self, centi: i64) -> i32 {
        i32::try_from(centi * self.scale / self.coarse).unwrap_or(BLOCKED)
    }

    /// True if no amount was rounded.
    pub(super) fn is_exact(self) -> bool {
        self.coarse == 1
    }
}

impl Network {
    pub(super) fn new(instance: &Instance) -> Self {
        let unit = Unit::fine_enough(instance);
        let (days, teams) = (instance.days, instance.teams.len());
        let stride = teams + 1;
        let mut slots = vec![Slot::Regular; days * stride];
        for (at, team) in instance.teams.iter().enumerate() {
            for (day, duty) in team.calendar.iter().enumerate() {
                slots[day * stride + at] = match duty {
                    Duty::Off => Slot::Closed,
                    Duty::Regular => Slot::Regular,
                    Duty::Overtime => Slot::Overtime,
                };
            }
        }
        let clamp = |number: u32| i32::try_from(number).unwrap_or(i32::MAX).min(1 << 30);
        let mut overtime: Vec<i32> = instance.teams.iter().map(|team| clamp(team.overtime_max)).collect();
        let mut fixed = vec![Vec::new(); instance.venues.len()];
        for visit in &instance.fixed {
            fixed[visit.venue].push(*visit);
            for team in visit.crew.teams() {
                let slot = &mut slots[visit.day * stride + team];
                overtime[team] -= i32::from(*slot == Slot::Overtime);
                *slot = Slot::Held;
            }
        }
        let mut is_excluded = vec![false; instance.venues.len()];
        instance.excluded.iter().for_each(|venue| is_excluded[*venue] = true);
        let mut network = Self {
            days,
            teams,
            stride,
            slots,
            overtime,
            overtime_slots: Vec::new(),
            floors: instance.floors.iter().map(|floor| clamp(*floor)).collect(),
            penalty: unit.of(instance.shortfall_penalty),
            constant: 0,
            paths: Vec::new(),
            of_area: vec![Vec::new(); instance.floors.len()],
            unit,
        };
        network.overtime_slots = (0..teams).map(|team| network.slots_of(team, Slot::Overtime)).collect();
        for (at, venue) in instance.venues.iter().enumerate() {
            network.paths.push(Paths::new(&network, venue, &fixed[at], is_excluded[at]));
            network.of_area[venue.area].push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        network.add_pins(instance);
        network
    }

    fn add_pins(&mut self, instance: &Instance) {
        let amount = self.unit.of(instance.pin_penalty);
        for pin in &instance.pins {
            let index = |number: Option<usize>| number.and_then(|number| u16::try_from(number).ok());
            let reward = Reward { day: index(pin.day), team: index(pin.team), amount };
            self.paths[pin.venue].rewards.push(reward);
            self.constant -= i64::from(amount);
        }
    }

    fn slots_of(&self, team: usize, kind: Slot) -> Vec<u32> {
        let slots = (0..self.days).map(|day| day * self.stride + team);
        slots.filter(|slot| self.slots[*slot] == kind).filter_map(|slot| u32::try_from(slot).ok()).collect()
    }

    /// Slots that can be sold.
    pub(super) fn is_for_sale(&self, slot: usize) -> bool {
        slot % self.stride != self.teams && matches!(self.slots[slot], Slot::Regular | Slot::Overtime)
    }

    /// The slots that a stop of a venue takes; one of nobody's left out.
    pub(super) fn slots_taken(&self, venue: usize, stop: Stop) -> impl Iterator<Item = usize> + use<> {
        let teams = self.paths[venue].crews[usize::from(stop.crew)];
        let (row, nobody) = (usize::from(stop.day) * self.stride, self.teams);
        teams.into_iter().map(usize::from).filter(move |team| *team != nobody).map(move |team| row + team)
    }

    /// Whether a stop is a fixed booking: its slots are for sale to nobody.
    pub(super) fn is_fixed(&self, venue: usize, stop: Stop) -> bool {
        self.slots_taken(venue, stop).all(|slot| self.slots[slot] == Slot::Held)
    }

    /// A stop as a visit of the plan.
    pub(super) fn visit(&self, venue: usize, stop: Stop) -> Visit {
        let [first, second] = self.paths[venue].crews[usize::from(stop.crew)];
        let pair = if usize::from(second) == self.teams { None } else { Crew::pair(first, second) };
        Visit { venue, day: usize::from(stop.day), crew: pair.unwrap_or_else(|| Crew::one(first)) }
    }

    /// A visit as a stop of its venue; none if venue and crew cannot meet on that day.
    pub(super) fn stop(&self, visit: &Visit) -> Option<Stop> {
        let paths = self.paths.get(visit.venue)?;
        let day = u16::try_from(visit.day).ok().filter(|day| paths.days.binary_search(day).is_ok())?;
        let nobody = u16::try_from(self.teams).ok()?;
        let teams = [visit.crew.first(), visit.crew.second().unwrap_or(nobody)];
        let crew = paths.crews.iter().position(|crew| *crew == teams)?;
        Some(Stop { day, crew: u16::try_from(crew).ok()? })
    }

    /// The work of pricing every venue once.
    pub(super) fn work(&self) -> u64 {
        self.paths.iter().map(Paths::work).sum::<u64>().max(1)
    }
}

impl Paths {
    fn new(network: &Network, venue: &Venue, fixed: &[Visit], is_excluded: bool) -> Self {
        let nobody = u16::try_from(network.teams).unwrap_or(u16::MAX);
        let crews: Vec<[u16; 2]> =
            venue.reach.iter().map(|reach| [reach.crew.first(), reach.crew.second().unwrap_or(nobody)]).collect();
        let is_free = |day: usize, crew: &[u16; 2]| {
            crew.iter().all(|team| {
                matches!(network.slots[day * network.stride + usize::from(*team)], Slot::Regular | Slot::Overtime)
            })
        };
        let is_possible = |day: usize| {
            let far = fixed.iter().all(|visit| visit.day.abs_diff(day) >= venue.min_gap);
            let booked = fixed.iter().any(|visit| visit.day == day);
            booked || (far && !is_excluded && crews.iter().any(|crew| is_free(day, crew)))
        };
        let days: Vec<u16> = venue.open.iter().copied().filter(|day| is_possible(usize::from(*day))).collect();
        let visits = visits_within(&days, venue.min_gap).min(venue.max_visits);
        let lanes = visits.next_multiple_of(LANES);
        let gap = |day: u16| days.partition_point(|open| usize::from(*open) + venue.min_gap <= usize::from(day));
        let before =
            days.iter().map(|day| gap(*day).checked_sub(1).map_or(NONE, |at| u16::try_from(at).unwrap_or(NONE)));
        let before = before.collect();
        let mut gain = Vec::with_capacity(crews.len() * lanes);
        for reach in &venue.reach {
            gain.extend(reach.gain.iter().take(visits).map(|gain| network.unit.of(i64::from(*gain))));
            gain.resize(gain.len() + lanes - visits, NEVER / 2);
        }
        let stop = |visit: &Visit| {
            let crew = venue.reach.iter().position(|reach| reach.crew == visit.crew).unwrap_or(0);
            let day = u16::try_from(visit.day).unwrap_or(u16::MAX);
            let at = days.partition_point(|open| *open < day);
            (u16::try_from(at).unwrap_or(NONE), Stop { day, crew: u16::try_from(crew).unwrap_or(0) })
        };
        let mut fixed: Vec<(u16, Stop)> = fixed.iter().map(stop).collect();
        fixed.sort_unstable();
        let has_joint = crews.iter().any(|crew| crew[1] != nobody);
        Self { area: venue.area, visits, lanes, days, before, crews, has_joint, gain, fixed, rewards: Vec::new() }
    }

    /// Whether any visit is possible.
    pub(super) fn is_empty(&self) -> bool {
        self.visits == 0 || self.crews.is_empty()
    }

    /// Cells of the dynamic program, and a little for what comes with it.
    pub(super) fn work(&self) -> u64 {
        (self.days.len() * (self.crews.len() * self.lanes + 64) + 1024) as u64
    }

    /// The fixed bookings alone.
    pub(super) fn fixed_stops(&self) -> impl Iterator<Item = Stop> + '_ {
        self.fixed.iter().map(|(_, stop)| *stop)
    }

    /// Gain and rewards of a chronological path.
    pub(super) fn value(&self, stops: impl Iterator<Item = Stop>) -> i32 {
        let worth = |(nth, stop): (usize, Stop)| {
            let gain = self.gain[usize::from(stop.crew) * self.lanes + nth];
            let (always, first) = self.reward(stop.day, usize::from(stop.crew));
            gain + always + if nth == 0 { first } else { 0 }
        };
        stops.enumerate().map(worth).sum()
    }

    /// Whether a chronological path keeps gap, number of visits and fixed bookings.
    pub(super) fn keeps_rules(&self, stops: &[Stop]) -> bool {
        let index = |stop: &Stop| self.days.partition_point(|day| *day < stop.day);
        let keeps_gap = |pair: &[Stop]| {
            let before = self.before[index(&pair[1])];
            before != NONE && usize::from(before) >= index(&pair[0])
        };
        stops.len() <= self.visits
            && stops.windows(2).all(keeps_gap)
            && self.fixed_stops().all(|fixed| stops.contains(&fixed))
    }

    /// What pins add to a visit on a day by a crew: always, and if it is the first.
    pub(super) fn reward(&self, day: u16, crew: usize) -> (i32, i32) {
        let mut sums = (0, 0);
        for reward in &self.rewards {
            if reward.team.is_some_and(|team| !self.crews[crew].contains(&team)) {
                continue;
            }
            match reward.day {
                Some(wanted) if wanted == day => sums.0 += reward.amount,
                None => sums.1 += reward.amount,
                Some(_) => {}
            }
        }
        sums
    }
}

/// How many visits with this gap fit into ascending days. Greedy is exact: the earliest choice is never worse.
fn visits_within(days: &[u16], gap: usize) -> usize {
    let mut next = 0;
    let mut count = 0;
    for day in days.iter().map(|day| usize::from(*day)) {
        if day >= next {
            count += 1;
            next = day + gap;
        }
    }
    count
}

fn visits_possible(venue: &Venue) -> usize {
    visits_within(&venue.open, venue.min_gap).min(venue.max_visits)
}
