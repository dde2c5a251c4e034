//! Reading a table of text cells with a header: CSV, or the first sheet of an XLSX workbook. What the columns mean is told
//! by the files of each kind; what is wrong comes back by line, column and rule. Cells are trimmed, and nothing of them is
//! ever in an error.

mod cell;
mod content;
mod delimited;
mod grid;
mod guard;
mod workbook;

use csv::StringRecord;

use super::errors::{FileErrors, Numbered};
use super::formula::without_guard;
use crate::domain::rule::{Check, Rule};

pub use content::Columns;
pub use workbook::is_workbook;

/// A file that was read: its rows as text, and what was wrong with some of them.
#[derive(Debug, Clone)]
pub struct Sheet {
    content: content::Content,
}

/// One row of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub line: usize,
    header: &'a [String],
    cells: &'a StringRecord,
}

/// The errors of a file that was to be a workbook and is none.
pub fn no_workbook() -> FileErrors {
    grid::of_the_whole_file(Rule::BrokenWorkbook)
}

impl Sheet {
    /// Reads a file in either form. Rows that cannot be read are remembered until [`Sheet::parse`], which tells them
    /// together with the rest.
    ///
    /// # Errors
    /// What is wrong with the file as a whole or with its header, or that there is none.
    pub fn read(bytes: &[u8], columns: &Columns<'_>) -> Result<Self, FileErrors> {
        let content =
            if is_workbook(bytes) { grid::read_grid(bytes, columns) } else { delimited::read_text(bytes, columns) }?;
        Ok(Self { content })
    }

    /// True if the file has this column, be it empty in every row.
    pub fn has_column(&self, name: &str) -> bool {
        self.content.header.iter().any(|column| column == name)
    }

    /// The names of the columns, in the file's order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.content.header.iter().map(String::as_str)
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.content.rows.iter().map(|(line, cells)| Row { line: *line, header: &self.content.header, cells })
    }

    /// Makes something of every row. `parse` notes broken rules under the names of columns and answers none for a bad row.
    /// The errors, those of reading included, come beside the good rows, so that what the store finds can join them.
    pub fn parse<T>(&self, mut parse: impl FnMut(Row<'_>, &mut Check) -> Option<T>) -> (Vec<Numbered<T>>, FileErrors) {
        let mut errors = self.content.errors.clone();
        let mut parsed = Vec::with_capacity(self.content.rows.len());
        for row in self.rows() {
            let mut check = Check::new();
            let built = parse(row, &mut check);
            match check.finish(built) {
                Ok(value) => parsed.push(Numbered { line: row.line, value }),
                Err(broken) => errors.push_row(row.line, &broken),
            }
        }
        (parsed, errors)
    }
}

impl<'a> Row<'a> {
    /// The cell under `name`; none if it is empty or the file has no such column.
    pub fn cell(&self, name: &str) -> Option<&'a str> {
        let at = self.header.iter().position(|column| column == name)?;
        Some(without_guard(self.cells.get(at)?.trim())).filter(|cell| !cell.is_empty())
    }

    /// As [`Row::cell`], for inputs that own their texts.
    pub fn text(&self, name: &str) -> Option<String> {
        self.cell(name).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns<'_> = Columns { required: &["code", "name"], optional: &["notes"] };

    fn rows(text: &[u8]) -> Vec<(usize, String, String)> {
        let sheet = Sheet::read(text, &COLUMNS).unwrap();
        let cell = |row: Row<'_>, name: &str| row.text(name).unwrap_or_default();
        let (read, errors) = sheet.parse(|row, _| Some((cell(row, "code"), cell(row, "notes"))));
        assert!(errors.is_empty());
        read.into_iter().map(|row| (row.line, row.value.0, row.value.1)).collect()
    }

    fn errors(text: &[u8]) -> Vec<String> {
        let told = match Sheet::read(text, &COLUMNS) {
            Err(errors) => errors,
            Ok(sheet) => {
                let code = |row: Row<'_>, check: &mut Check| {
                    check.required("code", row.cell("code"), |code| Ok(code.to_owned()))
                };
                sheet.parse(code).1.finish(()).unwrap_err()
            }
        };
        told.listed().iter().map(|e| format!("{}:{}:{}", e.line, e.column, e.rule)).collect()
    }

    fn row(line: usize, code: &str, notes: &str) -> (usize, String, String) {
        (line, code.to_owned(), notes.to_owned())
    }

    #[test]
    fn columns_stand_in_any_order_and_with_either_separator() {
        let expected = [row(2, "A", "satu"), row(3, "B", "")];
        assert_eq!(rows(b"name,notes,code\nx,satu,A\ny,,B\n"), expected);
        assert_eq!(rows(b"\xef\xbb\xbfCode;Name; Notes \r\nA;x;satu\r\nB;y;"), expected);
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let text = "code,name,notes\r\n\r\nA,x,\"dua\r\nbaris\"\r\n,,\r\n\r\nB,y,\r\n";
        assert_eq!(rows(text.as_bytes()), [row(3, "A", "dua\r\nbaris"), row(7, "B", "")]);
    }

    #[test]
    fn a_wrong_header_names_each_column() {
        assert_eq!(
            errors(b"code,NIK,notes,code\n"),
            ["1:nik:unknown_field", "1:code:duplicate_field", "1:name:required"]
        );
        assert_eq!(errors(b""), ["1::required"]);
        assert_eq!(
            errors(b"3303050706240001,x\n"),
            ["1:#1:unknown_field", "1:x:unknown_field", "1:code:required", "1:name:required"]
        );
        assert_eq!(errors(b"code,n\xffme\n"), ["1::not_utf8"]);
    }

    #[test]
    fn every_bad_row_is_named() {
        let text = b"code,name\nA,x\nB,y,z\nC,\xff\n,w\nD\n";
        let expected = ["3::column_count", "4:name:not_utf8", "5:code:required", "6::column_count"];
        assert_eq!(errors(text), expected);
    }

    #[test]
    fn a_header_alone_is_a_file_without_rows() {
        assert_eq!(rows(b"code,name"), []);
    }

    #[test]
    fn an_open_quote_ends_with_the_file_and_breaks_nothing() {
        assert_eq!(errors(b"code,name\n\"A,x\nB,y\n"), ["2::column_count"]);
    }
}
