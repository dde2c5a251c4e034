//! Reading a table of text cells with a header: CSV with `,` or `;`. What the columns mean is told by the files of each
//! kind; what is wrong comes back by line, column and rule. Cells are trimmed, and nothing of them is ever in an error.

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::errors::{FileErrors, Numbered};
use super::formula::without_guard;
use crate::domain::nik::looks_like_nik;
use crate::domain::rule::{Check, Rule};

/// The columns that a kind of file has.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    pub required: &'a [&'a str],
    pub optional: &'a [&'a str],
}

/// A file that was read: its rows as text, and what was wrong with some of them.
#[derive(Debug, Clone)]
pub struct Sheet {
    header: Vec<String>,
    rows: Vec<(usize, StringRecord)>,
    errors: FileErrors,
}

/// One row of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub line: usize,
    header: &'a [String],
    cells: &'a StringRecord,
}

impl Sheet {
    /// Reads the text of a file. Rows that cannot be read are remembered until [`Sheet::parse`], which tells them together
    /// with the rest.
    ///
    /// # Errors
    /// What is wrong with the header, or that there is none.
    pub fn read(bytes: &[u8], columns: &Columns<'_>) -> Result<Self, FileErrors> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut lines = Lines { bytes, at: 0, line: 1 };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(bytes))
            .from_reader(bytes)
            .into_byte_records();
        let mut errors = FileErrors::new();
        let mut next = || {
            // Reading from memory fails for nothing but a position beyond 2^64.
            let record = reader.next()?.ok()?;
            let line = lines.line_of(&record);
            Some((line, record))
        };
        let header = next().and_then(|(line, record)| text_of(line, record, None, &mut errors));
        let header = checked_header(header, columns, errors)?;
        let mut sheet = Self { header, rows: Vec::new(), errors: FileErrors::new() };
        while let Some((line, record)) = next() {
            let text = text_of(line, record, Some(&sheet.header), &mut sheet.errors);
            sheet
                .rows
                .extend(text.map(|text| (line, text)).filter(|(_, text)| text.iter().any(|cell| !cell.is_empty())));
        }
        sheet.refuse_ragged_rows();
        Ok(sheet)
    }

    /// True if the file has this column, be it empty in every row.
    pub fn has_column(&self, name: &str) -> bool {
        self.header.iter().any(|column| column == name)
    }

    /// The names of the columns, in the file's order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(String::as_str)
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { line: *line, header: &self.header, cells })
    }

    /// Makes something of every row. `parse` notes broken rules under the names of columns and answers none for a bad row.
    /// The errors, those of reading included, come beside the good rows, so that what the store finds can join them.
    pub fn parse<T>(&self, mut parse: impl FnMut(Row<'_>, &mut Check) -> Option<T>) -> (Vec<Numbered<T>>, FileErrors) {
        let mut errors = self.errors.clone();
        let mut parsed = Vec::with_capacity(self.rows.len());
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

    /// A row of another length cannot be told apart from one with a cell too many in its middle.
    fn refuse_ragged_rows(&mut self) {
        let (expected, errors) = (self.header.len(), &mut self.errors);
        self.rows.retain(|(line, cells)| {
            let fits = cells.len() == expected;
            if !fits {
                errors.push(*line, "", Rule::ColumnCount { expected, found: cells.len() });
            }
            fits
        });
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

/// Where in the file a record begins. (The line that the csv crate tells is one short after a CRLF or an empty line.)
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_of(&mut self, record: &ByteRecord) -> usize {
        let byte = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.bytes.get(start..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let between = self.bytes.get(self.at..start + blank).unwrap_or_default();
        self.line += between.split(|byte| *byte == b'\n').count() - 1;
        self.at = start + blank;
        self.line
    }
}

/// The separator of the header line: whichever of the two it has more of. Column names hold neither.
fn separator(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| header.split(|byte| *byte == separator).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// The record as text; broken UTF-8 is noted under the column that has it.
fn text_of(
    line: usize,
    record: ByteRecord,
    header: Option<&[String]>,
    errors: &mut FileErrors,
) -> Option<StringRecord> {
    let fail = |error: csv::FromUtf8Error| {
        let column = header.and_then(|header| header.get(error.utf8_error().field()).cloned());
        errors.push(line, column.unwrap_or_default(), Rule::ControlCharacter);
    };
    StringRecord::from_byte_record(record).map_err(fail).ok()
}

fn checked_header(
    header: Option<StringRecord>,
    columns: &Columns<'_>,
    mut errors: FileErrors,
) -> Result<Vec<String>, FileErrors> {
    let Some(header) = header else {
        if errors.is_empty() {
            errors.push(1, "", Rule::Required);
        }
        return Err(errors);
    };
    let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    for (at, name) in names.iter().enumerate() {
        let known = columns.required.iter().chain(columns.optional).any(|column| column == name);
        if !known {
            errors.push(1, shown_name(name, at), Rule::UnknownField);
        } else if names.iter().take(at).any(|earlier| earlier == name) {
            errors.push(1, name, Rule::DuplicateField);
        }
    }
    for name in columns.required.iter().filter(|name| !names.iter().any(|there| there == *name)) {
        errors.push(1, *name, Rule::Required);
    }
    errors.finish(names)
}

/// The name of an unknown column as an error may show it: short, and no NIK where a file has no header at all.
fn shown_name(name: &str, at: usize) -> String {
    let plain: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    if plain.is_empty() || looks_like_nik(name) { format!("#{}", at + 1) } else { plain }
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
        assert_eq!(errors(b"code,n\xffme\n"), ["1::control_character"]);
    }

    #[test]
    fn every_bad_row_is_named() {
        let text = b"code,name\nA,x\nB,y,z\nC,\xff\n,w\nD\n";
        let expected = ["3::column_count", "4:name:control_character", "5:code:required", "6::column_count"];
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
