//! How a file is to be taken in, and the bounds that all importers share.

use chrono::NaiveDate;

use super::progress::Progress;
use crate::domain::text::Note;

/// All dates that are taken anywhere.
pub const EVER: (NaiveDate, NaiveDate) =
    match (NaiveDate::from_ymd_opt(1900, 1, 1), NaiveDate::from_ymd_opt(2199, 12, 31)) {
        (Some(first), Some(last)) => (first, last),
        _ => (NaiveDate::MIN, NaiveDate::MAX),
    };

/// Keys of one query: below the bind limits of both engines (32,766 on SQLite).
pub const KEYS_PER_QUERY: usize = 10_000;

/// How a file is to be taken in.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Says what would happen and stores nothing.
    pub dry_run: bool,
    /// Why counts that differ from the stored ones replace them; without a reason they are refused.
    pub correct: Option<Note>,
    /// The sender says that it is an XLSX workbook; otherwise its first bytes tell.
    pub is_workbook: bool,
    /// Where the import tells how far it is.
    pub progress: Progress,
}
