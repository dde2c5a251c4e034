//! Moving an event: by a small form, or by a card that was dropped elsewhere. Both take the same step.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::address::{Address, Span, monday_of};
use super::cards::{place_of, when};
use super::words::{choice, clash_sentence, free_lists};
use crate::domain::dates::{parse_date, print_time};
use crate::domain::event::input::{DayInput, parse_days};
use crate::domain::event::{EventDays, Slot};
use crate::domain::id::EventId;
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError};
use crate::domain::team::{Team, Unit};
use crate::domain::text::Code;
use crate::service::planning::{Availability, Bookable, Wanted};
use crate::service::schedule::{BoardEvent, Relocation};
use crate::service::{Conflict, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::web::problem::field_errors;
use crate::wording::dates;

#[derive(Template)]
#[template(path = "board/move.html", config = "src/web/pages/askama.toml")]
struct MovePage {
    shell: Shell,
    form: Form,
    id: EventId,
    place: String,
    /// When and by whom it is planned now.
    now: Vec<String>,
    /// What stands in the way.
    reasons: Vec<String>,
    days: Vec<DayFields>,
    slots: Vec<(&'static str, String)>,
    teams: Vec<(String, String)>,
    units: Vec<(String, String)>,
    free: Vec<(String, String)>,
    back: String,
}

/// The names of the fields of one day.
struct DayFields {
    legend: String,
    date: String,
    slots: String,
    starts: String,
    ends: String,
}

/// The answer to a dropped card: a piece of the page.
#[derive(Template)]
#[template(path = "board/moved.html", config = "src/web/pages/askama.toml")]
struct Moved {
    shell: Shell,
    tone: &'static str,
    title: String,
    reasons: Vec<String>,
    /// The form with what was tried, where something can be chosen instead.
    form: Option<String>,
}

/// Where a card was dropped that did not stay there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tried {
    dari: String,
    ke: String,
    tim_dari: String,
    tim_ke: String,
}

#[get("/papan/pindah/{event}")]
pub async fn open_move(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    tried: Query<Tried>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let event = services.find_board_event(shell.caller()?, &shell.office()?.code, event_id(&path.1)?).await?;
    let to = dropped(&event, &tried).ok().flatten().unwrap_or_else(|| stays(&event));
    let form = Form::open(fields_of(&event, &to));
    show_form(&services, shell, StatusCode::OK, &event, form, Vec::new()).await
}

#[post("/papan/pindah/{event}")]
pub async fn move_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let event = services.find_board_event(shell.caller()?, &shell.office()?.code, event_id(&path.1)?).await?;
    if fields.text("lihat").is_some() {
        return show_form(&services, shell, StatusCode::OK, &event, Form::open(fields), Vec::new()).await;
    }
    let (days, teams) = match read(&event, &fields) {
        Ok(read) => read,
        Err(errors) => return refuse_form(&services, shell, &event, fields, ServiceError::Invalid(errors), None).await,
    };
    let units = fields.all("units");
    let same = event.booked.units.iter().map(ToString::to_string).collect::<Vec<_>>() == sorted(units.clone());
    let units = (!same).then(|| units.iter().filter_map(|code| code.parse().ok()).collect());
    let known = fields.text("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let to = Relocation { days: days.clone(), teams, units };
    match services.relocate_event(shell.caller()?, &shell.office()?.code, event.booked.event.id, to, known).await {
        Ok(_) => {
            let first = days.dates().next().unwrap_or_default();
            let day = dates::day_of_year(shell.language, first);
            let place = shell.place(&format!("papan?{}", Address::default().at(Span::Week(monday_of(first)))));
            Ok(see_other(&place).noticed("done-event-moved", &[("place", &place_of(&event)), ("day", &day)]).finish())
        }
        Err(error) => refuse_form(&services, shell, &event, fields, error, Some(days)).await,
    }
}

/// A card was dropped on another day or team: answers a piece of the page that says what became of it.
#[post("/papan/geser/{event}")]
pub async fn drop_event(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let (caller, office) = (shell.caller()?.clone(), shell.office()?.code.clone());
    let event = services.find_board_event(&caller, &office, event_id(&path.1)?).await?;
    let field = |name| fields.text(name).unwrap_or_default();
    let tried = Tried { dari: field("dari"), ke: field("ke"), tim_dari: field("tim_dari"), tim_ke: field("tim_ke") };
    let to = dropped(&event, &tried)?.ok_or(WebError::Unreadable)?;
    let known = field("version").parse().map_err(|_| WebError::Unreadable)?;
    let days = to.days.clone();
    let error = match services.relocate_event(&caller, &office, event.booked.event.id, to, known).await {
        Ok(booked) => return moved(shell, &event, &booked.event.days, &tried),
        Err(error) => error,
    };
    let Some(status) = status_of(&error) else { return Err(error.into()) };
    let reasons = reasons(&services, &shell, error, &days, &event).await?;
    let query = [("dari", &tried.dari), ("ke", &tried.ke), ("tim_dari", &tried.tim_dari), ("tim_ke", &tried.tim_ke)];
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    let form = shell.place(&format!("papan/pindah/{}?{query}", event.booked.event.id));
    let form = (status != StatusCode::PRECONDITION_FAILED).then_some(form);
    let title = shell.t1("board-not-moved", "place", place_of(&event));
    page(status, &shell.clone(), &Moved { shell, tone: "bad", title, reasons, form })
}

fn moved(shell: Shell, event: &BoardEvent, days: &EventDays, tried: &Tried) -> Result<HttpResponse, WebError> {
    let first = days.dates().next().unwrap_or_default();
    let day = dates::day_of_year(shell.language, first);
    let place = place_of(event);
    let same_team = tried.tim_dari == tried.tim_ke;
    let id = if same_team { "done-event-moved" } else { "done-event-moved-team" };
    let title = shell.t2(id, ("place", &place), ("day", &day));
    page(StatusCode::OK, &shell.clone(), &Moved { shell, tone: "ok", title, reasons: Vec::new(), form: None })
}

/// Where the event goes if its card is dropped there; none if the places are none of the board.
fn dropped(event: &BoardEvent, tried: &Tried) -> Result<Option<Relocation>, ServiceError> {
    let (Ok(from), Ok(to)) = (parse_date(&tried.dari), parse_date(&tried.ke)) else { return Ok(None) };
    let days = event.booked.event.days.shifted(to - from).map_err(|rule| ServiceError::invalid("days", rule))?;
    let Ok(joins) = tried.tim_ke.parse::<Code>() else { return Ok(None) };
    let mut teams: Vec<Code> =
        event.booked.teams.iter().filter(|team| team.as_str() != tried.tim_dari).cloned().collect();
    if !teams.contains(&joins) {
        teams.push(joins);
    }
    Ok(Some(Relocation { days, teams, units: None }))
}

fn stays(event: &BoardEvent) -> Relocation {
    Relocation { days: event.booked.event.days.clone(), teams: event.booked.teams.clone(), units: None }
}

fn fields_of(event: &BoardEvent, to: &Relocation) -> FormFields {
    let mut pairs = vec![("version".to_owned(), event.booked.event.version.to_string())];
    for (place, day) in to.days.iter().enumerate() {
        let name = |field: &str| format!("days[{place}].{field}");
        pairs.push((name("date"), day.date().to_string()));
        pairs.extend(day.slots().iter().map(|slot| (name("slots"), slot.as_str().to_owned())));
        pairs.extend(day.starts().map(|time| (name("starts"), print_time(time))));
        pairs.extend(day.ends().map(|time| (name("ends"), print_time(time))));
    }
    pairs.extend(to.teams.iter().map(|team| ("teams".to_owned(), team.to_string())));
    pairs.extend(event.booked.units.iter().map(|unit| ("units".to_owned(), unit.to_string())));
    FormFields::from_pairs(pairs)
}

fn read(event: &BoardEvent, fields: &FormFields) -> Result<(EventDays, Vec<Code>), Vec<FieldError>> {
    let mut check = Check::new();
    let days = parse_days(&mut check, typed_days(event, fields));
    let parse = |(place, code): (usize, String)| check.field(format!("teams[{place}]"), code.parse());
    let teams: Vec<Option<Code>> = fields.all("teams").into_iter().enumerate().map(parse).collect();
    check.finish(days.zip(teams.into_iter().collect()))
}

fn typed_days(event: &BoardEvent, fields: &FormFields) -> Vec<DayInput> {
    let day = |place: usize| {
        let name = |field: &str| format!("days[{place}].{field}");
        DayInput {
            date: fields.text(&name("date")),
            slots: fields.all(&name("slots")),
            starts: fields.text(&name("starts")),
            ends: fields.text(&name("ends")),
        }
    };
    (0..event.booked.event.days.len()).map(day).collect()
}

/// The status of a refusal that a page can explain; none of other errors.
fn status_of(error: &ServiceError) -> Option<StatusCode> {
    match error {
        ServiceError::Conflict(_) => Some(StatusCode::CONFLICT),
        ServiceError::Invalid(_) => Some(StatusCode::UNPROCESSABLE_ENTITY),
        ServiceError::Stale => Some(StatusCode::PRECONDITION_FAILED),
        _ => None,
    }
}

/// Why the event stays where it is, in sentences.
async fn reasons(
    services: &Services,
    shell: &Shell,
    error: ServiceError,
    days: &EventDays,
    event: &BoardEvent,
) -> Result<Vec<String>, WebError> {
    match error {
        ServiceError::Conflict(Conflict::Clashes(clashes)) => {
            let (caller, office) = (shell.caller()?, &shell.office()?.code);
            let by = Some(event.booked.event.id);
            let causes = services.explain_clashes(caller, office, clashes, days.to_vec(), by).await?;
            Ok(causes.iter().map(|cause| clash_sentence(shell, cause)).collect())
        }
        ServiceError::Invalid(errors) => {
            Ok(field_errors(shell.language, &errors).into_iter().map(|error| error.message).collect())
        }
        ServiceError::Stale => {
            let id = event.booked.event.id;
            let now = services.find_board_event(shell.caller()?, &shell.office()?.code, id).await?;
            Ok(vec![shell.t1("board-stale", "now", planned(shell, &now).join("; "))])
        }
        other => Err(other.into()),
    }
}

async fn refuse_form(
    services: &Services,
    shell: Shell,
    event: &BoardEvent,
    fields: FormFields,
    error: ServiceError,
    days: Option<EventDays>,
) -> Result<HttpResponse, WebError> {
    let Some(status) = status_of(&error) else { return Err(error.into()) };
    let mut form = Form::open(fields);
    form.problem = Some(shell.t1("board-not-moved", "place", place_of(event)));
    if let ServiceError::Invalid(errors) = error {
        form.errors = field_errors(shell.language, &errors);
        for error in &mut form.errors {
            // What the form has no field for is chosen with the team.
            if !["days", "teams", "units"].iter().any(|name| error.field.starts_with(name)) {
                "teams".clone_into(&mut error.field);
            }
        }
        return show_form(services, shell, status, event, form, Vec::new()).await;
    }
    let stale = matches!(error, ServiceError::Stale);
    let days = days.unwrap_or_else(|| event.booked.event.days.clone());
    let reasons = reasons(services, &shell, error, &days, event).await?;
    if stale {
        // Whoever sends it again has seen what is stored now.
        form.fields.set("version", event.booked.event.version.to_string());
    }
    show_form(services, shell, status, event, form, reasons).await
}

async fn show_form(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    event: &BoardEvent,
    form: Form,
    reasons: Vec<String>,
) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let typed = parse_days(&mut check, typed_days(event, &form.fields));
    let days = typed.unwrap_or_else(|| event.booked.event.days.clone());
    let wanted = Wanted { by: Some(event.booked.event.id), ..Wanted::on(days.iter()) };
    let available = services.find_free(shell.caller()?, &shell.office()?.code, wanted).await?;
    let first = event.booked.event.days.dates().next().unwrap_or_default();
    let template = MovePage {
        id: event.booked.event.id,
        place: place_of(event),
        now: planned(&shell, event),
        reasons,
        days: day_fields(&shell, event),
        slots: slots(&shell),
        teams: team_choices(&shell, &available),
        units: unit_choices(&shell, &available),
        free: free_lists(&shell, &available),
        back: shell.place(&format!("papan?{}", Address::default().at(Span::Week(monday_of(first))))),
        form,
        shell,
    };
    page(status, &template.shell.clone(), &template)
}

/// "Jumat 27 November siang", a line a day, and the teams.
fn planned(shell: &Shell, event: &BoardEvent) -> Vec<String> {
    event.booked.event.days.iter().map(|day| when(shell, day.date(), day.slots())).collect()
}

fn day_fields(shell: &Shell, event: &BoardEvent) -> Vec<DayFields> {
    let legend = |place: usize, date: NaiveDate| {
        let day = dates::date_with_pasaran(shell.language, date);
        if event.booked.event.days.len() == 1 {
            day
        } else {
            shell.t2("board-day-was", ("day", &(place + 1).to_string()), ("was", &day))
        }
    };
    let fields = |(place, date): (usize, NaiveDate)| DayFields {
        legend: legend(place, date),
        date: format!("days[{place}].date"),
        slots: format!("days[{place}].slots"),
        starts: format!("days[{place}].starts"),
        ends: format!("days[{place}].ends"),
    };
    event.booked.event.days.dates().enumerate().map(fields).collect()
}

/// The parts of the day with their hours.
fn slots(shell: &Shell) -> Vec<(&'static str, String)> {
    let label = |slot: &Slot| {
        let hours = shell.label("slot", &format!("{slot}_hours"));
        (slot.as_str(), format!("{} ({hours})", shell.label("slot", slot.as_str())))
    };
    Slot::ALL.iter().map(label).collect()
}

pub fn team_choices(shell: &Shell, available: &Availability) -> Vec<(String, String)> {
    let label =
        |team: &Bookable<Team>| (team.item.code.to_string(), choice(shell, team.item.details.name.as_str(), team));
    available.teams.iter().map(label).collect()
}

fn unit_choices(shell: &Shell, available: &Availability) -> Vec<(String, String)> {
    let label = |unit: &Bookable<Unit>| (unit.item.code.to_string(), choice(shell, unit.item.name.as_str(), unit));
    available.units.iter().map(label).collect()
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}
