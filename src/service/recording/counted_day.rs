//! A day on which an event was counted though nobody had booked it: once a coordinator accepts the count, the day is one of
//! the event's, so that the ranking, the reports and the files know it like any other.

use chrono::NaiveTime;

use crate::domain::event::effort::planned_efforts;
use crate::domain::event::{DayEffort, EventDay, Slot};
use crate::domain::id::EventId;
use crate::domain::permission::Plan;
use crate::domain::tally::Entry;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::{claims, events, teams};

/// Adds the date of `entry` to the days of its event. Nothing is refused for it: what is still free of that day is reserved,
/// the rest was somebody else's.
pub fn add_counted_day(desk: &mut Desk<'_, Plan>, entry: &Entry) -> Result<(), ServiceError> {
    let stored = events::find_event(desk.connection, desk.scope(), entry.event)?.ok_or(ServiceError::NotFound)?;
    let day = EventDay::new(entry.date, [Slot::at(local_time(desk, entry))].into(), None, None)?;
    let changed = stored.with_counted_day(day, desk.now)?;
    let operators = teams::list_teams_by_id(desk.connection, desk.scope(), &changed.teams)?;
    let operators = operators.into_iter().map(|team| (team.id, team.details.operators)).collect();
    let mut efforts = events::list_efforts(desk.connection, desk.scope(), &[stored.id])?;
    let of_day = |effort: &DayEffort| effort.date == entry.date;
    efforts.extend(planned_efforts(&changed, &operators).into_iter().filter(of_day));
    ServiceError::stale_unless(events::update_event(desk.connection, desk.scope(), &stored, &changed, &efforts)?)?;
    let new = changed.claims().into_iter().filter(|claim| claim.date == entry.date);
    let wanted: Vec<(EventId, _)> = new.map(|claim| (changed.id, claim)).collect();
    claims::insert_claims(desk.connection, desk.scope(), &wanted)?;
    Ok(())
}

/// When the entry was made, if that was on the day that it counts for.
fn local_time(desk: &Desk<'_, Plan>, entry: &Entry) -> NaiveTime {
    let local = entry.at.with_timezone(&desk.office().time_zone);
    let morning = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    if local.date_naive() == entry.date { local.time() } else { morning }
}
