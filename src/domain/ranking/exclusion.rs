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
    }
}
