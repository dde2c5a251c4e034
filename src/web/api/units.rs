//! `/offices/{office}/units`.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::team::{Unit, UnitKind};
use crate::domain::text::{Code, Name};
use crate::service::units::{AddUnit, ChangeUnit, UnitFilter};
use crate::service::{Caller, Services};
use crate::web::api::{created, office_code, office_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, IfMatch, ListView, Params, list_view, merge_patch, page_cut, parse_flag, with_etag};

/// A vehicle or kit as it is sent and shown.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "MOBIL-1", "kind": "vehicle", "name": "Mobil pelayanan 1"}))]
pub struct UnitBody {
    /// `[A-Z0-9-]{1,20}`; it never changes.
    pub code: Option<String>,
    /// `vehicle` or `kit`.
    pub kind: Option<String>,
    pub name: Option<String>,
    #[serde(default)]
    pub archived: bool,
}

/// A stored unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView {
    pub id: String,
    #[serde(flatten)]
    pub body: UnitBody,
    pub version: i64,
}

/// What a list of units is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitParams {
    #[param(example = "vehicle")]
    pub kind: Option<String>,
    /// `true` shows archived units too.
    pub archived: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the units of the office, by code.
#[utoipa::path(tag = "units", params(("office" = String, Path, example = "33.03"), UnitParams),
    responses((status = 200, body = ListView<UnitView>)))]
#[get("/offices/{office}/units")]
pub async fn list_units(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<UnitParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("units-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_units(&caller, &office, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |unit| unit.code.clone(), UnitView::from)))
}

/// Adds a unit.
#[utoipa::path(tag = "units", params(("office" = String, Path, example = "33.03")), request_body = UnitBody,
    responses((status = 201, body = UnitView)))]
#[post("/offices/{office}/units")]
pub async fn add_unit(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<UnitBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let (code, kind, name) = read_body(body)?;
    let unit = services.add_unit(&caller, &office, AddUnit { code, kind, name }).await?;
    let place = format!("/api/v1/offices/{office}/units/{}", unit.code);
    let version = unit.version;
    Ok(with_etag(created(&place, UnitView::from(unit)), version))
}

/// Shows a unit.
#[utoipa::path(tag = "units",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "MOBIL-1")),
    responses((status = 200, body = UnitView)))]
#[get("/offices/{office}/units/{code}")]
pub async fn show_unit(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, code) = office_part(&path)?;
    let unit = services.find_unit(&caller, &office, code).await?;
    let version = unit.version;
    Ok(with_etag(HttpResponse::Ok().json(UnitView::from(unit)), version))
}

/// Changes a unit (JSON merge patch); `archived` takes it out of use and back.
#[utoipa::path(tag = "units",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "MOBIL-1"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw")),
    request_body(content = UnitBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = UnitView)))]
#[patch("/offices/{office}/units/{code}")]
pub async fn change_unit(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, code): (_, Code) = office_part(&path)?;
    let stored = services.find_unit(&caller, &office, code.clone()).await?;
    let known = if_match.0.unwrap_or(stored.version);
    let body = merge_patch(&UnitBody::from(stored), changes)?;
    let archived = body.archived;
    let (new_code, kind, name) = read_body(body)?;
    if new_code != code {
        return Err(WebError::invalid("code", Rule::Fixed));
    }
    let command = ChangeUnit { code, kind, name, archived, known: Some(known) };
    let unit = services.change_unit(&caller, &office, command).await?;
    let version = unit.version;
    Ok(with_etag(HttpResponse::Ok().json(UnitView::from(unit)), version))
}

/// Archives a unit: it leaves lists, forms and teams, its history stays.
#[utoipa::path(tag = "units",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "MOBIL-1")),
    responses((status = 204)))]
#[delete("/offices/{office}/units/{code}")]
pub async fn archive_unit(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
) -> Result<HttpResponse, WebError> {
    let (office, code) = office_part(&path)?;
    services.archive_unit(&caller, &office, code, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_params(params: UnitParams, list: &str) -> Result<(UnitFilter, Cut<Code>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let kind = check.optional("kind", params.kind, |text| text.parse());
    let archived = check.optional("archived", params.archived.as_deref(), parse_flag);
    let filter = || Some(UnitFilter { kind: kind?, archived: archived?.unwrap_or_default() });
    check.finish(filter().zip(cut))
}

fn read_body(body: UnitBody) -> Result<(Code, UnitKind, Name), Vec<FieldError>> {
    let mut check = Check::new();
    let code = check.required("code", body.code, |text| text.parse());
    let kind = check.required("kind", body.kind, |text| text.parse());
    let name = check.required("name", body.name, |text| text.parse());
    check.finish((|| Some((code?, kind?, name?)))())
}

impl From<Unit> for UnitBody {
    fn from(unit: Unit) -> Self {
        Self {
            code: Some(unit.code.into_string()),
            kind: Some(unit.kind.to_string()),
            name: Some(unit.name.into_string()),
            archived: unit.archived,
        }
    }
}

impl From<Unit> for UnitView {
    fn from(unit: Unit) -> Self {
        Self { id: unit.id.to_string(), version: unit.version, body: unit.into() }
    }
}
