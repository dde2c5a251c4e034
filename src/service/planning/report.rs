//! Where the report of an event stands: a coordinator says that nobody came, or vouches for what was counted.

use std::collections::BTreeMap;

use super::present::{BookedEvent, check_version, load_locked, present_one};
use crate::domain::audit::Change;
use crate::domain::event::{Event, EventState};
use crate::domain::id::EventId;
use crate::domain::lock::is_locked;
use crate::domain::outcome::Counts;
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::{events, locks, results};

impl Services {
    /// Says that an event had no result ("nihil"): each day that has come counts zero of every service that has no count.
    pub async fn report_nihil(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
        known: Option<i64>,
    ) -> Result<BookedEvent, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load_locked(desk, id)?;
            check_version(&stored, known)?;
            check_took_place(desk, &stored)?;
            let reported = stored.report(desk.now);
            count_zero(desk, &stored)?;
            save_report(desk, &stored, &reported)?;
            desk.record(Change::new("event.reported_nihil", "event", id))?;
            present_one(desk, reported)
        })
        .await
    }

    /// Vouches for what was reported.
    pub async fn verify_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
        known: Option<i64>,
    ) -> Result<BookedEvent, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load_locked(desk, id)?;
            check_version(&stored, known)?;
            let verified = stored.verify(desk.now).map_err(|error| ServiceError::Invalid(vec![error]))?;
            save_report(desk, &stored, &verified)?;
            desk.record(Change::new("event.verified", "event", id))?;
            present_one(desk, verified)
        })
        .await
    }
}

/// Only what began can have had no result.
fn check_took_place(desk: &Desk<'_, Plan>, event: &Event) -> Result<(), ServiceError> {
    if !matches!(event.state, EventState::Confirmed | EventState::Ongoing | EventState::Done) {
        return Err(Conflict::State { from: event.state.as_str(), step: "nihil" }.into());
    }
    let today = desk.today();
    if event.days.dates().all(|date| date > today) {
        return Err(ServiceError::invalid("days", Rule::Future));
    }
    Ok(())
}

/// A zero that somebody vouches for is not the same as nothing known. What was counted already stays.
fn count_zero(desk: &mut Desk<'_, Plan>, event: &Event) -> Result<(), ServiceError> {
    let today = desk.today();
    let zeros: Counts = event.services.iter().map(|service| (*service, 0)).collect();
    let days: Vec<_> = event.days.dates().filter(|date| *date <= today).collect();
    let locks = locks::list_locks_in_force(desk.connection, desk.scope())?;
    if days.iter().any(|date| is_locked(&locks, *date)) {
        return Err(Conflict::PeriodLocked.into());
    }
    let rows: BTreeMap<_, _> = days.into_iter().map(|date| ((event.id, date), zeros.clone())).collect();
    Ok(results::add_to_day_counts(desk.connection, desk.scope(), &rows)?)
}

fn save_report(desk: &mut Desk<'_, Plan>, stored: &Event, changed: &Event) -> Result<(), ServiceError> {
    if stored.reporting == changed.reporting {
        return Ok(());
    }
    let saved = events::update_state(desk.connection, desk.scope(), changed, stored.version)?;
    ServiceError::stale_unless(saved)
}
