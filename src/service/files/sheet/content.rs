//! What a reader of any format makes of a file: a checked header and rows of text. Column names are compared without
//! regard to case and surrounding blanks.

use csv::StringRecord;

use crate::domain::nik::looks_like_nik;
use crate::domain::rule::Rule;
use crate::service::files::errors::FileErrors;

/// The columns that a kind of file has.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    pub required: &'a [&'a str],
    pub optional: &'a [&'a str],
}

/// A file that was read: its rows as text by line, and what was wrong with some of them.
#[derive(Debug, Clone, Default)]
pub struct Content {
    pub header: Vec<String>,
    /// Every row has a cell for every name of the header.
    pub rows: Vec<(usize, StringRecord)>,
    pub errors: FileErrors,
}

impl Columns<'_> {
    fn has(&self, name: &str) -> bool {
        self.required.iter().chain(self.optional).any(|column| *column == name)
    }
}

/// The names of a header that stands in this line.
///
/// # Errors
/// `errors` and every name that is unknown, stands twice or is missing.
pub fn checked_header<'a>(
    cells: impl Iterator<Item = &'a str>,
    line: usize,
    columns: &Columns<'_>,
    mut errors: FileErrors,
) -> Result<Vec<String>, FileErrors> {
    let names: Vec<String> = cells.map(|name| name.trim().to_lowercase()).collect();
    for (at, name) in names.iter().enumerate() {
        if !columns.has(name) {
            errors.push(line, shown_name(name, at), Rule::UnknownField);
        } else if names.iter().take(at).any(|earlier| earlier == name) {
            errors.push(line, name, Rule::DuplicateField);
        }
    }
    for name in columns.required.iter().filter(|name| !names.iter().any(|there| there == *name)) {
        errors.push(line, *name, Rule::Required);
    }
    errors.finish(names)
}

/// What is wrong with a file that has no header at all.
pub fn no_header() -> FileErrors {
    let mut errors = FileErrors::new();
    errors.push(1, "", Rule::Required);
    errors
}

/// The name of an unknown column as an error may show it: short, and no NIK where a file has no header at all.
fn shown_name(name: &str, at: usize) -> String {
    let plain: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    if plain.is_empty() || looks_like_nik(name) { format!("#{}", at + 1) } else { plain }
}
