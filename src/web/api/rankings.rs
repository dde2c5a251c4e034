//! `/offices/{office}/rankings`.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::dates::parse_date;
use crate::domain::outcome::Outcome;
use crate::domain::page::Cut;
use crate::domain::ranking::{Exclusion, ExclusionReason, Per, RankBy, Standing, two_decimals};
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, FieldError};
use crate::service::rankings::{RankVenues, RankedVenue, Ranking, VenueEstimate};
use crate::service::{Caller, Services};
use crate::web::api::office_code;
use crate::web::error::WebError;
use crate::web::extract::{Params, cursor, page_cut};

/// What is ranked, over which period, in which order.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RankingParams {
    /// The outcome that is ranked; default: activated.
    #[param(example = "activated")]
    pub service: Option<String>,
    /// First day; default: a year before `to`.
    #[param(example = "2025-11-22")]
    pub from: Option<String>,
    /// Last day; default: today.
    #[param(example = "2026-11-21")]
    pub to: Option<String>,
    /// Kind of venue.
    #[param(example = "market")]
    pub kind: Option<String>,
    /// The region or anything inside it.
    #[param(example = "33.03.05")]
    pub region: Option<String>,
    /// day | `team_day` | `officer_hour`; default: day.
    #[param(example = "day")]
    pub per: Option<String>,
    /// mean | estimate; default: mean.
    #[param(example = "mean")]
    pub sort: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Venues by what a day there yields, and what was left out and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingView {
    #[schema(example = "33.03")]
    pub office: String,
    #[schema(example = "activated")]
    pub service: &'static str,
    #[schema(example = "2025-11-22")]
    pub from: String,
    #[schema(example = "2026-11-21")]
    pub to: String,
    #[schema(example = "day")]
    pub per: &'static str,
    pub items: Vec<RankedVenueView>,
    pub excluded: Vec<ExclusionView>,
    /// What was made on the spot and has no venue yet; absent if nothing was. It is ranked from when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_venue: Option<WithoutVenueView>,
    /// Where the next page starts; null on the last one.
    pub next_cursor: Option<String>,
}

/// A venue and its place. A yield without a divisor is null; so is the rank of a venue without what the list is sorted by.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankedVenueView {
    #[schema(example = 1)]
    pub rank: Option<u32>,
    #[schema(example = "SMKN-1")]
    pub venue_code: String,
    pub venue_name: String,
    #[schema(example = "school")]
    pub kind: &'static str,
    #[schema(example = "33.03.05")]
    pub region: String,
    /// Event-days that the ranking counts.
    #[schema(example = 3)]
    pub event_days: u32,
    /// Of the ranked service, over these event-days.
    #[schema(example = 121)]
    pub activations: i64,
    #[schema(example = 40.33)]
    pub yield_per_day: Option<f64>,
    #[schema(example = 20.17)]
    pub yield_per_team_day: Option<f64>,
    #[schema(example = 2.88)]
    pub yield_per_officer_hour: Option<f64>,
    /// The last of these event-days.
    #[schema(example = "2026-10-30")]
    pub last_visit: Option<String>,
    /// Expected activations of the next full-day visit, by all results up to `to`, exhaustion of the venue included; absent
    /// while no result of the office speaks of a yield.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 34.12)]
    pub estimate: Option<f64>,
    /// Bounds of that expectation: nine chances in ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 25.4)]
    pub low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 44.81)]
    pub high: Option<f64>,
    /// Places among the venues of the list, by estimate, that the venue may really have: nine chances in ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 2)]
    pub rank_low: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 11)]
    pub rank_high: Option<u32>,
}

/// What one reason left out of the ranking.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExclusionView {
    /// counter | briefing | approximate | range | unreported | `not_held` | archived
    #[schema(example = "approximate")]
    pub reason: &'static str,
    /// Event-days, and office-day totals without a venue.
    pub event_days: i64,
    /// Of the ranked service; of an inexact total the lowest count that it stands for.
    pub activations: i64,
    /// Different venues.
    pub venues: i64,
}

/// Event-days of unplanned events that no coordinator has given a venue.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithoutVenueView {
    pub event_days: i64,
    /// Of the ranked service.
    pub activations: i64,
}

/// Ranks the venues of the office by yield. Counter days, briefings, inexact and missing results are left out and listed.
#[utoipa::path(tag = "rankings", params(("office" = String, Path, example = "33.03"), RankingParams),
    responses((status = 200, body = RankingView)))]
#[get("/offices/{office}/rankings/venues")]
pub async fn rank_venues(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<RankingParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let (command, list, cut) = read_params(&params, &office)?;
    let ranking = services.rank_venues(&caller, &office, command).await?;
    Ok(HttpResponse::Ok().json(RankingView::page(ranking, &list, &cut)))
}

/// What is to be ranked, by the words of a query or a command line.
pub fn read_command(check: &mut Check, params: &RankingParams) -> Option<RankVenues> {
    let service = check.optional("service", params.service.as_deref(), str::parse);
    let from = check.optional("from", params.from.as_deref(), parse_date);
    let to = check.optional("to", params.to.as_deref(), parse_date);
    let kind = check.optional("kind", params.kind.as_deref(), str::parse);
    let region = check.optional("region", params.region.as_deref(), str::parse);
    let per = check.optional("per", params.per.as_deref(), str::parse);
    let by = check.optional("sort", params.sort.as_deref(), str::parse);
    Some(RankVenues {
        service: service?.unwrap_or(Outcome::Activated),
        from: from?,
        to: to?,
        kind: kind?,
        region: region?,
        per: per?.unwrap_or(Per::Day),
        by: by?.unwrap_or(RankBy::Mean),
        with_last_visits: false,
    })
}

/// A cursor is a place in the order of one ranking: that of other words is another list.
fn read_params(
    params: &RankingParams,
    office: &RegionCode,
) -> Result<(RankVenues, String, Cut<usize>), Vec<FieldError>> {
    let mut check = Check::new();
    let command = read_command(&mut check, params);
    let words = [&params.service, &params.from, &params.to, &params.kind, &params.region, &params.per, &params.sort];
    let words: Vec<&str> = words.into_iter().map(|word| word.as_deref().unwrap_or_default()).collect();
    let list = format!("ranking-{office}~{}", words.join("~"));
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    check.finish(command.zip(cut).map(|(command, cut)| (command, list, cut)))
}

impl RankingView {
    /// Every venue on one page.
    pub fn whole(ranking: Ranking) -> Self {
        let Ranking { venues, estimates, .. } = ranking;
        let view = |(venue, standing): (RankedVenue, _)| {
            let estimate = estimates.get(&venue.id);
            RankedVenueView::new(venue, &standing, estimate)
        };
        let items = venues.into_iter().map(view).collect();
        // The list of reasons is closed for those who read it by program: this one stands beside it.
        let (placeless, excluded): (Vec<Exclusion>, Vec<Exclusion>) =
            ranking.excluded.into_iter().partition(|left| left.reason == ExclusionReason::NoVenue);
        let without_venue = placeless
            .first()
            .map(|left| WithoutVenueView { event_days: left.event_days, activations: left.activations });
        Self {
            office: ranking.office.to_string(),
            service: ranking.service.as_str(),
            from: ranking.days.first().to_string(),
            to: ranking.days.last().to_string(),
            per: ranking.per.as_str(),
            items,
            excluded: excluded.into_iter().map(ExclusionView::from).collect(),
            without_venue,
            next_cursor: None,
        }
    }

    /// The page after the place of the cut.
    fn page(mut ranking: Ranking, list: &str, cut: &Cut<usize>) -> Self {
        let shown = cut.after.unwrap_or_default();
        let end = shown.saturating_add(cut.limit());
        let next_cursor = (end < ranking.venues.len()).then(|| cursor(list, end));
        ranking.venues = ranking.venues.into_iter().skip(shown).take(cut.limit()).collect();
        Self { next_cursor, ..Self::whole(ranking) }
    }
}

impl RankedVenueView {
    fn new(venue: RankedVenue, standing: &Standing<usize>, estimate: Option<&VenueEstimate>) -> Self {
        let expected = |value: fn(&VenueEstimate) -> f64| estimate.map(|row| two_decimals(value(row)));
        Self {
            rank: standing.rank,
            venue_code: venue.code.into_string(),
            venue_name: venue.name.into_string(),
            kind: venue.kind.as_str(),
            region: venue.region.to_string(),
            event_days: standing.event_days,
            activations: standing.activations,
            yield_per_day: standing.per_day,
            yield_per_team_day: standing.per_team_day,
            yield_per_officer_hour: standing.per_officer_hour,
            last_visit: standing.last_visit.map(|date| date.to_string()),
            estimate: expected(|row| row.estimate.forecast.mean),
            low: expected(|row| row.estimate.spread.low),
            high: expected(|row| row.estimate.spread.high),
            rank_low: estimate.map(|row| row.places.low),
            rank_high: estimate.map(|row| row.places.high),
        }
    }
}

impl From<Exclusion> for ExclusionView {
    fn from(exclusion: Exclusion) -> Self {
        Self {
            reason: exclusion.reason.as_str(),
            event_days: exclusion.event_days,
            activations: exclusion.activations,
            venues: exclusion.venues,
        }
    }
}
