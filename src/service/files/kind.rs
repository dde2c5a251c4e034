//! The kinds of files that people bring in and take out, and what an import did.

use serde::Serialize;

use crate::domain::code::codes;

codes! {
    /// What a file holds; its columns are in docs/API.md.
    pub enum FileKind {
        Venues = "venues",
    }
}

codes! {
    /// How a file is written.
    pub enum FileFormat {
        Csv = "csv",
        Json = "json",
    }
}

/// What an import did, or would do. A file that is imported again has only unchanged rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub rows: usize,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// True if nothing was stored.
    pub dry_run: bool,
}

impl ImportReport {
    /// Of a file with so many rows: what was neither added nor changed was there already.
    pub fn of(rows: usize, added: usize, changed: usize) -> Self {
        Self { rows, added, changed, unchanged: rows.saturating_sub(added + changed), dry_run: false }
    }
}
