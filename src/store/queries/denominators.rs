//! Denominators of an office. A row is never changed: a correction withdraws it and adds another.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::denominator::{Denominator, DenominatorDetails, DenominatorKey, DenominatorKind};
use crate::domain::id::{DenominatorId, OfficeId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::text::Note;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::denominators;

type Row = (DenominatorId, DenominatorKind, i64, NaiveDate, Note);
type Columns = (denominators::id, denominators::kind, denominators::value, denominators::as_of, denominators::source);
const COLUMNS: Columns =
    (denominators::id, denominators::kind, denominators::value, denominators::as_of, denominators::source);

/// Which denominators to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DenominatorFilter {
    pub kind: Option<DenominatorKind>,
}

/// A denominator with the time in which it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DenominatorVersion {
    pub denominator: Denominator,
    pub recorded_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// One page of the denominators that are not withdrawn, by date.
pub fn list_denominators(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &DenominatorFilter,
    cut: &Cut<DenominatorKey>,
) -> Result<Page<Denominator>, StoreError> {
    let mut query = denominators::table
        .filter(denominators::office_id.eq(scope.office_id()).and(denominators::withdrawn_at.is_null()))
        .order((denominators::as_of, denominators::id))
        .limit(cut.limit_plus_one())
        .select(COLUMNS)
        .into_boxed::<MultiBackend>();
    if let Some(kind) = filter.kind {
        query = query.filter(denominators::kind.eq(kind));
    }
    if let Some(after) = cut.after {
        let same = denominators::as_of.eq(after.as_of).and(denominators::id.gt(after.id));
        query = query.filter(denominators::as_of.gt(after.as_of).or(same));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(denominator).collect()))
}

/// Every version of every denominator of these offices, as they were recorded.
pub fn list_denominator_versions(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
) -> Result<Vec<(OfficeId, DenominatorVersion)>, StoreError> {
    let rows: Vec<(OfficeId, Row, At, Option<At>)> = denominators::table
        .filter(denominators::office_id.eq_any(offices))
        .order((denominators::office_id, denominators::as_of, denominators::recorded_at, denominators::id))
        .select((denominators::office_id, COLUMNS, denominators::recorded_at, denominators::withdrawn_at))
        .load(connection)?;
    let version = |(office, row, recorded, withdrawn): (OfficeId, Row, At, Option<At>)| {
        let withdrawn_at = withdrawn.map(|at| at.0);
        (office, DenominatorVersion { denominator: denominator(row), recorded_at: recorded.0, withdrawn_at })
    };
    Ok(rows.into_iter().map(version).collect())
}

/// The denominator with this id, unless it is withdrawn.
pub fn find_denominator(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: DenominatorId,
) -> Result<Option<Denominator>, StoreError> {
    let row: Option<Row> = denominators::table
        .filter(denominators::office_id.eq(scope.office_id()).and(denominators::id.eq(id)))
        .filter(denominators::withdrawn_at.is_null())
        .select(COLUMNS)
        .first(connection)
        .optional()?;
    Ok(row.map(denominator))
}

pub fn insert_denominators(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    all: &[Denominator],
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let row = |Denominator { id, details }: &Denominator| {
            (
                denominators::office_id.eq(scope.office_id()),
                denominators::id.eq(*id),
                denominators::kind.eq(details.kind),
                denominators::value.eq(details.value),
                denominators::as_of.eq(details.as_of),
                denominators::source.eq(details.source.clone()),
                denominators::recorded_at.eq(At(now)),
                denominators::recorded_by.eq(by),
            )
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        each!(connection, |c| diesel::insert_into(denominators::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Takes denominators out of force; says how many were in force.
pub fn withdraw_denominators(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[DenominatorId],
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let mut withdrawn = 0;
    for chunk in ids.chunks(super::ROWS_PER_INSERT) {
        let valid = denominators::table
            .filter(denominators::office_id.eq(scope.office_id()).and(denominators::id.eq_any(chunk)))
            .filter(denominators::withdrawn_at.is_null());
        withdrawn += diesel::update(valid).set(denominators::withdrawn_at.eq(At(now))).execute(connection)?;
    }
    Ok(withdrawn)
}

fn denominator((id, kind, value, as_of, source): Row) -> Denominator {
    Denominator { id, details: DenominatorDetails { kind, value, as_of, source } }
}
