//! One venue's best path at given prices: the dynamic program on which everything else stands.
//!
//! value(i, k) is the best value of exactly k + 1 visits within the first i + 1 days: either nobody comes on day i, or
//! the (k + 1)-th visit is on it, by the crew whose gain less price is largest, after the last day that keeps the gap.
//! Exact, with chronological depletion, gap, number of visits, fixed bookings and pins. O(days × crews × visits); the
//! innermost loop runs over visits and is compiled to vector instructions for the processor at hand.

use pulp::Arch;

use super::network::{MOST_LANES, NEVER, NONE, Network, Paths, Stop};

/// A bonus that the first visits of a path earn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bonus {
    pub(super) amount: i32,
    /// How many visits earn it.
    pub(super) visits: usize,
}

/// Memory of the dynamic program, used again and again.
#[derive(Debug, Clone)]
pub(super) struct Pricer {
    arch: Arch,
    table: Vec<i32>,
    /// Work done so far; see [`Paths::work`].
    pub(super) work: u64,
}

impl Bonus {
    pub(super) fn always(amount: i32) -> Self {
        Self { amount, visits: usize::MAX }
    }
}

impl Pricer {
    pub(super) fn new() -> Self {
        Self { arch: Arch::new(), table: Vec::new(), work: 0 }
    }

    /// Finds the best path at the prices `cost` of slots; `out` takes its stops in the order of time. Returns its value:
    /// gains, rewards and bonuses less prices. Fixed bookings are always on it and pay nothing.
    pub(super) fn best_path(
        &mut self,
        network: &Network,
        venue: usize,
        cost: &[i32],
        bonus: Bonus,
        out: &mut Vec<Stop>,
    ) -> i32 {
        let paths = &network.paths[venue];
        out.clear();
        if paths.is_empty() {
            return 0;
        }
        self.work += paths.work();
        let needed = paths.days.len() * paths.lanes;
        if self.table.len() < needed {
            self.table.resize(needed, 0);
        }
        let table = &mut self.table[..needed];
        let query = Query { network, paths, cost, bonus };
        match paths.lanes {
            4 => self.arch.dispatch(|| query.fill::<4>(table)),
            8 => self.arch.dispatch(|| query.fill::<8>(table)),
            12 => self.arch.dispatch(|| query.fill::<12>(table)),
            16 => self.arch.dispatch(|| query.fill::<16>(table)),
            20 => self.arch.dispatch(|| query.fill::<20>(table)),
            32 => self.arch.dispatch(|| query.fill::<32>(table)),
            128 => self.arch.dispatch(|| query.fill::<128>(table)),
            _ => self.arch.dispatch(|| query.fill::<MOST_LANES>(table)),
        }
        query.trace(table, out)
    }
}

/// One question to the dynamic program.
struct Query<'a> {
    network: &'a Network,
    paths: &'a Paths,
    cost: &'a [i32],
    bonus: Bonus,
}

impl Query<'_> {
    #[allow(clippy::inline_always, reason = "vector code works only where it is part of the dispatched function")]
    #[inline(always)]
    fn fill<const K: usize>(&self, table: &mut [i32]) {
        let Self { network, paths, cost, bonus } = self;
        let mut bonuses = [0; K];
        bonuses.iter_mut().take(bonus.visits).for_each(|visit| *visit = bonus.amount);
        let first_fixed = paths.fixed.first().map_or(usize::MAX, |(at, _)| usize::from(*at));
        let is_plain = paths.fixed.is_empty() && paths.rewards.is_empty();
        for (at, day) in paths.days.iter().enumerate() {
            let row = &cost[usize::from(*day) * network.stride..][..network.stride];
            let worth = match (is_plain, paths.has_joint) {
                (true, false) => best_single::<K>(paths, row),
                (true, true) => best_crew::<K>(paths, row),
                (false, _) => self.best_wished::<K>(at, *day, row),
            };
            let mut values = [NEVER; K];
            let before = paths.before[at];
            values[0] = if at <= first_fixed { worth[0] + bonuses[0] } else { NEVER };
            if before != NONE {
                let reached = &table[usize::from(before) * K..][..K];
                for k in 1..K {
                    values[k] = worth[k] + bonuses[k] + reached[k - 1];
                }
            }
            if at > 0 && !(is_fixed(paths, at)) {
                let waited = &table[(at - 1) * K..][..K];
                for k in 0..K {
                    values[k] = values[k].max(waited[k]);
                }
            }
            for value in &mut values {
                *value = (*value).max(NEVER);
            }
            table[at * K..][..K].copy_from_slice(&values);
        }
    }

    /// The best visit of a day where pins or fixed bookings have a say.
    #[allow(clippy::inline_always, reason = "vector code works only where it is part of the dispatched function")]
    #[inline(always)]
    fn best_wished<const K: usize>(&self, at: usize, day: u16, row: &[i32]) -> [i32; K] {
        let mut best = [NEVER; K];
        for crew in 0..self.paths.crews.len() {
            let Some(price) = self.price(at, row, crew) else { continue };
            let (always, first) = self.paths.reward(day, crew);
            let gains = &self.paths.gain[crew * K..][..K];
            for k in 0..K {
                let reward = if k == 0 { always + first } else { always };
                best[k] = best[k].max(gains[k] + reward - price);
            }
        }
        best
    }

    /// What a crew costs on a day; none if a fixed booking wants another one.
    fn price(&self, at: usize, row: &[i32], crew: usize) -> Option<i32> {
        let booked = self.paths.fixed.iter().find(|(fixed, _)| usize::from(*fixed) == at);
        match booked {
            Some((_, stop)) => (usize::from(stop.crew) == crew).then_some(0),
            None => Some(self.paths.crews[crew].iter().map(|team| row[usize::from(*team)]).sum()),
        }
    }

    /// Walks back through a filled table.
    fn trace(&self, table: &[i32], out: &mut Vec<Stop>) -> i32 {
        let Self { network, paths, cost, .. } = self;
        let lanes = paths.lanes;
        let mut at = paths.days.len() - 1;
        let last = &table[at * lanes..][..paths.visits];
        let least = if paths.fixed.is_empty() { 0 } else { NEVER };
        let mut best = (least, None);
        for (k, value) in last.iter().enumerate() {
            if *value > best.0 {
                best = (*value, Some(k));
            }
        }
        let (value, mut next) = best;
        while let Some(k) = next {
            while at > 0 && table[(at - 1) * lanes + k] == table[at * lanes + k] && !is_fixed(paths, at) {
                at -= 1;
            }
            let day = paths.days[at];
            let row = &cost[usize::from(day) * network.stride..][..network.stride];
            let worth = |crew: usize| {
                let (always, first) = paths.reward(day, crew);
                let reward = if k == 0 { always + first } else { always };
                self.price(at, row, crew).map_or(i32::MIN, |price| paths.gain[crew * lanes + k] + reward - price)
            };
            // The first of equals: ties go to the lowest crew.
            let crew = (0..paths.crews.len())
                .map(|crew| (worth(crew), crew))
                .fold((i32::MIN, 0), |best, one| if one.0 > best.0 { one } else { best });
            out.push(Stop { day, crew: u16::try_from(crew.1).unwrap_or(0) });
            at = usize::from(paths.before[at]);
            next = k.checked_sub(1);
        }
        out.reverse();
        value
    }
}

fn is_fixed(paths: &Paths, at: usize) -> bool {
    paths.fixed.iter().any(|(fixed, _)| usize::from(*fixed) == at)
}

#[allow(clippy::inline_always, reason = "vector code works only where it is part of the dispatched function")]
#[inline(always)]
fn best_single<const K: usize>(paths: &Paths, row: &[i32]) -> [i32; K] {
    let mut best = [NEVER; K];
    for (gains, crew) in paths.gain.chunks_exact(K).zip(&paths.crews) {
        let price = row[usize::from(crew[0])];
        for k in 0..K {
            best[k] = best[k].max(gains[k] - price);
        }
    }
    best
}

#[allow(clippy::inline_always, reason = "vector code works only where it is part of the dispatched function")]
#[inline(always)]
fn best_crew<const K: usize>(paths: &Paths, row: &[i32]) -> [i32; K] {
    let mut best = [NEVER; K];
    for (gains, crew) in paths.gain.chunks_exact(K).zip(&paths.crews) {
        let price = row[usize::from(crew[0])] + row[usize::from(crew[1])];
        for k in 0..K {
            best[k] = best[k].max(gains[k] - price);
        }
    }
    best
}
