//! Which phones still keep entries: each batch says how many are left on its phone, and the office can look.

use chrono::TimeDelta;

use super::batch::Batch;
use crate::domain::permission::{Plan, Tally};
use crate::domain::region::RegionCode;
use crate::domain::tally::EntrySource;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::devices as store;

pub use crate::store::queries::devices::{Device, DeviceReport};

/// A phone that was silent for longer is no longer listed.
const SILENT_AFTER: TimeDelta = TimeDelta::days(30);

impl Services {
    /// The phones of the office's field: those that keep most first.
    pub async fn list_devices(&self, caller: &Caller, office: &RegionCode) -> Result<Vec<Device>, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Plan>| {
            Ok(store::list_devices(desk.connection, desk.scope(), desk.now - SILENT_AFTER)?)
        })
        .await
    }
}

/// Remembers what a phone said with its batch; the desk and programs that say nothing leave no trace.
pub fn remember_device(desk: &mut Desk<'_, Tally>, batch: &Batch) -> Result<(), ServiceError> {
    let actor = desk.permit.actor();
    let Some((word, user)) = batch.word.zip(actor.user_id()) else { return Ok(()) };
    if batch.source(actor) == EntrySource::Desk {
        return Ok(());
    }
    let report = DeviceReport {
        user,
        device: batch.device.clone(),
        waiting: word.waiting,
        sent_at: word.sent_at,
        received_at: desk.now,
    };
    Ok(store::save_device(desk.connection, desk.scope(), &report)?)
}
