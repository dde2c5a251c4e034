//! Days, rates and paces of one target, and where each pace leads: what `pace_view` shows line by line.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::calendar::DayCounts;
use crate::domain::language::Language;
use crate::domain::pace::{Computed, DayKind, Interval, Line, Missing, Projection, Rates, Span};
use crate::web::figure_views::{AmountView, NumberView};
use crate::wording::pace as words;

/// A span of days counted in three ways.
#[derive(Debug, Serialize, ToSchema)]
pub struct DaysView {
    pub calendar: i64,
    /// Monday to Friday.
    pub weekday: i64,
    /// Monday to Friday less holidays and joint leave.
    pub working: i64,
}

/// People per day, in three ways of counting days.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatesView {
    pub per_calendar_day: Option<NumberView>,
    pub per_weekday: Option<NumberView>,
    pub per_working_day: Option<NumberView>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<&'static str>,
}

/// The pace of one span.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineView {
    /// `last_day | days_7 | days_28 | window`
    pub span: &'static str,
    /// Why it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<&'static str>,
    pub from: Option<String>,
    pub to: Option<String>,
    /// official | field
    pub basis: Option<&'static str>,
    /// Days of the span that have a figure.
    pub days_of_data: Option<i64>,
    pub total: Option<AmountView>,
    pub rates: Option<RatesView>,
    /// The pace carried on through calendar days, and through weekdays.
    pub projections: Vec<ProjectionView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectionView {
    /// calendar | weekday
    pub per: &'static str,
    pub rate: NumberView,
    /// What will have been achieved on the last day.
    pub end: AmountView,
    pub share_of_denominator: NumberView,
    pub share_of_target: NumberView,
    /// When the target is reached.
    pub completion: CompletionView,
    /// In four of five cases the truth ends within it; none from a single day.
    pub interval: Option<IntervalView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CompletionView {
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct IntervalView {
    pub level: u8,
    pub end: AmountView,
    pub share_of_denominator: NumberView,
    pub earliest: Option<String>,
    /// Null if the pace is too uncertain for any date.
    pub latest: Option<String>,
}

impl From<DayCounts> for DaysView {
    fn from(days: DayCounts) -> Self {
        Self { calendar: days.calendar, weekday: days.weekdays, working: days.working }
    }
}

impl RatesView {
    pub fn new(language: Language, rates: Computed<Rates>) -> Self {
        let view = |rate: Option<_>| rate.map(|rate| NumberView::rate(language, rate));
        match rates {
            Ok(rates) => Self {
                per_calendar_day: view(rates.calendar),
                per_weekday: view(rates.weekday),
                per_working_day: view(rates.working),
                missing: None,
            },
            Err(missing) => Self {
                per_calendar_day: None,
                per_weekday: None,
                per_working_day: None,
                missing: Some(missing.as_str()),
            },
        }
    }
}

impl LineView {
    pub fn new(language: Language, span: Span, line: &Computed<Line>) -> Self {
        let known = line.as_ref().ok();
        Self {
            span: span.as_str(),
            missing: line.as_ref().err().copied().map(Missing::as_str),
            from: known.map(|line| line.days.first().to_string()),
            to: known.map(|line| line.days.last().to_string()),
            basis: known.map(|line| line.basis.as_str()),
            days_of_data: known.map(|line| line.known_days),
            total: known.map(|line| AmountView::new(language, Ok(line.total))),
            rates: known.map(|line| RatesView::new(language, Ok(line.rates))),
            projections: known
                .map(|line| line.projections.iter().map(|own| ProjectionView::new(language, own)).collect())
                .unwrap_or_default(),
        }
    }
}

impl ProjectionView {
    fn new(language: Language, projection: &Projection) -> Self {
        let completion = projection.completion;
        Self {
            per: DayKind::as_str(projection.per),
            rate: NumberView::rate(language, projection.rate),
            end: AmountView::new(language, Ok(projection.end)),
            share_of_denominator: NumberView::share(language, projection.of_denominator),
            share_of_target: NumberView::share(language, projection.of_target),
            completion: CompletionView {
                earliest: completion.ok().map(|days| days.earliest.to_string()),
                latest: completion.ok().map(|days| days.latest.to_string()),
                text: completion
                    .map_or_else(|missing| words::missing(language, missing), |days| words::completion(language, days)),
                missing: completion.err().map(Missing::as_str),
            },
            interval: projection.interval.as_ref().map(|interval| IntervalView::new(language, interval)),
        }
    }
}

impl IntervalView {
    fn new(language: Language, interval: &Interval) -> Self {
        Self {
            level: 80,
            end: AmountView::new(language, Ok(interval.end)),
            share_of_denominator: NumberView::share(language, interval.of_denominator),
            earliest: interval.earliest.map(|date| date.to_string()),
            latest: interval.latest.map(|date| date.to_string()),
        }
    }
}
