//! What the benches of estimates and of a year share: simulated places whose truth is known, and the chance of their days.

pub mod chance;
pub mod place;
