//! Files: what people bring in and take out, and the facts that the program ships with. Here a file becomes typed rows
//! and rows become a file; what is stored of them is decided in [`super::importing`].

pub mod absences;
pub mod denominators;
pub mod errors;
pub mod events;
pub mod export;
pub mod facts;
mod formula;
pub mod holidays;
pub mod kind;
pub mod observations;
pub mod offices;
pub mod results;
pub mod seeds;
pub mod sheet;
pub mod table;
pub mod targets;
pub mod teams;
pub mod totals;
pub mod units;
pub mod users;
pub mod venues;
mod workbook;

pub use errors::{FileError, FileErrors, Numbered};
pub use export::{ExportError, ExportOptions, ExportedFile, write_file};
pub use kind::{FileFormat, FileKind, FileWarning, ImportReport};
pub use sheet::{Columns, Row, Sheet, is_workbook, no_workbook};
pub use table::{Cell, Separator, Table};
