//! The page of the target itself.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::chart::chart;
use super::figures::{FigureText, PaceRow, amount, goal, headline, lead, name, paces, part, position, share};
use super::readings::{ReadingForm, read_claim};
use crate::domain::dates::parse_date;
use crate::domain::denominator::Denominator;
use crate::domain::observation::Observation;
use crate::domain::pace::{Amount, Pace, PartSum};
use crate::domain::target::{Purpose, Target};
use crate::service::Services;
use crate::service::targets::PaceReport;
use crate::web::error::WebError;
use crate::web::pages::{Shell, page};
use crate::wording::{numbers, pace as words};

#[derive(Template)]
#[template(path = "target/show.html", config = "src/web/pages/askama.toml")]
struct TargetPage {
    shell: Shell,
    as_of: NaiveDate,
    main: Option<MainTarget>,
    others: Vec<OtherTarget>,
    change: Option<String>,
    observations: Vec<(Observation, String)>,
    denominators: Vec<Denominator>,
    readings: ReadingForm,
}

/// The target that the page is about.
struct MainTarget {
    target: Target,
    name: String,
    part: String,
    headline: String,
    lead: String,
    position: Vec<FigureText>,
    rows: Vec<PaceRow>,
    chart: Option<(String, String)>,
    field: String,
    parts: Vec<String>,
    planned: Option<String>,
}

/// Another one of the same day, in a row.
struct OtherTarget {
    target: Target,
    name: String,
    part: String,
    goal: String,
    share: String,
    gap: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TargetQuery {
    tanggal: String,
    /// The id of the target that the page is about.
    target: String,
    persen: String,
    jumlah: String,
}

#[get("/target")]
pub async fn show_target(
    services: Data<Services>,
    shell: Shell,
    query: Query<TargetQuery>,
) -> Result<HttpResponse, WebError> {
    let (caller, office) = (shell.caller()?.clone(), shell.office()?.code.clone());
    // A day that cannot be read, or has not come, is today: the address was typed by hand.
    let as_of = parse_date(&query.tanggal).ok().filter(|date| *date <= shell.today()).unwrap_or_else(|| shell.today());
    let report = services.pace(&caller, &office, Some(as_of)).await?;
    let readings = read_claim(&services, &shell, &query.persen, &query.jumlah, as_of).await?;
    page(StatusCode::OK, &shell.clone(), &view(shell, &report, &query.target, readings))
}

/// A target that the report does not know is the main one: the day was changed, or the address typed by hand.
fn view(shell: Shell, report: &PaceReport, chosen: &str, readings: ReadingForm) -> TargetPage {
    let chosen = report.targets.iter().find(|pace| pace.target.id.to_string() == chosen);
    let main = chosen.or_else(|| report.main());
    let own = main.map(|pace| pace.target.id);
    let others = report.targets.iter().filter(|pace| Some(pace.target.id) != own);
    let figure = |observation: &Observation| numbers::figure(shell.language, observation.details.figure);
    TargetPage {
        as_of: report.as_of,
        main: main.map(|pace| main_target(&shell, report, pace)),
        others: others.map(|pace| other(&shell, pace)).collect(),
        change: change(&shell, report),
        observations: report.observations.iter().rev().map(|o| (o.clone(), figure(o))).collect(),
        denominators: report.denominators.iter().rev().cloned().collect(),
        readings,
        shell,
    }
}

fn main_target(shell: &Shell, report: &PaceReport, pace: &Pace) -> MainTarget {
    let details = &pace.target.details;
    MainTarget {
        name: name(shell, details),
        part: part(shell, details),
        headline: headline(shell, pace),
        lead: lead(shell, pace),
        position: position(shell, pace),
        rows: paces(shell, pace),
        chart: chart(shell, report, pace),
        field: field(shell, pace),
        parts: parts(shell, pace),
        planned: planned(shell, pace),
        target: pace.target.clone(),
    }
}

/// "Catatan lapangan sejak 1 Januari 2024: 4.212. Selisih dengan angka resmi: 25.678 …".
fn field(shell: &Shell, pace: &Pace) -> String {
    let since = shell.long_date(pace.field.since);
    let counted = words::amount(shell.language, pace.field.amount);
    let told = shell.t2("target-field", ("date", &since), ("count", &counted));
    let difference = pace.difference.map(|difference| {
        // The field may have counted more, above all since an official figure that is months old.
        let is_more = difference.high < 0;
        let count = if is_more { Amount::ZERO.minus(difference) } else { difference };
        let id = if is_more { "target-difference-more" } else { "target-difference" };
        shell.t1(id, "count", words::amount(shell.language, count))
    });
    difference.into_iter().fold(told, |told, difference| format!("{told} {difference}"))
}

fn parts(shell: &Shell, pace: &Pace) -> Vec<String> {
    let Some(parts) = pace.parts else { return Vec::new() };
    let sentence = |sum: Option<PartSum>, id: &str| {
        let sum = sum?;
        let args = [
            ("count", sum.count.to_string()),
            ("sum", words::amount(shell.language, sum.sum)),
            ("difference", words::amount(shell.language, sum.difference)),
        ];
        let id = if sum.difference == Amount::ZERO { format!("{id}-fit") } else { id.to_owned() };
        Some(shell.tv(&id, &args))
    };
    let own = [sentence(parts.by_region, "target-parts-region"), sentence(parts.by_channel, "target-parts-channel")];
    own.into_iter().flatten().collect()
}

/// Of a campaign: what it needed from its first day on.
fn planned(shell: &Shell, pace: &Pace) -> Option<String> {
    let is_campaign = pace.target.details.purpose == Purpose::Campaign;
    let rate = words::rate(shell.language, pace.planned.calendar.filter(|_| is_campaign)?);
    Some(shell.t2("target-planned", ("rate", &rate), ("days", &shell.count(pace.window.calendar))))
}

fn other(shell: &Shell, pace: &Pace) -> OtherTarget {
    let details = &pace.target.details;
    OtherTarget {
        name: name(shell, details),
        part: part(shell, details),
        goal: goal(shell, details),
        share: share(shell, pace.of_target).0,
        gap: amount(shell, pace.gap).0,
        target: pace.target.clone(),
    }
}

/// "1,87 % menjadi 2,17 %: +0,30 poin persen. Jumlah orang: tidak dapat dihitung (penyebut tidak ada)."
fn change(shell: &Shell, report: &PaceReport) -> Option<String> {
    let change = report.share_change.as_ref()?;
    let figure = |observation: &Observation| numbers::figure(shell.language, observation.details.figure);
    let people = change
        .people
        .map_or_else(|missing| words::missing(shell.language, missing), |people| words::amount(shell.language, people));
    let args = [
        ("from", figure(&change.from)),
        ("to", figure(&change.to)),
        ("from_date", shell.long_date(change.from.details.as_of)),
        ("to_date", shell.long_date(change.to.details.as_of)),
        ("points", numbers::change(shell.language, change.points, 2)),
        ("people", people),
    ];
    Some(shell.tv("target-share-change", &args))
}
