//! Schedule proposals: asked for, computed by a job, looked at, accepted in parts as drafts, planned anew. What the
//! planner needs of the office is gathered here; what it answers becomes bookings only through the rules of booking.

mod accept;
mod ask;
mod compute;
mod ground;
mod show;
mod solve;

pub use accept::AcceptPlan;
pub use ask::{AskPlan, PlanTask};
pub use compute::{Computed, Observe};
pub use show::{Comparison, ListedPlan, PlanSheet, PlanState};
pub use solve::SolveProgress;
