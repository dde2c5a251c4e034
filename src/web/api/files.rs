//! `/offices/{office}/import/{kind}` and `/export/{kind}`. A file is the body itself; its columns are in docs/API.md.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::service::files::{FileFormat, FileKind, ImportReport, Separator};
use crate::service::importing::{ExportOptions, ImportOptions};
use crate::service::{Caller, ServiceError, Services};
use crate::web::api::office_code;
use crate::web::error::WebError;
use crate::web::extract::Params;

/// Largest file that is taken.
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
    /// csv | json; default: csv.
    #[param(example = "csv")]
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

/// Takes a CSV file in, all of it or nothing. Every bad row is in `errors`: `lines[3].kind` is the cell under "kind" in
/// line 3, where line 1 is the header.
#[utoipa::path(tag = "files",
    params(("office" = String, Path, example = "33.03"), ("kind" = String, Path, example = "venues"), ImportParams),
    request_body(content = String, content_type = "text/csv",
        example = "code,name,kind,region\nSMKN-1,SMKN 1 Purbalingga,school,33.03.05\n"),
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
    let (office, kind) = read_path(&path)?;
    let options = import_options(&params)?;
    let bytes = read_file(&request, payload).await?;
    let report = services.import_file(&caller, &office, kind, bytes, options).await?;
    Ok(HttpResponse::Ok().json(ImportView::from(report)))
}

/// Writes a file that an import reads back.
#[utoipa::path(tag = "files",
    params(("office" = String, Path, example = "33.03"), ("kind" = String, Path, example = "venues"), ExportParams),
    responses((status = 200, content((String = "text/csv"), (String = "application/json")))))]
#[get("/offices/{office}/export/{kind}")]
pub async fn export_file(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Params(params): Params<ExportParams>,
) -> Result<HttpResponse, WebError> {
    let (office, kind) = read_path(&path)?;
    let file = services.export_file(&caller, &office, kind, export_options(&params)?).await?;
    let media_type = match file.format {
        FileFormat::Csv => "text/csv; charset=utf-8",
        FileFormat::Json => "application/json",
    };
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)))
        .body(file.bytes))
}

/// A kind that does not exist is an address that does not exist.
fn read_path(path: &(String, String)) -> Result<(RegionCode, FileKind), ServiceError> {
    Ok((office_code(&path.0)?, path.1.parse().map_err(|_| ServiceError::NotFound)?))
}

fn import_options(params: &ImportParams) -> Result<ImportOptions, Vec<FieldError>> {
    let mut check = Check::new();
    let dry_run = check.optional("dry_run", params.dry_run.as_deref(), parse_flag);
    let correct = check.optional("correct", params.correct.as_deref(), str::parse);
    check.finish((|| Some(ImportOptions { dry_run: dry_run?.unwrap_or(false), correct: correct? }))())
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

async fn read_file(request: &HttpRequest, payload: Payload) -> Result<Bytes, WebError> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !["text/csv", "application/octet-stream"].iter().any(|taken| kind.eq_ignore_ascii_case(taken)) {
        return Err(WebError::WrongType);
    }
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
