//! What an office puts on its papers: one row for each office that has filled it in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::OfficeId;
use crate::domain::office_settings::{Letterhead, OfficeSettings, Signer};
use crate::domain::permission::OfficeScope;
use crate::domain::staff::Nip;
use crate::domain::text::{Name, Note};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::office_settings;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = office_settings, primary_key(office_id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct SettingsRow {
    office_id: OfficeId,
    government: Option<Name>,
    agency: Option<Name>,
    address: Option<Name>,
    phone: Option<Name>,
    website: Option<Name>,
    city: Option<Name>,
    legal_basis: Option<Note>,
    number_pattern: Option<Name>,
    signer_name: Option<Name>,
    signer_title: Option<Name>,
    signer_rank: Option<Name>,
    signer_nip: Option<Nip>,
    updated_at: At,
}

/// The settings of the office; empty ones if nobody filled them in.
pub fn find_office_settings(connection: &mut AnyConnection, scope: OfficeScope) -> Result<OfficeSettings, StoreError> {
    let row: Option<SettingsRow> = office_settings::table
        .filter(office_settings::office_id.eq(scope.office_id()))
        .select(SettingsRow::as_select())
        .first(connection)
        .optional()?;
    Ok(row.map(OfficeSettings::from).unwrap_or_default())
}

/// Stores the settings of the office in the place of those before.
pub fn save_office_settings(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    settings: &OfficeSettings,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = row(scope, settings.clone(), now);
    each!(connection, |c| diesel::insert_into(office_settings::table)
        .values(&row)
        .on_conflict(office_settings::office_id)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(())
}

fn row(scope: OfficeScope, settings: OfficeSettings, now: DateTime<Utc>) -> SettingsRow {
    let OfficeSettings { letterhead, city, legal_basis, number_pattern, signer } = settings;
    SettingsRow {
        office_id: scope.office_id(),
        government: letterhead.government,
        agency: letterhead.agency,
        address: letterhead.address,
        phone: letterhead.phone,
        website: letterhead.website,
        city,
        legal_basis,
        number_pattern,
        signer_name: signer.name,
        signer_title: signer.title,
        signer_rank: signer.rank,
        signer_nip: signer.nip,
        updated_at: At(now),
    }
}

impl From<SettingsRow> for OfficeSettings {
    fn from(row: SettingsRow) -> Self {
        Self {
            letterhead: Letterhead {
                government: row.government,
                agency: row.agency,
                address: row.address,
                phone: row.phone,
                website: row.website,
            },
            city: row.city,
            legal_basis: row.legal_basis,
            number_pattern: row.number_pattern,
            signer: Signer {
                name: row.signer_name,
                title: row.signer_title,
                rank: row.signer_rank,
                nip: row.signer_nip,
            },
        }
    }
}
