//! The units file: one row per vehicle or kit, named by its code.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::UnitId;
use crate::domain::rule::Check;
use crate::domain::team::{Unit, UnitKind};
use crate::domain::text::{Code, Name};

const COLUMNS: [&str; 3] = ["code", "kind", "name"];

/// The units of a file.
#[derive(Debug, Clone)]
pub struct UnitFile {
    pub rows: Vec<Numbered<UnitRow>>,
    pub errors: FileErrors,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Used if the code is new.
    pub id: UnitId,
    pub code: Code,
    pub kind: UnitKind,
    pub name: Name,
}

impl UnitFile {
    /// Reads the rows; those that break a rule are in `errors`, to be told together with what the store finds.
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &Columns { required: &COLUMNS, optional: &[] })?;
        let (rows, errors) = sheet.parse(|row, check| parse_row(row, check, now));
        Ok(Self { rows, errors })
    }
}

fn parse_row(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<UnitRow> {
    let code = check.required("code", row.cell("code"), str::parse);
    let kind = check.required("kind", row.cell("kind"), str::parse);
    let name = check.required("name", row.cell("name"), str::parse);
    Some(UnitRow { id: UnitId::new(now), code: code?, kind: kind?, name: name? })
}

/// The file that [`UnitFile::read`] reads back as these units.
pub fn unit_table(units: &[Unit]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for unit in units {
        table.push(vec![Cell::plain(Some(&unit.code)), Cell::plain(Some(unit.kind)), Cell::text(Some(&unit.name))]);
    }
    table
}
