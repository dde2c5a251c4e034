//! Numbers as people and files write them: counts, decimals and shares in per cent.
//! Called by figures, targets, imports and forms; how a number is shown to people is `wording`'s.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::rule::Rule;

/// The largest count that is taken: above every figure of a nation of 280 million people.
pub const COUNT_MAX: i64 = 1_000_000_000;

/// A count of people or things: `40`, or with groups of three by one kind of separator, `1.234.567` or `1,234,567`.
/// `29.89` and `0.500` are refused: whoever wrote them meant a decimal.
pub fn parse_count(text: &str) -> Result<i64, Rule> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Rule::Required);
    }
    let digits = ungroup(text).ok_or(Rule::Figure)?;
    let count = digits.parse::<i64>().ok().filter(|count| *count <= COUNT_MAX);
    count.ok_or_else(|| Rule::out_of_range(0, COUNT_MAX))
}

/// The digits of a well-formed count, without its separators.
fn ungroup(text: &str) -> Option<String> {
    let separator = text.chars().find(|c| !c.is_ascii_digit());
    let Some(separator) = separator else { return Some(text.to_owned()) };
    let groups: Vec<&str> = text.split(separator).collect();
    let (first, rest) = groups.split_first()?;
    let good = (separator == '.' || separator == ',')
        && (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && rest.iter().all(|group| group.len() == 3)
        && groups.iter().all(|group| all_digits(group));
    good.then(|| groups.concat())
}

/// A decimal number with at most one comma or point and no groups: a latitude, hours.
pub fn parse_decimal(text: &str) -> Result<f64, Rule> {
    const BAD: Rule = Rule::Format { example: "-7,3885" };
    let (sign, unsigned) = match text.trim().strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.trim()),
    };
    if unsigned.is_empty() && sign > 0.0 {
        return Err(Rule::Required);
    }
    let (whole, fraction) = split_decimal(unsigned).ok_or(BAD)?;
    format!("{whole}.{fraction}").parse::<f64>().map(|value| sign * value).map_err(|_| BAD)
}

/// A share in per cent as a plain number, with or without its sign: `92,5`, `30%`.
pub fn parse_share(text: &str) -> Result<f64, Rule> {
    let text = text.trim();
    parse_decimal(text.strip_suffix('%').unwrap_or(text))
}

/// The digits before and after the comma or point; "0" where none stand after it.
fn split_decimal(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let bounded = whole.len() <= 15 && fraction.len() <= 15;
    (bounded && all_digits(whole) && all_digits(fraction)).then_some((whole, fraction))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A share in per cent, held exactly in ten-thousandths of a per cent: 3.83 % is 38,300. From 0 to 1,000 %,
/// because an achievement may pass its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    const UNIT: u32 = 10_000;
    const DECIMALS: usize = 4;
    const MAX: u32 = 1_000 * Self::UNIT;
    pub const HUNDRED: Self = Self(100 * Self::UNIT);

    /// From ten-thousandths of a per cent, as the store holds it.
    pub fn from_ten_thousandths(value: i64) -> Result<Self, Rule> {
        let value = u32::try_from(value).ok().filter(|value| *value <= Self::MAX);
        value.map(Self).ok_or_else(|| Rule::out_of_range(0, Self::MAX / Self::UNIT))
    }

    pub fn ten_thousandths(self) -> i64 {
        self.0.into()
    }

    /// In per cent: 3.83.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(Self::UNIT)
    }

    /// This share of `whole`, rounded up: the fewest that reach it (30 % of 779,454 is 233,837).
    pub fn reached_by(self, whole: i64) -> i64 {
        let parts = i128::from(self.0) * i128::from(whole);
        let hundred = i128::from(Self::HUNDRED.0);
        i64::try_from((parts + hundred - 1).div_euclid(hundred)).unwrap_or(i64::MAX)
    }
}

/// `3,83`, `3.83` or `3,83 %`, with at most four decimals.
impl FromStr for Percent {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        const BAD: Rule = Rule::Format { example: "3,83%" };
        let text = text.trim();
        let number = text.strip_suffix('%').unwrap_or(text).trim_end();
        if text.is_empty() {
            return Err(Rule::Required);
        }
        let (whole, fraction) = split_decimal(number).ok_or(BAD)?;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > Self::DECIMALS {
            return Err(BAD);
        }
        let value = format!("{whole}{fraction:0<width$}", width = Self::DECIMALS).parse::<i64>();
        Self::from_ten_thousandths(value.unwrap_or(i64::MAX))
    }
}

/// `3,83%`: as files write it, without decimals that say nothing.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:0width$}", self.0 % Self::UNIT, width = Self::DECIMALS);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{}%", self.0 / Self::UNIT),
            fraction => write!(f, "{},{fraction}%", self.0 / Self::UNIT),
        }
    }
}

/// In JSON a number of per cent: 3.83.
impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

/// From JSON a number of per cent, or a text as a file would hold it.
impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Given {
            Number(f64),
            Text(String),
        }
        let text = match Given::deserialize(deserializer)? {
            // The shortest text that reads back as this number: what the sender wrote.
            Given::Number(number) => number.to_string(),
            Given::Text(text) => text,
        };
        text.parse().map_err(|rule: Rule| serde::de::Error::custom(rule))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_count_takes_groups_of_three_and_nothing_that_may_be_a_decimal() {
        for (text, count) in [("40", 40), ("29.890", 29_890), ("29,890", 29_890), ("1.234.567", 1_234_567), (" 0 ", 0)]
        {
            assert_eq!(parse_count(text), Ok(count), "{text}");
        }
        for bad in
            ["29.89", "1.2345", "-40", "1.234,567", "1234.567", ".500", "0.500", "1..234", "40 orang", "1 234", "٤٠"]
        {
            assert_eq!(parse_count(bad), Err(Rule::Figure), "{bad}");
        }
        assert_eq!(parse_count(" "), Err(Rule::Required));
        assert_eq!(parse_count("1.000.000.001").unwrap_err().code(), "out_of_range");
        assert_eq!(parse_count("99999999999999999999").unwrap_err().code(), "out_of_range");
    }

    #[test]
    fn a_decimal_takes_one_comma_or_point_and_no_groups() {
        assert_eq!(parse_decimal("-7,3885"), Ok(-7.3885));
        assert_eq!(parse_decimal("109.3613"), Ok(109.3613));
        assert_eq!(parse_decimal("\u{2212}7"), Ok(-7.0));
        assert_eq!(parse_decimal(""), Err(Rule::Required));
        for bad in ["1.234,5", "1,234,567", "7,", ",5", "-", "--7", "1e3", "NaN", "inf", "7,3 derajat"] {
            assert_eq!(parse_decimal(bad), Err(Rule::Format { example: "-7,3885" }), "{bad}");
        }
    }

    #[test]
    fn a_share_is_kept_as_it_was_given() {
        for (text, units, printed) in [
            ("3,83%", 38_300, "3,83%"),
            ("30", 300_000, "30%"),
            ("3.83 %", 38_300, "3,83%"),
            ("1,8750\u{a0}%", 18_750, "1,875%"),
            ("0,0001%", 1, "0,0001%"),
            ("1000%", 10_000_000, "1000%"),
        ] {
            let share: Percent = text.parse().unwrap();
            assert_eq!((share.ten_thousandths(), share.to_string().as_str()), (units, printed), "{text}");
        }
        for bad in ["%", "-1%", "3,83333%", "1.234,5%", "3,83%%", "tiga"] {
            assert_eq!(bad.parse::<Percent>(), Err(Rule::Format { example: "3,83%" }), "{bad}");
        }
        assert_eq!("1000,0001%".parse::<Percent>().unwrap_err().code(), "out_of_range");
        assert_eq!("".parse::<Percent>(), Err(Rule::Required));
    }

    #[test]
    fn a_share_of_a_whole_is_reached_by_the_next_whole_person() {
        assert_eq!("30%".parse::<Percent>().unwrap().reached_by(779_454), 233_837);
        assert_eq!("25%".parse::<Percent>().unwrap().reached_by(100), 25);
        assert_eq!(Percent::HUNDRED.reached_by(COUNT_MAX), COUNT_MAX);
        assert_eq!(Percent::HUNDRED.reached_by(0), 0);
    }

    #[test]
    fn json_takes_a_number_or_a_text() {
        let share: Percent = serde_json::from_str("3.83").unwrap();
        assert_eq!(share.ten_thousandths(), 38_300);
        assert_eq!(serde_json::from_str::<Percent>("\"3,83%\"").unwrap(), share);
        assert_eq!(serde_json::from_str::<Percent>("30").unwrap().to_string(), "30%");
        assert_eq!(serde_json::to_string(&share).unwrap(), "3.83");
        assert!(serde_json::from_str::<Percent>("-1").is_err());
    }

    proptest! {
        #[test]
        fn a_share_is_read_back_from_text_and_json(units in 0i64..=10_000_000) {
            let share = Percent::from_ten_thousandths(units).unwrap();
            prop_assert_eq!(share.to_string().parse::<Percent>(), Ok(share));
            let json = serde_json::to_string(&share).unwrap();
            prop_assert_eq!(serde_json::from_str::<Percent>(&json).unwrap(), share);
        }

        #[test]
        fn no_text_breaks_a_parser(text in "[-−0-9.,% ]{0,12}") {
            let count = parse_count(&text);
            prop_assert!(count.is_err() || (0..=COUNT_MAX).contains(&count.unwrap()));
            let _ = (parse_decimal(&text), text.parse::<Percent>());
        }
    }
}
