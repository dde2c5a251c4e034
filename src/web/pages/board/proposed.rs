//! Visits of a schedule proposal beside what is booked: cards with a dashed border that lead back to the proposal.

use chrono::NaiveDate;

use super::address::{Address, Span};
use crate::domain::id::{PlanId, TeamId};
use crate::domain::proposal::KeptVisit;
use crate::service::plans::PlanSheet;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::Shell;

/// A proposal as the board shows it.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The page of the proposal.
    pub place: String,
    /// The query of the same days without it.
    pub without: String,
    visits: Vec<Visit>,
}

#[derive(Debug, Clone)]
struct Visit {
    date: NaiveDate,
    teams: Vec<TeamId>,
    card: ProposedCard,
}

/// One visit.
#[derive(Debug, Clone)]
pub struct ProposedCard {
    pub place: String,
    pub under: String,
    pub teams: String,
    pub expects: String,
}

impl Proposed {
    /// The proposal that the address names, if it is there and ready.
    pub async fn find(
        services: &Services,
        shell: &Shell,
        address: &Address,
        span: Span,
    ) -> Result<Option<Self>, WebError> {
        let Ok(id) = address.usulan.parse::<PlanId>() else { return Ok(None) };
        let sheet = match services.find_plan(shell.caller()?, &shell.office()?.code, id).await {
            Ok(sheet) => sheet,
            Err(ServiceError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let days = span.days()?;
        let here = sheet.open().filter(|kept| days.contains(kept.visit.date));
        Ok(Some(Self {
            place: shell.place(&format!("rencana/{id}")),
            without: Address { usulan: String::new(), ..address.clone() }.at(span),
            visits: here.map(|kept| visit(shell, &sheet, kept)).collect(),
        }))
    }

    /// The cards of a team on some days.
    pub fn of_team(&self, team: TeamId, from: NaiveDate, to: NaiveDate) -> Vec<ProposedCard> {
        let here = self.visits.iter().filter(|visit| visit.teams.contains(&team));
        here.filter(|visit| from <= visit.date && visit.date <= to).map(|visit| visit.card.clone()).collect()
    }

    /// The cards of a day.
    pub fn on(&self, date: NaiveDate) -> Vec<ProposedCard> {
        self.visits.iter().filter(|visit| visit.date == date).map(|visit| visit.card.clone()).collect()
    }
}

fn visit(shell: &Shell, sheet: &PlanSheet, kept: &KeptVisit) -> Visit {
    let teams: Vec<TeamId> = kept.visit.teams.iter().flatten().copied().collect();
    let name = |id: &TeamId| sheet.teams.get(id).map(|team| team.details.name.to_string());
    let venue = sheet.venues.get(&kept.visit.venue);
    let expected = shell.count((kept.visit.gain + 50).div_euclid(100));
    Visit {
        date: kept.visit.date,
        card: ProposedCard {
            place: venue.map(|venue| venue.details.name.to_string()).unwrap_or_default(),
            under: sheet.district(kept.visit.venue).unwrap_or_default().to_owned(),
            teams: teams.iter().filter_map(name).collect::<Vec<_>>().join(", "),
            expects: shell.t1("board-proposed-expects", "expected", expected),
        },
        teams,
    }
}
