//! Copying an event to another day, by a form of two questions: when, and who.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::address::{Address, Span, monday_of};
use super::cards::{place_of, when};
use super::moving::team_choices;
use super::words::clash_sentence;
use crate::domain::dates::parse_date;
use crate::domain::event::{EventDay, EventDays};
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError};
use crate::service::planning::Wanted;
use crate::service::schedule::{BoardEvent, CopyEvent};
use crate::service::{Conflict, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::wording::dates;

#[derive(Template)]
#[template(path = "board/copy.html", config = "src/web/pages/askama.toml")]
struct CopyPage {
    shell: Shell,
    form: Form,
    place: String,
    source: Vec<String>,
    reasons: Vec<String>,
    teams: Vec<(String, String)>,
    back: String,
}

#[get("/papan/salin/{event}")]
pub async fn open_copy(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let event = services.find_board_event(shell.caller()?, &shell.office()?.code, event_id(&path.1)?).await?;
    let next_week = chrono::TimeDelta::days(7);
    let first = event.booked.event.days.dates().next().and_then(|first| first.checked_add_signed(next_week));
    let date = first.map(|date| ("date".to_owned(), date.to_string()));
    let teams = event.booked.teams.iter().map(|team| ("teams".to_owned(), team.to_string()));
    let fields = FormFields::from_pairs(date.into_iter().chain(teams).collect());
    show_form(&services, shell, StatusCode::OK, &event, Form::open(fields), Vec::new()).await
}

#[post("/papan/salin/{event}")]
pub async fn copy_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let event = services.find_board_event(caller, office, event_id(&path.1)?).await?;
    let copied = match read(&event, &fields) {
        Ok(command) => services.copy_event(caller, office, command).await,
        Err(errors) => Err(ServiceError::Invalid(errors)),
    };
    match copied {
        Ok(copy) => {
            let first = copy.event.days.dates().next().unwrap_or_default();
            let place = shell.place(&format!("papan?{}", Address::default().at(Span::Week(monday_of(first)))));
            let day = dates::day_of_year(shell.language, first);
            Ok(see_other(&place).noticed("done-event-copied", &[("place", &place_of(&event)), ("day", &day)]).finish())
        }
        Err(ServiceError::Conflict(Conflict::Clashes(clashes))) => {
            let days = copied_days(&event, &fields).map(|days| days.to_vec()).unwrap_or_default();
            let causes = services.explain_clashes(caller, office, clashes, days, None).await?;
            let reasons = causes.iter().map(|cause| clash_sentence(&shell, cause)).collect();
            let problem = Some(shell.t1("board-not-copied", "place", place_of(&event)));
            let form = Form { problem, ..Form::open(fields) };
            show_form(&services, shell, StatusCode::CONFLICT, &event, form, reasons).await
        }
        Err(error) => {
            let mut form = Form::refused(fields, error.into(), shell.language)?;
            for error in &mut form.errors {
                if !["date", "teams"].iter().any(|name| error.field.starts_with(name)) {
                    "teams".clone_into(&mut error.field);
                }
            }
            show_form(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, &event, form, Vec::new()).await
        }
    }
}

fn read(event: &BoardEvent, fields: &FormFields) -> Result<CopyEvent, Vec<FieldError>> {
    let mut check = Check::new();
    let first_day = check.required("date", fields.text("date"), |text| parse_date(&text));
    let parse = |(place, code): (usize, String)| check.field(format!("teams[{place}]"), code.parse());
    let teams: Vec<_> = fields.all("teams").into_iter().enumerate().map(parse).collect();
    let teams: Option<Vec<_>> = teams.into_iter().collect();
    let id = event.booked.event.id;
    check.finish(first_day.zip(teams).map(|(first_day, teams)| CopyEvent { id, first_day, teams }))
}

/// The days that the copy would have.
fn copied_days(event: &BoardEvent, fields: &FormFields) -> Option<EventDays> {
    let to = parse_date(fields.raw("date")).ok()?;
    let days = &event.booked.event.days;
    days.shifted(to - days.dates().next()?).ok()
}

async fn show_form(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    event: &BoardEvent,
    form: Form,
    reasons: Vec<String>,
) -> Result<HttpResponse, WebError> {
    let days: Vec<EventDay> = copied_days(event, &form.fields).map(|days| days.to_vec()).unwrap_or_default();
    let available = services.find_free(shell.caller()?, &shell.office()?.code, Wanted::on(&days)).await?;
    let first = event.booked.event.days.dates().next().unwrap_or_default();
    let template = CopyPage {
        place: place_of(event),
        source: event.booked.event.days.iter().map(|day| when(&shell, day.date(), day.slots())).collect(),
        reasons,
        teams: team_choices(&shell, &available),
        back: shell.place(&format!("papan?{}", Address::default().at(Span::Week(monday_of(first))))),
        form,
        shell,
    };
    page(status, &template.shell.clone(), &template)
}
