//! Booking: events are planned, moved through their states and shown. That nobody and nothing is booked twice is decided
//! by the claims in the database; everything else is decided here or in `domain::event`.

mod book;
mod claiming;
mod conditions;
mod follow;
mod free;
mod names;
mod present;
mod remove;
mod report;
mod resolve;
mod revise;
mod steps;
mod today;

pub use book::BookEvent;
pub use claiming::claim;
pub use conditions::{check_absences, check_absences_of_new};
pub use follow::{FutureEvent, follow_team};
pub use free::{Availability, Bookable, Holding, Wanted, list_free};
pub use names::Names;
pub use present::{BookedEvent, EventQuery, check_version, load_locked, present, present_one};
pub use resolve::{find_teams, find_units, members_of, operators_of, usual_units};
pub use revise::save;
pub use steps::MoveEvent;
pub use today::{Overdue, TodayEvent, TodaySheet, Week, WeekDay};
