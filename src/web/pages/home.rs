//! `/`: home. Officers go to their phone page, readers of one office to it; whoever sees several gets a list of them.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpResponse, get, middleware, post};
use askama::Template;
use serde::Deserialize;

use super::events::unreported_list;
use super::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::domain::office::{Office, parse_office_code};
use crate::domain::page::{Cut, Page};
use crate::domain::rule::{Check, FieldError};
use crate::service::Services;
use crate::service::offices::OfficeStanding;
use crate::service::targets::TargetStanding;
use crate::web::authenticate::require_reader;
use crate::web::error::WebError;
use crate::wording::pace;

/// Offices on one page: a province and its cities fit.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "account/home.html", config = "src/web/pages/askama.toml")]
struct HomePage {
    shell: Shell,
    offices: Page<(Office, OfficeStanding, Option<TargetStanding>)>,
    is_first: bool,
    /// What the offices come to, where all of them are on this page.
    lead: Option<String>,
    /// Where an office lists what it has not reported, below its own address.
    unreported: String,
    form: Form,
}

impl HomePage {
    /// What is achieved of the target, or why nobody can tell.
    fn share(&self, target: &TargetStanding) -> String {
        let language = self.shell.language;
        target.of_target.map_or_else(|missing| pace::reason(language, missing), |share| pace::share(language, share))
    }

    fn gap(&self, target: &TargetStanding) -> String {
        let language = self.shell.language;
        target.gap.map_or_else(|missing| pace::reason(language, missing), |gap| pace::amount(language, gap))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct HomeQuery {
    sesudah: String,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_home).service(add_office);
}

#[get("/", wrap = "middleware::from_fn(require_reader)")]
async fn show_home(services: Data<Services>, shell: Shell, query: Query<HomeQuery>) -> Result<HttpResponse, WebError> {
    if let Some(only) = shell.only_office() {
        let place = if shell.is_officer() { "/lapangan/".to_owned() } else { format!("/{only}/") };
        return Ok(see_other(&place).finish());
    }
    show(&services, shell, StatusCode::OK, &query.sesudah, Form::default()).await
}

/// Adds an office, by those who may.
#[post("/kantor", wrap = "middleware::from_fn(require_reader)")]
async fn add_office(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    match add(&services, &shell, &fields).await {
        Ok(office) => {
            let place = format!("/{}/", office.code);
            Ok(see_other(&place).noticed("done-office-added", &[("office", office.name.as_str())]).finish())
        }
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, "", form).await
        }
    }
}

async fn add(services: &Services, shell: &Shell, fields: &FormFields) -> Result<Office, WebError> {
    let read = || -> Result<_, Vec<FieldError>> {
        let mut check = Check::new();
        let code = check.required("code", fields.text("code"), |text| parse_office_code(&text));
        let name = check.optional("name", fields.text("name"), |text| text.parse());
        check.finish(code.zip(name))
    };
    let (code, name) = read()?;
    Ok(services.add_office(shell.caller()?, code, name).await?)
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    after: &str,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let cut = Cut::new(PAGE, after.parse().ok());
    let is_first = cut.after.is_none();
    let mut offices = services.list_office_standings(shell.caller()?, cut).await?;
    let mut lead = None;
    if is_first && !offices.more && offices.items.len() > 1 {
        // Whoever is furthest from the target first; sorted by code, so that offices alike stay in that order.
        offices.items.sort_by(|(_, _, one), (_, _, other)| achieved(*one).total_cmp(&achieved(*other)));
        lead = Some(sum(&shell, &offices.items));
    }
    page(status, &shell.clone(), &HomePage { shell, offices, is_first, lead, unreported: unreported_list(), form })
}

/// The share of the target that is achieved; an office of which nobody can tell stands behind the others.
fn achieved(target: Option<TargetStanding>) -> f64 {
    target.and_then(|target| target.of_target.ok()).map_or(f64::INFINITY, |share| share.low)
}

/// "5 kantor: 312 aktivasi jemput bola pekan ini, 4 kegiatan belum dilaporkan."
fn sum(shell: &Shell, offices: &[(Office, OfficeStanding, Option<TargetStanding>)]) -> String {
    let activated: i64 = offices.iter().map(|(_, standing, _)| standing.activated).sum();
    let unreported: i64 = offices.iter().map(|(_, standing, _)| standing.unreported).sum();
    let args = [
        ("offices", shell.count(offices.len())),
        ("activated", shell.count(activated)),
        ("unreported", shell.count(unreported)),
    ];
    shell.tv("offices-sum", &args)
}
