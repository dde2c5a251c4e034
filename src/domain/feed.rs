//! Calendar feeds: events as a calendar program reads them, under an address that needs no sign-in. A feed shows what
//! its owner may read, and no more.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::code::codes;
use super::dates::DateRange;
use super::id::{FeedId, TeamId, UserId};

codes! {
    /// Whose events a feed shows.
    pub enum FeedKind {
        Office = "office",
        Team = "team",
        /// The owner himself.
        Officer = "officer",
    }
}

/// Whose events a feed shows, with the team if it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedSubject {
    Office,
    Team(TeamId),
    Owner,
}

impl FeedSubject {
    pub fn kind(self) -> FeedKind {
        match self {
            Self::Office => FeedKind::Office,
            Self::Team(_) => FeedKind::Team,
            Self::Owner => FeedKind::Officer,
        }
    }

    pub fn team(self) -> Option<TeamId> {
        match self {
            Self::Team(team) => Some(team),
            Self::Office | Self::Owner => None,
        }
    }
}

/// A feed in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarFeed {
    pub id: FeedId,
    pub subject: FeedSubject,
    pub owner: UserId,
    pub created_at: DateTime<Utc>,
}

/// Days before today that a feed shows.
const DAYS_BEHIND: u64 = 30;
/// Days after today that a feed shows.
const DAYS_AHEAD: u64 = 180;

/// The days that a feed shows on `today`: a calendar is no archive.
pub fn feed_days(today: NaiveDate) -> Option<DateRange> {
    let first = today.checked_sub_days(Days::new(DAYS_BEHIND))?;
    let last = today.checked_add_days(Days::new(DAYS_AHEAD))?;
    DateRange::new(first, last).ok()
}
