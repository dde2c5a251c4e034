//! The kinds of files that people bring in and take out, and what an import did.

use serde::Serialize;

use crate::domain::code::codes;

codes! {
    /// What a file holds; its columns are in docs/API.md.
    pub enum FileKind {
        Venues = "venues",
        Teams = "teams",
        Units = "units",
        Users = "users",
        Members = "members",
        Absences = "absences",
        Holidays = "holidays",
        Offices = "offices",
        Events = "events",
        Results = "results",
        Totals = "totals",
        Targets = "targets",
        Denominators = "denominators",
        Observations = "observations",
    }
}

impl FileKind {
    /// False for what no single office owns: its files are taken in and out for the installation.
    pub fn is_of_office(self) -> bool {
        !matches!(self, Self::Users | Self::Holidays | Self::Offices)
    }
}

codes! {
    /// How a file is written.
    pub enum FileFormat {
        Csv = "csv",
        /// A workbook with one sheet, named by the kind.
        Xlsx = "xlsx",
        Json = "json",
    }
}

/// What an import did, or would do. A file that is imported again has only unchanged rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub rows: usize,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// True if nothing was stored.
    pub dry_run: bool,
    /// Rows that were stored and should be looked at, the first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<FileWarning>,
}

/// A row that was stored although it looks wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileWarning {
    pub line: usize,
    /// Such as `implausible`: more than the teams can have served.
    pub code: &'static str,
}

impl ImportReport {
    /// Most warnings that are told: nobody reads more.
    const WARNINGS: usize = 1_000;

    /// Of a file with so many rows: what was neither added nor changed was there already.
    pub fn of(rows: usize, added: usize, changed: usize) -> Self {
        Self { rows, added, changed, unchanged: rows.saturating_sub(added + changed), ..Self::default() }
    }

    /// The report with the first of these warnings.
    pub fn warning(self, mut warnings: Vec<FileWarning>) -> Self {
        warnings.sort_by_key(|warning| warning.line);
        warnings.truncate(Self::WARNINGS);
        Self { warnings, ..self }
    }
}
