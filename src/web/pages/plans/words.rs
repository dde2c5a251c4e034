//! Amounts, teams and places of proposals in words.

use crate::domain::id::{PlanId, TeamId, VenueId};
use crate::domain::proposal::{Moved, activations};
use crate::service::ServiceError;
use crate::service::plans::PlanSheet;
use crate::web::pages::Shell;
use crate::wording::dates;

/// The proposal of a path.
pub fn plan_id(text: &str) -> Result<PlanId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

/// The address of a proposal.
pub fn plan_place(shell: &Shell, id: PlanId) -> String {
    shell.place(&format!("rencana/{id}"))
}

/// Whole activations of hundredths.
pub fn whole(shell: &Shell, centi: i64) -> String {
    shell.count(rounded(centi))
}

pub fn rounded(centi: i64) -> i64 {
    (centi + 50).div_euclid(100)
}

/// "0,4 %"; what rounds to nothing but is something says so.
pub fn share(shell: &Shell, part: i64, of: i64) -> String {
    let percent = if of > 0 { activations(part) / activations(of) * 100.0 } else { 0.0 };
    if part > 0 && percent < 0.01 {
        return shell.t1("plan-below", "share", shell.percent(&0.01));
    }
    shell.percent(&percent)
}

/// "Tim Serayu, Tim Klawing"; a team that is only supposed is called so.
pub fn teams(shell: &Shell, sheet: &PlanSheet, teams: &[Option<TeamId>]) -> String {
    let name = |team: &Option<TeamId>| match team {
        None => shell.t("plan-supposed-team"),
        Some(id) => sheet.teams.get(id).map_or_else(|| shell.t("plan-team-gone"), |team| team.details.name.to_string()),
    };
    teams.iter().map(name).collect::<Vec<_>>().join(", ")
}

pub fn venue_name(sheet: &PlanSheet, venue: VenueId) -> String {
    sheet.venues.get(&venue).map(|venue| venue.details.name.to_string()).unwrap_or_default()
}

/// "Balai Desa Sirandu, Senin 10 Juni, Tim Slamet".
pub fn moved(shell: &Shell, sheet: &PlanSheet, moved: &Moved) -> String {
    let day = dates::day_of_year(shell.language, moved.date);
    format!("{}, {day}, {}", venue_name(sheet, moved.venue), teams(shell, sheet, &moved.teams))
}
