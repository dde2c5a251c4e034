//! Figures of a report in words: a number, about a number, or a range that stays one.

use crate::domain::digest::Span;
use crate::domain::language::Language;
use crate::wording::numbers;

/// 203.947, ±500 or 8.000–9.000.
pub fn people(language: Language, span: Span) -> String {
    words(span, |number| numbers::decimal(language, number, 0))
}

/// 985, 98,4 or 98,4–115.
pub fn pace(language: Language, span: Span) -> String {
    words(span, |number| numbers::pace(language, number))
}

/// 3,83 %; of a range one decimal: 40,0–46,7 %.
pub fn percent(language: Language, span: Span) -> String {
    if span.is_number() {
        let about = if span.approximate { "±" } else { "" };
        return format!("{about}{}", numbers::percent(language, span.low));
    }
    format!("{}\u{a0}%", words(span, |number| numbers::decimal(language, number, 1)))
}

fn words(span: Span, text: impl Fn(f64) -> String) -> String {
    let about = if span.approximate { "±" } else { "" };
    let (low, high) = (text(span.low), text(span.high));
    if low == high { format!("{about}{low}") } else { format!("{about}{low}–{high}") }
}
