//! Files of what no single office owns: users, holidays and offices. An admin takes them in, within his own scope.

use chrono::{DateTime, Utc};

use super::options::ImportOptions;
use super::{describe, holidays, offices, users, with_dry_run};
use crate::domain::permission::{Administer, Export};
use crate::domain::region::RegionCode;
use crate::domain::staff::Scope;
use crate::service::desk::{Caller, Desk, Services, WideDesk};
use crate::service::error::ServiceError;
use crate::service::files::holidays::{HolidayFile, holiday_table};
use crate::service::files::offices::{OfficeFile, office_table};
use crate::service::files::users::{UserFile, user_table};
use crate::service::files::{ExportOptions, ExportedFile, FileErrors, FileKind, ImportReport, Table};
use crate::store::queries::offices::list_offices;
use crate::store::queries::users::list_all_users;

/// A file that was read, with the ids of what it may add.
#[derive(Debug)]
enum WideFile {
    Users(UserFile, Option<RegionCode>),
    Holidays(HolidayFile),
    Offices(OfficeFile),
}

impl WideFile {
    /// None for a kind that belongs to an office.
    fn read(kind: FileKind, bytes: &[u8], now: DateTime<Utc>) -> Option<Result<Self, FileErrors>> {
        match kind {
            FileKind::Users => Some(UserFile::read(bytes, now).map(|file| Self::Users(file, None))),
            FileKind::Holidays => Some(HolidayFile::read(bytes, now).map(Self::Holidays)),
            FileKind::Offices => Some(OfficeFile::read(bytes, now).map(Self::Offices)),
            _ => None,
        }
    }

    fn kind(&self) -> FileKind {
        match self {
            Self::Users(..) => FileKind::Users,
            Self::Holidays(_) => FileKind::Holidays,
            Self::Offices(_) => FileKind::Offices,
        }
    }

    /// Whom alone it is about, if that is one office.
    fn scope(&self) -> Option<Scope> {
        match self {
            Self::Users(_, office) => office.clone().map(Scope::region),
            Self::Holidays(_) | Self::Offices(_) => None,
        }
    }

    fn save(&self, desk: &mut WideDesk<'_, Administer>) -> Result<ImportReport, ServiceError> {
        match self {
            Self::Users(file, office) => users::save(desk, file, office.as_ref()),
            Self::Holidays(file) => holidays::save(desk, file),
            Self::Offices(file) => offices::save(desk, file),
        }
    }
}

impl Services {
    /// Takes a file of the installation in.
    ///
    /// # Errors
    /// As [`Services::import_file`]; [`ServiceError::NotFound`] for a kind that belongs to an office.
    pub async fn import_wide_file(
        &self,
        caller: &Caller,
        kind: FileKind,
        bytes: impl AsRef<[u8]> + Send + 'static,
        options: ImportOptions,
    ) -> Result<ImportReport, ServiceError> {
        self.read_wide(caller, |_: &mut WideDesk<'_, Administer>| Ok(())).await?;
        let file =
            self.parse_file(bytes, options.is_workbook, move |bytes, now| WideFile::read(kind, bytes, now)).await?;
        self.save_wide(caller, file, options.dry_run).await
    }

    /// Takes the users of one office in.
    pub(super) async fn import_users_of(
        &self,
        caller: &Caller,
        office: &RegionCode,
        bytes: impl AsRef<[u8]> + Send + 'static,
        options: ImportOptions,
    ) -> Result<ImportReport, ServiceError> {
        self.read_office(caller, office, |_: &mut Desk<'_, Administer>| Ok(())).await?;
        let read = |bytes: &[u8], now| Some(UserFile::read(bytes, now));
        let file = self.parse_file(bytes, options.is_workbook, read).await?;
        self.save_wide(caller, WideFile::Users(file, Some(office.clone())), options.dry_run).await
    }

    async fn save_wide(&self, caller: &Caller, file: WideFile, dry_run: bool) -> Result<ImportReport, ServiceError> {
        let imported = self
            .write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
                let report = file.save(desk)?;
                if dry_run {
                    return Err(ServiceError::DryRun(ImportReport { dry_run: true, ..report }));
                }
                if let Some(change) = describe(file.kind(), &report) {
                    let scope = file.scope().unwrap_or_else(|| desk.permit.reach());
                    desk.record(&scope, change)?;
                }
                Ok(report)
            })
            .await;
        with_dry_run(imported)
    }

    /// Writes a file that an import reads back: of what lies within the caller's scope, and every holiday.
    pub async fn export_wide_file(
        &self,
        caller: &Caller,
        kind: FileKind,
        options: ExportOptions,
    ) -> Result<ExportedFile, ServiceError> {
        let table = match kind {
            FileKind::Users => {
                self.read_wide(caller, |desk: &mut WideDesk<'_, Administer>| {
                    Ok(user_table(&list_all_users(desk.connection, &desk.permit.reach())?))
                })
                .await?
            }
            FileKind::Holidays => {
                let list = |desk: &mut WideDesk<'_, Export>| Ok(holiday_table(&holidays::list_all(desk)?));
                self.read_wide(caller, list).await?
            }
            FileKind::Offices => {
                self.read_wide(caller, |desk: &mut WideDesk<'_, Export>| {
                    Ok(office_table(&list_offices(desk.connection, &desk.permit.reach())?))
                })
                .await?
            }
            _ => return Err(ServiceError::NotFound),
        };
        self.write_table(table, kind.as_str(), None, options).await
    }

    /// The users of one office.
    pub(super) async fn table_of_users(&self, caller: &Caller, office: &RegionCode) -> Result<Table, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Administer>| {
            let own = Scope::region(desk.office().code.clone());
            Ok(user_table(&list_all_users(desk.connection, &own)?))
        })
        .await
    }
}
