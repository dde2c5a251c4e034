//! Observations: official figures with their date and source, each of its own kind. The series is only added to and may
//! fall. A share says what it is a share of, or says that its source does not; [`super::reading`] asks.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::code::codes;
use super::dates::parse_date;
use super::denominator::{DenominatorKind, parse_past};
use super::figure::{Figure, FigureKind};
use super::id::ObservationId;
use super::number::Percent;
use super::region::RegionCode;
use super::rule::{Check, FieldError, Rule};
use super::text::Note;

codes! {
    /// What an official figure counts.
    pub enum ObservationKind {
        /// All activations up to the day.
        Cumulative = "cumulative",
        /// Those of one day.
        Day = "day",
        /// A share alone, whose count nobody gave.
        Share = "share",
    }
}

codes! {
    /// What a published share is a share of.
    pub enum ShareBase {
        Residents = "residents",
        Obliged = "obliged",
        Recorded = "recorded",
        Holders = "holders",
        Target = "target",
        /// The source does not say.
        NotStated = "not_stated",
    }
}

/// One official figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    pub id: ObservationId,
    pub details: ObservationDetails,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationDetails {
    pub as_of: NaiveDate,
    /// The office's region, or one inside it.
    pub scope: RegionCode,
    pub kind: ObservationKind,
    /// A share if and only if `kind` is.
    pub figure: Figure,
    /// Of a share: what it is a share of.
    pub base: Option<ShareBase>,
    pub source: Note,
}

/// The place of an observation in a list by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObservationKey {
    pub as_of: NaiveDate,
    pub id: ObservationId,
}

/// What somebody typed about an observation. `denominator` is the base of a share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservationInput {
    pub as_of: Option<String>,
    pub scope: Option<String>,
    pub kind: Option<String>,
    pub figure: Option<String>,
    pub denominator: Option<String>,
    pub source: Option<String>,
}

impl ShareBase {
    pub fn denominator(self) -> Option<DenominatorKind> {
        match self {
            Self::Residents => Some(DenominatorKind::Residents),
            Self::Obliged => Some(DenominatorKind::Obliged),
            Self::Recorded => Some(DenominatorKind::Recorded),
            Self::Holders => Some(DenominatorKind::Holders),
            Self::Target | Self::NotStated => None,
        }
    }
}

impl From<DenominatorKind> for ShareBase {
    fn from(kind: DenominatorKind) -> Self {
        match kind {
            DenominatorKind::Residents => Self::Residents,
            DenominatorKind::Obliged => Self::Obliged,
            DenominatorKind::Recorded => Self::Recorded,
            DenominatorKind::Holders => Self::Holders,
        }
    }
}

impl Observation {
    pub fn key(&self) -> ObservationKey {
        ObservationKey { as_of: self.details.as_of, id: self.id }
    }

    /// The share and what it is of; none of a count.
    pub fn share(&self) -> Option<(ShareBase, Percent)> {
        let Figure::Share(share) = self.details.figure else { return None };
        Some((self.details.base.unwrap_or(ShareBase::NotStated), share))
    }
}

impl fmt::Display for ObservationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.as_of, self.id)
    }
}

impl FromStr for ObservationKey {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (as_of, id) = text.split_once('.').ok_or(Rule::ForeignCursor)?;
        Ok(Self { as_of: parse_date(as_of)?, id: id.parse()? })
    }
}

impl ObservationInput {
    /// The details, or every broken rule by field. `office` is where it may be of, and what it is of when no scope is
    /// named; `today` is the office's local date.
    pub fn check(self, office: &RegionCode, today: NaiveDate) -> Result<ObservationDetails, Vec<FieldError>> {
        let mut check = Check::new();
        let as_of = check.required("as_of", self.as_of, |text| parse_past(&text, today));
        let scope = check.field("scope", parse_scope(self.scope.as_deref(), office));
        let kind = check.required("kind", self.kind, |text| text.parse());
        let figure = check.required("figure", self.figure, |text| text.parse());
        let base = check.optional("denominator", self.denominator, |text| text.parse());
        let source = check.required("source", self.source, |text| text.parse());
        if let Some((kind, figure)) = kind.zip(figure) {
            let fits: Result<(), Rule> = fits(kind, figure);
            check.field("figure", fits);
            if kind != ObservationKind::Share && base.flatten().is_some() {
                check.fail("denominator", Rule::ShareOnly);
            }
        }
        let built = (|| {
            let (as_of, scope, kind) = (as_of?, scope?, kind?);
            Some(ObservationDetails { as_of, scope, kind, figure: figure?, base: base?, source: source? })
        })();
        check.finish(built)
    }
}

/// A share is written `3,83%` and a count is not.
fn fits(kind: ObservationKind, figure: Figure) -> Result<(), Rule> {
    let is_share = figure.kind() == FigureKind::Share;
    if is_share == (kind == ObservationKind::Share) { Ok(()) } else { Err(Rule::FigureOfOtherKind) }
}

/// The region that a figure or target is of: the office's own unless another inside it is named.
pub fn parse_scope(text: Option<&str>, office: &RegionCode) -> Result<RegionCode, Rule> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(office.clone()) };
    let scope: RegionCode = text.parse()?;
    if office.contains(&scope) { Ok(scope) } else { Err(Rule::OutsideOffice) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, figure: &str, base: Option<&str>) -> Result<ObservationDetails, Vec<String>> {
        let text = |text: &str| Some(text.to_owned());
        let input = ObservationInput {
            as_of: text("2024-06-07"),
            scope: None,
            kind: text(kind),
            figure: text(figure),
            denominator: base.map(str::to_owned),
            source: text("Radar"),
        };
        let checked = input.check(&"33.03".parse().unwrap(), "2024-06-07".parse().unwrap());
        checked.map_err(|errors| errors.iter().map(|error| format!("{}: {}", error.field, error.rule.code())).collect())
    }

    #[test]
    fn an_official_figure_keeps_its_kind_and_is_of_the_office_unless_it_says_otherwise() {
        for (kind, figure) in
            [("cumulative", "29.890"), ("cumulative", "±19500"), ("cumulative", "6000-7000"), ("day", "205")]
        {
            let details = check(kind, figure, None).unwrap();
            assert_eq!((details.figure, details.scope.as_str()), (figure.parse().unwrap(), "33.03"));
        }
        assert_eq!(check("share", "2,17%", Some("not_stated")).unwrap().base, Some(ShareBase::NotStated));
    }

    #[test]
    fn a_count_is_no_share_and_only_a_share_is_of_something() {
        assert_eq!(check("cumulative", "3,83%", None), Err(vec!["figure: figure_of_other_kind".to_owned()]));
        assert_eq!(check("share", "29890", None), Err(vec!["figure: figure_of_other_kind".to_owned()]));
        assert_eq!(check("day", "205", Some("recorded")), Err(vec!["denominator: share_only".to_owned()]));
        assert_eq!(check("share", "3%", Some("penduduk")), Err(vec!["denominator: unknown_code".to_owned()]));
    }

    #[test]
    fn a_figure_is_of_the_office_or_of_a_place_inside_it() {
        let office = "33.03".parse().unwrap();
        assert_eq!(parse_scope(Some("33.03.05"), &office).unwrap().as_str(), "33.03.05");
        assert_eq!(parse_scope(Some(" "), &office).unwrap().as_str(), "33.03");
        assert_eq!(parse_scope(Some("33.04.05"), &office), Err(Rule::OutsideOffice));
        assert_eq!(parse_scope(Some("33"), &office), Err(Rule::OutsideOffice));
    }
}
