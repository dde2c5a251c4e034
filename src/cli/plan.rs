//! `plan`: the planner on the command line.

use clap::Subcommand;

use super::context::{CliError, Context};
use super::{plan_check, plan_propose, plan_solve};

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    Solve(plan_solve::SolveArguments),
    Check(plan_check::CheckArguments),
    Propose(plan_propose::ProposeArguments),
}

pub async fn run(context: &Context, command: PlanCommand) -> Result<(), CliError> {
    match command {
        PlanCommand::Solve(arguments) => plan_solve::run(context, &arguments),
        PlanCommand::Check(arguments) => plan_check::run(context, &arguments),
        PlanCommand::Propose(arguments) => plan_propose::run(context, arguments).await,
    }
}
