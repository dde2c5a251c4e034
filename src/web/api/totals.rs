//! `/offices/{office}/totals`: figures of the whole office on one day, exactly as they were reported.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{created, office_code, path_part};
use crate::domain::dates::parse_date;
use crate::domain::id::EventId;
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::domain::total::{OfficeTotal, TotalInput, TotalKey};
use crate::domain::venue::VenueKind;
use crate::service::recording::{SplitSum, TotalFilter};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, cursor, merge_patch, page_cut};

/// A total as it is sent.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "date": "2024-05-31", "channel": "outreach", "venue_kind": "company", "figure": "500-an",
    "source": "Locus Jatim; satu hari, beberapa perusahaan"
}))]
pub struct TotalBody {
    pub date: Option<String>,
    /// all | outreach | counter | other
    pub channel: Option<String>,
    /// The kind of venue, where that much is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_kind: Option<String>,
    /// `40`, `29.890`, `±500`, `500-an`, `6000-7000`, `3,83%`
    #[schema(value_type = Option<String>)]
    pub figure: Option<FigureBody>,
    pub source: Option<String>,
}

/// A figure as a file would hold it, or a bare count.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FigureBody {
    Count(i64),
    Text(String),
}

/// A stored total. Its kind of figure survives: `low` and `high` are the ends of what it stands for, null for a share.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalView {
    pub id: String,
    pub date: String,
    pub channel: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_kind: Option<&'static str>,
    pub figure: String,
    /// exact | approximate | range | share
    pub kind: &'static str,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub source: String,
    /// What it was split into: its events, whose exact sum stands in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<SplitView>,
}

/// The sum that takes the place of a total.
#[derive(Debug, Serialize, ToSchema)]
pub struct SplitView {
    pub events: usize,
    pub activated: i64,
}

/// The events that a total consists of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"events": ["0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11"]}))]
pub struct SplitBody {
    pub events: Option<Vec<String>>,
}

/// What a list of totals is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TotalParams {
    #[param(example = "2024-06-01")]
    pub from: Option<String>,
    #[param(example = "2024-06-30")]
    pub to: Option<String>,
    #[param(example = "counter")]
    pub channel: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists totals that are not withdrawn, by date.
#[utoipa::path(tag = "totals", params(("office" = String, Path, example = "33.03"), TotalParams),
    responses((status = 200, body = ListView<TotalView>)))]
#[get("/offices/{office}/totals")]
pub async fn list_totals(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<TotalParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("totals-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_totals(&caller, &office, filter, cut).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, last.key()));
    let ids = page.items.iter().map(|total| total.id).collect();
    let splits = services.list_split_sums(&caller, &office, ids).await?;
    let view = |total: OfficeTotal| {
        let split = splits.get(&total.id).copied().map(SplitView::from);
        TotalView { split, ..total.into() }
    };
    let items = page.items.into_iter().map(view).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Enters a total.
#[utoipa::path(tag = "totals", params(("office" = String, Path, example = "33.03")), request_body = TotalBody,
    responses((status = 201, body = TotalView)))]
#[post("/offices/{office}/totals")]
pub async fn add_total(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<TotalBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let total = services.add_total(&caller, &office, body.into()).await?;
    Ok(created(&format!("/api/v1/offices/{office}/totals/{}", total.id), TotalView::from(total)))
}

/// Shows a total.
#[utoipa::path(tag = "totals", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = TotalView)))]
#[get("/offices/{office}/totals/{id}")]
pub async fn show_total(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let total = services.find_total(&caller, &office, id).await?;
    let splits = services.list_split_sums(&caller, &office, vec![id]).await?;
    let split = splits.get(&id).copied().map(SplitView::from);
    Ok(HttpResponse::Ok().json(TotalView { split, ..total.into() }))
}

/// Splits a total into events of its day whose counts are exact: their sum takes its place in totals, and it leaves the
/// list of what the ranking leaves out. Sent again it replaces the events.
#[utoipa::path(tag = "totals", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body = SplitBody, responses((status = 200, body = TotalView)))]
#[post("/offices/{office}/totals/{id}/split")]
pub async fn split_total(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(body): Body<SplitBody>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let events = read_events(body)?;
    let sheet = services.split_total(&caller, &office, id, events).await?;
    let splits = services.list_split_sums(&caller, &office, vec![id]).await?;
    let split = splits.get(&id).copied().map(SplitView::from);
    Ok(HttpResponse::Ok().json(TotalView { split, ..sheet.total.into() }))
}

/// Takes the split of a total back: its figure counts again.
#[utoipa::path(tag = "totals", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 204)))]
#[delete("/offices/{office}/totals/{id}/split")]
pub async fn join_total(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    services.join_total(&caller, &office, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_events(body: SplitBody) -> Result<Vec<EventId>, Vec<FieldError>> {
    let mut check = Check::new();
    let events = check.required("events", body.events, Ok).unwrap_or_default();
    let named = (0..).zip(events);
    let ids: Vec<Option<EventId>> =
        named.map(|(place, id): (usize, String)| check.field(format!("events[{place}]"), id.parse())).collect();
    check.finish(ids.into_iter().collect())
}

/// Corrects a total (JSON merge patch): it is withdrawn, and what is right stands under a new id (`Location`).
#[utoipa::path(tag = "totals", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body(content = TotalBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = TotalView)))]
#[patch("/offices/{office}/totals/{id}")]
pub async fn correct_total(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let stored = services.find_total(&caller, &office, id).await?;
    let body = merge_patch(&TotalBody::from(stored), changes)?;
    let total = services.correct_total(&caller, &office, id, body.into()).await?;
    let place = format!("/api/v1/offices/{office}/totals/{}", total.id);
    Ok(HttpResponse::Ok().insert_header((LOCATION, place)).json(TotalView::from(total)))
}

/// Withdraws a total.
#[utoipa::path(tag = "totals", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 204)))]
#[delete("/offices/{office}/totals/{id}")]
pub async fn withdraw_total(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    services.withdraw_total(&caller, &office, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_params(params: TotalParams, list: &str) -> Result<(TotalFilter, Cut<TotalKey>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let from = check.optional("from", params.from, |text| parse_date(&text));
    let to = check.optional("to", params.to, |text| parse_date(&text));
    let channel = check.optional("channel", params.channel, |text| text.parse());
    let filter = || Some(TotalFilter { from: from?, to: to?, channel: channel? });
    check.finish(filter().zip(cut))
}

impl From<TotalBody> for TotalInput {
    fn from(body: TotalBody) -> Self {
        let figure = body.figure.map(|figure| match figure {
            FigureBody::Count(count) => count.to_string(),
            FigureBody::Text(text) => text,
        });
        Self { date: body.date, channel: body.channel, venue_kind: body.venue_kind, figure, source: body.source }
    }
}

impl From<OfficeTotal> for TotalBody {
    fn from(total: OfficeTotal) -> Self {
        let details = total.details;
        Self {
            date: Some(details.date.to_string()),
            channel: Some(details.channel.to_string()),
            venue_kind: details.venue_kind.map(|kind| kind.to_string()),
            figure: Some(FigureBody::Text(details.figure.to_string())),
            source: Some(details.source.into_string()),
        }
    }
}

impl From<OfficeTotal> for TotalView {
    fn from(total: OfficeTotal) -> Self {
        let details = total.details;
        Self {
            id: total.id.to_string(),
            date: details.date.to_string(),
            channel: details.channel.as_str(),
            venue_kind: details.venue_kind.map(VenueKind::as_str),
            figure: details.figure.to_string(),
            kind: details.figure.kind().as_str(),
            low: details.figure.low(),
            high: details.figure.high(),
            source: details.source.into_string(),
            split: None,
        }
    }
}

impl From<SplitSum> for SplitView {
    fn from(sum: SplitSum) -> Self {
        Self { events: sum.events, activated: sum.activated }
    }
}
