//! Read models: lists and sums that answer one question and are no aggregate.

pub mod day_events;
pub mod digest;
pub mod histories;
pub mod last_visits;
pub mod offices;
pub mod pace;
pub mod ranking;
pub mod team_days;
pub mod today;
mod unsplit;
pub mod venue_history;
pub mod visits;
