//! One entry: everything that is known of it, and taking it in for another event or date than it was sent for.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::Days;

use super::words::{in_words, refused};
use crate::domain::dates::parse_date;
use crate::domain::id::EntryId;
use crate::domain::page::Cut;
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::tally::HeldDecision;
use crate::domain::text::Note;
use crate::service::planning::EventQuery;
use crate::service::recording::{AcceptHeld, ShownHeld};
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::manage::people::load_people;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

/// How many days around the entry's date another event is looked for.
const AROUND_DAYS: u64 = 3;

/// Most events that are offered.
const OFFERED: usize = 100;

#[derive(Template)]
#[template(path = "manage/held_one.html", config = "src/web/pages/askama.toml")]
struct HeldPage {
    shell: Shell,
    shown: ShownHeld,
    sender: String,
    says: String,
    reason: String,
    /// Events around the date, as (id, label).
    events: Vec<(String, String)>,
    waiting: bool,
    form: Form,
}

#[get("/perlu-keputusan/{id}")]
pub async fn show_held(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let shown = find(&services, &shell, &path.1).await?;
    let event = if shown.event_title.is_some() { shown.held.entry.event.to_string() } else { String::new() };
    let fields = FormFields::of([("event", event), ("date", shown.held.entry.date.to_string())]);
    show(&services, shell, StatusCode::OK, shown, Form::open(fields)).await
}

#[post("/perlu-keputusan/{id}/terima")]
pub async fn accept_held(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let shown = find(&services, &shell, &path.1).await?;
    let id = shown.held.entry.id;
    let accepted = match read_acceptance(&fields) {
        Ok(command) => services.accept_held(shell.caller()?, &shell.office()?.code, id, command).await,
        Err(errors) => Err(errors.into()),
    };
    finish(&services, shell, shown, fields, accepted, "done-held-accepted").await
}

#[post("/perlu-keputusan/{id}/abaikan")]
pub async fn dismiss_held(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let shown = find(&services, &shell, &path.1).await?;
    let id = shown.held.entry.id;
    let reason = fields.text("reason").ok_or(Rule::ReasonRequired).and_then(|text| text.parse::<Note>());
    let dismissed = match reason {
        Ok(reason) => services.dismiss_held(shell.caller()?, &shell.office()?.code, id, reason).await,
        Err(rule) => Err(ServiceError::invalid("reason", rule)),
    };
    finish(&services, shell, shown, fields, dismissed, "done-held-dismissed").await
}

async fn finish(
    services: &Services,
    shell: Shell,
    shown: ShownHeld,
    fields: FormFields,
    decided: Result<ShownHeld, ServiceError>,
    notice: &str,
) -> Result<HttpResponse, WebError> {
    match decided {
        Ok(_) => Ok(see_other(&shell.place("perlu-keputusan")).noticed(notice, &[("count", "1")]).finish()),
        Err(error) => {
            let form = refused(&shell, fields, error)?;
            show(services, shell, StatusCode::UNPROCESSABLE_ENTITY, shown, form).await
        }
    }
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    shown: ShownHeld,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let people = load_people(services, &shell).await?;
    let sender = shown.sender.as_ref().map_or_else(|| "–".to_owned(), |login| people.name(login).to_owned());
    let waiting = shown.held.decision == HeldDecision::Waiting;
    let answer = HeldPage {
        sender,
        says: in_words(&shell, &shown.held.entry),
        reason: shell.label("held-for", shown.held.reason.as_str()),
        events: if waiting { list_events(services, &shell, &shown).await? } else { Vec::new() },
        waiting,
        form,
        shown,
        shell: shell.clone(),
    };
    page(status, &shell, &answer)
}

/// The events around the entry's date, and the one that it was sent for.
async fn list_events(services: &Services, shell: &Shell, shown: &ShownHeld) -> Result<Vec<(String, String)>, WebError> {
    let date = shown.held.entry.date;
    let from = date.checked_sub_days(Days::new(AROUND_DAYS));
    let to = date.checked_add_days(Days::new(AROUND_DAYS));
    let query = EventQuery { from, to, ..EventQuery::default() };
    let found = services.list_events(shell.caller()?, &shell.office()?.code, query, Cut::new(OFFERED, None)).await?;
    let own = shown.held.entry.event;
    let mut events: Vec<(String, String)> = Vec::new();
    for booked in found.items {
        let days: Vec<String> = booked.event.days.dates().map(|date| shell.short_date(&date)).collect();
        events.push((booked.event.id.to_string(), format!("{} · {}", booked.event.title, days.join(", "))));
    }
    if let Some(title) = &shown.event_title
        && !events.iter().any(|(id, _)| *id == own.to_string())
    {
        events.insert(0, (own.to_string(), title.to_string()));
    }
    Ok(events)
}

async fn find(services: &Services, shell: &Shell, id: &str) -> Result<ShownHeld, WebError> {
    let id: EntryId = id.parse().map_err(|_| ServiceError::NotFound)?;
    Ok(services.find_held(shell.caller()?, &shell.office()?.code, id).await?)
}

fn read_acceptance(fields: &FormFields) -> Result<AcceptHeld, Vec<FieldError>> {
    let mut check = Check::new();
    let event = check.optional("event", fields.text("event"), |text| text.parse());
    let date = check.optional("date", fields.text("date"), |text| parse_date(&text));
    let reason = check.optional("reason", fields.text("reason"), |text| text.parse());
    check.finish((|| Some(AcceptHeld { event: event?, date: date?, reason: reason? }))())
}
