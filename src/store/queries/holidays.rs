//! Holidays and joint leave, versioned: a row is withdrawn, never changed.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::calendar::{Holiday, HolidayKind};
use crate::domain::id::HolidayId;
use crate::domain::text::Name;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::holidays;

type Row = (HolidayId, NaiveDate, HolidayKind, Name, String, Option<NaiveDate>);
type Columns =
    (holidays::id, holidays::date, holidays::kind, holidays::name, holidays::region_code, holidays::decided_on);
const COLUMNS: Columns =
    (holidays::id, holidays::date, holidays::kind, holidays::name, holidays::region_code, holidays::decided_on);

/// Which holidays to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Those in force.
    Now,
    /// Those that were withdrawn too.
    Ever,
}

/// Holidays from `first` to `last`, by date.
pub fn list_holidays(
    connection: &mut AnyConnection,
    first: NaiveDate,
    last: NaiveDate,
    validity: Validity,
) -> Result<Vec<Holiday>, StoreError> {
    let mut query = holidays::table
        .filter(holidays::date.between(first, last))
        .order((holidays::date, holidays::name, holidays::region_code, holidays::id))
        .select(COLUMNS)
        .into_boxed::<MultiBackend>();
    if validity == Validity::Now {
        query = query.filter(holidays::withdrawn_at.is_null());
    }
    let rows: Vec<Row> = query.load(connection)?;
    rows.into_iter().map(holiday).collect()
}

/// A holiday with the time in which it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayVersion {
    pub holiday: Holiday,
    pub recorded_at: DateTime<Utc>,
    /// None while it is in force.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Holidays from `first` to `last` with their versions, by date and then as they were entered.
pub fn list_versions(
    connection: &mut AnyConnection,
    first: NaiveDate,
    last: NaiveDate,
    validity: Validity,
) -> Result<Vec<HolidayVersion>, StoreError> {
    let mut query = holidays::table
        .filter(holidays::date.between(first, last))
        .order((holidays::date, holidays::id))
        .select((COLUMNS, holidays::recorded_at, holidays::withdrawn_at))
        .into_boxed::<MultiBackend>();
    if validity == Validity::Now {
        query = query.filter(holidays::withdrawn_at.is_null());
    }
    let rows: Vec<(Row, At, Option<At>)> = query.load(connection)?;
    let version = |(row, recorded, withdrawn): (Row, At, Option<At>)| {
        let withdrawn_at = withdrawn.map(|at| at.0);
        Ok(HolidayVersion { holiday: holiday(row)?, recorded_at: recorded.0, withdrawn_at })
    };
    rows.into_iter().map(version).collect()
}

/// A holiday in force.
pub fn find_holiday(connection: &mut AnyConnection, id: HolidayId) -> Result<Option<Holiday>, StoreError> {
    let in_force = holidays::id.eq(id).and(holidays::withdrawn_at.is_null());
    let row: Option<Row> = holidays::table.filter(in_force).select(COLUMNS).first(connection).optional()?;
    row.map(holiday).transpose()
}

pub fn insert_holidays(connection: &mut AnyConnection, all: &[Holiday], now: DateTime<Utc>) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|holiday| {
                let region = holiday.region.as_ref().map_or("", |region| region.as_str());
                (
                    holidays::id.eq(holiday.id),
                    holidays::date.eq(holiday.date),
                    holidays::kind.eq(holiday.kind),
                    holidays::name.eq(&holiday.name),
                    holidays::region_code.eq(region),
                    holidays::decided_on.eq(holiday.decided_on),
                    holidays::recorded_at.eq(At(now)),
                )
            })
            .collect();
        each!(connection, |c| diesel::insert_into(holidays::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Takes a holiday out of force; false if it was not in force.
pub fn withdraw_holiday(connection: &mut AnyConnection, id: HolidayId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let valid = holidays::table.filter(holidays::id.eq(id).and(holidays::withdrawn_at.is_null()));
    Ok(diesel::update(valid).set(holidays::withdrawn_at.eq(At(now))).execute(connection)? == 1)
}

/// Takes these holidays out of force, as far as they are in force.
pub fn withdraw_holidays(
    connection: &mut AnyConnection,
    ids: &[HolidayId],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let valid = holidays::table.filter(holidays::id.eq_any(ids).and(holidays::withdrawn_at.is_null()));
    diesel::update(valid).set(holidays::withdrawn_at.eq(At(now))).execute(connection)?;
    Ok(())
}

fn holiday((id, date, kind, name, region, decided_on): Row) -> Result<Holiday, StoreError> {
    let region = (!region.is_empty()).then(|| region.parse()).transpose().map_err(StoreError::broken)?;
    Ok(Holiday { id, date, kind, name, region, decided_on })
}
