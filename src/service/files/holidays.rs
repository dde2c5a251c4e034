//! The holidays file: one row for a day off in one region or, without one, in the whole nation.

use chrono::{DateTime, NaiveDate, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::calendar::{Holiday, HolidayCells, HolidayKind};
use crate::domain::id::HolidayId;
use crate::domain::region::RegionCode;
use crate::domain::rule::Check;
use crate::domain::text::Name;

/// In the order in which an export writes them.
const COLUMNS: [&str; 5] = ["date", "kind", "name", "region", "decided_on"];
const REQUIRED: Columns<'_> = Columns { required: &["date", "kind", "name"], optional: &COLUMNS };

/// What tells one holiday from another; when it was decreed may change.
pub type HolidayName = (NaiveDate, HolidayKind, Option<RegionCode>, Name);

/// The holidays of a file.
#[derive(Debug, Clone)]
pub struct HolidayFile {
    /// Each with the id that it gets if it is new.
    pub rows: Vec<Numbered<Holiday>>,
    pub errors: FileErrors,
    pub has_decision: bool,
}

impl HolidayFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, mut errors) = sheet.parse(|row, check| parse_row(row, check, now));
        errors.refuse_repeated(&rows, "", name_of);
        Ok(Self { rows, errors, has_decision: sheet.has_column("decided_on") })
    }
}

pub fn name_of(holiday: &Holiday) -> HolidayName {
    (holiday.date, holiday.kind, holiday.region.clone(), holiday.name.clone())
}

fn parse_row(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<Holiday> {
    let cell = |name: &str| row.cell(name).unwrap_or_default();
    let cells = HolidayCells {
        date: cell("date"),
        kind: cell("kind"),
        name: cell("name"),
        region: cell("region"),
        decided_on: cell("decided_on"),
    };
    Holiday::parse(HolidayId::new(now), &cells).map_err(|errors| check.extend(errors)).ok()
}

/// The file that [`HolidayFile::read`] reads back as these holidays.
pub fn holiday_table(holidays: &[Holiday]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for holiday in holidays {
        table.push(vec![
            Cell::Date(holiday.date),
            Cell::plain(Some(holiday.kind)),
            Cell::text(Some(&holiday.name)),
            Cell::plain(holiday.region.as_ref()),
            Cell::date(holiday.decided_on),
        ]);
    }
    table
}
