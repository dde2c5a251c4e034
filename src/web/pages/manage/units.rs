//! `/{office}/alat`: vehicles and kits, which cannot be in two places.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::list::PAGE;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError};
use crate::domain::team::{Unit, UnitKind};
use crate::domain::text::{Code, Name};
use crate::service::Services;
use crate::service::units::{AddUnit, ChangeUnit, UnitFilter};
use crate::web::error::WebError;
use crate::web::pages::path::thing_code;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "manage/units.html", config = "src/web/pages/askama.toml")]
struct UnitList {
    shell: Shell,
    units: Page<Unit>,
    query: UnitQuery,
}

#[derive(Template)]
#[template(path = "manage/unit_edit.html", config = "src/web/pages/askama.toml")]
struct UnitForm {
    shell: Shell,
    form: Form,
    /// The unit that is changed; none for a new one.
    unit: Option<Unit>,
    kinds: Vec<(&'static str, String)>,
}

/// What the list shows; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct UnitQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    arsip: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl UnitQuery {
    /// The query of the page after this one; empty if there is none.
    fn next(&self, units: &Page<Unit>) -> String {
        let Some(last) = units.items.last().filter(|_| units.more) else { return String::new() };
        let next = Self { sesudah: last.code.to_string(), ..self.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    }
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(list_units).service(open_new_unit).service(add_unit);
    config.service(open_unit).service(change_unit).service(archive_unit).service(restore_unit);
}

#[get("/alat")]
async fn list_units(services: Data<Services>, shell: Shell, query: Query<UnitQuery>) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let filter = UnitFilter { kind: None, archived: !query.arsip.is_empty() };
    let cut = Cut::new(PAGE, query.sesudah.parse().ok());
    let units = services.list_units(shell.caller()?, &shell.office()?.code, filter, cut).await?;
    page(StatusCode::OK, &shell.clone(), &UnitList { shell, units, query })
}

#[get("/alat/baru")]
async fn open_new_unit(shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    show(shell, StatusCode::OK, Form::default(), None)
}

#[post("/alat/baru")]
async fn add_unit(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let added = match read_new(&fields) {
        Ok(command) => services.add_unit(shell.caller()?, &shell.office()?.code, command).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(unit) => {
            Ok(see_other(&shell.place("alat")).noticed("done-unit-added", &[("unit", unit.name.as_str())]).finish())
        }
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, None)
        }
    }
}

#[get("/alat/{code}/ubah")]
async fn open_unit(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let unit = find(&services, &shell, &path.1).await?;
    let fields = FormFields::of([
        ("version", unit.version.to_string()),
        ("kind", unit.kind.to_string()),
        ("name", unit.name.to_string()),
    ]);
    show(shell, StatusCode::OK, Form::open(fields), Some(unit))
}

#[post("/alat/{code}/ubah")]
async fn change_unit(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let stored = find(&services, &shell, &path.1).await?;
    let changed = match read_details(&fields, Check::new()) {
        Ok((kind, name)) => {
            let (code, archived) = (stored.code.clone(), stored.archived);
            let command = ChangeUnit { code, kind, name, archived, known: fields.raw("version").parse().ok() };
            let changed = services.change_unit(shell.caller()?, &shell.office()?.code, command).await;
            changed.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(unit) => {
            Ok(see_other(&shell.place("alat")).noticed("done-unit-changed", &[("unit", unit.name.as_str())]).finish())
        }
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(stored))
        }
    }
}

#[post("/alat/{code}/arsipkan")]
async fn archive_unit(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    services.archive_unit(shell.caller()?, &shell.office()?.code, thing_code(&path.1)?, None).await?;
    Ok(see_other(&shell.place("alat")).noticed("done-unit-archived", &[("unit", &path.1)]).finish())
}

#[post("/alat/{code}/pulihkan")]
async fn restore_unit(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let Unit { code, kind, name, version, .. } = find(&services, &shell, &path.1).await?;
    let command = ChangeUnit { code, kind, name, archived: false, known: Some(version) };
    let unit = services.change_unit(shell.caller()?, &shell.office()?.code, command).await?;
    Ok(see_other(&shell.place("alat")).noticed("done-unit-restored", &[("unit", unit.name.as_str())]).finish())
}

fn show(shell: Shell, status: StatusCode, form: Form, unit: Option<Unit>) -> Result<HttpResponse, WebError> {
    let kinds = UnitKind::ALL.iter().map(|kind| (kind.as_str(), shell.label("unit-kind", kind.as_str()))).collect();
    page(status, &shell.clone(), &UnitForm { shell, form, unit, kinds })
}

async fn find(services: &Services, shell: &Shell, code: &str) -> Result<Unit, WebError> {
    Ok(services.find_unit(shell.caller()?, &shell.office()?.code, thing_code(code)?).await?)
}

fn read_new(fields: &FormFields) -> Result<AddUnit, Vec<FieldError>> {
    let mut check = Check::new();
    let code: Option<Code> = check.required("code", fields.text("code"), |text| text.to_uppercase().parse());
    let (kind, name) = read_details(fields, check)?;
    // Without a code there was an error, and so no details.
    code.map(|code| AddUnit { code, kind, name }).ok_or_else(Vec::new)
}

fn read_details(fields: &FormFields, mut check: Check) -> Result<(UnitKind, Name), Vec<FieldError>> {
    let kind: Option<UnitKind> = check.required("kind", fields.text("kind"), |text| text.parse());
    let name: Option<Name> = check.required("name", fields.text("name"), |text| text.parse());
    check.finish(kind.zip(name))
}
