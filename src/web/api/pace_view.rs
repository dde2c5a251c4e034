//! Where an office stands against its targets, as `…/pace` tells it: every amount with its bounds and its words.

use serde::Serialize;
use utoipa::ToSchema;

use super::pace_line::{DaysView, LineView, RatesView};
use super::targets::TargetView;
use crate::domain::denominator::DenominatorKind;
use crate::domain::language::Language;
use crate::domain::pace::{Official, Pace, PartSum, ShareChange, UsedDenominator};
use crate::service::targets::PaceReport;
use crate::web::figure_views::{AmountView, NumberView, round};

/// Where an office stands on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaceView {
    pub office: String,
    pub as_of: String,
    /// The targets of that day; of a day without any those that ended last, else those that begin next.
    pub targets: Vec<TargetPaceView>,
    /// How the last two published shares of one thing differ.
    pub share_change: Option<ShareChangeView>,
}

/// Where an office stands against one target.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetPaceView {
    pub target: TargetView,
    pub is_running: bool,
    pub denominator: Option<UsedDenominatorView>,
    /// The target in people.
    pub goal: AmountView,
    /// official | field: whose figure `achieved` is.
    pub basis: &'static str,
    pub achieved: AmountView,
    /// The latest official figure.
    pub official: Option<OfficialView>,
    /// Counted at events and told for single days, from the first day of the target on.
    pub field: AmountView,
    /// Official less field.
    pub difference: Option<AmountView>,
    /// What is achieved as a share of the denominator.
    pub share_of_denominator: NumberView,
    /// What is achieved as a share of the target.
    pub share_of_target: NumberView,
    /// What is missing to the target.
    pub gap: AmountView,
    /// The same in percentage points of the denominator.
    pub gap_points: Option<f64>,
    pub window: DaysView,
    /// The day of the report excluded, the last day included.
    pub days_left: DaysView,
    /// Per day of the whole window.
    pub planned: RatesView,
    /// Per day that is left.
    pub needed: RatesView,
    /// The pace of the last 7 and 28 days and of the target so far; of the last day with a figure where these are not known.
    pub paces: Vec<LineView>,
    /// Which of the paces a sentence names.
    pub headline: Option<&'static str>,
    pub parts: Option<PartsView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UsedDenominatorView {
    pub kind: &'static str,
    pub people: AmountView,
    pub as_of: String,
    pub source: Option<String>,
    /// True if nobody gave it: a published count and its share imply it.
    pub implied: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OfficialView {
    pub as_of: String,
    pub figure: String,
    pub people: AmountView,
    pub source: String,
    /// Of a campaign: the day of the figure that is taken away, because it was there before the first day.
    pub baseline: Option<String>,
    /// True of a campaign from before whose first day no figure is known: the figure counts whole, nothing is taken away.
    pub counts_whole: bool,
}

/// How the parts of a target add up.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartsView {
    pub by_region: Option<PartSumView>,
    pub by_channel: Option<PartSumView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PartSumView {
    pub count: usize,
    pub sum: AmountView,
    /// The sum less the whole.
    pub difference: AmountView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ShareChangeView {
    pub from: String,
    pub to: String,
    pub from_share: f64,
    pub to_share: f64,
    /// Percentage points.
    pub points: f64,
    pub people: AmountView,
}

impl PaceView {
    pub fn new(language: Language, report: PaceReport) -> Self {
        Self {
            office: report.office.code.to_string(),
            as_of: report.as_of.to_string(),
            targets: report.targets.into_iter().map(|pace| TargetPaceView::new(language, pace)).collect(),
            share_change: report.share_change.and_then(|change| ShareChangeView::new(language, &change)),
        }
    }
}

impl TargetPaceView {
    fn new(language: Language, pace: Pace) -> Self {
        let part = |sum: Option<_>| sum.map(|sum| PartSumView::new(language, &sum));
        Self {
            is_running: pace.is_running(),
            headline: pace.headline().map(|line| line.span.as_str()),
            denominator: pace.denominator.as_ref().ok().map(|used| UsedDenominatorView::new(language, used)),
            goal: AmountView::new(language, pace.goal),
            basis: pace.basis.as_str(),
            achieved: AmountView::new(language, pace.achieved),
            official: pace.official.as_ref().ok().map(|official| OfficialView::new(language, official)),
            field: AmountView::new(language, Ok(pace.field.amount)),
            difference: pace.difference.map(|difference| AmountView::new(language, Ok(difference))),
            share_of_denominator: NumberView::share(language, pace.of_denominator),
            share_of_target: NumberView::share(language, pace.of_target),
            gap: AmountView::new(language, pace.gap),
            gap_points: pace.gap_points.map(round),
            window: pace.window.into(),
            days_left: pace.left.into(),
            planned: RatesView::new(language, Ok(pace.planned)),
            needed: RatesView::new(language, pace.needed),
            paces: pace.lines.iter().map(|(span, line)| LineView::new(language, *span, line)).collect(),
            parts: pace
                .parts
                .map(|parts| PartsView { by_region: part(parts.by_region), by_channel: part(parts.by_channel) }),
            target: pace.target.into(),
        }
    }
}

impl UsedDenominatorView {
    fn new(language: Language, used: &UsedDenominator) -> Self {
        Self {
            kind: DenominatorKind::as_str(used.kind),
            people: AmountView::new(language, Ok(used.amount)),
            as_of: used.as_of.to_string(),
            source: used.given.as_ref().map(|given| given.details.source.to_string()),
            implied: used.given.is_none(),
        }
    }
}

impl OfficialView {
    fn new(language: Language, official: &Official) -> Self {
        let details = &official.observation.details;
        Self {
            as_of: official.as_of.to_string(),
            figure: details.figure.to_string(),
            people: AmountView::new(language, official.amount),
            source: details.source.to_string(),
            baseline: official.baseline.map(|date| date.to_string()),
            counts_whole: official.counts_whole(),
        }
    }
}

impl PartSumView {
    fn new(language: Language, sum: &PartSum) -> Self {
        Self {
            count: sum.count,
            sum: AmountView::new(language, Ok(sum.sum)),
            difference: AmountView::new(language, Ok(sum.difference)),
        }
    }
}

impl ShareChangeView {
    fn new(language: Language, change: &ShareChange) -> Option<Self> {
        let (from, to) = (change.from.share()?.1, change.to.share()?.1);
        Some(Self {
            from: change.from.details.as_of.to_string(),
            to: change.to.details.as_of.to_string(),
            from_share: from.as_f64(),
            to_share: to.as_f64(),
            points: round(change.points),
            people: AmountView::new(language, change.people),
        })
    }
}
