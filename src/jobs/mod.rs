//! Time in: what happens without a request. `app` starts it beside the server; it works off the queue of jobs and does
//! periodic duties. It asks use cases like a request does and knows no HTTP and no SQL.
//!
//! - A new kind of **job**: a variant of `domain::job::JobKind`, a file here, an arm in `kinds.rs`.
//! - New **periodic** work: a file here with a [`duty::Duty`], a line in `duties.rs`.

pub mod attend;
mod deliver;
mod digests;
mod duties;
pub mod duty;
mod estimates;
mod kinds;
mod plans;
pub mod runner;
