//! A table on its way out: columns, and rows of typed cells, written as CSV or JSON here and as a workbook in
//! `super::workbook`. An export fills one and knows no format; the formats know no kind of file.

use std::fmt::Display;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::formula::with_guard;
use crate::domain::figure::Figure;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    /// What people typed: guarded against being taken for a formula.
    Text(String),
    /// A code, an hour, a phone number: the form is ours.
    Plain(String),
    Whole(i64),
    Decimal(f64),
    Date(NaiveDate),
    Figure(Figure),
}

/// Columns and rows; every row has a cell for every column.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

crate::domain::code::codes! {
    /// What stands between the cells of a CSV file.
    pub enum Separator {
        Comma = ",",
        /// For spreadsheets in Indonesian, where the comma is the decimal mark: decimals are written with a comma, and a
        /// byte order mark tells that the file is UTF-8.
        Semicolon = ";",
    }
}

impl Cell {
    pub fn text(value: Option<impl Display>) -> Self {
        value.map_or(Self::Empty, |value| Self::Text(value.to_string()))
    }

    pub fn plain(value: Option<impl Display>) -> Self {
        match value.map(|value| value.to_string()) {
            Some(text) if !text.is_empty() => Self::Plain(text),
            _ => Self::Empty,
        }
    }

    pub fn whole(value: Option<i64>) -> Self {
        value.map_or(Self::Empty, Self::Whole)
    }

    pub fn decimal(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Decimal)
    }

    pub fn date(value: Option<NaiveDate>) -> Self {
        value.map_or(Self::Empty, Self::Date)
    }

    fn written(&self, separator: Separator) -> String {
        match (self, separator) {
            (Self::Empty, _) => String::new(),
            (Self::Text(text), _) => with_guard(text),
            (Self::Plain(text), _) => text.clone(),
            (Self::Whole(number), _) => number.to_string(),
            (Self::Date(date), _) => date.to_string(),
            (Self::Figure(figure), _) => figure.to_string(),
            (Self::Decimal(number), Separator::Comma) => number.to_string(),
            (Self::Decimal(number), Separator::Semicolon) => number.to_string().replace('.', ","),
        }
    }
}

impl Table {
    pub fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row: the cells in the order of the columns; missing ones at its end are empty.
    pub fn push(&mut self, mut row: Vec<Cell>) {
        row.resize(self.columns.len(), Cell::Empty);
        self.rows.push(row);
    }

    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Leaves out a column that is empty in every row.
    pub fn drop_if_empty(&mut self, name: &str) {
        let Some(at) = self.columns.iter().position(|column| *column == name) else { return };
        if self.rows.iter().all(|row| row.get(at) == Some(&Cell::Empty)) {
            self.columns.remove(at);
            for row in &mut self.rows {
                row.remove(at);
            }
        }
    }

    /// The table as CSV (RFC 4180, but lines end as on Unix).
    pub fn to_csv(&self, separator: Separator) -> Vec<u8> {
        let mut bytes = match separator {
            Separator::Comma => Vec::new(),
            Separator::Semicolon => "\u{feff}".as_bytes().to_vec(),
        };
        let delimiter = separator.as_str().bytes().next().unwrap_or(b',');
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(&mut bytes);
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| cell.written(separator)).collect());
        let header: Vec<String> = self.columns.iter().map(|&name| name.to_owned()).collect();
        for row in std::iter::once(header).chain(rows) {
            // Writing into memory does not fail, and every row has the length of the header.
            writer.write_record(&row).ok();
        }
        drop(writer);
        bytes
    }

    /// The table as a JSON array with an object for each row; empty cells are null.
    pub fn to_json(&self) -> Vec<u8> {
        let objects: Vec<Object<'_>> = self.rows.iter().map(|row| Object { columns: &self.columns, row }).collect();
        let mut bytes = serde_json::to_vec_pretty(&objects).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// A row as an object, its keys in the order of the columns.
struct Object<'a> {
    columns: &'a [&'static str],
    row: &'a [Cell],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().zip(self.row))
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) | Self::Plain(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Decimal(number) => serializer.serialize_f64(*number),
            Self::Date(date) => serializer.collect_str(date),
            Self::Figure(figure) => serializer.collect_str(figure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Columns, Sheet};
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["code", "name", "latitude", "people", "notes"]);
        let plain = |code| Cell::plain(Some(code));
        table.push(vec![
            plain("A"),
            Cell::text(Some("=HYPERLINK(\"x\")")),
            Cell::decimal(Some(-7.5)),
            Cell::whole(Some(900)),
        ]);
        table.push(vec![plain("B"), Cell::text(Some("Pasar, lama; baru\nbelakang"))]);
        table
    }

    #[test]
    fn csv_quotes_guards_and_suits_the_spreadsheet() {
        let comma = "code,name,latitude,people,notes\nA,\"'=HYPERLINK(\"\"x\"\")\",-7.5,900,\nB,\"Pasar, lama; baru\nbelakang\",,,\n";
        assert_eq!(String::from_utf8(table().to_csv(Separator::Comma)).unwrap(), comma);
        let semicolon = String::from_utf8(table().to_csv(Separator::Semicolon)).unwrap();
        assert!(
            semicolon.starts_with("\u{feff}code;name;latitude;people;notes\nA;\"'=HYPERLINK(\"\"x\"\")\";-7,5;900;\n")
        );
    }

    #[test]
    fn what_is_written_is_read_back_with_either_separator() {
        let columns = Columns { required: &["code", "name", "latitude", "people", "notes"], optional: &[] };
        for separator in Separator::ALL {
            let sheet = Sheet::read(&table().to_csv(*separator), &columns).unwrap();
            let names: Vec<_> = sheet.rows().map(|row| row.text("name").unwrap()).collect();
            assert_eq!(names, ["=HYPERLINK(\"x\")", "Pasar, lama; baru\nbelakang"]);
        }
    }

    #[test]
    fn json_keeps_numbers_and_needs_no_guard() {
        let mut table = table();
        table.drop_if_empty("notes");
        table.drop_if_empty("people");
        let json: serde_json::Value = serde_json::from_slice(&table.to_json()).unwrap();
        let expected = serde_json::json!([
            {"code": "A", "name": "=HYPERLINK(\"x\")", "latitude": -7.5, "people": 900},
            {"code": "B", "name": "Pasar, lama; baru\nbelakang", "latitude": null, "people": null}
        ]);
        assert_eq!(json, expected);
    }
}
