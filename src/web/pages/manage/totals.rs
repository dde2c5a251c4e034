//! `/{office}/total`: figures of the whole office for one day, kept as they were reported. None is changed: a correction
//! withdraws one and enters another.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::list::PAGE;
use crate::domain::figure::Figure;
use crate::domain::id::TotalId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::ActionKind;
use crate::domain::total::{Channel, OfficeTotal, TotalInput, TotalKey};
use crate::domain::venue::VenueKind;
use crate::service::recording::{SplitSum, TotalFilter};
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::wording::numbers;

#[derive(Template)]
#[template(path = "manage/totals.html", config = "src/web/pages/askama.toml")]
struct TotalList {
    shell: Shell,
    totals: Page<OfficeTotal>,
    splits: BTreeMap<TotalId, SplitSum>,
    query: TotalQuery,
    channels: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "manage/total_edit.html", config = "src/web/pages/askama.toml")]
struct TotalForm {
    shell: Shell,
    form: Form,
    /// The total that is corrected; none for a new one.
    total: Option<TotalId>,
    channels: Vec<(&'static str, String)>,
    kinds: Vec<(&'static str, String)>,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct TotalQuery {
    tahun: String,
    kanal: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl TotalQuery {
    /// A filter that cannot be read narrows to nothing: the address was typed by hand.
    fn filter(&self) -> TotalFilter {
        let year: Option<i32> = self.tahun.trim().parse().ok();
        let day = |month, day| year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        TotalFilter { from: day(1, 1), to: day(12, 31), channel: self.kanal.parse().ok() }
    }

    fn is_narrow(&self) -> bool {
        !self.tahun.is_empty() || !self.kanal.is_empty()
    }

    fn next(&self, totals: &Page<OfficeTotal>) -> String {
        let Some(last) = totals.items.last().filter(|_| totals.more) else { return String::new() };
        let next = Self { sesudah: last.key().to_string(), ..self.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    }
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(list_totals).service(open_new_total).service(add_total);
    config.service(open_total).service(correct_total).service(withdraw_total);
}

#[get("/total")]
async fn list_totals(
    services: Data<Services>,
    shell: Shell,
    query: Query<TotalQuery>,
) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let cut = Cut::new(PAGE, query.sesudah.parse::<TotalKey>().ok());
    let totals = services.list_totals(shell.caller()?, &shell.office()?.code, query.filter(), cut).await?;
    let ids = totals.items.iter().map(|total| total.id).collect();
    let splits = services.list_split_sums(shell.caller()?, &shell.office()?.code, ids).await?;
    let channels = channels(&shell);
    page(StatusCode::OK, &shell.clone(), &TotalList { shell, totals, splits, query, channels })
}

#[get("/total/baru")]
async fn open_new_total(shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let form = Form::open(FormFields::of([("date", shell.today().to_string())]));
    show(shell, StatusCode::OK, form, None)
}

#[post("/total/baru")]
async fn add_total(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    match services.add_total(shell.caller()?, &shell.office()?.code, read(&fields)).await {
        Ok(total) => Ok(saved(&shell, &total, "done-total-added")),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, None)
        }
    }
}

#[get("/total/{id}/ubah")]
async fn open_total(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let total = services.find_total(shell.caller()?, &shell.office()?.code, path_id(&path.1)?).await?;
    let details = total.details;
    let fields = FormFields::of([
        ("date", details.date.to_string()),
        ("channel", details.channel.to_string()),
        ("venue_kind", details.venue_kind.map(|kind| kind.to_string()).unwrap_or_default()),
        ("figure", details.figure.to_string()),
        ("source", details.source.into_string()),
    ]);
    show(shell, StatusCode::OK, Form::open(fields), Some(total.id))
}

#[post("/total/{id}/ubah")]
async fn correct_total(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = path_id(&path.1)?;
    match services.correct_total(shell.caller()?, &shell.office()?.code, id, read(&fields)).await {
        Ok(total) => Ok(saved(&shell, &total, "done-total-corrected")),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(id))
        }
    }
}

#[post("/total/{id}/cabut")]
async fn withdraw_total(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = path_id(&path.1)?;
    match services.withdraw_total(shell.caller()?, &shell.office()?.code, id).await {
        Ok(()) => Ok(see_other(&shell.place("total")).noticed("done-total-withdrawn", &[]).finish()),
        // A locked period is told on the page of the figure, where the button was.
        Err(error) => {
            let form = Form::refused(FormFields::default(), error.into(), shell.language)?;
            show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(id))
        }
    }
}

impl TotalList {
    /// "belum dirinci", or into how many events and how much.
    fn split_words(&self, total: &OfficeTotal) -> String {
        match self.splits.get(&total.id) {
            None => self.shell.t("manage-not-split"),
            Some(sum) => self.shell.t2(
                "split-into",
                ("events", &self.shell.count(sum.events)),
                ("count", &self.shell.count(sum.activated)),
            ),
        }
    }
}

fn saved(shell: &Shell, total: &OfficeTotal, notice: &str) -> HttpResponse {
    let year = total.details.date.year();
    let args = [("date", shell.date(&total.details.date)), ("figure", figure(shell, &total.details.figure))];
    let [(_, date), (_, figure)] = &args;
    see_other(&format!("{}?tahun={year}", shell.place("total")))
        .noticed(notice, &[("date", date), ("figure", figure)])
        .finish()
}

fn show(shell: Shell, status: StatusCode, form: Form, total: Option<TotalId>) -> Result<HttpResponse, WebError> {
    let kinds = VenueKind::ALL.iter().map(|kind| (kind.as_str(), shell.label("venue-kind", kind.as_str()))).collect();
    let channels = channels(&shell);
    page(status, &shell.clone(), &TotalForm { shell, form, total, channels, kinds })
}

fn channels(shell: &Shell) -> Vec<(&'static str, String)> {
    Channel::ALL.iter().map(|channel| (channel.as_str(), shell.label("channel", channel.as_str()))).collect()
}

/// A figure in its own kind: 40, ±500, 6.000–7.000 or 3,83 %.
fn figure(shell: &Shell, figure: &Figure) -> String {
    numbers::figure(shell.language, *figure)
}

fn path_id(text: &str) -> Result<TotalId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

fn read(fields: &FormFields) -> TotalInput {
    TotalInput {
        date: fields.text("date"),
        channel: fields.text("channel"),
        venue_kind: fields.text("venue_kind"),
        figure: fields.text("figure"),
        source: fields.text("source"),
    }
}
