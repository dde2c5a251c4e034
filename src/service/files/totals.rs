//! The totals file: one row for a figure of the whole office on one day.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::TotalId;
use crate::domain::total::{OfficeTotal, TotalInput};

/// In the order in which an export writes them.
const COLUMNS: [&str; 5] = ["date", "channel", "venue_kind", "figure", "source"];
const REQUIRED: Columns<'_> = Columns { required: &["date", "channel", "figure", "source"], optional: &["venue_kind"] };

/// The rows of a file as they were typed; what they say depends on the office's today.
#[derive(Debug, Clone)]
pub struct TotalFile {
    pub rows: Vec<Numbered<TotalRow>>,
    pub errors: FileErrors,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TotalRow {
    /// Used if the row is new.
    pub id: TotalId,
    pub input: TotalInput,
}

impl TotalFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, errors) = sheet.parse(|row, _| Some(TotalRow { id: TotalId::new(now), input: input(row) }));
        Ok(Self { rows, errors })
    }
}

fn input(row: Row<'_>) -> TotalInput {
    TotalInput {
        date: row.text("date"),
        channel: row.text("channel"),
        venue_kind: row.text("venue_kind"),
        figure: row.text("figure"),
        source: row.text("source"),
    }
}

/// The file that [`TotalFile::read`] reads back as these totals.
pub fn total_table(totals: &[OfficeTotal]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for OfficeTotal { details, .. } in totals {
        table.push(vec![
            Cell::Date(details.date),
            Cell::plain(Some(details.channel)),
            Cell::plain(details.venue_kind),
            Cell::Figure(details.figure),
            Cell::text(Some(&details.source)),
        ]);
    }
    table
}
