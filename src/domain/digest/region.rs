//! The digest of a province or the nation: a line for each office that its reader may see, frozen as everything that a letter
//! tells. Read by the use case that fills it and by the mail room that words it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::period::DigestPeriod;
use super::report::DigestReader;
use super::schedule::DigestSchedule;
use super::standing::{Answer, Span};
use crate::domain::dates::DateRange;
use crate::domain::id::UserId;

/// One letter: what it tells, and who reads it where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegionPayload {
    pub report: RegionReport,
    pub reader: DigestReader,
}

/// The region, the days, and how each of its offices stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegionReport {
    /// Name of the province; none for the nation.
    pub region: Option<String>,
    /// Zone of the hours in the letter, such as Asia/Jakarta.
    pub zone: String,
    pub period: DigestPeriod,
    /// The last day that is told of.
    pub on: NaiveDate,
    pub days: DateRange,
    /// When it was compiled, if that was later than any schedule does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiled_on: Option<NaiveDate>,
    /// In the order of [`RegionReport::in_order`].
    pub offices: Vec<OfficeLine>,
}

/// How one office stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeLine {
    /// Region code, such as 33.03.
    pub code: String,
    pub name: String,
    /// None without a target.
    pub target: Option<TargetLine>,
    /// In-area activations in the days of the letter.
    pub activated: i64,
    /// Outreach events that ended without a result.
    pub unreported: i64,
    /// The last day up to that of the letter on which anything was counted.
    pub last_counted: Option<NaiveDate>,
}

/// An office's main target in three figures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TargetLine {
    /// In per cent.
    pub of_target: Answer<Span>,
    /// In per cent.
    pub of_denominator: Answer<Span>,
    /// Activations that are missing.
    pub gap: Answer<Span>,
    /// True if its last day has come and gone.
    pub is_over: bool,
}

/// A standing wish for the digest of one's region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionSubscription {
    pub reader: UserId,
    pub schedule: DigestSchedule,
    /// When the next letter leaves.
    pub next_at: Option<DateTime<Utc>>,
}

impl RegionReport {
    /// Puts the offices into the order in which they are read: targets that run, the least achieved first; then those that
    /// cannot be computed, those that are over, and offices without a target; by code among their like.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.offices.sort_by(|a, b| {
            let (first, second) = (rank(a), rank(b));
            first.0.cmp(&second.0).then(first.1.total_cmp(&second.1)).then_with(|| a.code.cmp(&b.code))
        });
        self
    }

    /// What is missing to the targets that run, and of how many offices that is known.
    pub fn gap(&self) -> Option<(Span, usize)> {
        let running = self.offices.iter().filter_map(|office| office.target.filter(|target| !target.is_over));
        let known: Vec<Span> = running.filter_map(|target| target.gap.known().copied()).collect();
        let sum = Span {
            low: known.iter().map(|span| span.low).sum(),
            high: known.iter().map(|span| span.high).sum(),
            approximate: known.iter().any(|span| span.approximate),
        };
        (!known.is_empty()).then_some((sum, known.len()))
    }

    pub fn activated(&self) -> i64 {
        self.offices.iter().map(|office| office.activated).sum()
    }

    pub fn unreported(&self) -> i64 {
        self.offices.iter().map(|office| office.unreported).sum()
    }
}

fn rank(office: &OfficeLine) -> (u8, f64) {
    match office.target {
        Some(TargetLine { is_over: true, .. }) => (2, 0.0),
        Some(TargetLine { of_target: Answer::Known(share), .. }) => (0, share.low),
        Some(_) => (1, 0.0),
        None => (3, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pace::Missing;

    fn office(code: &str, target: Option<TargetLine>) -> OfficeLine {
        let name = format!("Dinas {code}");
        OfficeLine { code: code.to_owned(), name, target, activated: 2, unreported: 1, last_counted: None }
    }

    fn target(share: Option<f64>, gap: f64, is_over: bool) -> TargetLine {
        let known = |value: f64| Answer::Known(Span::exactly(value));
        let of_target = share.map_or(Answer::Unknown(Missing::NoFigure), known);
        let gap = if share.is_some() { known(gap) } else { Answer::Unknown(Missing::NoFigure) };
        TargetLine { of_target, of_denominator: of_target, gap, is_over }
    }

    fn report(offices: Vec<OfficeLine>) -> RegionReport {
        RegionReport {
            region: Some("Jawa Tengah".to_owned()),
            zone: "Asia/Jakarta".to_owned(),
            period: DigestPeriod::Weekly,
            on: "2024-06-07".parse().unwrap(),
            days: "2024-06-01..2024-06-07".parse().unwrap(),
            compiled_on: None,
            offices,
        }
    }

    #[test]
    fn the_least_achieved_stand_first_and_what_cannot_be_compared_last() {
        let all = vec![
            office("33.01", None),
            office("33.02", Some(target(Some(80.0), 5.0, true))),
            office("33.03", Some(target(Some(12.78), 203_947.0, false))),
            office("33.04", Some(target(None, 0.0, false))),
            office("33.05", Some(target(Some(3.0), 10.0, false))),
            office("33.06", Some(target(Some(3.0), 10.0, false))),
        ];
        let ordered = report(all).in_order();
        let codes: Vec<&str> = ordered.offices.iter().map(|office| office.code.as_str()).collect();
        assert_eq!(codes, ["33.05", "33.06", "33.03", "33.04", "33.02", "33.01"]);
        // What is over, or cannot be told, is in no sum.
        assert_eq!(ordered.gap(), Some((Span::exactly(203_967.0), 3)));
        assert_eq!((ordered.activated(), ordered.unreported()), (12, 6));
        assert_eq!(report(Vec::new()).gap(), None);
    }
}
