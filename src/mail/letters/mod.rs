//! The short letters: each file turns the payload of its kind into a notice in the reader's language.

pub mod account;
pub mod event;
pub mod result;
pub mod test;
