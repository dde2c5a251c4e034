//! The kinds and states of an event, and where its report stands. What leads from state to state is in `transition`.

use crate::domain::code::codes;

codes! {
    /// What happens there. Only outreach enters the ranking of venues.
    pub enum EventKind {
        Outreach = "outreach",
        /// A day at the counter: adds to totals.
        Counter = "counter",
        /// Uses the time of a team and has no yield.
        Briefing = "briefing",
    }
}

codes! {
    /// Where an event stands.
    pub enum EventState {
        Draft = "draft",
        Proposed = "proposed",
        Confirmed = "confirmed",
        Ongoing = "ongoing",
        Done = "done",
        NotHeld = "not_held",
        Cancelled = "cancelled",
        Postponed = "postponed",
    }
}

codes! {
    /// Where its report stands: held and unreported is not the same as not held.
    pub enum Reporting {
        Unreported = "unreported",
        Reported = "reported",
        Verified = "verified",
    }
}

impl EventState {
    /// True if the event keeps its slots on every day; the others give back the days not yet past.
    pub const fn holds_claims(self) -> bool {
        !self.is_released()
    }

    /// True if results for it are taken; the others hold what the field sends and refuse what the desk enters.
    pub const fn takes_results(self) -> bool {
        !self.is_released()
    }

    const fn is_released(self) -> bool {
        matches!(self, Self::NotHeld | Self::Cancelled | Self::Postponed)
    }
}
