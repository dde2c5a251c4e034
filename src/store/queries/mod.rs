//! One file per aggregate: its private rows, and functions over a connection that answer in words of the domain.

pub mod absences;
pub mod audit;
pub mod claims;
pub mod denominators;
pub mod devices;
pub mod digest_subscriptions;
pub mod erasure;
pub mod estimates;
pub mod events;
pub mod feeds;
pub mod health;
pub mod held;
pub mod holidays;
pub mod jobs;
pub mod leases;
pub mod letters;
pub mod locks;
pub mod mail_optouts;
pub mod observations;
pub mod office_settings;
pub mod offices;
pub mod outbox;
pub mod password_links;
pub mod plans;
pub mod region_digests;
pub mod regions;
pub mod results;
pub mod search;
pub mod sessions;
pub mod splits;
pub mod targets;
pub mod teams;
pub mod tokens;
pub mod totals;
pub mod units;
pub mod users;
pub mod venues;

/// Rows of one INSERT: well below the bind limits of both engines (32,766 on SQLite) for the widest table.
const ROWS_PER_INSERT: usize = 500;
