//! The absences file: one row for each absence of a member of the staff.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::dates::DateRange;
use crate::domain::id::AbsenceId;
use crate::domain::rule::Check;
use crate::domain::team::{AbsenceInput, AbsenceSheet};
use crate::domain::text::{Login, Note};

/// In the order in which an export writes them.
const COLUMNS: [&str; 4] = ["login", "from", "to", "reason"];
const REQUIRED: Columns<'_> = Columns { required: &["login", "from", "to"], optional: &["reason"] };

/// The absences of a file.
#[derive(Debug, Clone)]
pub struct AbsenceFile {
    pub rows: Vec<Numbered<AbsenceRow>>,
    pub errors: FileErrors,
    /// Without it the days alone tell which absence is meant.
    pub has_reason: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceRow {
    /// Used if the row is new.
    pub id: AbsenceId,
    pub sheet: AbsenceSheet,
}

impl AbsenceFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, mut errors) = sheet.parse(|row, check| parse_row(row, check, now));
        errors.refuse_repeated(&rows, "", |row| {
            let AbsenceSheet { login, days, reason } = row.sheet.clone();
            (login, days, reason)
        });
        Ok(Self { rows, errors, has_reason: sheet.has_column("reason") })
    }
}

fn parse_row(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<AbsenceRow> {
    let input = AbsenceInput {
        login: row.text("login"),
        from: row.text("from"),
        to: row.text("to"),
        reason: row.text("reason"),
    };
    let sheet = input.check().map_err(|errors| check.extend(errors)).ok()?;
    Some(AbsenceRow { id: AbsenceId::new(now), sheet })
}

/// The file that [`AbsenceFile::read`] reads back as these absences; of those that are alike it has one.
pub fn absence_table(absences: impl IntoIterator<Item = (Login, DateRange, Option<Note>)>) -> Table {
    let mut rows: Vec<_> = absences.into_iter().map(|(login, days, reason)| (days, login, reason)).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut table = Table::new(&COLUMNS);
    for (days, login, reason) in rows {
        // A login may begin like a formula.
        let login = Cell::text(Some(login));
        table.push(vec![login, Cell::Date(days.first()), Cell::Date(days.last()), Cell::text(reason)]);
    }
    table
}
