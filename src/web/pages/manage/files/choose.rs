//! The page on which a file is chosen, and the files that go out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use crate::domain::permission::ActionKind;
use crate::domain::rule::Check;
use crate::service::files::{FileFormat, FileKind, Separator};
use crate::service::importing::ExportOptions;
use crate::service::{ServiceError, Services};
use crate::web::download::download;
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Shell, page};

#[derive(Template)]
#[template(path = "manage/files.html", config = "src/web/pages/askama.toml")]
struct FilesPage {
    shell: Shell,
    form: Form,
    /// Kinds that the reader may bring in; none if he may not.
    imports: Vec<(&'static str, String)>,
    exports: Vec<(&'static str, String)>,
    columns: Vec<(String, &'static str)>,
}

/// The columns of each kind, as its export writes them.
const COLUMNS: [(FileKind, &str); 14] = [
    (
        FileKind::Venues,
        "code, name, kind, region, latitude, longitude, people, eligible, phone_share, weekdays, pasaran, dates, blackout, opens, closes, contact_name, contact_phone, notes",
    ),
    (FileKind::Teams, "code, name, operators, capacity_per_day, latitude, longitude, units"),
    (FileKind::Units, "code, kind, name"),
    (FileKind::Users, "login, name, role, scope, email, phone, rank, nip"),
    (FileKind::Members, "team, login"),
    (FileKind::Absences, "login, from, to, reason"),
    (FileKind::Holidays, "date, kind, name, region, decided_on"),
    (FileKind::Offices, "code, name, time_zone"),
    (FileKind::Events, "venue, teams, date, slots, starts, ends, kind, title, state, notes"),
    (FileKind::Results, "day, venue, team, event_kind, operators, hours, precision, activated, …"),
    (FileKind::Totals, "date, channel, venue_kind, figure, source"),
    (FileKind::Targets, "scope, channel, purpose, denominator, share, value, starts, ends, source"),
    (FileKind::Denominators, "kind, value, as_of, source"),
    (FileKind::Observations, "as_of, scope, kind, figure, denominator, source"),
];

/// What stands in the address: the kind that is chosen already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FilesQuery {
    jenis: String,
}

/// Which file to write.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ExportQuery {
    jenis: String,
    format: String,
}

#[get("/berkas")]
pub async fn show_files(shell: Shell, query: Query<FilesQuery>) -> Result<HttpResponse, WebError> {
    let form = Form::open(FormFields::of([("jenis", query.into_inner().jenis)]));
    show(shell, StatusCode::OK, form)
}

pub fn show(shell: Shell, status: StatusCode, form: Form) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Export)?;
    let named = |kind: &FileKind| (kind.as_str(), shell.label("file-kind", kind.as_str()));
    let imports = FileKind::ALL.iter().filter(|kind| may_import(&shell, **kind)).map(named).collect();
    let exports = FileKind::ALL.iter().filter(|kind| may_export(&shell, **kind)).map(named).collect();
    let columns = COLUMNS.iter().filter(|(kind, _)| may_import(&shell, *kind));
    let columns = columns.map(|(kind, columns)| (shell.label("file-kind", kind.as_str()), *columns)).collect();
    page(status, &shell.clone(), &FilesPage { shell, form, imports, exports, columns })
}

/// Writes a file that an import reads back. `csv;` is the CSV that spreadsheets in Indonesian open.
#[get("/berkas/ekspor")]
pub async fn export_file(
    services: Data<Services>,
    shell: Shell,
    query: Query<ExportQuery>,
) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let mut check = Check::new();
    let kind: Option<FileKind> = check.required("jenis", Some(query.jenis), |text| text.parse());
    let (format, separator) = match query.format.as_str() {
        "csv" => (FileFormat::Csv, Separator::Comma),
        "csv;" => (FileFormat::Csv, Separator::Semicolon),
        _ => (FileFormat::Xlsx, Separator::Comma),
    };
    let (kind, options) = (check.finish(kind)?, ExportOptions { format, separator });
    let caller = shell.caller()?;
    let file = if is_wide(kind) {
        services.export_wide_file(caller, kind, options).await?
    } else {
        services.export_file(caller, &shell.office()?.code, kind, options).await?
    };
    Ok(download(file))
}

/// Holidays and offices belong to the installation; users are taken in and out office by office.
pub fn is_wide(kind: FileKind) -> bool {
    matches!(kind, FileKind::Holidays | FileKind::Offices)
}

pub fn may_import(shell: &Shell, kind: FileKind) -> bool {
    if kind.is_of_office() { shell.may_plan() } else { shell.may_administer() }
}

fn may_export(shell: &Shell, kind: FileKind) -> bool {
    if kind == FileKind::Users { shell.may_administer() } else { shell.may_export() }
}

pub fn read_kind(fields: &FormFields) -> Result<FileKind, ServiceError> {
    let mut check = Check::new();
    let kind = check.required("jenis", fields.text("jenis"), |text| text.parse());
    Ok(check.finish(kind)?)
}
