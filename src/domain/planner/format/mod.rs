//! The files of the planner: instances `jbplan-1` and `jbplan-2`, plans `jbplan-solution-1`, as serde sees them.
//! Which text format they are written in, and where they lie, is the command line's business.

pub mod instance;
pub mod number;
pub mod plan;

pub use instance::InstanceFile;
pub use plan::{ClaimsFile, PlanFile, SolverLine};
