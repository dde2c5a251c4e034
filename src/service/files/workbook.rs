//! A table as an XLSX workbook: one sheet, its header bold and kept in sight, numbers and dates as such. What people typed
//! is a text with the same guard as in CSV, for sheets are copied, edited and saved in other forms.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::formula::with_guard;
use super::table::{Cell, Table};
use crate::domain::figure::Figure;

/// Rows that a sheet has, less the header.
pub const ROWS_MAX: usize = 1_048_575;

/// Rows that are looked at to find out how wide a column must be.
const MEASURED: usize = 500;
const WIDTHS: (usize, usize) = (8, 60);

/// The formats of a workbook.
struct Formats {
    header: Format,
    date: Format,
}

/// Writes the table under the name of its sheet.
///
/// # Errors
/// [`XlsxError::RowColumnLimitError`] above [`ROWS_MAX`] rows.
pub fn write_workbook(table: &Table, name: &str, now: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats { header: Format::new().set_bold(), date: Format::new().set_num_format("yyyy-mm-dd") };
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(now.timestamp())?;
    workbook.set_properties(&DocProperties::new().set_title(name).set_creation_datetime(&created));
    let sheet = workbook.add_worksheet().set_name(name)?.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(table.columns()) {
        sheet.write_string_with_format(0, at, *column, &formats.header)?;
        sheet.set_column_width(at, width(table, usize::from(at)))?;
    }
    for (row, cells) in (1..).zip(table.rows()) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, (row, column), cell, &formats)?;
        }
    }
    workbook.save_to_buffer()
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, with_guard(text))?,
        Cell::Plain(text) => sheet.write_string(row, column, text)?,
        Cell::Whole(number) | Cell::Figure(Figure::Exact(number)) => sheet.write_number(row, column, float(*number))?,
        Cell::Figure(figure) => sheet.write_string(row, column, figure.to_string())?,
        Cell::Decimal(number) => sheet.write_number(row, column, *number)?,
        Cell::Date(date) => sheet.write_datetime_with_format(
            row,
            column,
            ExcelDateTime::parse_from_str(&date.to_string())?,
            &formats.date,
        )?,
    };
    Ok(())
}

/// Exact up to 2^53, which is above every count.
fn float(number: i64) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}

/// Characters that the longest of the first cells has, within bounds that can be read.
fn width(table: &Table, at: usize) -> f64 {
    let shown = |cell: &Cell| match cell {
        Cell::Empty => 0,
        Cell::Text(text) | Cell::Plain(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
        Cell::Whole(number) => number.to_string().len(),
        Cell::Decimal(number) => number.to_string().len(),
        Cell::Date(_) => 10,
        Cell::Figure(figure) => figure.to_string().chars().count(),
    };
    let cells = table.rows().iter().take(MEASURED).filter_map(|row| row.get(at)).map(shown);
    let header = table.columns().get(at).map(|name| name.len());
    let widest = cells.chain(header).max().unwrap_or(0) + 2;
    u8::try_from(widest.clamp(WIDTHS.0, WIDTHS.1)).map_or(10.0, f64::from)
}
