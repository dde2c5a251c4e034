//! The users file: one row for each member of the staff, named by his login. No file holds a password.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::errors::{FileErrors, Numbered};
use super::sheet::{Columns, Row, Sheet};
use super::table::{Cell, Table};
use crate::domain::id::UserId;
use crate::domain::language::Language;
use crate::domain::rule::{Check, FieldError};
use crate::domain::staff::{Nip, Scope, User, UserDetails, UserInput};
use crate::domain::text::Login;

/// In the order in which an export writes them.
const COLUMNS: [&str; 8] = ["login", "name", "role", "scope", "email", "phone", "rank", "nip"];
const REQUIRED: Columns<'_> = Columns { required: &["login"], optional: &COLUMNS };

/// The rows of a file as they were typed; what they say depends on what is stored.
#[derive(Debug, Clone)]
pub struct UserFile {
    pub rows: Vec<Numbered<UserRow>>,
    pub errors: FileErrors,
    columns: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// Used if the login is new.
    pub id: UserId,
    pub login: Login,
    input: UserInput,
}

impl UserFile {
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        let sheet = Sheet::read(bytes, &REQUIRED)?;
        let (rows, errors) = sheet.parse(|row, check| parse_row(row, check, now));
        Ok(Self { rows, errors, columns: sheet.columns().map(str::to_owned).collect() })
    }

    /// What this row makes of a stored user, or of a new one: columns that the file lacks leave what is stored. An empty
    /// scope is `office`, if the file is one office's; nobody gets the whole nation by an empty cell, but who has it keeps it.
    pub fn details(
        &self,
        row: &UserRow,
        stored: Option<&UserDetails>,
        office: Option<&Scope>,
    ) -> Result<UserDetails, Vec<FieldError>> {
        let known = stored.map(typed).unwrap_or_default();
        let pick = |column: &str, new: &Option<String>, old: Option<String>| {
            if self.columns.contains(column) { new.clone() } else { old }
        };
        let new = &row.input;
        let was_nation = stored.is_some_and(|stored| stored.scope == Scope::NATION);
        let empty_scope = if was_nation { Some(&Scope::NATION) } else { office };
        UserInput {
            name: pick("name", &new.name, known.name),
            role: pick("role", &new.role, known.role),
            scope: pick("scope", &new.scope, known.scope).or_else(|| empty_scope.map(ToString::to_string)),
            email: pick("email", &new.email, known.email),
            phone: pick("phone", &new.phone, known.phone),
            rank: pick("rank", &new.rank, known.rank),
            nip: pick("nip", &new.nip, known.nip),
            language: known.language,
        }
        .check()
    }
}

fn parse_row(row: Row<'_>, check: &mut Check, now: DateTime<Utc>) -> Option<UserRow> {
    let login = check.required("login", row.cell("login"), str::parse);
    let input = UserInput {
        name: row.text("name"),
        role: row.text("role"),
        scope: row.text("scope"),
        email: row.text("email"),
        phone: row.text("phone"),
        rank: row.text("rank"),
        nip: row.text("nip"),
        language: None,
    };
    Some(UserRow { id: UserId::new(now), login: login?, input })
}

/// What is stored, as somebody would type it.
fn typed(details: &UserDetails) -> UserInput {
    UserInput {
        name: Some(details.name.to_string()),
        role: Some(details.role.to_string()),
        scope: Some(details.scope.to_string()),
        email: details.email.as_ref().map(ToString::to_string),
        phone: details.phone.as_ref().map(ToString::to_string),
        rank: details.rank.as_ref().map(ToString::to_string),
        nip: details.nip.as_ref().map(|nip| nip.as_str().to_owned()),
        language: details.language.map(Language::as_str).map(str::to_owned),
    }
}

/// The file that [`UserFile::read`] reads back as these users.
pub fn user_table(users: &[User]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for User { login, details, .. } in users {
        table.push(vec![
            // A login may begin like a formula.
            Cell::text(Some(login)),
            Cell::text(Some(&details.name)),
            Cell::plain(Some(details.role)),
            Cell::plain(Some(&details.scope)),
            Cell::text(details.email.as_ref()),
            Cell::plain(details.phone.as_ref()),
            Cell::text(details.rank.as_ref()),
            Cell::plain(details.nip.as_ref().map(Nip::as_str)),
        ]);
    }
    table
}
