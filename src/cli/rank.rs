//! `rank`: the venues of an office by yield, for people, programs and spreadsheets.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};

use super::context::{CliError, Context, caller};
use super::grid::Grid;
use super::rank_backtest::{self, BacktestArguments};
use crate::domain::language::Language;
use crate::domain::office::parse_office_code;
use crate::domain::ranking::{Exclusion, Per, Spread, Standing};
use crate::domain::region::RegionCode;
use crate::domain::rule::Check;
use crate::service::files::{ExportOptions, FileFormat, Separator};
use crate::service::rankings::{RankVenues, RankedVenue, Ranking};
use crate::web::api::rankings::{RankingParams, RankingView, read_command};
use crate::wording::dates::date;
use crate::wording::messages::{label, message};
use crate::wording::numbers::{count, decimal};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct RankArguments {
    #[command(subcommand)]
    command: Option<RankCommand>,
    #[command(flatten)]
    ranking: RankingArguments,
}

#[derive(Debug, Subcommand)]
enum RankCommand {
    Backtest(BacktestArguments),
}

#[derive(Debug, Args)]
struct RankingArguments {
    #[arg(long, required = true)]
    office: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[arg(long)]
    kind: Option<String>,
    #[arg(long)]
    region: Option<String>,
    #[arg(long)]
    service: Option<String>,
    #[arg(long)]
    per: Option<String>,
    #[arg(long)]
    sort: Option<String>,
    #[arg(long, value_enum, default_value = "table")]
    format: RankFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RankFormat {
    Table,
    Json,
    Csv,
}

pub async fn run(context: &Context, arguments: RankArguments) -> Result<(), CliError> {
    match arguments.command {
        Some(RankCommand::Backtest(arguments)) => rank_backtest::run(context, arguments).await,
        None => run_ranking(context, arguments.ranking).await,
    }
}

async fn run_ranking(context: &Context, arguments: RankingArguments) -> Result<(), CliError> {
    let RankingArguments { office, from, to, kind, region, service, per, sort, format } = arguments;
    let params = RankingParams { service, from, to, kind, region, per, sort, limit: None, cursor: None };
    let mut check = Check::new();
    let office = check.field("office", parse_office_code(&office.unwrap_or_default()));
    let command = read_command(&mut check, &params);
    let (office, command) = check.finish(office.zip(command)).map_err(|errors| context.wrong(errors))?;
    let bytes = match format {
        RankFormat::Table => words(context.language, &rank(context, &office, command).await?).into_bytes(),
        RankFormat::Json => json(rank(context, &office, command).await?)?,
        RankFormat::Csv => export(context, &office, command).await?,
    };
    Ok(std::io::stdout().write_all(&bytes)?)
}

async fn rank(context: &Context, office: &RegionCode, command: RankVenues) -> Result<Ranking, CliError> {
    let ranked = context.services()?.rank_venues(&caller(), office, command).await;
    ranked.map_err(|error| context.failure(&error))
}

/// The items of the API's answer as rows.
async fn export(context: &Context, office: &RegionCode, command: RankVenues) -> Result<Vec<u8>, CliError> {
    let options = ExportOptions { format: FileFormat::Csv, separator: Separator::Comma };
    let exported = context.services()?.export_ranking(&caller(), office, command, options).await;
    Ok(exported.map_err(|error| context.failure(&error))?.bytes)
}

/// The shape of the API's answer, with every venue.
fn json(ranking: Ranking) -> Result<Vec<u8>, CliError> {
    let mut bytes = serde_json::to_vec_pretty(&RankingView::whole(ranking)).map_err(std::io::Error::other)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The ranking as people read it, with what was left out below.
fn words(language: Language, ranking: &Ranking) -> String {
    let args = [
        ("service", label(language, "outcome", ranking.service.as_str())),
        ("from", date(language, ranking.days.first())),
        ("to", date(language, ranking.days.last())),
        ("per", label(language, "per", ranking.per.as_str())),
    ];
    let title = message(language, "rank-title", &args);
    let head = |name: &str| message(language, &format!("rank-{name}"), &[]);
    let mut venues = Grid::new(
        &["rank", "code", "name", "kind", "days", "count", "yield", "estimate", "interval", "places", "last-visit"]
            .map(head),
        &[true, false, false, false, true, true, true, true, true, true, false],
    );
    for (venue, standing) in &ranking.venues {
        venues.push(line(language, ranking, venue, standing));
    }
    let mut text = format!("{title}\n\n{venues}");
    if !ranking.excluded.is_empty() {
        let mut excluded = Grid::new(&["reason", "days", "count", "venues"].map(head), &[false, true, true, true]);
        for exclusion in &ranking.excluded {
            excluded.push(excluded_line(language, exclusion));
        }
        text = format!("{text}\n{}\n{excluded}", head("excluded"));
    }
    text
}

fn line(language: Language, ranking: &Ranking, venue: &RankedVenue, standing: &Standing<usize>) -> Vec<String> {
    let none = || "–".to_owned();
    let yielded = match ranking.per {
        Per::Day => standing.per_day,
        Per::TeamDay => standing.per_team_day,
        Per::OfficerHour => standing.per_officer_hour,
    };
    let estimate = ranking.estimates.get(&venue.id);
    vec![
        standing.rank.map_or_else(none, |rank| count(language, rank.into())),
        venue.code.to_string(),
        venue.name.to_string(),
        label(language, "venue-kind", venue.kind.as_str()),
        count(language, standing.event_days.into()),
        count(language, standing.activations),
        yielded.map_or_else(none, |number| decimal(language, number, 2)),
        estimate.map_or_else(none, |row| decimal(language, row.estimate.forecast.mean, 1)),
        estimate.map_or_else(none, |row| {
            let Spread { low, high } = row.estimate.spread;
            format!("{}–{}", decimal(language, low, 1), decimal(language, high, 1))
        }),
        estimate.map_or_else(none, |row| format!("{}–{}", row.places.low, row.places.high)),
        standing.last_visit.map_or_else(none, |day| day.to_string()),
    ]
}

fn excluded_line(language: Language, exclusion: &Exclusion) -> Vec<String> {
    vec![
        label(language, "exclusion-reason", exclusion.reason.as_str()),
        count(language, exclusion.event_days),
        count(language, exclusion.activations),
        count(language, exclusion.venues),
    ]
}
