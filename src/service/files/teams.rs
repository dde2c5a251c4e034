//! The teams file, one row per team, named by its code; and the members file, one row per member of a team.

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::TeamId;
use crate::domain::number::{parse_count, parse_decimal};
use crate::domain::rule::Check;
use crate::domain::team::{Team, TeamInput, TeamSheet};
use crate::domain::text::{Code, Login};
use crate::domain::venue::Position;

const TEAM_COLUMNS: [&str; 7] = ["code", "name", "operators", "capacity_per_day", "latitude", "longitude", "units"];
const TEAM_REQUIRED: Columns<'_> =
    Columns { required: &["code", "name", "operators", "capacity_per_day"], optional: &TEAM_COLUMNS };
const MEMBER_COLUMNS: [&str; 2] = ["team", "login"];

/// The teams of a file. A column that the file does not have leaves what is stored as it is; members have their own file.
#[derive(Debug, Clone)]
pub struct TeamFile {
    pub rows: Vec<Numbered<TeamRow>>,
    pub errors: FileErrors,
    pub has_base: bool,
    pub has_units: bool,
}

/// A row; the sheet names no members.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamRow {
    /// Used if the code is new.
    pub id: TeamId,
    pub code: Code,
    pub sheet: TeamSheet,
}

/// The members of a file. Whoever is not in it stays a member.
#[derive(Debug, Clone)]
pub struct MemberFile {
    pub rows: Vec<Numbered<(Code, Login)>>,
    pub errors: FileErrors,
}

/// A team, the codes of its units and the logins of its members, as files write them.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTeam {
    pub team: Team,
    pub units: Vec<Code>,
    pub members: Vec<Login>,
}

impl TeamFile {
    /// Reads the rows; those that break a rule are in `errors`, to be told together with what the store finds.
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &TEAM_REQUIRED)?;
        let (rows, errors) = sheet.parse(|row, check| parse_team(row, check, now));
        let has_base = sheet.has_column("latitude") || sheet.has_column("longitude");
        Ok(Self { rows, errors, has_base, has_units: sheet.has_column("units") })
    }
}

impl MemberFile {
    /// As [`TeamFile::read`].
    pub fn read(bytes: &[u8]) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &Columns { required: &MEMBER_COLUMNS, optional: &[] })?;
        let (rows, errors) = sheet.parse(|row, check| {
            let team = check.required("team", row.cell("team"), str::parse);
            let login = check.required("login", row.cell("login"), str::parse);
            team.zip(login)
        });
        Ok(Self { rows, errors })
    }
}

fn parse_team(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<TeamRow> {
    let code = check.required("code", row.cell("code"), str::parse);
    let input = TeamInput {
        name: row.text("name"),
        operators: check.optional("operators", row.cell("operators"), parse_count).flatten(),
        capacity_per_day: check.optional("capacity_per_day", row.cell("capacity_per_day"), parse_count).flatten(),
        latitude: check.optional("latitude", row.cell("latitude"), parse_decimal).flatten(),
        longitude: check.optional("longitude", row.cell("longitude"), parse_decimal).flatten(),
        units: row.cell("units").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        members: Vec::new(),
    };
    // The place in a list is told to those who send lists; here the list is one cell.
    let column = |field: &str| field.split('[').next().unwrap_or_default().to_owned();
    let sheet = input.check().map_err(|errors| {
        for error in errors {
            check.fail(column(&error.field), error.rule);
        }
    });
    Some(TeamRow { id: TeamId::new(now), code: code?, sheet: sheet.ok()? })
}

/// The file that [`TeamFile::read`] reads back as these teams.
pub fn team_table(teams: &[NamedTeam]) -> Table {
    let mut table = Table::new(&TEAM_COLUMNS);
    for NamedTeam { team, units, .. } in teams {
        let details = &team.details;
        let units: Vec<&str> = units.iter().map(Code::as_str).collect();
        table.push(vec![
            Cell::plain(Some(&team.code)),
            Cell::text(Some(&details.name)),
            Cell::Whole(details.operators),
            Cell::Whole(details.capacity_per_day),
            Cell::decimal(details.base.map(Position::latitude)),
            Cell::decimal(details.base.map(Position::longitude)),
            Cell::plain(Some(units.join(" "))),
        ]);
    }
    table
}

/// The file that [`MemberFile::read`] reads back as the members of these teams.
pub fn member_table(teams: &[NamedTeam]) -> Table {
    let mut table = Table::new(&MEMBER_COLUMNS);
    for NamedTeam { team, members, .. } in teams {
        for login in members {
            // A login may begin like a formula.
            table.push(vec![Cell::plain(Some(&team.code)), Cell::text(Some(login))]);
        }
    }
    table
}
