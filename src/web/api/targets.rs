//! `/offices/{office}/targets`: what is to be achieved, as a number or as a share. Another version follows a target, none is
//! ever changed.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::number_body::NumberBody;
use super::{created, office_code, path_part};
use crate::domain::dates::parse_date;
use crate::domain::denominator::DenominatorKind;
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::domain::target::{Goal, Target, TargetInput, TargetKey};
use crate::service::targets::TargetFilter;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, cursor, merge_patch, page_cut};

/// A target as it is sent: either `share` with `denominator`, or `value`.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "scope": "33.03", "channel": "all", "purpose": "year", "denominator": "recorded", "share": 30,
    "starts": "2024-01-01", "ends": "2024-12-31", "source": "SK Bupati 400.12/1/2024"
}))]
pub struct TargetBody {
    /// The office's region unless another inside it is named: a kecamatan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// all | outreach | counter | other; default: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// year: where the office wants to stand, from the first activation ever. campaign: what these days are to bring.
    /// Default: year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// residents | obliged | recorded | holders
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// In per cent, above 0 and at most 100: `30` or `"3,5%"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub share: Option<NumberBody>,
    /// People, at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub value: Option<NumberBody>,
    pub starts: Option<String>,
    pub ends: Option<String>,
    pub source: Option<String>,
}

/// The version of a target that is in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetView {
    pub id: String,
    /// From 1 on.
    pub version: i64,
    pub scope: String,
    pub channel: &'static str,
    pub purpose: &'static str,
    pub denominator: Option<&'static str>,
    /// In per cent.
    pub share: Option<f64>,
    pub value: Option<i64>,
    pub starts: String,
    pub ends: String,
    pub source: String,
}

/// What a list of targets is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TargetParams {
    /// Only those whose days hold this one.
    #[param(example = "2024-06-07")]
    pub on: Option<String>,
    /// year | campaign
    #[param(example = "year")]
    pub purpose: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the targets in force, by their first day.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), TargetParams),
    responses((status = 200, body = ListView<TargetView>)))]
#[get("/offices/{office}/targets")]
pub async fn list_targets(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<TargetParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("targets-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_targets(&caller, &office, filter, cut).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, last.key()));
    let items = page.items.into_iter().map(TargetView::from).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Enters a target. The windows of one scope, channel and purpose may not overlap.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03")), request_body = TargetBody,
    responses((status = 201, body = TargetView)))]
#[post("/offices/{office}/targets")]
pub async fn add_target(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<TargetBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let target = services.add_target(&caller, &office, body.into()).await?;
    Ok(created(&format!("/api/v1/offices/{office}/targets/{}", target.id), TargetView::from(target)))
}

/// Shows a target.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = TargetView)))]
#[get("/offices/{office}/targets/{id}")]
pub async fn show_target(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    Ok(HttpResponse::Ok().json(TargetView::from(services.find_target(&caller, &office, id).await?)))
}

/// Puts another version in the place of a target (JSON merge patch); reports of earlier days keep the one of their day.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body(content = TargetBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = TargetView)))]
#[patch("/offices/{office}/targets/{id}")]
pub async fn revise_target(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let stored = services.find_target(&caller, &office, id).await?;
    let body = merge_patch(&TargetBody::from(stored), changes)?;
    let target = services.revise_target(&caller, &office, id, body.into()).await?;
    Ok(HttpResponse::Ok().json(TargetView::from(target)))
}

/// Withdraws a target; reports of earlier days keep it.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 204)))]
#[delete("/offices/{office}/targets/{id}")]
pub async fn withdraw_target(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    services.withdraw_target(&caller, &office, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_params(params: TargetParams, list: &str) -> Result<(TargetFilter, Cut<TargetKey>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let on = check.optional("on", params.on, |text| parse_date(&text));
    let purpose = check.optional("purpose", params.purpose, |text| text.parse());
    let filter = || Some(TargetFilter { on: on?, purpose: purpose? });
    check.finish(filter().zip(cut))
}

impl From<TargetBody> for TargetInput {
    fn from(body: TargetBody) -> Self {
        Self {
            scope: body.scope,
            channel: body.channel,
            purpose: body.purpose,
            denominator: body.denominator,
            share: body.share.map(NumberBody::into_text),
            value: body.value.map(NumberBody::into_text),
            starts: body.starts,
            ends: body.ends,
            source: body.source,
        }
    }
}

impl From<Target> for TargetBody {
    fn from(target: Target) -> Self {
        let details = target.details;
        let (share, value) = match details.goal {
            Goal::Share(share) => (Some(NumberBody::Text(share.to_string())), None),
            Goal::Value(value) => (None, Some(NumberBody::Whole(value))),
        };
        Self {
            scope: Some(details.scope.to_string()),
            channel: Some(details.channel.to_string()),
            purpose: Some(details.purpose.to_string()),
            denominator: details.denominator.map(|kind| kind.to_string()),
            share,
            value,
            starts: Some(details.window.first().to_string()),
            ends: Some(details.window.last().to_string()),
            source: Some(details.source.into_string()),
        }
    }
}

impl From<Target> for TargetView {
    fn from(target: Target) -> Self {
        let details = target.details;
        let (share, value) = match details.goal {
            Goal::Share(share) => (Some(share.as_f64()), None),
            Goal::Value(value) => (None, Some(value)),
        };
        Self {
            id: target.id.to_string(),
            version: target.version,
            scope: details.scope.to_string(),
            channel: details.channel.as_str(),
            purpose: details.purpose.as_str(),
            denominator: details.denominator.map(DenominatorKind::as_str),
            share,
            value,
            starts: details.window.first().to_string(),
            ends: details.window.last().to_string(),
            source: details.source.into_string(),
        }
    }
}
