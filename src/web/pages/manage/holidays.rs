//! `/{office}/libur`: public holidays and joint leave of a year, with their versions: a correction withdraws one and enters
//! another, so that what was known when stays known. An admin keeps those within his own scope.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::scopes::scope_choices;
use crate::domain::calendar::{Holiday, HolidayCells, HolidayKind};
use crate::domain::dates::DateRange;
use crate::domain::id::HolidayId;
use crate::domain::permission::ActionKind;
use crate::domain::rule::FieldError;
use crate::domain::staff::Scope;
use crate::service::holidays::HolidayVersion;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "manage/holidays.html", config = "src/web/pages/askama.toml")]
struct HolidayList {
    shell: Shell,
    year: i32,
    rows: Vec<HolidayLine>,
    /// Withdrawn ones are shown too.
    versions: bool,
}

/// One day off, and whether the reader may change it.
struct HolidayLine {
    version: HolidayVersion,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "manage/holiday_edit.html", config = "src/web/pages/askama.toml")]
struct HolidayForm {
    shell: Shell,
    form: Form,
    /// The holiday that is corrected; none for a new one.
    holiday: Option<HolidayId>,
    kinds: Vec<(&'static str, String)>,
    scopes: Vec<(String, String)>,
}

/// The year that is shown; it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct HolidayQuery {
    tahun: String,
    versi: String,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(list_holidays).service(open_new_holiday).service(add_holiday);
    config.service(open_holiday).service(correct_holiday).service(withdraw_holiday);
}

#[get("/libur")]
async fn list_holidays(
    services: Data<Services>,
    shell: Shell,
    query: Query<HolidayQuery>,
) -> Result<HttpResponse, WebError> {
    let days = year_of(&query.tahun).or_else(|| days_of(shell.today().year())).ok_or(ServiceError::NotFound)?;
    let versions = !query.versi.is_empty();
    let office = shell.office()?.code.clone();
    let found = services.list_holiday_versions(shell.caller()?, days, office, versions).await?;
    let line = |version: HolidayVersion| HolidayLine {
        may_change: version.withdrawn_at.is_none() && may_change(&shell, &version.holiday),
        version,
    };
    let rows = found.into_iter().map(line).collect();
    page(StatusCode::OK, &shell.clone(), &HolidayList { shell, year: days.first().year(), rows, versions })
}

#[get("/libur/baru")]
async fn open_new_holiday(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let form = Form::open(FormFields::of([("region", shell.office()?.code.to_string())]));
    show(&services, shell, StatusCode::OK, form, None).await
}

#[post("/libur/baru")]
async fn add_holiday(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let added = match read(&fields) {
        Ok(holiday) => services.add_holiday(shell.caller()?, holiday).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(holiday) => Ok(saved(&shell, &holiday, "done-holiday-added")),
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
    }
}

#[get("/libur/{id}/ubah")]
async fn open_holiday(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let holiday = services.find_holiday(shell.caller()?, path_id(&path.1)?).await?;
    let fields = FormFields::of([
        ("date", holiday.date.to_string()),
        ("kind", holiday.kind.to_string()),
        ("name", holiday.name.to_string()),
        ("region", holiday.region.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("decided_on", holiday.decided_on.map(|date| date.to_string()).unwrap_or_default()),
    ]);
    show(&services, shell, StatusCode::OK, Form::open(fields), Some(holiday.id)).await
}

#[post("/libur/{id}/ubah")]
async fn correct_holiday(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let id = path_id(&path.1)?;
    let corrected = match read(&fields) {
        Ok(holiday) => services.correct_holiday(shell.caller()?, id, holiday).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match corrected {
        Ok(holiday) => Ok(saved(&shell, &holiday, "done-holiday-corrected")),
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(id)).await
        }
    }
}

#[post("/libur/{id}/cabut")]
async fn withdraw_holiday(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let id = path_id(&path.1)?;
    let holiday = services.find_holiday(shell.caller()?, id).await?;
    services.withdraw_holiday(shell.caller()?, id).await?;
    Ok(saved(&shell, &holiday, "done-holiday-withdrawn"))
}

fn saved(shell: &Shell, holiday: &Holiday, notice: &str) -> HttpResponse {
    let (place, date) = (format!("{}?tahun={}", shell.place("libur"), holiday.date.year()), shell.date(&holiday.date));
    see_other(&place).noticed(notice, &[("name", holiday.name.as_str()), ("date", &date)]).finish()
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    holiday: Option<HolidayId>,
) -> Result<HttpResponse, WebError> {
    let scopes = scope_choices(services, &shell).await?;
    let kinds =
        HolidayKind::ALL.iter().map(|kind| (kind.as_str(), shell.label("holiday-kind", kind.as_str()))).collect();
    page(status, &shell.clone(), &HolidayForm { shell, form, holiday, kinds, scopes })
}

/// An admin changes what lies within his own scope: the nation's days are for those whose scope is the nation.
fn may_change(shell: &Shell, holiday: &Holiday) -> bool {
    let own = shell.reader.as_ref().and_then(|reader| reader.caller.actor.signed_in()).map(|user| &user.scope);
    let of = holiday.region.clone().map_or(Scope::NATION, Scope::region);
    shell.may_administer() && own.is_some_and(|own| own.covers(&of))
}

fn year_of(text: &str) -> Option<DateRange> {
    days_of(text.trim().parse().ok().filter(|year| (1900..=2199).contains(year))?)
}

fn days_of(year: i32) -> Option<DateRange> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    DateRange::new(day(1, 1)?, day(12, 31)?).ok()
}

fn path_id(text: &str) -> Result<HolidayId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

/// The holiday of a form; its id is given when it is stored.
fn read(fields: &FormFields) -> Result<Holiday, Vec<FieldError>> {
    let cells = HolidayCells {
        date: fields.raw("date"),
        kind: fields.raw("kind"),
        name: fields.raw("name"),
        region: fields.raw("region"),
        decided_on: fields.raw("decided_on"),
    };
    Holiday::parse(HolidayId(uuid::Uuid::nil()), &cells)
}
