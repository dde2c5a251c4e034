//! The form of an event: booked, copied, changed. Without script every button sends the whole form; "Periksa" and the
//! offered days show it again with what is free, "Simpan …" stores it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, get, post};

use super::days::{DayRow, TypedDays, rows_of};
use super::edit_page::{Meanwhile, look_around, show};
use super::prefill::{Prefill, differ, prefilled, stored_fields};
use super::suggest::explain;
use super::typed::{Needs, all_errors, read, set_days};
use crate::domain::permission::ActionKind;
use crate::service::planning::{BookEvent, BookedEvent};
use crate::service::{Conflict, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, FormFields, Noticed, Shell, see_other};
use crate::wording::trail::trail_actor;

#[get("/kegiatan/baru")]
pub async fn open_new_event(
    services: Data<Services>,
    shell: Shell,
    query: Query<Prefill>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let fields = prefilled(&services, &shell, &query).await?;
    show(&services, shell, StatusCode::OK, Form::open(fields), None, Meanwhile::default()).await
}

#[post("/kegiatan/baru")]
pub async fn book_event(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let Some(state) = fields.text("state") else { return show_again(&services, shell, fields, None).await };
    let around = look_around(&services, &shell, &fields, None).await?;
    let typed = TypedDays::of(&around.rows);
    let (input, errors) = read(&shell, &fields, &around.pick, &typed);
    let booked = match all_errors(&input, &typed, errors, Needs::of(None)) {
        Ok(()) => {
            let command = BookEvent { input, state: Some(state) };
            services.book_event(shell.caller()?, &shell.office()?.code, command).await.map_err(|e| typed.by_rows(e))
        }
        Err(error) => Err(error),
    };
    match booked {
        Ok(booked) => Ok(saved(&shell, &booked, "done-event-booked")),
        Err(error) => refuse(&services, shell, fields, error, None).await,
    }
}

#[get("/kegiatan/{id}/ubah")]
pub async fn open_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = event_id(&path.1)?;
    let booked = services.find_event(shell.caller()?, &shell.office()?.code, id).await?;
    let fields = stored_fields(&services, &shell, &booked, &DayRow::of_days(&booked.event.days)).await?;
    show(&services, shell, StatusCode::OK, Form::open(fields), Some(&booked), Meanwhile::default()).await
}

#[post("/kegiatan/{id}/ubah")]
pub async fn revise_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = event_id(&path.1)?;
    let stored = services.find_event(shell.caller()?, &shell.office()?.code, id).await?;
    if !fields.is("save", "1") {
        return show_again(&services, shell, fields, Some(&stored)).await;
    }
    let known: i64 = fields.text("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let around = look_around(&services, &shell, &fields, Some(id)).await?;
    let typed = TypedDays::of(&around.rows);
    let (input, errors) = read(&shell, &fields, &around.pick, &typed);
    let revised = match all_errors(&input, &typed, errors, Needs::of(Some(&stored))) {
        Ok(()) => {
            let revised = services.revise_event(shell.caller()?, &shell.office()?.code, id, input, known).await;
            revised.map_err(|error| typed.by_rows(error))
        }
        Err(error) => Err(error),
    };
    match revised {
        Ok(booked) => Ok(saved(&shell, &booked, "done-event-revised")),
        Err(error) => refuse(&services, shell, fields, error, Some(&stored)).await,
    }
}

fn saved(shell: &Shell, booked: &BookedEvent, notice: &str) -> HttpResponse {
    let place = shell.place(&format!("kegiatan/{}", booked.event.id));
    let state = shell.label("event-state", booked.event.state.as_str());
    let args = [("title", booked.event.title.as_str()), ("state", state.as_str())];
    see_other(&place).noticed(notice, &args).finish()
}

/// The form again with the reason for which it was refused, and all that was typed.
async fn refuse(
    services: &Services,
    shell: Shell,
    mut fields: FormFields,
    error: ServiceError,
    stored: Option<&BookedEvent>,
) -> Result<HttpResponse, WebError> {
    let clash = match &error {
        ServiceError::Conflict(Conflict::Clashes(clashes)) => Some(clashes.clone()),
        _ => None,
    };
    let is_stale = matches!(error, ServiceError::Stale);
    let mut differences = Vec::new();
    if let Some(stored) = stored.filter(|_| is_stale) {
        differences = differ(services, &shell, &fields, stored).await?;
        // Whoever has seen both and saves again means it.
        fields.set("version", stored.event.version.to_string());
    }
    let mut form = Form::refused(fields, error.into(), shell.language)?;
    if !differences.is_empty() {
        // The comparison says it, and what to do: the page needs no reload.
        form.problem = None;
    }
    let changed_by = if is_stale { last_to_change(services, &shell, stored).await? } else { None };
    let mut status = if is_stale { StatusCode::PRECONDITION_FAILED } else { StatusCode::UNPROCESSABLE_ENTITY };
    if let Some(clashes) = clash {
        let around = look_around(services, &shell, &form.fields, stored.map(|booked| booked.event.id)).await?;
        form.errors = explain(&shell, &clashes, &around.free);
        form.clashes = Vec::new();
        status = StatusCode::CONFLICT;
    }
    show(services, shell, status, form, stored, Meanwhile { differences, changed_by }).await
}

/// Who changed the event last, if the trail knows a person.
async fn last_to_change(
    services: &Services,
    shell: &Shell,
    stored: Option<&BookedEvent>,
) -> Result<Option<String>, WebError> {
    let Some(stored) = stored else { return Ok(None) };
    let sheet = services.find_event_sheet(shell.caller()?, &shell.office()?.code, stored.event.id).await?;
    let last = sheet.trail.iter().max_by_key(|entry| entry.at);
    Ok(last.map(|entry| sheet.name_of(&trail_actor(shell.language, &entry.actor))))
}

/// The form again, because something in it shall be looked up: nothing is stored.
async fn show_again(
    services: &Services,
    shell: Shell,
    mut fields: FormFields,
    stored: Option<&BookedEvent>,
) -> Result<HttpResponse, WebError> {
    let mut rows = rows_of(&fields);
    if let (Some(date), Some(first)) = (fields.text("pick_date"), rows.first_mut()) {
        first.date = date;
        first.until = String::new();
    }
    set_days(&mut fields, &rows);
    if let Some(code) = fields.text("pick_venue") {
        fields.set("venue", code);
    }
    show(services, shell, StatusCode::OK, Form::open(fields), stored, Meanwhile::default()).await
}
