//! A plan in the making: who holds which slot, what it is worth, and what taking a slot from its holder would cost.
//! Every change is made by [`Incumbent::set`], which keeps all of that true in time proportional to the change.

use super::network::{BLOCKED, Network, Slot, Stop};

/// Nobody holds the slot.
const FREE: u32 = u32::MAX;

#[derive(Debug, Clone)]
pub(super) struct Incumbent<'a> {
    pub(super) network: &'a Network,
    /// Stops of each venue in the order of time, fixed bookings among them.
    stops: Vec<Vec<Stop>>,
    values: Vec<i32>,
    holders: Vec<u32>,
    /// What the objective loses if the slot is taken: 0 for a free one, the holder's loss, [`BLOCKED`] where there is
    /// nothing to take.
    losses: Vec<i32>,
    /// What a slot costs somebody who takes only free ones: 0 or [`BLOCKED`].
    vacancies: Vec<i32>,
    overtime_left: Vec<i32>,
    visits: Vec<i32>,
    pub(super) objective: i64,
    log: Log,
}

/// What a move changed, so that it can be undone: the first state of each venue that it touched.
#[derive(Debug, Clone, Default)]
struct Log {
    /// Number of the move that touched a venue last.
    touched: Vec<u32>,
    current: u32,
    entries: Vec<(u32, u32)>,
    stops: Vec<Stop>,
}

impl<'a> Incumbent<'a> {
    /// The fixed bookings and nothing else.
    pub(super) fn new(network: &'a Network) -> Self {
        let losses = (0..network.slots.len()).map(|slot| {
            let free = network.is_for_sale(slot);
            let nobody = slot % network.stride == network.teams;
            if nobody || free { 0 } else { BLOCKED }
        });
        let losses: Vec<i32> = losses.collect();
        let shortfall: i64 = network.floors.iter().map(|floor| i64::from(*floor)).sum();
        let mut incumbent = Self {
            network,
            stops: vec![Vec::new(); network.paths.len()],
            values: vec![0; network.paths.len()],
            holders: vec![FREE; network.slots.len()],
            vacancies: losses.clone(),
            losses,
            overtime_left: network.overtime.clone(),
            visits: vec![0; network.floors.len()],
            objective: network.constant - shortfall * i64::from(network.penalty),
            log: Log { touched: vec![0; network.paths.len()], ..Log::default() },
        };
        (0..network.teams).for_each(|team| incumbent.refresh_overtime(team));
        for venue in 0..network.paths.len() {
            if !network.paths[venue].fixed.is_empty() {
                let fixed: Vec<Stop> = network.paths[venue].fixed_stops().collect();
                incumbent.set(venue, &fixed);
            }
        }
        incumbent
    }

    pub(super) fn stops(&self, venue: usize) -> &[Stop] {
        &self.stops[venue]
    }

    /// The venue that holds a slot by a visit that is not fixed.
    pub(super) fn holder(&self, slot: usize) -> Option<usize> {
        let holder = self.holders[slot];
        (holder != FREE).then_some(holder as usize)
    }

    /// What taking each slot costs.
    pub(super) fn losses(&self) -> &[i32] {
        &self.losses
    }

    /// What each slot costs while nothing is taken from anybody.
    pub(super) fn vacancies(&self) -> &[i32] {
        &self.vacancies
    }

    /// Gains and rewards of a venue's visits.
    pub(super) fn value(&self, venue: usize) -> i32 {
        self.values[venue]
    }

    pub(super) fn overtime_left(&self, team: usize) -> i32 {
        self.overtime_left[team]
    }

    /// How many further visits of the venue's area would still count for its floor, had the venue none.
    pub(super) fn visits_below_floor(&self, venue: usize) -> usize {
        let area = self.network.paths[venue].area;
        let others = self.visits[area] - self.stops[venue].len() as i32;
        usize::try_from(self.network.floors[area] - others).unwrap_or(0)
    }

    /// Whether a slot can be taken from nobody: an overtime day only while its team has overtime left.
    pub(super) fn is_free(&self, slot: usize) -> bool {
        self.holders[slot] == FREE && self.losses[slot] == 0
    }

    /// Replaces the stops of a venue. Every slot of the new ones is free or the venue's own, and overtime is left.
    /// O(visits²), and O(visits of the area) when its floor begins or ceases to be short.
    pub(super) fn set(&mut self, venue: usize, stops: &[Stop]) {
        let network = self.network;
        let area = network.paths[venue].area;
        self.touch(venue);
        let was_tight = self.is_tight(area);
        self.objective -= i64::from(self.values[venue]) - self.shortfall(area);
        let mut old = std::mem::take(&mut self.stops[venue]);
        for stop in &old {
            network.slots_taken(venue, *stop).for_each(|slot| self.release(slot));
        }
        self.visits[area] += stops.len() as i32 - old.len() as i32;
        old.clear();
        old.extend_from_slice(stops);
        for stop in stops {
            network.slots_taken(venue, *stop).for_each(|slot| self.occupy(slot, venue));
        }
        self.stops[venue] = old;
        self.values[venue] = network.paths[venue].value(stops.iter().copied());
        self.objective += i64::from(self.values[venue]) - self.shortfall(area);
        self.write_losses(venue);
        if was_tight != self.is_tight(area) {
            for other in &network.of_area[area] {
                self.write_losses(*other as usize);
            }
        }
    }

    /// Gives a venue without visits these, if their slots are free and overtime suffices.
    pub(super) fn try_set(&mut self, venue: usize, stops: &[Stop]) -> bool {
        let network = self.network;
        let bookings = stops.iter().filter(|stop| !network.is_fixed(venue, **stop));
        let slots = || bookings.clone().flat_map(|stop| network.slots_taken(venue, *stop));
        let overtime = |team: usize| {
            let of_team = |slot: &usize| network.slots[*slot] == Slot::Overtime && slot % network.stride == team;
            slots().filter(of_team).count() as i32
        };
        let fits = |slot: usize| {
            let team = slot % network.stride;
            self.is_free(slot) && overtime(team) <= self.overtime_left[team]
        };
        let all_fit = slots().all(fits);
        if all_fit {
            self.set(venue, stops);
        }
        all_fit
    }

    /// Takes one stop from a venue.
    pub(super) fn drop_stop(&mut self, venue: usize, slot: usize) {
        let network = self.network;
        let stops = self.stops[venue].iter().copied();
        let kept: Vec<Stop> = stops.filter(|stop| !network.slots_taken(venue, *stop).any(|own| own == slot)).collect();
        self.set(venue, &kept);
    }

    fn release(&mut self, slot: usize) {
        if self.network.slots[slot] == Slot::Held {
            return;
        }
        self.holders[slot] = FREE;
        self.losses[slot] = 0;
        self.vacancies[slot] = 0;
        if self.network.slots[slot] == Slot::Overtime {
            let team = slot % self.network.stride;
            self.overtime_left[team] += 1;
            if self.overtime_left[team] == 1 {
                self.refresh_overtime(team);
            }
        }
    }

    fn occupy(&mut self, slot: usize, venue: usize) {
        if self.network.slots[slot] == Slot::Held {
            return;
        }
        debug_assert!(self.holders[slot] == FREE, "the slot is taken");
        self.holders[slot] = venue as u32;
        self.vacancies[slot] = BLOCKED;
        if self.network.slots[slot] == Slot::Overtime {
            let team = slot % self.network.stride;
            self.overtime_left[team] -= 1;
            if self.overtime_left[team] == 0 {
                self.refresh_overtime(team);
            }
        }
    }

    /// Free overtime days cannot be taken once the team's overtime is used up.
    fn refresh_overtime(&mut self, team: usize) {
        let loss = if self.overtime_left[team] > 0 { 0 } else { BLOCKED };
        for slot in &self.network.overtime_slots[team] {
            let slot = *slot as usize;
            if self.holders[slot] == FREE {
                self.losses[slot] = loss;
                self.vacancies[slot] = loss;
            }
        }
    }

    /// Lets a venue have its own slots for nothing, until it [`claims`](Self::claim) them again.
    pub(super) fn forgive(&mut self, venue: usize) {
        let network = self.network;
        for stop in &self.stops[venue] {
            if !network.is_fixed(venue, *stop) {
                network.slots_taken(venue, *stop).for_each(|slot| {
                    self.losses[slot] = 0;
                    self.vacancies[slot] = 0;
                });
            }
        }
    }

    /// Takes back what was forgiven.
    pub(super) fn claim(&mut self, venue: usize) {
        let network = self.network;
        for stop in &self.stops[venue] {
            if !network.is_fixed(venue, *stop) {
                network.slots_taken(venue, *stop).for_each(|slot| self.vacancies[slot] = BLOCKED);
            }
        }
        self.write_losses(venue);
    }

    /// What each slot of a venue's visits is worth to it.
    fn write_losses(&mut self, venue: usize) {
        let network = self.network;
        let paths = &network.paths[venue];
        let penalty = if self.is_tight(paths.area) { network.penalty } else { 0 };
        for nth in 0..self.stops[venue].len() {
            let stops = &self.stops[venue];
            if network.is_fixed(venue, stops[nth]) {
                continue;
            }
            let others = stops.iter().enumerate().filter(|(other, _)| *other != nth).map(|(_, stop)| *stop);
            let loss = self.values[venue] - paths.value(others) + penalty;
            network.slots_taken(venue, stops[nth]).for_each(|slot| self.losses[slot] = loss);
        }
    }

    /// Whether an area that loses a visit falls (further) below its floor.
    fn is_tight(&self, area: usize) -> bool {
        self.visits[area] <= self.network.floors[area]
    }

    fn shortfall(&self, area: usize) -> i64 {
        i64::from((self.network.floors[area] - self.visits[area]).max(0)) * i64::from(self.network.penalty)
    }

    /// Begins a move: what happens from here on can be undone.
    pub(super) fn begin(&mut self) {
        self.log.current += 1;
        self.log.entries.clear();
        self.log.stops.clear();
    }

    fn touch(&mut self, venue: usize) {
        if self.log.touched[venue] != self.log.current {
            self.log.touched[venue] = self.log.current;
            self.log.entries.push((venue as u32, self.stops[venue].len() as u32));
            self.log.stops.extend_from_slice(&self.stops[venue]);
        }
    }

    /// The venues that the move has touched.
    pub(super) fn touched(&self) -> impl Iterator<Item = usize> + '_ {
        self.log.entries.iter().map(|(venue, _)| *venue as usize)
    }

    /// Undoes the move.
    pub(super) fn undo(&mut self) {
        let log = std::mem::take(&mut self.log);
        self.log.touched = log.touched;
        self.log.current = log.current;
        for (venue, _) in &log.entries {
            self.set(*venue as usize, &[]);
        }
        let mut from = 0;
        for (venue, length) in &log.entries {
            let to = from + *length as usize;
            self.set(*venue as usize, &log.stops[from..to]);
            from = to;
        }
        self.log.entries = log.entries;
        self.log.stops = log.stops;
        self.begin();
    }
}
