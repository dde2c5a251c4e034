//! Absences of the staff. An absence claims nothing: over bookings it is entered all the same, and they are listed.

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::audit::Change;
use crate::domain::id::{AbsenceId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::team::{Absence, AbsenceSheet};
use crate::domain::text::Login;
use crate::store::queries::absences::{self as store, AbsenceFilter};
use crate::store::queries::users;

pub use crate::store::queries::absences::Booking;

/// What a list of absences is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListAbsences {
    pub login: Option<Login>,
    /// Only those that last to this day or longer.
    pub from: Option<chrono::NaiveDate>,
    /// Only those that begin by this day.
    pub to: Option<chrono::NaiveDate>,
}

/// An absence with the login of the person and, where they were asked for, the bookings that it overlaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAbsence {
    pub absence: Absence,
    pub login: Login,
    pub bookings: Vec<Booking>,
}

/// Another sheet for an absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeAbsence {
    pub id: AbsenceId,
    pub sheet: AbsenceSheet,
    /// The version that the caller saw; without one the change applies to whatever is stored.
    pub known: Option<i64>,
}

impl Services {
    /// One page of the office's absences, in the order they were entered, without their bookings.
    pub async fn list_absences(
        &self,
        caller: &Caller,
        office: &RegionCode,
        list: ListAbsences,
        cut: Cut<AbsenceId>,
    ) -> Result<Page<NamedAbsence>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let mut filter = AbsenceFilter { user: None, from: list.from, to: list.to };
            if let Some(login) = &list.login {
                let user = users::find_user(desk.connection, login)?;
                filter.user = Some(user.ok_or(ServiceError::invalid("login", Rule::NotFound))?.id);
            }
            let page = store::list_absences(desk.connection, desk.scope(), &filter, &cut)?;
            Ok(Page { items: name(desk, page.items)?, more: page.more })
        })
        .await
    }

    /// An absence with the bookings that it overlaps.
    pub async fn find_absence(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: AbsenceId,
    ) -> Result<NamedAbsence, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let absence = load(desk, id)?;
            with_bookings(desk, absence)
        })
        .await
    }

    /// Enters an absence, and lists the bookings that it overlaps.
    pub async fn add_absence(
        &self,
        caller: &Caller,
        office: &RegionCode,
        sheet: AbsenceSheet,
    ) -> Result<NamedAbsence, ServiceError> {
        let id = AbsenceId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let user = find_person(desk, &sheet.login)?;
            store::lock_duties(desk.connection, desk.scope(), &[user])?;
            let absence = Absence { id, user, days: sheet.days, reason: sheet.reason.clone(), version: 1 };
            store::insert_absences(desk.connection, desk.scope(), std::slice::from_ref(&absence), desk.now)?;
            desk.record(Change::new("absence.added", "absence", id).with("user", user).with("days", absence.days))?;
            with_bookings(desk, absence)
        })
        .await
    }

    /// Gives an absence other days, another reason or person.
    pub async fn change_absence(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: ChangeAbsence,
    ) -> Result<NamedAbsence, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let ChangeAbsence { id, sheet, known } = command.clone();
            let stored = load(desk, id)?;
            let user = find_person(desk, &sheet.login)?;
            store::lock_duties(desk.connection, desk.scope(), &[user])?;
            let changed = Absence { id, user, days: sheet.days, reason: sheet.reason, version: stored.version + 1 };
            let known = known.unwrap_or(stored.version);
            ServiceError::stale_unless(store::update_absence(desk.connection, desk.scope(), &changed, known)?)?;
            let differs = [
                ("login", stored.user != changed.user),
                ("days", stored.days != changed.days),
                ("reason", stored.reason != changed.reason),
            ];
            let fields: Vec<_> = differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
            let change = Change::new("absence.changed", "absence", id).fields(&fields);
            desk.record(change.with("user", user).with("days", changed.days))?;
            with_bookings(desk, changed)
        })
        .await
    }

    /// Takes an absence back.
    pub async fn delete_absence(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: AbsenceId,
        known: Option<i64>,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load(desk, id)?;
            if known.is_some_and(|known| known != stored.version) {
                return Err(ServiceError::Stale);
            }
            if !store::delete_absence(desk.connection, desk.scope(), id)? {
                return Err(ServiceError::NotFound);
            }
            let change = Change::new("absence.deleted", "absence", id);
            desk.record(change.with("user", stored.user).with("days", stored.days))
        })
        .await
    }
}

fn load<A: Action>(desk: &mut Desk<'_, A>, id: AbsenceId) -> Result<Absence, ServiceError> {
    store::find_absence(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

/// The active user with this login, if his rights reach this office.
fn find_person(desk: &mut Desk<'_, Plan>, login: &Login) -> Result<UserId, ServiceError> {
    let user = users::find_user(desk.connection, login)?;
    let user = user.filter(|user| !user.archived && user.details.scope.contains(&desk.office().code));
    user.map(|user| user.id).ok_or(ServiceError::Invalid(vec![FieldError::new("login", Rule::NotFound)]))
}

fn with_bookings<A: Action>(desk: &mut Desk<'_, A>, absence: Absence) -> Result<NamedAbsence, ServiceError> {
    let bookings = store::list_bookings_of(desk.connection, desk.scope(), absence.user, absence.days)?;
    let named = name(desk, vec![absence])?.pop().ok_or(ServiceError::NotFound)?;
    Ok(NamedAbsence { bookings, ..named })
}

/// These absences with the logins of their people, asked for all at once.
fn name<A: Action>(desk: &mut Desk<'_, A>, absences: Vec<Absence>) -> Result<Vec<NamedAbsence>, ServiceError> {
    let mut people: Vec<UserId> = absences.iter().map(|absence| absence.user).collect();
    people.sort_unstable();
    people.dedup();
    let logins = users::list_logins(desk.connection, &people)?;
    let named = |absence: Absence| {
        let login = logins.iter().find(|(id, _)| *id == absence.user).map(|(_, login)| login.clone())?;
        Some(NamedAbsence { absence, login, bookings: Vec::new() })
    };
    Ok(absences.into_iter().filter_map(named).collect())
}
