//! Who receives digests, and when the next one leaves. A subscription is found by its office; those that are due are found
//! across all offices, for the clock asks for them.

use chrono::{DateTime, NaiveTime, Utc};
use diesel::prelude::*;

use crate::domain::calendar::Weekday;
use crate::domain::digest::{DigestPeriod, DigestSchedule, DigestSubscription, Rhythm};
use crate::domain::id::{OfficeId, SubscriptionId, UserId};
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{digest_subscriptions as stored, offices};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = stored, treat_none_as_default_value = false)]
struct SubscriptionRow {
    office_id: OfficeId,
    id: SubscriptionId,
    user_id: UserId,
    period: DigestPeriod,
    weekday: Option<Weekday>,
    month_day: Option<i64>,
    time: NaiveTime,
    quiet: bool,
    next_at: Option<At>,
    created_at: At,
}

/// The subscriptions of an office, in the order in which they were made.
pub fn list_subscriptions(
    connection: &mut AnyConnection,
    scope: OfficeScope,
) -> Result<Vec<DigestSubscription>, StoreError> {
    let rows: Vec<SubscriptionRow> = stored::table
        .filter(stored::office_id.eq(scope.office_id()))
        .order(stored::id)
        .select(SubscriptionRow::as_select())
        .load(connection)?;
    rows.into_iter().map(subscription).collect()
}

/// The subscriptions of one reader in these offices, in the order in which they were made.
pub fn list_subscriptions_of(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    reader: UserId,
) -> Result<Vec<(OfficeId, DigestSubscription)>, StoreError> {
    let rows: Vec<SubscriptionRow> = stored::table
        .filter(stored::office_id.eq_any(offices).and(stored::user_id.eq(reader)))
        .order((stored::office_id, stored::id))
        .select(SubscriptionRow::as_select())
        .load(connection)?;
    rows.into_iter().map(|row| Ok((row.office_id, subscription(row)?))).collect()
}

pub fn find_subscription(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: SubscriptionId,
) -> Result<Option<DigestSubscription>, StoreError> {
    let row: Option<SubscriptionRow> = stored::table
        .filter(stored::office_id.eq(scope.office_id()).and(stored::id.eq(id)))
        .select(SubscriptionRow::as_select())
        .first(connection)
        .optional()?;
    row.map(subscription).transpose()
}

/// The offices with a letter that is due, the longest due first; `limit` of them.
pub fn list_due_offices(
    connection: &mut AnyConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<RegionCode>, StoreError> {
    Ok(stored::table
        .inner_join(offices::table.on(offices::id.eq(stored::office_id)))
        .filter(stored::next_at.le(At(now)))
        .group_by((offices::id, offices::code))
        .order((diesel::dsl::min(stored::next_at), offices::code))
        .select(offices::code)
        .limit(limit)
        .load(connection)?)
}

/// Adds a subscription; [`StoreError::Taken`] if the person has one of this period.
pub fn insert_subscription(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    subscription: &DigestSubscription,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let DigestSubscription { id, recipient, schedule, next_at } = subscription;
    let (weekday, month_day) = rhythm_columns(schedule.rhythm);
    let row = SubscriptionRow {
        office_id: scope.office_id(),
        id: *id,
        user_id: *recipient,
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

/// Stores another schedule; false if there is no such subscription.
pub fn update_subscription(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    subscription: &DigestSubscription,
) -> Result<bool, StoreError> {
    let DigestSubscription { id, schedule, next_at, .. } = subscription;
    let (weekday, month_day) = rhythm_columns(schedule.rhythm);
    let own = stored::table.filter(stored::office_id.eq(scope.office_id()).and(stored::id.eq(*id)));
    let changed = diesel::update(own)
        .set((
            stored::period.eq(schedule.rhythm.period()),
            stored::weekday.eq(weekday),
            stored::month_day.eq(month_day),
            stored::time.eq(schedule.time),
            stored::quiet.eq(schedule.quiet),
            stored::next_at.eq(next_at.map(At)),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Moves those of these subscriptions on that are still due at the moment `known`; answers which: the others were moved by a
/// faster process.
pub fn move_on(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[SubscriptionId],
    known: Option<DateTime<Utc>>,
    next: Option<DateTime<Utc>>,
) -> Result<Vec<SubscriptionId>, StoreError> {
    let own = stored::office_id.eq(scope.office_id()).and(stored::id.eq_any(ids));
    Ok(diesel::update(stored::table.filter(own.and(stored::next_at.eq(known.map(At)))))
        .set(stored::next_at.eq(next.map(At)))
        .returning(stored::id)
        .get_results(connection)?)
}

pub fn delete_subscription(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: SubscriptionId,
) -> Result<bool, StoreError> {
    let own = stored::table.filter(stored::office_id.eq(scope.office_id()).and(stored::id.eq(id)));
    Ok(diesel::delete(own).execute(connection)? == 1)
}

/// The columns of a rhythm: its weekday, its day of the month.
pub(super) fn rhythm_columns(rhythm: Rhythm) -> (Option<Weekday>, Option<i64>) {
    match rhythm {
        Rhythm::Daily => (None, None),
        Rhythm::Weekly(weekday) => (Some(weekday), None),
        Rhythm::Monthly(day) => (None, Some(day.into())),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "the row is taken apart")]
fn subscription(row: SubscriptionRow) -> Result<DigestSubscription, StoreError> {
    let SubscriptionRow { id, user_id, period, weekday, month_day, time, quiet, next_at, .. } = row;
    let schedule = DigestSchedule { rhythm: rhythm(period, weekday, month_day)?, time, quiet };
    Ok(DigestSubscription { id, recipient: user_id, schedule, next_at: next_at.map(|at| at.0) })
}

/// The rhythm of its columns.
pub(super) fn rhythm(
    period: DigestPeriod,
    weekday: Option<Weekday>,
    month_day: Option<i64>,
) -> Result<Rhythm, StoreError> {
    let month_day = month_day.map(u8::try_from).transpose().map_err(StoreError::broken)?;
    match (period, weekday, month_day) {
        (DigestPeriod::Daily, None, None) => Ok(Rhythm::Daily),
        (DigestPeriod::Weekly, Some(weekday), None) => Ok(Rhythm::Weekly(weekday)),
        (DigestPeriod::Monthly, None, Some(day)) => Ok(Rhythm::Monthly(day)),
        _ => Err(StoreError::broken(format!("a digest that is {period} on {weekday:?} {month_day:?}"))),
    }
}
