//! Who receives the digest of a province or the nation: at most one subscription for each reader. They belong to no office.

use chrono::{DateTime, NaiveTime, Utc};
use diesel::prelude::*;

use super::digest_subscriptions::{rhythm, rhythm_columns};
use crate::domain::calendar::Weekday;
use crate::domain::digest::{DigestPeriod, DigestSchedule, RegionSubscription};
use crate::domain::id::{OfficeId, UserId};
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::region_digests as stored;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = stored, treat_none_as_default_value = false)]
struct RegionRow {
    office_id: OfficeId,
    user_id: UserId,
    period: DigestPeriod,
    weekday: Option<Weekday>,
    month_day: Option<i64>,
    time: NaiveTime,
    quiet: bool,
    next_at: Option<At>,
    created_at: At,
}

/// The row of a reader. All carry the nil office, as letters to readers of several offices do.
macro_rules! own {
    ($reader:expr) => {
        stored::office_id.eq(OfficeId::NATION).and(stored::user_id.eq($reader))
    };
}

pub fn find_region_subscription(
    connection: &mut AnyConnection,
    reader: UserId,
) -> Result<Option<RegionSubscription>, StoreError> {
    let row: Option<RegionRow> =
        stored::table.filter(own!(reader)).select(RegionRow::as_select()).first(connection).optional()?;
    row.map(subscription).transpose()
}

/// The subscriptions whose letter is due, the longest due first; `limit` of them.
pub fn list_due_regions(
    connection: &mut AnyConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<RegionSubscription>, StoreError> {
    let rows: Vec<RegionRow> = stored::table
        .filter(stored::office_id.eq(OfficeId::NATION).and(stored::next_at.le(At(now))))
        .order((stored::next_at, stored::user_id))
        .limit(limit)
        .select(RegionRow::as_select())
        .load(connection)?;
    rows.into_iter().map(subscription).collect()
}

/// Stores a reader's subscription in place of the one that he may have.
pub fn replace_region_subscription(
    connection: &mut AnyConnection,
    subscription: &RegionSubscription,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let RegionSubscription { reader, schedule, next_at } = subscription;
    delete_region_subscription(connection, *reader)?;
    let (weekday, month_day) = rhythm_columns(schedule.rhythm);
    let row = RegionRow {
        office_id: OfficeId::NATION,
        user_id: *reader,
        period: schedule.rhythm.period(),
        weekday,
        month_day,
        time: schedule.time,
        quiet: schedule.quiet,
        next_at: next_at.map(At),
        created_at: At(now),
    };
    diesel::insert_into(stored::table).values(&row).execute(connection)?;
    Ok(())
}

/// Moves a subscription on from the moment `known`; false if another process was faster.
pub fn move_region_on(
    connection: &mut AnyConnection,
    reader: UserId,
    known: Option<DateTime<Utc>>,
    next: Option<DateTime<Utc>>,
) -> Result<bool, StoreError> {
    let own = own!(reader).and(stored::next_at.eq(known.map(At)));
    Ok(diesel::update(stored::table.filter(own)).set(stored::next_at.eq(next.map(At))).execute(connection)? == 1)
}

/// Ends a reader's subscription; false if he has none.
pub fn delete_region_subscription(connection: &mut AnyConnection, reader: UserId) -> Result<bool, StoreError> {
    Ok(diesel::delete(stored::table.filter(own!(reader))).execute(connection)? == 1)
}

#[allow(clippy::needless_pass_by_value, reason = "the row is taken apart")]
fn subscription(row: RegionRow) -> Result<RegionSubscription, StoreError> {
    let RegionRow { user_id, period, weekday, month_day, time, quiet, next_at, .. } = row;
    let schedule = DigestSchedule { rhythm: rhythm(period, weekday, month_day)?, time, quiet };
    Ok(RegionSubscription { reader: user_id, schedule, next_at: next_at.map(|at| at.0) })
}
