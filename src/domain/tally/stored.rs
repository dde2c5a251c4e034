//! An entry with what the office adds to it when it takes it: who sent it, by what way, when. In the ledger it counts;
//! a held one counts nowhere until a coordinator decides.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use super::entry::Entry;
use super::judge::HoldReason;
use crate::domain::code::codes;
use crate::domain::id::{EntryId, TeamId, UserId};
use crate::domain::rule::Rule;
use crate::domain::text::{Name, Note};

codes! {
    /// By what way an entry came.
    pub enum EntrySource {
        /// A phone at the event.
        Field = "field",
        /// A coordinator at the office.
        Desk = "desk",
        /// A row of a results file.
        File = "file",
    }
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    pub entry: Entry,
    /// The team that counted, where it is known.
    pub team: Option<TeamId>,
    pub source: EntrySource,
    pub user: Option<UserId>,
    pub device: Name,
    pub received_at: DateTime<Utc>,
    /// The hash of what was sent, which a decision of the office may have changed since.
    pub content_hash: String,
}

codes! {
    /// What became of a held entry.
    pub enum HeldDecision {
        Waiting = "waiting",
        /// It is in the ledger now.
        Accepted = "accepted",
        Dismissed = "dismissed",
    }
}

/// An entry from the field that waits, or waited, for a coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntry {
    pub entry: Entry,
    pub reason: HoldReason,
    pub user: Option<UserId>,
    pub device: Name,
    pub received_at: DateTime<Utc>,
    pub content_hash: String,
    pub decision: HeldDecision,
    pub decided_at: Option<DateTime<Utc>>,
    pub decision_reason: Option<Note>,
}

/// The place of a held entry in its list, where those that wait come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldKey {
    pub decision: HeldDecision,
    pub id: EntryId,
}

impl HeldEntry {
    pub fn key(&self) -> HeldKey {
        HeldKey { decision: self.decision, id: self.entry.id }
    }

    /// The ledger's row of it, once it was accepted as `entry`.
    pub fn accepted_as(&self, entry: Entry, team: Option<TeamId>) -> LedgerEntry {
        LedgerEntry {
            entry,
            team,
            source: EntrySource::Field,
            user: self.user,
            device: self.device.clone(),
            received_at: self.received_at,
            content_hash: self.content_hash.clone(),
        }
    }
}

impl fmt::Display for HeldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.decision, self.id)
    }
}

impl FromStr for HeldKey {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (decision, id) = text.split_once('.').ok_or(Rule::ForeignCursor)?;
        Ok(Self { decision: decision.parse()?, id: id.parse()? })
    }
}
