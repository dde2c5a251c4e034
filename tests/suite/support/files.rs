//! Files in and out of a test's service, as the system.

use jemputbola::domain::region::RegionCode;
use jemputbola::service::files::{FileFormat, FileKind, ImportReport, Separator};
use jemputbola::service::importing::{ExportOptions, ImportOptions};
use jemputbola::service::{Caller, ServiceError};

use reqwest::Method;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::{Client, OFFICE, Reply, TestApp};

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

pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A cell of a workbook, as somebody may have filled it in.
pub enum In<'a> {
    Text(&'a str),
    Number(f64),
    /// A number and its format: `0%`, `000`, `dd/mm/yyyy`.
    As(f64, &'a str),
    Flag(bool),
    /// A formula and what it came to.
    Formula(&'a str, &'a str),
    Nothing,
}

/// A workbook with these rows in its first sheet, made without the program under test.
pub fn workbook(rows: &[Vec<In<'_>>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet(), rows);
    workbook.save_to_buffer().unwrap()
}

pub fn fill(sheet: &mut Worksheet, rows: &[Vec<In<'_>>]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                In::Text(text) => sheet.write_string(row, column, *text),
                In::Number(number) => sheet.write_number(row, column, *number),
                In::As(number, format) => {
                    sheet.write_number_with_format(row, column, *number, &Format::new().set_num_format(*format))
                }
                In::Flag(flag) => sheet.write_boolean(row, column, *flag),
                In::Formula(formula, result) => {
                    sheet.write_formula(row, column, Formula::new(formula).set_result(*result))
                }
                In::Nothing => continue,
            }
            .unwrap();
        }
    }
}

/// Text cells.
pub fn texts<'a>(cells: &[&'a str]) -> Vec<In<'a>> {
    cells.iter().map(|text| In::Text(text)).collect()
}

/// Sends a workbook to be imported; a path as [`Client::get`] takes it.
pub async fn send_workbook(client: &Client, path: &str, bytes: Vec<u8>) -> Reply {
    client.send(client.request(Method::POST, path).header("content-type", XLSX).body(bytes)).await
}

/// Fetches a file.
pub async fn fetch(client: &Client, path: &str) -> Vec<u8> {
    let response = client.request(Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response.bytes().await.unwrap().to_vec()
}
