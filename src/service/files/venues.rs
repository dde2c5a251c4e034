//! The venues file: one row per venue, named by its code.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::VenueId;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::Code;
use crate::domain::venue::{Position, Venue, VenueDetails, VenueInput};

/// In the order in which an export writes them.
const COLUMNS: [&str; 19] = [
    "code",
    "name",
    "kind",
    "region",
    "latitude",
    "longitude",
    "people",
    "eligible",
    "phone_share",
    "weekdays",
    "pasaran",
    "dates",
    "blackout",
    "opens",
    "closes",
    "contact_name",
    "contact_phone",
    "notes",
    "as_reported",
];
const REQUIRED: Columns<'_> = Columns { required: &["code", "name", "kind", "region"], optional: &COLUMNS };

const OPENING: [&str; 6] = ["weekdays", "pasaran", "dates", "blackout", "opens", "closes"];

/// The venues of a file. A column that the file does not have leaves what is stored as it is.
#[derive(Debug, Clone)]
pub struct VenueFile {
    pub rows: Vec<Numbered<VenueRow>>,
    pub errors: FileErrors,
    sheet: Sheet,
}

#[derive(Debug, Clone, PartialEq)]
pub struct VenueRow {
    /// Used if the code is new.
    pub id: VenueId,
    pub code: Code,
    pub details: VenueDetails,
}

impl VenueFile {
    /// Reads the rows; those that break a rule are in `errors`, to be told together with what the store finds.
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, errors) = sheet.parse(|row, check| parse_row(row, check, now));
        Ok(Self { rows, errors, sheet })
    }

    /// What `stored` becomes by this row: columns that the file has, and the rest as it was. The opening rule is taken
    /// whole: a file with one of its columns says all of it.
    pub fn merged(&self, row: &VenueRow, stored: &VenueDetails) -> VenueDetails {
        let mut details = row.details.clone();
        let lacks = |columns: &[&str]| !columns.iter().any(|column| self.sheet.has_column(column));
        let kept = stored.clone();
        if lacks(&["latitude", "longitude"]) {
            details.position = kept.position;
        }
        if lacks(&["people"]) {
            details.people = kept.people;
        }
        if lacks(&["eligible"]) {
            details.eligible = kept.eligible;
        }
        if lacks(&["phone_share"]) {
            details.phone_share = kept.phone_share;
        }
        if lacks(&OPENING) {
            details.opening = kept.opening;
        }
        if lacks(&["contact_name"]) {
            details.contact.name = kept.contact.name;
        }
        if lacks(&["contact_phone"]) {
            details.contact.phone = kept.contact.phone;
        }
        if lacks(&["notes"]) {
            details.notes = kept.notes;
        }
        if lacks(&["as_reported"]) {
            details.as_reported = kept.as_reported;
        }
        details
    }
}

fn parse_row(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<VenueRow> {
    let code = check.required("code", row.cell("code"), str::parse);
    let input = VenueInput::of_texts(|name| row.text(name), check);
    let details = gather(check, input.check());
    Some(VenueRow { id: VenueId::new(now), code: code?, details: details? })
}

/// The value, or none after noting its errors.
fn gather<T>(check: &mut Check, checked: Result<T, Vec<FieldError>>) -> Option<T> {
    checked.map_err(|errors| check.extend(errors)).ok()
}

/// The file that [`VenueFile::read`] reads back as these venues.
pub fn venue_table(venues: &[Venue]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for venue in venues {
        let details = &venue.details;
        let opening = details.opening.to_cells();
        let plain = |cell: &String| Cell::plain(Some(cell));
        table.push(vec![
            Cell::plain(Some(&venue.code)),
            Cell::text(Some(&details.name)),
            Cell::plain(Some(details.kind)),
            Cell::plain(Some(&details.region)),
            Cell::decimal(details.position.map(Position::latitude)),
            Cell::decimal(details.position.map(Position::longitude)),
            Cell::whole(details.people),
            Cell::whole(details.eligible),
            Cell::decimal(details.phone_share),
            plain(&opening.weekdays),
            plain(&opening.pasaran),
            plain(&opening.dates),
            plain(&opening.blackout),
            plain(&opening.opens),
            plain(&opening.closes),
            Cell::text(details.contact.name.as_ref()),
            Cell::plain(details.contact.phone.as_ref()),
            Cell::text(details.notes.as_ref()),
            Cell::text(details.as_reported.as_ref()),
        ]);
    }
    table.drop_if_empty("as_reported");
    table
}
