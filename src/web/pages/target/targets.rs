//! The forms of a target: a new one, another version of one, its withdrawal.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::figures::name;
use super::scopes::list_scopes;
use crate::domain::denominator::DenominatorKind;
use crate::domain::id::TargetId;
use crate::domain::permission::ActionKind;
use crate::domain::target::{Goal, Purpose, Target, TargetInput};
use crate::domain::total::Channel;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "target/target_edit.html", config = "src/web/pages/askama.toml")]
struct TargetForm {
    shell: Shell,
    form: Form,
    /// The target that gets another version; none for a new one.
    target: Option<TargetId>,
    scopes: Vec<(String, String)>,
    channels: Vec<(&'static str, String)>,
    purposes: Vec<(&'static str, String)>,
    denominators: Vec<(&'static str, String)>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(open_new).service(add).service(open).service(revise).service(withdraw);
}

#[get("/target/baru")]
async fn open_new(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let year = shell.today().format("%Y").to_string();
    let fields = FormFields::of([
        ("purpose", Purpose::Year.to_string()),
        ("channel", Channel::All.to_string()),
        ("starts", format!("{year}-01-01")),
        ("ends", format!("{year}-12-31")),
    ]);
    show(&services, shell, StatusCode::OK, Form::open(fields), None).await
}

#[post("/target/baru")]
async fn add(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    match services.add_target(shell.caller()?, &shell.office()?.code, read(&fields)).await {
        Ok(target) => Ok(saved(&shell, &target, "done-target-added")),
        Err(error) => refused(&services, shell, fields, error, None).await,
    }
}

#[get("/target/{id}/ubah")]
async fn open(services: Data<Services>, shell: Shell, path: Path<(String, String)>) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let target = services.find_target(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    let id = target.id;
    show(&services, shell, StatusCode::OK, Form::open(fields_of(target)), Some(id)).await
}

#[post("/target/{id}/ubah")]
async fn revise(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let id = path_id(&path.1)?;
    match services.revise_target(shell.caller()?, &shell.office()?.code, id, read(&fields)).await {
        Ok(target) => Ok(saved(&shell, &target, "done-target-revised")),
        Err(error) => refused(&services, shell, fields, error, Some(id)).await,
    }
}

#[post("/target/{id}/cabut")]
async fn withdraw(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    services.withdraw_target(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    Ok(see_other(&shell.place("target")).noticed("done-target-withdrawn", &[]).finish())
}

async fn refused(
    services: &Services,
    shell: Shell,
    fields: FormFields,
    error: ServiceError,
    target: Option<TargetId>,
) -> Result<HttpResponse, WebError> {
    let form = Form::refused(fields, error.into(), shell.language)?;
    show(services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, target).await
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    target: Option<TargetId>,
) -> Result<HttpResponse, WebError> {
    let scopes = list_scopes(services, &shell).await?;
    let channels = Channel::ALL.iter().map(|own| (own.as_str(), shell.label("channel", own.as_str()))).collect();
    let purposes = Purpose::ALL.iter().map(|own| (own.as_str(), shell.t(&format!("target-purpose-{own}")))).collect();
    let denominators =
        DenominatorKind::ALL.iter().map(|own| (own.as_str(), shell.label("denominator", own.as_str()))).collect();
    page(status, &shell.clone(), &TargetForm { shell, form, target, scopes, channels, purposes, denominators })
}

fn saved(shell: &Shell, target: &Target, notice: &str) -> HttpResponse {
    let name = name(shell, &target.details);
    see_other(&shell.place("target")).noticed(notice, &[("name", &name)]).finish()
}

fn path_id(text: &str) -> Result<TargetId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

fn read(fields: &FormFields) -> TargetInput {
    TargetInput {
        scope: fields.text("scope"),
        channel: fields.text("channel"),
        purpose: fields.text("purpose"),
        denominator: fields.text("denominator"),
        share: fields.text("share"),
        value: fields.text("value"),
        starts: fields.text("starts"),
        ends: fields.text("ends"),
        source: fields.text("source"),
    }
}

fn fields_of(target: Target) -> FormFields {
    let details = target.details;
    let (share, value) = match details.goal {
        Goal::Share(share) => (share.to_string(), String::new()),
        Goal::Value(value) => (String::new(), value.to_string()),
    };
    FormFields::of([
        ("scope", details.scope.to_string()),
        ("channel", details.channel.to_string()),
        ("purpose", details.purpose.to_string()),
        ("denominator", details.denominator.map(|kind| kind.to_string()).unwrap_or_default()),
        ("share", share),
        ("value", value),
        ("starts", details.window.first().to_string()),
        ("ends", details.window.last().to_string()),
        ("source", details.source.into_string()),
    ])
}
