//! Why results were left out of a ranking; each reason is listed beside it with how much it holds.

use crate::domain::code::codes;

codes! {
    /// In the order of the list.
    pub enum ExclusionReason {
        Counter = "counter",
        Briefing = "briefing",
        /// A figure such as "±500", not yet split into events.
        Approximate = "approximate",
        Range = "range",
        /// Held, but nobody has said with what result.
        Unreported = "unreported",
        NotHeld = "not_held",
        Archived = "archived",
        /// Made on the spot, and nobody has said yet at which venue.
        NoVenue = "no_venue",
    }
}

/// What one reason left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exclusion {
    pub reason: ExclusionReason,
    /// Event-days, and office-day totals that name no venue.
    pub event_days: i64,
    /// Of the ranked service; of an inexact total the lowest count that it stands for.
    pub activations: i64,
    /// Different venues; a total has none.
    pub venues: i64,
}
