//! Targets: what is to be achieved in a window, as a number or as a share of a named denominator. A target is never changed:
//! another version follows it, and a report of an earlier day keeps the version of its day.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::code::codes;
use super::dates::{DateRange, parse_date};
use super::denominator::{DenominatorKind, parse_positive};
use super::id::TargetId;
use super::number::Percent;
use super::observation::parse_scope;
use super::region::RegionCode;
use super::rule::{Check, FieldError, Rule};
use super::text::Note;
use super::total::Channel;

codes! {
    /// What a target is for: where an office wants to stand at the end of a year, counted from the first activation ever,
    /// or what a campaign is to bring between its first day and its last.
    pub enum Purpose {
        Year = "year",
        Campaign = "campaign",
    }
}

/// How much is to be achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Goal {
    /// People, at least one.
    Value(i64),
    /// More than nothing and at most all, of the target's denominator.
    Share(Percent),
}

/// One version of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The same for all versions.
    pub id: TargetId,
    /// From 1 on.
    pub version: i64,
    pub details: TargetDetails,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetDetails {
    pub scope: RegionCode,
    pub channel: Channel,
    pub purpose: Purpose,
    pub goal: Goal,
    /// Always there for a share.
    pub denominator: Option<DenominatorKind>,
    pub window: DateRange,
    pub source: Note,
}

/// What must differ between two targets whose windows meet.
pub type TargetSeries<'a> = (&'a RegionCode, Channel, Purpose);

/// The place of a target in a list by window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetKey {
    pub starts: NaiveDate,
    pub id: TargetId,
}

/// What somebody typed about a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetInput {
    pub scope: Option<String>,
    pub channel: Option<String>,
    pub purpose: Option<String>,
    pub denominator: Option<String>,
    pub share: Option<String>,
    pub value: Option<String>,
    pub starts: Option<String>,
    pub ends: Option<String>,
    pub source: Option<String>,
}

impl TargetDetails {
    pub fn series(&self) -> TargetSeries<'_> {
        (&self.scope, self.channel, self.purpose)
    }

    /// True if both say something about the same people and days: the windows of one scope, channel and purpose may not.
    pub fn overlaps(&self, other: &Self) -> bool {
        let (own, theirs) = (self.window, other.window);
        self.series() == other.series() && own.first() <= theirs.last() && theirs.first() <= own.last()
    }

    /// True for a part of `whole`: of the same purpose and days, and of one kecamatan or one channel of it.
    pub fn is_part_of(&self, whole: &Self) -> bool {
        let by_region = self.channel == whole.channel && self.scope != whole.scope && whole.scope.contains(&self.scope);
        let by_channel = self.scope == whole.scope && whole.channel == Channel::All && self.channel != Channel::All;
        self.purpose == whole.purpose && self.window == whole.window && (by_region || by_channel)
    }
}

impl Target {
    pub fn key(&self) -> TargetKey {
        TargetKey { starts: self.details.window.first(), id: self.id }
    }
}

impl fmt::Display for TargetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.starts, self.id)
    }
}

impl FromStr for TargetKey {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (starts, id) = text.split_once('.').ok_or(Rule::ForeignCursor)?;
        Ok(Self { starts: parse_date(starts)?, id: id.parse()? })
    }
}

impl TargetInput {
    /// The details, or every broken rule by field. `office` is where the target may be of, and what it is of when no scope
    /// is named; the channel is all and the purpose the year unless others are.
    pub fn check(self, office: &RegionCode) -> Result<TargetDetails, Vec<FieldError>> {
        let mut check = Check::new();
        let scope = check.field("scope", parse_scope(self.scope.as_deref(), office));
        let channel = check.optional("channel", self.channel, |text| text.parse());
        let purpose = check.optional("purpose", self.purpose, |text| text.parse());
        let denominator = check.optional("denominator", self.denominator, |text| text.parse::<DenominatorKind>());
        let goal = check_goal(&mut check, self.share, self.value);
        if matches!(goal, Some(Goal::Share(_))) && denominator == Some(None) {
            check.fail("denominator", Rule::Required);
        }
        let window = check_window(&mut check, self.starts, self.ends);
        let source = check.required("source", self.source, |text| text.parse());
        let built = (|| {
            let (scope, channel, purpose) =
                (scope?, channel?.unwrap_or(Channel::All), purpose?.unwrap_or(Purpose::Year));
            let (goal, denominator, window) = (goal?, denominator?, window?);
            Some(TargetDetails { scope, channel, purpose, goal, denominator, window, source: source? })
        })();
        check.finish(built)
    }
}

/// Exactly one of the two.
fn check_goal(check: &mut Check, share: Option<String>, value: Option<String>) -> Option<Goal> {
    match (share, value) {
        (Some(share), None) => check.field("share", parse_share(&share)).map(Goal::Share),
        (None, Some(value)) => check.field("value", parse_positive(&value)).map(Goal::Value),
        (Some(_), Some(_)) => {
            check.fail("value", Rule::ValueOrShare);
            None
        }
        (None, None) => {
            check.fail("value", Rule::Required);
            None
        }
    }
}

/// More than nothing, at most everybody.
fn parse_share(text: &str) -> Result<Percent, Rule> {
    let share: Percent = text.parse()?;
    let possible = share.ten_thousandths() > 0 && share <= Percent::HUNDRED;
    if possible { Ok(share) } else { Err(Rule::out_of_range("0,0001%", "100%")) }
}

fn check_window(check: &mut Check, starts: Option<String>, ends: Option<String>) -> Option<DateRange> {
    let starts = check.required("starts", starts, |text| parse_date(&text));
    let ends = check.required("ends", ends, |text| parse_date(&text));
    check.field("ends", DateRange::new(starts?, ends?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(share: &str, value: &str) -> TargetInput {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        TargetInput {
            denominator: text("recorded"),
            share: text(share),
            value: text(value),
            starts: text("2024-01-01"),
            ends: text("2024-12-31"),
            source: text("SK Kepala Dinas"),
            ..TargetInput::default()
        }
    }

    fn check(input: TargetInput) -> Result<TargetDetails, Vec<String>> {
        let checked = input.check(&"33.03".parse().unwrap());
        checked.map_err(|errors| errors.iter().map(|error| format!("{}: {}", error.field, error.rule.code())).collect())
    }

    #[test]
    fn a_target_is_a_value_or_a_share_and_never_both_or_neither() {
        assert_eq!(check(input("30", "")).unwrap().goal, Goal::Share("30%".parse().unwrap()));
        assert_eq!(check(input("", "15.000")).unwrap().goal, Goal::Value(15_000));
        assert_eq!(check(input("30", "15000")), Err(vec!["value: value_or_share".to_owned()]));
        assert_eq!(check(input("", "")), Err(vec!["value: required".to_owned()]));
        let bare = TargetInput { denominator: None, ..input("30", "") };
        assert_eq!(check(bare), Err(vec!["denominator: required".to_owned()]));
    }

    #[test]
    fn a_target_of_nothing_or_of_more_than_everybody_is_refused() {
        for (share, value, field) in
            [("0", "", "share"), ("100,01", "", "share"), ("130", "", "share"), ("", "0", "value")]
        {
            assert_eq!(check(input(share, value)), Err(vec![format!("{field}: out_of_range")]), "{share} {value}");
        }
        assert!(check(input("100", "")).is_ok());
    }

    #[test]
    fn a_window_ends_after_it_starts_and_every_broken_rule_is_named() {
        let backwards = TargetInput {
            starts: Some("2024-12-31".to_owned()),
            ends: Some("2024-01-01".to_owned()),
            ..input("30", "")
        };
        assert_eq!(check(backwards), Err(vec!["ends: ends_before_start".to_owned()]));
        assert_eq!(check(TargetInput::default()).unwrap_err().len(), 4);
        let outside = TargetInput { scope: Some("33.04".to_owned()), ..input("30", "") };
        assert_eq!(check(outside), Err(vec!["scope: outside_office".to_owned()]));
    }

    fn target(scope: &str, channel: &str, purpose: &str, window: (&str, &str)) -> TargetDetails {
        let text = |text: &str| Some(text.to_owned());
        let input = TargetInput {
            scope: text(scope),
            channel: text(channel),
            purpose: text(purpose),
            starts: text(window.0),
            ends: text(window.1),
            ..input("30", "")
        };
        check(input).unwrap()
    }

    #[test]
    fn windows_of_one_scope_channel_and_purpose_may_not_overlap_and_a_campaign_may_lie_in_a_year() {
        let year = target("33.03", "all", "year", ("2024-01-01", "2024-12-31"));
        let overlaps = |other: &TargetDetails| (year.overlaps(other), other.overlaps(&year));
        assert_eq!(overlaps(&target("33.03", "all", "year", ("2024-12-31", "2025-12-31"))), (true, true));
        assert_eq!(overlaps(&target("33.03", "all", "year", ("2025-01-01", "2025-12-31"))), (false, false));
        assert_eq!(overlaps(&target("33.03", "all", "campaign", ("2024-05-01", "2024-06-30"))), (false, false));
        assert_eq!(overlaps(&target("33.03.05", "all", "year", ("2024-01-01", "2024-12-31"))), (false, false));
        assert_eq!(overlaps(&target("33.03", "outreach", "year", ("2024-01-01", "2024-12-31"))), (false, false));
    }

    #[test]
    fn a_part_has_the_days_and_the_purpose_of_its_whole() {
        let days = ("2024-01-01", "2024-12-31");
        let year = target("33.03", "all", "year", days);
        assert!(target("33.03.05", "all", "year", days).is_part_of(&year));
        assert!(target("33.03", "counter", "year", days).is_part_of(&year));
        assert!(!target("33.03.05", "counter", "year", days).is_part_of(&year));
        assert!(!target("33.03.05", "all", "campaign", days).is_part_of(&year));
        assert!(!target("33.03.05", "all", "year", ("2024-01-01", "2024-06-30")).is_part_of(&year));
        assert!(!year.is_part_of(&year));
    }
}
