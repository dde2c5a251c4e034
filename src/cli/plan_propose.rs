//! `plan propose`: asks for a schedule proposal of an office, computes it here, and prints it. The proposal is the same
//! as one asked for on the page, and is found there.

use std::io::Write;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use super::context::{CliError, Context, caller};
use super::grid::Grid;
use crate::domain::language::Language;
use crate::domain::office::parse_office_code;
use crate::domain::proposal::{Outcome, PlanInput, activations};
use crate::service::plans::{AskPlan, Observe, PlanSheet, SolveProgress};
use crate::web::api::plan_view::PlanView;
use crate::wording::dates::short_date;
use crate::wording::messages::message;
use crate::wording::numbers::{count, decimal};

#[derive(Debug, Args)]
pub struct ProposeArguments {
    #[arg(long)]
    office: String,
    #[arg(long, value_name = "DATE")]
    from: String,
    #[arg(long, value_name = "DATE")]
    to: String,
    #[arg(long, value_delimiter = ',')]
    teams: Option<Vec<String>>,
    #[arg(long, value_delimiter = ',')]
    kinds: Option<Vec<String>>,
    #[arg(long)]
    floor: Option<i64>,
    #[arg(long)]
    overtime_days: Option<i64>,
    #[arg(long, value_name = "MINUTES")]
    max_travel: Option<i64>,
    #[arg(long, value_enum, default_value = "table")]
    format: ProposeFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProposeFormat {
    Table,
    Json,
}

pub async fn run(context: &Context, arguments: ProposeArguments) -> Result<(), CliError> {
    let office = parse_office_code(&arguments.office);
    let office = office.map_err(|rule| context.wrong(vec![crate::domain::rule::FieldError::new("office", rule)]))?;
    let format = arguments.format;
    let failed = |error| context.failure(&error);
    let services = context.services()?;
    let command = AskPlan { input: input(arguments), ..AskPlan::default() };
    let plan = services.ask_plan(&caller(), &office, command).await.map_err(failed)?;
    let bar = bar(context.language);
    services.compute_plan(&caller(), &office, plan.id, watch(context.language, bar.clone())).await.map_err(failed)?;
    bar.finish_and_clear();
    let sheet = services.find_plan(&caller(), &office, plan.id).await.map_err(failed)?;
    let text = match format {
        ProposeFormat::Table => words(context.language, &sheet),
        ProposeFormat::Json => {
            let json = serde_json::to_string_pretty(&PlanView::from(sheet));
            json.map_err(|error| CliError::failed(error.to_string()))? + "\n"
        }
    };
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

fn input(arguments: ProposeArguments) -> PlanInput {
    PlanInput {
        from: Some(arguments.from),
        to: Some(arguments.to),
        teams: arguments.teams,
        kinds: arguments.kinds,
        floor: arguments.floor,
        overtime: arguments.overtime_days,
        travel: arguments.max_travel,
        ..PlanInput::default()
    }
}

/// On standard error, and only on a terminal.
fn bar(language: Language) -> ProgressBar {
    let bar = ProgressBar::new(100);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent} % {msg}") {
        bar.set_style(style);
    }
    bar.with_message(message(language, "plan-computing", &[]))
}

fn watch(language: Language, bar: ProgressBar) -> Observe {
    Arc::new(move |progress: SolveProgress| {
        let percent = (0..=100_u32).find(|percent| f64::from(*percent) >= progress.spent * 100.0).unwrap_or(100);
        bar.set_position(percent.into());
        if let Some(incumbent) = progress.incumbent {
            bar.set_message(decimal(language, activations(incumbent), 2));
        }
        true
    })
}

fn words(language: Language, sheet: &PlanSheet) -> String {
    let say = |id: &str| message(language, id, &[]);
    let header = ["day", "plan-venue", "plan-teams", "plan-expects"].map(say);
    let mut grid = Grid::new(&header, &[false, false, false, true]);
    for kept in &sheet.visits {
        let venue = sheet.venues.get(&kept.visit.venue);
        let team = |id: &Option<_>| {
            let code = id.and_then(|id| sheet.teams.get(&id)).map(|team| team.code.to_string());
            code.unwrap_or_else(|| "–".to_owned())
        };
        grid.push(vec![
            short_date(language, kept.visit.date),
            venue.map(|venue| format!("{} {}", venue.code, venue.details.name)).unwrap_or_default(),
            kept.visit.teams.iter().map(team).collect::<Vec<_>>().join(" "),
            decimal(language, activations(kept.visit.gain), 1),
        ]);
    }
    let total = sheet.outcome().map(|outcome| total(language, outcome)).unwrap_or_default();
    format!("{grid}\n{total}\n")
}

fn total(language: Language, outcome: &Outcome) -> String {
    let whole = |centi: i64| count(language, (centi + 50).div_euclid(100));
    let title = [("visits", count(language, outcome.visits.into())), ("expected", whole(outcome.gain))];
    let interval = [("low", whole(outcome.low)), ("high", whole(outcome.high))];
    let left = [("count", count(language, i64::try_from(outcome.left_out.len()).unwrap_or(i64::MAX)))];
    let bound = [("bound", whole(outcome.gain + outcome.slack()))];
    [
        message(language, "plan-title", &title),
        message(language, "plan-interval", &interval),
        message(language, "plan-chart-bound", &bound),
        message(language, "plan-left-out", &left),
    ]
    .join("\n")
}
