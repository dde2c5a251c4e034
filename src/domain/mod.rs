//! Rules and words of outreach planning: no IO, no async, no HTTP, no SQL, no clock. Every other floor may import it.

pub mod calendar;
pub mod clock;
pub mod code;
pub mod dates;
pub mod figure;
pub mod id;
pub mod language;
pub mod nik;
pub mod number;
pub mod office;
pub mod opening;
pub mod region;
pub mod rule;
pub mod text;
pub mod time_zone;
