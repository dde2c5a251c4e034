//! `/{office}/tim`: who travels together, with which units, from where. When the people of a team are no longer those of
//! its events to come, its page says so and offers to exchange them.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::list::PAGE;
use super::people::{People, load_people};
use crate::domain::number::{parse_count, parse_decimal};
use crate::domain::page::{Cut, LIMIT_MAX, Page};
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError};
use crate::domain::team::{TeamInput, TeamSheet, Unit};
use crate::domain::text::Code;
use crate::domain::venue::Position;
use crate::service::Services;
use crate::service::planning::FutureEvent;
use crate::service::teams::{AddTeam, ChangeTeam, StaffedTeam};
use crate::service::units::UnitFilter;
use crate::web::error::WebError;
use crate::web::pages::path::thing_code;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "manage/teams.html", config = "src/web/pages/askama.toml")]
struct TeamList {
    shell: Shell,
    teams: Page<StaffedTeam>,
    people: People,
    units: Vec<Unit>,
    query: TeamQuery,
}

#[derive(Template)]
#[template(path = "manage/team.html", config = "src/web/pages/askama.toml")]
struct TeamPage {
    shell: Shell,
    staffed: StaffedTeam,
    people: People,
    units: Vec<Unit>,
    /// Where it sets out from.
    base: Option<String>,
    /// Events to come whose people are not those of their teams.
    future: Vec<FutureEvent>,
    /// Why these events could not take the people of the team.
    form: Form,
}

#[derive(Template)]
#[template(path = "manage/team_edit.html", config = "src/web/pages/askama.toml")]
struct TeamForm {
    shell: Shell,
    form: Form,
    /// The team that is changed; none for a new one.
    team: Option<Code>,
    people: Vec<(String, String)>,
    units: Vec<(String, String)>,
}

/// What the list shows; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct TeamQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    arsip: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl TeamQuery {
    fn next(&self, teams: &Page<StaffedTeam>) -> String {
        let Some(last) = teams.items.last().filter(|_| teams.more) else { return String::new() };
        let next = Self { sesudah: last.team.code.to_string(), ..self.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    }
}

pub fn configure(config: &mut ServiceConfig) {
    // Before the page of one team: codes have no small letters, so no team is ever called "baru".
    config.service(list_teams).service(open_new_team).service(add_team);
    config.service(show_team).service(open_team).service(change_team).service(update_future_events);
    config.service(archive_team).service(restore_team);
}

#[get("/tim")]
async fn list_teams(services: Data<Services>, shell: Shell, query: Query<TeamQuery>) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let cut = Cut::new(PAGE, query.sesudah.parse().ok());
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let teams = services.list_teams(caller, office, !query.arsip.is_empty(), cut).await?;
    let (people, units) = (load_people(&services, &shell).await?, load_units(&services, &shell).await?);
    page(StatusCode::OK, &shell.clone(), &TeamList { shell, teams, people, units, query })
}

#[get("/tim/baru")]
async fn open_new_team(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    show_form(&services, shell, StatusCode::OK, Form::default(), None).await
}

#[post("/tim/baru")]
async fn add_team(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let added = match read_new(&fields) {
        Ok(command) => services.add_team(shell.caller()?, &shell.office()?.code, command).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(staffed) => Ok(saved(&shell, &staffed, "done-team-added")),
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show_form(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
    }
}

#[get("/tim/{code}")]
async fn show_team(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let code = thing_code(&path.1)?;
    show_one(&services, shell, StatusCode::OK, code, Form::default()).await
}

#[get("/tim/{code}/ubah")]
async fn open_team(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let staffed = find(&services, &shell, thing_code(&path.1)?).await?;
    let code = staffed.team.code.clone();
    show_form(&services, shell, StatusCode::OK, Form::open(fields_of(&staffed)), Some(code)).await
}

#[post("/tim/{code}/ubah")]
async fn change_team(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let stored = find(&services, &shell, thing_code(&path.1)?).await?;
    let code = stored.team.code.clone();
    let changed = match read_sheet(&fields, Check::new()) {
        Ok(sheet) => {
            let (known, archived) = (fields.raw("version").parse().ok(), stored.team.archived);
            let command = ChangeTeam { code: code.clone(), sheet, archived, known, update_events: false };
            let changed = services.change_team(shell.caller()?, &shell.office()?.code, command).await;
            changed.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(changed) => Ok(saved(&shell, &changed.team, "done-team-changed")),
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show_form(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(code)).await
        }
    }
}

/// Gives the events to come the people that the team has now: all of them, or none.
#[post("/tim/{code}/perbarui-kegiatan")]
async fn update_future_events(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let command = again(find(&services, &shell, thing_code(&path.1)?).await?, true);
    let code = command.code.clone();
    match services.change_team(shell.caller()?, &shell.office()?.code, command).await {
        Ok(changed) => {
            let count = shell.count(changed.future_events.len());
            let place = shell.place(&format!("tim/{code}"));
            Ok(see_other(&place).noticed("done-team-events", &[("count", &count)]).finish())
        }
        Err(error) => {
            let form = Form::refused(FormFields::default(), error.into(), shell.language)?;
            show_one(&services, shell, StatusCode::CONFLICT, code, form).await
        }
    }
}

#[post("/tim/{code}/arsipkan")]
async fn archive_team(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    services.archive_team(shell.caller()?, &shell.office()?.code, thing_code(&path.1)?, None).await?;
    Ok(see_other(&shell.place("tim")).noticed("done-team-archived", &[("team", &path.1)]).finish())
}

#[post("/tim/{code}/pulihkan")]
async fn restore_team(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let command = again(find(&services, &shell, thing_code(&path.1)?).await?, false);
    let restored = services.change_team(shell.caller()?, &shell.office()?.code, command).await?;
    Ok(saved(&shell, &restored.team, "done-team-restored"))
}

fn saved(shell: &Shell, staffed: &StaffedTeam, notice: &str) -> HttpResponse {
    let place = shell.place(&format!("tim/{}", staffed.team.code));
    see_other(&place).noticed(notice, &[("team", staffed.team.details.name.as_str())]).finish()
}

/// The team as it is, in use.
fn again(staffed: StaffedTeam, update_events: bool) -> ChangeTeam {
    let StaffedTeam { team, units, members } = staffed;
    let details = team.details;
    let sheet = TeamSheet {
        name: details.name,
        operators: details.operators,
        capacity_per_day: details.capacity_per_day,
        base: details.base,
        units,
        members,
    };
    ChangeTeam { code: team.code, sheet, archived: false, known: Some(team.version), update_events }
}

async fn show_one(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    code: Code,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let staffed = find(services, &shell, code.clone()).await?;
    let (people, units) = (load_people(services, &shell).await?, load_units(services, &shell).await?);
    let future = if shell.may_plan() && !staffed.team.archived {
        services.list_future_events(shell.caller()?, &shell.office()?.code, code).await?
    } else {
        Vec::new()
    };
    let degrees = |degrees: f64| shell.decimal(&degrees, 4);
    let base = staffed.team.details.base;
    let base = base.map(|base| format!("{}; {}", degrees(base.latitude()), degrees(base.longitude())));
    page(status, &shell.clone(), &TeamPage { shell, staffed, people, units, base, future, form })
}

async fn show_form(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    team: Option<Code>,
) -> Result<HttpResponse, WebError> {
    let mut people = load_people(services, &shell).await?.choices(&shell);
    // A member who is not offered any more stays one until somebody takes him out.
    for member in form.fields.all("members") {
        if !people.iter().any(|(login, _)| *login == member) {
            people.push((member.clone(), member));
        }
    }
    let units = load_units(services, &shell).await?;
    let units = units.iter().map(|unit| (unit.code.to_string(), format!("{} ({})", unit.name, unit.code))).collect();
    page(status, &shell.clone(), &TeamForm { shell, form, team, people, units })
}

async fn find(services: &Services, shell: &Shell, code: Code) -> Result<StaffedTeam, WebError> {
    Ok(services.find_team(shell.caller()?, &shell.office()?.code, code).await?)
}

/// The units in use, by code.
async fn load_units(services: &Services, shell: &Shell) -> Result<Vec<Unit>, WebError> {
    let (cut, filter) = (Cut::new(LIMIT_MAX, None), UnitFilter::default());
    Ok(services.list_units(shell.caller()?, &shell.office()?.code, filter, cut).await?.items)
}

/// "Mobil 1, Set Rekam A": the units of a team by name.
fn unit_names(units: &[Unit], codes: &[Code]) -> String {
    let name = |code: &Code| {
        units.iter().find(|unit| unit.code == *code).map_or_else(|| code.to_string(), |unit| unit.name.to_string())
    };
    codes.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn read_new(fields: &FormFields) -> Result<AddTeam, Vec<FieldError>> {
    let mut check = Check::new();
    let code: Option<Code> = check.required("code", fields.text("code"), |text| text.to_uppercase().parse());
    let sheet = read_sheet(fields, check)?;
    // Without a code there was an error, and so no sheet.
    code.map(|code| AddTeam { code, sheet }).ok_or_else(Vec::new)
}

fn read_sheet(fields: &FormFields, mut check: Check) -> Result<TeamSheet, Vec<FieldError>> {
    let mut count = |name: &str| check.optional(name, fields.text(name), |text| parse_count(&text)).flatten();
    let (operators, capacity_per_day) = (count("operators"), count("capacity_per_day"));
    let mut degrees = |name: &str| check.optional(name, fields.text(name), |text| parse_decimal(&text)).flatten();
    let (latitude, longitude) = (degrees("latitude"), degrees("longitude"));
    let input = TeamInput {
        name: fields.text("name"),
        operators,
        capacity_per_day,
        latitude,
        longitude,
        units: fields.all("units"),
        members: fields.all("members"),
    };
    let noted = |check: &Check, error: &FieldError| !check.is_clean() && fields.text(&error.field).is_some();
    match input.check() {
        Ok(sheet) => check.finish(Some(sheet)),
        Err(errors) => {
            // A number that could not be read is told once, not as missing too.
            let missing: Vec<_> = errors.into_iter().filter(|error| !noted(&check, error)).collect();
            check.extend(missing);
            check.finish(None)
        }
    }
}

/// A stored team as its form shows it.
fn fields_of(staffed: &StaffedTeam) -> FormFields {
    let details = &staffed.team.details;
    let degrees = |part: fn(Position) -> f64| details.base.map(|base| part(base).to_string()).unwrap_or_default();
    let single = [
        ("version", staffed.team.version.to_string()),
        ("name", details.name.to_string()),
        ("operators", details.operators.to_string()),
        ("capacity_per_day", details.capacity_per_day.to_string()),
        ("latitude", degrees(Position::latitude)),
        ("longitude", degrees(Position::longitude)),
    ];
    let units = staffed.units.iter().map(|code| ("units", code.to_string()));
    let members = staffed.members.iter().map(|login| ("members", login.to_string()));
    FormFields::of(single.into_iter().chain(units).chain(members))
}
