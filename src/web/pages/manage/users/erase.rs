//! Taking a user out: archiving, which can be undone, and erasing the person, which cannot and asks for the login.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::one::{find, place_of};
use crate::domain::permission::ActionKind;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::staff::User;
use crate::service::Services;
use crate::service::accounts::ChangeUser;
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::web::problem::field_errors;

#[derive(Template)]
#[template(path = "manage/user_anonymise.html", config = "src/web/pages/askama.toml")]
struct AnonymisePage {
    shell: Shell,
    user: User,
    place: String,
    form: Form,
}

#[post("/pengguna/{login}/arsipkan")]
pub async fn archive_user(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let user = find(&services, &shell, &path.1).await?;
    services.archive_user(shell.caller()?, user.login.clone(), Some(user.version)).await?;
    let name = [("name", user.details.name.as_str())];
    Ok(see_other(&shell.place("pengguna")).noticed("done-user-archived", &name).finish())
}

#[post("/pengguna/{login}/pulihkan")]
pub async fn restore_user(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let user = find(&services, &shell, &path.1).await?;
    let command = ChangeUser { login: user.login, details: user.details, archived: false, known: user.version };
    let user = services.change_user(shell.caller()?, command).await?;
    let name = [("name", user.details.name.as_str())];
    Ok(see_other(&place_of(&shell, &user.login)).noticed("done-user-restored", &name).finish())
}

#[get("/pengguna/{login}/anonimkan")]
pub async fn ask_anonymise(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let user = find(&services, &shell, &path.1).await?;
    show(shell, StatusCode::OK, user, Form::default())
}

/// Erases the person, if the login was typed once more.
#[post("/pengguna/{login}/anonimkan")]
pub async fn anonymise_user(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let user = find(&services, &shell, &path.1).await?;
    if fields.text("login").as_deref() != Some(user.login.as_str()) {
        let rule = if fields.text("login").is_none() { Rule::Required } else { Rule::NotFound };
        let errors = field_errors(shell.language, &[FieldError::new("login", rule)]);
        let form = Form { errors, ..Form::open(fields) };
        return show(shell, StatusCode::UNPROCESSABLE_ENTITY, user, form);
    }
    let nameless = services.anonymise_user(shell.caller()?, user.login).await?;
    let place = place_of(&shell, &nameless.login);
    Ok(see_other(&place).noticed("done-user-anonymised", &[("name", nameless.details.name.as_str())]).finish())
}

fn show(shell: Shell, status: StatusCode, user: User, form: Form) -> Result<HttpResponse, WebError> {
    let place = place_of(&shell, &user.login);
    page(status, &shell.clone(), &AnonymisePage { shell, user, place, form })
}
