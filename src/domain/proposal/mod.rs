//! A schedule proposal for an office: what was asked, who can go on which day, the instance that the planner solves, and
//! its plan in the office's own words (dates, venues, teams). Called by `service::plans`; knows no database and no
//! language. What is proposed can be booked as it stands: the same rules decide here and at the desk.

mod baseline;
mod brief;
mod forecast;
mod ground;
mod outcome;
mod record;
mod request;
mod scribe;
mod spacing;
mod staffing;
#[cfg(test)]
mod tests;
mod travel;

pub use brief::{Brief, PlannedTeam, brief};
pub use forecast::unknown_yield;
pub use ground::{BookedVisit, Ground};
pub use outcome::{
    Booked, IdleTeamDays, Instead, LeftOutVenue, MissedFloor, Moved, Omission, Outcome, Proposal, ProposedVisit, Why,
    activations, moved,
};
pub use record::{KeptVisit, PlanRecord};
pub use request::{FloorInput, HORIZON_MAX, PinInput, PinWish, PlanInput, PlanRequest, next_month};
pub use scribe::describe;
pub use spacing::{default_gap, most_visits};
pub use staffing::{Staffing, staff};
pub use travel::{capacity_after, travel_minutes};
