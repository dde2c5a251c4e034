//! Rules and words of outreach planning: no IO, no async, no HTTP, no SQL, no clock. Every other floor may import it.

pub mod clock;
pub mod code;
pub mod id;
pub mod nik;
pub mod office;
pub mod region;
pub mod rule;
pub mod scenario;
pub mod text;
