//! Aligned columns on a terminal.

use std::fmt;

/// Rows under a header; numbers stand to the right.
#[derive(Debug)]
pub struct Grid {
    rows: Vec<Vec<String>>,
    is_number: Vec<bool>,
}

impl Grid {
    pub fn new(header: &[String], is_number: &[bool]) -> Self {
        Self { rows: vec![header.to_vec()], is_number: is_number.to_vec() }
    }

    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    fn widths(&self) -> Vec<usize> {
        let width = |at: usize| {
            self.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        (0..self.is_number.len()).map(width).collect()
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for row in &self.rows {
            let cells = row.iter().zip(&widths).zip(&self.is_number);
            let aligned = cells.map(|((cell, width), is_number)| match is_number {
                true => format!("{cell:>width$}"),
                false => format!("{cell:<width$}"),
            });
            writeln!(f, "{}", aligned.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let mut grid = Grid::new(&["kode".to_owned(), "hari".to_owned()], &[false, true]);
        grid.push(vec!["A".to_owned(), "12".to_owned()]);
        grid.push(vec!["PASAR".to_owned(), "3".to_owned()]);
        assert_eq!(grid.to_string(), "kode   hari\nA        12\nPASAR     3\n");
    }
}
