//! Jemput Bola: plans outreach events of civil-registry offices, records digital-ID activations, ranks venues by yield.
//! The floors and what may import what are in `docs/ARCHITECTURE.md`; `tests/architecture.rs` holds them.
#![recursion_limit = "256"]

pub mod app;
pub mod cli;
pub mod domain;
pub mod jobs;
pub mod mail;
pub mod pictures;
pub mod service;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod web;
pub mod wording;
