//! Plans visits of teams to venues over a horizon, and proves how good the plan is: Lagrangian bound by dynamic
//! programs over each venue's days, forward auction, ejection chains, large neighbourhoods. `docs/PLANNER.md` explains
//! it. Knows nothing of offices, files on disk or clocks, and could be published as a crate.
#![allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "numerical code over arrays whose sizes an instance guarantees; amounts stay far below 2^53"
)]

pub mod budget;
pub mod check;
pub mod fault;
mod floors;
pub mod format;
pub mod instance;
pub mod plan;
pub mod reasons;
pub mod replan;
pub mod score;
pub mod solve;
mod solver;
#[cfg(test)]
mod tests;
pub mod visit;

pub use budget::{Budget, Progress, Spent, Start};
pub use check::{Claims, Verdict, check};
pub use fault::{Fault, FaultKind};
pub use instance::{Draft, Duty, Instance, Pin, Reach, Team, Venue};
pub use plan::{Certificate, Effort, FloorMissed, Inclusion, LeftOut, Plan, Reason, StoppedBy};
pub use reasons::Occupancy;
pub use replan::{Kept, keep_visits};
pub use solve::solve;
pub use visit::{Crew, Visit};
