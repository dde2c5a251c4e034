//! Figures of the pace as the API shows them: the numbers, and the text that pages and letters show. A figure that cannot be
//! computed has no numbers, but the code of its reason.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::language::Language;
use crate::domain::pace::{Amount, Computed, Missing, Rate, Share};
use crate::domain::reading::Reading;
use crate::wording::messages::label;
use crate::wording::pace;

/// People: the same number twice unless it is a range.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"low": 6000, "high": 7000, "kind": "range", "text": "6.000–7.000"}))]
pub struct AmountView {
    pub low: Option<i64>,
    pub high: Option<i64>,
    /// exact | approximate | range
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    pub text: String,
    /// Why it cannot be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<&'static str>,
}

/// A share in per cent, or people per day: two decimals.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"low": 12.78, "high": 12.78, "text": "12,78 %"}))]
pub struct NumberView {
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub text: String,
    /// Why it cannot be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<&'static str>,
}

/// One way to read a share.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reading, example = json!({
    "base": "holders", "text": "dari pemilik KTP-el", "verdict": "possible",
    "of_denominator": {"low": 10.0, "high": 10.0, "text": "10,00 %"},
    "of_target": {"low": 40.0, "high": 40.0, "text": "40,00 %"}
}))]
pub struct ReadingView {
    /// residents | obliged | recorded | holders | target: what to send as `denominator`.
    pub base: &'static str,
    /// The reading in words.
    pub text: String,
    /// fits | possible | contradicts | impossible
    pub verdict: &'static str,
    pub of_denominator: Option<NumberView>,
    pub of_target: Option<NumberView>,
    /// How many people activated.
    pub people: Option<AmountView>,
    /// How many people the denominator holds, or must then hold.
    pub denominator: Option<AmountView>,
    /// What the target is, or must then be.
    pub target: Option<AmountView>,
}

impl AmountView {
    pub fn new(language: Language, amount: Computed<Amount>) -> Self {
        match amount {
            Ok(amount) => Self {
                low: Some(amount.low),
                high: Some(amount.high),
                kind: Some(amount.kind().as_str()),
                text: pace::amount(language, amount),
                missing: None,
            },
            Err(missing) => Self {
                low: None,
                high: None,
                kind: None,
                text: pace::missing(language, missing),
                missing: Some(missing.as_str()),
            },
        }
    }
}

impl NumberView {
    pub fn share(language: Language, share: Computed<Share>) -> Self {
        share.map_or_else(
            |missing| Self::none(language, missing),
            |share| Self::some(share.low, share.high, pace::share(language, share)),
        )
    }

    pub fn rate(language: Language, rate: Rate) -> Self {
        Self::some(rate.low, rate.high, pace::rate(language, rate))
    }

    fn some(low: f64, high: f64, text: String) -> Self {
        Self { low: Some(round(low)), high: Some(round(high)), text, missing: None }
    }

    fn none(language: Language, missing: Missing) -> Self {
        Self { low: None, high: None, text: pace::missing(language, missing), missing: Some(missing.as_str()) }
    }
}

impl ReadingView {
    pub fn new(language: Language, reading: &Reading) -> Self {
        let amount = |amount: Option<Amount>| amount.map(|amount| AmountView::new(language, Ok(amount)));
        let share = |share: Option<Share>| share.map(|share| NumberView::share(language, Ok(share)));
        Self {
            base: reading.base.as_str(),
            text: label(language, "share-base", reading.base.as_str()),
            verdict: reading.verdict.as_str(),
            of_denominator: share(reading.of_denominator),
            of_target: share(reading.of_target),
            people: amount(reading.people),
            denominator: amount(reading.denominator),
            target: amount(reading.target),
        }
    }
}

/// Two decimals; what a browser or a spreadsheet adds up differs by no more.
pub fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
