//! What a phone or a desk sends, and what it is told of each entry.

use chrono::{DateTime, Utc};

use crate::domain::id::EntryId;
use crate::domain::permission::Actor;
use crate::domain::rule::FieldError;
use crate::domain::tally::{Entry, EntrySource, HoldReason, RawEntry, RejectReason};
use crate::domain::text::{Login, Name};
use crate::service::figures::RecordingCounts;
use crate::service::hash::sha256_hex;

/// Most entries of one batch.
pub const ENTRIES_MAX: usize = 500;

/// Entries sent together.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The sender's name for the phone; [`DESK`] for what a coordinator enters at the office.
    pub device: Name,
    /// Whose entries these are, if the phone says so. Somebody else's are not taken: after a change of hands a phone
    /// must not pass off what it kept as the new officer's.
    pub owner: Option<Login>,
    /// What the phone says about what it still keeps.
    pub word: Option<PhoneWord>,
    pub entries: Vec<Sent>,
}

/// What a phone says of itself with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneWord {
    /// Entries left on it.
    pub waiting: i64,
    /// By its own clock.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The device of the office's own desk.
pub const DESK: &str = "desk";

impl Batch {
    /// An officer is in the field whatever the device calls itself.
    pub fn source(&self, actor: &Actor) -> EntrySource {
        if self.device.as_str() == DESK && !actor.is_officer() { EntrySource::Desk } else { EntrySource::Field }
    }

    /// True if nobody else than `actor` is named as the owner.
    pub fn belongs_to(&self, actor: &Actor) -> bool {
        let sender = actor.signed_in().map(|user| &user.login);
        self.owner.as_ref().is_none_or(|owner| Some(owner) == sender)
    }
}

/// One entry as far as it could be read.
#[derive(Debug, Clone)]
pub struct Sent {
    /// None if not even that could be read.
    pub id: Option<EntryId>,
    pub content: Result<Signed, Vec<FieldError>>,
}

/// A well-formed entry with the hash that tells its repetition from another entry of the same id.
#[derive(Debug, Clone)]
pub struct Signed {
    pub entry: Entry,
    pub hash: String,
}

impl Sent {
    pub fn read(raw: RawEntry) -> Self {
        let id = raw.id.as_ref().and_then(|id| id.parse().ok());
        Self { id, content: raw.check().map(Signed::new) }
    }

    /// An entry of a wrong shape.
    pub fn malformed(id: Option<EntryId>, error: FieldError) -> Self {
        Self { id, content: Err(vec![error]) }
    }
}

impl Signed {
    pub fn new(entry: Entry) -> Self {
        let hash = sha256_hex(&entry.content_digest_input());
        Self { entry, hash }
    }
}

/// What became of one sent entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub id: Option<EntryId>,
    pub fate: Fate,
}

/// The four answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// In the ledger and in the totals. The desk is warned of what the field would have held as implausible.
    Accepted { implausible: bool },
    /// That id with that content is stored already.
    Duplicate,
    /// Stored, in no total, waiting for a coordinator.
    Held(HoldReason),
    /// Not stored; the sender keeps it.
    Rejected(RejectReason),
}

/// How many of each.
pub fn count_fates(receipts: &[Receipt]) -> RecordingCounts {
    let mut counts = RecordingCounts::default();
    for receipt in receipts {
        let count = match receipt.fate {
            Fate::Accepted { .. } => &mut counts.accepted,
            Fate::Duplicate => &mut counts.duplicate,
            Fate::Held(_) => &mut counts.held,
            Fate::Rejected(_) => &mut counts.rejected,
        };
        *count += 1;
    }
    counts
}
