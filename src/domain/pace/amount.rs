//! Counts that may be ranges or approximate, and what follows from them: shares and rates. A range stays a range through
//! every step, and what was approximate stays so. Called by the other files of the pace.

use crate::domain::figure::{Figure, FigureKind};
use crate::domain::number::Percent;

/// A count of people between two ends, which are the same unless it is a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    pub low: i64,
    pub high: i64,
    pub approximate: bool,
}

/// A share in per cent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub low: f64,
    pub high: f64,
    pub approximate: bool,
}

/// People per day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    pub low: f64,
    pub high: f64,
    pub approximate: bool,
}

impl Amount {
    pub const ZERO: Self = Self::exact(0);

    pub const fn exact(count: i64) -> Self {
        Self { low: count, high: count, approximate: false }
    }

    pub const fn range(low: i64, high: i64) -> Self {
        Self { low, high, approximate: false }
    }

    /// None for a share, which is no count.
    pub fn of(figure: Figure) -> Option<Self> {
        let (low, high) = figure.bounds()?;
        Some(Self { low, high, approximate: figure.kind() == FigureKind::Approximate })
    }

    /// How it may be shown; never a share.
    pub fn kind(self) -> FigureKind {
        match self {
            Self { low, high, .. } if low != high => FigureKind::Range,
            Self { approximate: true, .. } => FigureKind::Approximate,
            Self { .. } => FigureKind::Exact,
        }
    }

    pub fn plus(self, other: Self) -> Self {
        let (low, high) = (self.low.saturating_add(other.low), self.high.saturating_add(other.high));
        Self { low, high, approximate: self.approximate || other.approximate }
    }

    /// The least and the most that can be left.
    pub fn minus(self, other: Self) -> Self {
        let (low, high) = (self.low.saturating_sub(other.high), self.high.saturating_sub(other.low));
        Self { low, high, approximate: self.approximate || other.approximate }
    }

    /// Without what lies below zero.
    pub fn at_least_zero(self) -> Self {
        Self { low: self.low.max(0), high: self.high.max(0), ..self }
    }

    pub fn is_zero(self) -> bool {
        self.low == 0 && self.high == 0
    }

    /// None of nobody.
    pub fn share_of(self, whole: Self) -> Option<Share> {
        let (low, high) = (real(self.low) / real(whole.high), real(self.high) / real(whole.low));
        let approximate = self.approximate || whole.approximate;
        (whole.low > 0).then_some(Share { low: 100.0 * low, high: 100.0 * high, approximate })
    }

    /// None over no days.
    pub fn per(self, days: i64) -> Option<Rate> {
        let rate = |count| real(count) / real(days);
        (days > 0).then(|| Rate { low: rate(self.low), high: rate(self.high), approximate: self.approximate })
    }

    /// The people that a share is of, which is known to its last digit only: 1.6 % are 1.55 to 1.65 %. None of nothing.
    pub fn is_share(self, share: Percent) -> Option<Self> {
        let (units, step) = (i128::from(share.ten_thousandths()), i128::from(last_digit(share)));
        let whole = |count: i64, doubled: i128| {
            i64::try_from((i128::from(count) * 2 * UNITS_OF_ALL + doubled / 2) / doubled).unwrap_or(i64::MAX)
        };
        let (least, most) = (2 * units + step, 2 * units - step);
        (units > 0).then(|| Self { low: whole(self.low, least), high: whole(self.high, most), approximate: false })
    }

    /// The counts that a share of these people can stand for, as it is known to its last digit only.
    /// Where no count rounds to it (0.11 % of 1,081 people), the one below and the one above.
    pub fn part(self, share: Percent) -> Self {
        let (units, step) = (i128::from(share.ten_thousandths()), i128::from(last_digit(share)));
        let up = |whole: i64, doubled: i128| {
            (i128::from(whole) * doubled.max(0) + 2 * UNITS_OF_ALL - 1) / (2 * UNITS_OF_ALL)
        };
        let down = |whole: i64, doubled: i128| i128::from(whole) * doubled / (2 * UNITS_OF_ALL);
        let count = |count: i128| i64::try_from(count).unwrap_or(i64::MAX);
        let (low, high) = (count(up(self.low, 2 * units - step)), count(down(self.high, 2 * units + step)));
        Self { low: low.min(high), high: low.max(high), approximate: self.approximate }
    }

    /// What a target of this share asks of these people: the fewest that reach it.
    pub fn reached_by(self, share: Percent) -> Self {
        Self { low: share.reached_by(self.low), high: share.reached_by(self.high), ..self }
    }
}

impl Share {
    /// A share as it was published.
    pub fn given(share: Percent) -> Self {
        Self { low: share.as_f64(), high: share.as_f64(), approximate: false }
    }

    /// This share of a share: 10 % where 25 % are the target is 40 % of it.
    pub fn of_share(self, whole: Percent) -> Self {
        let scaled = |share: f64| 100.0 * share / whole.as_f64();
        Self { low: scaled(self.low), high: scaled(self.high), ..self }
    }

    /// What it is of the denominator when it is a share of a target that is a share itself.
    pub fn times(self, target: Percent) -> Self {
        let scaled = |share: f64| share * target.as_f64() / 100.0;
        Self { low: scaled(self.low), high: scaled(self.high), ..self }
    }

    /// True for one value, shown with two decimals; a range has one.
    pub fn is_single(self) -> bool {
        (self.high - self.low).abs() < 1e-9
    }
}

impl Rate {
    pub fn is_single(self) -> bool {
        (self.high - self.low).abs() < 1e-9
    }
}

/// A whole, in the units in which [`Percent`] counts.
const UNITS_OF_ALL: i128 = 1_000_000;

/// The place of the last digit that was given, in ten-thousandths of a per cent: 1,000 for 1.6 %.
fn last_digit(share: Percent) -> i64 {
    let steps = [10_000, 1_000, 100, 10];
    steps.into_iter().find(|step| share.ten_thousandths() % step == 0).unwrap_or(1)
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts of people and days stay far below 2^53")]
pub fn real(count: i64) -> f64 {
    count as f64
}

/// The nearest whole number.
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a float that is too large becomes the largest whole number, which is what is meant"
)]
pub fn whole(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn percent(text: &str) -> Percent {
        text.parse().unwrap()
    }

    #[test]
    fn a_range_stays_a_range_through_every_step() {
        let achieved = Amount::range(6_000, 7_000);
        let target = Amount::exact(15_000);
        assert_eq!(target.minus(achieved), Amount::range(8_000, 9_000));
        let share = achieved.share_of(target).unwrap();
        assert!((share.low - 40.0).abs() < 1e-9 && (share.high - 46.666_666_666).abs() < 1e-6);
        let rate = achieved.per(61).unwrap();
        assert!((rate.low - 98.360_655).abs() < 1e-5 && (rate.high - 114.754_098).abs() < 1e-5);
        assert_eq!(
            (achieved.kind(), achieved.minus(Amount::exact(6_500)).at_least_zero()),
            (FigureKind::Range, Amount::range(0, 500))
        );
    }

    #[test]
    fn what_was_approximate_stays_so() {
        let about = Amount::of("±500".parse().unwrap()).unwrap();
        assert_eq!(about.plus(Amount::exact(40)).kind(), FigureKind::Approximate);
        assert!(about.share_of(Amount::exact(1_000)).unwrap().approximate);
        assert_eq!(Amount::of("3,83%".parse().unwrap()), None);
    }

    #[test]
    fn nothing_is_a_share_of_nobody_or_a_pace_over_no_days() {
        assert_eq!(Amount::exact(5).share_of(Amount::ZERO), None);
        assert_eq!(Amount::exact(5).per(0), None);
        assert_eq!(Amount::exact(5).is_share(percent("0%")), None);
    }

    #[test]
    fn a_share_is_known_to_its_last_digit_only() {
        let obliged = Amount::exact(19_500).is_share(percent("1,6%")).unwrap();
        assert_eq!((obliged.low, obliged.high), (1_181_818, 1_258_065));
        let target = obliged.reached_by(percent("15%"));
        assert_eq!((target.low, target.high), (177_273, 188_710));
        let part = Amount::exact(779_454).part(percent("3,83%"));
        assert_eq!((part.low, part.high), (29_815, 29_892));
        assert!((Share::given(percent("10%")).of_share(percent("25%")).low - 40.0).abs() < 1e-9);
        assert!((Share::given(percent("10%")).times(percent("25%")).low - 2.5).abs() < 1e-9);
    }

    #[test]
    fn a_share_that_no_count_rounds_to_lies_between_two() {
        let part = Amount::exact(1_081).part(percent("0,11%"));
        assert_eq!((part.low, part.high), (1, 2));
    }

    proptest! {
        #[test]
        fn a_share_of_people_leads_back_to_them(whole in 1_000_i64..10_000_000, units in 1_i64..10_000) {
            let share = Percent::from_ten_thousandths(units * 100).unwrap();
            let part = Amount::exact(whole).part(share);
            prop_assume!(part.low > 0);
            let back = part.is_share(share).unwrap();
            prop_assert!(back.low <= whole && whole <= back.high, "{back:?} of {part:?}");
        }
    }
}
