//! Files in and out: a file is read outside the transaction, its rows are compared with what is stored and saved all
//! together or not at all. One file here per kind; the columns are in [`super::files`].

mod events;
mod names;
mod options;
mod results;
mod teams;
mod totals;
mod units;
mod venues;

use chrono::{DateTime, Utc};

pub use options::{ExportOptions, ImportOptions};

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::files::events::{EventFile, event_table};
use super::files::results::{ResultFile, result_table};
use super::files::teams::{MemberFile, TeamFile, member_table, team_table};
use super::files::totals::{TotalFile, total_table};
use super::files::units::{UnitFile, unit_table};
use super::files::venues::{VenueFile, venue_table};
use super::files::{FileErrors, FileFormat, FileKind, ImportReport, Table};
use crate::domain::audit::Change;
use crate::domain::permission::{Export, Plan};
use crate::domain::region::RegionCode;
use crate::store::queries::units::list_all_units;
use crate::store::queries::venues::list_all_venues;

/// A file on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Made of codes only: safe in a header and on any disk.
    pub name: String,
    pub format: FileFormat,
    pub bytes: Vec<u8>,
}

/// A file that was read, with the ids of what it may add.
#[derive(Debug)]
enum ParsedFile {
    Venues(VenueFile),
    Teams(TeamFile),
    Units(UnitFile),
    Members(MemberFile),
    Events(EventFile),
    Results(ResultFile),
    Totals(TotalFile),
}

impl ParsedFile {
    fn read(kind: FileKind, bytes: &[u8], now: DateTime<Utc>) -> Result<Self, FileErrors> {
        match kind {
            FileKind::Venues => VenueFile::read(bytes, now).map(Self::Venues),
            FileKind::Teams => TeamFile::read(bytes, now).map(Self::Teams),
            FileKind::Units => UnitFile::read(bytes, now).map(Self::Units),
            FileKind::Members => MemberFile::read(bytes).map(Self::Members),
            FileKind::Events => EventFile::read(bytes, now).map(Self::Events),
            FileKind::Results => ResultFile::read(bytes, now).map(Self::Results),
            FileKind::Totals => TotalFile::read(bytes, now).map(Self::Totals),
        }
    }

    /// Compares with what is stored and saves. A dry run is undone by its caller, so nothing here knows of it.
    fn save(&self, desk: &mut Desk<'_, Plan>, options: &ImportOptions) -> Result<ImportReport, ServiceError> {
        match self {
            Self::Venues(file) => venues::save(desk, file),
            Self::Teams(file) => teams::save(desk, file),
            Self::Units(file) => units::save(desk, file),
            Self::Members(file) => teams::save_members(desk, file),
            Self::Events(file) => events::save(desk, file),
            Self::Results(file) => results::save(desk, file, options),
            Self::Totals(file) => totals::save(desk, file),
        }
    }
}

impl Services {
    /// Takes a file in.
    ///
    /// # Errors
    /// [`ServiceError::File`] with every bad row; then nothing is stored.
    pub async fn import_file(
        &self,
        caller: &Caller,
        office: &RegionCode,
        kind: FileKind,
        bytes: impl AsRef<[u8]> + Send + 'static,
        options: ImportOptions,
    ) -> Result<ImportReport, ServiceError> {
        // Who may not import is told so before his file is read.
        self.read_office(caller, office, |_: &mut Desk<'_, Plan>| Ok(())).await?;
        let now = self.clock.now();
        let read = move || ParsedFile::read(kind, bytes.as_ref(), now);
        let file = tokio::task::spawn_blocking(read).await.map_err(ServiceError::internal)??;
        let imported = self
            .write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
                let report = file.save(desk, &options)?;
                if options.dry_run {
                    return Err(ServiceError::DryRun(ImportReport { dry_run: true, ..report }));
                }
                record_import(desk, kind, report)
            })
            .await;
        match imported {
            Err(ServiceError::DryRun(report)) => Ok(report),
            imported => imported,
        }
    }

    /// Writes a file that an import reads back.
    pub async fn export_file(
        &self,
        caller: &Caller,
        office: &RegionCode,
        kind: FileKind,
        options: ExportOptions,
    ) -> Result<ExportedFile, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let table = table(desk, kind)?;
            let bytes = match options.format {
                FileFormat::Csv => table.to_csv(options.separator),
                FileFormat::Json => table.to_json(),
            };
            let name = format!("{kind}-{}.{}", desk.office().code, options.format);
            Ok(ExportedFile { name, format: options.format, bytes })
        })
        .await
    }
}

fn table(desk: &mut Desk<'_, Export>, kind: FileKind) -> Result<Table, ServiceError> {
    Ok(match kind {
        FileKind::Venues => venue_table(&list_all_venues(desk.connection, desk.scope())?),
        FileKind::Teams => team_table(&teams::list_named(desk)?),
        FileKind::Units => unit_table(&list_all_units(desk.connection, desk.scope())?),
        FileKind::Members => member_table(&teams::list_named(desk)?),
        FileKind::Events => event_table(&events::list_days(desk)?),
        FileKind::Results => result_table(&results::list_results(desk)?),
        FileKind::Totals => total_table(&totals::list_all(desk)?),
    })
}

fn record_import(
    desk: &mut Desk<'_, Plan>,
    kind: FileKind,
    report: ImportReport,
) -> Result<ImportReport, ServiceError> {
    if report.added + report.changed > 0 {
        let change = Change::new("file.imported", "file", kind)
            .with("added", report.added)
            .with("changed", report.changed)
            .with("unchanged", report.unchanged);
        desk.record(change)?;
    }
    Ok(report)
}
