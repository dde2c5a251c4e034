//! `/siapkan`: the page of an installation's first minutes. It exists only while nobody can sign in.

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::sign_in::client_address;
use super::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::domain::office::parse_office_code;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::staff::UserInput;
use crate::service::set_up::SetUp;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::same_site;
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "account/set_up.html", config = "src/web/pages/askama.toml")]
struct SetUpPage {
    shell: Shell,
    form: Form,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_set_up).service(set_up);
}

#[get("")]
async fn show_set_up(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    if services.has_users().await? {
        return Err(ServiceError::NotFound.into());
    }
    page(StatusCode::OK, &shell.clone(), &SetUpPage { shell, form: Form::default() })
}

/// Makes the first office and its admin.
#[post("")]
async fn set_up(
    services: Data<Services>,
    site: Data<Site>,
    shell: Shell,
    request: HttpRequest,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    let made = match read(&fields) {
        Ok(command) => services.set_up(command, client_address(&request, &site)).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match made {
        Ok(()) => Ok(see_other("/masuk").noticed("done-set-up", &[]).finish()),
        Err(error) => {
            let mut form = Form::refused(fields, error, shell.language)?;
            // A secret is not written into a page.
            form.fields.set("password", "");
            page(StatusCode::UNPROCESSABLE_ENTITY, &shell.clone(), &SetUpPage { shell, form })
        }
    }
}

fn read(fields: &FormFields) -> Result<SetUp, Vec<FieldError>> {
    let mut check = Check::new();
    let code = check.field("set_up_code", fields.text("set_up_code").ok_or(Rule::Required));
    let office = check.required("office", fields.text("office"), |text| parse_office_code(&text));
    let office_name = check.optional("office_name", fields.text("office_name"), |text| text.parse());
    let login = check.required("login", fields.text("login"), |text| text.parse());
    let password = check.field("password", fields.raw("password").parse());
    // The first admin is responsible for everything: he adds offices and their people.
    let input = UserInput {
        name: fields.text("name"),
        role: Some("admin".to_owned()),
        scope: Some(String::new()),
        ..UserInput::default()
    };
    let admin = match input.check() {
        Ok(admin) => Some(admin),
        Err(errors) => {
            check.extend(errors);
            None
        }
    };
    let built = (|| {
        Some(SetUp {
            code: code?,
            office: office?,
            office_name: office_name?,
            login: login?,
            admin: admin?,
            password: password?,
        })
    })();
    check.finish(built)
}
