//! The 80 % interval of what days to come will bring, from equal spans of days that have passed: a t-interval of a sum of
//! future spans, whose error is that of the mean and that of the spans themselves. A test holds its coverage.

use super::amount::real;

/// What equal spans brought, and how long one is.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    values: Vec<f64>,
    /// Days of one span, in the kind of day that the future is counted in.
    span: f64,
    mean: f64,
    variance: f64,
}

impl Sample {
    /// None from a single span: it says nothing of how spans differ.
    pub fn new(values: Vec<f64>, span: f64) -> Option<Self> {
        let count = real(i64::try_from(values.len()).ok()?);
        if values.len() < 2 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Some(Self { values, span, mean, variance })
    }

    pub fn spans(&self) -> usize {
        self.values.len()
    }

    /// The lower and the upper end of what so many days will bring, never below nothing.
    pub fn after(&self, days: f64) -> (f64, f64) {
        let (middle, reach) = (self.mean * days / self.span, self.reach(days));
        ((middle - reach).max(0.0), middle + reach)
    }

    fn reach(&self, days: f64) -> f64 {
        let (spans, count) = (days / self.span, real(i64::try_from(self.values.len()).unwrap_or(i64::MAX)));
        t_quantile(count - 1.0) * (self.variance * (spans + spans * spans / count)).sqrt()
    }

    /// The fewest and the most days until so many people are reached; the latter is none if the pace is too uncertain for
    /// any date, and both are bounded by `days_max`.
    pub fn days_until(&self, people: f64, days_max: i64) -> (Option<i64>, Option<i64>) {
        let first = |end: &dyn Fn(f64) -> f64| {
            let reaches = |days: i64| end(real(days)) >= people;
            if !reaches(days_max) {
                return None;
            }
            let (mut below, mut enough) = (-1, days_max);
            while enough - below > 1 {
                let middle = below + (enough - below) / 2;
                if reaches(middle) { enough = middle } else { below = middle }
            }
            Some(enough)
        };
        (first(&|days| self.after(days).1), first(&|days| self.after(days).0))
    }
}

/// The 90 % quantile of Student's t: a table where it is steep, then the Cornish–Fisher expansion (Abramowitz and Stegun
/// 26.7.5), which is right to 0.005 from four degrees of freedom on.
fn t_quantile(freedom: f64) -> f64 {
    if freedom < 1.5 {
        3.078
    } else if freedom < 2.5 {
        1.886
    } else if freedom < 3.5 {
        1.638
    } else {
        1.2816 + 0.8467 / freedom + 0.5710 / (freedom * freedom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator, so that the test is the same on every machine (Knuth's MMIX constants).
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
        }

        /// Standard normal: the sum of twelve rolls.
        fn normal(&mut self) -> f64 {
            (0..12).map(|_| self.roll()).sum::<f64>() - 6.0
        }

        /// The activations of one day: quiet and busy days by turns of the week, outreach on some days only, and more
        /// spread than a Poisson count has.
        fn day(&mut self, number: u32, weekends: bool) -> f64 {
            let of_week = [1.0, 1.4, 0.7, 1.2, 0.5, 0.4, 0.3][usize::try_from(number % 7).unwrap()];
            if number % 7 > 4 && !weekends {
                return 0.0;
            }
            let outreach = if self.roll() < 0.4 { 90.0 * (0.5 * self.normal()).exp() } else { 0.0 };
            let counter = 60.0 * of_week * (0.3 * self.normal()).exp();
            (outreach + counter).round()
        }
    }

    /// The share of simulated futures that end within the interval.
    fn coverage(seed: u64, past: u32, future: u32, sample: &dyn Fn(&[f64]) -> Sample, weekends: bool) -> f64 {
        const RUNS: u32 = 2_000;
        let mut dice = Dice(seed);
        let mut within = 0;
        for _ in 0..RUNS {
            let days: Vec<f64> = (0..past + future).map(|number| dice.day(number, weekends)).collect();
            let (known, coming) = days.split_at(usize::try_from(past).unwrap());
            let (low, high) = sample(known).after(f64::from(future));
            let came: f64 = coming.iter().sum();
            within += u32::from(low <= came && came <= high);
        }
        f64::from(within) / f64::from(RUNS)
    }

    fn by_week(days: &[f64]) -> Sample {
        Sample::new(days.chunks_exact(7).map(|week| week.iter().sum()).collect(), 7.0).unwrap()
    }

    fn by_day(days: &[f64]) -> Sample {
        Sample::new(days.to_vec(), 1.0).unwrap()
    }

    #[test]
    fn four_of_five_futures_end_within_the_interval() {
        for (seed, weeks, future) in [(1, 4, 28), (2, 4, 203), (3, 12, 91), (4, 26, 182), (5, 3, 60)] {
            for weekends in [true, false] {
                let covered = coverage(seed, 7 * weeks, future, &by_week, weekends);
                assert!((0.76..=0.84).contains(&covered), "{weeks} weeks, {future} days: {covered}");
            }
        }
        // Single days carry the rhythm of the week as if it were chance: rather too wide than too narrow.
        let covered = coverage(6, 14, 120, &by_day, true);
        assert!((0.78..=0.90).contains(&covered), "days: {covered}");
    }

    #[test]
    fn one_span_has_no_interval() {
        assert_eq!(Sample::new(vec![205.0], 1.0), None);
        assert!(Sample::new(vec![205.0, 190.0], 1.0).is_some());
    }

    #[test]
    fn a_date_that_no_pace_can_promise_has_no_latest_day() {
        let steady = Sample::new(vec![700.0; 4], 7.0).unwrap();
        assert_eq!(steady.days_until(1_000.0, 10_000), (Some(10), Some(10)));
        let wild = Sample::new(vec![0.0, 1_500.0], 7.0).unwrap();
        let (earliest, latest) = wild.days_until(20_000.0, 10_000);
        assert!(earliest.is_some() && latest.is_none());
        let (earliest, latest) =
            Sample::new(vec![600.0, 700.0, 800.0, 700.0], 7.0).unwrap().days_until(20_000.0, 10_000);
        assert!(earliest.unwrap() < 200 && 200 < latest.unwrap(), "{earliest:?} {latest:?}");
    }
}
