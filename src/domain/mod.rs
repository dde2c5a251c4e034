//! Rules and words of outreach planning: no IO, no async, no HTTP, no SQL, no clock. Every other floor may import it.

pub mod clock;
pub mod code;
pub mod event;
pub mod id;
pub mod lock;
pub mod nik;
pub mod office;
pub mod outcome;
pub mod ranking;
pub mod region;
pub mod rule;
pub mod tally;
pub mod text;
pub mod total;
