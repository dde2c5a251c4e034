//! Copying a week to the next: what would be copied and what would not is shown first, then one button does it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;

use super::address::{Address, Span, monday_of};
use super::cards::when;
use super::words::{clash_sentence, holder};
use crate::domain::calendar::Pasaran;
use crate::domain::dates::parse_date;
use crate::domain::id::EventId;
use crate::domain::permission::ActionKind;
use crate::domain::text::Name;
use crate::service::schedule::{CopyFate, CopyItem, CopyWeek};
use crate::service::{Conflict, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::wording::warnings::warning_message;
use crate::wording::{dates, messages::message};

#[derive(Template)]
#[template(path = "board/copy_week.html", config = "src/web/pages/askama.toml")]
struct CopyWeekPage {
    shell: Shell,
    form: Form,
    reasons: Vec<String>,
    monday: NaiveDate,
    /// Which week goes to which.
    lead: String,
    copied: Vec<Line>,
    left: Vec<Line>,
    /// Those that are left out only because of a day off.
    days_off: usize,
    with_days_off: bool,
    back: String,
}

/// One event of the preview.
struct Line {
    source: EventId,
    place: String,
    teams: String,
    when: String,
    /// Why it is left out, or what to know about it.
    notes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A day of the week to copy.
    pekan: String,
    /// Present if events on holidays are copied, too.
    libur: String,
}

#[get("/papan/salin-pekan")]
pub async fn preview_copy(
    services: Data<Services>,
    shell: Shell,
    asked: Query<Asked>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    show(&services, shell, StatusCode::OK, &asked, Form::default(), Vec::new()).await
}

/// Copies what the preview listed, all of it or nothing.
#[post("/papan/salin-pekan")]
pub async fn copy_week(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let asked = Asked { pekan: fields.raw("pekan").to_owned(), libur: fields.raw("libur").to_owned() };
    let ids: Result<Vec<EventId>, _> = fields.all("event").iter().map(|id| id.parse()).collect();
    let (week, ids) = (week_of(&shell, &asked), ids.map_err(|_| WebError::Unreadable)?);
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let error = match services.copy_week(caller, office, week, ids).await {
        Ok(count) => {
            let to = week.monday.checked_add_signed(week.later).unwrap_or(week.monday);
            let place = shell.place(&format!("papan?{}", Address::default().at(Span::Week(to))));
            let count = shell.count(count);
            return Ok(see_other(&place).noticed("done-week-copied", &[("count", &count)]).finish());
        }
        Err(error) => error,
    };
    let problem = Some(shell.t("board-week-not-copied"));
    match error {
        ServiceError::Conflict(Conflict::Clashes(clashes)) => {
            let causes = services.explain_clashes(caller, office, clashes, Vec::new(), None).await?;
            let reasons = causes.iter().map(|cause| clash_sentence(&shell, cause)).collect();
            let form = Form { problem, ..Form::default() };
            show(&services, shell, StatusCode::CONFLICT, &asked, form, reasons).await
        }
        ServiceError::Stale => {
            let reasons = vec![shell.t("board-week-changed")];
            let form = Form { problem, ..Form::default() };
            show(&services, shell, StatusCode::PRECONDITION_FAILED, &asked, form, reasons).await
        }
        other => {
            let form = Form { problem, ..Form::refused(fields, other.into(), shell.language)? };
            let reasons = form.errors.iter().map(|error| error.message.clone()).collect();
            let form = Form { errors: Vec::new(), ..form };
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, &asked, form, reasons).await
        }
    }
}

fn week_of(shell: &Shell, asked: &Asked) -> CopyWeek {
    let day = parse_date(&asked.pekan).unwrap_or_else(|_| shell.today());
    CopyWeek { monday: monday_of(day), later: TimeDelta::days(7) }
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    asked: &Asked,
    form: Form,
    reasons: Vec<String>,
) -> Result<HttpResponse, WebError> {
    let week = week_of(&shell, asked);
    let from = Span::Week(week.monday);
    let to = from.after().ok_or(ServiceError::NotFound)?;
    let items = services.preview_week_copy(shell.caller()?, &shell.office()?.code, week).await?;
    let with_days_off = !asked.libur.is_empty();
    let days_off = items.iter().filter(|item| item.fate == CopyFate::DayOff).count();
    let is_copied = |item: &&CopyItem| item.fate == CopyFate::Free || (with_days_off && item.fate == CopyFate::DayOff);
    let (copied, left): (Vec<&CopyItem>, Vec<&CopyItem>) = items.iter().partition(is_copied);
    let template = CopyWeekPage {
        form,
        reasons,
        monday: week.monday,
        lead: shell.t2(
            "board-copy-week-lead",
            ("from", &dates::period(shell.language, from.days()?)),
            ("to", &dates::period(shell.language, to.days()?)),
        ),
        copied: copied.into_iter().map(|item| line(&shell, item)).collect(),
        left: left.into_iter().map(|item| line(&shell, item)).collect(),
        days_off,
        with_days_off,
        back: shell.place(&format!("papan?{}", Address::default().at(from))),
        shell,
    };
    page(status, &template.shell.clone(), &template)
}

fn line(shell: &Shell, item: &CopyItem) -> Line {
    let event = &item.copy.event;
    let days: Vec<String> = event
        .days
        .iter()
        .map(|day| {
            let pasaran = shell.label("pasaran", Pasaran::of(day.date()).as_str());
            format!("{} ({pasaran})", when(shell, day.date(), day.slots()))
        })
        .collect();
    let obstacle = match &item.fate {
        CopyFate::Free | CopyFate::DayOff => None,
        CopyFate::Archived => Some(shell.t("board-copy-archived")),
        CopyFate::Absent(name, date) => {
            let day = dates::day_of_year(shell.language, *date);
            Some(shell.t2("board-copy-absent", ("name", name.as_str()), ("day", &day)))
        }
        CopyFate::Taken(by) => Some(message(shell.language, "board-copy-taken", &[("holder", holder(shell, by))])),
    };
    let warnings = item.copy.warnings.iter().map(|warning| warning_message(shell.language, warning));
    Line {
        source: item.source,
        place: item.venue.as_ref().unwrap_or(&event.title).to_string(),
        teams: item.teams.iter().map(Name::as_str).collect::<Vec<_>>().join(", "),
        when: days.join("; "),
        notes: obstacle.into_iter().chain(warnings).collect(),
    }
}
