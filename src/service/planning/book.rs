//! Booking an event.

use super::claiming::claim;
use super::conditions::{check_absences, check_unlocked};
use super::present::{BookedEvent, present_one};
use super::resolve::{operators_of, resolve};
use crate::domain::audit::Change;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::input::EventInput;
use crate::domain::event::{Event, EventState, Origin};
use crate::domain::id::EventId;
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::Check;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::notices::tell_new;
use crate::store::queries::events;

/// An event to book, as typed, and the state that it begins in (a draft if nothing is said).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookEvent {
    pub input: EventInput,
    pub state: Option<String>,
}

impl Services {
    /// Books an event: all that it needs is claimed, or nothing is stored and every clash is named.
    pub async fn book_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: BookEvent,
    ) -> Result<BookedEvent, ServiceError> {
        let id = EventId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let event = new_event(desk, id, command.clone())?;
            check_unlocked(desk, None, &event)?;
            check_absences(desk, &event, None)?;
            let operators = operators_of(desk, &event.teams)?;
            let by = desk.permit.actor().user_id();
            let efforts = planned_efforts(&event, &operators);
            events::insert_events(desk.connection, desk.scope(), std::slice::from_ref(&event), &efforts, by)?;
            let wanted: Vec<_> = event.claims().into_iter().map(|claim| (event.id, claim)).collect();
            claim(desk, &wanted)?;
            let change = Change::new("event.booked", "event", event.id).with("state", event.state);
            desk.record(change.with("entered_late", event.entered_late))?;
            tell_new(desk, &event)?;
            present_one(desk, event)
        })
        .await
    }
}

fn new_event(desk: &mut Desk<'_, Plan>, id: EventId, command: BookEvent) -> Result<Event, ServiceError> {
    let mut check = Check::new();
    let state = check.optional("state", command.state, |text| text.parse());
    let plan = check.part(command.input.check());
    let (plan, state) = check.finish(plan.zip(state))?;
    let draft = resolve(desk, plan, None)?;
    let origin = Origin::Booked(state.unwrap_or(EventState::Draft));
    Ok(Event::new(id, desk.office().id, draft, origin, desk.now, desk.today())?)
}
