//! Files: what people bring in and take out, and the facts that the program ships with.

pub mod facts;
pub mod seeds;
