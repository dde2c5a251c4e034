//! Office-day totals: figures of a whole office on one day, published or reported without a venue. They are kept as they
//! were told, in any kind of figure; none is ever changed, a correction withdraws it and adds another.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::code::codes;
use super::dates::parse_date;
use super::figure::Figure;
use super::id::TotalId;
use super::rule::{Check, FieldError, Rule};
use super::text::Note;
use super::venue::VenueKind;

codes! {
    /// Where activations happen. A channel is not a venue, and neither is an event.
    pub enum Channel {
        All = "all",
        Outreach = "outreach",
        Counter = "counter",
        Other = "other",
    }
}

/// A figure for the whole office and one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTotal {
    pub id: TotalId,
    pub details: TotalDetails,
}

/// What the figure is about, and where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalDetails {
    pub date: NaiveDate,
    pub channel: Channel,
    /// The kind of venue, where that much is known ("several companies").
    pub venue_kind: Option<VenueKind>,
    pub figure: Figure,
    pub source: Note,
}

/// True if the exact counts of a total's day, `counted` together, have taken its place: they reach the lower end of a
/// range, or nine tenths of a figure that was only approximate. A share cannot be split.
pub fn is_split(figure: Figure, counted: i64) -> bool {
    match figure {
        Figure::Exact(count) => counted >= count,
        Figure::Approximate(count) => counted.saturating_mul(10) >= count.saturating_mul(9),
        Figure::Range { low, .. } => counted >= low,
        Figure::Share(_) => false,
    }
}

/// The place of a total in a list by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalKey {
    pub date: NaiveDate,
    pub id: TotalId,
}

impl OfficeTotal {
    pub fn key(&self) -> TotalKey {
        TotalKey { date: self.details.date, id: self.id }
    }
}

impl fmt::Display for TotalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.date, self.id)
    }
}

impl FromStr for TotalKey {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (date, id) = text.split_once('.').ok_or(Rule::ForeignCursor)?;
        Ok(Self { date: parse_date(date)?, id: id.parse()? })
    }
}

/// What somebody typed about a total, by an API body or a row of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TotalInput {
    pub date: Option<String>,
    pub channel: Option<String>,
    pub venue_kind: Option<String>,
    pub figure: Option<String>,
    pub source: Option<String>,
}

impl TotalInput {
    /// The details, or every broken rule by field. `today` is the office's local date: a total is of a day that came.
    pub fn check(self, today: NaiveDate) -> Result<TotalDetails, Vec<FieldError>> {
        let mut check = Check::new();
        let date = check.required("date", self.date, |text| {
            parse_date(&text).and_then(|date| if date > today { Err(Rule::Future) } else { Ok(date) })
        });
        let channel = check.required("channel", self.channel, |text| text.parse());
        let venue_kind = check.optional("venue_kind", self.venue_kind, |text| text.parse());
        let figure = check.required("figure", self.figure, |text| text.parse());
        let source = check.required("source", self.source, |text| text.parse());
        let built = (|| {
            let (date, channel, venue_kind) = (date?, channel?, venue_kind?);
            Some(TotalDetails { date, channel, venue_kind, figure: figure?, source: source? })
        })();
        check.finish(built)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(figure: &str) -> TotalInput {
        let text = |text: &str| Some(text.to_owned());
        TotalInput {
            date: text("2024-06-05"),
            channel: text("all"),
            venue_kind: None,
            figure: text(figure),
            source: text("Radar Purbalingga"),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_total_keeps_the_kind_of_its_figure() {
        for figure in ["205", "±500", "6000-7000", "3,83%"] {
            let details = input(figure).check(day("2024-06-07")).unwrap();
            assert_eq!(details.figure, figure.parse().unwrap());
        }
    }

    #[test]
    fn a_total_is_split_when_the_exact_counts_of_its_day_come_up_to_it() {
        for (figure, too_little, enough) in [("±500", 449, 450), ("6000-7000", 5_999, 6_000), ("40", 39, 40)] {
            let figure: Figure = figure.parse().unwrap();
            assert_eq!((is_split(figure, too_little), is_split(figure, enough)), (false, true), "{figure}");
        }
        assert!(!is_split("3,83%".parse().unwrap(), 1_000_000));
    }

    #[test]
    fn a_day_to_come_has_no_total_and_every_broken_rule_is_named() {
        let early = input("29.89").check(day("2024-06-04")).unwrap_err();
        let named: Vec<_> = early.iter().map(|error| (error.field.as_str(), error.rule.code())).collect();
        assert_eq!(named, [("date", "future"), ("figure", "figure")]);
        assert_eq!(TotalInput::default().check(day("2024-06-04")).unwrap_err().len(), 4);
    }
}
