//! One venue's best path at given prices: the dynamic program on which everything else stands.
//!
//! value(i, k) is the best value of exactly k visits within the first i days: either nobody comes on day i, or the k-th
//! visit is on it, by the crew whose gain less price is largest, after the last day that keeps the gap. Exact, with
//! chronological depletion, gap, number of visits, fixed bookings and pins. O(days × crews × visits); the innermost loop
//! runs over visits and is compiled to vector instructions for the processor at hand.

use pulp::{Arch, Simd, WithSimd};

use super::network::{NEVER, NONE, Network, Paths, Stop};

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
    /// What each visit of one day is worth, and what each visit earns beside: rows as long as those of a venue.
    worth: Vec<i32>,
    bonuses: Vec<i32>,
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
        Self { arch: Arch::new(), table: Vec::new(), worth: Vec::new(), bonuses: Vec::new(), work: 0 }
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
        let needed = (paths.days.len() + 1) * (paths.lanes + 1);
        if self.table.len() < needed {
            self.table.resize(needed, 0);
        }
        self.worth.resize(paths.lanes, 0);
        self.bonuses.clear();
        self.bonuses.resize(bonus.visits.min(paths.lanes), bonus.amount);
        self.bonuses.resize(paths.lanes, 0);
        let table = &mut self.table[..needed];
        let query = Query { network, paths, cost };
        self.arch.dispatch(Fill { query: &query, bonuses: &self.bonuses, worth: &mut self.worth, table });
        query.trace(table, out)
    }
}

/// One question to the dynamic program.
struct Query<'a> {
    network: &'a Network,
    paths: &'a Paths,
    cost: &'a [i32],
}

/// Fills the table: a row before all days and one after each, with the values of 0, 1, 2, … visits. That counting
/// begins at 0 makes "one visit more" a shift by one number. Compiled for each kind of processor.
struct Fill<'a> {
    query: &'a Query<'a>,
    bonuses: &'a [i32],
    worth: &'a mut [i32],
    table: &'a mut [i32],
}

/// The rows of one day.
struct Day<'a> {
    /// Prices of all teams.
    prices: &'a [i32],
    /// What visits are worth where pins or fixed bookings have a say; else the crews decide.
    worth: Option<&'a [i32]>,
    bonuses: &'a [i32],
    /// Values after the day before; none on the day of a fixed booking: waiting is not possible.
    waited: Option<&'a [i32]>,
    /// Values after the last day that keeps the gap.
    reached: &'a [i32],
}

impl WithSimd for Fill<'_> {
    type Output = ();

    #[allow(clippy::inline_always, reason = "vector code works only where it is part of the dispatched function")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { query, bonuses, worth, table } = self;
        let Query { network, paths, cost } = query;
        let (lanes, length) = (paths.lanes, paths.lanes + 1);
        let has_rewards = !paths.rewards.is_empty();
        table[..length].fill(NEVER);
        table[0] = 0;
        for (at, day) in paths.days.iter().enumerate() {
            let prices = &cost[usize::from(*day) * network.stride..][..network.stride];
            let (filled, rest) = table.split_at_mut((at + 1) * length);
            let is_fixed = is_fixed(paths, at);
            let waited = (!is_fixed).then_some(&filled[at * length..][..length]);
            let reached = &filled[row_before(paths.before[at]) * length..][..lanes];
            let is_special = is_fixed || has_rewards;
            if is_special {
                query.weigh(at, *day, prices, worth);
            }
            let worth = is_special.then_some(&*worth);
            let (none, values) = rest[..length].split_at_mut(1);
            none[0] = waited.map_or(NEVER, |waited| waited[0]);
            let day = Day { prices, worth, bonuses, waited: waited.map(|waited| &waited[1..]), reached };
            if paths.has_joint {
                day.fill_row::<S, 2>(simd, paths, values);
            } else {
                day.fill_row::<S, 1>(simd, paths, values);
            }
        }
    }
}

impl Day<'_> {
    /// Fills a row, up to four vectors at a time, so that they stay in registers while crews are compared.
    #[allow(clippy::inline_always, reason = "vector code works only where it is part of the dispatched function")]
    #[inline(always)]
    fn fill_row<S: Simd, const TEAMS: usize>(&self, simd: S, paths: &Paths, values: &mut [i32]) {
        let vectors = values.len() / S::I32_LANES;
        for first in (0..vectors).step_by(4) {
            match vectors - first {
                1 => self.fill_part::<S, TEAMS, 1>(simd, paths, first, values),
                2 => self.fill_part::<S, TEAMS, 2>(simd, paths, first, values),
                3 => self.fill_part::<S, TEAMS, 3>(simd, paths, first, values),
                _ => self.fill_part::<S, TEAMS, 4>(simd, paths, first, values),
            }
        }
    }

    #[allow(clippy::inline_always, reason = "vector code works only where it is part of the dispatched function")]
    #[inline(always)]
    fn fill_part<S: Simd, const TEAMS: usize, const V: usize>(
        &self,
        simd: S,
        paths: &Paths,
        first: usize,
        values: &mut [i32],
    ) {
        let part = first * S::I32_LANES..(first + V) * S::I32_LANES;
        let mut worth = [simd.splat_i32s(NEVER); V];
        if let Some(weighed) = self.worth {
            worth.copy_from_slice(S::as_simd_i32s(&weighed[part.clone()]).0);
        } else {
            for (crew, gains) in paths.crews.iter().zip(paths.gain.chunks_exact(paths.lanes)) {
                let price: i32 = crew.iter().take(TEAMS).map(|team| self.prices[usize::from(*team)]).sum();
                let price = simd.splat_i32s(price);
                let gains = S::as_simd_i32s(&gains[part.clone()]).0;
                for (worth, gain) in worth.iter_mut().zip(gains) {
                    *worth = simd.max_i32s(*worth, simd.sub_i32s(*gain, price));
                }
            }
        }
        let bonuses = S::as_simd_i32s(&self.bonuses[part.clone()]).0;
        let reached = S::as_simd_i32s(&self.reached[part.clone()]).0;
        let waited = self.waited.map(|waited| S::as_simd_i32s(&waited[part.clone()]).0);
        let values = S::as_mut_simd_i32s(&mut values[part]).0;
        for at in 0..V {
            let visited = simd.add_i32s(simd.add_i32s(reached[at], bonuses[at]), worth[at]);
            let waited = waited.map_or(simd.splat_i32s(NEVER), |waited| waited[at]);
            values[at] = simd.max_i32s(visited, waited);
        }
    }
}

impl Query<'_> {
    /// What the visits of a day are worth where pins or fixed bookings have a say.
    fn weigh(&self, at: usize, day: u16, prices: &[i32], worth: &mut [i32]) {
        worth.fill(NEVER);
        for (crew, gains) in self.paths.gain.chunks_exact(self.paths.lanes).enumerate() {
            let Some(price) = self.price(at, prices, crew) else { continue };
            let (always, first) = self.paths.reward(day, crew);
            for (nth, (worth, gain)) in worth.iter_mut().zip(gains).enumerate() {
                let reward = if nth == 0 { always + first } else { always };
                *worth = (*worth).max(gain + reward - price);
            }
        }
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
        let (lanes, length) = (paths.lanes, paths.lanes + 1);
        let mut row = paths.days.len();
        // The first of equals: fewer visits.
        let (value, mut visits) = (0..=paths.visits)
            .map(|visits| (table[row * length + visits], visits))
            .fold((i32::MIN, 0), |best, one| if one.0 > best.0 { one } else { best });
        while visits > 0 {
            while row > 1
                && table[(row - 1) * length + visits] == table[row * length + visits]
                && !is_fixed(paths, row - 1)
            {
                row -= 1;
            }
            let (at, nth) = (row - 1, visits - 1);
            let day = paths.days[at];
            let prices = &cost[usize::from(day) * network.stride..][..network.stride];
            let worth = |crew: usize| {
                let (always, first) = paths.reward(day, crew);
                let reward = if nth == 0 { always + first } else { always };
                self.price(at, prices, crew).map_or(i32::MIN, |price| paths.gain[crew * lanes + nth] + reward - price)
            };
            // The first of equals: ties go to the lowest crew.
            let crew = (0..paths.crews.len())
                .map(|crew| (worth(crew), crew))
                .fold((i32::MIN, 0), |best, one| if one.0 > best.0 { one } else { best });
            out.push(Stop { day, crew: u16::try_from(crew.1).unwrap_or(0) });
            row = row_before(paths.before[at]);
            visits = nth;
        }
        out.reverse();
        value
    }
}

/// The row of a table after the last day that keeps the gap; the one before all days if there is none.
fn row_before(before: u16) -> usize {
    if before == NONE { 0 } else { usize::from(before) + 1 }
}

fn is_fixed(paths: &Paths, at: usize) -> bool {
    paths.fixed.iter().any(|(fixed, _)| usize::from(*fixed) == at)
}
