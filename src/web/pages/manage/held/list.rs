//! The entries that wait, or those that were decided.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::words::in_words;
use crate::domain::page::{Cut, Page};
use crate::domain::tally::{HeldDecision, HeldEntry};
use crate::service::Services;
use crate::service::recording::ShownHeld;
use crate::web::error::WebError;
use crate::web::pages::manage::list::PAGE;
use crate::web::pages::manage::people::load_people;
use crate::web::pages::{Form, Shell, page};

#[derive(Template)]
#[template(path = "manage/held.html", config = "src/web/pages/askama.toml")]
struct HeldList {
    shell: Shell,
    rows: Vec<HeldLine>,
    waiting: bool,
    next: String,
    first: bool,
    form: Form,
}

/// One line of the list, in words.
#[derive(Debug, Clone)]
pub struct HeldLine {
    pub held: HeldEntry,
    /// By whom and when.
    pub sent: String,
    /// Title of the event; none if the office does not know it.
    pub event: Option<String>,
    pub says: String,
    pub reason: String,
    /// Why this one could not be decided with the others.
    pub failure: Option<String>,
}

/// Which entries the list shows; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HeldQuery {
    /// accepted or dismissed; those that wait if it is neither.
    #[serde(skip_serializing_if = "String::is_empty")]
    status: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

#[get("/perlu-keputusan")]
pub async fn list_held(
    services: Data<Services>,
    shell: Shell,
    query: Query<HeldQuery>,
) -> Result<HttpResponse, WebError> {
    show(&services, shell, StatusCode::OK, query.into_inner(), Form::default(), &[]).await
}

/// `failures` are entries that could not be decided, with the reason in words.
pub async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    query: HeldQuery,
    form: Form,
    failures: &[(String, String)],
) -> Result<HttpResponse, WebError> {
    let decision = query.status.parse().ok().filter(|given| *given != HeldDecision::Waiting);
    let decision = decision.unwrap_or(HeldDecision::Waiting);
    let cut = Cut::new(PAGE, query.sesudah.parse().ok());
    let held = services.list_held(shell.caller()?, &shell.office()?.code, Some(decision), cut).await?;
    let people = load_people(services, &shell).await?;
    let next = next(&query, &held);
    let line = |shown: ShownHeld| {
        let id = shown.held.entry.id.to_string();
        let sender = shown.sender.as_ref().map_or("–", |login| people.name(login));
        HeldLine {
            sent: shell.t2("manage-held-sent", ("who", sender), ("when", &shell.moment(&shown.held.received_at))),
            event: shown.event_title.map(crate::domain::text::Name::into_string),
            says: in_words(&shell, &shown.held.entry),
            reason: shell.label("held-for", shown.held.reason.as_str()),
            failure: failures.iter().find(|(failed, _)| *failed == id).map(|(_, why)| why.clone()),
            held: shown.held,
        }
    };
    let rows = held.items.into_iter().map(line).collect();
    let (waiting, first) = (decision == HeldDecision::Waiting, query.sesudah.is_empty());
    page(status, &shell.clone(), &HeldList { shell, rows, waiting, next, first, form })
}

fn next(query: &HeldQuery, held: &Page<ShownHeld>) -> String {
    let Some(last) = held.items.last().filter(|_| held.more) else { return String::new() };
    let next = HeldQuery { sesudah: last.held.key().to_string(), ..query.clone() };
    serde_urlencoded::to_string(next).unwrap_or_default()
}
