//! Logs and figures of the running service.

pub mod figures;
pub mod logging;

pub use figures::Registry;
