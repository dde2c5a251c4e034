//! Files in and out: a file is read outside the transaction, its rows are compared with what is stored and saved all
//! together or not at all. One file here per kind; the columns are in [`super::files`].

mod absences;
mod denominators;
mod events;
mod holidays;
mod names;
mod observations;
mod offices;
mod options;
mod progress;
mod results;
mod targets;
mod teams;
mod totals;
mod units;
mod users;
mod venues;
mod wide;

use chrono::{DateTime, Utc};

pub use options::ImportOptions;
pub use progress::Progress;

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::files::absences::{AbsenceFile, absence_table};
use super::files::denominators::{DenominatorFile, denominator_table};
use super::files::events::{EventFile, event_table};
use super::files::observations::{ObservationFile, observation_table};
use super::files::results::{ResultFile, result_table};
use super::files::targets::{TargetFile, target_table};
use super::files::teams::{MemberFile, TeamFile, member_table, team_table};
use super::files::totals::{TotalFile, total_table};
use super::files::units::{UnitFile, unit_table};
use super::files::venues::{VenueFile, venue_table};
pub use super::files::{ExportOptions, ExportedFile};
use super::files::{FileErrors, FileKind, ImportReport, Table, is_workbook, no_workbook, write_file};
use crate::domain::audit::Change;
use crate::domain::permission::{Export, Plan};
use crate::domain::region::RegionCode;
use crate::store::queries::units::list_all_units;
use crate::store::queries::venues::list_all_venues;

/// A file that was read, with the ids of what it may add.
#[derive(Debug)]
enum OfficeFile {
    Venues(VenueFile),
    Teams(TeamFile),
    Units(UnitFile),
    Members(MemberFile),
    Events(EventFile),
    Results(ResultFile),
    Totals(TotalFile),
    Absences(AbsenceFile),
    Targets(TargetFile),
    Denominators(DenominatorFile),
    Observations(ObservationFile),
}

impl OfficeFile {
    /// None for a kind that no office owns.
    fn read(kind: FileKind, bytes: &[u8], now: DateTime<Utc>) -> Option<Result<Self, FileErrors>> {
        Some(match kind {
            FileKind::Venues => VenueFile::read(bytes, now).map(Self::Venues),
            FileKind::Teams => TeamFile::read(bytes, now).map(Self::Teams),
            FileKind::Units => UnitFile::read(bytes, now).map(Self::Units),
            FileKind::Members => MemberFile::read(bytes).map(Self::Members),
            FileKind::Events => EventFile::read(bytes, now).map(Self::Events),
            FileKind::Results => ResultFile::read(bytes, now).map(Self::Results),
            FileKind::Totals => TotalFile::read(bytes, now).map(Self::Totals),
            FileKind::Absences => AbsenceFile::read(bytes, now).map(Self::Absences),
            FileKind::Targets => TargetFile::read(bytes, now).map(Self::Targets),
            FileKind::Denominators => DenominatorFile::read(bytes, now).map(Self::Denominators),
            FileKind::Observations => ObservationFile::read(bytes, now).map(Self::Observations),
            FileKind::Users | FileKind::Holidays | FileKind::Offices => return None,
        })
    }

    fn rows(&self) -> usize {
        match self {
            Self::Venues(file) => file.rows.len(),
            Self::Teams(file) => file.rows.len(),
            Self::Units(file) => file.rows.len(),
            Self::Members(file) => file.rows.len(),
            Self::Events(file) => file.rows.len(),
            Self::Results(file) => file.rows.len(),
            Self::Totals(file) => file.rows.len(),
            Self::Absences(file) => file.rows.len(),
            Self::Targets(file) => file.rows.len(),
            Self::Denominators(file) => file.rows.len(),
            Self::Observations(file) => file.rows.len(),
        }
    }

    /// Compares with what is stored and saves. A dry run is undone by its caller, so nothing here knows of it.
    fn save(&self, desk: &mut Desk<'_, Plan>, options: &ImportOptions) -> Result<ImportReport, ServiceError> {
        options.progress.begin(self.rows());
        let report = self.save_rows(desk, options)?;
        options.progress.finish();
        Ok(report)
    }

    fn save_rows(&self, desk: &mut Desk<'_, Plan>, options: &ImportOptions) -> Result<ImportReport, ServiceError> {
        match self {
            Self::Venues(file) => venues::save(desk, file),
            Self::Teams(file) => teams::save(desk, file),
            Self::Units(file) => units::save(desk, file),
            Self::Members(file) => teams::save_members(desk, file),
            Self::Events(file) => events::save(desk, file),
            Self::Results(file) => results::save(desk, file, options),
            Self::Totals(file) => totals::save(desk, file),
            Self::Absences(file) => absences::save(desk, file),
            Self::Targets(file) => targets::save(desk, file),
            Self::Denominators(file) => denominators::save(desk, file),
            Self::Observations(file) => observations::save(desk, file),
        }
    }
}

impl Services {
    /// Takes a file of an office in; the users of an office are those whose scope it is.
    ///
    /// # Errors
    /// [`ServiceError::File`] with every bad row; then nothing is stored. [`ServiceError::NotFound`] for a kind that no
    /// office has.
    pub async fn import_file(
        &self,
        caller: &Caller,
        office: &RegionCode,
        kind: FileKind,
        bytes: impl AsRef<[u8]> + Send + 'static,
        options: ImportOptions,
    ) -> Result<ImportReport, ServiceError> {
        if kind == FileKind::Users {
            return self.import_users_of(caller, office, bytes, options).await;
        }
        // Who may not import is told so before his file is read.
        self.read_office(caller, office, |_: &mut Desk<'_, Plan>| Ok(())).await?;
        let file =
            self.parse_file(bytes, options.is_workbook, move |bytes, now| OfficeFile::read(kind, bytes, now)).await?;
        let imported = self
            .write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
                let report = file.save(desk, &options)?;
                if options.dry_run {
                    return Err(ServiceError::DryRun(ImportReport { dry_run: true, ..report }));
                }
                if let Some(change) = describe(kind, &report) {
                    desk.record(change)?;
                }
                Ok(report)
            })
            .await;
        with_dry_run(imported)
    }

    /// Writes a file that an import reads back.
    pub async fn export_file(
        &self,
        caller: &Caller,
        office: &RegionCode,
        kind: FileKind,
        options: ExportOptions,
    ) -> Result<ExportedFile, ServiceError> {
        let table = match kind {
            FileKind::Users => self.table_of_users(caller, office).await?,
            kind if kind.is_of_office() => {
                self.read_office(caller, office, move |desk: &mut Desk<'_, Export>| table(desk, kind)).await?
            }
            _ => return Err(ServiceError::NotFound),
        };
        self.write_table(table, kind.as_str(), Some(office.to_string()), options).await
    }

    /// Reads a file away from the threads that others wait for.
    async fn parse_file<T: Send + 'static>(
        &self,
        bytes: impl AsRef<[u8]> + Send + 'static,
        is_workbook_meant: bool,
        read: impl FnOnce(&[u8], DateTime<Utc>) -> Option<Result<T, FileErrors>> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let now = self.clock.now();
        let parse = move || {
            if is_workbook_meant && !is_workbook(bytes.as_ref()) {
                Some(Err(no_workbook()))
            } else {
                read(bytes.as_ref(), now)
            }
        };
        let parsed = tokio::task::spawn_blocking(parse).await.map_err(ServiceError::internal)?;
        Ok(parsed.ok_or(ServiceError::NotFound)??)
    }

    /// Writes a file away from the threads that others wait for.
    pub(super) async fn write_table(
        &self,
        table: Table,
        what: &'static str,
        place: Option<String>,
        options: ExportOptions,
    ) -> Result<ExportedFile, ServiceError> {
        let now = self.clock.now();
        let write = move || write_file(&table, (what, place.as_deref()), options, now);
        Ok(tokio::task::spawn_blocking(write).await.map_err(ServiceError::internal)??)
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
        FileKind::Totals => {
            let mut all = totals::list_all(desk)?;
            // Equal ones are one row: the file reads back as it is.
            all.dedup_by(|a, b| a.details == b.details);
            total_table(&all)
        }
        FileKind::Absences => absence_table(absences::list_all(desk)?),
        FileKind::Targets => target_table(&targets::list_all(desk)?),
        FileKind::Denominators => denominator_table(&denominators::list_all(desk)?),
        FileKind::Observations => observation_table(&observations::list_all(desk)?),
        FileKind::Users | FileKind::Holidays | FileKind::Offices => return Err(ServiceError::NotFound),
    })
}

/// What the trail says of an import that changed something.
fn describe(kind: FileKind, report: &ImportReport) -> Option<Change> {
    let change = Change::new("file.imported", "file", kind)
        .with("added", report.added)
        .with("changed", report.changed)
        .with("unchanged", report.unchanged);
    (report.added + report.changed > 0).then_some(change)
}

/// The report of a dry run, which comes as the error that undid it.
fn with_dry_run(imported: Result<ImportReport, ServiceError>) -> Result<ImportReport, ServiceError> {
    match imported {
        Err(ServiceError::DryRun(report)) => Ok(report),
        imported => imported,
    }
}
