//! One entry of the ledger, well-formed. Made on the phone (or at the desk) under an id of its own, sent as often as it
//! takes, and stored once; the canonical bytes tell a repetition from another entry under the same id.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::domain::code::codes;
use crate::domain::id::{EntryId, EventId};
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::text::{Code, Name, Note};

codes! {
    /// What an entry says.
    pub enum EntryKind {
        /// Outcomes were counted; no outcome at all is "nihil".
        Tally = "tally",
        /// Another entry no longer counts.
        Void = "void",
        Start = "start",
        Finish = "finish",
        /// An event was made on the spot.
        EventNew = "event_new",
    }
}

/// A well-formed entry: only a tally has counts, only a void names its target, only `event_new` describes an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub event: EventId,
    /// The local date that the counts belong to.
    pub date: NaiveDate,
    /// When it was made, by the clock of the phone.
    pub at: DateTime<Utc>,
    pub kind: EntryKind,
    pub counts: Counts,
    pub voids: Option<EntryId>,
    pub reason: Option<Note>,
    pub note: Option<Note>,
    pub event_new: Option<EventNew>,
}

/// An event as an officer describes it on the spot; its id is the entry's `event`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventNew {
    pub title: Name,
    pub place: Option<Name>,
    pub venue: Option<Code>,
    pub services: BTreeSet<Outcome>,
}

impl Entry {
    /// The bytes that two entries share exactly if they say the same; the caller hashes them. The id is not part of
    /// it, being what they are compared under. Every field is preceded by its length, so that no text can pass
    /// itself off as the next field. Stored hashes depend on this form: it never changes.
    pub fn content_digest_input(&self) -> Vec<u8> {
        let counts = self.counts.iter().map(|(outcome, n)| format!("{outcome}={n}")).collect::<Vec<_>>().join(",");
        let mut fields = vec![
            Some(self.event.to_string()),
            Some(self.date.to_string()),
            Some(self.at.to_rfc3339_opts(SecondsFormat::Micros, true)),
            Some(self.kind.to_string()),
            Some(counts),
            self.voids.map(|id| id.to_string()),
            self.reason.as_ref().map(ToString::to_string),
            self.note.as_ref().map(ToString::to_string),
        ];
        if let Some(event) = &self.event_new {
            let services = event.services.iter().map(|service| service.as_str()).collect::<Vec<_>>().join(",");
            fields.push(Some(event.title.to_string()));
            fields.push(event.place.as_ref().map(ToString::to_string));
            fields.push(event.venue.as_ref().map(ToString::to_string));
            fields.push(Some(services));
        }
        fields.into_iter().flat_map(framed).collect()
    }
}

/// A field with its length in front; an absent one differs from an empty one.
fn framed(field: Option<String>) -> Vec<u8> {
    match field {
        Some(text) => format!("{}:{text};", text.len()).into_bytes(),
        None => b"-;".to_vec(),
    }
}
