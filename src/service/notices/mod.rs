//! What the staff is told by e-mail without asking: their events, the day before, and results that are missing. A notice is
//! put into the outbox in the transaction of what it tells of.

mod clock;
mod event;
mod plan;

pub use event::{tell_new, tell_team};
