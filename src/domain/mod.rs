//! Rules and words of outreach planning: no IO, no async, no HTTP, no SQL, no clock. Every other floor may import it.

pub mod audit;
pub mod calendar;
pub mod clash;
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
pub mod page;
pub mod permission;
pub mod region;
pub mod rule;
pub mod staff;
pub mod team;
pub mod text;
pub mod time_zone;
pub mod venue;
