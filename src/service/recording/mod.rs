//! The ledger at work: entries from phones and the desk, what is held and decided, locked periods, office-day totals.

mod batch;
mod counted_day;
mod devices;
mod entries;
mod ground;
mod held;
mod locks;
mod post;
mod receive;
mod splits;
mod totals;
mod unplanned;

pub use batch::{Batch, DESK, ENTRIES_MAX, Fate, PhoneWord, Receipt, Sent, Signed};
pub use devices::{Device, DeviceReport};
pub use entries::{EntryFilter, EventCounts, ShownEntry, count, with_names};
pub use held::{AcceptHeld, ShownHeld};
pub use locks::LockPeriod;
pub use splits::{SplitSheet, SplitSum};
pub use totals::TotalFilter;
