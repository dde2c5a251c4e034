//! Claims: who and what an event keeps for itself, by day and slot. Two events cannot hold the same claim; the store
//! holds that as one unique key. Claims are inserted in their order, so that two bookings wait and never deadlock.

use chrono::NaiveDate;
use uuid::Uuid;

use super::day::Slot;
use crate::domain::code::codes;
use crate::domain::id::{TeamId, UnitId, UserId, VenueId};

codes! {
    /// What can be claimed; in the order of the codes as text, which is the order of clashes in an answer.
    pub enum SubjectKind {
        Officer = "officer",
        Team = "team",
        Unit = "unit",
        Venue = "venue",
    }
}

/// Who or what is claimed, ordered by kind, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    Officer(UserId),
    Team(TeamId),
    Unit(UnitId),
    Venue(VenueId),
}

impl Subject {
    /// The subject of a stored claim.
    pub fn from_parts(kind: SubjectKind, id: Uuid) -> Self {
        match kind {
            SubjectKind::Officer => Self::Officer(UserId(id)),
            SubjectKind::Team => Self::Team(TeamId(id)),
            SubjectKind::Unit => Self::Unit(UnitId(id)),
            SubjectKind::Venue => Self::Venue(VenueId(id)),
        }
    }

    pub fn kind(self) -> SubjectKind {
        match self {
            Self::Officer(_) => SubjectKind::Officer,
            Self::Team(_) => SubjectKind::Team,
            Self::Unit(_) => SubjectKind::Unit,
            Self::Venue(_) => SubjectKind::Venue,
        }
    }

    pub fn id(self) -> Uuid {
        match self {
            Self::Officer(id) => id.0,
            Self::Team(id) => id.0,
            Self::Unit(id) => id.0,
            Self::Venue(id) => id.0,
        }
    }
}

/// One subject for one slot of one day. Ordered by date, slot of the day, kind, id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Claim {
    pub date: NaiveDate,
    pub slot: Slot,
    pub subject: Subject,
}
