//! Offices of the installation. They belong to nobody's office, so no scope is asked; who may see one is decided by the
//! permit that its code is exchanged for.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::dsl::Eq;
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::domain::id::OfficeId;
use crate::domain::office::Office;
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::domain::staff::Scope;
use crate::domain::text::Name;
use crate::domain::time_zone::parse_time_zone;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::offices;

type Row = (OfficeId, RegionCode, Name, String);
const COLUMNS: (offices::id, offices::code, offices::name, offices::time_zone) =
    (offices::id, offices::code, offices::name, offices::time_zone);

/// The office of a kabupaten or kota.
pub fn find_office(connection: &mut AnyConnection, code: &RegionCode) -> Result<Option<Office>, StoreError> {
    let row: Option<Row> =
        offices::table.filter(offices::code.eq(code)).select(COLUMNS).get_result(connection).optional()?;
    row.map(office).transpose()
}

/// The office with this id.
pub fn find_office_by_id(connection: &mut AnyConnection, id: OfficeId) -> Result<Option<Office>, StoreError> {
    let row: Option<Row> =
        offices::table.filter(offices::id.eq(id)).select(COLUMNS).get_result(connection).optional()?;
    row.map(office).transpose()
}

/// Keeps others that ask for the same from deciding in this office until the transaction ends; reading and ordinary
/// writing go on. On SQLite nobody else writes meanwhile.
pub fn lock_office(connection: &mut AnyConnection, scope: OfficeScope) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(postgres) = connection {
        let office = offices::table.filter(offices::id.eq(scope.office_id())).select(offices::id);
        let _: OfficeId = office.for_no_key_update().first(postgres)?;
    }
    Ok(())
}

/// Every office within `reach`, by code.
pub fn list_offices(connection: &mut AnyConnection, reach: &Scope) -> Result<Vec<Office>, StoreError> {
    let mut query = offices::table.select(COLUMNS).order(offices::code).into_boxed::<MultiBackend>();
    if let Some(region) = reach.as_region() {
        query = query.filter(offices::code.eq(region).or(offices::code.like(format!("{region}.%"))));
    }
    let rows: Vec<Row> = query.load(connection)?;
    rows.into_iter().map(office).collect()
}

/// Adds an office; [`StoreError::Taken`] if its code has one.
pub fn insert_office(connection: &mut AnyConnection, office: &Office, now: DateTime<Utc>) -> Result<(), StoreError> {
    insert_offices(connection, std::slice::from_ref(office), now)
}

/// Adds many offices; [`StoreError::Taken`] if one of the codes has one.
pub fn insert_offices(connection: &mut AnyConnection, all: &[Office], now: DateTime<Utc>) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk.iter().map(|office| row(office, now)).collect();
        each!(connection, |c| diesel::insert_into(offices::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Gives many offices another name or zone.
pub fn replace_offices(connection: &mut AnyConnection, all: &[Office], now: DateTime<Utc>) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk.iter().map(|office| row(office, now)).collect();
        each!(connection, |c| {
            diesel::insert_into(offices::table)
                .values(rows)
                .on_conflict(offices::id)
                .do_update()
                .set((offices::name.eq(excluded(offices::name)), offices::time_zone.eq(excluded(offices::time_zone))))
                .execute(c)
        })?;
    }
    Ok(())
}

/// Gives an office another name or zone.
pub fn update_office(connection: &mut AnyConnection, office: &Office) -> Result<(), StoreError> {
    diesel::update(offices::table.filter(offices::id.eq(office.id)))
        .set((offices::name.eq(&office.name), offices::time_zone.eq(office.time_zone.name())))
        .execute(connection)?;
    Ok(())
}

/// True if the installation has at least one office.
pub fn any_office(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let first: Option<OfficeId> = offices::table.select(offices::id).first(connection).optional()?;
    Ok(first.is_some())
}

type NewRow<'a> = (
    Eq<offices::id, OfficeId>,
    Eq<offices::code, &'a RegionCode>,
    Eq<offices::name, &'a Name>,
    Eq<offices::time_zone, &'static str>,
    Eq<offices::created_at, At>,
);

fn row(office: &Office, now: DateTime<Utc>) -> NewRow<'_> {
    (
        offices::id.eq(office.id),
        offices::code.eq(&office.code),
        offices::name.eq(&office.name),
        offices::time_zone.eq(office.time_zone.name()),
        offices::created_at.eq(At(now)),
    )
}

fn office((id, code, name, zone): Row) -> Result<Office, StoreError> {
    let time_zone: Tz = parse_time_zone(&zone).map_err(StoreError::broken)?;
    Ok(Office { id, code, name, time_zone })
}
