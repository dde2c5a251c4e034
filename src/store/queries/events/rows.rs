//! The row of an event, without its children.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::event::{Event, EventDays, EventKind, EventState, Reporting, Request};
use crate::domain::id::{EventId, OfficeId, TeamId, UnitId, UserId, VenueId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::rule::Rule;
use crate::domain::text::{Name, Note};
use crate::store::columns::At;
use crate::store::error::StoreError;
use crate::store::schema::events;

/// The children of one event.
#[derive(Debug)]
pub struct Children {
    pub teams: Vec<TeamId>,
    pub units: Vec<UnitId>,
    pub officers: Vec<UserId>,
    pub days: EventDays,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub struct EventRow {
    pub office_id: OfficeId,
    pub id: EventId,
    pub kind: EventKind,
    pub title: Name,
    pub venue_id: Option<VenueId>,
    pub place: Option<Name>,
    pub services: String,
    pub host_programme: Option<Name>,
    pub request_by: Option<Name>,
    pub request_received_on: Option<NaiveDate>,
    pub request_letter_number: Option<Name>,
    pub request_expected: Option<i64>,
    pub notes: Option<Note>,
    pub state: EventState,
    pub state_reason: Option<Note>,
    pub reporting: Reporting,
    pub released_on: Option<NaiveDate>,
    pub unplanned: bool,
    pub reserves: bool,
    pub entered_late: bool,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub version: i64,
    pub created_by: Option<UserId>,
    pub created_at: At,
    pub updated_at: At,
}

impl EventRow {
    pub fn new(scope: OfficeScope, event: &Event, created_by: Option<UserId>) -> Self {
        let request = event.request.clone().unwrap_or_default();
        // Days are never empty and always sorted.
        let first_day = event.days.dates().next().unwrap_or_default();
        Self {
            office_id: scope.office_id(),
            id: event.id,
            kind: event.kind,
            title: event.title.clone(),
            venue_id: event.venue,
            place: event.place.clone(),
            services: join_codes(&event.services),
            host_programme: event.host_programme.clone(),
            request_by: request.by,
            request_received_on: request.received_on,
            request_letter_number: request.letter_number,
            request_expected: request.expected.map(i64::from),
            notes: event.notes.clone(),
            state: event.state,
            state_reason: event.state_reason.clone(),
            reporting: event.reporting,
            released_on: event.released_on,
            unplanned: event.unplanned,
            reserves: event.reserves,
            entered_late: event.entered_late,
            first_day,
            last_day: event.days.dates().last().unwrap_or(first_day),
            version: event.version,
            created_by,
            created_at: At(event.created_at),
            updated_at: At(event.updated_at),
        }
    }

    /// The event, with what was loaded beside it.
    pub fn into_event(self, children: Children) -> Result<Event, StoreError> {
        let request = self.request()?;
        let services = split_codes::<Outcome>(&self.services)?;
        Ok(Event {
            id: self.id,
            office_id: self.office_id,
            kind: self.kind,
            title: self.title,
            venue: self.venue_id,
            place: self.place,
            teams: children.teams,
            units: children.units,
            officers: children.officers,
            days: children.days,
            services,
            host_programme: self.host_programme,
            request,
            notes: self.notes,
            state: self.state,
            state_reason: self.state_reason,
            released_on: self.released_on,
            reporting: self.reporting,
            unplanned: self.unplanned,
            entered_late: self.entered_late,
            reserves: self.reserves,
            version: self.version,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        })
    }

    /// A request of which nothing is known is none.
    fn request(&self) -> Result<Option<Request>, StoreError> {
        let request = Request {
            by: self.request_by.clone(),
            received_on: self.request_received_on,
            letter_number: self.request_letter_number.clone(),
            expected: self.request_expected.map(u32::try_from).transpose().map_err(StoreError::broken)?,
        };
        Ok((request != Request::default()).then_some(request))
    }
}

/// Codes in one column, in their order, separated by a space.
pub fn join_codes<T: ToString>(codes: &BTreeSet<T>) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

pub fn split_codes<T: FromStr<Err = Rule> + Ord>(column: &str) -> Result<BTreeSet<T>, StoreError> {
    column.split_whitespace().map(|code| code.parse().map_err(StoreError::broken)).collect()
}
