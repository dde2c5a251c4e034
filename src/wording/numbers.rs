//! Numbers as people read them: 1.234,56 in Indonesian, 1,234.56 in English; a true minus, a non-breaking space before
//! the per cent sign, and the roundings that the contract promises.

use crate::domain::figure::Figure;
use crate::domain::language::Language;
use crate::domain::number::Percent;

const MINUS: char = '\u{2212}';
const NO_BREAK_SPACE: char = '\u{a0}';

/// A whole number in groups of three: 203.947.
pub fn count(language: Language, number: i64) -> String {
    signed_digits(number < 0, &grouped(language, &number.unsigned_abs().to_string()))
}

/// A number with a fixed number of decimals, the half rounded away from zero: 1.234,56.
pub fn decimal(language: Language, number: f64, decimals: u8) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let rounded = round(number, decimals);
    let digits = format!("{:.*}", usize::from(decimals), rounded.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = grouped(language, whole);
    if !fraction.is_empty() {
        text.push(decimal_mark(language));
        text.push_str(fraction);
    }
    signed_digits(rounded < 0.0, &text)
}

/// As [`decimal`], with a plus before what is above zero: a change in percentage points.
pub fn change(language: Language, number: f64, decimals: u8) -> String {
    let plus = if round(number, decimals) > 0.0 { "+" } else { "" };
    format!("{plus}{}", decimal(language, number, decimals))
}

/// A share that is given in per cent: 3,83 %.
pub fn percent(language: Language, number: f64) -> String {
    format!("{}{NO_BREAK_SPACE}%", decimal(language, number, 2))
}

/// A share with the decimals that it was given with: 30 %, 3,83 %.
pub fn percent_as_given(language: Language, share: Percent) -> String {
    let units = share.ten_thousandths();
    let steps = [(10_000, 0), (1_000, 1), (100, 2), (10, 3)];
    let decimals = steps.into_iter().find(|(unit, _)| units % unit == 0).map_or(4, |(_, decimals)| decimals);
    format!("{}{NO_BREAK_SPACE}%", decimal(language, share.as_f64(), decimals))
}

/// The share of `part` in `whole`, rounded in whole numbers: 3,83 %. None without a whole.
pub fn share(language: Language, part: i64, whole: i64) -> Option<String> {
    let doubled = (i128::from(whole) > 0).then_some(2 * i128::from(whole))?;
    let hundredths = (i128::from(part).abs() * 20_000 + i128::from(whole)) / doubled;
    let text = format!(
        "{}{}{:02}",
        grouped(language, &(hundredths / 100).to_string()),
        decimal_mark(language),
        hundredths % 100
    );
    Some(format!("{}{NO_BREAK_SPACE}%", signed_digits(part < 0 && hundredths > 0, &text)))
}

/// A pace in activations per day: to the nearest whole from 100, with one decimal below (985; 98,4).
pub fn pace(language: Language, number: f64) -> String {
    let decimals = u8::from(round(number, 1).abs() < 100.0);
    decimal(language, number, decimals)
}

/// A range of counts: 6.000–7.000.
pub fn range(language: Language, low: i64, high: i64) -> String {
    format!("{}–{}", count(language, low), count(language, high))
}

/// A figure with its kind: 40, ±500, 6.000–7.000 or 3,83 %. A share keeps the decimals that it was given with, two at least.
pub fn figure(language: Language, figure: Figure) -> String {
    match figure {
        Figure::Exact(number) => count(language, number),
        Figure::Approximate(number) => format!("±{}", count(language, number)),
        Figure::Range { low, high } => range(language, low, high),
        Figure::Share(share) => {
            let units = share.ten_thousandths();
            let decimals = [(100, 2), (10, 3)].into_iter().find(|(unit, _)| units % unit == 0).map_or(4, |(_, n)| n);
            format!("{}{NO_BREAK_SPACE}%", decimal(language, share.as_f64(), decimals))
        }
    }
}

fn round(number: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals));
    (number * scale).round() / scale
}

fn signed_digits(negative: bool, digits: &str) -> String {
    if negative { format!("{MINUS}{digits}") } else { digits.to_owned() }
}

fn decimal_mark(language: Language) -> char {
    match language {
        Language::Indonesian => ',',
        Language::English => '.',
    }
}

/// Digits in groups of three, from the right.
fn grouped(language: Language, digits: &str) -> String {
    let mark = match language {
        Language::Indonesian => '.',
        Language::English => ',',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (left, digit) in (1..=digits.len()).rev().zip(digits.chars()) {
        if left % 3 == 0 && left != digits.len() {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Language::{English, Indonesian};

    #[test]
    fn counts_stand_in_groups_of_three() {
        for (number, id, en) in [
            (0, "0", "0"),
            (985, "985", "985"),
            (1_387, "1.387", "1,387"),
            (203_947, "203.947", "203,947"),
            (-1_000, "\u{2212}1.000", "\u{2212}1,000"),
            (i64::MIN, "\u{2212}9.223.372.036.854.775.808", "\u{2212}9,223,372,036,854,775,808"),
        ] {
            assert_eq!((count(Indonesian, number).as_str(), count(English, number).as_str()), (id, en));
        }
    }

    #[test]
    fn decimals_round_the_half_away_from_zero() {
        assert_eq!(decimal(Indonesian, 1_234.56, 2), "1.234,56");
        assert_eq!(decimal(English, 1_234.56, 2), "1,234.56");
        assert_eq!(decimal(Indonesian, 64.25, 1), "64,3");
        assert_eq!(decimal(Indonesian, -64.25, 1), "\u{2212}64,3");
        assert_eq!(decimal(Indonesian, -0.001, 2), "0,00");
        assert_eq!(decimal(Indonesian, 999.999, 2), "1.000,00");
        assert_eq!(decimal(Indonesian, f64::NAN, 2), "–");
    }

    #[test]
    fn shares_have_two_decimals_and_a_space_that_does_not_break() {
        assert_eq!(percent(Indonesian, 3.834_7), "3,83\u{a0}%");
        assert_eq!(percent(English, 3.834_7), "3.83\u{a0}%");
        assert_eq!(share(Indonesian, 29_890, 779_454).as_deref(), Some("3,83\u{a0}%"));
        assert_eq!(share(Indonesian, 1, 8).as_deref(), Some("12,50\u{a0}%"));
        assert_eq!(share(Indonesian, 1, 800).as_deref(), Some("0,13\u{a0}%"));
        assert_eq!(share(English, 2_000, 10).as_deref(), Some("20,000.00\u{a0}%"));
        assert_eq!(share(Indonesian, 1, 0), None);
    }

    #[test]
    fn a_change_shows_its_direction() {
        assert_eq!(change(Indonesian, 0.3, 2), "+0,30");
        assert_eq!(change(Indonesian, -0.3, 2), "\u{2212}0,30");
        assert_eq!(change(Indonesian, 0.001, 2), "0,00");
    }

    #[test]
    fn a_pace_is_whole_from_a_hundred_and_has_one_decimal_below() {
        // The paces of the five districts: 203,947 in 207, 147 and 141 days; 15,000, 6,000 and 7,000 in 61; 20,000 in 308.
        for (number, days, expected) in [
            (203_947.0, 207.0, "985"),
            (203_947.0, 147.0, "1.387"),
            (203_947.0, 141.0, "1.446"),
            (15_000.0, 61.0, "246"),
            (6_000.0, 61.0, "98,4"),
            (7_000.0, 61.0, "115"),
            (20_000.0, 308.0, "64,9"),
        ] {
            assert_eq!(pace(Indonesian, number / days), expected);
        }
        assert_eq!(pace(Indonesian, 99.94), "99,9");
        assert_eq!(pace(Indonesian, 99.96), "100");
        assert_eq!(pace(English, 0.0), "0.0");
    }

    #[test]
    fn a_figure_keeps_its_kind() {
        let shown = |text: &str| figure(Indonesian, text.parse().unwrap());
        assert_eq!(shown("29.890"), "29.890");
        assert_eq!(shown("500-an"), "±500");
        assert_eq!(shown("6000-7000"), "6.000–7.000");
        assert_eq!(shown("3,83%"), "3,83\u{a0}%");
        assert_eq!(shown("30%"), "30,00\u{a0}%");
        assert_eq!(shown("1,8705%"), "1,8705\u{a0}%");
        assert_eq!(shown("1,875%"), "1,875\u{a0}%");
    }

    proptest! {
        #[test]
        fn what_is_shown_of_a_count_is_read_back(number in 0i64..=1_000_000_000) {
            for language in [Indonesian, English] {
                prop_assert_eq!(crate::domain::number::parse_count(&count(language, number)), Ok(number));
            }
        }
    }
}
