//! An event: a team goes to a venue on certain days. It is booked, moves through its states, and keeps its subjects for
//! itself meanwhile. Values in, a new event out; whether a claim is free, and who may do what, is decided elsewhere.

pub mod claim;
pub mod day;
pub mod draft;
pub mod effort;
pub mod field;
pub mod hours;
pub mod input;
pub mod key;
pub mod state;
pub mod transition;
pub mod warnings;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

pub use claim::{Claim, Subject, SubjectKind};
pub use day::{EventDay, EventDays, Slot};
pub use draft::{EventDraft, Request};
pub use effort::{DayEffort, DaySums, Precision};
pub use field::Course;
pub use hours::Hours;
pub use key::EventKey;
pub use state::{EventKind, EventState, Reporting};
pub use transition::{Transition, TransitionError, TransitionKind};

use super::id::{EventId, OfficeId, TeamId, UnitId, UserId, VenueId};
use super::outcome::Outcome;
use super::rule::{Check, FieldError, Rule};
use super::text::{Name, Note};

/// An event as it stands. Every change is a new value with the next version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    pub office_id: OfficeId,
    pub kind: EventKind,
    pub title: Name,
    pub venue: Option<VenueId>,
    pub place: Option<Name>,
    pub teams: Vec<TeamId>,
    pub units: Vec<UnitId>,
    /// Copied from the teams at booking; a later change of a team does not reach here by itself.
    pub officers: Vec<UserId>,
    pub days: EventDays,
    pub services: BTreeSet<Outcome>,
    pub host_programme: Option<Name>,
    pub request: Option<Request>,
    pub notes: Option<Note>,
    pub state: EventState,
    /// Why it is in this state, where a reason is asked for.
    pub state_reason: Option<Note>,
    /// The local date on which it gave back its days not yet past; none while it holds all of them.
    pub released_on: Option<NaiveDate>,
    pub reporting: Reporting,
    /// Made on the spot by an officer.
    pub unplanned: bool,
    /// Entered after a day of it had passed.
    pub entered_late: bool,
    /// False for what was recorded without a booking: nothing is kept free for it.
    pub reserves: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// How an event comes into being.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Booked by a coordinator as draft, proposed or confirmed; or as done, if no day of it lies ahead.
    Booked(EventState),
    /// Made on the spot by an officer: ongoing, and reserving nothing until a coordinator gives it a venue.
    Unplanned,
    /// Made for a row of a results file: done, reported, reserving nothing.
    Imported,
    /// Listed in a file of events, in whatever state it has come to by now.
    Listed(EventState),
}

impl Event {
    /// A new event of version 1. `today` is the office's local date.
    pub fn new(
        id: EventId,
        office_id: OfficeId,
        draft: EventDraft,
        origin: Origin,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Self, Vec<FieldError>> {
        let unplanned = origin == Origin::Unplanned;
        let state = match origin {
            Origin::Booked(state) | Origin::Listed(state) => state,
            Origin::Unplanned => EventState::Ongoing,
            Origin::Imported => EventState::Done,
        };
        let mut check = Check::new();
        let is_record = matches!(origin, Origin::Imported | Origin::Listed(_)) && !draft.days.any_after(today);
        check.extend(if is_record { draft.check_record() } else { draft.check(unplanned) });
        match origin {
            Origin::Unplanned => {}
            Origin::Listed(state) => drop(check.field("state", listed_state(state, &draft.days, today))),
            Origin::Booked(_) | Origin::Imported => {
                check.field("state", initial_state(state, &draft.days, today));
            }
        }
        let late = state == EventState::Done || draft.days.any_before(today);
        let EventDraft { kind, title, venue, place, teams, units, officers, .. } = draft;
        let EventDraft { days, services, host_programme, request, notes, .. } = draft;
        let first_day = days.dates().next();
        check.finish(Some(Self {
            id,
            office_id,
            kind,
            title,
            venue,
            place,
            teams,
            units,
            officers,
            days,
            services,
            host_programme,
            request,
            notes,
            state,
            state_reason: None,
            released_on: if state.holds_claims() { None } else { first_day },
            reporting: if origin == Origin::Imported { Reporting::Reported } else { Reporting::Unreported },
            unplanned,
            entered_late: late && !unplanned,
            reserves: matches!(origin, Origin::Booked(_) | Origin::Listed(_)),
            version: 1,
            created_at: now,
            updated_at: now,
        }))
    }

    /// Takes a transition if the state allows it and nothing is missing.
    pub fn apply(&self, transition: Transition, now: DateTime<Utc>, today: NaiveDate) -> Result<Self, TransitionError> {
        let kind = transition.kind();
        let step = transition.resolve(self.state)?;
        if let Some(first) = self.days.dates().next().filter(|first| kind.needs_begun() && *first > today) {
            return Err(TransitionError::rule("days", Rule::NotBegun { date: first.to_string() }));
        }
        let days = step.days.unwrap_or_else(|| self.days.clone());
        let changed = self.changed(now);
        Ok(Self {
            state: step.state,
            state_reason: step.reason,
            // A postponed event that is cancelled gave back its days when it was postponed.
            released_on: (!step.state.holds_claims()).then(|| self.released_on.unwrap_or(today)),
            reporting: if kind == TransitionKind::Reopen {
                self.reporting.min(Reporting::Reported)
            } else {
                self.reporting
            },
            entered_late: self.entered_late || (days != self.days && days.any_before(today)),
            days,
            ..changed
        })
    }

    /// What can be edited, for a patch or a copy.
    pub fn draft(&self) -> EventDraft {
        EventDraft {
            kind: self.kind,
            title: self.title.clone(),
            venue: self.venue,
            place: self.place.clone(),
            teams: self.teams.clone(),
            units: self.units.clone(),
            officers: self.officers.clone(),
            days: self.days.clone(),
            services: self.services.clone(),
            host_programme: self.host_programme.clone(),
            request: self.request.clone(),
            notes: self.notes.clone(),
        }
    }

    /// The event with another plan in the same state. Days of a done event cannot be moved ahead of today.
    pub fn revise(&self, draft: EventDraft, now: DateTime<Utc>, today: NaiveDate) -> Result<Self, Vec<FieldError>> {
        let mut check = Check::new();
        let team_is_unknown = !self.unplanned && self.teams.is_empty();
        check.extend(if team_is_unknown { draft.check_record() } else { draft.check(self.unplanned) });
        let moved = draft.days != self.days;
        if moved && self.state == EventState::Done && draft.days.any_after(today) {
            check.fail("days", Rule::Future);
        }
        let venue_given = self.unplanned && draft.venue.is_some() && draft.venue != self.venue;
        let EventDraft { kind, title, venue, place, teams, units, officers, .. } = draft;
        let EventDraft { days, services, host_programme, request, notes, .. } = draft;
        check.finish(Some(Self {
            kind,
            title,
            venue,
            place,
            teams,
            units,
            officers,
            services,
            host_programme,
            request,
            notes,
            entered_late: self.entered_late || (moved && days.any_before(today)),
            days,
            reserves: self.reserves || venue_given,
            ..self.changed(now)
        }))
    }

    /// The event with one more day, on which it was counted though nobody had booked it.
    ///
    /// # Errors
    /// A broken rule of `days`: the day is one of the event's already, or the event would become too long.
    pub fn with_counted_day(&self, day: EventDay, now: DateTime<Utc>) -> Result<Self, Vec<FieldError>> {
        let days = EventDays::new(self.days.iter().cloned().chain([day]).collect())?;
        Ok(Self { days, entered_late: true, ..self.changed(now) })
    }

    /// A first entry came in, or someone confirmed that there is none. Changes nothing on what is reported already.
    pub fn report(&self, now: DateTime<Utc>) -> Self {
        if self.reporting == Reporting::Unreported {
            Self { reporting: Reporting::Reported, ..self.changed(now) }
        } else {
            self.clone()
        }
    }

    /// A coordinator vouches for the result. What nobody reported cannot be verified.
    pub fn verify(&self, now: DateTime<Utc>) -> Result<Self, FieldError> {
        match self.reporting {
            Reporting::Unreported => Err(FieldError::new("reporting", Rule::NotReported)),
            Reporting::Reported => Ok(Self { reporting: Reporting::Verified, ..self.changed(now) }),
            Reporting::Verified => Ok(self.clone()),
        }
    }

    /// What this event keeps for itself, in the order of insertion. Once released, only the days that were past then.
    pub fn claims(&self) -> Vec<Claim> {
        let kept = |date| self.released_on.is_none_or(|released| date < released);
        let days = self.days.iter().filter(|day| self.reserves && kept(day.date()));
        let subjects = self.subjects();
        let slots = days.flat_map(|day| day.slots().iter().map(move |slot| (day.date(), *slot)));
        slots
            .flat_map(|(date, slot)| subjects.iter().map(move |subject| Claim { date, slot, subject: *subject }))
            .collect()
    }

    fn subjects(&self) -> BTreeSet<Subject> {
        let officers = self.officers.iter().copied().map(Subject::Officer);
        let teams = self.teams.iter().copied().map(Subject::Team);
        let units = self.units.iter().copied().map(Subject::Unit);
        officers.chain(teams).chain(units).chain(self.venue.map(Subject::Venue)).collect()
    }

    fn changed(&self, now: DateTime<Utc>) -> Self {
        Self { version: self.version.saturating_add(1), updated_at: now, ..self.clone() }
    }
}

/// The states that a booking can begin in.
fn initial_state(state: EventState, days: &EventDays, today: NaiveDate) -> Result<(), Rule> {
    match state {
        EventState::Done if days.any_after(today) => Err(Rule::NotPast),
        EventState::Draft | EventState::Proposed | EventState::Confirmed | EventState::Done => Ok(()),
        _ => Err(Rule::UnknownCode { allowed: "draft | proposed | confirmed | done".to_owned() }),
    }
}

/// The states that an event of a file can have come to: what is under way or over has had a day.
fn listed_state(state: EventState, days: &EventDays, today: NaiveDate) -> Result<(), Rule> {
    let begun = days.dates().next().is_some_and(|first| first <= today);
    match state {
        EventState::Done if days.any_after(today) => Err(Rule::NotPast),
        EventState::Ongoing | EventState::NotHeld if !begun => Err(Rule::NotPast),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
