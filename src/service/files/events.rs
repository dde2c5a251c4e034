//! The events file: one row for each day of an event.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::dates::{parse_date, parse_time, print_time};
use crate::domain::event::{EventDay, EventKind, EventState, Slot};
use crate::domain::id::EventId;
use crate::domain::rule::{Check, Rule};
use crate::domain::text::{Code, Name, Note};

/// In the order in which an export writes them.
const COLUMNS: [&str; 10] = ["venue", "teams", "date", "slots", "starts", "ends", "kind", "title", "state", "notes"];
const REQUIRED: Columns<'_> = Columns { required: &["venue", "date", "kind"], optional: &COLUMNS };

/// The rows of a file that can be read, and what is wrong with the others.
#[derive(Debug, Clone)]
pub struct EventFile {
    pub rows: Vec<Numbered<EventRow>>,
    pub errors: FileErrors,
}

/// One day of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Used by the first day of a new event.
    pub id: EventId,
    pub venue: Code,
    pub teams: BTreeSet<Code>,
    pub day: EventDay,
    pub kind: EventKind,
    pub title: Option<Name>,
    pub state: Option<EventState>,
    pub notes: Option<Note>,
}

impl EventRow {
    pub fn date(&self) -> NaiveDate {
        self.day.date()
    }

    /// What tells one event of a venue, day and kind from another: one was cancelled and booked anew, or two teams came one
    /// after the other. Rows that are alike in all of this are the same row twice.
    fn tell_apart(&self) -> impl Ord + use<> {
        let slots: Vec<Slot> = self.day.slots().iter().copied().collect();
        let own = (self.title.clone(), self.teams.clone(), slots, self.state, self.notes.clone());
        (self.venue.clone(), self.date(), self.kind, own)
    }
}

impl EventFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, mut errors) = sheet.parse(|row, check| parse_row(row, check, now));
        errors.refuse_repeated(&rows, "", EventRow::tell_apart);
        Ok(Self { rows, errors })
    }
}

fn parse_row(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<EventRow> {
    let venue = check.required("venue", row.cell("venue"), str::parse);
    let teams = check.field("teams", list::<Code>(row.cell("teams")));
    let kind = check.required("kind", row.cell("kind"), str::parse);
    let title = check.optional("title", row.cell("title"), str::parse);
    let state = check.optional("state", row.cell("state"), str::parse);
    let notes = check.optional("notes", row.cell("notes"), str::parse);
    let day = parse_day(row, check);
    Some(EventRow {
        id: EventId::new(now),
        venue: venue?,
        teams: teams?,
        day: day?,
        kind: kind?,
        title: title?,
        state: state?,
        notes: notes?,
    })
}

/// A day with its slots; where none are given, those that the hours touch.
fn parse_day(row: Row<'_>, check: &mut Check) -> Option<EventDay> {
    let date = check.required("date", row.cell("date"), parse_date);
    let slots = check.field("slots", list::<Slot>(row.cell("slots")));
    let starts = check.optional("starts", row.cell("starts"), parse_time);
    let ends = check.optional("ends", row.cell("ends"), parse_time);
    let (date, mut slots, starts, ends) = (date?, slots?, starts?, ends?);
    if slots.is_empty() {
        slots = starts.zip(ends).map(|(starts, ends)| Slot::covering(starts, ends)).unwrap_or_default();
    }
    EventDay::new(date, slots, starts, ends).map_err(|errors| check.extend(errors)).ok()
}

/// Values separated by spaces, each once.
fn list<T: std::str::FromStr<Err = Rule> + Ord>(cell: Option<&str>) -> Result<BTreeSet<T>, Rule> {
    cell.unwrap_or_default().split_whitespace().map(str::parse).collect()
}

/// One row of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedDay {
    pub venue: Code,
    pub teams: BTreeSet<Code>,
    pub day: EventDay,
    pub kind: EventKind,
    pub title: Name,
    pub state: EventState,
    pub notes: Option<Note>,
}

/// The file that [`EventFile::read`] reads back as these days.
pub fn event_table(days: &[ExportedDay]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for exported in days {
        let day = &exported.day;
        table.push(vec![
            Cell::plain(Some(&exported.venue)),
            Cell::plain(Some(joined(&exported.teams))),
            Cell::Date(day.date()),
            Cell::plain(Some(joined(day.slots()))),
            Cell::plain(day.starts().map(print_time)),
            Cell::plain(day.ends().map(print_time)),
            Cell::plain(Some(exported.kind)),
            Cell::text(Some(&exported.title)),
            Cell::plain(Some(exported.state)),
            Cell::text(exported.notes.as_ref()),
        ]);
    }
    table
}

fn joined<T: ToString>(values: &BTreeSet<T>) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> EventFile {
        EventFile::read(text.as_bytes(), DateTime::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn slots_come_from_the_hours_where_none_are_given() {
        let file = read(
            "venue,date,kind,teams,slots,starts,ends\n\
             A,2026-11-21,outreach,T-2 T-1 T-1,,08.00,12:00\n\
             A,2026-11-22,outreach,,evening dawn,,\n",
        );
        assert!(file.errors.is_empty());
        let slots: Vec<_> = file.rows.iter().map(|row| joined(row.value.day.slots())).collect();
        assert_eq!(slots, ["dawn morning", "dawn evening"]);
        assert_eq!(joined(&file.rows[0].value.teams), "T-1 T-2");
    }

    #[test]
    fn a_day_without_slots_or_hours_and_a_repeated_row_are_refused() {
        let file = read(
            "venue,date,kind,slots,starts,ends\n\
             A,2026-11-21,outreach,,08.00,\n\
             A,2026-11-22,outreach,,12.00,08.00\n\
             B,2026-11-22,outreach,morning,,\n\
             B,22/11/2026,outreach,morning,,\n\
             B,22/11/2026,counter,malam,,\n",
        );
        let told = file.errors.listed().iter().map(|e| format!("{}:{}:{}", e.line, e.column, e.rule));
        let expected = ["2:slots:required", "3:ends:ends_before_start", "6:slots:unknown_code", "5::repeated"];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }
}
