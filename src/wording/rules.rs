//! The message of a broken rule. Every code of [`Rule`] has one; a test reads the list of codes and the files.

use super::dates;
use super::messages::{label, message, message_id};
use super::numbers;
use crate::domain::dates::parse_date;
use crate::domain::language::Language;
use crate::domain::rule::Rule;

/// What a reader is told about a value that broke `rule`.
pub fn rule_message(language: Language, rule: &Rule) -> String {
    let shown = |(name, value): (&'static str, String)| (name, readable(language, name, value));
    let args: Vec<_> = rule.args().into_iter().map(shown).collect();
    message(language, &message_id("rule", rule.code()), &args)
}

/// The types that a field of a body can have.
const JSON_TYPES: [&str; 6] = ["object", "list", "text", "integer", "number", "boolean"];

/// A rule's value in the reader's words: rules carry dates and states as codes.
fn readable(language: Language, name: &str, value: String) -> String {
    match name {
        "date" | "starts" | "ends" => parse_date(&value).map_or(value, |date| dates::date(language, date)),
        // Up to four digits read well as they are, and may be a year.
        "min" | "max" => match value.parse() {
            Ok(bound @ 10_000..) => numbers::count(language, bound),
            _ => value,
        },
        "state" => label(language, "event-state", &value),
        "expected" if JSON_TYPES.contains(&value.as_str()) => label(language, "json-type", &value),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// One of each rule.
    fn one_of_each() -> Vec<Rule> {
        let date = || "2024-06-07".to_owned();
        vec![
            Rule::Required,
            Rule::UnknownField,
            Rule::DuplicateField,
            Rule::WrongType("integer".to_owned()),
            Rule::TooLong(200),
            Rule::TooMany(500),
            Rule::out_of_range(1, 9),
            Rule::Format { example: "33.03" },
            Rule::UnknownCode { allowed: "mon | tue".to_owned() },
            Rule::NotFound,
            Rule::UnknownRegion,
            Rule::Taken,
            Rule::Repeated,
            Rule::ControlCharacter,
            Rule::NotUtf8,
            Rule::NikLike,
            Rule::EndsBeforeStart,
            Rule::OutsideOffice,
            Rule::Future,
            Rule::NotPast,
            Rule::NotBegun { date: date() },
            Rule::DaysNotTaken,
            Rule::NotOfThisOffice,
            Rule::ReasonRequired,
            Rule::Figure,
            Rule::OfficerAbsent { officer: "siti".to_owned(), date: date() },
            Rule::PeriodLocked { date: date() },
            Rule::PasswordTooShort(10),
            Rule::WrongPassword,
            Rule::WrongSetUpCode,
            Rule::DiffersFromStored,
            Rule::ForeignCursor,
            Rule::NotReported,
            Rule::Fixed,
            Rule::StateTakesNoResults { state: "not_held".to_owned() },
            Rule::OutsideDays { date: date() },
            Rule::Fixed,
            Rule::DayHasResults { date: date() },
            Rule::TeamHasResults { team: "TIM-1".to_owned() },
            Rule::BeyondOwnRights,
            Rule::NotReported,
            Rule::NoEmail,
            Rule::ReadsNoDigests,
            Rule::ColumnCount { expected: 4, found: 5 },
            Rule::MoreErrors(7),
            Rule::BrokenWorkbook,
            Rule::WorkbookTooLarge,
            Rule::FailedFormula("#N/A".to_owned()),
            Rule::UncomputedFormula,
            Rule::LongNumber,
            Rule::SupposedTeam,
            Rule::NotDead,
            Rule::ValueOrShare,
            Rule::FigureOfOtherKind,
            Rule::ShareOnly,
            Rule::Overlaps { starts: date(), ends: date() },
            Rule::ReadingRequired,
            Rule::ImpossibleReading,
            Rule::NotSplittable,
        ]
    }

    /// The codes in the source of `Rule::code`, so that a rule added there cannot be forgotten here.
    fn codes_in_the_source() -> BTreeSet<&'static str> {
        let source = include_str!("../domain/rule.rs");
        let arms = source.lines().filter(|line| line.trim_start().starts_with("Self::"));
        arms.filter_map(|line| line.split_once("=> \"")?.1.split('"').next()).collect()
    }

    #[test]
    fn every_rule_has_a_message_in_both_languages_and_fills_it() {
        for rule in one_of_each() {
            for language in [Language::Indonesian, Language::English] {
                let text = rule_message(language, &rule);
                assert!(!text.contains(['{', '$']) && text.contains(' '), "{rule}: {text}");
                for (name, value) in rule.args() {
                    assert!(text.contains(&readable(language, name, value)), "{rule}: {name} is not shown in: {text}");
                }
            }
        }
    }

    #[test]
    fn no_rule_is_left_out_of_these_tests() {
        let tested: BTreeSet<_> = one_of_each().iter().map(Rule::code).collect();
        assert_eq!(tested, codes_in_the_source());
    }

    #[test]
    fn codes_and_dates_inside_a_message_are_put_into_words() {
        let rule = Rule::StateTakesNoResults { state: "not_held".to_owned() };
        assert!(rule_message(Language::Indonesian, &rule).contains("tidak terlaksana"));
        let rule = Rule::PeriodLocked { date: "2024-06-07".to_owned() };
        assert!(rule_message(Language::Indonesian, &rule).contains("Jumat, 7 Juni 2024"));
        assert!(rule_message(Language::English, &rule).contains("Friday, 7 June 2024"));
        let rule = Rule::out_of_range(1, 1_000_000_000);
        assert!(rule_message(Language::Indonesian, &rule).contains("antara 1 dan 1.000.000.000"));
    }
}
