//! The rows of a workbook as a file's content: its first row is the header, and cells belong to the name above them.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use csv::StringRecord;

use super::cell::column_letters;
use super::content::{Columns, Content, checked_header, no_header};
use super::workbook::{Cells, read_rows};
use crate::domain::rule::Rule;
use crate::service::files::errors::FileErrors;

/// Content that grows row by row.
#[derive(Debug)]
struct Grid {
    content: Content,
    /// The place in the header of each column of the sheet that has a name.
    places: BTreeMap<usize, usize>,
}

/// Reads the first sheet. Cells that cannot be read are among the errors, by line and column.
///
/// # Errors
/// What is wrong with the workbook as a whole or with its header.
pub fn read_grid(bytes: &[u8], columns: &Columns<'_>) -> Result<Content, FileErrors> {
    let mut grid: Option<Result<Grid, FileErrors>> = None;
    let read = read_rows(bytes, |line, cells| match &mut grid {
        Some(Ok(grid)) => {
            grid.push(line, cells);
            ControlFlow::Continue(())
        }
        Some(Err(_)) => ControlFlow::Break(()),
        None => {
            grid = Some(Grid::start(line, &cells, columns));
            ControlFlow::Continue(())
        }
    });
    read.map_err(of_the_whole_file)?;
    Ok(grid.unwrap_or_else(|| Err(no_header()))?.content)
}

/// A rule that the file as such breaks.
pub fn of_the_whole_file(rule: Rule) -> FileErrors {
    let mut errors = FileErrors::new();
    errors.push(1, "", rule);
    errors
}

impl Grid {
    fn start(line: usize, cells: &Cells, columns: &Columns<'_>) -> Result<Self, FileErrors> {
        let mut errors = FileErrors::new();
        let (mut names, mut places) = (Vec::new(), BTreeMap::new());
        for (column, text) in cells {
            match text {
                Ok(name) => {
                    places.insert(*column, names.len());
                    names.push(name.as_str());
                }
                Err(rule) => errors.push(line, column_letters(*column), rule.clone()),
            }
        }
        let header = checked_header(names.into_iter(), line, columns, errors)?;
        Ok(Self { content: Content { header, ..Content::default() }, places })
    }

    fn push(&mut self, line: usize, cells: Cells) {
        let Content { header, rows, errors } = &mut self.content;
        let mut texts = vec![String::new(); header.len()];
        let mut is_good = true;
        let mut fail = |column: String, rule: Rule| {
            errors.push(line, column, rule);
            is_good = false;
        };
        for (column, text) in cells {
            let place = self.places.get(&column).copied();
            let named = place.and_then(|place| header.get(place).zip(texts.get_mut(place)));
            match (named, text) {
                (None, _) => fail(column_letters(column), Rule::UnknownField),
                (Some((name, _)), Err(rule)) => fail(name.clone(), rule),
                (Some((_, cell)), Ok(text)) => *cell = text,
            }
        }
        if is_good {
            rows.push((line, StringRecord::from(texts)));
        }
    }
}
