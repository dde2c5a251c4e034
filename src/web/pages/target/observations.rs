//! The forms of an official figure: a new one, a correction, its withdrawal. A share that may be of several things comes
//! back with its readings, and somebody chooses one.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::readings::{ReadingText, in_words};
use super::scopes::list_scopes;
use crate::domain::id::ObservationId;
use crate::domain::observation::{Observation, ObservationInput, ObservationKind, ShareBase};
use crate::domain::permission::ActionKind;
use crate::domain::rule::FieldError;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "target/observation_edit.html", config = "src/web/pages/askama.toml")]
struct ObservationForm {
    shell: Shell,
    form: Form,
    /// The figure that is corrected; none for a new one.
    id: Option<ObservationId>,
    /// The whole office and its kecamatan.
    scopes: Vec<(String, String)>,
    kinds: Vec<(&'static str, String)>,
    bases: Vec<(&'static str, String)>,
    /// The readings of a share that somebody must choose between.
    readings: Vec<ReadingText>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(open_new).service(add).service(open).service(correct).service(withdraw);
}

#[get("/target/angka/baru")]
async fn open_new(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let kind = ("kind", ObservationKind::Cumulative.to_string());
    show(&services, shell, StatusCode::OK, Form::open(FormFields::of([kind])), None, Vec::new()).await
}

#[post("/target/angka/baru")]
async fn add(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    match services.add_observation(shell.caller()?, &shell.office()?.code, read(&fields)).await {
        Ok(_) => Ok(saved(&shell, "done-observation-added")),
        Err(error) => refused(&services, shell, fields, error, None).await,
    }
}

#[get("/target/angka/{id}/ubah")]
async fn open(services: Data<Services>, shell: Shell, path: Path<(String, String)>) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let stored = services.find_observation(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    let id = stored.id;
    show(&services, shell, StatusCode::OK, Form::open(fields_of(stored)), Some(id), Vec::new()).await
}

#[post("/target/angka/{id}/ubah")]
async fn correct(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let id = path_id(&path.1)?;
    match services.correct_observation(shell.caller()?, &shell.office()?.code, id, read(&fields)).await {
        Ok(_) => Ok(saved(&shell, "done-observation-corrected")),
        Err(error) => refused(&services, shell, fields, error, Some(id)).await,
    }
}

#[post("/target/angka/{id}/cabut")]
async fn withdraw(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    services.withdraw_observation(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    Ok(saved(&shell, "done-observation-withdrawn"))
}

async fn refused(
    services: &Services,
    shell: Shell,
    fields: FormFields,
    error: ServiceError,
    id: Option<ObservationId>,
) -> Result<HttpResponse, WebError> {
    let (error, readings) = match error {
        ServiceError::Reading(refused) => {
            let readings = refused.readings.iter().map(|reading| in_words(&shell, reading)).collect();
            (ServiceError::Invalid(vec![FieldError::new("denominator", refused.rule.clone())]), readings)
        }
        other => (other, Vec::new()),
    };
    let form = Form::refused(fields, error.into(), shell.language)?;
    show(services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, id, readings).await
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    id: Option<ObservationId>,
    readings: Vec<ReadingText>,
) -> Result<HttpResponse, WebError> {
    let scopes = list_scopes(services, &shell).await?;
    let kinds =
        ObservationKind::ALL.iter().map(|own| (own.as_str(), shell.t(&format!("observation-of-{own}")))).collect();
    let bases = ShareBase::ALL.iter().map(|own| (own.as_str(), shell.label("share-base", own.as_str()))).collect();
    page(status, &shell.clone(), &ObservationForm { shell, form, id, scopes, kinds, bases, readings })
}

fn saved(shell: &Shell, notice: &str) -> HttpResponse {
    see_other(&shell.place("target")).noticed(notice, &[]).finish()
}

fn path_id(text: &str) -> Result<ObservationId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

fn read(fields: &FormFields) -> ObservationInput {
    ObservationInput {
        as_of: fields.text("as_of"),
        scope: fields.text("scope"),
        kind: fields.text("kind"),
        figure: fields.text("figure"),
        denominator: fields.text("denominator"),
        source: fields.text("source"),
    }
}

fn fields_of(observation: Observation) -> FormFields {
    let details = observation.details;
    FormFields::of([
        ("as_of", details.as_of.to_string()),
        ("scope", details.scope.to_string()),
        ("kind", details.kind.to_string()),
        ("figure", details.figure.to_string()),
        ("denominator", details.base.map(|base| base.to_string()).unwrap_or_default()),
        ("source", details.source.into_string()),
    ])
}
