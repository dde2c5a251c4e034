//! The form of a user: added and changed by an admin; a password set anew by whoever may.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::list::show_one;
use super::one::{find, place_of};
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError};
use crate::domain::staff::{Password, Role, User, UserDetails, UserInput};
use crate::domain::text::Login;
use crate::service::Services;
use crate::service::accounts::{AddUser, ChangeUser};
use crate::web::error::WebError;
use crate::web::pages::manage::scopes::scope_choices;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "manage/user_edit.html", config = "src/web/pages/askama.toml")]
struct UserForm {
    shell: Shell,
    form: Form,
    /// The user who is changed, and his page; none for a new one.
    user: Option<(User, String)>,
    roles: Vec<(&'static str, String)>,
    scopes: Vec<(String, String)>,
    languages: Vec<(&'static str, String)>,
}

#[get("/pengguna/baru")]
pub async fn open_new_user(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let scope = shell.office()?.code.to_string();
    let form = Form::open(FormFields::of([("scope", scope), ("role", Role::Officer.to_string())]));
    show(&services, shell, StatusCode::OK, form, None).await
}

#[post("/pengguna/baru")]
pub async fn add_user(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let added = match read_new(&fields) {
        Ok(command) => services.add_user(shell.caller()?, command).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(user) => {
            let name = [("name", user.details.name.as_str())];
            Ok(see_other(&place_of(&shell, &user.login)).noticed("done-user-added", &name).finish())
        }
        Err(error) => {
            let mut form = Form::refused(fields, error, shell.language)?;
            form.fields.set("password", "");
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
    }
}

#[get("/pengguna/{login}/ubah")]
pub async fn open_user(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let user = find(&services, &shell, &path.1).await?;
    show(&services, shell, StatusCode::OK, Form::open(fields_of(&user)), Some(user)).await
}

#[post("/pengguna/{login}/ubah")]
pub async fn change_user(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let stored = find(&services, &shell, &path.1).await?;
    let changed = match input(&fields).check() {
        Ok(details) => {
            let known = fields.raw("version").parse().unwrap_or(stored.version);
            let command = ChangeUser { login: stored.login.clone(), details, archived: stored.archived, known };
            services.change_user(shell.caller()?, command).await.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(user) => {
            let name = [("name", user.details.name.as_str())];
            Ok(see_other(&place_of(&shell, &user.login)).noticed("done-user-changed", &name).finish())
        }
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(stored)).await
        }
    }
}

/// Sets a password; whoever was signed in with the old one is signed out.
#[post("/pengguna/{login}/kata-sandi")]
pub async fn reset_password(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let user = find(&services, &shell, &path.1).await?;
    let mut check = Check::new();
    let password = check.field("password", fields.raw("password").parse::<Password>());
    let reset = match check.finish(password) {
        Ok(password) => {
            services.reset_password(shell.caller()?, user.login.clone(), password).await.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match reset {
        Ok(()) => {
            let name = [("name", user.details.name.as_str())];
            Ok(see_other(&place_of(&shell, &user.login)).noticed("done-password-reset", &name).finish())
        }
        Err(error) => {
            // What was typed is a secret: it is not written into a page.
            let form = Form::refused(FormFields::default(), error, shell.language)?;
            show_one(shell, StatusCode::UNPROCESSABLE_ENTITY, user, form)
        }
    }
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    user: Option<User>,
) -> Result<HttpResponse, WebError> {
    let scopes = scope_choices(services, &shell).await?;
    let user = user.map(|user| {
        let place = place_of(&shell, &user.login);
        (user, place)
    });
    let roles = [Role::Officer, Role::Coordinator, Role::Head, Role::Viewer, Role::Admin];
    let roles = roles.map(|role| (role.as_str(), shell.label("role", role.as_str()))).to_vec();
    let languages = ["id", "en"].map(|code| (code, shell.label("language", code))).to_vec();
    page(status, &shell.clone(), &UserForm { shell, form, user, roles, scopes, languages })
}

fn input(fields: &FormFields) -> UserInput {
    UserInput {
        name: fields.text("name"),
        role: fields.text("role"),
        // The nation is the empty text, which a choice sends as it is.
        scope: Some(fields.raw("scope").to_owned()),
        email: fields.text("email"),
        phone: fields.text("phone"),
        rank: fields.text("rank"),
        nip: fields.text("nip"),
        language: fields.text("language"),
    }
}

fn read_new(fields: &FormFields) -> Result<AddUser, Vec<FieldError>> {
    let mut check = Check::new();
    let login: Option<Login> = check.required("login", fields.text("login"), |text| text.to_lowercase().parse());
    let typed = Some(fields.raw("password")).filter(|typed| !typed.is_empty());
    let password: Option<Option<Password>> = check.optional("password", typed, str::parse);
    let details: Option<UserDetails> = match input(fields).check() {
        Ok(details) => Some(details),
        Err(errors) => {
            check.extend(errors);
            None
        }
    };
    check.finish((|| Some(AddUser { login: login?, details: details?, password: password? }))())
}

/// A stored user as his form shows him.
fn fields_of(user: &User) -> FormFields {
    let details = &user.details;
    let text = |value: Option<String>| value.unwrap_or_default();
    FormFields::of([
        ("version", user.version.to_string()),
        ("name", details.name.to_string()),
        ("role", details.role.to_string()),
        ("scope", details.scope.to_string()),
        ("email", text(details.email.as_ref().map(ToString::to_string))),
        ("phone", text(details.phone.as_ref().map(ToString::to_string))),
        ("rank", text(details.rank.as_ref().map(ToString::to_string))),
        ("nip", text(details.nip.as_ref().map(|nip| nip.as_str().to_owned()))),
        ("language", text(details.language.map(|language| language.to_string()))),
    ])
}
