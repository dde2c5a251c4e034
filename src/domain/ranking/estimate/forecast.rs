//! The next visits to a venue as counts: a negative binomial whose mean falls with each visit. The planner asks it what
//! a team with so much room would gain (PLANNER's `p[v,t,k]`), the pages what range of counts is no surprise.

use super::special::ln_gamma;

/// How much of the next day's yield one visit takes away at most.
const LARGEST_SHARE: f64 = 0.9;

/// Beyond so many standard deviations below the mean nothing counts.
const NEGLIGIBLE_DEVIATIONS: f64 = 12.0;

/// What is expected of a venue from the next full-day visit on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Shape of the negative binomial: what is not known of the venue and the chance of days together; positive.
    pub shape: f64,
    /// Expected count of the next full-day visit, depletion so far included; activations, not negative.
    pub mean: f64,
    /// People there who have not been activated; none if nobody knows.
    pub eligible_left: Option<f64>,
}

impl Forecast {
    /// Expected count of the `nth` visit from now (the next is the first) by teams that can serve `capacity` people:
    /// `E min(capacity, Y)`. Falls with `nth`, grows with `capacity` and flattens. O(capacity).
    pub fn gain(&self, capacity: u32, nth: u32) -> f64 {
        let mean = self.mean_of(nth);
        if mean <= 0.0 || capacity == 0 {
            return 0.0;
        }
        let counts = NegativeBinomial::new(self.shape, mean);
        // The sum of P(Y > j) for j below the capacity; before the first count that matters each of these is one.
        let mut gain = f64::from(counts.first.min(capacity));
        for (_, above) in counts.take_while(|(count, _)| *count < capacity) {
            gain += above;
        }
        gain.min(mean)
    }

    /// Expected count of the `nth` visit from now without any limit of capacity.
    pub fn mean_of(&self, nth: u32) -> f64 {
        let exponent = i32::try_from(nth.saturating_sub(1)).unwrap_or(i32::MAX);
        self.mean * self.remaining_share().powi(exponent)
    }

    /// The same venue on a day that brings so many times a usual one.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { mean: self.mean * factor, ..self }
    }

    /// The counts between which the next visit stays with the probability `level`, as much above as below.
    pub fn count_interval(&self, level: f64) -> (u32, u32) {
        if self.mean <= 0.0 {
            return (0, 0);
        }
        let tail = (1.0 - level) / 2.0;
        let quantile = |share: f64| {
            let counts = NegativeBinomial::new(self.shape, self.mean);
            // P(Y > count) <= 1 - share for the first time; its loop ends, as the counts run out of probability.
            counts.take(COUNTS_MAX).find(|(_, above)| *above <= 1.0 - share).map_or(0, |(count, _)| count)
        };
        (quantile(tail), quantile(1.0 - tail))
    }

    /// What one visit leaves of the next one's yield.
    fn remaining_share(&self) -> f64 {
        match self.eligible_left {
            Some(left) if left > 0.0 => 1.0 - (self.mean / left).min(LARGEST_SHARE),
            Some(_) => 1.0 - LARGEST_SHARE,
            None => 1.0,
        }
    }
}

/// No day brings more; a bound for loops.
const COUNTS_MAX: usize = 1_000_000;

/// Walks over the counts from the first that matters, each with the probability of more than it.
struct NegativeBinomial {
    shape: f64,
    /// μ / (μ + shape)
    odds: f64,
    first: u32,
    count: u32,
    here: f64,
    below: f64,
}

impl NegativeBinomial {
    fn new(shape: f64, mean: f64) -> Self {
        let deviation = (mean + mean * mean / shape).sqrt();
        let first = (mean - NEGLIGIBLE_DEVIATIONS * deviation).max(0.0).floor();
        let (ln_success, ln_odds) = ((shape / (shape + mean)).ln(), (mean / (shape + mean)).ln());
        let ln_here =
            ln_gamma(shape + first) - ln_gamma(shape) - ln_gamma(first + 1.0) + shape * ln_success + first * ln_odds;
        let first = first as u32;
        Self { shape, odds: ln_odds.exp(), first, count: first, here: ln_here.exp(), below: 0.0 }
    }
}

impl Iterator for NegativeBinomial {
    type Item = (u32, f64);

    fn next(&mut self) -> Option<(u32, f64)> {
        let count = self.count;
        self.below += self.here;
        let k = f64::from(count);
        self.here *= self.odds * (k + self.shape) / (k + 1.0);
        self.count = count.checked_add(1)?;
        Some((count, (1.0 - self.below).max(0.0)))
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "what must come out exactly")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forecast(shape: f64, mean: f64, eligible_left: Option<f64>) -> Forecast {
        Forecast { shape, mean, eligible_left }
    }

    /// E min(cap, Y) from the probabilities themselves, each by its own logarithm.
    fn slow_gain(shape: f64, mean: f64, capacity: u32) -> f64 {
        let probability = |k: f64| {
            (ln_gamma(shape + k) - ln_gamma(shape) - ln_gamma(k + 1.0)
                + shape * (shape / (shape + mean)).ln()
                + k * (mean / (shape + mean)).ln())
            .exp()
        };
        let (served, reached) = (0..capacity).fold((0.0, 0.0), |(sum, total), k| {
            let p = probability(f64::from(k));
            (sum + p * f64::from(k), total + p)
        });
        served + f64::from(capacity) * (1.0 - reached)
    }

    #[test]
    fn room_for_all_gains_the_mean_and_no_room_nothing() {
        assert!((forecast(3.0, 40.0, None).gain(10_000, 1) - 40.0).abs() < 1e-6);
        assert_eq!(forecast(3.0, 40.0, None).gain(0, 1), 0.0);
        assert_eq!(forecast(3.0, 0.0, Some(10.0)).gain(80, 1), 0.0);
    }

    #[test]
    fn each_visit_leaves_the_share_that_it_did_not_reach() {
        let school = forecast(4.0, 60.0, Some(200.0));
        assert!((school.mean_of(3) - 60.0 * 0.7 * 0.7).abs() < 1e-9);
        let emptied = forecast(4.0, 60.0, Some(20.0));
        assert!((emptied.mean_of(2) - 6.0).abs() < 1e-9, "a tenth remains, whatever the register says");
        assert_eq!(forecast(4.0, 60.0, None).mean_of(5), 60.0);
    }

    #[test]
    fn nine_days_in_ten_stay_inside_the_interval_of_counts() {
        // A geometric distribution: P(Y > k) = (m / (m + 1))^(k + 1).
        let (low, high) = forecast(1.0, 9.0, None).count_interval(0.9);
        assert_eq!((low, high), (0, 28));
    }

    proptest! {
        #[test]
        fn the_gain_is_the_expectation_of_what_fits(
            shape in 0.3..5_000.0_f64,
            mean in 0.01..3_000.0_f64,
            capacity in 0..400_u32,
        ) {
            let fast = forecast(shape, mean, None).gain(capacity, 1);
            let slow = slow_gain(shape, mean, capacity);
            prop_assert!((fast - slow).abs() <= 1e-6 * (1.0 + slow), "{fast} {slow}");
        }

        #[test]
        fn gains_fall_with_visits_and_flatten_with_capacity(
            shape in 0.5..50.0_f64,
            mean in 0.1..300.0_f64,
            left in 1.0..3_000.0_f64,
            capacity in 1..200_u32,
        ) {
            let forecast = forecast(shape, mean, Some(left));
            prop_assert!(forecast.gain(capacity, 2) <= forecast.gain(capacity, 1));
            let step = |c: u32| forecast.gain(c + 1, 1) - forecast.gain(c, 1);
            prop_assert!(step(capacity) >= -1e-12 && step(capacity) <= step(capacity - 1) + 1e-9);
        }
    }
}
