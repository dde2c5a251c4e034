//! One venue that a proposal left out: the cheapest change that would include it, and the button that asks for it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use askama::Template;

use super::left::reason;
use super::words::{moved, plan_id, plan_place, rounded, teams};
use crate::domain::proposal::{Instead, Omission};
use crate::domain::text::Code;
use crate::service::plans::PlanSheet;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::path::thing_code;
use crate::web::pages::{Shell, page};
use crate::wording::dates;

#[derive(Template)]
#[template(path = "plans/venue.html", config = "src/web/pages/askama.toml")]
struct VenuePage {
    shell: Shell,
    place: String,
    code: Code,
    name: String,
    district: String,
    reason: String,
    change: Option<Change>,
}

/// The cheapest change.
struct Change {
    /// "Kunjungan Senin 7 Desember oleh Tim Serayu, dengan rugi 12 aktivasi."
    what: String,
    displaced: Vec<String>,
    date: String,
    /// The code of its team, if a single one goes.
    team: String,
}

#[get("/rencana/{id}/lokasi/{code}")]
pub async fn show_venue(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, WebError> {
    let (id, code) = (plan_id(&path.1)?, thing_code(&path.2)?);
    let sheet = services.find_plan(shell.caller()?, &shell.office()?.code, id).await?;
    let venue = sheet.venues.values().find(|venue| venue.code == code).ok_or(ServiceError::NotFound)?;
    let all = sheet.outcome().map(|outcome| outcome.left_out.as_slice()).unwrap_or_default();
    let left = all.iter().find(|left| left.venue == venue.id).ok_or(ServiceError::NotFound)?;
    let change = match &left.reason {
        Omission::Beaten(instead) => Some(change(&shell, &sheet, instead)),
        _ => None,
    };
    let view = VenuePage {
        place: plan_place(&shell, id),
        name: venue.details.name.to_string(),
        district: sheet.district(venue.id).unwrap_or_default().to_owned(),
        reason: reason(&shell, &sheet, &left.reason),
        change,
        code,
        shell,
    };
    page(StatusCode::OK, &view.shell.clone(), &view)
}

fn change(shell: &Shell, sheet: &PlanSheet, instead: &Instead) -> Change {
    let team = match instead.teams.as_slice() {
        [Some(team)] => sheet.teams.get(team).map(|team| team.code.to_string()).unwrap_or_default(),
        _ => String::new(),
    };
    let args = [
        ("day", dates::day_of_year(shell.language, instead.date)),
        ("teams", teams(shell, sheet, &instead.teams)),
        ("difference", shell.count(rounded(instead.difference.max(0)))),
    ];
    Change {
        what: shell.tv("plan-change", &args),
        displaced: instead.displaced.iter().map(|one| moved(shell, sheet, one)).collect(),
        date: instead.date.to_string(),
        team,
    }
}
