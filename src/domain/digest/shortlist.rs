//! A list as a letter shows it: five rows at most, and how many others there are.

use serde::{Deserialize, Serialize};

/// The first rows of a list, and the number of those that were left away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortlist<T> {
    pub rows: Vec<T>,
    pub others: usize,
}

impl<T> Shortlist<T> {
    /// No list of a letter is longer.
    pub const ROWS: usize = 5;

    /// The first rows of `all`.
    pub fn of(all: Vec<T>) -> Self {
        let total = all.len();
        Self::counted(all, total)
    }

    /// The first rows of a list of `total` that begins with `rows`.
    pub fn counted(mut rows: Vec<T>, total: usize) -> Self {
        rows.truncate(Self::ROWS);
        let others = total.saturating_sub(rows.len());
        Self { rows, others }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.others == 0
    }

    /// Rows shown and not shown.
    pub fn total(&self) -> usize {
        self.rows.len() + self.others
    }
}

impl<T> Default for Shortlist<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), others: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_rows_are_shown_and_the_others_counted() {
        assert_eq!(Shortlist::of(vec![1, 2, 3, 4, 5]), Shortlist { rows: vec![1, 2, 3, 4, 5], others: 0 });
        let long = Shortlist::of((1..=7).collect());
        assert_eq!((long.rows.len(), long.others, long.total()), (5, 2, 7));
        assert_eq!(Shortlist::counted(vec![1, 2], 9).others, 7);
        assert!(Shortlist::<i64>::default().is_empty());
    }
}
