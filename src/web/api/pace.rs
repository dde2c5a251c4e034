//! `/offices/{office}/pace`: where the office stands against its targets on a day, and the readings of a bare share.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::office_code;
use super::targets::TargetView;
use crate::domain::calendar::DayCounts;
use crate::domain::dates::parse_date;
use crate::domain::denominator::DenominatorKind;
use crate::domain::language::Language;
use crate::domain::pace::{
    Computed, DayKind, Interval, Line, Missing, Official, Pace, PartSum, Projection, Rates, ShareChange, Span,
    UsedDenominator,
};
use crate::domain::rule::{Check, FieldError};
use crate::service::targets::{PaceReport, ReadingCheck};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::Params;
use crate::web::figure_views::{AmountView, NumberView, ReadingView, round};
use crate::web::language::language_of;
use crate::wording::pace as words;

/// Of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaceParams {
    /// Default: today. A report of an earlier day rests on what was known then.
    #[param(example = "2024-06-07")]
    pub as_of: Option<String>,
}

/// A share to be read.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadingParams {
    /// In per cent.
    #[param(example = "1,6%")]
    pub share: Option<String>,
    /// The people that the same source tells of; else an official figure of that day.
    #[param(example = "±19500")]
    pub figure: Option<String>,
    /// Default: today.
    #[param(example = "2023-12-28")]
    pub as_of: Option<String>,
    /// Default: the office's region.
    pub scope: Option<String>,
}

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
}

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

/// The readings of a share.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingsView {
    pub items: Vec<ReadingView>,
}

/// Says where the office stands against its targets on a day.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), PaceParams),
    responses((status = 200, body = PaceView)))]
#[get("/offices/{office}/pace")]
pub async fn show_pace(
    request: HttpRequest,
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<PaceParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let mut check = Check::new();
    let as_of = check.optional("as_of", params.as_of, |text| parse_date(&text));
    let as_of = check.finish(as_of)?;
    let report = services.pace(&caller, &office, as_of).await?;
    Ok(HttpResponse::Ok().json(PaceView::new(language_of(&request), report)))
}

/// Reads a bare share in every way that makes sense, and says which are impossible.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ReadingParams),
    responses((status = 200, body = ReadingsView)))]
#[get("/offices/{office}/pace/readings")]
pub async fn read_share(
    request: HttpRequest,
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<ReadingParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let readings = services.read_share(&caller, &office, read_params(params)?).await?;
    let language = language_of(&request);
    let items = readings.iter().map(|reading| ReadingView::new(language, reading)).collect();
    Ok(HttpResponse::Ok().json(ReadingsView { items }))
}

fn read_params(params: ReadingParams) -> Result<ReadingCheck, Vec<FieldError>> {
    let mut check = Check::new();
    let share = check.required("share", params.share, |text| text.parse());
    let figure = check.optional("figure", params.figure, |text| text.parse());
    let as_of = check.optional("as_of", params.as_of, |text| parse_date(&text));
    let scope = check.optional("scope", params.scope, |text| text.parse());
    let built = || Some(ReadingCheck { share: share?, figure: figure?, as_of: as_of?, scope: scope? });
    check.finish(built())
}

impl PaceView {
    fn new(language: Language, report: PaceReport) -> Self {
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
        }
    }
}

impl From<DayCounts> for DaysView {
    fn from(days: DayCounts) -> Self {
        Self { calendar: days.calendar, weekday: days.weekdays, working: days.working }
    }
}

impl RatesView {
    fn new(language: Language, rates: Computed<Rates>) -> Self {
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
    fn new(language: Language, span: Span, line: &Computed<Line>) -> Self {
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
