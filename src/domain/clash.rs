//! A double booking that was refused: whom or what it is about, and which event holds it.

use chrono::NaiveDate;

use super::event::{Slot, SubjectKind};
use super::id::EventId;
use super::text::Name;

/// One subject that another event holds for a day and slot. Sorted as the contract lists clashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    pub date: NaiveDate,
    pub slot: Slot,
    pub subject_kind: SubjectKind,
    /// Code of the team, unit or venue, login of the officer.
    pub subject: String,
    pub event: EventId,
    pub event_title: Name,
}
