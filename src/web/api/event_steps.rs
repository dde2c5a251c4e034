//! `/offices/{office}/events/{id}/<step>`: what happens to an event, and what a coordinator says about its report.

#![allow(missing_debug_implementations, reason = "the framework makes the types of handlers")]

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Deserialize;
use utoipa::ToSchema;

use super::event_body::{DayBody, EventView};
use super::events::show;
use super::office_part;
use crate::domain::event::TransitionKind;
use crate::domain::event::input::DayInput;
use crate::service::planning::MoveEvent;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{IfMatch, OptionalBody};

/// What a step needs; the body may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EventStep, example = json!({"reason": "Hujan lebat"}))]
pub struct StepBody {
    /// Needed by cancel, postpone, `not_held` and reopen.
    pub reason: Option<String>,
    /// New days, needed to propose an event that was postponed.
    pub days: Option<Vec<DayBody>>,
}

/// A handler for each step: the addresses are part of the API's description.
macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident: $path:literal => $kind:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(tag = "events", request_body(content = StepBody, description = "May be left out"),
            params(("office" = String, Path, example = "33.03"), ("id" = String, Path, description = "Id of the event"),
                ("If-Match" = Option<String>, Header, description = "The version that you saw")),
            responses((status = 200, body = EventView)))]
        #[post($path)]
        pub async fn $name(
            services: Data<Services>,
            caller: Caller,
            path: Path<(String, String)>,
            if_match: IfMatch,
            OptionalBody(body): OptionalBody<StepBody>,
            request: HttpRequest,
        ) -> Result<HttpResponse, WebError> {
            let (office, id) = office_part(&path)?;
            let days = body.days.map(|days| days.into_iter().map(DayInput::from).collect());
            let command = MoveEvent { id, kind: $kind, reason: body.reason, days, known: if_match.0 };
            Ok(show(&office, services.move_event(&caller, &office, command).await?, &request))
        }
    )+};
}

steps! {
    /// Proposes a draft, or a postponed event with its new days.
    propose_event: "/offices/{office}/events/{id}/propose" => TransitionKind::Propose;
    /// Confirms a draft or a proposal.
    confirm_event: "/offices/{office}/events/{id}/confirm" => TransitionKind::Confirm;
    /// Starts a confirmed event.
    start_event: "/offices/{office}/events/{id}/start" => TransitionKind::Start;
    /// Finishes an event, also one that was tallied on paper and never started.
    finish_event: "/offices/{office}/events/{id}/finish" => TransitionKind::Finish;
    /// Cancels an event, with a reason; the days not yet past are given back.
    cancel_event: "/offices/{office}/events/{id}/cancel" => TransitionKind::Cancel;
    /// Postpones an event, with a reason; the days not yet past are given back.
    postpone_event: "/offices/{office}/events/{id}/postpone" => TransitionKind::Postpone;
    /// Says that an event did not take place, with a reason; the days not yet past are given back.
    mark_not_held: "/offices/{office}/events/{id}/not_held" => TransitionKind::NotHeld;
    /// Opens a finished event again, with a reason.
    reopen_event: "/offices/{office}/events/{id}/reopen" => TransitionKind::Reopen;
}

/// Says that an event had no result ("nihil"): zero is counted for each of its services and days so far.
#[utoipa::path(tag = "events",
    params(("office" = String, Path, example = "33.03"), ("id" = String, Path, description = "Id of the event"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw")),
    responses((status = 200, body = EventView)))]
#[post("/offices/{office}/events/{id}/nihil")]
pub async fn report_nihil(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    Ok(show(&office, services.report_nihil(&caller, &office, id, if_match.0).await?, &request))
}

/// Vouches for the reported result of an event.
#[utoipa::path(tag = "events",
    params(("office" = String, Path, example = "33.03"), ("id" = String, Path, description = "Id of the event"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw")),
    responses((status = 200, body = EventView)))]
#[post("/offices/{office}/events/{id}/verify")]
pub async fn verify_event(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (office, id) = office_part(&path)?;
    Ok(show(&office, services.verify_event(&caller, &office, id, if_match.0).await?, &request))
}
