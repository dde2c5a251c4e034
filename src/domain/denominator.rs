//! Denominators: how many people a share is a share of. Each is a dated, sourced count of the whole office; a series is only
//! added to and may fall. Called by targets, observations and the pace.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::code::codes;
use super::dates::parse_date;
use super::id::DenominatorId;
use super::number::{COUNT_MAX, parse_count};
use super::rule::{Check, FieldError, Rule};
use super::text::Note;

codes! {
    /// Who is counted, from many to few.
    pub enum DenominatorKind {
        /// Everybody who lives there.
        Residents = "residents",
        /// Those who must hold a KTP-el.
        Obliged = "obliged",
        /// Those who are recorded for one.
        Recorded = "recorded",
        /// Those who hold one.
        Holders = "holders",
    }
}

/// More people than live in any kabupaten or kota: the largest, Kabupaten Bogor, has 5.4 million (census of 2020) and is
/// projected at below 6 million. A reading that needs more is impossible.
pub const REGENCY_MAX: i64 = 6_000_000;

/// A count of those whom a share is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denominator {
    pub id: DenominatorId,
    pub details: DenominatorDetails,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DenominatorDetails {
    pub kind: DenominatorKind,
    /// People, at least one.
    pub value: i64,
    pub as_of: NaiveDate,
    pub source: Note,
}

/// The place of a denominator in a list by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DenominatorKey {
    pub as_of: NaiveDate,
    pub id: DenominatorId,
}

/// What somebody typed about a denominator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DenominatorInput {
    pub kind: Option<String>,
    pub value: Option<String>,
    pub as_of: Option<String>,
    pub source: Option<String>,
}

impl Denominator {
    pub fn key(&self) -> DenominatorKey {
        DenominatorKey { as_of: self.details.as_of, id: self.id }
    }
}

impl fmt::Display for DenominatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.as_of, self.id)
    }
}

impl FromStr for DenominatorKey {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (as_of, id) = text.split_once('.').ok_or(Rule::ForeignCursor)?;
        Ok(Self { as_of: parse_date(as_of)?, id: id.parse()? })
    }
}

impl DenominatorInput {
    /// The details, or every broken rule by field. `today` is the office's local date: nobody has counted tomorrow.
    pub fn check(self, today: NaiveDate) -> Result<DenominatorDetails, Vec<FieldError>> {
        let mut check = Check::new();
        let kind = check.required("kind", self.kind, |text| text.parse());
        let value = check.required("value", self.value, |text| parse_positive(&text));
        let as_of = check.required("as_of", self.as_of, |text| parse_past(&text, today));
        let source = check.required("source", self.source, |text| text.parse());
        let built = (|| Some(DenominatorDetails { kind: kind?, value: value?, as_of: as_of?, source: source? }))();
        check.finish(built)
    }
}

/// A count of at least one.
pub fn parse_positive(text: &str) -> Result<i64, Rule> {
    // A denominator is never approximate, so the example of other figures would mislead.
    let count = parse_count(text).map_err(|rule| match rule {
        Rule::Figure => Rule::Format { example: "779.454" },
        other => other,
    })?;
    if count > 0 { Ok(count) } else { Err(Rule::out_of_range(1, COUNT_MAX)) }
}

/// A date that has come.
pub fn parse_past(text: &str, today: NaiveDate) -> Result<NaiveDate, Rule> {
    parse_date(text).and_then(|date| if date > today { Err(Rule::Future) } else { Ok(date) })
}

/// The denominator of a kind that holds on a day: the latest that is not younger. Of two of one day the one recorded last.
pub fn holding<'a>(
    known: impl IntoIterator<Item = &'a Denominator>,
    kind: DenominatorKind,
    as_of: NaiveDate,
) -> Option<&'a Denominator> {
    let fits = known.into_iter().filter(|d| d.details.kind == kind && d.details.as_of <= as_of);
    fits.max_by_key(|denominator| (denominator.details.as_of, denominator.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(value: &str, as_of: &str) -> DenominatorInput {
        let text = |text: &str| Some(text.to_owned());
        DenominatorInput { kind: text("recorded"), value: text(value), as_of: text(as_of), source: text("DKB") }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn denominator(id: u128, value: &str, as_of: &str) -> Denominator {
        let details = input(value, as_of).check(day("2026-11-21")).unwrap();
        Denominator { id: DenominatorId(uuid::Uuid::from_u128(id)), details }
    }

    #[test]
    fn a_denominator_is_of_a_day_that_came_and_counts_somebody() {
        assert_eq!(input("779.454", "2024-06-07").check(day("2024-06-07")).unwrap().value, 779_454);
        let errors = input("0", "2024-06-08").check(day("2024-06-07")).unwrap_err();
        let named: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.rule.code())).collect();
        assert_eq!(named, [("value", "out_of_range"), ("as_of", "future")]);
        // The example must be one that is taken.
        let ranges = input("6000-7000", "2024-06-07").check(day("2024-06-07")).unwrap_err();
        let example = ranges[0].rule.args()[0].1.clone();
        assert!(ranges[0].rule.code() == "format" && parse_positive(&example).is_ok(), "{example}");
        assert_eq!(DenominatorInput::default().check(day("2024-06-07")).unwrap_err().len(), 4);
    }

    #[test]
    fn a_series_may_fall_and_the_latest_that_is_not_younger_holds() {
        let series = [
            denominator(1, "779.454", "2024-06-07"),
            denominator(2, "778.000", "2024-12-31"),
            denominator(3, "778.100", "2024-12-31"),
        ];
        let of = |as_of| holding(&series, DenominatorKind::Recorded, day(as_of)).map(|d| d.details.value);
        assert_eq!(of("2024-06-06"), None);
        assert_eq!(of("2024-12-30"), Some(779_454));
        assert_eq!(of("2025-01-01"), Some(778_100));
        assert_eq!(holding(&series, DenominatorKind::Holders, day("2025-01-01")), None);
    }
}
