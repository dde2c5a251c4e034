//! The ledger of results: entries that phones and desks make, how each is judged, and what it changes in a day's counts.
//! Nothing is overwritten; a correction voids an entry and adds another. Where entries are kept is not known here.

pub mod entry;
pub mod judge;
pub mod ledger;
pub mod raw;
pub mod reject;
pub mod stored;

pub use entry::{Entry, EntryKind, EventNew};
pub use judge::{EventFacts, HoldReason, Surroundings, Verdict, judge};
pub use ledger::{LedgerFacts, Posting, day_count_changes};
pub use raw::{RawEntry, RawEventNew};
pub use reject::RejectReason;
pub use stored::{EntrySource, HeldDecision, HeldEntry, HeldKey, LedgerEntry};
