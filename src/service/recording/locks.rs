//! Locking a period after its figures were reported, and reopening it with a reason.

use chrono::NaiveDate;

use crate::domain::audit::Change;
use crate::domain::id::LockId;
use crate::domain::lock::{PeriodLock, Reopening, is_locked};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Govern, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::text::Note;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::locks as store;

/// A period to lock, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockPeriod {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub note: Option<Note>,
}

impl Services {
    pub async fn list_locks(
        &self,
        caller: &Caller,
        office: &RegionCode,
        cut: Cut<LockId>,
    ) -> Result<Page<PeriodLock>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            Ok(store::list_locks(desk.connection, desk.scope(), &cut)?)
        })
        .await
    }

    pub async fn find_lock(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: LockId,
    ) -> Result<PeriodLock, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load_lock(desk, id)).await
    }

    /// Locks a period from now on; it may overlap others.
    pub async fn lock_period(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: LockPeriod,
    ) -> Result<PeriodLock, ServiceError> {
        let id = LockId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let LockPeriod { first, last, note } = command.clone();
            let lock = PeriodLock::new(id, first, last, desk.now).map_err(|error| vec![error])?;
            let lock = PeriodLock { note, ..lock };
            store::insert_lock(desk.connection, desk.scope(), &lock, desk.permit.actor().user_id())?;
            desk.record(Change::new("lock.added", "lock", id).with("from", first).with("to", last))?;
            Ok(lock)
        })
        .await
    }

    /// Lifts a lock. One that is lifted already is a conflict.
    pub async fn reopen_lock(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: LockId,
        reason: Note,
    ) -> Result<PeriodLock, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let reopening = Reopening { at: desk.now, reason: reason.clone() };
            let lock = load_lock(desk, id)?;
            let by = desk.permit.actor().user_id();
            if !store::reopen_lock(desk.connection, desk.scope(), id, &reopening, by)? {
                return Err(ServiceError::Conflict(Conflict::State { from: "reopened", step: "reopen" }));
            }
            let change = Change::new("lock.reopened", "lock", id).with("from", lock.first).with("to", lock.last);
            desk.record(change.with("reason", &reason))?;
            Ok(lock.reopen(desk.now, reason.clone()))
        })
        .await
    }
}

fn load_lock<A: Action>(desk: &mut Desk<'_, A>, id: LockId) -> Result<PeriodLock, ServiceError> {
    store::find_lock(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

/// Refuses to change what belongs to a locked date.
pub(super) fn check_unlocked<A: Action>(desk: &mut Desk<'_, A>, date: NaiveDate) -> Result<(), ServiceError> {
    let locks = store::list_locks_in_force(desk.connection, desk.scope())?;
    if is_locked(&locks, date) {
        return Err(ServiceError::invalid("date", Rule::PeriodLocked { date: date.to_string() }));
    }
    Ok(())
}
