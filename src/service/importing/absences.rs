//! Absences from a file. An absence has no name: a row that is not stored as it is, is new. Over bookings it is taken all
//! the same, with a warning.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::names::load_staff;
use super::options::KEYS_PER_QUERY;
use crate::domain::audit::Change;
use crate::domain::dates::DateRange;
use crate::domain::id::UserId;
use crate::domain::permission::{Action, Plan};
use crate::domain::rule::Rule;
use crate::domain::staff::User;
use crate::domain::team::Absence;
use crate::domain::text::{Login, Note};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::absences::{AbsenceFile, AbsenceRow};
use crate::service::files::{FileWarning, ImportReport, Numbered};
use crate::store::queries::absences as store;
use crate::store::queries::offices::lock_office;
use crate::store::queries::users::list_logins;

/// What makes an absence the same as another; the reason only if the file has one.
type Key = (UserId, DateRange, Option<Note>);

pub fn save(desk: &mut Desk<'_, Plan>, file: &AbsenceFile) -> Result<ImportReport, ServiceError> {
    // One import at a time decides what is stored already.
    lock_office(desk.connection, desk.scope())?;
    let staff = load_staff(desk, file.rows.iter().map(|row| &row.value.sheet.login).collect())?;
    let reason = |reason: &Option<Note>| if file.has_reason { reason.clone() } else { None };
    let stored: BTreeSet<Key> = store::list_all_absences(desk.connection, desk.scope())?
        .into_iter()
        .map(|absence| (absence.user, absence.days, reason(&absence.reason)))
        .collect();
    let mut errors = file.errors.clone();
    let mut added = Vec::new();
    for Numbered { line, value: AbsenceRow { id, sheet } } in &file.rows {
        let user = staff.get(&sheet.login);
        if user.is_some_and(|user| stored.contains(&(user.id, sheet.days, reason(&sheet.reason)))) {
            continue;
        }
        // Whoever has left is absent no more; what is stored of him stays.
        let Some(user) = user.filter(|user| is_of_office(desk, user)) else {
            errors.push(*line, "login", Rule::NotFound);
            continue;
        };
        let absence = Absence { id: *id, user: user.id, days: sheet.days, reason: sheet.reason.clone(), version: 1 };
        added.push(Numbered { line: *line, value: absence });
    }
    errors.finish(())?;
    let people: BTreeSet<UserId> = added.iter().map(|row| row.value.user).collect();
    let people: Vec<UserId> = people.into_iter().collect();
    // Whoever books one of them now waits: an absence and a booking must not overlook each other.
    store::lock_duties(desk.connection, desk.scope(), &people)?;
    let warnings = booked(desk, &added, &people)?;
    write(desk, &added)?;
    Ok(ImportReport::of(file.rows.len(), added.len(), 0).warning(warnings))
}

fn is_of_office(desk: &Desk<'_, Plan>, user: &User) -> bool {
    !user.archived && user.details.scope.contains(&desk.office().code)
}

fn write(desk: &mut Desk<'_, Plan>, added: &[Numbered<Absence>]) -> Result<(), ServiceError> {
    let absences: Vec<Absence> = added.iter().map(|row| row.value.clone()).collect();
    store::insert_absences(desk.connection, desk.scope(), &absences, desk.now)?;
    let change = |absence: &Absence| {
        Change::new("absence.added", "absence", absence.id).with("user", absence.user).with("days", absence.days)
    };
    desk.record_all(absences.iter().map(change).collect())
}

/// A warning for each new absence on days for which the person is booked.
fn booked(
    desk: &mut Desk<'_, Plan>,
    added: &[Numbered<Absence>],
    people: &[UserId],
) -> Result<Vec<FileWarning>, ServiceError> {
    let first = added.iter().map(|row| row.value.days.first()).min();
    let last = added.iter().map(|row| row.value.days.last()).max();
    let Some((first, last)) = first.zip(last) else { return Ok(Vec::new()) };
    let span = DateRange::new(first, last).map_err(|rule| ServiceError::invalid("to", rule))?;
    let mut days = BTreeMap::<UserId, BTreeSet<NaiveDate>>::new();
    for part in people.chunks(KEYS_PER_QUERY) {
        for (user, date) in store::list_booked_days(desk.connection, desk.scope(), part, span)? {
            days.entry(user).or_default().insert(date);
        }
    }
    let is_booked = |absence: &Absence| {
        let range = absence.days.first()..=absence.days.last();
        days.get(&absence.user).is_some_and(|days| days.range(range).next().is_some())
    };
    let booked = added.iter().filter(|row| is_booked(&row.value));
    Ok(booked.map(|row| FileWarning { line: row.line, code: "booked" }).collect())
}

/// Every absence, with the login of the person.
pub fn list_all<A: Action>(desk: &mut Desk<'_, A>) -> Result<Vec<(Login, DateRange, Option<Note>)>, ServiceError> {
    let absences = store::list_all_absences(desk.connection, desk.scope())?;
    let people: BTreeSet<UserId> = absences.iter().map(|absence| absence.user).collect();
    let people: Vec<UserId> = people.into_iter().collect();
    let mut logins = BTreeMap::new();
    for people in people.chunks(KEYS_PER_QUERY) {
        logins.extend(list_logins(desk.connection, people)?);
    }
    let named = |absence: Absence| Some((logins.get(&absence.user)?.clone(), absence.days, absence.reason));
    Ok(absences.into_iter().filter_map(named).collect())
}
