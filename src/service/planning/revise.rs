//! Changing the plan of an event: days, teams, venue, words. Its state stays.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::claiming::exchange_claims;
use super::conditions::{check_absences, check_counted_days, check_counting_teams, check_unlocked};
use super::present::{BookedEvent, check_version, load_locked, present_one};
use super::resolve::{operators_of, resolve};
use crate::domain::audit::Change;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::input::EventInput;
use crate::domain::event::{DayEffort, Event, EventDay};
use crate::domain::id::{EventId, TeamId};
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::notices::tell_team;
use crate::store::queries::events;

impl Services {
    /// Gives an event another plan, if its version is still `known`.
    pub async fn revise_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
        input: EventInput,
        known: i64,
    ) -> Result<BookedEvent, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load_locked(desk, id)?;
            check_version(&stored, Some(known))?;
            let draft = resolve(desk, input.clone().check()?, Some(&stored))?;
            // A day of its own that was given back comes with another step: proposing the event again.
            if stored.released_on.is_some() && draft.days != stored.days {
                return Err(ServiceError::invalid("days", Rule::Fixed));
            }
            let fields = stored.draft().changed_fields(&draft);
            let changed = stored.revise(draft, desk.now, desk.today())?;
            save(desk, &stored, &changed)?;
            desk.record(Change::new("event.revised", "event", id).fields(&fields))?;
            present_one(desk, changed)
        })
        .await
    }
}

/// Stores `changed` over `stored` with its claims and efforts, unless a condition does not hold, and tells its team.
pub fn save(desk: &mut Desk<'_, Plan>, stored: &Event, changed: &Event) -> Result<(), ServiceError> {
    check_unlocked(desk, Some(stored), changed)?;
    check_counted_days(desk, stored, changed)?;
    check_counting_teams(desk, stored, changed)?;
    check_absences(desk, changed, Some(stored))?;
    let efforts = if stored.days == changed.days && stored.teams == changed.teams {
        Vec::new()
    } else {
        efforts_after(desk, stored, changed)?
    };
    ServiceError::stale_unless(events::update_event(desk.connection, desk.scope(), stored, changed, &efforts)?)?;
    exchange_claims(desk, stored, changed)?;
    tell_team(desk, stored, changed)
}

/// The efforts of the changed event: those of days and teams that stay as they were are kept, the others are planned.
fn efforts_after(desk: &mut Desk<'_, Plan>, stored: &Event, changed: &Event) -> Result<Vec<DayEffort>, ServiceError> {
    let kept: BTreeMap<(NaiveDate, TeamId), DayEffort> =
        events::list_efforts(desk.connection, desk.scope(), &[stored.id])?
            .into_iter()
            .filter(|effort| hours_on(stored, effort.date) == hours_on(changed, effort.date))
            .map(|effort| ((effort.date, effort.team), effort))
            .collect();
    let operators = operators_of(desk, &changed.teams)?;
    let planned = planned_efforts(changed, &operators);
    Ok(planned.into_iter().map(|effort| kept.get(&(effort.date, effort.team)).copied().unwrap_or(effort)).collect())
}

fn hours_on(event: &Event, date: NaiveDate) -> Option<(Option<chrono::NaiveTime>, Option<chrono::NaiveTime>)> {
    let hours = |day: &EventDay| (day.starts(), day.ends());
    event.days.iter().find(|day| day.date() == date).map(hours)
}
