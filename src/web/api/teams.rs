//! `/offices/{office}/teams`.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::team::{TeamInput, TeamSheet};
use crate::domain::text::{Code, Login};
use crate::domain::venue::Position;
use crate::service::planning::FutureEvent;
use crate::service::teams::{AddTeam, ChangeTeam, ChangedTeam, StaffedTeam};
use crate::service::{Caller, Services};
use crate::web::api::{created, office_code, office_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, IfMatch, ListView, Params, list_view, merge_patch, page_cut, parse_flag, with_etag};

/// A team as it is sent and shown.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "TIM-1", "name": "Tim 1", "operators": 3, "capacity_per_day": 120, "latitude": -7.39, "longitude": 109.36,
    "units": ["MOBIL-1", "KIT-1"], "members": ["siti.rahayu", "budi.santoso"]
}))]
pub struct TeamBody {
    /// `[A-Z0-9-]{1,20}`; it never changes.
    pub code: Option<String>,
    pub name: Option<String>,
    /// People who may scan the SIAK QR code, 1–50.
    pub operators: Option<i64>,
    /// People whom the team can serve on a full day, 1–5,000.
    pub capacity_per_day: Option<i64>,
    /// Where the team sets out from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// Codes of the units that it brings unless told otherwise.
    #[serde(default)]
    pub units: Vec<String>,
    /// Logins of active users whose scope is this very office.
    #[serde(default)]
    pub members: Vec<String>,
    #[serde(default)]
    pub archived: bool,
}

/// A stored team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamView {
    pub id: String,
    #[serde(flatten)]
    pub body: TeamBody,
    pub version: i64,
}

/// A changed team, with its events to come that have other officers than the members of their teams.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedTeamView {
    #[serde(flatten)]
    pub team: TeamView,
    pub future_events: Vec<FutureEventView>,
}

/// An event to come whose officers are, or were until now, not the members of its teams.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f", "title": "Aktivasi IKD di sekolah", "state": "confirmed",
    "first_day": "2026-12-01", "last_day": "2026-12-01", "version": 2, "joining": ["siti.rahayu"], "leaving": [], "updated": false
}))]
pub struct FutureEventView {
    pub id: String,
    pub title: String,
    pub state: &'static str,
    pub first_day: String,
    pub last_day: String,
    pub version: i64,
    /// Logins of those who would come, or have come, to the event.
    pub joining: Vec<String>,
    /// Logins of those who would leave, or have left it.
    pub leaving: Vec<String>,
    pub updated: bool,
}

/// What a change of a team brings along.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangeParams {
    /// `true`: the events of `future_events` take the members of their teams; all of them, or 409 with every clash.
    #[param(example = "true")]
    pub update_events: Option<String>,
}

/// What a list of teams is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TeamParams {
    /// `true` shows archived teams too.
    pub archived: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the teams of the office, by code.
#[utoipa::path(tag = "teams", params(("office" = String, Path, example = "33.03"), TeamParams),
    responses((status = 200, body = ListView<TeamView>)))]
#[get("/offices/{office}/teams")]
pub async fn list_teams(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<TeamParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("teams-{office}");
    let mut check = Check::new();
    let cut = page_cut(&mut check, &list, params.limit.as_deref(), params.cursor.as_deref());
    let archived = check.optional("archived", params.archived.as_deref(), parse_flag);
    let (archived, cut) = check.finish(archived.zip(cut))?;
    let page = services.list_teams(&caller, &office, archived.unwrap_or_default(), cut).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |staffed| staffed.team.code.clone(), TeamView::from)))
}

/// Adds a team.
#[utoipa::path(tag = "teams", params(("office" = String, Path, example = "33.03")), request_body = TeamBody,
    responses((status = 201, body = TeamView)))]
#[post("/offices/{office}/teams")]
pub async fn add_team(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Body(body): Body<TeamBody>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let (code, sheet) = read_body(body)?;
    let staffed = services.add_team(&caller, &office, AddTeam { code, sheet }).await?;
    let place = format!("/api/v1/offices/{office}/teams/{}", staffed.team.code);
    let version = staffed.team.version;
    Ok(with_etag(created(&place, TeamView::from(staffed)), version))
}

/// Shows a team.
#[utoipa::path(tag = "teams",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "TIM-1")),
    responses((status = 200, body = TeamView)))]
#[get("/offices/{office}/teams/{code}")]
pub async fn show_team(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, code) = office_part(&path)?;
    let staffed = services.find_team(&caller, &office, code).await?;
    let version = staffed.team.version;
    Ok(with_etag(HttpResponse::Ok().json(TeamView::from(staffed)), version))
}

/// Changes a team (JSON merge patch; lists are replaced whole); `archived` takes it out of use and back. The answer lists
/// its events to come that have other officers; `update_events` gives them these.
#[utoipa::path(tag = "teams",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "TIM-1"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw"), ChangeParams),
    request_body(content = TeamBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ChangedTeamView)))]
#[patch("/offices/{office}/teams/{code}")]
pub async fn change_team(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Params(params): Params<ChangeParams>,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let (office, code): (_, Code) = office_part(&path)?;
    let mut check = Check::new();
    let update_events = check.optional("update_events", params.update_events.as_deref(), parse_flag);
    let update_events = check.finish(update_events)?.unwrap_or_default();
    let stored = services.find_team(&caller, &office, code.clone()).await?;
    let known = if_match.0.unwrap_or(stored.team.version);
    let body = merge_patch(&TeamBody::from(stored), changes)?;
    let archived = body.archived;
    let (new_code, sheet) = read_body(body)?;
    if new_code != code {
        return Err(WebError::invalid("code", Rule::Fixed));
    }
    let command = ChangeTeam { code, sheet, archived, known: Some(known), update_events };
    let answer = services.change_team(&caller, &office, command).await?;
    let version = answer.team.team.version;
    Ok(with_etag(HttpResponse::Ok().json(ChangedTeamView::from(answer)), version))
}

/// Archives a team: it leaves lists and forms, its history stays.
#[utoipa::path(tag = "teams",
    params(("office" = String, Path, example = "33.03"), ("code" = String, Path, example = "TIM-1")),
    responses((status = 204)))]
#[delete("/offices/{office}/teams/{code}")]
pub async fn archive_team(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    if_match: IfMatch,
) -> Result<HttpResponse, WebError> {
    let (office, code) = office_part(&path)?;
    services.archive_team(&caller, &office, code, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read_body(body: TeamBody) -> Result<(Code, TeamSheet), Vec<FieldError>> {
    let mut check = Check::new();
    let code = check.required("code", body.code.clone(), |text| text.parse());
    let sheet = check.part(TeamInput::from(body).check());
    check.finish(code.zip(sheet))
}

impl From<TeamBody> for TeamInput {
    fn from(body: TeamBody) -> Self {
        Self {
            name: body.name,
            operators: body.operators,
            capacity_per_day: body.capacity_per_day,
            latitude: body.latitude,
            longitude: body.longitude,
            units: body.units,
            members: body.members,
        }
    }
}

impl From<StaffedTeam> for TeamBody {
    fn from(staffed: StaffedTeam) -> Self {
        let details = staffed.team.details;
        Self {
            code: Some(staffed.team.code.into_string()),
            name: Some(details.name.into_string()),
            operators: Some(details.operators),
            capacity_per_day: Some(details.capacity_per_day),
            latitude: details.base.map(Position::latitude),
            longitude: details.base.map(Position::longitude),
            units: staffed.units.into_iter().map(Code::into_string).collect(),
            members: staffed.members.into_iter().map(Login::into_string).collect(),
            archived: staffed.team.archived,
        }
    }
}

impl From<StaffedTeam> for TeamView {
    fn from(staffed: StaffedTeam) -> Self {
        Self { id: staffed.team.id.to_string(), version: staffed.team.version, body: staffed.into() }
    }
}

impl From<ChangedTeam> for ChangedTeamView {
    fn from(changed: ChangedTeam) -> Self {
        let future_events = changed.future_events.into_iter().map(FutureEventView::from).collect();
        Self { team: changed.team.into(), future_events }
    }
}

impl From<FutureEvent> for FutureEventView {
    fn from(future: FutureEvent) -> Self {
        let FutureEvent { event, joining, leaving, updated } = future;
        let first_day = event.days.dates().next();
        Self {
            id: event.id.to_string(),
            title: event.title.into_string(),
            state: event.state.as_str(),
            first_day: first_day.map(|date| date.to_string()).unwrap_or_default(),
            last_day: event.days.dates().last().or(first_day).map(|date| date.to_string()).unwrap_or_default(),
            version: event.version,
            joining: joining.into_iter().map(Login::into_string).collect(),
            leaving: leaving.into_iter().map(Login::into_string).collect(),
            updated,
        }
    }
}
