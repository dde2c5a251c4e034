//! Copying an event to another day: a new draft with the same venue, services and notes. The request stays with the
//! visit that it asked for; officers are those whom the teams have today.

use chrono::{NaiveDate, TimeDelta};

use super::relocate::with_teams;
use crate::domain::audit::Change;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::{Event, EventDraft, EventState, Origin};
use crate::domain::id::{EventId, UnitId, VenueId};
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::domain::team::Team;
use crate::domain::text::Code;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::planning::{BookedEvent, check_absences, claim, find_teams, members_of, operators_of, present_one};
use crate::store::queries::{events, units, venues};

/// An event to copy, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyEvent {
    pub id: EventId,
    /// The first day of the copy; its other days keep their distance.
    pub first_day: NaiveDate,
    pub teams: Vec<Code>,
}

impl Services {
    /// Books a copy of an event as a draft.
    pub async fn copy_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: CopyEvent,
    ) -> Result<BookedEvent, ServiceError> {
        let id = EventId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let source =
                events::find_event(desk.connection, desk.scope(), command.id)?.ok_or(ServiceError::NotFound)?;
            let mut check = Check::new();
            let teams = find_teams(desk, &mut check, &command.teams, None)?;
            check.finish(Some(()))?;
            let draft = copied_plan(desk, &source, &teams, command.first_day)?;
            let event =
                Event::new(id, desk.office().id, draft, Origin::Booked(EventState::Draft), desk.now, desk.today())?;
            check_absences(desk, &event, None)?;
            let operators = operators_of(desk, &event.teams)?;
            let (by, efforts) = (desk.permit.actor().user_id(), planned_efforts(&event, &operators));
            events::insert_events(desk.connection, desk.scope(), std::slice::from_ref(&event), &efforts, by)?;
            claim(desk, &event.claims().into_iter().map(|claim| (id, claim)).collect::<Vec<_>>())?;
            let change = Change::new("event.booked", "event", id).with("state", event.state);
            desk.record(change.with("copied_from", source.id))?;
            present_one(desk, event)
        })
        .await
    }
}

fn copied_plan(
    desk: &mut Desk<'_, Plan>,
    source: &Event,
    teams: &[Team],
    first_day: NaiveDate,
) -> Result<EventDraft, ServiceError> {
    let draft = with_teams(desk, source, teams)?;
    let by = source.days.dates().next().map_or(TimeDelta::zero(), |first| first_day - first);
    Ok(EventDraft {
        venue: venue_in_use(desk, source.venue)?,
        days: source.days.shifted(by).map_err(|rule| ServiceError::invalid("date", rule))?,
        units: units_in_use(desk, &draft.units)?,
        officers: members_of(desk, teams)?,
        request: None,
        ..draft
    })
}

fn venue_in_use(desk: &mut Desk<'_, Plan>, venue: Option<VenueId>) -> Result<Option<VenueId>, ServiceError> {
    let Some(id) = venue else { return Ok(None) };
    let found = venues::list_venues_by_id(desk.connection, desk.scope(), &[id])?;
    let usable = found.iter().any(|venue| !venue.archived);
    if usable { Ok(Some(id)) } else { Err(ServiceError::invalid("venue", Rule::NotFound)) }
}

fn units_in_use(desk: &mut Desk<'_, Plan>, ids: &[UnitId]) -> Result<Vec<UnitId>, ServiceError> {
    let stored = units::list_units_by_id(desk.connection, desk.scope(), ids)?;
    Ok(stored.into_iter().filter(|unit| !unit.archived).map(|unit| unit.id).collect())
}
