//! The integration suite: one binary, every test on its own temporary database and its own server on a free port.
//! On SQLite always; on PostgreSQL when `TEST_POSTGRES_URL` names a server where databases may be created.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "a test fails by panicking, and says aloud what it skips"
)]

#[path = "../support/instances.rs"]
mod instances;
mod support;

mod absences;
mod backup;
mod bad_input;
mod board_page;
mod booking;
mod browser_desk;
mod browser_loads;
mod browser_pages;
mod browser_smoke;
mod calendars;
mod command_line;
mod description;
mod digest_cost;
mod digest_figures;
mod digests;
mod engines;
mod estimates;
mod event_files;
mod event_page;
mod every_page;
mod field;
mod file_kinds;
mod files;
mod five_districts;
mod five_targets;
mod following;
mod held;
mod holidays;
mod jobs;
mod ledger;
mod letters;
mod locks;
mod manage_pages;
mod map_page;
mod messages;
mod news;
mod nothing_lost;
mod notices;
mod own_letters;
mod pages;
mod papers;
mod phone;
mod plan_files;
mod plan_pages;
mod plans;
mod post_killed;
mod privacy;
mod ranking;
mod ranking_page;
mod region_digests;
mod results;
mod rights;
mod sign_in;
mod targets;
mod teams;
mod today_page;
mod tokens;
mod totals;
mod transitions;
mod users;
mod venue_pages;
mod venues;
mod xlsx;
