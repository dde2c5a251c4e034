//! The observations file: one row for an official figure. The column `denominator` says what a share is of; it may be left
//! out where no share stands, or where nothing is known that it could be of.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::ObservationId;
use crate::domain::observation::{Observation, ObservationInput};

/// In the order in which an export writes them.
const COLUMNS: [&str; 6] = ["as_of", "scope", "kind", "figure", "denominator", "source"];
const REQUIRED: Columns<'_> =
    Columns { required: &["as_of", "scope", "kind", "figure", "source"], optional: &["denominator"] };

/// The rows of a file as they were typed; what they say depends on the office and its today.
#[derive(Debug, Clone)]
pub struct ObservationFile {
    pub rows: Vec<Numbered<ObservationRow>>,
    pub errors: FileErrors,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ObservationRow {
    /// Used if the row is new.
    pub id: ObservationId,
    pub input: ObservationInput,
}

impl ObservationFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, errors) =
            sheet.parse(|row, _| Some(ObservationRow { id: ObservationId::new(now), input: input(row) }));
        Ok(Self { rows, errors })
    }
}

fn input(row: Row<'_>) -> ObservationInput {
    ObservationInput {
        as_of: row.text("as_of"),
        scope: row.text("scope"),
        kind: row.text("kind"),
        figure: row.text("figure"),
        denominator: row.text("denominator"),
        source: row.text("source"),
    }
}

/// The file that [`ObservationFile::read`] reads back as these figures.
pub fn observation_table(observations: &[Observation]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for Observation { details, .. } in observations {
        table.push(vec![
            Cell::Date(details.as_of),
            Cell::plain(Some(&details.scope)),
            Cell::plain(Some(details.kind)),
            Cell::Figure(details.figure),
            Cell::plain(details.base),
            Cell::text(Some(&details.source)),
        ]);
    }
    table
}
