//! Office-day totals: figures of a whole office on one day, published or reported without a venue.

use super::code::codes;

codes! {
    /// Where activations happen. A channel is not a venue, and neither is an event.
    pub enum Channel {
        All = "all",
        Outreach = "outreach",
        Counter = "counter",
        Other = "other",
    }
}
