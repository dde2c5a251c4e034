//! The results file: one row for what one team counted at one venue on one day.

use chrono::{DateTime, NaiveDate, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::dates::parse_date;
use crate::domain::event::{EventKind, Precision};
use crate::domain::figure::Figure;
use crate::domain::id::{EntryId, EventId};
use crate::domain::number::parse_decimal;
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::rule::{Check, Rule};
use crate::domain::team::parse_operators;
use crate::domain::text::Code;

const KEY: [&str; 4] = ["day", "venue", "team", "event_kind"];
const REST: [&str; 3] = ["operators", "hours", "precision"];
const HOURS: std::ops::RangeInclusive<f64> = 0.0..=24.0;

/// The rows of a file that can be read, and what is wrong with the others.
#[derive(Debug, Clone)]
pub struct ResultFile {
    pub rows: Vec<Numbered<ResultRow>>,
    pub errors: FileErrors,
}

/// One row, with the ids of what it may add.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRow {
    pub event: EventId,
    pub entry: EntryId,
    pub day: NaiveDate,
    pub venue: Code,
    pub team: Code,
    pub kind: EventKind,
    /// The team's own number if none is given.
    pub operators: Option<i64>,
    pub hours: Option<f64>,
    pub precision: Precision,
    /// Outcomes whose cell is not empty.
    pub counts: Counts,
}

impl ResultFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let outcomes = Outcome::ALL.iter().map(|outcome| outcome.as_str());
        let optional: Vec<&str> = REST.into_iter().chain(outcomes).collect();
        let sheet = Sheet::read(bytes, &Columns { required: &KEY, optional: &optional })?;
        let outcomes: Vec<Outcome> = sheet.columns().filter_map(|column| column.parse().ok()).collect();
        let Some(first) = outcomes.first() else {
            let mut errors = FileErrors::new();
            errors.push(1, Outcome::Activated.as_str(), Rule::Required);
            return Err(errors);
        };
        let (rows, mut errors) = sheet.parse(|row, check| parse_row(row, &outcomes, check, now));
        for row in rows.iter().filter(|row| row.value.counts.is_empty()) {
            errors.push(row.line, first.as_str(), Rule::Required);
        }
        errors.refuse_repeated(&rows, "", |row| (row.day, row.venue.clone(), row.team.clone(), row.kind));
        Ok(Self { rows, errors })
    }
}

fn parse_row(row: Row<'_>, outcomes: &[Outcome], check: &mut Check, now: DateTime<Utc>) -> Option<ResultRow> {
    let day = check.required("day", row.cell("day"), parse_date);
    let venue = check.required("venue", row.cell("venue"), str::parse);
    let team = check.required("team", row.cell("team"), str::parse);
    let kind = check.required("event_kind", row.cell("event_kind"), str::parse);
    let operators = check.optional("operators", row.cell("operators"), |text| {
        text.parse().map_err(|_| Rule::Format { example: "4" }).and_then(parse_operators)
    });
    let hours = check.optional("hours", row.cell("hours"), parse_hours);
    let precision = check.optional("precision", row.cell("precision"), str::parse);
    let (mut counts, mut marked) = (Counts::new(), false);
    for outcome in outcomes {
        let Some(text) = row.cell(outcome.as_str()) else { continue };
        if let Some((n, approximate)) = check.field(outcome.as_str(), parse_figure(text)) {
            counts.count(*outcome, n);
            marked |= approximate;
        }
    }
    let precision = if marked { Precision::Approximate } else { precision?.unwrap_or(Precision::Exact) };
    Some(ResultRow {
        event: EventId::new(now),
        entry: EntryId::new(now),
        day: day?,
        venue: venue?,
        team: team?,
        kind: kind?,
        operators: operators?,
        hours: hours?,
        precision,
        counts,
    })
}

fn parse_hours(text: &str) -> Result<f64, Rule> {
    let hours = parse_decimal(text)?;
    if HOURS.contains(&hours) && hours > 0.0 { Ok(hours) } else { Err(Rule::out_of_range(HOURS.start(), HOURS.end())) }
}

/// A count, and whether its cell marks it as approximate. A range or a share is no count of one team.
fn parse_figure(text: &str) -> Result<(i64, bool), Rule> {
    match text.parse()? {
        Figure::Exact(n) => Ok((n, false)),
        Figure::Approximate(n) => Ok((n, true)),
        Figure::Range { .. } | Figure::Share(_) => Err(Rule::Figure),
    }
}

/// One row of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedResult {
    pub day: NaiveDate,
    pub venue: Code,
    pub team: Code,
    pub kind: EventKind,
    pub operators: Option<i64>,
    pub hours: Option<f64>,
    pub precision: Precision,
    pub counts: Counts,
}

/// The file that [`ResultFile::read`] reads back as these results. Outcomes that nobody counted have no column.
pub fn result_table(results: &[ExportedResult]) -> Table {
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.as_str());
    let columns: Vec<&'static str> = KEY.into_iter().chain(REST).chain(outcomes).collect();
    let mut table = Table::new(&columns);
    for result in results {
        let counted = |outcome: &Outcome| result.counts.iter().find(|(own, _)| own == outcome).map(|(_, n)| n.max(0));
        let mut row = vec![
            Cell::Date(result.day),
            Cell::plain(Some(&result.venue)),
            Cell::plain(Some(&result.team)),
            Cell::plain(Some(result.kind)),
            Cell::whole(result.operators),
            Cell::decimal(result.hours.map(rounded)),
            Cell::plain(Some(result.precision)),
        ];
        row.extend(Outcome::ALL.iter().map(|outcome| Cell::whole(counted(outcome))));
        table.push(row);
    }
    for outcome in Outcome::ALL.iter().filter(|outcome| **outcome != Outcome::Activated) {
        table.drop_if_empty(outcome.as_str());
    }
    table
}

/// Hours with four decimals: a third of an hour has no end, and a cell has.
fn rounded(hours: f64) -> f64 {
    (hours * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<ResultRow>, Vec<String>> {
        let told = |errors: FileErrors| {
            let errors = errors.listed().to_vec();
            errors.iter().map(|error| format!("{}:{}:{}", error.line, error.column, error.rule)).collect()
        };
        let file = ResultFile::read(text.as_bytes(), DateTime::UNIX_EPOCH).map_err(told)?;
        let rows = file.rows.into_iter().map(|row| row.value).collect();
        file.errors.finish(rows).map_err(told)
    }

    #[test]
    fn a_row_tells_what_one_team_counted_and_an_empty_cell_that_it_did_not_count() {
        let text = "venue;team;event_kind;day;activated;ktp_recorded;underage;hours;operators\n\
            A;T-1;outreach;21/11/2026;40;0;;3,5;4\n";
        let rows = read(text).unwrap();
        let counts: Vec<_> = rows[0].counts.iter().collect();
        assert_eq!(counts, [(Outcome::Activated, 40), (Outcome::KtpRecorded, 0)]);
        assert_eq!((rows[0].hours, rows[0].operators, rows[0].precision), (Some(3.5), Some(4), Precision::Exact));
        assert_eq!(rows[0].day.to_string(), "2026-11-21");
    }

    #[test]
    fn a_mark_in_a_cell_wins_over_the_column() {
        for (cells, precision) in [
            ("exact,40", Precision::Exact),
            ("approximate,40", Precision::Approximate),
            ("exact,±500", Precision::Approximate),
            (",500-an", Precision::Approximate),
            (",1.250", Precision::Exact),
        ] {
            let text = format!("day,venue,team,event_kind,precision,activated\n2026-11-21,A,T,outreach,{cells}\n");
            assert_eq!(read(&text).unwrap()[0].precision, precision, "{cells}");
        }
    }

    #[test]
    fn what_cannot_be_a_result_is_named_by_line_and_column() {
        let header = "day,venue,team,event_kind,hours,operators,activated";
        for (row, expected) in [
            ("2026-11-21,A,T,outreach,,,", "2:activated:required"),
            ("2026-11-21,A,T,outreach,,,6000-7000", "2:activated:figure"),
            ("2026-11-21,A,T,outreach,,,29.89", "2:activated:figure"),
            ("2026-11-21,A,T,outreach,0,,1", "2:hours:out_of_range"),
            ("2026-11-21,A,T,outreach,,0,1", "2:operators:out_of_range"),
            ("2026-11-21,A,T,visit,,,1", "2:event_kind:unknown_code"),
            ("2026-11-21,,T,outreach,,,1", "2:venue:required"),
        ] {
            assert_eq!(read(&format!("{header}\n{row}\n")), Err(vec![expected.to_owned()]), "{row}");
        }
        assert_eq!(read("day,venue,team,event_kind,hours\n"), Err(vec!["1:activated:required".to_owned()]));
        let twice = format!("{header}\n2026-11-21,A,T,outreach,,,1\n21/11/2026,A,T,outreach,,,2\n");
        assert_eq!(read(&twice), Err(vec!["3::repeated".to_owned()]));
    }
}
