//! What is wrong with a file: every bad row by its line, column and rule. Parsers and importers collect here; `web` and
//! the command line show the list in their own ways.

use std::collections::BTreeSet;

use crate::domain::rule::{FieldError, Rule};

/// Something and the line that it stood in.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbered<T> {
    pub line: usize,
    pub value: T,
}

/// One broken rule of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// As editors count: the header is line 1.
    pub line: usize,
    /// Name of the column; empty where a whole row is meant.
    pub column: String,
    pub rule: Rule,
}

/// Everything that is wrong with a file, in the order of its lines. The list is cut at [`FileErrors::LISTED`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileErrors {
    listed: Vec<FileError>,
    total: usize,
}

impl FileErrors {
    /// Most errors that are listed one by one: nobody reads more, and a broken file may have one per row.
    pub const LISTED: usize = 10_000;

    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, line: usize, column: impl Into<String>, rule: Rule) {
        self.total += 1;
        if self.listed.len() < Self::LISTED {
            self.listed.push(FileError { line, column: column.into(), rule });
        }
    }

    /// Notes what is wrong with one row; of several errors in one cell the first is told.
    pub fn push_row(&mut self, line: usize, errors: &[FieldError]) {
        let mut told: Vec<&str> = Vec::new();
        for error in errors {
            if !told.contains(&error.field.as_str()) {
                told.push(&error.field);
                self.push(line, &error.field, error.rule.clone());
            }
        }
    }

    /// Notes every row whose key stood in an earlier row already.
    pub fn refuse_repeated<T, K: Ord>(&mut self, rows: &[Numbered<T>], column: &str, key: impl Fn(&T) -> K) {
        let mut seen = BTreeSet::new();
        for row in rows {
            if !seen.insert(key(&row.value)) {
                self.push(row.line, column, Rule::Repeated);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// How many errors there are, listed or not.
    pub fn total(&self) -> usize {
        self.total
    }

    pub fn listed(&self) -> &[FileError] {
        &self.listed
    }

    /// The value of a file without errors; the errors by line otherwise.
    pub fn finish<T>(mut self, value: T) -> Result<T, Self> {
        self.listed.sort_by_key(|error| error.line);
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// The errors as those of a form: `lines[3].kind`, or `lines[3]` for a whole row. A cut list says how many more there are.
    pub fn to_field_errors(&self) -> Vec<FieldError> {
        let field = |error: &FileError| match error.column.as_str() {
            "" => format!("lines[{}]", error.line),
            column => format!("lines[{}].{column}", error.line),
        };
        let more = self.total.saturating_sub(self.listed.len());
        let cut = (more > 0).then(|| FieldError::new("lines", Rule::MoreErrors(more)));
        self.listed.iter().map(|error| FieldError::new(field(error), error.rule.clone())).chain(cut).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_by_line_and_one_for_each_cell() {
        let mut errors = FileErrors::new();
        errors.push(5, "", Rule::ColumnCount { expected: 2, found: 3 });
        errors.push_row(3, &[FieldError::new("kind", Rule::Required), FieldError::new("kind", Rule::NotFound)]);
        let errors = errors.finish(()).unwrap_err();
        let fields: Vec<_> = errors.to_field_errors().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["lines[3].kind", "lines[5]"]);
    }

    #[test]
    fn a_long_list_is_cut_and_says_how_much_is_missing() {
        let mut errors = FileErrors::new();
        for line in 0..FileErrors::LISTED + 7 {
            errors.push(line, "code", Rule::Required);
        }
        assert_eq!((errors.total(), errors.listed().len()), (10_007, 10_000));
        assert_eq!(errors.to_field_errors().last().unwrap().rule, Rule::MoreErrors(7));
        assert_eq!(FileErrors::new().finish(1), Ok(1));
    }
}
