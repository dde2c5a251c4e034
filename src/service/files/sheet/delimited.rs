//! Reading CSV with `,` or `;`, in UTF-8 with or without a byte order mark.

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::content::{Columns, Content, checked_header, no_header};
use crate::domain::rule::Rule;
use crate::service::files::errors::FileErrors;

/// Reads the text of a file. Rows that cannot be read are among its errors.
///
/// # Errors
/// What is wrong with the header, or that there is none.
pub fn read_text(bytes: &[u8], columns: &Columns<'_>) -> Result<Content, FileErrors> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines = Lines { bytes, at: 0, line: 1 };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(bytes))
        .from_reader(bytes)
        .into_byte_records();
    let mut next = || {
        // Reading from memory fails for nothing but a position beyond 2^64.
        let record = reader.next()?.ok()?;
        let line = lines.line_of(&record);
        Some((line, record))
    };
    let (line, record) = next().ok_or_else(no_header)?;
    let mut errors = FileErrors::new();
    let Some(header) = text_of(line, record, None, &mut errors) else { return Err(errors) };
    let header = checked_header(header.iter(), 1, columns, errors)?;
    let mut content = Content { header, ..Content::default() };
    while let Some((line, record)) = next() {
        let text = text_of(line, record, Some(&content.header), &mut content.errors);
        content.rows.extend(text.map(|text| (line, text)).filter(|(_, text)| text.iter().any(|cell| !cell.is_empty())));
    }
    refuse_ragged_rows(&mut content);
    Ok(content)
}

/// A row of another length cannot be told apart from one with a cell too many in its middle.
fn refuse_ragged_rows(content: &mut Content) {
    let (expected, errors) = (content.header.len(), &mut content.errors);
    content.rows.retain(|(line, cells)| {
        let fits = cells.len() == expected;
        if !fits {
            errors.push(*line, "", Rule::ColumnCount { expected, found: cells.len() });
        }
        fits
    });
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
        errors.push(line, column.unwrap_or_default(), Rule::NotUtf8);
    };
    StringRecord::from_byte_record(record).map_err(fail).ok()
}
