//! The ledger at work: entries from phones and the desk, what is held and decided, locked periods, office-day totals.

mod locks;
mod totals;

pub use locks::LockPeriod;
pub use totals::TotalFilter;
