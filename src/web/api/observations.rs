//! `/offices/{office}/observations`: official figures, exactly as they were published. A share must say what it is of.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::number_body::NumberBody;
use super::{created, office_code, path_part};
use crate::domain::dates::parse_date;
use crate::domain::observation::{Observation, ObservationInput, ObservationKey, ShareBase};
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::service::targets::ObservationFilter;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, cursor, merge_patch, page_cut};

/// An official figure as it is sent.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "as_of": "2024-06-07", "scope": "33.03", "kind": "cumulative", "figure": "29.890", "source": "Kepala Dinas, 7 Juni 2024"
}))]
pub struct ObservationBody {
    /// A day that has come.
    pub as_of: Option<String>,
    /// The office's region unless another inside it is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// cumulative: all activations up to the day | day: those of the day | share: a share alone
    pub kind: Option<String>,
    /// `29.890`, `±19500`, `6000-7000`; of a share `3,83%`
    #[schema(value_type = Option<String>)]
    pub figure: Option<NumberBody>,
    /// Of a share: residents | obliged | recorded | holders | target | `not_stated`. Without it a share that may be of
    /// several things is refused (422), with its `readings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    pub source: Option<String>,
}

/// A stored official figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObservationView {
    pub id: String,
    pub as_of: String,
    pub scope: String,
    pub kind: &'static str,
    pub figure: String,
    /// exact | approximate | range | share
    pub figure_kind: &'static str,
    pub low: Option<i64>,
    pub high: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<&'static str>,
    pub source: String,
}

/// What a list of official figures is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ObservationParams {
    #[param(example = "2024-01-01")]
    pub from: Option<String>,
    #[param(example = "2024-12-31")]
    pub to: Option<String>,
    /// cumulative | day | share
    #[param(example = "cumulative")]
    pub kind: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the official figures that are not withdrawn, by date.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ObservationParams),
    responses((status = 200, body = ListView<ObservationView>)))]
#[get("/offices/{office}/observations")]
pub async fn list_observations(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<ObservationParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("observations-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_observations(&caller, &office, filter, cut).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, last.key()));
    let items = page.items.into_iter().map(ObservationView::from).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Enters an official figure. A share that may be of several things is answered with 422 and its readings.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03")), request_body = ObservationBody,
    responses((status = 201, body = ObservationView)))]
#[post("/offices/{office}/observations")]
pub async fn add_observation(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<ObservationBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let observation = services.add_observation(&caller, &office, body.into()).await?;
    let place = format!("/api/v1/offices/{office}/observations/{}", observation.id);
    Ok(created(&place, ObservationView::from(observation)))
}

/// Shows an official figure.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = ObservationView)))]
#[get("/offices/{office}/observations/{id}")]
pub async fn show_observation(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    Ok(HttpResponse::Ok().json(ObservationView::from(services.find_observation(&caller, &office, id).await?)))
}

/// Corrects an official figure (JSON merge patch): it is withdrawn, and what is right stands under a new id (`Location`).
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body(content = ObservationBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ObservationView)))]
#[patch("/offices/{office}/observations/{id}")]
pub async fn correct_observation(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let stored = services.find_observation(&caller, &office, id).await?;
    let body = merge_patch(&ObservationBody::from(stored), changes)?;
    let observation = services.correct_observation(&caller, &office, id, body.into()).await?;
    let place = format!("/api/v1/offices/{office}/observations/{}", observation.id);
    Ok(HttpResponse::Ok().insert_header((LOCATION, place)).json(ObservationView::from(observation)))
}

/// Withdraws an official figure; reports of earlier days keep it.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 204)))]
#[delete("/offices/{office}/observations/{id}")]
pub async fn withdraw_observation(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    services.withdraw_observation(&caller, &office, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_params(
    params: ObservationParams,
    list: &str,
) -> Result<(ObservationFilter, Cut<ObservationKey>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let from = check.optional("from", params.from, |text| parse_date(&text));
    let to = check.optional("to", params.to, |text| parse_date(&text));
    let kind = check.optional("kind", params.kind, |text| text.parse());
    let filter = || Some(ObservationFilter { from: from?, to: to?, kind: kind? });
    check.finish(filter().zip(cut))
}

impl From<ObservationBody> for ObservationInput {
    fn from(body: ObservationBody) -> Self {
        Self {
            as_of: body.as_of,
            scope: body.scope,
            kind: body.kind,
            figure: body.figure.map(NumberBody::into_text),
            denominator: body.denominator,
            source: body.source,
        }
    }
}

impl From<Observation> for ObservationBody {
    fn from(observation: Observation) -> Self {
        let details = observation.details;
        Self {
            as_of: Some(details.as_of.to_string()),
            scope: Some(details.scope.to_string()),
            kind: Some(details.kind.to_string()),
            figure: Some(NumberBody::Text(details.figure.to_string())),
            denominator: details.base.map(|base| base.to_string()),
            source: Some(details.source.into_string()),
        }
    }
}

impl From<Observation> for ObservationView {
    fn from(observation: Observation) -> Self {
        let details = observation.details;
        Self {
            id: observation.id.to_string(),
            as_of: details.as_of.to_string(),
            scope: details.scope.to_string(),
            kind: details.kind.as_str(),
            figure: details.figure.to_string(),
            figure_kind: details.figure.kind().as_str(),
            low: details.figure.low(),
            high: details.figure.high(),
            denominator: details.base.map(ShareBase::as_str),
            source: details.source.into_string(),
        }
    }
}
