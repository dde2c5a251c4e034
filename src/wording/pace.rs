//! The figures of a pace as people read them. A range stays a range, an approximate figure keeps its sign, and where a
//! figure cannot be computed its reason stands in its place.

use chrono::NaiveDate;

use super::messages::{label, message};
use super::{dates, numbers};
use crate::domain::figure::FigureKind;
use crate::domain::language::Language;
use crate::domain::pace::{Amount, Completion, Missing, Rate, Share};

/// 29.890, ±500 or 6.000–7.000.
pub fn amount(language: Language, amount: Amount) -> String {
    match amount.kind() {
        FigureKind::Range => numbers::range(language, amount.low, amount.high),
        FigureKind::Approximate => format!("±{}", numbers::count(language, amount.low)),
        FigureKind::Exact | FigureKind::Share => numbers::count(language, amount.low),
    }
}

/// 3,83 %; of a range with one decimal: 40,0–46,7 %.
pub fn share(language: Language, share: Share) -> String {
    if share.is_single() {
        let about = if share.approximate { "±" } else { "" };
        return format!("{about}{}", numbers::percent(language, share.low));
    }
    let (low, high) = (numbers::decimal(language, share.low, 1), numbers::decimal(language, share.high, 1));
    // Both ends may round to one number.
    if low == high {
        return format!("{low}\u{a0}%");
    }
    format!("{low}–{high}\u{a0}%")
}

/// 985; 98,4; of a range 98,4–115.
pub fn rate(language: Language, rate: Rate) -> String {
    let about = if rate.approximate && rate.is_single() { "±" } else { "" };
    let (low, high) = (numbers::pace(language, rate.low), numbers::pace(language, rate.high));
    if low == high { format!("{about}{low}") } else { format!("{low}–{high}") }
}

/// "27 Februari 2027", or the two ends of a range.
pub fn completion(language: Language, completion: Completion) -> String {
    let (earliest, latest) = (plain_date(language, completion.earliest), plain_date(language, completion.latest));
    if earliest == latest { latest } else { format!("{earliest} – {latest}") }
}

/// "7 Juni 2024".
pub fn plain_date(language: Language, date: NaiveDate) -> String {
    dates::long_date(language, date)
}

/// "penyebut tidak ada".
pub fn reason(language: Language, missing: Missing) -> String {
    label(language, "missing", missing.as_str())
}

/// "tidak dapat dihitung (penyebut tidak ada)".
pub fn missing(language: Language, missing: Missing) -> String {
    message(language, "not-computable", &[("reason", reason(language, missing))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_shown_in_their_kind() {
        let id = Language::Indonesian;
        assert_eq!(amount(id, Amount::range(6_000, 7_000)), "6.000–7.000");
        assert_eq!(amount(id, Amount::of("±19500".parse().unwrap()).unwrap()), "±19.500");
        let of = |low: i64, high: i64, whole: i64| Amount::range(low, high).share_of(Amount::exact(whole)).unwrap();
        assert_eq!(share(id, of(29_890, 29_890, 779_454)), "3,83\u{a0}%");
        assert_eq!(share(id, of(6_000, 7_000, 15_000)), "40,0–46,7\u{a0}%");
        assert_eq!(share(id, of(48_351, 48_390, 779_454)), "6,2\u{a0}%");
        assert_eq!(rate(id, Amount::exact(203_947).per(207).unwrap()), "985");
        assert_eq!(rate(id, Amount::range(6_000, 7_000).per(61).unwrap()), "98,4–115");
        assert_eq!(missing(id, Missing::NoDenominator), "tidak dapat dihitung (penyebut tidak ada)");
    }

    #[test]
    fn every_reason_has_words_in_both_languages() {
        for (language, other) in [(Language::Indonesian, Language::English), (Language::English, Language::Indonesian)]
        {
            for missing in Missing::ALL {
                let text = reason(language, *missing);
                assert!(!text.starts_with("missing-") && text != reason(other, *missing), "{missing}: {text}");
            }
        }
    }
}
