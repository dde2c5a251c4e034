//! Several entries decided at once: each by itself, so that one that cannot be taken does not hold up the others.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};

use super::list::{HeldQuery, show};
use super::words::refused;
use crate::domain::id::EntryId;
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::Note;
use crate::service::recording::AcceptHeld;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::manage::list::PAGE;
use crate::web::pages::{Form, FormFields, Noticed, Shell, see_other};

/// What is to become of the chosen entries.
#[derive(Debug, Clone)]
enum Decision {
    Accept(Option<Note>),
    Dismiss(Note),
}

#[post("/perlu-keputusan")]
pub async fn decide_many(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let (ids, decision) = match read(&fields) {
        Ok(read) => read,
        Err(errors) => {
            let form = Form::refused(fields, errors.into(), shell.language)?;
            return show_refused(&services, shell, form, &[]).await;
        }
    };
    let (mut failures, chosen) = (Vec::new(), ids.len());
    for id in ids {
        match decide(&services, &shell, id, decision.clone()).await {
            Ok(()) => {}
            Err(error) => failures.push((id.to_string(), why(&shell, error)?)),
        }
    }
    let done = chosen.saturating_sub(failures.len());
    let (notice, problem) = match decision {
        Decision::Accept(_) => ("done-held-accepted", "manage-held-some-accepted"),
        Decision::Dismiss(_) => ("done-held-dismissed", "manage-held-some-dismissed"),
    };
    if failures.is_empty() {
        let count = shell.count(done);
        return Ok(see_other(&shell.place("perlu-keputusan")).noticed(notice, &[("count", &count)]).finish());
    }
    let (done, left) = (shell.count(done), shell.count(failures.len()));
    let problem = Some(shell.t2(problem, ("done", &done), ("left", &left)));
    let form = Form { problem, ..Form::open(fields) };
    show_refused(&services, shell, form, &failures).await
}

async fn show_refused(
    services: &Services,
    shell: Shell,
    form: Form,
    failures: &[(String, String)],
) -> Result<HttpResponse, WebError> {
    show(services, shell, StatusCode::UNPROCESSABLE_ENTITY, HeldQuery::default(), form, failures).await
}

async fn decide(services: &Services, shell: &Shell, id: EntryId, decision: Decision) -> Result<(), ServiceError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    match decision {
        Decision::Accept(reason) => {
            let command = AcceptHeld { reason, ..AcceptHeld::default() };
            services.accept_held(caller, office, id, command).await?
        }
        Decision::Dismiss(reason) => services.dismiss_held(caller, office, id, reason).await?,
    };
    Ok(())
}

/// Why an entry stays, in words.
fn why(shell: &Shell, error: ServiceError) -> Result<String, WebError> {
    if let ServiceError::Invalid(errors) = &error
        && errors.iter().any(|error| error.field == "event")
    {
        return Ok(shell.t("manage-held-needs-event"));
    }
    let form = refused(shell, FormFields::default(), error)?;
    let first = form.errors.into_iter().next().map(|error| error.message);
    Ok(form.problem.or(first).unwrap_or_default())
}

fn read(fields: &FormFields) -> Result<(Vec<EntryId>, Decision), Vec<FieldError>> {
    let mut check = Check::new();
    let chosen = fields.all("id");
    if chosen.is_empty() {
        check.fail("id", Rule::Required);
    }
    if chosen.len() > PAGE {
        check.fail("id", Rule::TooMany(PAGE));
    }
    let ids: Vec<EntryId> = chosen.iter().filter_map(|id| check.field("id", id.parse())).collect();
    let reason: Option<Option<Note>> = check.optional("reason", fields.text("reason"), |text| text.parse());
    let decision = match (fields.raw("keputusan"), reason) {
        ("terima", Some(reason)) => Some(Decision::Accept(reason)),
        ("abaikan", Some(Some(reason))) => Some(Decision::Dismiss(reason)),
        ("abaikan", Some(None)) => check.field("reason", Err(Rule::ReasonRequired)),
        (_, Some(_)) => check.field("keputusan", Err(Rule::Required)),
        (_, None) => None,
    };
    check.finish(decision.map(|decision| (ids, decision)))
}
