//! A figure as it was reported: exact, approximate, a range, or a share only. Its kind survives every chart and export,
//! so nothing here turns one kind into another. Called by office totals, observations and results.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::code::codes;
use super::number::{COUNT_MAX, Percent, parse_count};
use super::rule::Rule;

codes! {
    /// What kind of figure one is.
    pub enum FigureKind {
        Exact = "exact",
        Approximate = "approximate",
        Range = "range",
        Share = "share",
    }
}

/// One reported figure. Counts are never negative, and `low` is at most `high`; figures from outside come by [`FromStr`]
/// or [`Figure::new`], which hold that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// `40`
    Exact(i64),
    /// `±500`, `500-an`
    Approximate(i64),
    /// `6000-7000`
    Range { low: i64, high: i64 },
    /// `3,83%`: a share whose count nobody gave.
    Share(Percent),
}

impl Figure {
    /// From the columns of the store: `low` and `high` are the count (twice) or the range's ends; a share stands in `low`,
    /// in ten-thousandths of a per cent.
    pub fn new(kind: FigureKind, low: i64, high: i64) -> Result<Self, Rule> {
        match kind {
            FigureKind::Exact => count(low).map(Self::Exact),
            FigureKind::Approximate => count(low).map(Self::Approximate),
            FigureKind::Range if low > high => Err(Rule::Figure),
            FigureKind::Range => Ok(Self::Range { low: count(low)?, high: count(high)? }),
            FigureKind::Share => Percent::from_ten_thousandths(low).map(Self::Share),
        }
    }

    pub fn kind(self) -> FigureKind {
        match self {
            Self::Exact(_) => FigureKind::Exact,
            Self::Approximate(_) => FigureKind::Approximate,
            Self::Range { .. } => FigureKind::Range,
            Self::Share(_) => FigureKind::Share,
        }
    }

    /// The lowest and the highest count that it stands for; none for a share. An approximate count has no known bounds:
    /// both are the count as given.
    pub fn bounds(self) -> Option<(i64, i64)> {
        match self {
            Self::Exact(count) | Self::Approximate(count) => Some((count, count)),
            Self::Range { low, high } => Some((low, high)),
            Self::Share(_) => None,
        }
    }

    pub fn low(self) -> Option<i64> {
        self.bounds().map(|(low, _)| low)
    }

    pub fn high(self) -> Option<i64> {
        self.bounds().map(|(_, high)| high)
    }

    /// The two numbers that [`Figure::new`] reads back.
    pub fn columns(self) -> (i64, i64) {
        match self {
            Self::Share(share) => (share.ten_thousandths(), share.ten_thousandths()),
            Self::Exact(count) | Self::Approximate(count) => (count, count),
            Self::Range { low, high } => (low, high),
        }
    }
}

impl FromStr for Figure {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let text = text.trim();
        if text.ends_with('%') {
            return text.parse().map(Self::Share);
        }
        if let Some(count) = text.strip_prefix('±').or_else(|| text.strip_suffix("-an")) {
            return part(count).map(Self::Approximate);
        }
        match text.split_once(['-', '\u{2013}']) {
            None => parse_count(text).map(Self::Exact),
            Some((low, high)) => Self::new(FigureKind::Range, part(low)?, part(high)?),
        }
    }
}

/// The form that [`FromStr`] reads back: counts without groups, a range with a hyphen.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(count) => write!(f, "{count}"),
            Self::Approximate(count) => write!(f, "±{count}"),
            Self::Range { low, high } => write!(f, "{low}-{high}"),
            Self::Share(share) => write!(f, "{share}"),
        }
    }
}

/// In JSON the text that a file would hold.
impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From JSON a text as in a file, or a bare number for an exact count.
impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Given {
            Count(i64),
            Text(String),
        }
        let figure = match Given::deserialize(deserializer)? {
            Given::Count(count) => Self::new(FigureKind::Exact, count, count),
            Given::Text(text) => text.parse(),
        };
        figure.map_err(serde::de::Error::custom)
    }
}

fn count(count: i64) -> Result<i64, Rule> {
    if (0..=COUNT_MAX).contains(&count) { Ok(count) } else { Err(Rule::out_of_range(0, COUNT_MAX)) }
}

/// A count inside a longer figure: that it is missing there is a figure badly written, not a value left out.
fn part(text: &str) -> Result<i64, Rule> {
    parse_count(text).map_err(|rule| if rule == Rule::Required { Rule::Figure } else { rule })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figure(text: &str) -> Figure {
        text.parse().unwrap_or_else(|rule| panic!("{text}: {rule}"))
    }

    #[test]
    fn the_five_ways_of_writing_a_figure_are_read() {
        assert_eq!(figure("40"), Figure::Exact(40));
        assert_eq!(figure("29.890"), Figure::Exact(29_890));
        assert_eq!(figure("±500"), Figure::Approximate(500));
        assert_eq!(figure("± 1.500"), Figure::Approximate(1_500));
        assert_eq!(figure("500-an"), Figure::Approximate(500));
        assert_eq!(figure("6000-7000"), Figure::Range { low: 6_000, high: 7_000 });
        assert_eq!(figure("6.000 – 7.000"), Figure::Range { low: 6_000, high: 7_000 });
        assert_eq!(figure("3,83%"), Figure::Share("3,83".parse().unwrap()));
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        for bad in
            ["29.89", "1.2345", "-40", "40-", "±", "-an", "7000-6000", "6000-7000-8000", "±-5", "~500", "limaratus"]
        {
            assert_eq!(bad.parse::<Figure>(), Err(Rule::Figure), "{bad}");
        }
        assert_eq!("".parse::<Figure>(), Err(Rule::Required));
        assert!("-3%".parse::<Figure>().is_err());
    }

    #[test]
    fn only_counts_have_bounds() {
        assert_eq!(figure("6000-7000").bounds(), Some((6_000, 7_000)));
        assert_eq!((figure("500-an").low(), figure("500-an").high()), (Some(500), Some(500)));
        assert_eq!(figure("3,83%").bounds(), None);
    }

    #[test]
    fn json_holds_the_text_and_takes_a_bare_count() {
        assert_eq!(serde_json::to_string(&figure("500-an")).unwrap(), r#""±500""#);
        assert_eq!(serde_json::from_str::<Figure>("40").unwrap(), Figure::Exact(40));
        assert_eq!(serde_json::from_str::<Figure>(r#""6000-7000""#).unwrap(), figure("6000-7000"));
        for bad in ["-1", "29.89", "null", r#""29.89""#] {
            assert!(serde_json::from_str::<Figure>(bad).is_err(), "{bad}");
        }
    }

    fn any_figure() -> impl Strategy<Value = Figure> {
        (prop::sample::select(FigureKind::ALL), 0..=COUNT_MAX, 0..=COUNT_MAX, 0i64..=10_000_000).prop_map(
            |(kind, a, b, share)| match kind {
                FigureKind::Share => Figure::new(kind, share, share).unwrap(),
                _ => Figure::new(kind, a.min(b), a.max(b)).unwrap(),
            },
        )
    }

    proptest! {
        #[test]
        fn what_a_figure_prints_is_read_back(figure in any_figure()) {
            prop_assert_eq!(figure.to_string().parse::<Figure>(), Ok(figure));
            let (low, high) = figure.columns();
            prop_assert_eq!(Figure::new(figure.kind(), low, high), Ok(figure));
        }
    }
}
