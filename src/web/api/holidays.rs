//! `/holidays`: public holidays and joint leave. A correction withdraws one and adds another.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::calendar::{Holiday, HolidayCells};
use crate::domain::dates::{DateRange, parse_date};
use crate::domain::id::HolidayId;
use crate::domain::office::parse_office_code;
use crate::domain::page::Cut;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, FieldError};
use crate::service::holidays::HolidayKey;
use crate::service::{Caller, Services};
use crate::web::api::{created, path_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, list_view, merge_patch, page_cut};

/// A holiday as it is sent and shown.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "date": "2026-12-18", "kind": "public_holiday", "name": "Hari jadi Kabupaten Purbalingga", "region": "33.03",
    "decided_on": "2026-11-02"
}))]
pub struct HolidayBody {
    pub date: Option<String>,
    /// `public_holiday` or `joint_leave`.
    pub kind: Option<String>,
    pub name: Option<String>,
    /// Code of a province, kabupaten or kota; left out: the whole nation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// When it was decreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<String>,
}

/// A holiday in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolidayView {
    pub id: String,
    #[serde(flatten)]
    pub body: HolidayBody,
}

/// What a list of holidays is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HolidayParams {
    #[param(example = "2026-01-01")]
    pub from: Option<String>,
    #[param(example = "2026-12-31")]
    pub to: Option<String>,
    /// Only those that this office observes: the nation's, its province's and its own.
    #[param(example = "33.03")]
    pub office: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the holidays in force, by date.
#[utoipa::path(tag = "holidays", params(HolidayParams), responses((status = 200, body = ListView<HolidayView>)))]
#[get("/holidays")]
pub async fn list_holidays(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<HolidayParams>,
) -> Result<HttpResponse, WebError> {
    let (days, office, cut) = read_params(params)?;
    let page = services.list_holidays(&caller, days, office, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(LIST, page, HolidayKey::of, HolidayView::from)))
}

/// Adds a holiday within your scope (admin).
#[utoipa::path(tag = "holidays", request_body = HolidayBody, responses((status = 201, body = HolidayView)))]
#[post("/holidays")]
pub async fn add_holiday(
    services: Data<Services>,
    caller: Caller,
    Body(body): Body<HolidayBody>,
) -> Result<HttpResponse, WebError> {
    let holiday = services.add_holiday(&caller, read_body(&body)?).await?;
    Ok(created(&place(&holiday), HolidayView::from(holiday)))
}

/// Shows a holiday in force.
#[utoipa::path(tag = "holidays", params(("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 200, body = HolidayView)))]
#[get("/holidays/{id}")]
pub async fn show_holiday(
    services: Data<Services>,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let holiday = services.find_holiday(&caller, path_part(&id)?).await?;
    Ok(HttpResponse::Ok().json(HolidayView::from(holiday)))
}

/// Corrects a holiday (admin; JSON merge patch): it is withdrawn, and the corrected one is in force under a new id.
#[utoipa::path(tag = "holidays", params(("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    request_body(content = HolidayBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = HolidayView,
        headers(("Location" = String, description = "Where the corrected holiday is")))))]
#[patch("/holidays/{id}")]
pub async fn correct_holiday(
    services: Data<Services>,
    caller: Caller,
    id: Path<String>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let id: HolidayId = path_part(&id)?;
    let stored = services.find_holiday(&caller, id).await?;
    let body = merge_patch(&HolidayBody::from(stored), changes)?;
    let holiday = services.correct_holiday(&caller, id, read_body(&body)?).await?;
    Ok(HttpResponse::Ok().insert_header((LOCATION, place(&holiday))).json(HolidayView::from(holiday)))
}

/// Withdraws a holiday (admin).
#[utoipa::path(tag = "holidays", params(("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 204)))]
#[delete("/holidays/{id}")]
pub async fn withdraw_holiday(
    services: Data<Services>,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    services.withdraw_holiday(&caller, path_part(&id)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

const LIST: &str = "holidays";

fn place(holiday: &Holiday) -> String {
    format!("/api/v1/holidays/{}", holiday.id)
}

type ListParts = (DateRange, Option<RegionCode>, Cut<HolidayKey>);

fn read_params(params: HolidayParams) -> Result<ListParts, Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, LIST, params.limit.as_deref(), params.cursor.as_deref());
    let from = check.field("from", parse_date(params.from.as_deref().unwrap_or("1900-01-01")));
    let to = check.field("to", parse_date(params.to.as_deref().unwrap_or("2199-12-31")));
    let days = from.zip(to).and_then(|(from, to)| check.field("to", DateRange::new(from, to)));
    let office = check.optional("office", params.office, |text| parse_office_code(&text));
    check.finish((|| Some((days?, office?, cut?)))())
}

/// The holiday of a body; its id is given when it is stored.
fn read_body(body: &HolidayBody) -> Result<Holiday, Vec<FieldError>> {
    let cells = HolidayCells {
        date: body.date.as_deref().unwrap_or_default(),
        kind: body.kind.as_deref().unwrap_or_default(),
        name: body.name.as_deref().unwrap_or_default(),
        region: body.region.as_deref().unwrap_or_default(),
        decided_on: body.decided_on.as_deref().unwrap_or_default(),
    };
    Holiday::parse(HolidayId(uuid::Uuid::nil()), &cells)
}

impl From<Holiday> for HolidayBody {
    fn from(holiday: Holiday) -> Self {
        Self {
            date: Some(holiday.date.to_string()),
            kind: Some(holiday.kind.to_string()),
            name: Some(holiday.name.into_string()),
            region: holiday.region.map(|region| region.to_string()),
            decided_on: holiday.decided_on.map(|date| date.to_string()),
        }
    }
}

impl From<Holiday> for HolidayView {
    fn from(holiday: Holiday) -> Self {
        Self { id: holiday.id.to_string(), body: holiday.into() }
    }
}
