//! Events as messages to the calendars of their officers: the same entries as in the feeds, so that whoever has both sees
//! one. Each day is a message of its own.

use super::entries::{Names, Status, Words};
use super::render;
use crate::domain::event::{Event, EventState};
use crate::domain::language::Language;
use crate::domain::mail::Sender;
use crate::domain::permission::Action;
use crate::domain::staff::User;
use crate::mail::{CalendarMethod, CalendarPart};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;

/// Writes messages about events whose names it knows.
pub struct Inviter {
    names: Names,
}

impl std::fmt::Debug for Inviter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inviter")
    }
}

/// Whom a message is for, and what it may say of the installation.
#[derive(Debug, Clone, Copy)]
pub struct Invited<'a> {
    pub reader: &'a User,
    pub organizer: &'a Sender,
    pub site: &'a str,
}

impl Inviter {
    pub fn load<A: Action>(desk: &mut Desk<'_, A>, all: &[Event]) -> Result<Self, ServiceError> {
        Ok(Self { names: Names::load(desk, None, all)? })
    }

    pub fn place(&self, event: &Event) -> Option<String> {
        self.names.place(event)
    }

    pub fn teams_of(&self, event: &Event) -> Vec<String> {
        self.names.teams_of(event)
    }

    /// Puts every day into the reader's calendar, or changes it there; days that `before` had and `event` has not are
    /// taken out.
    pub fn request<A: Action>(
        &self,
        desk: &Desk<'_, A>,
        event: &Event,
        before: Option<&Event>,
        invited: Invited<'_>,
    ) -> Vec<CalendarPart> {
        let words = self.words(desk, invited);
        let kept = event.days.iter().count();
        let requests = words.entries(event).into_iter().map(|entry| CalendarPart {
            method: CalendarMethod::Request,
            text: render::print_message(&entry, CalendarMethod::Request, invited.organizer, invited.reader),
        });
        let dropped = before.map(|before| self.cancel_from(desk, before, event.version, kept, invited));
        requests.chain(dropped.into_iter().flatten()).collect()
    }

    /// Takes every day of `event`, as the reader knew it, out of his calendar; `version` and `state` are those of the event now.
    pub fn cancel<A: Action>(
        &self,
        desk: &Desk<'_, A>,
        event: &Event,
        (version, state): (i64, EventState),
        invited: Invited<'_>,
    ) -> Vec<CalendarPart> {
        // Many programs show the text and not the status, so both must say what became of it.
        let ended = Event { state, ..event.clone() };
        self.cancel_from(desk, &ended, version, 0, invited)
    }

    fn cancel_from<A: Action>(
        &self,
        desk: &Desk<'_, A>,
        event: &Event,
        version: i64,
        first: usize,
        invited: Invited<'_>,
    ) -> Vec<CalendarPart> {
        let entries = self.words(desk, invited).entries(event).into_iter().skip(first);
        let parts = entries.map(|mut entry| {
            entry.sequence = version;
            entry.status = Status::Cancelled;
            entry.changed_at = desk.now;
            CalendarPart {
                method: CalendarMethod::Cancel,
                text: render::print_message(&entry, CalendarMethod::Cancel, invited.organizer, invited.reader),
            }
        });
        parts.collect()
    }

    fn words<'a, A: Action>(&'a self, desk: &'a Desk<'_, A>, invited: Invited<'a>) -> Words<'a> {
        let language: Language = invited.reader.details.language.unwrap_or_default();
        Words { language, site: invited.site, office: desk.office(), names: &self.names }
    }
}
