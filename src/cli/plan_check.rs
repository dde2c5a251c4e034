//! `plan check`: judges a plan file against its instance. The verdict is one JSON line on standard output, the faults in
//! words go to standard error; exit 1 if there is any.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::context::{CliError, Context};
use super::plan_files::{fault_words, read_file, read_instance, refused};
use super::print;
use crate::domain::planner::check;
use crate::domain::planner::format::ClaimsFile;
use crate::wording::messages::message;

#[derive(Debug, Args)]
pub struct CheckArguments {
    instance: PathBuf,
    plan: PathBuf,
}

/// The verdict as programs read it.
#[derive(Debug, Serialize)]
struct VerdictLine {
    valid: bool,
    objective: i64,
    gain: i64,
    shortfall: i64,
    visits: usize,
    /// None if the prices prove nothing.
    bound: Option<i64>,
    gap_percent: Option<f64>,
    errors: Vec<String>,
}

pub fn run(context: &Context, arguments: &CheckArguments) -> Result<(), CliError> {
    let instance = read_instance(context, &arguments.instance)?;
    let file: ClaimsFile = read_file(context, &arguments.plan)?;
    let claims = file.into_claims().map_err(|faults| refused(context, &arguments.plan, &faults))?;
    let verdict = check(&instance, &claims);
    let line = VerdictLine {
        valid: verdict.is_valid(),
        objective: verdict.objective,
        gain: verdict.gain,
        shortfall: verdict.shortfall,
        visits: claims.visits.len(),
        bound: verdict.bound,
        gap_percent: verdict.gap().map(|gap| (gap * 1e6).round() / 1e4),
        errors: verdict.faults.iter().map(|fault| fault_words(context.language, fault)).collect(),
    };
    print::result(serde_json::to_string(&line).map_err(std::io::Error::other)?)?;
    if verdict.is_valid() {
        return Ok(());
    }
    let heading = message(context.language, "plan-invalid", &[("plan", arguments.plan.display().to_string())]);
    Err(CliError::failed(format!("{heading}\n{}", line.errors.join("\n"))))
}
