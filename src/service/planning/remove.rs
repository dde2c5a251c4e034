//! Removing an event. A draft that nobody counted for disappears; what was announced stays as cancelled, and what took
//! place stays as it is.

use super::present::{check_version, load_locked};
use super::revise::save;
use super::steps::record_step;
use crate::domain::audit::Change;
use crate::domain::event::{EventState, Transition};
use crate::domain::id::EventId;
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::events;

/// Why an event is cancelled that was removed; a coordinator who has more to say cancels it himself.
const REMOVED: &str = "Dihapus dari jadwal.";

impl Services {
    /// Removes an event, if its version is still `known`, which must be named.
    pub async fn remove_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
        known: Option<i64>,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load_locked(desk, id)?;
            check_version(&stored, Some(known.ok_or(ServiceError::VersionRequired)?))?;
            if stored.state == EventState::Draft && !events::has_entries(desk.connection, desk.scope(), id)? {
                events::delete_event(desk.connection, desk.scope(), id, stored.version)?;
                return desk.record(Change::new("event.deleted", "event", id));
            }
            if stored.state == EventState::Cancelled {
                return Ok(());
            }
            let reason = REMOVED.parse().map_err(ServiceError::internal)?;
            let cancelled = stored
                .apply(Transition::Cancel { reason: Some(reason) }, desk.now, desk.today())
                .map_err(|_| ServiceError::from(Conflict::InUse))?;
            save(desk, &stored, &cancelled)?;
            record_step(desk, &stored, &cancelled)
        })
        .await
    }
}
