//! `import/{kind}` and `export/{kind}`, of an office and of the installation. A file is the body itself; its columns are
//! in docs/API.md.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::rule::{Check, FieldError, Rule};
use crate::service::files::{FileFormat, FileKind, ImportReport, Separator};
use crate::service::importing::{ExportOptions, ImportOptions};
use crate::service::{Caller, ServiceError, Services};
use crate::web::api::office_code;
use crate::web::download::{XLSX, download};
use crate::web::error::WebError;
use crate::web::extract::Params;

/// Largest file that is taken; what a workbook unpacks to has bounds of its own.
const FILE_MAX: usize = 32 * 1024 * 1024;

/// How a file is to be taken in.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportParams {
    /// `true` says what would happen and stores nothing.
    pub dry_run: Option<String>,
    /// Why counts that differ from the stored ones replace them; without a reason they are refused.
    #[param(example = "Salah ketik di lembar hitung")]
    pub correct: Option<String>,
}

/// How a file is to be written.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportParams {
    /// csv | xlsx | json; default: csv.
    #[param(example = "xlsx")]
    pub format: Option<String>,
    /// What stands between the cells of a CSV file: a comma or, for spreadsheets in Indonesian, a semicolon.
    #[param(example = ";")]
    pub separator: Option<String>,
}

/// What an import did, or would do. A file that is imported again has only unchanged rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    #[schema(example = 40)]
    pub rows: usize,
    #[schema(example = 2)]
    pub added: usize,
    #[schema(example = 1)]
    pub changed: usize,
    #[schema(example = 37)]
    pub unchanged: usize,
    /// True if nothing was stored.
    pub dry_run: bool,
    /// Rows that were stored and should be looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<FileWarningView>,
}

/// A row that was stored although it looks wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileWarningView {
    #[schema(example = 3)]
    pub line: usize,
    #[schema(example = "implausible")]
    pub code: &'static str,
}

/// Takes a file of an office in, all of it or nothing: CSV, or the first visible sheet of an XLSX workbook. Every bad row is
/// in `errors`: `lines[3].kind` is the cell under "kind" in line 3, where line 1 is the header.
#[utoipa::path(tag = "files",
    params(("office" = String, Path, example = "33.03"),
        ("kind" = String, Path, example = "venues", description = OFFICE_KINDS), ImportParams),
    request_body(content((String = "text/csv",
        example = "code,name,kind,region\nSMKN-1,SMKN 1 Purbalingga,school,33.03.05\n"), (Vec<u8> = XLSX))),
    responses((status = 200, body = ImportView)))]
#[post("/offices/{office}/import/{kind}")]
pub async fn import_file(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Params(params): Params<ImportParams>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let (office, kind) = (office_code(&path.0)?, read_kind(&path.1)?);
    let options = import_options(&params, says_workbook(&request)?)?;
    let bytes = read_file(payload).await?;
    let report = services.import_file(&caller, &office, kind, bytes, options).await?;
    Ok(HttpResponse::Ok().json(ImportView::from(report)))
}

/// Writes a file of an office that an import reads back.
#[utoipa::path(tag = "files",
    params(("office" = String, Path, example = "33.03"),
        ("kind" = String, Path, example = "venues", description = OFFICE_KINDS), ExportParams),
    responses((status = 200, description = "The file",
        content((String = "text/csv", example = json!("code,kind,name\nMOBIL-1,vehicle,Mobil 1\n")), (Vec<u8> = XLSX),
            (String = "application/json", example = json!([{"code": "MOBIL-1", "kind": "vehicle", "name": "Mobil 1"}]))))))]
#[get("/offices/{office}/export/{kind}")]
pub async fn export_file(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Params(params): Params<ExportParams>,
) -> Result<HttpResponse, WebError> {
    let (office, kind) = (office_code(&path.0)?, read_kind(&path.1)?);
    Ok(download(services.export_file(&caller, &office, kind, export_options(&params)?).await?))
}

/// Takes a file of the installation in (admin, within his own scope).
#[utoipa::path(tag = "files",
    params(("kind" = String, Path, example = "holidays", description = WIDE_KINDS), ImportParams),
    request_body(content((String = "text/csv",
        example = "date,kind,name,region,decided_on\n2026-12-21,public_holiday,Hari Jadi Purbalingga,33.03,2026-11-02\n"),
        (Vec<u8> = XLSX))),
    responses((status = 200, body = ImportView)))]
#[post("/import/{kind}")]
pub async fn import_wide_file(
    services: Data<Services>,
    caller: Caller,
    kind: Path<String>,
    Params(params): Params<ImportParams>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    let kind = read_kind(&kind)?;
    let options = import_options(&params, says_workbook(&request)?)?;
    let bytes = read_file(payload).await?;
    let report = services.import_wide_file(&caller, kind, bytes, options).await?;
    Ok(HttpResponse::Ok().json(ImportView::from(report)))
}

/// Writes a file of the installation that an import reads back; of users and offices those within your scope.
#[utoipa::path(tag = "files",
    params(("kind" = String, Path, example = "holidays", description = WIDE_KINDS), ExportParams),
    responses((status = 200, description = "The file",
        content((String = "text/csv", example = json!("date,kind,name,region,decided_on\n2026-08-17,public_holiday,Hari Kemerdekaan,,\n")),
            (Vec<u8> = XLSX),
            (String = "application/json", example = json!([{"date": "2026-08-17", "kind": "public_holiday", "name": "Hari Kemerdekaan"}]))))))]
#[get("/export/{kind}")]
pub async fn export_wide_file(
    services: Data<Services>,
    caller: Caller,
    kind: Path<String>,
    Params(params): Params<ExportParams>,
) -> Result<HttpResponse, WebError> {
    let kind = read_kind(&kind)?;
    Ok(download(services.export_wide_file(&caller, kind, export_options(&params)?).await?))
}

const OFFICE_KINDS: &str = "venues | teams | units | users | members | absences | events | results | totals";
const WIDE_KINDS: &str = "users | holidays | offices";

/// A kind that does not exist is an address that does not exist.
fn read_kind(text: &str) -> Result<FileKind, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

fn import_options(params: &ImportParams, is_workbook: bool) -> Result<ImportOptions, Vec<FieldError>> {
    let mut check = Check::new();
    let dry_run = check.optional("dry_run", params.dry_run.as_deref(), parse_flag);
    let correct = check.optional("correct", params.correct.as_deref(), str::parse);
    let options = || {
        let (dry_run, correct) = (dry_run?.unwrap_or(false), correct?);
        Some(ImportOptions { dry_run, correct, is_workbook, ..ImportOptions::default() })
    };
    check.finish(options())
}

fn export_options(params: &ExportParams) -> Result<ExportOptions, Vec<FieldError>> {
    let mut check = Check::new();
    let format = check.optional("format", params.format.as_deref(), str::parse);
    let separator = check.optional("separator", params.separator.as_deref(), str::parse);
    let options = || {
        let (format, separator) = (format?.unwrap_or(FileFormat::Csv), separator?.unwrap_or(Separator::Comma));
        Some(ExportOptions { format, separator })
    };
    check.finish(options())
}

fn parse_flag(text: &str) -> Result<bool, Rule> {
    text.parse().map_err(|_| Rule::WrongType("boolean".to_owned()))
}

/// True if the body is said to be a workbook; of bytes that are said to be just bytes, they themselves will tell.
fn says_workbook(request: &HttpRequest) -> Result<bool, WebError> {
    let named = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = named.split(';').next().unwrap_or_default().trim();
    let known = [("text/csv", false), (XLSX, true), ("application/octet-stream", false)];
    let known = known.into_iter().find(|(name, _)| named.eq_ignore_ascii_case(name));
    known.map(|(_, is_workbook)| is_workbook).ok_or(WebError::WrongType)
}

async fn read_file(payload: Payload) -> Result<Bytes, WebError> {
    match payload.to_bytes_limited(FILE_MAX).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(WebError::Unreadable),
        Err(_) => Err(WebError::TooLarge),
    }
}

impl From<ImportReport> for ImportView {
    fn from(report: ImportReport) -> Self {
        let ImportReport { rows, added, changed, unchanged, dry_run, warnings } = report;
        let warnings = warnings.into_iter().map(|warning| FileWarningView { line: warning.line, code: warning.code });
        Self { rows, added, changed, unchanged, dry_run, warnings: warnings.collect() }
    }
}
