//! `/{office}/total/{id}/rinci`: which events a total of the office consists of. Their exact sum takes its place.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use crate::domain::event::Precision;
use crate::domain::id::{EventId, TotalId};
use crate::domain::permission::ActionKind;
use crate::service::recording::SplitSheet;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::wording::numbers;

#[derive(Template)]
#[template(path = "manage/split.html", config = "src/web/pages/askama.toml")]
struct SplitPage {
    shell: Shell,
    form: Form,
    id: TotalId,
    title: String,
    source: String,
    /// For the form of an event that already happened.
    date: String,
    is_split: bool,
    events: Vec<EventChoice>,
}

/// An event of the day, which may be chosen if its count is exact.
struct EventChoice {
    id: EventId,
    title: String,
    venue: String,
    count: String,
    is_exact: bool,
    is_chosen: bool,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(open_split).service(split).service(join);
}

#[get("/total/{id}/rinci")]
async fn open_split(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let sheet = services.find_split(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    show(shell, StatusCode::OK, Form::default(), &sheet)
}

#[post("/total/{id}/rinci")]
async fn split(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = path_id(&path.1)?;
    // What is no id comes from no page of ours.
    let events = fields.all("events").iter().filter_map(|text| text.parse().ok()).collect();
    let (caller, office) = (shell.caller()?.clone(), shell.office()?.code.clone());
    match services.split_total(&caller, &office, id, events).await {
        Ok(_) => Ok(see_other(&shell.place("total")).noticed("done-total-split", &[]).finish()),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            let sheet = services.find_split(&caller, &office, id).await?;
            show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, &sheet)
        }
    }
}

#[post("/total/{id}/gabung")]
async fn join(services: Data<Services>, shell: Shell, path: Path<(String, String)>) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = path_id(&path.1)?;
    let (caller, office) = (shell.caller()?.clone(), shell.office()?.code.clone());
    match services.join_total(&caller, &office, id).await {
        Ok(()) => Ok(see_other(&shell.place("total")).noticed("done-total-joined", &[]).finish()),
        Err(error) => {
            let form = Form::refused(FormFields::default(), error.into(), shell.language)?;
            let sheet = services.find_split(&caller, &office, id).await?;
            show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, &sheet)
        }
    }
}

fn show(shell: Shell, status: StatusCode, form: Form, sheet: &SplitSheet) -> Result<HttpResponse, WebError> {
    let details = &sheet.total.details;
    let figure = numbers::figure(shell.language, details.figure);
    let view = SplitPage {
        id: sheet.total.id,
        title: shell.t2("split-of", ("figure", &figure), ("date", &shell.date(&details.date))),
        source: details.source.to_string(),
        date: details.date.to_string(),
        is_split: sheet.is_split(),
        events: sheet
            .events
            .iter()
            .map(|(event, is_chosen)| EventChoice {
                id: event.id,
                title: event.title.to_string(),
                venue: event.venue.as_ref().map(ToString::to_string).unwrap_or_default(),
                count: event.activated.map_or_else(|| shell.label("reporting", "unreported"), |n| shell.count(n)),
                is_exact: event.precision == Precision::Exact && event.activated.is_some(),
                is_chosen: *is_chosen,
            })
            .collect(),
        form,
        shell,
    };
    page(status, &view.shell.clone(), &view)
}

fn path_id(text: &str) -> Result<TotalId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}
