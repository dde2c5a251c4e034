//! The denominators file: one row for how many people a share is of on a day.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::denominator::{Denominator, DenominatorInput};
use crate::domain::id::DenominatorId;

/// In the order in which an export writes them.
const COLUMNS: [&str; 4] = ["kind", "value", "as_of", "source"];
const REQUIRED: Columns<'_> = Columns { required: &COLUMNS, optional: &[] };

/// The rows of a file as they were typed; what they say depends on the office's today.
#[derive(Debug, Clone)]
pub struct DenominatorFile {
    pub rows: Vec<Numbered<DenominatorRow>>,
    pub errors: FileErrors,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DenominatorRow {
    /// Used if the row is new.
    pub id: DenominatorId,
    pub input: DenominatorInput,
}

impl DenominatorFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, errors) =
            sheet.parse(|row, _| Some(DenominatorRow { id: DenominatorId::new(now), input: input(row) }));
        Ok(Self { rows, errors })
    }
}

fn input(row: Row<'_>) -> DenominatorInput {
    DenominatorInput {
        kind: row.text("kind"),
        value: row.text("value"),
        as_of: row.text("as_of"),
        source: row.text("source"),
    }
}

/// The file that [`DenominatorFile::read`] reads back as these denominators.
pub fn denominator_table(denominators: &[Denominator]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for Denominator { details, .. } in denominators {
        table.push(vec![
            Cell::plain(Some(details.kind)),
            Cell::Whole(details.value),
            Cell::Date(details.as_of),
            Cell::text(Some(&details.source)),
        ]);
    }
    table
}
