//! The steps from state to state. What a step gives back or claims follows from the event itself.

use super::present::{BookedEvent, check_version, load_locked, present_one};
use super::revise::save;
use crate::domain::audit::Change;
use crate::domain::event::input::{DayInput, parse_days};
use crate::domain::event::{Event, Transition, TransitionError, TransitionKind};
use crate::domain::id::EventId;
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};

/// A step to take, with what was typed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveEvent {
    pub id: EventId,
    pub kind: TransitionKind,
    pub reason: Option<String>,
    /// New days, for proposing an event that was postponed.
    pub days: Option<Vec<DayInput>>,
    /// The version that the caller saw; without one the step is taken from whatever is stored.
    pub known: Option<i64>,
}

impl Services {
    /// Takes a step, if the event's state allows it.
    pub async fn move_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: MoveEvent,
    ) -> Result<BookedEvent, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load_locked(desk, command.id)?;
            check_version(&stored, command.known)?;
            let changed = stored.apply(read_step(&command)?, desk.now, desk.today()).map_err(refused)?;
            save(desk, &stored, &changed)?;
            record_step(desk, &stored, &changed)?;
            present_one(desk, changed)
        })
        .await
    }
}

/// Puts a step into the audit trail.
pub fn record_step(desk: &mut Desk<'_, Plan>, stored: &Event, changed: &Event) -> Result<(), ServiceError> {
    let moved = Change::new("event.moved", "event", changed.id).with("from", stored.state).with("to", changed.state);
    let moved = if stored.days == changed.days { moved } else { moved.fields(&["days"]) };
    desk.record(match &changed.state_reason {
        Some(reason) => moved.with("reason", reason),
        None => moved,
    })
}

/// A state that does not allow a step is a conflict; something missing with it is a broken rule.
pub fn refused(error: TransitionError) -> ServiceError {
    match error {
        TransitionError::NotAllowed { from, transition } => {
            Conflict::State { from: from.as_str(), step: transition.as_str() }.into()
        }
        TransitionError::Rule(error) => ServiceError::Invalid(vec![error]),
    }
}

fn read_step(command: &MoveEvent) -> Result<Transition, ServiceError> {
    let mut check = Check::new();
    let reason = check.optional("reason", command.reason.as_deref(), str::parse);
    if command.days.is_some() && command.kind != TransitionKind::Propose {
        check.fail("days", Rule::DaysNotTaken);
    }
    let days = match command.days.clone() {
        Some(days) => parse_days(&mut check, days).map(Some),
        None => Some(None),
    };
    let read = reason.zip(days).map(|(reason, days)| Transition::new(command.kind, reason, days));
    Ok(check.finish(read)?)
}
