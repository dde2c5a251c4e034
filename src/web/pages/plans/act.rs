//! What is done with a proposal: accepted, stopped, taken off the list, planned again.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};

use super::show::show;
use super::words::{plan_id, plan_place};
use crate::domain::id::PlanId;
use crate::domain::permission::ActionKind;
use crate::domain::proposal::{PinInput, PlanInput};
use crate::service::plans::{AcceptPlan, AskPlan};
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, see_other};

/// Books the visits whose boxes are ticked.
#[post("/rencana/{id}/terima")]
pub async fn accept_visits(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = plan_id(&path.1)?;
    let visits: Result<Vec<i64>, _> = fields.all("visits").iter().map(|n| n.parse()).collect();
    let command = AcceptPlan { visits: Some(visits.map_err(|_| WebError::Unreadable)?) };
    match services.accept_plan(shell.caller()?, &shell.office()?.code, id, command).await {
        Ok(booked) => {
            let count = shell.count(booked.len());
            Ok(see_other(&plan_place(&shell, id)).noticed("done-plan-accepted", &[("count", &count)]).finish())
        }
        Err(error) => refused(&services, shell, id, fields, error).await,
    }
}

#[post("/rencana/{id}/batal")]
pub async fn cancel_plan(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = plan_id(&path.1)?;
    match services.cancel_plan(shell.caller()?, &shell.office()?.code, id).await {
        // It was answered before anybody could stop it: the page says so by itself.
        Ok(()) | Err(ServiceError::Conflict(_)) => Ok(see_other(&plan_place(&shell, id)).finish()),
        Err(error) => Err(error.into()),
    }
}

#[post("/rencana/{id}/singkirkan")]
pub async fn dismiss_plan(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    services.dismiss_plan(shell.caller()?, &shell.office()?.code, plan_id(&path.1)?).await?;
    Ok(see_other(&shell.place("rencana")).noticed("done-plan-dismissed", &[]).finish())
}

/// Asks for a proposal that is based on this one: with another team, without overtime, with one more pin, or as it is
/// after what changed since.
#[post("/rencana/{id}/ulang")]
pub async fn plan_again(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = plan_id(&path.1)?;
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let request = services.find_plan(caller, office, id).await?.record.request;
    let mut input = PlanInput::default();
    match fields.raw("ubah") {
        "tim" => input.extra_teams = Some(i64::from(request.extra_teams) + 1),
        "lembur" => input.overtime = Some(0),
        "sematkan" => {
            let pin = PinInput {
                venue: fields.raw("venue").to_owned(),
                date: fields.text("date"),
                team: fields.text("team"),
            };
            let same = PlanInput::default().or(&request, shell.today());
            let kept = same.pins.unwrap_or_default().into_iter().filter(|other| other.venue != pin.venue);
            input.pins = Some(kept.chain([pin.clone()]).collect());
            let excluded = request.excluded.iter().map(ToString::to_string);
            input.excluded = Some(excluded.filter(|code| *code != pin.venue).collect());
        }
        _ => {}
    }
    let keeps = !matches!(fields.raw("ubah"), "tim" | "lembur");
    let command = AskPlan { input, based_on: Some(id), keeps };
    match services.ask_plan(caller, office, command).await {
        Ok(plan) => Ok(see_other(&plan_place(&shell, plan.id)).finish()),
        Err(error) => refused(&services, shell, id, fields, error).await,
    }
}

async fn refused(
    services: &Services,
    shell: Shell,
    id: PlanId,
    fields: FormFields,
    error: ServiceError,
) -> Result<HttpResponse, WebError> {
    let form = Form::refused(fields, error.into(), shell.language)?;
    let status = if form.clashes.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
    show(services, shell, status, id, form).await
}
