//! The offices file: one row for each office, named by the code of its kabupaten or kota.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::OfficeId;
use crate::domain::office::{Office, parse_office_code, parse_time_zone};
use crate::domain::region::RegionCode;
use crate::domain::rule::Check;
use crate::domain::text::Name;

const COLUMNS: [&str; 3] = ["code", "name", "time_zone"];
const REQUIRED: Columns<'_> = Columns { required: &["code"], optional: &["name", "time_zone"] };

/// The offices of a file.
#[derive(Debug, Clone)]
pub struct OfficeFile {
    pub rows: Vec<Numbered<OfficeRow>>,
    pub errors: FileErrors,
}

/// A row. What it does not say stays as it is stored, or comes from the region of a new office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeRow {
    /// Used if the code is new.
    pub id: OfficeId,
    pub code: RegionCode,
    pub name: Option<Name>,
    pub time_zone: Option<Tz>,
}

impl OfficeFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, mut errors) = sheet.parse(|row, check| parse_row(row, check, now));
        errors.refuse_repeated(&rows, "code", |row| row.code.clone());
        Ok(Self { rows, errors })
    }
}

fn parse_row(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<OfficeRow> {
    let code = check.required("code", row.cell("code"), parse_office_code);
    let name = check.optional("name", row.cell("name"), str::parse);
    let time_zone = check.optional("time_zone", row.cell("time_zone"), parse_time_zone);
    Some(OfficeRow { id: OfficeId::new(now), code: code?, name: name?, time_zone: time_zone? })
}

/// The file that [`OfficeFile::read`] reads back as these offices.
pub fn office_table(offices: &[Office]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for office in offices {
        let zone = Cell::plain(Some(office.time_zone.name()));
        table.push(vec![Cell::plain(Some(&office.code)), Cell::text(Some(&office.name)), zone]);
    }
    table
}
