//! `/me/digest`: the digest of the province or the nation that the caller reads: his own to look at, to send and to let
//! come; and `/digests/deliveries`: what became of those that left, for the admins over their readers.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::digest_body::{DeliveryView, ResentView, SentDigestView, rhythm_parts};
use super::digests::DeliveryParams;
use super::moment;
use crate::domain::dates::{parse_date, print_time};
use crate::domain::digest::{DigestPeriod, SubscriptionInput};
use crate::domain::language::Language;
use crate::domain::mail::{MailKind, MailState};
use crate::domain::rule::{Check, FieldError};
use crate::service::delivery::LetterFilter;
use crate::service::digests::{OwnRegion, REGION_ZONE, RegionLetter, SendRegion};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, list_view, page_cut};

/// When your letters leave.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"period": "weekly", "time": "07:00", "weekday": "mon", "quiet": true}))]
pub struct RegionDigestBody {
    /// daily | weekly | monthly
    pub period: Option<String>,
    /// On the clocks of Jakarta; default 07:00. Before noon a letter tells of the days before it, else of its day, too.
    pub time: Option<String>,
    /// Of a weekly letter: mon … sun; default mon.
    pub weekday: Option<String>,
    /// Of a monthly letter: 1–31, in a shorter month its last day; default 1.
    pub month_day: Option<i64>,
    /// Nothing on Saturdays, Sundays, national holidays and joint leave; default true.
    pub quiet: Option<bool>,
}

/// How the digest of your region comes to you.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "schedule": {"period": "weekly", "time": "07:00", "weekday": "mon", "quiet": true,
        "next_at": "2026-11-23T00:00:00.000000Z"},
    "zone": "Asia/Jakarta", "ended": false, "has_email": true
}))]
pub struct OwnDigestView {
    /// Null: it does not come by itself.
    pub schedule: Option<RegionScheduleView>,
    /// Whose clocks `time` is on.
    pub zone: &'static str,
    /// True if you ended it by the address in a letter; then none leaves.
    pub ended: bool,
    /// False: there is nowhere to send it.
    pub has_email: bool,
}

/// A stored schedule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionScheduleView {
    pub period: &'static str,
    pub time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month_day: Option<u8>,
    pub quiet: bool,
    /// When the next letter leaves.
    pub next_at: Option<String>,
}

/// The digest of a region as it would be written now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "language": "id", "subject": "Jawa Tengah: kurang 203.947 aktivasi", "text": "…", "html": "…",
    "report": {"region": "Jawa Tengah", "period": "weekly", "on": "2024-06-07", "offices": []}
}))]
pub struct RegionPreviewView {
    pub language: &'static str,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Every figure of the letter, office by office.
    #[schema(value_type = Object)]
    pub report: Value,
}

/// Which letter to write.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegionPreviewParams {
    /// The last day that it tells of; default today.
    #[param(example = "2024-06-07")]
    pub on: Option<String>,
    /// daily | weekly | monthly; default weekly.
    #[param(example = "weekly")]
    pub period: Option<String>,
    /// id | en; default: yours.
    pub language: Option<String>,
}

/// A letter to be sent to yourself.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2024-06-07", "period": "weekly", "test": true}))]
pub struct SendRegionBody {
    /// The last day that it tells of.
    pub on: Option<String>,
    /// daily | weekly | monthly; default weekly.
    pub period: Option<String>,
    /// Leaves even if the same letter was sent before; default false.
    pub test: Option<bool>,
}

/// Shows how the digest of your region comes to you. For readers of a province or the nation; others find nothing here.
#[utoipa::path(tag = "digests", responses((status = 200, body = OwnDigestView)))]
#[get("/me/digest")]
pub async fn show_own_digest(services: Data<Services>, caller: Caller) -> Result<HttpResponse, WebError> {
    let own = services.find_own_region(&caller).await?;
    Ok(HttpResponse::Ok().json(OwnDigestView::from(own)))
}

/// Lets the digest of your region come to you, or come at other times. It takes back an earlier wish for none.
#[utoipa::path(tag = "digests", request_body = RegionDigestBody, responses((status = 200, body = OwnDigestView)))]
#[put("/me/digest")]
pub async fn set_own_digest(
    services: Data<Services>,
    caller: Caller,
    Body(body): Body<RegionDigestBody>,
) -> Result<HttpResponse, WebError> {
    let stored = services.subscribe_to_region(&caller, body.into()).await?;
    let own = OwnRegion { subscription: Some(stored), is_willing: true, has_email: true };
    Ok(HttpResponse::Ok().json(OwnDigestView::from(own)))
}

/// Ends it. Doing so twice is as good as once.
#[utoipa::path(tag = "digests", responses((status = 204)))]
#[delete("/me/digest")]
pub async fn end_own_digest(services: Data<Services>, caller: Caller) -> Result<HttpResponse, WebError> {
    services.leave_region(&caller).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Writes the digest of your region of any day, without sending it.
#[utoipa::path(tag = "digests", params(RegionPreviewParams), responses((status = 200, body = RegionPreviewView)))]
#[get("/me/digest/preview")]
pub async fn preview_own_digest(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<RegionPreviewParams>,
) -> Result<HttpResponse, WebError> {
    let today = services.clock.now().with_timezone(&REGION_ZONE).date_naive();
    let (command, language) = read_preview(params, today)?;
    let letter = services.preview_region_digest(&caller, command, language).await?;
    Ok(HttpResponse::Ok().json(RegionPreviewView::from(letter)))
}

/// Puts the digest of a day into the outbox, to yourself: the schedule's letter, never twice unless it is a test.
#[utoipa::path(tag = "digests", request_body = SendRegionBody, responses((status = 200, body = SentDigestView)))]
#[post("/me/digest/send")]
pub async fn send_own_digest(
    services: Data<Services>,
    caller: Caller,
    Body(body): Body<SendRegionBody>,
) -> Result<HttpResponse, WebError> {
    let sent = services.send_region_digest(&caller, read_send(body)?).await?;
    Ok(HttpResponse::Ok().json(SentDigestView::from(sent)))
}

/// Lists the digests of regions that were sent to readers within your reach, the latest first. For admins.
#[utoipa::path(tag = "digests", params(DeliveryParams), responses((status = 200, body = ListView<DeliveryView>)))]
#[get("/digests/deliveries")]
pub async fn list_region_deliveries(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<DeliveryParams>,
) -> Result<HttpResponse, WebError> {
    let (list, mut check) = ("region-digest-deliveries", Check::new());
    let state = check.optional("state", params.state, |text| text.parse::<MailState>());
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let (state, cut) = check.finish(state.zip(cut))?;
    let filter = LetterFilter { state, kind: Some(MailKind::RegionDigest) };
    let page = services.list_wide_outbox(&caller, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(list, page, |letter| letter.id, DeliveryView::from)))
}

/// Tries those again that were given up, and no others. For admins.
#[utoipa::path(tag = "digests", responses((status = 200, body = ResentView)))]
#[post("/digests/deliveries/resend")]
pub async fn resend_failed_regions(services: Data<Services>, caller: Caller) -> Result<HttpResponse, WebError> {
    let queued = services.resend_failed_wide(&caller, MailKind::RegionDigest).await?;
    Ok(HttpResponse::Ok().json(ResentView { queued }))
}

fn read_preview(
    params: RegionPreviewParams,
    today: NaiveDate,
) -> Result<(SendRegion, Option<Language>), Vec<FieldError>> {
    let mut check = Check::new();
    let on = check.optional("on", params.on, |text| parse_date(&text));
    let period = check.optional("period", params.period, |text| text.parse::<DigestPeriod>());
    let language = check.optional("language", params.language, |text| text.parse::<Language>());
    let built = (|| {
        let (on, period) = (on?.unwrap_or(today), period?.unwrap_or(DigestPeriod::Weekly));
        Some((SendRegion { on, period, to: None, is_test: true }, language?))
    })();
    check.finish(built)
}

fn read_send(body: SendRegionBody) -> Result<SendRegion, Vec<FieldError>> {
    let mut check = Check::new();
    let on = check.required("on", body.on, |text| parse_date(&text));
    let period = check.optional("period", body.period, |text| text.parse::<DigestPeriod>());
    let built = (|| {
        let period = period?.unwrap_or(DigestPeriod::Weekly);
        Some(SendRegion { on: on?, period, to: None, is_test: body.test.unwrap_or_default() })
    })();
    check.finish(built)
}

impl From<RegionDigestBody> for SubscriptionInput {
    fn from(body: RegionDigestBody) -> Self {
        let RegionDigestBody { period, time, weekday, month_day, quiet } = body;
        Self { recipient: None, period, time, weekday, month_day: month_day.map(|day| day.to_string()), quiet }
    }
}

impl From<OwnRegion> for OwnDigestView {
    fn from(own: OwnRegion) -> Self {
        let schedule = own.subscription.map(|subscription| {
            let schedule = subscription.schedule;
            let (weekday, month_day) = rhythm_parts(schedule.rhythm);
            RegionScheduleView {
                period: schedule.rhythm.period().as_str(),
                time: print_time(schedule.time),
                weekday,
                month_day,
                quiet: schedule.quiet,
                next_at: subscription.next_at.filter(|_| own.is_willing).map(moment),
            }
        });
        Self { schedule, zone: REGION_ZONE.name(), ended: !own.is_willing, has_email: own.has_email }
    }
}

impl From<RegionLetter> for RegionPreviewView {
    fn from(letter: RegionLetter) -> Self {
        let report = serde_json::to_value(&letter.payload.report).unwrap_or_default();
        let RegionLetter { language, subject, text, html, .. } = letter;
        Self { language: language.as_str(), subject, text, html, report }
    }
}
