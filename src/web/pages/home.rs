//! `/`: home. Officers go to their phone page, readers of one office to it; whoever sees several gets a list of them.

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get, middleware};
use askama::Template;

use super::{Shell, page, see_other};
use crate::domain::office::Office;
use crate::service::Services;
use crate::web::authenticate::require_reader;
use crate::web::error::WebError;

#[derive(Template)]
#[template(path = "account/home.html", config = "src/web/pages/askama.toml")]
struct HomePage {
    shell: Shell,
    offices: Vec<Office>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_home);
}

#[get("/", wrap = "middleware::from_fn(require_reader)")]
async fn show_home(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    if shell.is_officer() {
        return Ok(see_other("/lapangan/").finish());
    }
    let offices = services.list_offices(shell.caller()?).await?;
    if let [only] = offices.as_slice()
        && !shell.has_many_offices()
    {
        return Ok(see_other(&format!("/{}/", only.code)).finish());
    }
    page(StatusCode::OK, &shell.clone(), &HomePage { shell, offices })
}
