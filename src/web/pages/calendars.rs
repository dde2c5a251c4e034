//! `/{office}/kalender`: the reader's calendar addresses; `/kalender/{secret}.ics`: what calendar programs read there;
//! `/{office}/kegiatan/{id}.ics`: one event for the reader's own calendar.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETAG, IF_NONE_MATCH};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::sign_in::client_address;
use super::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::domain::id::EventId;
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::service::calendars::{NamedFeed, OpenedFeed};
use crate::service::{ServiceError, Services};
use crate::web::api::calendars::{feed_address, read_calendar};
use crate::web::error::WebError;
use crate::web::site::Site;

/// How long a calendar program may show what it has without asking again, in seconds.
const FRESH: &str = "private, max-age=300";

#[derive(Template)]
#[template(path = "calendars/list.html", config = "src/web/pages/askama.toml")]
struct CalendarPage {
    shell: Shell,
    form: Form,
    feeds: Vec<NamedFeed>,
    /// What a new calendar can show: value and label.
    choices: Vec<(String, String)>,
    opened: Option<OpenedView>,
}

/// An address that was just opened: shown this once.
struct OpenedView {
    address: String,
    /// The same for programs that subscribe by a link.
    subscribe: String,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(list_calendars).service(open_calendar).service(revoke_calendar).service(show_event);
}

#[get("/kalender")]
async fn list_calendars(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    answer(&services, shell, StatusCode::OK, Form::default(), None).await
}

/// Opens an address and shows it on this very page, since nobody can show it again.
#[post("/kalender")]
async fn open_calendar(
    services: Data<Services>,
    site: Data<Site>,
    shell: Shell,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    match open(&services, &shell, &fields).await {
        Ok(opened) => {
            let address = feed_address(&site, &opened.secret);
            let subscribe = address.split_once("://").map_or_else(String::new, |(_, rest)| format!("webcal://{rest}"));
            let opened = OpenedView { address, subscribe };
            answer(&services, shell, StatusCode::CREATED, Form::default(), Some(opened)).await
        }
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            answer(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
    }
}

async fn open(services: &Services, shell: &Shell, fields: &FormFields) -> Result<OpenedFeed, WebError> {
    let chosen = fields.text("kind");
    // A team stands in the same list as the other choices.
    let (kind, team) = match chosen.as_deref().and_then(|chosen| chosen.split_once(':')) {
        Some((kind, team)) => (Some(kind.to_owned()), Some(team.to_owned())),
        None => (chosen, None),
    };
    Ok(services.open_feed(shell.caller()?, &shell.office()?.code, read_calendar(kind, team)?).await?)
}

#[post("/kalender/{id}/cabut")]
async fn revoke_calendar(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (_, id) = path.into_inner();
    let id = id.parse().map_err(|_| ServiceError::NotFound)?;
    services.revoke_feed(shell.caller()?, &shell.office()?.code, id).await?;
    Ok(see_other(&shell.place("kalender")).noticed("done-calendar-revoked", &[]).finish())
}

async fn answer(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    opened: Option<OpenedView>,
) -> Result<HttpResponse, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let feeds = services.list_feeds(caller, office, Cut::new(LIMIT_MAX, None)).await?.items;
    let mut choices = vec![("officer".to_owned(), shell.t("calendar-own"))];
    if shell.may_plan() {
        choices.push(("office".to_owned(), shell.t("calendar-whole-office")));
        let teams = services.list_teams(caller, office, false, Cut::new(LIMIT_MAX, None)).await?;
        choices.extend(teams.items.into_iter().map(|staffed| {
            let (code, name) = (staffed.team.code, staffed.team.details.name);
            (format!("team:{code}"), shell.t1("calendar-of-team", "team", name))
        }));
    }
    page(status, &shell.clone(), &CalendarPage { shell, form, feeds, choices, opened })
}

/// The calendar of an address, to whoever knows it.
#[get("/kalender/{secret}.ics")]
pub async fn show_feed(
    services: Data<Services>,
    site: Data<Site>,
    request: HttpRequest,
    secret: Path<String>,
) -> Result<HttpResponse, WebError> {
    let calendar = services.read_feed(&secret, &site.public_url, client_address(&request, &site)).await?;
    let tag = format!("\"{}\"", calendar.version);
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((CACHE_CONTROL, FRESH)).insert_header((ETAG, tag));
    response.insert_header(("X-Robots-Tag", "noindex"));
    if known {
        return Ok(response.finish());
    }
    Ok(response.content_type(CALENDAR).body(calendar.text))
}

/// One event as a file for a calendar program.
#[get("/kegiatan/{id}.ics")]
async fn show_event(
    services: Data<Services>,
    site: Data<Site>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (_, id) = path.into_inner();
    let id: EventId = id.parse().map_err(|_| ServiceError::NotFound)?;
    let office = &shell.office()?.code;
    let calendar = services.export_event(shell.caller()?, office, id, shell.language, &site.public_url).await?;
    let name = "attachment; filename=\"jemput-bola.ics\"";
    Ok(HttpResponse::Ok().content_type(CALENDAR).insert_header((CONTENT_DISPOSITION, name)).body(calendar.text))
}

const CALENDAR: &str = "text/calendar; charset=utf-8; method=PUBLISH";
