//! `/masuk/lupa` and `/masuk/sandi/{token}`: a password by letter. What is answered never tells which logins exist.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::sign_in::client_address;
use super::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::domain::rule::{FieldError, Rule};
use crate::service::accounts::LinkOwner;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::same_site;
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "account/forgotten.html", config = "src/web/pages/askama.toml")]
struct ForgottenPage {
    shell: Shell,
    form: Form,
    /// False while the installation cannot send letters.
    can_send: bool,
}

#[derive(Template)]
#[template(path = "account/new_password.html", config = "src/web/pages/askama.toml")]
struct NewPasswordPage {
    shell: Shell,
    form: Form,
    lead: String,
    owner: LinkOwner,
    here: String,
}

#[derive(Template)]
#[template(path = "account/link_gone.html", config = "src/web/pages/askama.toml")]
struct LinkGonePage {
    shell: Shell,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_forgotten).service(ask).service(show_new_password).service(set_new_password);
}

#[get("/lupa")]
async fn show_forgotten(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    let can_send = services.mail.mailer.is_on();
    page(StatusCode::OK, &shell.clone(), &ForgottenPage { shell, form: Form::default(), can_send })
}

#[post("/lupa")]
async fn ask(
    services: Data<Services>,
    site: Data<Site>,
    shell: Shell,
    request: HttpRequest,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    let can_send = services.mail.mailer.is_on();
    let asked = match fields.text("login") {
        _ if !can_send => {
            let form = Form::open(fields);
            return page(StatusCode::OK, &shell.clone(), &ForgottenPage { shell, form, can_send });
        }
        Some(login) => services.ask_for_password(&login, client_address(&request, &site)).await,
        None => Err(ServiceError::invalid("login", Rule::Required)),
    };
    match asked {
        Ok(()) => Ok(see_other("/masuk").noticed("done-password-asked", &[]).finish()),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            page(StatusCode::UNPROCESSABLE_ENTITY, &shell.clone(), &ForgottenPage { shell, form, can_send })
        }
    }
}

#[get("/sandi/{token}")]
async fn show_new_password(
    services: Data<Services>,
    shell: Shell,
    token: Path<String>,
) -> Result<HttpResponse, WebError> {
    match services.find_password_link(&token).await {
        Ok(owner) => answer(StatusCode::OK, shell, Form::default(), owner, &token),
        Err(error) => gone(shell, error),
    }
}

#[post("/sandi/{token}")]
async fn set_new_password(
    services: Data<Services>,
    site: Data<Site>,
    shell: Shell,
    request: HttpRequest,
    token: Path<String>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    let owner = match services.find_password_link(&token).await {
        Ok(owner) => owner,
        Err(error) => return gone(shell, error),
    };
    let set = match fields.raw("password").parse() {
        Ok(new) => services.use_password_link(&token, new, client_address(&request, &site)).await,
        Err(rule) => Err(ServiceError::Invalid(vec![FieldError::new("password", rule)])),
    };
    match set {
        Ok(_) => Ok(see_other("/masuk").noticed("done-password-set", &[]).finish()),
        Err(error @ ServiceError::NotFound) => gone(shell, error),
        Err(error) => {
            let mut form = Form::refused(fields, error.into(), shell.language)?;
            form.fields.set("password", "");
            answer(StatusCode::UNPROCESSABLE_ENTITY, shell, form, owner, &token)
        }
    }
}

/// The form; its address is a secret that no other page and no cache should learn.
fn answer(
    status: StatusCode,
    shell: Shell,
    form: Form,
    owner: LinkOwner,
    token: &str,
) -> Result<HttpResponse, WebError> {
    let here = format!("/masuk/sandi/{token}");
    let names = [("name", owner.name.to_string()), ("login", owner.login.to_string())];
    let lead = shell.tv("new-password-lead", &names);
    let mut response = page(status, &shell.clone(), &NewPasswordPage { shell, form, lead, owner, here })?;
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What somebody sees who comes late, or a second time.
fn gone(shell: Shell, error: ServiceError) -> Result<HttpResponse, WebError> {
    match error {
        ServiceError::NotFound => page(StatusCode::NOT_FOUND, &shell.clone(), &LinkGonePage { shell }),
        other => Err(other.into()),
    }
}
