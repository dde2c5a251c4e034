//! `/offices/{office}/digests`: who receives the letter that heads read, the letter of any day, and what became of those
//! that left.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use super::digest_body::{
    DeliveryView, DigestBody, DigestPreviewView, DigestView, ResentView, SendDigestBody, SentDigestView,
};
use super::{created, office_code, office_part};
use crate::domain::dates::parse_date;
use crate::domain::digest::DigestPeriod;
use crate::domain::language::Language;
use crate::domain::mail::MailState;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::Login;
use crate::service::digests::{DigestAddressees, PreviewDigest, SendDigest};
use crate::service::{Caller, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, list_view, merge_patch, page_cut};

/// Where a list starts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DigestParams {
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which letters to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryParams {
    /// queued | leased | sent | dead
    #[param(example = "dead")]
    pub state: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which letter to write.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PreviewParams {
    /// The last day that it tells of; default today.
    #[param(example = "2024-06-07")]
    pub on: Option<String>,
    /// daily | weekly | monthly; default weekly.
    #[param(example = "weekly")]
    pub period: Option<String>,
    /// Login of the reader; default: yourself.
    pub to: Option<String>,
    /// id | en; default: the reader's.
    pub language: Option<String>,
}

/// Lists subscriptions: all of the office for those who may change them, else your own.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03"), DigestParams),
    responses((status = 200, body = ListView<DigestView>)))]
#[get("/offices/{office}/digests")]
pub async fn list_digests(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<DigestParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let (list, mut check) = (format!("digests-{office}"), Check::new());
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    let page = services.list_subscribers(&caller, &office, check.finish(cut)?).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |subscriber| subscriber.subscription.id, DigestView::from)))
}

/// Lets somebody receive digests: yourself, or anybody as a coordinator, head or admin.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03")), request_body = DigestBody,
    responses((status = 201, body = DigestView)))]
#[post("/offices/{office}/digests")]
pub async fn add_digest(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<DigestBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let added = services.add_subscription(&caller, &office, body.into()).await?;
    let place = format!("/api/v1/offices/{office}/digests/{}", added.subscription.id);
    Ok(created(&place, DigestView::from(added)))
}

/// Writes the digest of a day without sending it, under the rights of its reader.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03"), PreviewParams),
    responses((status = 200, body = DigestPreviewView)))]
#[get("/offices/{office}/digests/preview")]
pub async fn preview_digest(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<PreviewParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let today = services.find_office(&caller, &office).await?.today(services.clock.now());
    let command = read_preview(&caller, params, today)?;
    let letter = services.preview_digest(&caller, &office, command).await?.pop().ok_or(ServiceError::NotFound)?;
    Ok(HttpResponse::Ok().json(DigestPreviewView::from(letter)))
}

/// Puts the digest of a day into the outbox: the same letter as the schedule's, never twice to one reader.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03")), request_body = SendDigestBody,
    responses((status = 200, body = SentDigestView)))]
#[post("/offices/{office}/digests/send")]
pub async fn send_digest(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<SendDigestBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let sent = services.send_digest(&caller, &office, read_send(body)?).await?;
    Ok(HttpResponse::Ok().json(SentDigestView::from(sent)))
}

/// Lists the digests that were sent, the latest first, with what the mail server said.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03"), DeliveryParams),
    responses((status = 200, body = ListView<DeliveryView>)))]
#[get("/offices/{office}/digests/deliveries")]
pub async fn list_deliveries(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<DeliveryParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let (list, mut check) = (format!("digest-deliveries-{office}"), Check::new());
    let state = check.optional("state", params.state, |text| text.parse::<MailState>());
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    let (state, cut) = check.finish(state.zip(cut))?;
    let page = services.list_digest_deliveries(&caller, &office, state, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |letter| letter.id, DeliveryView::from)))
}

/// Tries those digests again that were given up, and no others.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03")),
    responses((status = 200, body = ResentView)))]
#[post("/offices/{office}/digests/deliveries/resend")]
pub async fn resend_failed(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
) -> Result<HttpResponse, WebError> {
    let queued = services.resend_failed_digests(&caller, &office_code(&office)?).await?;
    Ok(HttpResponse::Ok().json(ResentView { queued }))
}

/// Shows a subscription.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = DigestView)))]
#[get("/offices/{office}/digests/{id}")]
pub async fn show_digest(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    Ok(HttpResponse::Ok().json(DigestView::from(services.find_subscriber(&caller, &office, id).await?)))
}

/// Changes when a subscription's letters leave (JSON merge patch); its recipient stays.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body(content = DigestBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = DigestView)))]
#[patch("/offices/{office}/digests/{id}")]
pub async fn change_digest(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    let stored = services.find_subscriber(&caller, &office, id).await?;
    let body: DigestBody = merge_patch(&DigestBody::from(&stored), changes)?;
    let changed = services.change_subscription(&caller, &office, id, body.into()).await?;
    Ok(HttpResponse::Ok().json(DigestView::from(changed)))
}

/// Ends a subscription.
#[utoipa::path(tag = "digests", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 204)))]
#[delete("/offices/{office}/digests/{id}")]
pub async fn remove_digest(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    services.remove_subscription(&caller, &office, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_preview(caller: &Caller, params: PreviewParams, today: NaiveDate) -> Result<PreviewDigest, Vec<FieldError>> {
    let mut check = Check::new();
    let on = check.optional("on", params.on, |text| parse_date(&text));
    let period = check.optional("period", params.period, |text| text.parse::<DigestPeriod>());
    let to = check.optional("to", params.to, |text| text.parse::<Login>());
    let language = check.optional("language", params.language, |text| text.parse::<Language>());
    let built = (|| {
        let own = || caller.actor.signed_in().map(|user| user.login.clone());
        let to = to?.or_else(own).map_or(DigestAddressees::Heads, DigestAddressees::Reader);
        let (on, period) = (on?.unwrap_or(today), period?.unwrap_or(DigestPeriod::Weekly));
        Some(PreviewDigest { on, period, to, language: language? })
    })();
    check.finish(built)
}

fn read_send(body: SendDigestBody) -> Result<SendDigest, Vec<FieldError>> {
    let mut check = Check::new();
    let on = check.required("on", body.on, |text| parse_date(&text));
    let period = check.optional("period", body.period, |text| text.parse::<DigestPeriod>());
    let to = check.optional("to", body.to, |text| text.parse::<Login>());
    let built = (|| {
        let to = to?.map_or(DigestAddressees::Heads, DigestAddressees::Reader);
        let period = period?.unwrap_or(DigestPeriod::Weekly);
        Some(SendDigest { on: on?, period, to, is_test: body.test.unwrap_or_default() })
    })();
    check.finish(built)
}
