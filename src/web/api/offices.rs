//! `/offices`: the offices within the caller's scope.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, patch, post};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::office::{Office, parse_office_code, parse_time_zone};
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::Name;
use crate::service::{Caller, Services};
use crate::web::api::{created, office_code};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, list_view, merge_patch, page_cut};

/// An office as it is shown and changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "33.03", "name": "Dinas Dukcapil Kabupaten Purbalingga", "time_zone": "Asia/Jakarta"}))]
pub struct OfficeBody {
    /// Code of its kabupaten or kota; it never changes.
    pub code: Option<String>,
    pub name: Option<String>,
    /// `Asia/Jakarta`, `Asia/Pontianak`, `Asia/Makassar` or `Asia/Jayapura`.
    pub time_zone: Option<String>,
}

/// A new office; its zone is that of its region.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "33.03"}))]
pub struct NewOfficeBody {
    pub code: Option<String>,
    /// Default: Dinas Dukcapil and the region's name.
    pub name: Option<String>,
}

/// Where a list of offices starts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfficeParams {
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the offices within your scope, by code.
#[utoipa::path(tag = "offices", params(OfficeParams), responses((status = 200, body = ListView<OfficeBody>)))]
#[get("/offices")]
pub async fn list_offices(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<OfficeParams>,
) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, LIST, params.limit.as_deref(), params.cursor.as_deref());
    let cut = check.finish(cut)?;
    let page = services.list_office_page(&caller, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(LIST, page, |office| office.code.clone(), OfficeBody::from)))
}

/// Adds the office of a kabupaten or kota (admin).
#[utoipa::path(tag = "offices", request_body = NewOfficeBody, responses((status = 201, body = OfficeBody)))]
#[post("/offices")]
pub async fn add_office(
    services: Data<Services>,
    caller: Caller,
    Body(body): Body<NewOfficeBody>,
) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let code = check.required("code", body.code, |text| parse_office_code(&text));
    let name = check.optional("name", body.name, |text| text.parse());
    let (code, name) = check.finish(code.zip(name))?;
    let office = services.add_office(&caller, code, name).await?;
    Ok(created(&format!("/api/v1/offices/{}", office.code), OfficeBody::from(office)))
}

/// Shows an office.
#[utoipa::path(tag = "offices", params(("office" = String, Path, example = "33.03")),
    responses((status = 200, body = OfficeBody)))]
#[get("/offices/{office}")]
pub async fn show_office(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
) -> Result<HttpResponse, WebError> {
    let office = services.find_office(&caller, &office_code(&office)?).await?;
    Ok(HttpResponse::Ok().json(OfficeBody::from(office)))
}

/// Gives an office another name or zone (admin; JSON merge patch).
#[utoipa::path(tag = "offices", params(("office" = String, Path, example = "33.03")),
    request_body(content = OfficeBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = OfficeBody)))]
#[patch("/offices/{office}")]
pub async fn change_office(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let code = office_code(&office)?;
    let stored = services.find_office(&caller, &code).await?;
    let body = merge_patch(&OfficeBody::from(stored), changes)?;
    let (name, time_zone) = read_body(body, &code)?;
    let office = services.change_office(&caller, &code, name, time_zone).await?;
    Ok(HttpResponse::Ok().json(OfficeBody::from(office)))
}

const LIST: &str = "offices";

fn read_body(body: OfficeBody, own: &RegionCode) -> Result<(Name, Tz), Vec<FieldError>> {
    let mut check = Check::new();
    if body.code.as_deref() != Some(own.as_str()) {
        check.fail("code", Rule::Fixed);
    }
    let name = check.required("name", body.name, |text| text.parse());
    let time_zone = check.required("time_zone", body.time_zone, |text| parse_time_zone(&text));
    check.finish(name.zip(time_zone))
}

impl From<Office> for OfficeBody {
    fn from(office: Office) -> Self {
        Self {
            code: Some(office.code.to_string()),
            name: Some(office.name.into_string()),
            time_zone: Some(office.time_zone.name().to_owned()),
        }
    }
}
