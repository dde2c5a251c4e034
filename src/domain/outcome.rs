//! What one contact at an event ended in: a service rendered, or the reason why not, and how often.
//! No outcome names a person. Read by events, tallies, rankings and files; knows nothing of where counts are kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::code::codes;
use super::rule::Rule;

codes! {
    /// The outcomes that an officer can count, services first.
    pub enum Outcome {
        /// A digital ID activated for a resident of the office's own area: what targets and rankings count.
        Activated = "activated",
        /// Served, yet counted by the resident's own district: workload, not target.
        ActivatedOutOfArea = "activated_out_of_area",
        /// A second activation after a lost phone or a forgotten PIN.
        Reactivated = "reactivated",
        KtpRecorded = "ktp_recorded",
        KtpPrinted = "ktp_printed",
        KkRenewed = "kk_renewed",
        NoSmartphone = "no_smartphone",
        DeviceUnsupported = "device_unsupported",
        RefusedNoNeed = "refused_no_need",
        RefusedTrust = "refused_trust",
        /// Recorded from 16, activated from 17.
        Underage = "underage",
        NotRecorded = "not_recorded",
        /// A newly recorded face has not yet reached the centre.
        FaceSync = "face_sync",
        AlreadyActive = "already_active",
        NoEmail = "no_email",
        NoQuotaSignal = "no_quota_signal",
        LeftQueue = "left_queue",
        FaceMismatch = "face_mismatch",
        SiakDown = "siak_down",
        NetworkDown = "network_down",
        PowerDown = "power_down",
        DataIssue = "data_issue",
        Other = "other",
    }
}

codes! {
    /// How an outcome is read: only the last group is a failure.
    pub enum OutcomeGroup {
        Service = "service",
        Waived = "waived",
        Refused = "refused",
        NotYet = "not_yet",
        Failed = "failed",
    }
}

impl Outcome {
    pub const fn group(self) -> OutcomeGroup {
        match self {
            Self::Activated
            | Self::ActivatedOutOfArea
            | Self::Reactivated
            | Self::KtpRecorded
            | Self::KtpPrinted
            | Self::KkRenewed => OutcomeGroup::Service,
            Self::NoSmartphone | Self::DeviceUnsupported => OutcomeGroup::Waived,
            Self::RefusedNoNeed | Self::RefusedTrust => OutcomeGroup::Refused,
            Self::Underage
            | Self::NotRecorded
            | Self::FaceSync
            | Self::AlreadyActive
            | Self::NoEmail
            | Self::NoQuotaSignal
            | Self::LeftQueue => OutcomeGroup::NotYet,
            Self::FaceMismatch
            | Self::SiakDown
            | Self::NetworkDown
            | Self::PowerDown
            | Self::DataIssue
            | Self::Other => OutcomeGroup::Failed,
        }
    }

    /// True for what an event can offer and a ranking can name.
    pub fn is_service(self) -> bool {
        self.group() == OutcomeGroup::Service
    }

    /// True for every outcome of the digital ID; KTP-el and KK are other services at the same table.
    pub fn is_reached(self) -> bool {
        !matches!(self, Self::KtpRecorded | Self::KtpPrinted | Self::KkRenewed)
    }

    /// The services, in the order of the list.
    pub fn services() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|outcome| outcome.is_service())
    }

    /// A service by its code; the reasons of a non-activation are none.
    pub fn parse_service(text: &str) -> Result<Self, Rule> {
        Self::services().find(|service| service.as_str() == text).ok_or_else(Self::not_a_service)
    }

    /// The rule that a list of services breaks by naming another outcome.
    pub fn not_a_service() -> Rule {
        let allowed: Vec<_> = Self::services().map(Self::as_str).collect();
        Rule::UnknownCode { allowed: allowed.join(" | ") }
    }
}

/// How often each outcome was counted. A key with 0 was counted and found to be none; a missing key was not counted.
/// May hold negative numbers: an undo that arrived before what it undoes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<Outcome, i64>);

impl Counts {
    pub fn new() -> Self {
        Self::default()
    }

    /// The count of one outcome; 0 if it was not counted.
    pub fn get(&self, outcome: Outcome) -> i64 {
        self.0.get(&outcome).copied().unwrap_or_default()
    }

    /// True if nothing was counted, not even a zero.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of the outcomes.
    pub fn iter(&self) -> impl Iterator<Item = (Outcome, i64)> {
        self.0.iter().map(|(outcome, n)| (*outcome, *n))
    }

    /// Adds `n` of one outcome.
    pub fn count(&mut self, outcome: Outcome, n: i64) {
        let sum = self.0.entry(outcome).or_default();
        *sum = sum.saturating_add(n);
    }

    pub fn add(&mut self, other: &Self) {
        for (outcome, n) in other.iter() {
            self.count(outcome, n);
        }
    }

    #[must_use]
    pub fn negate(&self) -> Self {
        self.iter().map(|(outcome, n)| (outcome, n.saturating_neg())).collect()
    }

    /// What people may see: a count below zero is shown as 0.
    #[must_use]
    pub fn shown(&self) -> Self {
        self.iter().map(|(outcome, n)| (outcome, n.max(0))).collect()
    }

    /// True if an undo is waiting for what it undoes; shown with a warning.
    pub fn has_negative(&self) -> bool {
        self.0.values().any(|n| *n < 0)
    }

    /// Everyone whom the digital ID was offered to, whatever came of it.
    pub fn reached(&self) -> i64 {
        self.iter().filter(|(outcome, _)| outcome.is_reached()).fold(0, |sum, (_, n)| sum.saturating_add(n))
    }

    /// Activated of reached, as a fraction; none if nobody was reached.
    pub fn rate(&self) -> Option<f64> {
        let shown = self.shown();
        (shown.reached() > 0).then(|| float(shown.get(Outcome::Activated)) / float(shown.reached()))
    }

    /// People who must have stood at the table: one person can be reached and take every other service too.
    /// A correction is as much work to judge as what it takes away, so signs do not matter.
    pub fn workload(&self) -> i64 {
        let size: Self = self.iter().map(|(outcome, n)| (outcome, n.saturating_abs())).collect();
        size.iter().filter(|(outcome, _)| !outcome.is_reached()).map(|(_, n)| n).fold(size.reached(), i64::max)
    }
}

impl FromIterator<(Outcome, i64)> for Counts {
    /// Counts of the same outcome add up.
    fn from_iter<T: IntoIterator<Item = (Outcome, i64)>>(counts: T) -> Self {
        let mut sum = Self::new();
        for (outcome, n) in counts {
            sum.count(outcome, n);
        }
        sum
    }
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
fn float(n: i64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(pairs: &[(Outcome, i64)]) -> Counts {
        pairs.iter().copied().collect()
    }

    #[test]
    fn the_waived_and_the_refused_are_reached_and_the_rate_is_of_all_of_them() {
        let day = counts(&[
            (Outcome::Activated, 40),
            (Outcome::NoSmartphone, 6),
            (Outcome::DeviceUnsupported, 3),
            (Outcome::RefusedNoNeed, 5),
            (Outcome::FaceMismatch, 2),
        ]);
        assert_eq!(day.reached(), 56);
        assert!((day.rate().unwrap() - 40.0 / 56.0).abs() < 1e-12);
    }

    #[test]
    fn other_services_are_not_reached_but_are_work() {
        let school = counts(&[(Outcome::KtpRecorded, 80), (Outcome::Activated, 55), (Outcome::Underage, 5)]);
        assert_eq!((school.reached(), school.workload()), (60, 80));
        let card_day = counts(&[(Outcome::KtpPrinted, 12)]);
        assert_eq!((card_day.reached(), card_day.rate()), (0, None));
    }

    #[test]
    fn exactly_six_outcomes_are_services_and_three_of_them_are_not_of_the_digital_id() {
        assert_eq!(Outcome::ALL.len(), 23);
        assert_eq!(Outcome::services().count(), 6);
        assert_eq!(Outcome::ALL.iter().filter(|outcome| !outcome.is_reached()).count(), 3);
        assert_eq!(Outcome::parse_service("kk_renewed"), Ok(Outcome::KkRenewed));
        assert!(Outcome::parse_service("underage").is_err());
    }

    #[test]
    fn a_count_below_zero_is_shown_as_zero_and_comes_back_when_its_entry_arrives() {
        let mut day = counts(&[(Outcome::Activated, -1)]);
        assert!(day.has_negative());
        assert_eq!((day.shown().get(Outcome::Activated), day.shown().reached(), day.rate()), (0, 0, None));
        day.add(&counts(&[(Outcome::Activated, 3)]));
        assert_eq!(day.get(Outcome::Activated), 2);
    }

    #[test]
    fn a_counted_zero_is_not_nothing_and_negating_twice_changes_nothing() {
        let nihil = counts(&[(Outcome::Activated, 0)]);
        assert!(!nihil.is_empty() && Counts::new().is_empty());
        let mixed = counts(&[(Outcome::Activated, 4), (Outcome::NoEmail, -1)]);
        assert_eq!(mixed.negate().negate(), mixed);
        assert_eq!(mixed.negate().get(Outcome::NoEmail), 1);
        assert_eq!(mixed.workload(), 5);
    }
}
