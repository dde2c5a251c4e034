//! `rank backtest`: how far off the forecasts would have been on the office's own results.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::context::{CliError, Context, caller};
use super::grid::Grid;
use crate::domain::language::Language;
use crate::domain::office::parse_office_code;
use crate::domain::outcome::Outcome;
use crate::domain::ranking::{Backtest, Comparison, Error, Errors, two_decimals};
use crate::domain::rule::Check;
use crate::service::estimates::TestedForecasts;
use crate::wording::dates::date;
use crate::wording::messages::{label, message};
use crate::wording::numbers::{change, count, decimal, percent};

#[derive(Debug, Args)]
pub struct BacktestArguments {
    #[arg(long)]
    office: String,
    #[arg(long)]
    service: Option<String>,
    #[arg(long, value_enum, default_value = "table")]
    format: BacktestFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BacktestFormat {
    Table,
    Json,
}

/// The answer in JSON. Errors are in activations; null where nothing could be compared.
#[derive(Debug, Serialize)]
struct BacktestView {
    office: String,
    service: &'static str,
    /// Months that were forecast, the first and the last of them (its first day).
    months: u32,
    first: Option<String>,
    last: Option<String>,
    all: Option<ComparisonView>,
    visited: Option<ComparisonView>,
    never_visited: Option<ComparisonView>,
}

#[derive(Debug, Serialize)]
struct ComparisonView {
    visits: u32,
    mean_count: f64,
    forecast: ErrorView,
    last_three: ErrorView,
    /// The part of the counts inside the forecast's interval of 90 %.
    inside_interval: f64,
}

#[derive(Debug, Serialize)]
struct ErrorView {
    mean_absolute: f64,
    root_mean_square: f64,
    bias: f64,
}

pub async fn run(context: &Context, arguments: BacktestArguments) -> Result<(), CliError> {
    let mut check = Check::new();
    let office = check.field("office", parse_office_code(&arguments.office));
    let service = check.optional("service", arguments.service.as_deref(), Outcome::parse_service);
    let (office, service) = check.finish(office.zip(service)).map_err(|errors| context.wrong(errors))?;
    let service = service.unwrap_or(Outcome::Activated);
    let tested = context.services()?.backtest_forecasts(&caller(), &office, service).await;
    let tested = tested.map_err(|error| context.failure(&error))?;
    let text = match arguments.format {
        BacktestFormat::Table => words(context.language, &tested),
        BacktestFormat::Json => {
            let json = serde_json::to_string_pretty(&BacktestView::new(&tested)).map_err(std::io::Error::other)?;
            format!("{json}\n")
        }
    };
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

fn words(language: Language, tested: &TestedForecasts) -> String {
    let say = |name: &str, args: &[(&str, String)]| message(language, &format!("backtest-{name}"), args);
    let Some(backtest) = &tested.backtest else { return format!("{}\n", say("nothing", &[])) };
    let args = [
        ("service", label(language, "outcome", tested.service.as_str())),
        ("months", count(language, backtest.origins.into())),
        ("first", date(language, backtest.first)),
        ("last", date(language, backtest.last)),
    ];
    let heads = ["venues", "visits", "mean", "method", "absolute", "square", "bias", "inside"];
    let mut grid = Grid::new(&heads.map(|head| say(head, &[])), &[false, true, true, false, true, true, true, true]);
    for (group, comparison) in groups(backtest) {
        for line in lines(language, &say(group, &[]), comparison, &say) {
            grid.push(line);
        }
    }
    format!("{}\n\n{grid}\n{}\n", say("title", &args), say("explained", &[]))
}

fn groups(backtest: &Backtest) -> [(&'static str, &Comparison); 3] {
    [("all", &backtest.all), ("visited", &backtest.visited), ("never-visited", &backtest.never_visited)]
}

/// A message of this command.
type Say<'a> = dyn Fn(&str, &[(&str, String)]) -> String + 'a;

/// The forecast and, below it, the mean of the last three.
fn lines(language: Language, group: &str, comparison: &Comparison, say: &Say<'_>) -> Vec<Vec<String>> {
    let Some(errors) = &comparison.errors else { return Vec::new() };
    let numbers = |error: &Error| {
        let Error { mean_absolute, root_mean_square, bias } = *error;
        [decimal(language, mean_absolute, 1), decimal(language, root_mean_square, 1), change(language, bias, 1)]
    };
    let [absolute, square, bias] = numbers(&errors.forecast);
    let first = vec![
        group.to_owned(),
        count(language, comparison.visits.into()),
        decimal(language, errors.counted, 1),
        say("forecast", &[]),
        absolute,
        square,
        bias,
        percent(language, 100.0 * errors.held),
    ];
    let [absolute, square, bias] = numbers(&errors.plain);
    let blank = String::new;
    let second = vec![blank(), blank(), blank(), say("last-three", &[]), absolute, square, bias, blank()];
    vec![first, second]
}

impl BacktestView {
    fn new(tested: &TestedForecasts) -> Self {
        let backtest = tested.backtest.as_ref();
        let compared = |of: fn(&Backtest) -> &Comparison| backtest.and_then(|found| ComparisonView::new(of(found)));
        Self {
            office: tested.office.to_string(),
            service: tested.service.as_str(),
            months: backtest.map_or(0, |found| found.origins),
            first: backtest.map(|found| found.first.to_string()),
            last: backtest.map(|found| found.last.to_string()),
            all: compared(|found| &found.all),
            visited: compared(|found| &found.visited),
            never_visited: compared(|found| &found.never_visited),
        }
    }
}

impl ComparisonView {
    fn new(comparison: &Comparison) -> Option<Self> {
        let Errors { counted, forecast, plain, held } = comparison.errors?;
        Some(Self {
            visits: comparison.visits,
            mean_count: two_decimals(counted),
            forecast: ErrorView::new(forecast),
            last_three: ErrorView::new(plain),
            inside_interval: two_decimals(held),
        })
    }
}

impl ErrorView {
    fn new(error: Error) -> Self {
        Self {
            mean_absolute: two_decimals(error.mean_absolute),
            root_mean_square: two_decimals(error.root_mean_square),
            bias: two_decimals(error.bias),
        }
    }
}
