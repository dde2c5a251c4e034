//! A table as the file that somebody takes away: its form, its name, its bytes.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::XlsxError;

use super::kind::FileFormat;
use super::table::{Separator, Table};
use super::workbook::{ROWS_MAX, write_workbook};

/// How a file is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportOptions {
    pub format: FileFormat,
    /// For CSV only.
    pub separator: Separator,
}

/// A file on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Made of codes only: safe in a header and on any disk.
    pub name: String,
    pub format: FileFormat,
    pub bytes: Vec<u8>,
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A sheet of a workbook has at most so many rows; another format takes them all.
    #[error("more than {} rows", ROWS_MAX)]
    TooManyRows,
    #[error("the workbook cannot be written")]
    Workbook(#[source] XlsxError),
}

impl ExportError {
    /// Most rows of a workbook.
    pub const ROWS_MAX: usize = ROWS_MAX;
}

/// Writes the table as `<what>-<place>.<format>`; without a place as `<what>.<format>`. Large tables take their time: not
/// for a thread that others wait for.
pub fn write_file(
    table: &Table,
    (what, place): (&str, Option<&str>),
    options: ExportOptions,
    now: DateTime<Utc>,
) -> Result<ExportedFile, ExportError> {
    let bytes = match options.format {
        FileFormat::Csv => table.to_csv(options.separator),
        FileFormat::Json => table.to_json(),
        FileFormat::Xlsx if table.rows().len() > ROWS_MAX => return Err(ExportError::TooManyRows),
        FileFormat::Xlsx => write_workbook(table, what, now).map_err(ExportError::Workbook)?,
    };
    let place = place.map(|place| format!("-{place}")).unwrap_or_default();
    Ok(ExportedFile { name: format!("{what}{place}.{}", options.format), format: options.format, bytes })
}
