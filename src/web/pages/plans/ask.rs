//! Asking for a proposal, and the list of those that were asked for.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::words::{plan_place, whole};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::ActionKind;
use crate::domain::proposal::{PinInput, PlanInput, next_month};
use crate::domain::team::Team;
use crate::domain::venue::VenueKind;
use crate::service::Services;
use crate::service::planning::Wanted;
use crate::service::plans::{AskPlan, ListedPlan, PlanState};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Shell, page, see_other};
use crate::wording::messages::capitalised;

/// Proposals on one page of the list.
const PAGE: usize = 20;

#[derive(Template)]
#[template(path = "plans/list.html", config = "src/web/pages/askama.toml")]
struct PlanList {
    shell: Shell,
    form: Form,
    plans: Page<ListedPlan>,
    older: String,
    teams: Vec<(String, String)>,
    kinds: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    sebelum: String,
}

#[get("/rencana")]
pub async fn list_plans(
    services: Data<Services>,
    shell: Shell,
    query: Query<ListQuery>,
) -> Result<HttpResponse, WebError> {
    let days = next_month(shell.today()).map_err(|_| WebError::Unreadable)?;
    let fields = FormFields::of([
        ("from", days.first().to_string()),
        ("to", days.last().to_string()),
        ("floor", "1".to_owned()),
        ("overtime_days", "2".to_owned()),
        ("max_travel_minutes", "90".to_owned()),
    ]);
    show(&services, shell, StatusCode::OK, Form::open(fields), &query.sebelum).await
}

#[post("/rencana")]
pub async fn ask_plan(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let command = AskPlan { input: read(&fields), ..AskPlan::default() };
    match services.ask_plan(shell.caller()?, &shell.office()?.code, command).await {
        Ok(plan) => Ok(see_other(&plan_place(&shell, plan.id)).finish()),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, "").await
        }
    }
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    before: &str,
) -> Result<HttpResponse, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let plans = services.list_plans(caller, office, Cut::new(PAGE, before.parse().ok())).await?;
    let free = services.find_free(caller, office, Wanted::default()).await?;
    let name = |team: Team| (team.code.to_string(), team.details.name.to_string());
    let teams = free.teams.into_iter().map(|free| name(free.item)).collect();
    let kinds =
        VenueKind::ALL.iter().map(|kind| (kind.as_str(), capitalised(&shell.label("venue-kind", kind.as_str()))));
    let kinds = kinds.collect();
    let older = plans.items.last().filter(|_| plans.more).map(|last| last.record.id.to_string()).unwrap_or_default();
    page(status, &shell.clone(), &PlanList { shell, form, plans, older, teams, kinds })
}

/// Numbers that cannot be read are out of every range, so that their field is named.
fn read(fields: &FormFields) -> PlanInput {
    let number = |name: &str| fields.text(name).map(|text| text.parse().unwrap_or(i64::MIN));
    let codes = |name: &str| fields.text(name).map(|text| text.split_whitespace().map(str::to_owned).collect());
    PlanInput {
        from: fields.text("from"),
        to: fields.text("to"),
        teams: Some(fields.all("teams")),
        kinds: Some(fields.all("kinds")),
        floor: number("floor"),
        floors: None,
        overtime: number("overtime_days"),
        travel: number("max_travel_minutes"),
        pins: fields.text("pins").map(|text| text.lines().filter_map(read_pin).collect()),
        excluded: codes("excluded"),
        extra_teams: None,
    }
}

/// A line of pins: the code of a venue, then a date and the code of a team, both of which may be left out.
fn read_pin(line: &str) -> Option<PinInput> {
    let mut pin = PinInput::default();
    let mut words = line.split_whitespace();
    words.next()?.clone_into(&mut pin.venue);
    for word in words {
        let is_date = word.contains('/') || (word.len() == 10 && word.starts_with(|c: char| c.is_ascii_digit()));
        let field = if is_date { &mut pin.date } else { &mut pin.team };
        *field = Some(word.to_owned());
    }
    Some(pin)
}

impl PlanList {
    fn place(&self, plan: &ListedPlan) -> String {
        plan_place(&self.shell, plan.record.id)
    }

    /// "41 kunjungan, perkiraan 2.184 aktivasi; 12 diterima", or where it stands.
    fn about(&self, plan: &ListedPlan) -> String {
        let Some(outcome) = plan.record.outcome.as_ref().filter(|_| plan.state == PlanState::Ready) else {
            return capitalised(&self.shell.label("plan-state", plan.state.as_str()));
        };
        let args = [
            ("visits", self.shell.count(outcome.visits)),
            ("expected", whole(&self.shell, outcome.gain)),
            ("accepted", self.shell.count(plan.accepted)),
        ];
        self.shell.tv(if plan.accepted > 0 { "plan-listed-accepted" } else { "plan-listed" }, &args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_a_venue_with_a_day_and_a_team_in_any_order() {
        let pin = |venue: &str, date: Option<&str>, team: Option<&str>| {
            Some(PinInput { venue: venue.to_owned(), date: date.map(str::to_owned), team: team.map(str::to_owned) })
        };
        assert_eq!(read_pin(" V-7 "), pin("V-7", None, None));
        assert_eq!(read_pin("V-7 2026-12-10 T-1"), pin("V-7", Some("2026-12-10"), Some("T-1")));
        assert_eq!(read_pin("V-7 T-1 10/12/2026"), pin("V-7", Some("10/12/2026"), Some("T-1")));
        assert_eq!(read_pin("  "), None);
    }
}
