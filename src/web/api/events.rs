//! `/offices/{office}/events`: booking, showing and changing events. Their steps are in [`super::event_steps`].

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use super::event_body::{EventBody, EventView};
use super::{created, office_code, office_part};
use crate::domain::dates::parse_date;
use crate::domain::event::EventKey;
use crate::domain::page::Cut;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::service::planning::{BookEvent, BookedEvent, EventQuery};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, IfMatch, ListView, Params, cursor, merge_patch, page_cut, with_etag};
use crate::web::language::language_of;

/// What a list of events is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventParams {
    /// Events with a day on this date or later.
    #[param(example = "2026-11-16")]
    pub from: Option<String>,
    /// Events with a day on this date or earlier.
    #[param(example = "2026-11-22")]
    pub to: Option<String>,
    /// draft | proposed | confirmed | ongoing | done | `not_held` | cancelled | postponed; several with commas.
    #[param(example = "confirmed,ongoing")]
    pub state: Option<String>,
    /// unreported | reported | verified
    pub reporting: Option<String>,
    /// outreach | counter | briefing
    pub kind: Option<String>,
    /// Code of a venue.
    pub venue: Option<String>,
    /// Code of a team.
    pub team: Option<String>,
    /// Login of an officer.
    pub officer: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the events of the office, by first day.
#[utoipa::path(tag = "events", params(("office" = String, Path, example = "33.03"), EventParams),
    responses((status = 200, body = ListView<EventView>)))]
#[get("/offices/{office}/events")]
pub async fn list_events(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<EventParams>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("events-{office}");
    let (query, cut) = read_params(params, &list)?;
    let page = services.list_events(&caller, &office, query, cut).await?;
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(&list, EventKey::of(&last.event)));
    let language = language_of(&request);
    let items = page.items.into_iter().map(|booked| EventView::new(&office, booked, language)).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor }))
}

/// Books an event. Everything it needs is reserved for its days and slots, or nothing is: a 409 lists all clashes.
#[utoipa::path(tag = "events", params(("office" = String, Path, example = "33.03")), request_body = EventBody,
    responses((status = 201, body = EventView)))]
#[post("/offices/{office}/events")]
pub async fn book_event(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<EventBody>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let command = BookEvent { state: body.state.clone(), input: body.into() };
    let booked = services.book_event(&caller, &office, command).await?;
    let (place, version) = (format!("/api/v1/offices/{office}/events/{}", booked.event.id), booked.event.version);
    Ok(with_etag(created(&place, EventView::new(&office, booked, language_of(&request))), version))
}

/// Shows an event.
#[utoipa::path(tag = "events",
    params(("office" = String, Path, example = "33.03"), ("id" = String, Path, description = "Id of the event")),
    responses((status = 200, body = EventView)))]
#[get("/offices/{office}/events/{id}")]
pub async fn show_event(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    let booked = services.find_event(&caller, &office, id).await?;
    Ok(show(&office, booked, &request))
}

/// Changes the plan of an event (JSON merge patch). Units or officers set to null are taken from the teams again.
#[utoipa::path(tag = "events",
    params(("office" = String, Path, example = "33.03"), ("id" = String, Path, description = "Id of the event"),
        ("If-Match" = String, Header, description = "The version that you saw")),
    request_body(content = EventBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = EventView)))]
#[patch("/offices/{office}/events/{id}")]
pub async fn revise_event(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Body(changes): Body<Value>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    let stored = services.find_event_to_revise(&caller, &office, id, if_match.0).await?;
    let (state, known) = (stored.event.state, stored.event.version);
    let body = merge_patch(&EventBody::from(stored), changes)?;
    if body.state.as_deref() != Some(state.as_str()) {
        return Err(WebError::invalid("state", Rule::Fixed));
    }
    let booked = services.revise_event(&caller, &office, id, body.into(), known).await?;
    Ok(show(&office, booked, &request))
}

/// Removes an event: a draft without results disappears, what was announced stays as cancelled, and what took place
/// cannot be removed.
#[utoipa::path(tag = "events",
    params(("office" = String, Path, example = "33.03"), ("id" = String, Path, description = "Id of the event"),
        ("If-Match" = String, Header, description = "The version that you saw")),
    responses((status = 204)))]
#[delete("/offices/{office}/events/{id}")]
pub async fn remove_event(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    services.remove_event(&caller, &office, id, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The event with its version.
pub(super) fn show(office: &RegionCode, booked: BookedEvent, request: &HttpRequest) -> HttpResponse {
    let version = booked.event.version;
    with_etag(HttpResponse::Ok().json(EventView::new(office, booked, language_of(request))), version)
}

fn read_params(params: EventParams, list: &str) -> Result<(EventQuery, Cut<EventKey>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let from = check.optional("from", params.from, |text| parse_date(&text));
    let to = check.optional("to", params.to, |text| parse_date(&text));
    if from.flatten().zip(to.flatten()).is_some_and(|(from, to)| to < from) {
        check.fail("to", Rule::EndsBeforeStart);
    }
    let states =
        check.optional("state", params.state, |text| text.split(',').map(|code| code.trim().parse()).collect());
    let reporting = check.optional("reporting", params.reporting, |text| text.parse());
    let kind = check.optional("kind", params.kind, |text| text.parse());
    let venue = check.optional("venue", params.venue, |text| text.parse());
    let team = check.optional("team", params.team, |text| text.parse());
    let officer = check.optional("officer", params.officer, |text| text.parse());
    let query = || {
        Some(EventQuery {
            ended_before: None,
            from: from?,
            to: to?,
            states: states?.unwrap_or_default(),
            reporting: reporting?,
            kind: kind?,
            venue: venue?,
            team: team?,
            officer: officer?,
            search: None,
        })
    };
    check.finish(query().zip(cut))
}
