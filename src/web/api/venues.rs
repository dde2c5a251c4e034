//! `/offices/{office}/venues`.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::opening::OpeningCells;
use crate::domain::page::Cut;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::{Code, Name, Note, Phone};
use crate::domain::venue::{Position, Venue, VenueDetails, VenueInput};
use crate::service::venues::{AddVenue, ChangeVenue, VenueFilter};
use crate::service::{Caller, Services};
use crate::web::api::{created, office_code, thing_code};
use crate::web::error::WebError;
use crate::web::extract::{Body, IfMatch, ListView, Params, cursor, merge_patch, page_cut, with_etag};

/// A venue as it is sent and shown. Opening days: without weekdays, pasaran and dates a venue is always open.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "SMKN-1", "name": "SMKN 1 Purbalingga", "kind": "school", "region": "33.03.05",
    "latitude": -7.39, "longitude": 109.36, "people": 1200, "eligible": 340, "phone_share": 92.5,
    "weekdays": ["mon", "tue", "wed", "thu"], "blackout": ["2026-12-21..2027-01-02"],
    "opens": "07:00", "closes": "13:00", "contact_name": "Ibu Narahubung", "contact_phone": "+6281234567890"
}))]
pub struct VenueBody {
    /// `[A-Z0-9-]{1,20}`, the venue's name in addresses and files; it never changes.
    pub code: Option<String>,
    pub name: Option<String>,
    /// `school`, `campus`, `pesantren`, `market`, `company`, `government_office`, `village_hall`, `neighbourhood`,
    /// `mall`, `crowd_event`, `hospital`, `health_centre`, `worship`, `public_service_mall`, `subdistrict_office`,
    /// `bank`, `community`, `institution`, `home_visit` or `other`.
    pub kind: Option<String>,
    /// Code of a kecamatan, or of a desa/kelurahan, inside the office's own area.
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// People on site on an ordinary day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
    /// People who could still activate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligible: Option<i64>,
    /// Share of the people with a capable phone, in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_share: Option<f64>,
    /// mon … sun
    #[serde(default)]
    pub weekdays: Vec<String>,
    /// legi | pahing | pon | wage | kliwon
    #[serde(default)]
    pub pasaran: Vec<String>,
    /// Single dates on which it is open.
    #[serde(default)]
    pub dates: Vec<String>,
    /// Dates, or ranges `first..last`, on which it is closed whatever else is said.
    #[serde(default)]
    pub blackout: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The words of the source that first named the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_reported: Option<String>,
    #[serde(default)]
    pub archived: bool,
}

/// A stored venue.
#[derive(Debug, Serialize, ToSchema)]
pub struct VenueView {
    pub id: String,
    #[serde(flatten)]
    pub body: VenueBody,
    pub version: i64,
}

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
    let (office, code) = read_path(&path)?;
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
    let (office, code) = read_path(&path)?;
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
    let (office, code) = read_path(&path)?;
    services.archive_venue(&caller, &office, code, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_path(path: &(String, String)) -> Result<(RegionCode, Code), WebError> {
    Ok((office_code(&path.0)?, thing_code(&path.1)?))
}

fn read_params(params: VenueParams, list: &str) -> Result<(VenueFilter, Cut<Code>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let kind = check.optional("kind", params.kind, |text| text.parse());
    let region = check.optional("region", params.region, |text| text.parse());
    let archived = params.archived.as_deref() == Some("true");
    let filter = || Some(VenueFilter { kind: kind?, region: region?, search: params.search, archived });
    check.finish(filter().zip(cut))
}

fn read_body(body: VenueBody) -> Result<(Code, VenueDetails), Vec<FieldError>> {
    let mut check = Check::new();
    let code = check.required("code", body.code.clone(), |text| text.parse());
    let details = match VenueInput::from(body).check() {
        Ok(details) => Some(details),
        Err(errors) => {
            check.extend(errors);
            None
        }
    };
    check.finish(code.zip(details))
}

impl From<VenueBody> for VenueInput {
    fn from(body: VenueBody) -> Self {
        let cell = |values: Vec<String>| values.join(" ");
        Self {
            name: body.name,
            kind: body.kind,
            region: body.region,
            latitude: body.latitude,
            longitude: body.longitude,
            people: body.people,
            eligible: body.eligible,
            phone_share: body.phone_share,
            opening: OpeningCells {
                weekdays: cell(body.weekdays),
                pasaran: cell(body.pasaran),
                dates: cell(body.dates),
                blackout: cell(body.blackout),
                opens: body.opens.unwrap_or_default(),
                closes: body.closes.unwrap_or_default(),
            },
            contact_name: body.contact_name,
            contact_phone: body.contact_phone,
            notes: body.notes,
            as_reported: body.as_reported,
        }
    }
}

impl From<Venue> for VenueBody {
    fn from(venue: Venue) -> Self {
        let details = venue.details;
        let opening = details.opening.to_cells();
        let values = |cell: &str| cell.split_whitespace().map(str::to_owned).collect();
        let single = |cell: String| (!cell.is_empty()).then_some(cell);
        Self {
            code: Some(venue.code.into_string()),
            name: Some(details.name.into_string()),
            kind: Some(details.kind.to_string()),
            region: Some(details.region.to_string()),
            latitude: details.position.map(Position::latitude),
            longitude: details.position.map(Position::longitude),
            people: details.people,
            eligible: details.eligible,
            phone_share: details.phone_share,
            weekdays: values(&opening.weekdays),
            pasaran: values(&opening.pasaran),
            dates: values(&opening.dates),
            blackout: values(&opening.blackout),
            opens: single(opening.opens),
            closes: single(opening.closes),
            contact_name: details.contact.name.map(Name::into_string),
            contact_phone: details.contact.phone.map(Phone::into_string),
            notes: details.notes.map(Note::into_string),
            as_reported: details.as_reported.map(Note::into_string),
            archived: venue.archived,
        }
    }
}

impl From<Venue> for VenueView {
    fn from(venue: Venue) -> Self {
        Self { id: venue.id.to_string(), version: venue.version, body: venue.into() }
    }
}
