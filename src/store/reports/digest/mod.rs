//! What a digest is made of: events to look after, and what was counted. Each function is one statement, so that a digest
//! costs the same number of them whatever the office holds; the use case puts the rows into words of the domain. No row
//! of a later date than the digest's enters a sum.

mod counts;
mod events;

pub use counts::{count_totals, find_last_counted, list_counted_visits, list_counts};
pub use events::{
    EventFacts, EventTeam, list_booked_days, list_event_facts, list_event_teams, list_first_received, list_not_held,
    list_unreported, list_waiting,
};
