//! Which places a venue may really have: yields are drawn many times from what is known of each venue, and put in order
//! each time. Draws have a fixed seed: the same venues have the same interval. Costs draws × n log n.

/// The bounds between which the mean of a venue lies with nine chances in ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub low: f64,
    pub high: f64,
}

/// First and last place that is no surprise; from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankInterval {
    pub low: u32,
    pub high: u32,
}

const DRAWS: usize = 600;

/// Places with fewer than this part of the draws beyond them, on either side.
const TAIL: f64 = 0.05;

/// The 95 % quantile of the standard normal distribution.
const NORMAL_95: f64 = 1.644_853_626_951_472_7;

/// Yields below this are alike: nobody comes.
const FLOOR: f64 = 1e-3;

/// The interval of each venue's place among these, in their order.
pub fn rank_intervals(spreads: &[Spread]) -> Vec<RankInterval> {
    let curves: Vec<(f64, f64)> = spreads.iter().map(|spread| log_normal(*spread)).collect();
    let mut chance = Chance::new();
    let mut places: Vec<Vec<u32>> = vec![Vec::with_capacity(DRAWS); spreads.len()];
    for _ in 0..DRAWS {
        let mut drawn: Vec<(f64, usize)> =
            curves.iter().enumerate().map(|(at, (mean, deviation))| (mean + deviation * chance.normal(), at)).collect();
        drawn.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for ((_, at), place) in drawn.into_iter().zip(1..) {
            places[at].push(place);
        }
    }
    places.into_iter().map(interval).collect()
}

fn interval(mut places: Vec<u32>) -> RankInterval {
    places.sort_unstable();
    let at = |part: f64| places[((DRAWS - 1) as f64 * part).round() as usize];
    RankInterval { low: at(TAIL), high: at(1.0 - TAIL) }
}

/// Mean and deviation of the logarithm, from the bounds.
fn log_normal(spread: Spread) -> (f64, f64) {
    let (low, high) = (spread.low.max(FLOOR).ln(), spread.high.max(FLOOR).ln());
    (f64::midpoint(low, high), (high - low) / (2.0 * NORMAL_95))
}

/// `SplitMix64` (Steele, Lea, Flood 2014), and pairs of normal numbers by the polar method (Marsaglia 1964).
struct Chance {
    state: u64,
    spare: Option<f64>,
}

impl Chance {
    fn new() -> Self {
        Self { state: 0x6a65_6d70_7574, spare: None }
    }

    /// Uniform in -1..1.
    fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (self.uniform(), self.uniform());
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * factor);
                return x * factor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn venues_that_differ_have_their_place_and_those_that_overlap_share_theirs() {
        let spread = |low, high| Spread { low, high };
        let intervals =
            rank_intervals(&[spread(1.0, 2.0), spread(90.0, 110.0), spread(20.0, 60.0), spread(20.0, 60.0)]);
        let places: Vec<_> = intervals.iter().map(|interval| (interval.low, interval.high)).collect();
        assert_eq!(places, [(4, 4), (1, 1), (2, 3), (2, 3)]);
        assert!(rank_intervals(&[]).is_empty());
    }
}
