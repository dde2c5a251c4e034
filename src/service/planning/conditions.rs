//! What must hold before a booking is stored, beyond the rules of the event itself: its officers are not absent, days and
//! teams with results stay, and so does what was locked.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::dates::DateRange;
use crate::domain::event::{Event, EventDay, EventState, Subject};
use crate::domain::id::{TeamId, UserId};
use crate::domain::lock::is_locked;
use crate::domain::permission::Action;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::team::Team;
use crate::service::desk::Desk;
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::{absences, events, locks, teams, users};

/// Refuses to book officers on days on which they are absent. What `stored` has booked already is left alone: an absence
/// that was entered over it is somebody else's decision.
pub fn check_absences<A: Action>(
    desk: &mut Desk<'_, A>,
    event: &Event,
    stored: Option<&Event>,
) -> Result<(), ServiceError> {
    let before = stored.map(booked_officers).unwrap_or_default();
    refuse_absent(desk, &booked_officers(event) - &before)
}

/// As [`check_absences`], for many events that are changed together.
pub fn check_absences_of_all<A: Action>(
    desk: &mut Desk<'_, A>,
    changes: &[(Event, Event)],
) -> Result<(), ServiceError> {
    let joining = |(stored, changed): &(Event, Event)| &booked_officers(changed) - &booked_officers(stored);
    refuse_absent(desk, changes.iter().flat_map(joining).collect())
}

/// As [`check_absences`], for many events that are booked together.
pub fn check_absences_of_new<A: Action>(desk: &mut Desk<'_, A>, booked: &[Event]) -> Result<(), ServiceError> {
    refuse_absent(desk, booked.iter().flat_map(booked_officers).collect())
}

fn refuse_absent<A: Action>(desk: &mut Desk<'_, A>, wanted: BTreeSet<(NaiveDate, UserId)>) -> Result<(), ServiceError> {
    let (Some((first, _)), Some((last, _))) = (wanted.first(), wanted.last()) else { return Ok(()) };
    let days = DateRange::new(*first, *last).map_err(|rule| ServiceError::invalid("days", rule))?;
    let officers: BTreeSet<UserId> = wanted.iter().map(|(_, officer)| *officer).collect();
    let officers = Vec::from_iter(officers);
    absences::lock_duties(desk.connection, desk.scope(), &officers)?;
    let absent = absences::list_absences_of(desk.connection, desk.scope(), &officers, days)?;
    let missed: BTreeSet<(NaiveDate, UserId)> = wanted
        .into_iter()
        .filter(|(date, officer)| absent.iter().any(|absence| absence.covers(*officer, *date)))
        .collect();
    if missed.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(name_absent(desk, &missed)?)) }
}

fn booked_officers(event: &Event) -> BTreeSet<(NaiveDate, UserId)> {
    let officer = |subject| match subject {
        Subject::Officer(id) => Some(id),
        _ => None,
    };
    event.claims().into_iter().filter_map(|claim| Some((claim.date, officer(claim.subject)?))).collect()
}

fn name_absent<A: Action>(
    desk: &mut Desk<'_, A>,
    missed: &BTreeSet<(NaiveDate, UserId)>,
) -> Result<Vec<FieldError>, ServiceError> {
    let ids: BTreeSet<UserId> = missed.iter().map(|(_, officer)| *officer).collect();
    let people = users::list_people(desk.connection, &Vec::from_iter(ids))?;
    let mut named: Vec<_> = missed
        .iter()
        .flat_map(|(date, officer)| {
            let of_officer = people.iter().filter(move |user| user.id == *officer);
            of_officer.map(|user| (date.to_string(), user.details.name.to_string()))
        })
        .collect();
    named.sort();
    let error = |(date, officer)| FieldError::new("officers", Rule::OfficerAbsent { officer, date });
    Ok(named.into_iter().map(error).collect())
}

/// Refuses a change of figures that were locked: of the days of a new event, of days whose plan differs, or, where the
/// change concerns the whole event, of any of its days. Work that goes on after the locked days may be finished.
///
/// # Errors
/// [`Conflict::PeriodLocked`].
pub fn check_unlocked<A: Action>(
    desk: &mut Desk<'_, A>,
    stored: Option<&Event>,
    changed: &Event,
) -> Result<(), ServiceError> {
    let dates = concerned(stored, changed);
    if dates.is_empty() {
        return Ok(());
    }
    let locks = locks::list_locks_in_force(desk.connection, desk.scope())?;
    if dates.into_iter().any(|date| is_locked(&locks, date)) { Err(Conflict::PeriodLocked.into()) } else { Ok(()) }
}

/// The dates whose figures a change may move.
fn concerned(stored: Option<&Event>, changed: &Event) -> BTreeSet<NaiveDate> {
    let Some(stored) = stored else { return changed.days.dates().collect() };
    let all = || stored.days.dates().chain(changed.days.dates()).collect();
    if (stored.venue, stored.kind, &stored.teams, &stored.services)
        != (changed.venue, changed.kind, &changed.teams, &changed.services)
    {
        return all();
    }
    match changed.state {
        state if state == stored.state => {
            let differs = |day: &&EventDay| !stored.days.contains(day) || !changed.days.contains(day);
            stored.days.iter().chain(changed.days.iter()).filter(differs).map(EventDay::date).collect()
        }
        EventState::Ongoing | EventState::Done if stored.state < changed.state => {
            changed.days.dates().last().into_iter().collect()
        }
        _ => all(),
    }
}

/// Refuses to take days away for which something is in the ledger.
pub fn check_counted_days<A: Action>(
    desk: &mut Desk<'_, A>,
    stored: &Event,
    changed: &Event,
) -> Result<(), ServiceError> {
    if stored.days.dates().all(|date| changed.days.contains_date(date)) {
        return Ok(());
    }
    let counted = events::list_entry_dates(desk.connection, desk.scope(), stored.id)?;
    let lost =
        counted.into_iter().filter(|date| stored.days.contains_date(*date) && !changed.days.contains_date(*date));
    let errors: Vec<FieldError> =
        lost.map(|date| FieldError::new("days", Rule::DayHasResults { date: date.to_string() })).collect();
    if errors.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(errors)) }
}

/// Refuses to take away teams that have something in the ledger: their counts would belong to nobody.
pub fn check_counting_teams<A: Action>(
    desk: &mut Desk<'_, A>,
    stored: &Event,
    changed: &Event,
) -> Result<(), ServiceError> {
    let lost: BTreeSet<TeamId> = stored.teams.iter().filter(|team| !changed.teams.contains(team)).copied().collect();
    if lost.is_empty() {
        return Ok(());
    }
    let mut counting = events::list_counting_teams(desk.connection, desk.scope(), stored.id)?;
    counting.retain(|team| lost.contains(team));
    let named = teams::list_teams_by_id(desk.connection, desk.scope(), &counting)?;
    let error = |team: Team| FieldError::new("teams", Rule::TeamHasResults { team: team.code.into_string() });
    let errors: Vec<FieldError> = named.into_iter().map(error).collect();
    if errors.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(errors)) }
}
