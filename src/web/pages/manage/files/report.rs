//! What an import did or would do, in words: rows by what becomes of them, and every bad row with line, column and rule.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::service::files::{FileError, FileErrors, FileKind, ImportReport};
use crate::web::error::WebError;
use crate::web::pages::{FormFields, Shell, page};
use crate::wording::rules::rule_message;

/// Most bad rows that are shown: nobody mends more at once.
const SHOWN: usize = 200;

/// How a trial or an import ended.
pub enum Outcome {
    /// It would work; the file as a hidden field, if it is small.
    Tried { report: ImportReport, carried: Option<String> },
    /// Nothing was stored.
    Broken(FileErrors),
}

#[derive(Template)]
#[template(path = "manage/files_report.html", config = "src/web/pages/askama.toml")]
struct ReportPage {
    shell: Shell,
    kind: &'static str,
    kind_words: String,
    /// Why counts are corrected, carried on.
    reason: String,
    report: Option<ImportReport>,
    carried: Option<String>,
    errors: Vec<BadRow>,
    /// How many errors there are, and how many of them are not shown.
    total: usize,
    more: usize,
    warnings: Vec<(usize, String)>,
}

/// One broken rule of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct BadRow {
    line: usize,
    column: String,
    message: String,
}

pub fn show_report(
    shell: &Shell,
    status: StatusCode,
    kind: FileKind,
    fields: &FormFields,
    outcome: Outcome,
) -> Result<HttpResponse, WebError> {
    let (report, carried, errors) = match outcome {
        Outcome::Tried { report, carried } => (Some(report), carried, FileErrors::new()),
        Outcome::Broken(errors) => (None, None, errors),
    };
    let row = |error: &FileError| BadRow {
        line: error.line,
        column: error.column.clone(),
        message: rule_message(shell.language, &error.rule),
    };
    let rows: Vec<BadRow> = errors.listed().iter().take(SHOWN).map(row).collect();
    let warning = |code: &str| shell.label("file-warning", code);
    let warnings = report.iter().flat_map(|report| &report.warnings).take(SHOWN);
    let answer = ReportPage {
        kind: kind.as_str(),
        kind_words: shell.label("file-kind", kind.as_str()),
        reason: fields.raw("alasan").to_owned(),
        total: errors.total(),
        more: errors.total().saturating_sub(rows.len()),
        errors: rows,
        warnings: warnings.map(|found| (found.line, warning(found.code))).collect(),
        report,
        carried,
        shell: shell.clone(),
    };
    page(status, shell, &answer)
}
