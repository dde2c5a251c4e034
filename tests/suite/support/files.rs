//! Files in and out of a test's service, as the system.

use jemputbola::domain::region::RegionCode;
use jemputbola::service::files::{FileFormat, FileKind, ImportReport, Separator};
use jemputbola::service::importing::{ExportOptions, ImportOptions};
use jemputbola::service::{Caller, ServiceError};

use super::{OFFICE, TestApp};

/// Takes a file into the test's office; what is wrong with it comes as `line:column:code`.
pub async fn import(app: &TestApp, kind: FileKind, text: &str) -> Result<ImportReport, Vec<String>> {
    import_with(app, OFFICE, kind, text, ImportOptions::default()).await
}

/// As [`import`], saying why stored counts are corrected.
pub async fn correct(app: &TestApp, kind: FileKind, text: &str, reason: &str) -> Result<ImportReport, Vec<String>> {
    let options = ImportOptions { correct: reason.parse().ok(), ..ImportOptions::default() };
    import_with(app, OFFICE, kind, text, options).await
}

pub async fn import_with(
    app: &TestApp,
    office: &str,
    kind: FileKind,
    text: &str,
    options: ImportOptions,
) -> Result<ImportReport, Vec<String>> {
    let (office, bytes): (RegionCode, _) = (office.parse().unwrap(), text.to_owned().into_bytes());
    match app.services.import_file(&Caller::system("test"), &office, kind, bytes, options).await {
        Ok(report) => Ok(report),
        Err(ServiceError::File(errors)) => {
            let told = errors.listed().iter().map(|e| format!("{}:{}:{}", e.line, e.column, e.rule.code()));
            Err(told.collect())
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// The file that an office exports, as CSV with commas.
pub async fn export(app: &TestApp, office: &str, kind: FileKind) -> String {
    let options = ExportOptions { format: FileFormat::Csv, separator: Separator::Comma };
    let office = office.parse().unwrap();
    let file = app.services.export_file(&Caller::system("test"), &office, kind, options).await.unwrap();
    String::from_utf8(file.bytes).unwrap()
}

/// Rows, added, changed, unchanged.
pub fn told(report: &ImportReport) -> (usize, usize, usize, usize) {
    (report.rows, report.added, report.changed, report.unchanged)
}
