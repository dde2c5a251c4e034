//! Where the office stands against its target, as far as a letter tells it: frozen figures, each with what it is a figure
//! of. Ranges stay ranges, and what cannot be computed says why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::dates::DateRange;
use crate::domain::denominator::DenominatorKind;
use crate::domain::figure::Figure;
use crate::domain::number::Percent;
use crate::domain::pace::{DayKind, Missing};

/// A figure, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer<T> {
    Known(T),
    Unknown(Missing),
}

/// A number or the ends of a range; both ends are alike for a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Span {
    pub low: f64,
    pub high: f64,
    /// Told as "about".
    pub approximate: bool,
}

/// Where the office stands as of the letter's day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub target: Option<DigestTarget>,
    pub achieved: Option<Achieved>,
    /// What was counted in the field within the target's window; told beside an official figure.
    pub field: Option<Span>,
    /// In per cent of the denominator.
    pub share_of_denominator: Answer<Span>,
    /// In per cent of the target.
    pub share_of_target: Answer<Span>,
    /// Activations that are missing; nothing below zero once the target is reached.
    pub gap: Answer<Span>,
    pub needed: Answer<NeededPace>,
    pub pace: Answer<CurrentPace>,
    /// What becomes of it at this pace, by calendar day first.
    pub projections: Vec<PaceProjection>,
    /// A day of the last week that was told for the whole office, beside a pace of what was counted.
    #[serde(default)]
    pub told_day: Option<ToldPace>,
    /// Percentage points that are missing, where only shares are known.
    pub gap_points: Option<f64>,
}

/// The target in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestTarget {
    /// In people; none as long as its denominator is unknown.
    pub value: Option<Span>,
    /// Of a target that was given as a share.
    pub share: Option<Percent>,
    pub denominator: Option<DenominatorKind>,
    pub denominator_value: Option<Span>,
    pub window: DateRange,
}

/// How many there are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Achieved {
    pub figure: Figure,
    pub as_of: NaiveDate,
    /// False for the sum of what was counted in the field.
    pub is_official: bool,
    pub source: Option<String>,
    /// Of a campaign by an official figure: what was taken away from it.
    #[serde(default)]
    pub baseline: Option<Baseline>,
}

/// What stood before a campaign began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// The official figure of that day was taken away.
    Known(NaiveDate),
    /// None is known from before that first day: the figure counts whole.
    Unknown(NaiveDate),
}

/// What one day brought in the whole office, and what would become of it if every day did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldPace {
    pub date: NaiveDate,
    pub count: Span,
    pub projections: Vec<PaceProjection>,
}

/// Activations that each day left must bring, in three ways of counting days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NeededPace {
    pub calendar_day: Span,
    /// Monday to Friday; none if no such day is left.
    pub weekday: Option<Span>,
    /// Weekdays less holidays and joint leave, as now known.
    pub working_day: Option<Span>,
}

/// What a day brought lately.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CurrentPace {
    /// Activations per calendar day.
    pub value: Span,
    /// The days that it is told from.
    pub days: DateRange,
    /// Days with a figure among them; one alone allows no interval.
    pub told: i64,
}

/// What becomes of it at the present pace, in one way of counting days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaceProjection {
    pub per: DayKind,
    pub pace: Span,
    /// At the end of the window.
    pub end: Span,
    /// The interval around it that holds with 80 %.
    pub end_interval: Option<Span>,
    /// In per cent of the denominator.
    pub end_share: Option<Span>,
    /// The first and the last day on which the target may be reached; none if never.
    pub reached: Option<(NaiveDate, NaiveDate)>,
}

impl<T> Answer<T> {
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(figure) => Some(figure),
            Self::Unknown(_) => None,
        }
    }
}

impl Span {
    pub fn exactly(number: f64) -> Self {
        Self { low: number, high: number, approximate: false }
    }

    /// True for one number.
    pub fn is_number(self) -> bool {
        (self.high - self.low).abs() < f64::EPSILON
    }
}

impl Standing {
    /// An office of which nothing is known.
    pub fn unknown(why: Missing) -> Self {
        Self {
            target: None,
            achieved: None,
            field: None,
            share_of_denominator: Answer::Unknown(why),
            share_of_target: Answer::Unknown(why),
            gap: Answer::Unknown(why),
            needed: Answer::Unknown(why),
            pace: Answer::Unknown(Missing::NoDay),
            projections: Vec::new(),
            told_day: None,
            gap_points: None,
        }
    }

    /// True if the days left need more than they bring now.
    pub fn is_behind(&self) -> bool {
        let pace = self.pace.known().map(|pace| pace.value);
        let needed = self.needed.known().map(|needed| needed.calendar_day);
        pace.zip(needed).is_some_and(|(pace, needed)| pace.high < needed.low)
    }

    /// True if nothing is missing.
    pub fn is_reached(&self) -> bool {
        self.gap.known().is_some_and(|gap| gap.high <= 0.0)
    }
}
