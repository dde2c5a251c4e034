//! Moving an event on the board: to other days, to other teams. What a team brings and who belongs to it goes with it.

use crate::domain::audit::Change;
use crate::domain::event::{Event, EventDays, EventDraft};
use crate::domain::id::EventId;
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::domain::team::Team;
use crate::domain::text::Code;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::planning::{
    BookedEvent, check_version, find_teams, find_units, load_locked, members_of, present_one, save, usual_units,
};
use crate::store::queries::teams;

/// Where an event goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relocation {
    pub days: EventDays,
    pub teams: Vec<Code>,
    /// None: what was there, without what leaves with a team and with what comes along with another.
    pub units: Option<Vec<Code>>,
}

impl Services {
    /// Moves an event, if its version is still `known`. Units and officers of a team that leaves the event leave with
    /// it, those of a team that joins come along; what was added by hand stays.
    pub async fn relocate_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
        to: Relocation,
        known: i64,
    ) -> Result<BookedEvent, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load_locked(desk, id)?;
            check_version(&stored, Some(known))?;
            if stored.released_on.is_some() {
                return Err(ServiceError::invalid("days", Rule::Fixed));
            }
            let mut check = Check::new();
            let after = find_teams(desk, &mut check, &to.teams, Some(&stored))?;
            let units = match &to.units {
                Some(codes) => Some(find_units(desk, &mut check, codes, Some(&stored))?),
                None => None,
            };
            check.finish(Some(()))?;
            let draft = EventDraft { days: to.days.clone(), ..with_teams(desk, &stored, &after)? };
            let draft = EventDraft { units: units.unwrap_or_else(|| draft.units.clone()), ..draft };
            let fields = stored.draft().changed_fields(&draft);
            if fields.is_empty() {
                return present_one(desk, stored);
            }
            let changed = stored.revise(draft, desk.now, desk.today())?;
            save(desk, &stored, &changed)?;
            desk.record(Change::new("event.revised", "event", id).fields(&fields))?;
            present_one(desk, changed)
        })
        .await
    }
}

/// The plan of `event` with these teams instead of its own.
pub(super) fn with_teams(desk: &mut Desk<'_, Plan>, event: &Event, after: &[Team]) -> Result<EventDraft, ServiceError> {
    let mut draft = event.draft();
    let before = teams::list_teams_by_id(desk.connection, desk.scope(), &event.teams)?;
    let (left, stayed): (Vec<Team>, Vec<Team>) =
        before.into_iter().partition(|team| after.iter().all(|other| other.id != team.id));
    let joined: Vec<Team> = after.iter().filter(|team| !event.teams.contains(&team.id)).cloned().collect();
    let stays = |of: fn(&Team) -> Vec<uuid::Uuid>, id: uuid::Uuid| {
        stayed.iter().any(|team| of(team).contains(&id)) || !left.iter().any(|team| of(team).contains(&id))
    };
    draft.units.retain(|unit| stays(|team| team.details.units.iter().map(|unit| unit.0).collect(), unit.0));
    draft.officers.retain(|user| stays(|team| team.details.members.iter().map(|user| user.0).collect(), user.0));
    for unit in usual_units(desk, &joined)? {
        if !draft.units.contains(&unit) {
            draft.units.push(unit);
        }
    }
    for officer in members_of(desk, &joined)? {
        if !draft.officers.contains(&officer) {
            draft.officers.push(officer);
        }
    }
    draft.teams = after.iter().map(|team| team.id).collect();
    Ok(draft)
}
