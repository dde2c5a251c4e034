//! `plan`: the planner on the command line.

use clap::Subcommand;

use super::context::{CliError, Context};
use super::{plan_check, plan_propose, plan_solve};

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Plan an instance file and prove how good the plan is. Needs no database.
    Solve(plan_solve::SolveArguments),
    /// Judge a plan file: every rule, its objective, and the bound that its prices prove. Needs no database.
    Check(plan_check::CheckArguments),
    /// Propose a schedule for an office. It stays on the office's page, where it can be accepted.
    Propose(plan_propose::ProposeArguments),
}

pub async fn run(context: &Context, command: PlanCommand) -> Result<(), CliError> {
    match command {
        PlanCommand::Solve(arguments) => plan_solve::run(context, &arguments),
        PlanCommand::Check(arguments) => plan_check::run(context, &arguments),
        PlanCommand::Propose(arguments) => plan_propose::run(context, arguments).await,
    }
}
