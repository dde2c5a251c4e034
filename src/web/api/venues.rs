//! `/offices/{office}/venues`.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::Code;
use crate::service::venues::{AddVenue, ChangeVenue, VenueFilter};
use crate::service::{Caller, Services};
use crate::web::api::venue_body::{VenueBody, VenueView, read_body};
use crate::web::api::{created, office_code, office_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, IfMatch, ListView, Params, cursor, merge_patch, page_cut, parse_flag, with_etag};

/// What a list of venues is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VenueParams {
    #[param(example = "market")]
    pub kind: Option<String>,
    /// The region or anything inside it.
    #[param(example = "33.03.05")]
    pub region: Option<String>,
    /// Part of the name or the code.
    pub search: Option<String>,
    /// `true` shows archived venues too.
    pub archived: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the venues of the office, by code.
#[utoipa::path(tag = "venues", params(("office" = String, Path, example = "33.03"), VenueParams),
    responses((status = 200, body = ListView<VenueView>)))]
#[get("/offices/{office}/venues")]
pub async fn list_venues(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<VenueParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("venues-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_venues(&caller, &office, filter, cut).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|venue| cursor(&list, &venue.code));
    let items = page.items.into_iter().map(VenueView::from).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Adds a venue.
#[utoipa::path(tag = "venues", params(("office" = String, Path, example = "33.03")), request_body = VenueBody,
    responses((status = 201, body = VenueView)))]
#[post("/offices/{office}/venues")]
pub async fn add_venue(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<VenueBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let (code, details) = read_body(body)?;
    let venue = services.add_venue(&caller, &office, AddVenue { code, details }).await?;
    let place = format!("/api/v1/offices/{office}/venues/{}", venue.code);
    Ok(with_etag(created(&place, VenueView::from(venue.clone())), venue.version))
}

/// Shows a venue.
#[utoipa::path(tag = "venues",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "SMKN-1")),
    responses((status = 200, body = VenueView)))]
#[get("/offices/{office}/venues/{code}")]
pub async fn show_venue(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, code) = office_part(&path)?;
    let venue = services.find_venue(&caller, &office, code).await?;
    let version = venue.version;
    Ok(with_etag(HttpResponse::Ok().json(VenueView::from(venue)), version))
}

/// Changes a venue (JSON merge patch); `archived` takes it out of the registry and back.
#[utoipa::path(tag = "venues",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "SMKN-1"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw")),
    request_body(content = VenueBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = VenueView)))]
#[patch("/offices/{office}/venues/{code}")]
pub async fn change_venue(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, code): (_, Code) = office_part(&path)?;
    let stored = services.find_venue(&caller, &office, code.clone()).await?;
    let known = if_match.0.unwrap_or(stored.version);
    let body = merge_patch(&VenueBody::from(stored), changes)?;
    let archived = body.archived;
    let (new_code, details) = read_body(body)?;
    if new_code != code {
        return Err(WebError::invalid("code", crate::domain::rule::Rule::Fixed));
    }
    let command = ChangeVenue { code, details, archived, known: Some(known) };
    let venue = services.change_venue(&caller, &office, command).await?;
    let version = venue.version;
    Ok(with_etag(HttpResponse::Ok().json(VenueView::from(venue)), version))
}

/// Archives a venue: it leaves lists and forms, its history stays.
#[utoipa::path(tag = "venues",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "SMKN-1")),
    responses((status = 204)))]
#[delete("/offices/{office}/venues/{code}")]
pub async fn archive_venue(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
) -> Result<HttpResponse, WebError> {
    let (office, code) = office_part(&path)?;
    services.archive_venue(&caller, &office, code, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Erases the contact person of a venue.
#[utoipa::path(tag = "venues",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "SMKN-1"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw")),
    responses((status = 200, body = VenueView)))]
#[post("/offices/{office}/venues/{code}/erase_contact")]
pub async fn erase_contact(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
) -> Result<HttpResponse, WebError> {
    let (office, code) = office_part(&path)?;
    let venue = services.erase_venue_contact(&caller, &office, code, if_match.0).await?;
    let version = venue.version;
    Ok(with_etag(HttpResponse::Ok().json(VenueView::from(venue)), version))
}

fn read_params(params: VenueParams, list: &str) -> Result<(VenueFilter, Cut<Code>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let kind = check.optional("kind", params.kind, |text| text.parse());
    let region = check.optional("region", params.region, |text| text.parse());
    let archived = check.optional("archived", params.archived.as_deref(), parse_flag);
    let filter = || {
        let (kind, region, archived) = (kind?, region?, archived?.unwrap_or_default());
        Some(VenueFilter { kind, region, search: params.search, archived })
    };
    check.finish(filter().zip(cut))
}
