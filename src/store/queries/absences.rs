//! Absences of the staff, in the office that they are missing from. They are deleted, not archived: nothing refers to them.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::domain::dates::DateRange;
use crate::domain::event::SubjectKind;
use crate::domain::id::{AbsenceId, EventId, OfficeId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::team::Absence;
use crate::domain::text::{Name, Note};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::{absences, claims, duty_locks, events};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = absences, treat_none_as_default_value = false)]
struct AbsenceRow {
    office_id: OfficeId,
    id: AbsenceId,
    user_id: UserId,
    first_day: NaiveDate,
    last_day: NaiveDate,
    reason: Option<Note>,
    version: i64,
    created_at: At,
}

/// What a list of absences is narrowed to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AbsenceFilter {
    pub user: Option<UserId>,
    /// Only those that last to this day or longer.
    pub from: Option<NaiveDate>,
    /// Only those that begin by this day.
    pub to: Option<NaiveDate>,
}

pub fn find_absence(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: AbsenceId,
) -> Result<Option<Absence>, StoreError> {
    let row: Option<AbsenceRow> = absences::table
        .filter(absences::office_id.eq(scope.office_id()).and(absences::id.eq(id)))
        .select(AbsenceRow::as_select())
        .first(connection)
        .optional()?;
    row.map(Absence::try_from).transpose()
}

/// One page of the office's absences, in the order they were entered.
pub fn list_absences(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &AbsenceFilter,
    cut: &Cut<AbsenceId>,
) -> Result<Page<Absence>, StoreError> {
    let mut query = absences::table
        .filter(absences::office_id.eq(scope.office_id()))
        .order(absences::id)
        .limit(cut.limit_plus_one())
        .select(AbsenceRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(user) = filter.user {
        query = query.filter(absences::user_id.eq(user));
    }
    if let Some(from) = filter.from {
        query = query.filter(absences::last_day.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(absences::first_day.le(to));
    }
    if let Some(after) = cut.after {
        query = query.filter(absences::id.gt(after));
    }
    let rows: Vec<AbsenceRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(Absence::try_from).collect::<Result<_, _>>()?))
}

/// The absences of these users that touch `days`, by first day: what a booking is checked against.
pub fn list_absences_of(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    users: &[UserId],
    days: DateRange,
) -> Result<Vec<Absence>, StoreError> {
    let rows: Vec<AbsenceRow> = absences::table
        .filter(absences::office_id.eq(scope.office_id()).and(absences::user_id.eq_any(users)))
        .filter(absences::last_day.ge(days.first()).and(absences::first_day.le(days.last())))
        .order((absences::first_day, absences::id))
        .select(AbsenceRow::as_select())
        .load(connection)?;
    rows.into_iter().map(Absence::try_from).collect()
}

/// Keeps others from deciding about the days of these people until the transaction ends: who books them sees their
/// absences, and who enters an absence sees their bookings. On SQLite nobody else writes meanwhile; on PostgreSQL two
/// decisions that both look first would otherwise both pass.
pub fn lock_duties(connection: &mut AnyConnection, scope: OfficeScope, users: &[UserId]) -> Result<(), StoreError> {
    let AnyConnection::Postgres(postgres) = connection else { return Ok(()) };
    // Sorted, so that two decisions wait for each other and never deadlock.
    let sorted: BTreeSet<UserId> = users.iter().copied().collect();
    let rows: Vec<_> = sorted
        .into_iter()
        .map(|user| (duty_locks::office_id.eq(scope.office_id()), duty_locks::user_id.eq(user)))
        .collect();
    for chunk in rows.chunks(super::ROWS_PER_INSERT) {
        // Writing a row that is there takes its lock as well as inserting one does.
        diesel::insert_into(duty_locks::table)
            .values(chunk.to_vec())
            .on_conflict((duty_locks::office_id, duty_locks::user_id))
            .do_update()
            .set(duty_locks::user_id.eq(excluded(duty_locks::user_id)))
            .execute(postgres)?;
    }
    Ok(())
}

/// A day on which somebody is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    pub date: NaiveDate,
    pub event: EventId,
    pub title: Name,
}

/// The bookings of an officer on `days`, by date: one for each event and day, however many slots it claims.
pub fn list_bookings_of(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    user: UserId,
    days: DateRange,
) -> Result<Vec<Booking>, StoreError> {
    let same = events::office_id.eq(claims::office_id).and(events::id.eq(claims::event_id));
    let rows: Vec<(NaiveDate, EventId, Name)> = claims::table
        .inner_join(events::table.on(same))
        .filter(claims::office_id.eq(scope.office_id()).and(claims::subject_kind.eq(SubjectKind::Officer.as_str())))
        .filter(claims::subject.eq(user).and(claims::date.between(days.first(), days.last())))
        .order((claims::date, events::id))
        .select((claims::date, events::id, events::title))
        .distinct()
        .load(connection)?;
    Ok(rows.into_iter().map(|(date, event, title)| Booking { date, event, title }).collect())
}

/// Every absence of the office.
pub fn list_all_absences(connection: &mut AnyConnection, scope: OfficeScope) -> Result<Vec<Absence>, StoreError> {
    let own = absences::table.filter(absences::office_id.eq(scope.office_id()));
    let rows: Vec<AbsenceRow> = own.order(absences::id).select(AbsenceRow::as_select()).load(connection)?;
    rows.into_iter().map(Absence::try_from).collect()
}

/// The days on which these officers are booked.
pub fn list_booked_days(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    users: &[UserId],
    days: DateRange,
) -> Result<Vec<(UserId, NaiveDate)>, StoreError> {
    Ok(claims::table
        .filter(claims::office_id.eq(scope.office_id()).and(claims::subject_kind.eq(SubjectKind::Officer.as_str())))
        .filter(claims::date.between(days.first(), days.last()).and(claims::subject.eq_any(users)))
        .select((claims::subject, claims::date))
        .distinct()
        .load(connection)?)
}

pub fn insert_absences(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    all: &[Absence],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<AbsenceRow> = chunk.iter().map(|absence| row(scope, absence, now)).collect();
        each!(connection, |c| diesel::insert_into(absences::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Stores a changed absence if its stored version is still `known`; false if somebody else was first.
pub fn update_absence(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    absence: &Absence,
    known: i64,
) -> Result<bool, StoreError> {
    let stored = absences::table
        .filter(absences::office_id.eq(scope.office_id()).and(absences::id.eq(absence.id)))
        .filter(absences::version.eq(known));
    let changed = diesel::update(stored)
        .set((
            absences::user_id.eq(absence.user),
            absences::first_day.eq(absence.days.first()),
            absences::last_day.eq(absence.days.last()),
            absences::reason.eq(absence.reason.as_ref()),
            absences::version.eq(absence.version),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Takes an absence away; false if it is gone already.
pub fn delete_absence(connection: &mut AnyConnection, scope: OfficeScope, id: AbsenceId) -> Result<bool, StoreError> {
    let own = absences::table.filter(absences::office_id.eq(scope.office_id()).and(absences::id.eq(id)));
    Ok(diesel::delete(own).execute(connection)? == 1)
}

fn row(scope: OfficeScope, absence: &Absence, now: DateTime<Utc>) -> AbsenceRow {
    AbsenceRow {
        office_id: scope.office_id(),
        id: absence.id,
        user_id: absence.user,
        first_day: absence.days.first(),
        last_day: absence.days.last(),
        reason: absence.reason.clone(),
        version: absence.version,
        created_at: At(now),
    }
}

impl TryFrom<AbsenceRow> for Absence {
    type Error = StoreError;

    fn try_from(row: AbsenceRow) -> Result<Self, StoreError> {
        let days = DateRange::new(row.first_day, row.last_day).map_err(StoreError::broken)?;
        Ok(Self { id: row.id, user: row.user_id, days, reason: row.reason, version: row.version })
    }
}
