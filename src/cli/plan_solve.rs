//! `plan solve`: plans an instance file within a time or a number of steps, shows on a terminal how far it is, and
//! writes the plan with its certificate.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use indicatif::ProgressBar;

use super::context::{CliError, Context};
use super::plan_files::read_instance;
use super::print;
use crate::domain::planner::format::{PlanFile, SolverLine};
use crate::domain::planner::{Budget, Instance, Plan, Progress, Spent, Start, solve};
use crate::wording::messages::message;
use crate::wording::numbers::{count, decimal};

/// Time if neither time nor steps are given.
const DEFAULT_TIME: Duration = Duration::from_secs(10);
/// Part of the time that is kept for explaining and writing the plan.
const RESERVE: f64 = 0.03;
/// Milliseconds between two pictures of the progress.
const PICTURE: u64 = 100;

#[derive(Debug, Args)]
pub struct SolveArguments {
    instance: PathBuf,
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    time_limit: Option<Duration>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    steps: Option<u64>,
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    threads: Option<u16>,
    #[arg(short, long, value_name = "PLAN")]
    output: Option<PathBuf>,
}

pub fn run(context: &Context, arguments: &SolveArguments) -> Result<(), CliError> {
    let instance = read_instance(context, &arguments.instance)?;
    let limit = arguments.time_limit.or(arguments.steps.is_none().then_some(DEFAULT_TIME));
    let mut budget = Budget::for_time(&instance, limit.unwrap_or_default(), arguments.seed);
    budget.steps = arguments.steps.unwrap_or(budget.steps);
    budget.threads = arguments.threads.map_or(budget.threads, usize::from);
    let plan = search(context, &instance, &budget, limit);
    let solver = SolverLine {
        seed: budget.seed,
        steps: budget.steps,
        passes: plan.effort.passes,
        moves: plan.effort.moves,
        cpu_seconds: cpu_seconds(),
        wall_seconds: context.started.elapsed().as_secs_f64(),
        threads: budget.threads,
        stopped_by: plan.effort.stopped_by.as_str(),
    };
    let mut text = serde_json::to_vec(&PlanFile::new(&instance, &plan, solver)).map_err(std::io::Error::other)?;
    text.push(b'\n');
    match &arguments.output {
        Some(path) => {
            std::fs::write(path, text).map_err(|error| context.disk_failure(path, &error))?;
            print::note(summary(context, &plan));
        }
        None => std::io::Write::write_all(&mut std::io::stdout(), &text)?,
    }
    Ok(())
}

/// Searches, with a bar that shows how much of the time is over, the incumbent, the bound and the gap.
fn search(context: &Context, instance: &Instance, budget: &Budget, limit: Option<Duration>) -> Plan {
    let bar = ProgressBar::new_spinner();
    let drawn = AtomicU64::new(0);
    let deadline = limit.map(|limit| limit.as_secs_f64() * (1.0 - RESERVE));
    let told = |progress: Progress| {
        let elapsed = context.started.elapsed();
        let now = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let last = drawn.load(Ordering::Relaxed);
        let is_due = now >= last.saturating_add(PICTURE) && !bar.is_hidden();
        if is_due && drawn.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            bar.set_message(progress_words(context, &progress));
            bar.tick();
        }
        deadline.map_or(Spent::NOTHING, |deadline| Spent(elapsed.as_secs_f64() / deadline.max(1e-3)))
    };
    let plan = solve(instance, budget, &Start::default(), &told);
    bar.finish_and_clear();
    plan
}

fn progress_words(context: &Context, progress: &Progress) -> String {
    let amount =
        |centi: Option<i64>| centi.map_or_else(|| "–".to_owned(), |centi| count(context.language, centi / 100));
    let args = [
        ("passes", progress.passes.to_string()),
        ("moves", progress.moves.to_string()),
        ("incumbent", amount(progress.incumbent)),
        ("bound", amount(progress.bound)),
        ("gap", progress.gap().map_or_else(|| "–".to_owned(), |gap| decimal(context.language, gap * 100.0, 3))),
    ];
    message(context.language, "plan-progress", &args)
}

fn summary(context: &Context, plan: &Plan) -> String {
    let args = [
        ("visits", count(context.language, i64::try_from(plan.visits.len()).unwrap_or(i64::MAX))),
        ("gain", count(context.language, plan.gain / 100)),
        ("left", count(context.language, i64::try_from(plan.left_out.len()).unwrap_or(i64::MAX))),
        ("gap", decimal(context.language, plan.gap() * 100.0, 4)),
    ];
    message(context.language, "plan-solved", &args)
}

/// Seconds of processor time so far; 0 where the system does not tell. Linux counts in hundredths (`man 5 proc`).
fn cpu_seconds() -> f64 {
    let ticks = || {
        let line = std::fs::read_to_string("/proc/self/stat").ok()?;
        let mut fields = line.rsplit(')').next()?.split_whitespace().skip(11);
        let user: u32 = fields.next()?.parse().ok()?;
        let system: u32 = fields.next()?.parse().ok()?;
        Some(user.saturating_add(system))
    };
    f64::from(ticks().unwrap_or(0)) / 100.0
}

/// A time as `10s`, `0.5s`, `500ms`, `2m`; a bare number is seconds.
fn parse_time(text: &str) -> Result<Duration, String> {
    let units = [("ms", 1e-3), ("s", 1.0), ("m", 60.0), ("", 1.0)];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        Some(number * seconds)
    });
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).filter(|time| !time.is_zero());
    time.ok_or_else(|| "10s, 0.5s, 500ms, 2m".to_owned())
}
