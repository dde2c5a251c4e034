//! `/offices/{office}/calendars`: addresses under which calendar programs read events without signing in.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::feed::FeedKind;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::service::calendars::{NamedFeed, OpenFeed};
use crate::service::{Caller, Services};
use crate::web::api::{created, moment, office_code, path_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, list_view, page_cut};
use crate::web::site::Site;

/// A new calendar address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "team", "team": "TIM-1"}))]
pub struct CalendarBody {
    /// `office`, `team` or `officer` (your own events). Only coordinators and admins open the first two.
    pub kind: Option<String>,
    /// Code of the team, for kind `team` only.
    pub team: Option<String>,
}

/// A calendar address in force, without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "kind": "team", "team": "TIM-1", "login": "kartika",
    "created_at": "2026-11-21T02:00:00Z"
}))]
pub struct CalendarView {
    pub id: String,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Who opened it; null once his account has ended, and the address with it.
    pub login: Option<String>,
    pub created_at: String,
}

/// A new calendar address.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedCalendarView {
    #[serde(flatten)]
    pub view: CalendarView,
    /// What a calendar program subscribes to: shown only now, stored nowhere.
    #[schema(example = "https://jemputbola.example.go.id/kalender/0193a1f0….ics")]
    pub address: String,
}

/// Where a list starts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarParams {
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the calendar addresses in force, newest first: your own, or as a coordinator those of the office.
#[utoipa::path(tag = "calendars", params(("office" = String, Path, example = "33.03"), CalendarParams),
    responses((status = 200, body = ListView<CalendarView>)))]
#[get("/offices/{office}/calendars")]
pub async fn list_calendars(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<CalendarParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let (list, mut check) = (format!("calendars-{office}"), Check::new());
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    let page = services.list_feeds(&caller, &office, check.finish(cut)?).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |feed| feed.id, CalendarView::from)))
}

/// Opens a calendar address. It is shown in this answer and never again.
#[utoipa::path(tag = "calendars", params(("office" = String, Path, example = "33.03")), request_body = CalendarBody,
    responses((status = 201, body = OpenedCalendarView)))]
#[post("/offices/{office}/calendars")]
pub async fn open_calendar(
    services: Data<Services>,
    site: Data<Site>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<CalendarBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let opened = services.open_feed(&caller, &office, read_calendar(body.kind, body.team)?).await?;
    let place = format!("/api/v1/offices/{office}/calendars/{}", opened.feed.id);
    let address = feed_address(&site, &opened.secret);
    Ok(created(&place, OpenedCalendarView { view: opened.feed.into(), address }))
}

/// Shows a calendar address without its secret.
#[utoipa::path(tag = "calendars",
    params(("office" = String, Path, example = "33.03"),
        ("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 200, body = CalendarView)))]
#[get("/offices/{office}/calendars/{id}")]
pub async fn show_calendar(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = path.into_inner();
    let feed = services.find_feed(&caller, &office_code(&office)?, path_part(&id)?).await?;
    Ok(HttpResponse::Ok().json(CalendarView::from(feed)))
}

/// Ends a calendar address, from the next request on: your own, or as a coordinator any of the office.
#[utoipa::path(tag = "calendars",
    params(("office" = String, Path, example = "33.03"),
        ("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 204)))]
#[delete("/offices/{office}/calendars/{id}")]
pub async fn revoke_calendar(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = path.into_inner();
    services.revoke_feed(&caller, &office_code(&office)?, path_part(&id)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What a new feed shall show, as the API and the page ask for it.
pub fn read_calendar(kind: Option<String>, team: Option<String>) -> Result<OpenFeed, Vec<FieldError>> {
    let mut check = Check::new();
    let kind = check.required("kind", kind, |text| text.parse::<FeedKind>());
    let is_team = kind == Some(FeedKind::Team);
    let team = match team {
        Some(_) if kind.is_some() && !is_team => check.field("team", Err(Rule::UnknownField)),
        None if is_team => check.field("team", Err(Rule::Required)),
        team => check.optional("team", team, |text| text.parse()).flatten(),
    };
    let command = || match kind? {
        FeedKind::Office => Some(OpenFeed::Office),
        FeedKind::Team => team.map(OpenFeed::Team),
        FeedKind::Officer => Some(OpenFeed::Own),
    };
    check.finish(command())
}

/// The address of a feed.
pub fn feed_address(site: &Site, secret: &str) -> String {
    format!("{}/kalender/{secret}.ics", site.public_url)
}

impl From<NamedFeed> for CalendarView {
    fn from(feed: NamedFeed) -> Self {
        Self {
            id: feed.id.to_string(),
            kind: feed.kind.as_str(),
            team: feed.team.map(|(code, _)| code.into_string()),
            login: feed.owner.map(|(login, _)| login.into_string()),
            created_at: moment(feed.created_at),
        }
    }
}
