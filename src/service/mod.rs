//! Use cases: one function is one permission and one transaction. They know the domain and the store, no HTTP and no
//! language; commands come in as values, errors go out as few kinds.

pub mod absences;
pub mod accounts;
pub mod audit_trail;
pub mod calendars;
pub mod delivery;
pub mod demo;
pub mod desk;
pub mod digests;
pub mod error;
pub mod estimates;
pub mod event_sheets;
pub mod field;
pub mod figures;
pub mod files;
pub mod frame;
pub mod guard;
pub mod hash;
pub mod holidays;
pub mod importing;
pub mod jobs;
pub mod mail_room;
pub mod maintenance;
pub mod misses;
pub mod notices;
pub mod office_settings;
pub mod offices;
pub mod papers;
pub mod planning;
pub mod plans;
mod ranking_file;
pub mod rankings;
pub mod recording;
pub mod regions;
pub mod schedule;
pub mod secret;
pub mod set_up;
pub mod set_up_code;
pub mod targets;
pub mod teams;
pub mod units;
pub mod venue_sheets;
pub mod venues;

pub use desk::{Caller, Services};
pub use error::{Conflict, ServiceError};
