//! The integration suite: one binary, every test on its own temporary database and its own server on a free port.
//! On SQLite always; on PostgreSQL when `TEST_POSTGRES_URL` names a server where databases may be created.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod support;

mod booking;
mod engines;
mod nothing_lost;
mod sign_in;
mod transitions;
mod venues;
