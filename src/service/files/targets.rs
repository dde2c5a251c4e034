//! The targets file: one row for what is to be achieved in a window.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::TargetId;
use crate::domain::target::{Goal, Target, TargetInput};

/// In the order in which an export writes them.
const COLUMNS: [&str; 9] = ["scope", "channel", "purpose", "denominator", "share", "value", "starts", "ends", "source"];
const REQUIRED: Columns<'_> = Columns {
    required: &["scope", "channel", "purpose", "starts", "ends", "source"],
    optional: &["denominator", "share", "value"],
};

/// The rows of a file as they were typed; where they may be of depends on the office.
#[derive(Debug, Clone)]
pub struct TargetFile {
    pub rows: Vec<Numbered<TargetRow>>,
    pub errors: FileErrors,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TargetRow {
    /// Used if the row is new.
    pub id: TargetId,
    pub input: TargetInput,
}

impl TargetFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, errors) = sheet.parse(|row, _| Some(TargetRow { id: TargetId::new(now), input: input(row) }));
        Ok(Self { rows, errors })
    }
}

fn input(row: Row<'_>) -> TargetInput {
    TargetInput {
        scope: row.text("scope"),
        channel: row.text("channel"),
        purpose: row.text("purpose"),
        denominator: row.text("denominator"),
        share: row.text("share"),
        value: row.text("value"),
        starts: row.text("starts"),
        ends: row.text("ends"),
        source: row.text("source"),
    }
}

/// The file that [`TargetFile::read`] reads back as these targets.
pub fn target_table(targets: &[Target]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for Target { details, .. } in targets {
        let (share, value) = match details.goal {
            Goal::Share(share) => (Some(share.as_f64()), None),
            Goal::Value(value) => (None, Some(value)),
        };
        table.push(vec![
            Cell::plain(Some(&details.scope)),
            Cell::plain(Some(details.channel)),
            Cell::plain(Some(details.purpose)),
            Cell::plain(details.denominator),
            Cell::decimal(share),
            Cell::whole(value),
            Cell::Date(details.window.first()),
            Cell::Date(details.window.last()),
            Cell::text(Some(&details.source)),
        ]);
    }
    table
}
