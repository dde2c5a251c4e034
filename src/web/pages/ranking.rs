//! `/{office}/peringkat`: the venues by what their next visit is expected to bring, or by what a day there yielded; what was
//! left out and why. The orders are those of the API.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::narrowing::{Choices, Narrowing, load_regions, region_name};
use super::{Form, Shell, page};
use crate::domain::language::Language;
use crate::domain::outcome::Outcome;
use crate::domain::ranking::{Exclusion, ExclusionReason, Per, RankBy, Spread, Standing, best_group};
use crate::domain::region::Region;
use crate::domain::rule::Check;
use crate::domain::venue::VenueKind;
use crate::pictures::{self, YieldMark, YieldScale};
use crate::service::Services;
use crate::service::files::{ExportOptions, FileFormat, Separator};
use crate::service::rankings::{RankVenues, RankedVenue, Ranking, VenueEstimate};
use crate::web::download::download;
use crate::web::error::WebError;
use crate::wording::dates::period;

/// Venues on one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "ranking/list.html", config = "src/web/pages/askama.toml")]
struct RankingPage {
    shell: Shell,
    form: Form,
    choices: Choices,
    narrowing: Narrowing,
    /// None if the filter cannot be read.
    found: Option<Found>,
}

/// A ranking in the reader's words, cut to one page.
struct Found {
    /// What the ranking comes to, in one sentence; none if nothing is ranked.
    lead: Option<String>,
    measure: String,
    per: Per,
    by: RankBy,
    axis: String,
    rows: Vec<Row>,
    /// Venues without a rank that this page lists.
    unranked: Vec<Row>,
    ranked: String,
    has_ranked: bool,
    without_rank: String,
    /// "1–50", and where the next page starts.
    places: String,
    is_first: bool,
    next: Option<usize>,
    left_out: Vec<LeftOut>,
    left_out_days: String,
    is_empty: bool,
}

struct Row {
    rank: Option<u32>,
    code: String,
    name: String,
    /// "Sekolah · Purbalingga"
    about: String,
    event_days: String,
    is_visited: bool,
    per_day: String,
    per_team_day: String,
    per_officer_hour: String,
    last_visit: String,
    /// None while nothing is expected of any venue.
    expected: Option<Expected>,
    drawn: String,
}

/// What the next visit is expected to bring, in the reader's words.
struct Expected {
    estimate: String,
    /// "28–61"
    interval: String,
    /// "bisa 1–5"
    places: String,
    /// Without a result of its own: what is expected, is expected of its kind.
    cold_start: Option<String>,
}

struct LeftOut {
    reason: ExclusionReason,
    days: String,
    count: String,
    venues: String,
}

/// Where the page starts, by places in the order.
#[derive(Debug, Default, Deserialize)]
pub struct Start {
    after: Option<String>,
}

/// How the file of a ranking is to be written.
#[derive(Debug, Default, Deserialize)]
pub struct FileQuery {
    format: Option<String>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_ranking).service(download_ranking);
}

#[get("/peringkat")]
async fn show_ranking(
    services: Data<Services>,
    shell: Shell,
    narrowing: Query<Narrowing>,
    start: Query<Start>,
) -> Result<HttpResponse, WebError> {
    let narrowing = narrowing.into_inner();
    let regions = load_regions(&services, &shell).await?;
    let after = start.after.as_deref().and_then(|text| text.parse().ok()).unwrap_or_default();
    let ranked = match narrowing.read() {
        Ok(command) => {
            let command = RankVenues { with_last_visits: true, ..command };
            services.rank_venues(shell.caller()?, &shell.office()?.code, command).await.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    let (status, form, found) = match ranked {
        Ok(ranking) => {
            let days = (ranking.days.first().to_string(), ranking.days.last().to_string());
            (StatusCode::OK, narrowing.form(Some(days)), Some(Found::new(&shell, &regions, &ranking, after)))
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, narrowing.refused(error, &shell)?, None),
    };
    let choices = Choices::new(&shell, &regions);
    page(status, &shell.clone(), &RankingPage { shell, form, choices, narrowing, found })
}

/// The whole ranking as a file, for spreadsheets in the reader's language.
#[get("/peringkat/unduh")]
async fn download_ranking(
    services: Data<Services>,
    shell: Shell,
    narrowing: Query<Narrowing>,
    file: Query<FileQuery>,
) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let format = check.optional("format", file.format.as_deref(), str::parse);
    let format = check.finish(format)?.unwrap_or(FileFormat::Csv);
    let separator = match shell.language {
        Language::Indonesian => Separator::Semicolon,
        Language::English => Separator::Comma,
    };
    let options = ExportOptions { format, separator };
    let office = &shell.office()?.code;
    Ok(download(services.export_ranking(shell.caller()?, office, narrowing.read()?, options).await?))
}

impl Found {
    fn new(shell: &Shell, regions: &[Region], ranking: &Ranking, after: usize) -> Self {
        let shown: Vec<_> = ranking.venues.iter().skip(after).take(PAGE).collect();
        let end = after.saturating_add(shown.len());
        let marks: Vec<YieldMark> =
            ranking.venues.iter().map(|(venue, standing)| mark(ranking, venue, standing)).collect();
        let scale = YieldScale::of(&marks);
        let row = |(venue, standing): &&(RankedVenue, Standing<usize>)| {
            let drawn = scale.row(mark(ranking, venue, standing));
            let expected = ranking.estimates.get(&venue.id).map(|row| Expected::new(shell, ranking, venue, row));
            Row { expected, ..Row::new(shell, regions, venue, standing, drawn) }
        };
        let (rows, unranked): (Vec<Row>, Vec<Row>) = shown.iter().map(row).partition(|row| row.rank.is_some());
        let ranked = ranking.venues.iter().filter(|(_, standing)| standing.rank.is_some()).count();
        let service = shell.heading("outcome", ranking.service.as_str());
        let per = shell.label("per", ranking.per.as_str());
        let days = period(shell.language, ranking.days);
        Self {
            lead: lead(shell, ranking),
            measure: shell.tv("ranking-measure", &[("service", service), ("per", per), ("period", days)]),
            per: ranking.per,
            by: ranking.by,
            axis: scale.axis(&shell.t("ranking-axis"), &|value| shell.decimal(&value, 0)),
            places: format!("{}–{}", after.saturating_add(1), after.saturating_add(rows.len())),
            rows,
            unranked,
            ranked: count(shell, ranked),
            has_ranked: ranked > 0,
            without_rank: count(shell, ranking.venues.len() - ranked),
            is_empty: ranking.venues.is_empty(),
            is_first: after == 0,
            next: (end < ranking.venues.len()).then_some(end),
            left_out: ranking.excluded.iter().map(|exclusion| LeftOut::new(shell, exclusion)).collect(),
            left_out_days: shell.count(ranking.excluded.iter().map(|exclusion| exclusion.event_days).sum::<i64>()),
        }
    }
}

impl Row {
    fn new(shell: &Shell, regions: &[Region], venue: &RankedVenue, standing: &Standing<usize>, drawn: String) -> Self {
        let decimal = |value: Option<f64>, decimals| value.map_or_else(none, |value| shell.decimal(&value, decimals));
        let kind = shell.heading("venue-kind", venue.kind.as_str());
        Self {
            rank: standing.rank,
            code: venue.code.to_string(),
            name: venue.name.to_string(),
            about: format!("{kind} · {}", region_name(regions, &venue.region)),
            event_days: shell.count(standing.event_days),
            is_visited: standing.event_days > 0,
            per_day: decimal(standing.per_day, 1),
            per_team_day: decimal(standing.per_team_day, 1),
            per_officer_hour: decimal(standing.per_officer_hour, 2),
            last_visit: standing.last_visit.map_or_else(none, |date| shell.short_date(&date)),
            expected: None,
            drawn,
        }
    }
}

impl Expected {
    fn new(shell: &Shell, ranking: &Ranking, venue: &RankedVenue, row: &VenueEstimate) -> Self {
        let Spread { low, high } = row.estimate.spread;
        let places = if row.places.low == row.places.high {
            shell.count(row.places.low)
        } else {
            format!("{}–{}", shell.count(row.places.low), shell.count(row.places.high))
        };
        let last_visit = ranking.last_visits.get(&venue.id).copied();
        Self {
            estimate: shell.decimal(&row.estimate.forecast.mean, 1),
            interval: format!("{}–{}", shell.decimal(&low, 0), shell.decimal(&high, 0)),
            places: shell.t1("ranking-may-be", "places", places),
            cold_start: row.estimate.cold_start.then(|| cold_start(shell, ranking.service, venue.kind, last_visit)),
        }
    }
}

impl LeftOut {
    fn new(shell: &Shell, exclusion: &Exclusion) -> Self {
        let count = shell.count(exclusion.activations);
        Self {
            reason: exclusion.reason,
            days: shell.count(exclusion.event_days),
            count: match exclusion.reason {
                _ if exclusion.activations == 0 => none(),
                ExclusionReason::Approximate | ExclusionReason::Range => shell.t1("ranking-at-least", "count", count),
                _ => count,
            },
            venues: if exclusion.venues == 0 { none() } else { shell.count(exclusion.venues) },
        }
    }
}

/// Why an estimate knows nothing of the venue itself: nobody was there, or nobody has said what came of it.
pub fn cold_start(shell: &Shell, service: Outcome, kind: VenueKind, last_visit: Option<NaiveDate>) -> String {
    let kind = shell.label("venue-kind", kind.as_str());
    match last_visit {
        None => shell.t1("ranking-cold-start", "kind", kind),
        Some(date) if service == Outcome::Activated => {
            shell.t2("ranking-cold-start-unreported", ("date", &shell.short_date(&date)), ("kind", &kind))
        }
        Some(date) => shell.t2("ranking-cold-start-other", ("date", &shell.short_date(&date)), ("kind", &kind)),
    }
}

fn count(shell: &Shell, number: usize) -> String {
    shell.count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A number that there is none of.
fn none() -> String {
    "–".to_owned()
}

fn mean(standing: &Standing<usize>, per: Per) -> Option<f64> {
    match per {
        Per::Day => standing.per_day,
        Per::TeamDay => standing.per_team_day,
        Per::OfficerHour => standing.per_officer_hour,
    }
}

/// An estimate is one of a day: it stands on the scale of days only.
fn mark(ranking: &Ranking, venue: &RankedVenue, standing: &Standing<usize>) -> YieldMark {
    let estimate = ranking.estimates.get(&venue.id).filter(|_| ranking.by == RankBy::Estimate);
    let drawn = |row: &VenueEstimate| pictures::Estimate {
        value: row.estimate.forecast.mean,
        low: row.estimate.spread.low,
        high: row.estimate.spread.high,
    };
    let per = if ranking.by == RankBy::Estimate { Per::Day } else { ranking.per };
    YieldMark { mean: mean(standing, per), estimate: estimate.map(drawn) }
}

/// Which kind of venue yields most, or of one kind which venue.
fn lead(shell: &Shell, ranking: &Ranking) -> Option<String> {
    if ranking.by == RankBy::Estimate {
        return expected_lead(shell, ranking);
    }
    let kinds = best_group(ranking.venues.iter().map(|(venue, standing)| (venue.kind, standing)));
    let several = ranking.venues.iter().any(|(venue, _)| kinds.is_some_and(|best| best.group != venue.kind));
    if let Some(best) = kinds.filter(|_| several && ranking.per == Per::Day) {
        let args = [
            ("kind", shell.heading("venue-kind", best.group.as_str())),
            ("mean", shell.decimal(&best.per_day, 1)),
            ("days", shell.count(best.event_days)),
            ("venues", shell.count(best.venues)),
        ];
        return Some(shell.tv("ranking-best-kind", &args));
    }
    let (venue, standing) = ranking.venues.first().filter(|(_, standing)| standing.rank.is_some())?;
    let decimals = if ranking.per == Per::OfficerHour { 2 } else { 1 };
    let args = [
        ("venue", venue.name.to_string()),
        ("mean", shell.decimal(&mean(standing, ranking.per)?, decimals)),
        ("per", shell.label("per", ranking.per.as_str())),
        ("days", shell.count(standing.event_days)),
    ];
    Some(shell.tv("ranking-best-venue", &args))
}

/// Where the next visit is expected to bring most.
fn expected_lead(shell: &Shell, ranking: &Ranking) -> Option<String> {
    let (venue, _) = ranking.venues.first()?;
    let row = ranking.estimates.get(&venue.id)?;
    let expected = Expected::new(shell, ranking, venue, row);
    let args = [
        ("venue", venue.name.to_string()),
        ("service", shell.label("outcome", ranking.service.as_str())),
        ("estimate", expected.estimate),
        ("interval", expected.interval),
    ];
    let most = shell.tv("ranking-expected-most", &args);
    let without = row.estimate.cold_start.then(|| shell.t("ranking-expected-without"));
    Some([Some(most), without].into_iter().flatten().collect::<Vec<_>>().join(" "))
}
