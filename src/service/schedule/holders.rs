//! Who an event is, in a sentence about something that it holds: its teams and its venue by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::event::Event;
use crate::domain::id::EventId;
use crate::domain::permission::Action;
use crate::domain::text::Name;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::planning::Names;
use crate::store::queries::events;

/// An event that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderEvent {
    pub event: EventId,
    pub title: Name,
    pub teams: Vec<Name>,
    pub venue: Option<Name>,
}

/// Those of these events that the office has.
pub fn describe_holders<A: Action>(
    desk: &mut Desk<'_, A>,
    ids: BTreeSet<EventId>,
) -> Result<BTreeMap<EventId, HolderEvent>, ServiceError> {
    let found = events::find_events(desk.connection, desk.scope(), &Vec::from_iter(ids))?;
    let names = Names::of_events(desk, &found)?;
    Ok(found.into_iter().map(|event| (event.id, describe(&event, &names))).collect())
}

fn describe(event: &Event, names: &Names) -> HolderEvent {
    let teams = event.teams.iter().filter_map(|id| names.teams.get(id));
    HolderEvent {
        event: event.id,
        title: event.title.clone(),
        teams: teams.map(|team| team.details.name.clone()).collect(),
        venue: event.venue.and_then(|id| names.venues.get(&id)).map(|venue| venue.details.name.clone()),
    }
}
