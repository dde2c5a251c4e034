//! What an office puts on its papers. Everybody in the office reads it, an admin changes it.

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::audit::Change;
use crate::domain::office_settings::{OfficeSettings, OfficeSettingsInput};
use crate::domain::permission::{Administer, Read};
use crate::domain::region::RegionCode;
use crate::store::queries::office_settings as store;

impl Services {
    /// The settings of an office; empty ones if nobody filled them in.
    pub async fn find_office_settings(
        &self,
        caller: &Caller,
        office: &RegionCode,
    ) -> Result<OfficeSettings, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Read>| {
            Ok(store::find_office_settings(desk.connection, desk.scope())?)
        })
        .await
    }

    /// Gives an office other settings. The trail names the parts that changed, not what stands in them.
    pub async fn change_office_settings(
        &self,
        caller: &Caller,
        office: &RegionCode,
        input: OfficeSettingsInput,
    ) -> Result<OfficeSettings, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Administer>| {
            let changed = input.clone().check()?;
            let stored = store::find_office_settings(desk.connection, desk.scope())?;
            store::save_office_settings(desk.connection, desk.scope(), &changed, desk.now)?;
            let code = desk.office().code.clone();
            desk.record(
                Change::new("office.settings_changed", "office", code).fields(&stored.changed_fields(&changed)),
            )?;
            Ok(changed)
        })
        .await
    }
}
