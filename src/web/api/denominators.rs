//! `/offices/{office}/denominators`: how many people shares are shares of, a dated series that may fall.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::number_body::NumberBody;
use super::{created, office_code, path_part};
use crate::domain::denominator::{Denominator, DenominatorInput, DenominatorKey};
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::service::targets::DenominatorFilter;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, cursor, merge_patch, page_cut};

/// A denominator as it is sent.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "recorded", "value": 779_454, "as_of": "2024-06-07", "source": "DKB Semester I 2024"}))]
pub struct DenominatorBody {
    /// residents | obliged | recorded | holders
    pub kind: Option<String>,
    /// People, at least 1.
    #[schema(value_type = Option<i64>)]
    pub value: Option<NumberBody>,
    /// A day that has come.
    pub as_of: Option<String>,
    pub source: Option<String>,
}

/// A stored denominator.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenominatorView {
    pub id: String,
    pub kind: &'static str,
    pub value: i64,
    pub as_of: String,
    pub source: String,
}

/// What a list of denominators is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DenominatorParams {
    /// residents | obliged | recorded | holders
    #[param(example = "recorded")]
    pub kind: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the denominators that are not withdrawn, by date.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), DenominatorParams),
    responses((status = 200, body = ListView<DenominatorView>)))]
#[get("/offices/{office}/denominators")]
pub async fn list_denominators(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<DenominatorParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("denominators-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_denominators(&caller, &office, filter, cut).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, last.key()));
    let items = page.items.into_iter().map(DenominatorView::from).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Enters a denominator.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03")), request_body = DenominatorBody,
    responses((status = 201, body = DenominatorView)))]
#[post("/offices/{office}/denominators")]
pub async fn add_denominator(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<DenominatorBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let denominator = services.add_denominator(&caller, &office, body.into()).await?;
    let place = format!("/api/v1/offices/{office}/denominators/{}", denominator.id);
    Ok(created(&place, DenominatorView::from(denominator)))
}

/// Shows a denominator.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = DenominatorView)))]
#[get("/offices/{office}/denominators/{id}")]
pub async fn show_denominator(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    Ok(HttpResponse::Ok().json(DenominatorView::from(services.find_denominator(&caller, &office, id).await?)))
}

/// Corrects a denominator (JSON merge patch): it is withdrawn, and what is right stands under a new id (`Location`).
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body(content = DenominatorBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = DenominatorView)))]
#[patch("/offices/{office}/denominators/{id}")]
pub async fn correct_denominator(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let stored = services.find_denominator(&caller, &office, id).await?;
    let body = merge_patch(&DenominatorBody::from(stored), changes)?;
    let denominator = services.correct_denominator(&caller, &office, id, body.into()).await?;
    let place = format!("/api/v1/offices/{office}/denominators/{}", denominator.id);
    Ok(HttpResponse::Ok().insert_header((LOCATION, place)).json(DenominatorView::from(denominator)))
}

/// Withdraws a denominator; reports of earlier days keep it.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 204)))]
#[delete("/offices/{office}/denominators/{id}")]
pub async fn withdraw_denominator(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    services.withdraw_denominator(&caller, &office, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_params(
    params: DenominatorParams,
    list: &str,
) -> Result<(DenominatorFilter, Cut<DenominatorKey>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let kind = check.optional("kind", params.kind, |text| text.parse());
    let filter = kind.map(|kind| DenominatorFilter { kind });
    check.finish(filter.zip(cut))
}

impl From<DenominatorBody> for DenominatorInput {
    fn from(body: DenominatorBody) -> Self {
        let value = body.value.map(NumberBody::into_text);
        Self { kind: body.kind, value, as_of: body.as_of, source: body.source }
    }
}

impl From<Denominator> for DenominatorBody {
    fn from(denominator: Denominator) -> Self {
        let details = denominator.details;
        Self {
            kind: Some(details.kind.to_string()),
            value: Some(NumberBody::Whole(details.value)),
            as_of: Some(details.as_of.to_string()),
            source: Some(details.source.into_string()),
        }
    }
}

impl From<Denominator> for DenominatorView {
    fn from(denominator: Denominator) -> Self {
        let details = denominator.details;
        Self {
            id: denominator.id.to_string(),
            kind: details.kind.as_str(),
            value: details.value,
            as_of: details.as_of.to_string(),
            source: details.source.into_string(),
        }
    }
}
