//! The forms of a denominator: a new one, a correction, its withdrawal.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use crate::domain::denominator::{DenominatorInput, DenominatorKind};
use crate::domain::id::DenominatorId;
use crate::domain::permission::ActionKind;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "target/denominator_edit.html", config = "src/web/pages/askama.toml")]
struct DenominatorForm {
    shell: Shell,
    form: Form,
    /// The denominator that is corrected; none for a new one.
    id: Option<DenominatorId>,
    kinds: Vec<(&'static str, String)>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(open_new).service(add).service(open).service(correct).service(withdraw);
}

#[get("/target/penyebut/baru")]
async fn open_new(shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    show(shell, StatusCode::OK, Form::open(FormFields::default()), None)
}

#[post("/target/penyebut/baru")]
async fn add(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    match services.add_denominator(shell.caller()?, &shell.office()?.code, read(&fields)).await {
        Ok(_) => Ok(saved(&shell, "done-denominator-added")),
        Err(error) => refused(shell, fields, error, None),
    }
}

#[get("/target/penyebut/{id}/ubah")]
async fn open(services: Data<Services>, shell: Shell, path: Path<(String, String)>) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let stored = services.find_denominator(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    let details = stored.details;
    let fields = FormFields::of([
        ("kind", details.kind.to_string()),
        ("value", details.value.to_string()),
        ("as_of", details.as_of.to_string()),
        ("source", details.source.into_string()),
    ]);
    show(shell, StatusCode::OK, Form::open(fields), Some(stored.id))
}

#[post("/target/penyebut/{id}/ubah")]
async fn correct(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let id = path_id(&path.1)?;
    match services.correct_denominator(shell.caller()?, &shell.office()?.code, id, read(&fields)).await {
        Ok(_) => Ok(saved(&shell, "done-denominator-corrected")),
        Err(error) => refused(shell, fields, error, Some(id)),
    }
}

#[post("/target/penyebut/{id}/cabut")]
async fn withdraw(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    services.withdraw_denominator(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    Ok(saved(&shell, "done-denominator-withdrawn"))
}

fn refused(
    shell: Shell,
    fields: FormFields,
    error: ServiceError,
    id: Option<DenominatorId>,
) -> Result<HttpResponse, WebError> {
    let form = Form::refused(fields, error.into(), shell.language)?;
    show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, id)
}

fn show(shell: Shell, status: StatusCode, form: Form, id: Option<DenominatorId>) -> Result<HttpResponse, WebError> {
    let kinds =
        DenominatorKind::ALL.iter().map(|own| (own.as_str(), shell.label("denominator", own.as_str()))).collect();
    page(status, &shell.clone(), &DenominatorForm { shell, form, id, kinds })
}

fn saved(shell: &Shell, notice: &str) -> HttpResponse {
    see_other(&shell.place("target")).noticed(notice, &[]).finish()
}

fn path_id(text: &str) -> Result<DenominatorId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

fn read(fields: &FormFields) -> DenominatorInput {
    DenominatorInput {
        kind: fields.text("kind"),
        value: fields.text("value"),
        as_of: fields.text("as_of"),
        source: fields.text("source"),
    }
}
