//! The steps of an event as they are taken, and what they answer.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};

use super::days::{TypedDays, rows_of};
use super::show::show;
use crate::domain::event::TransitionKind;
use crate::domain::id::EventId;
use crate::domain::rule::Check;
use crate::service::planning::{BookedEvent, MoveEvent};
use crate::service::{Conflict, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, FormFields, Noticed, Shell, see_other};

#[post("/kegiatan/{id}/langkah")]
pub async fn move_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let id = event_id(&path.1)?;
    let typed = TypedDays::of(&rows_of(&fields));
    let moved = match read_step(id, &fields, &typed) {
        Ok(command) => services.move_event(shell.caller()?, &shell.office()?.code, command).await,
        Err(error) => Err(error),
    };
    match moved {
        Ok(booked) => Ok(done(&shell, &booked, "done-event-step")),
        Err(error) => refuse(&services, shell, id, fields, typed.by_rows(error)).await,
    }
}

#[post("/kegiatan/{id}/nihil")]
pub async fn report_nihil(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let id = event_id(&path.1)?;
    match services.report_nihil(shell.caller()?, &shell.office()?.code, id, known(&fields)).await {
        Ok(booked) => Ok(done(&shell, &booked, "done-event-nihil")),
        Err(error) => refuse(&services, shell, id, fields, error).await,
    }
}

#[post("/kegiatan/{id}/verifikasi")]
pub async fn verify_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let id = event_id(&path.1)?;
    match services.verify_event(shell.caller()?, &shell.office()?.code, id, known(&fields)).await {
        Ok(booked) => Ok(done(&shell, &booked, "done-event-verified")),
        Err(error) => refuse(&services, shell, id, fields, error).await,
    }
}

#[post("/kegiatan/{id}/hapus")]
pub async fn remove_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let id = event_id(&path.1)?;
    match services.remove_event(shell.caller()?, &shell.office()?.code, id, known(&fields)).await {
        Ok(()) => Ok(see_other(&shell.place("kegiatan")).noticed("done-event-removed", &[]).finish()),
        Err(error) => refuse(&services, shell, id, fields, error).await,
    }
}

fn read_step(id: EventId, fields: &FormFields, typed: &TypedDays) -> Result<MoveEvent, ServiceError> {
    let mut check = Check::new();
    let kind: Option<TransitionKind> = check.required("step", fields.text("step"), |text| text.parse());
    check.extend(typed.errors.clone());
    let kind = check.finish(kind)?;
    let has_days = fields.iter().any(|(name, _)| name.starts_with("days["));
    Ok(MoveEvent {
        id,
        kind,
        reason: fields.text("reason"),
        days: has_days.then(|| typed.days.clone()),
        known: known(fields),
    })
}

fn known(fields: &FormFields) -> Option<i64> {
    fields.text("version").and_then(|version| version.parse().ok())
}

fn done(shell: &Shell, booked: &BookedEvent, notice: &str) -> HttpResponse {
    let place = shell.place(&format!("kegiatan/{}", booked.event.id));
    let state = shell.label("event-state", booked.event.state.as_str());
    see_other(&place).noticed(notice, &[("state", &state)]).finish()
}

/// The page of the event with the reason for which the step was not taken.
pub async fn refuse(
    services: &Services,
    shell: Shell,
    id: EventId,
    fields: FormFields,
    error: ServiceError,
) -> Result<HttpResponse, WebError> {
    let status = match &error {
        ServiceError::Stale => StatusCode::PRECONDITION_FAILED,
        ServiceError::Conflict(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let form = match error {
        ServiceError::Conflict(Conflict::State { from, step }) => {
            let (from, step) = (shell.label("event-state", from), shell.label("event-step", step));
            let problem = shell.t2("problem-wrong-state-detail", ("from", &from), ("step", &step));
            Form { problem: Some(problem), ..Form::open(fields) }
        }
        other => Form::refused(fields, other.into(), shell.language)?,
    };
    let sheet = services.find_event_sheet(shell.caller()?, &shell.office()?.code, id).await?;
    show(status, &shell, sheet, form)
}
