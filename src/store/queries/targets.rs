//! Targets of an office, all their versions. A row is never changed: the next version withdraws it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::denominator::DenominatorKind;
use crate::domain::id::{OfficeId, TargetId, UserId};
use crate::domain::number::Percent;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::domain::target::{Goal, Purpose, Target, TargetDetails, TargetKey};
use crate::domain::text::Note;
use crate::domain::total::Channel;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::{offices, targets};

type Named = (TargetId, i64, RegionCode, Channel, Purpose, Option<DenominatorKind>);
type Said = (Option<i64>, Option<i64>, NaiveDate, NaiveDate, Note);
type Columns = (
    (targets::id, targets::version, targets::scope_code, targets::channel, targets::purpose, targets::denominator),
    (targets::share, targets::value, targets::starts, targets::ends, targets::source),
);
const COLUMNS: Columns = (
    (targets::id, targets::version, targets::scope_code, targets::channel, targets::purpose, targets::denominator),
    (targets::share, targets::value, targets::starts, targets::ends, targets::source),
);

/// Which targets to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetFilter {
    /// Only those whose days hold this one.
    pub on: Option<NaiveDate>,
    pub purpose: Option<Purpose>,
}

/// A version of a target with the time in which it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetVersion {
    pub target: Target,
    pub recorded_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Keeps others from changing the office's targets until the transaction ends: on PostgreSQL, where two could else enter
/// windows that overlap; SQLite has one writer. The row of the office stays free for those who only refer to it.
pub fn lock_targets(connection: &mut AnyConnection, scope: OfficeScope) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(postgres) = connection {
        let own = offices::table.filter(offices::id.eq(scope.office_id()));
        own.select(offices::id).for_no_key_update().load::<OfficeId>(postgres)?;
    }
    Ok(())
}

/// One page of the targets in force, by their first day.
pub fn list_targets(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &TargetFilter,
    cut: &Cut<TargetKey>,
) -> Result<Page<Target>, StoreError> {
    let mut query = targets::table
        .filter(targets::office_id.eq(scope.office_id()).and(targets::withdrawn_at.is_null()))
        .order((targets::starts, targets::id))
        .limit(cut.limit_plus_one())
        .select(COLUMNS)
        .into_boxed::<MultiBackend>();
    if let Some(day) = filter.on {
        query = query.filter(targets::starts.le(day).and(targets::ends.ge(day)));
    }
    if let Some(purpose) = filter.purpose {
        query = query.filter(targets::purpose.eq(purpose));
    }
    if let Some(after) = cut.after {
        let same = targets::starts.eq(after.starts).and(targets::id.gt(after.id));
        query = query.filter(targets::starts.gt(after.starts).or(same));
    }
    let rows: Vec<(Named, Said)> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(target).collect::<Result<_, _>>()?))
}

/// A version with its office and the moments of its begin and end.
type Stored = (OfficeId, (Named, Said), At, Option<At>);

/// Every version of every target of these offices, by target and version.
pub fn list_target_versions(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
) -> Result<Vec<(OfficeId, TargetVersion)>, StoreError> {
    let rows: Vec<Stored> = targets::table
        .filter(targets::office_id.eq_any(offices))
        .order((targets::office_id, targets::starts, targets::id, targets::version))
        .select((targets::office_id, COLUMNS, targets::recorded_at, targets::withdrawn_at))
        .load(connection)?;
    let version = |(office, row, recorded, withdrawn): Stored| {
        let (target, withdrawn_at) = (target(row)?, withdrawn.map(|at| at.0));
        Ok((office, TargetVersion { target, recorded_at: recorded.0, withdrawn_at }))
    };
    rows.into_iter().map(version).collect()
}

/// The version of a target that is in force.
pub fn find_target(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: TargetId,
) -> Result<Option<Target>, StoreError> {
    let row: Option<(Named, Said)> = targets::table
        .filter(targets::office_id.eq(scope.office_id()).and(targets::id.eq(id)))
        .filter(targets::withdrawn_at.is_null())
        .select(COLUMNS)
        .first(connection)
        .optional()?;
    row.map(target).transpose()
}

pub fn insert_targets(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    all: &[Target],
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let row = |Target { id, version, details }: &Target| {
            let (share, value) = match details.goal {
                Goal::Share(share) => (Some(share.ten_thousandths()), None),
                Goal::Value(value) => (None, Some(value)),
            };
            (
                (targets::office_id.eq(scope.office_id()), targets::id.eq(*id), targets::version.eq(*version)),
                targets::scope_code.eq(details.scope.clone()),
                targets::channel.eq(details.channel),
                targets::purpose.eq(details.purpose),
                targets::denominator.eq(details.denominator),
                (targets::share.eq(share), targets::value.eq(value)),
                (targets::starts.eq(details.window.first()), targets::ends.eq(details.window.last())),
                targets::source.eq(details.source.clone()),
                (targets::recorded_at.eq(At(now)), targets::recorded_by.eq(by)),
            )
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        each!(connection, |c| diesel::insert_into(targets::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Takes this version of a target out of force; false if it was not in force.
pub fn withdraw_target(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    (id, version): (TargetId, i64),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let valid = targets::table
        .filter(targets::office_id.eq(scope.office_id()).and(targets::id.eq(id)).and(targets::version.eq(version)))
        .filter(targets::withdrawn_at.is_null());
    Ok(diesel::update(valid).set(targets::withdrawn_at.eq(At(now))).execute(connection)? == 1)
}

fn target((named, said): (Named, Said)) -> Result<Target, StoreError> {
    let (id, version, scope, channel, purpose, denominator) = named;
    let (share, value, starts, ends, source) = said;
    let goal = match (share, value) {
        (Some(share), None) => Goal::Share(Percent::from_ten_thousandths(share).map_err(StoreError::broken)?),
        (None, Some(value)) => Goal::Value(value),
        _ => return Err(StoreError::broken("a target is a share or a value")),
    };
    let window = DateRange::new(starts, ends).map_err(StoreError::broken)?;
    Ok(Target { id, version, details: TargetDetails { scope, channel, purpose, goal, denominator, window, source } })
}
