//! Units of an office: the vehicles and kits that teams bring.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{OfficeId, UnitId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::team::{Unit, UnitKind};
use crate::domain::text::{Code, Name};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::units;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = units, treat_none_as_default_value = false)]
struct UnitRow {
    office_id: OfficeId,
    id: UnitId,
    code: Code,
    kind: UnitKind,
    name: Name,
    version: i64,
    created_at: At,
    archived_at: Option<At>,
}

/// What a list of units is narrowed to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitFilter {
    pub kind: Option<UnitKind>,
    /// Archived ones too.
    pub archived: bool,
}

/// The unit with this code, archived or not.
pub fn find_unit(connection: &mut AnyConnection, scope: OfficeScope, code: &Code) -> Result<Option<Unit>, StoreError> {
    let row: Option<UnitRow> = units::table
        .filter(units::office_id.eq(scope.office_id()).and(units::code.eq(code)))
        .select(UnitRow::as_select())
        .first(connection)
        .optional()?;
    Ok(row.map(Unit::from))
}

/// The units with these codes, archived or not, by code.
pub fn list_units_by_code(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    codes: &[Code],
) -> Result<Vec<Unit>, StoreError> {
    let rows: Vec<UnitRow> = units::table
        .filter(units::office_id.eq(scope.office_id()).and(units::code.eq_any(codes)))
        .order(units::code)
        .select(UnitRow::as_select())
        .load(connection)?;
    Ok(rows.into_iter().map(Unit::from).collect())
}

/// The units with these ids, archived or not, by code.
pub fn list_units_by_id(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[UnitId],
) -> Result<Vec<Unit>, StoreError> {
    let rows: Vec<UnitRow> = units::table
        .filter(units::office_id.eq(scope.office_id()).and(units::id.eq_any(ids)))
        .order(units::code)
        .select(UnitRow::as_select())
        .load(connection)?;
    Ok(rows.into_iter().map(Unit::from).collect())
}

/// Every unit in use, by code.
pub fn list_all_units(connection: &mut AnyConnection, scope: OfficeScope) -> Result<Vec<Unit>, StoreError> {
    let rows: Vec<UnitRow> = units::table
        .filter(units::office_id.eq(scope.office_id()).and(units::archived_at.is_null()))
        .order(units::code)
        .select(UnitRow::as_select())
        .load(connection)?;
    Ok(rows.into_iter().map(Unit::from).collect())
}

/// One page of the office's units, by code.
pub fn list_units(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &UnitFilter,
    cut: &Cut<Code>,
) -> Result<Page<Unit>, StoreError> {
    let mut query = units::table
        .filter(units::office_id.eq(scope.office_id()))
        .order(units::code)
        .limit(cut.limit_plus_one())
        .select(UnitRow::as_select())
        .into_boxed::<MultiBackend>();
    if !filter.archived {
        query = query.filter(units::archived_at.is_null());
    }
    if let Some(kind) = filter.kind {
        query = query.filter(units::kind.eq(kind));
    }
    if let Some(after) = &cut.after {
        query = query.filter(units::code.gt(after));
    }
    let rows: Vec<UnitRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(Unit::from).collect()))
}

/// Adds units; [`StoreError::Taken`] if one of the codes is in use.
pub fn insert_units(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    all: &[Unit],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<UnitRow> = chunk.iter().map(|unit| row(scope, unit, now)).collect();
        each!(connection, |c| diesel::insert_into(units::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Stores a changed unit if its stored version is still `known`; false if somebody else was first.
pub fn update_unit(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    unit: &Unit,
    known: i64,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = row(scope, unit, now);
    let stored = units::table
        .filter(units::office_id.eq(scope.office_id()).and(units::id.eq(unit.id)).and(units::version.eq(known)));
    let changed = diesel::update(stored)
        .set((
            units::kind.eq(row.kind),
            units::name.eq(row.name),
            units::version.eq(row.version),
            units::archived_at.eq(row.archived_at),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

fn row(scope: OfficeScope, unit: &Unit, now: DateTime<Utc>) -> UnitRow {
    UnitRow {
        office_id: scope.office_id(),
        id: unit.id,
        code: unit.code.clone(),
        kind: unit.kind,
        name: unit.name.clone(),
        version: unit.version,
        created_at: At(now),
        archived_at: unit.archived.then_some(At(now)),
    }
}

impl From<UnitRow> for Unit {
    fn from(row: UnitRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            kind: row.kind,
            name: row.name,
            version: row.version,
            archived: row.archived_at.is_some(),
        }
    }
}
