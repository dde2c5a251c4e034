//! `/offices/{office}/plans`: schedule proposals, from the question to the drafts that they become.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::event_body::EventView;
use super::plan_body::{AcceptBody, PlanBody};
use super::plan_view::{ListedPlanView, PlanView};
use super::{created, office_code, office_part};
use crate::domain::rule::Check;
use crate::service::plans::{AcceptPlan, AskPlan};
use crate::service::{Caller, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, OptionalBody, Params, list_view, page_cut};
use crate::web::language::language_of;

/// What a list of proposals is cut by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanParams {
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The drafts that accepted visits became.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedView {
    pub events: Vec<EventView>,
}

/// Lists proposals that are not dismissed, the newest first.
#[utoipa::path(tag = "plans", params(("office" = String, Path, example = "33.03"), PlanParams),
    responses((status = 200, body = ListView<ListedPlanView>)))]
#[get("/offices/{office}/plans")]
pub async fn list_plans(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<PlanParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("plans-{office}");
    let mut check = Check::new();
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    let page = services.list_plans(&caller, &office, check.finish(cut)?).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |plan| plan.record.id, ListedPlanView::from)))
}

/// Asks for a proposal. It is computed in the background: its state goes from queued over computing to ready.
#[utoipa::path(tag = "plans", params(("office" = String, Path, example = "33.03")), request_body = PlanBody,
    responses((status = 201, body = PlanView)))]
#[post("/offices/{office}/plans")]
pub async fn ask_plan(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<PlanBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let command = AskPlan::try_from(body).map_err(|rule| ServiceError::invalid("based_on", rule))?;
    let plan = services.ask_plan(&caller, &office, command).await?;
    let sheet = services.find_plan(&caller, &office, plan.id).await?;
    Ok(created(&format!("/api/v1/offices/{office}/plans/{}", plan.id), PlanView::from(sheet)))
}

/// Shows a proposal: how far its computation is, or its visits, what they are worth, and what was left out and why.
#[utoipa::path(tag = "plans", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = PlanView)))]
#[get("/offices/{office}/plans/{id}")]
pub async fn show_plan(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    Ok(HttpResponse::Ok().json(PlanView::from(services.find_plan(&caller, &office, id).await?)))
}

/// Accepts visits: they become drafts, all of them or, if one clashes, none.
#[utoipa::path(tag = "plans", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    request_body(content = AcceptBody, description = "May be left out"),
    responses((status = 200, body = AcceptedView)))]
#[post("/offices/{office}/plans/{id}/accept")]
pub async fn accept_plan(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    OptionalBody(body): OptionalBody<AcceptBody>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    let booked = services.accept_plan(&caller, &office, id, AcceptPlan { visits: body.visits }).await?;
    let language = language_of(&request);
    let events = booked.into_iter().map(|event| EventView::new(&office, event, language)).collect();
    Ok(HttpResponse::Ok().json(AcceptedView { events }))
}

/// Stops the computation of a proposal.
#[utoipa::path(tag = "plans", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = PlanView)))]
#[post("/offices/{office}/plans/{id}/cancel")]
pub async fn cancel_plan(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    services.cancel_plan(&caller, &office, id).await?;
    Ok(HttpResponse::Ok().json(PlanView::from(services.find_plan(&caller, &office, id).await?)))
}

/// Takes a proposal off the list. What was accepted of it stays.
#[utoipa::path(tag = "plans", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 204)))]
#[delete("/offices/{office}/plans/{id}")]
pub async fn dismiss_plan(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    services.dismiss_plan(&caller, &office, id).await?;
    Ok(HttpResponse::NoContent().finish())
}
