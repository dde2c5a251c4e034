//! How a use case fails, in few kinds. `web::error` turns kinds into statuses, the command line into exit codes; causes
//! go to the log, never to the reader.

use super::files::{ExportError, FileErrors, ImportReport};
use crate::domain::clash::Clash;
use crate::domain::permission::Denied;
use crate::domain::reading::Reading;
use crate::domain::rule::{FieldError, Rule};
use crate::store::{Retry, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Rules of the input are broken: each names its field.
    #[error("the input breaks {} rule(s)", .0.len())]
    Invalid(Vec<FieldError>),
    /// Rules are broken in rows of a file; nothing of it is stored.
    #[error("the file breaks {} rule(s)", .0.total())]
    File(FileErrors),
    /// A share that may be of several things, or that can be of none that was named; with the readings to choose from.
    #[error("the share needs another reading")]
    Reading(Box<RefusedShare>),
    /// The answer of a dry run on its way out of the transaction that it undoes; no caller ever sees it.
    #[error("a dry run")]
    DryRun(ImportReport),
    /// There is no such thing, or not within the actor's scope.
    #[error("not found")]
    NotFound,
    #[error("the actor may not do this")]
    Forbidden,
    /// Nobody is signed in, or login and password do not match.
    #[error("not signed in")]
    Unauthenticated,
    #[error("{0}")]
    Conflict(Conflict),
    /// The version that the caller knew is not the stored one any more.
    #[error("the version is stale")]
    Stale,
    /// A version must be named.
    #[error("a version is required")]
    VersionRequired,
    /// Too many tries: come back after so many seconds.
    #[error("too many tries")]
    TooMany { retry_after: u64 },
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A bug or a broken part of the machine.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Why a share is not taken, with every reading of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedShare {
    pub rule: Rule,
    pub readings: Vec<Reading>,
}

/// A request that is right in itself, against what is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Somebody or something is booked already, all of them in the order (date, slot, kind, subject).
    #[error("{} clash(es)", .0.len())]
    Clashes(Vec<Clash>),
    /// The state does not allow the step.
    #[error("{from} does not allow {step}")]
    State { from: &'static str, step: &'static str },
    /// Another row has this value of a unique field.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// It is still used and can neither be deleted nor archived.
    #[error("still in use")]
    InUse,
    /// Only a letter that was given up, and whose content is still kept, is sent again.
    #[error("the letter was not given up")]
    NotDead,
    /// The period is locked.
    #[error("the period is locked")]
    PeriodLocked,
}

impl ServiceError {
    /// One broken rule.
    pub fn invalid(field: impl Into<String>, rule: Rule) -> Self {
        Self::Invalid(vec![FieldError::new(field, rule)])
    }

    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// True if trying again later may succeed.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Store(StoreError::Unavailable(_) | StoreError::Conflict(_) | StoreError::CommitUnknown(_)))
    }

    /// What an update of the store says: nothing was saved if its version was no longer the one that was read.
    pub fn stale_unless(saved: bool) -> Result<(), Self> {
        if saved { Ok(()) } else { Err(Self::Stale) }
    }

    /// Tells a unique violation by the field that the reader knows.
    pub fn taken(field: &'static str) -> impl FnOnce(StoreError) -> Self {
        move |error| match error {
            StoreError::Taken(_) => Self::Conflict(Conflict::Taken(field)),
            other => Self::Store(other),
        }
    }
}

impl From<Denied> for ServiceError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Hidden => Self::NotFound,
            Denied::NotAllowed => Self::Forbidden,
        }
    }
}

impl From<Conflict> for ServiceError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<Vec<FieldError>> for ServiceError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}

impl From<FileErrors> for ServiceError {
    fn from(errors: FileErrors) -> Self {
        Self::File(errors)
    }
}

impl From<ExportError> for ServiceError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::TooManyRows => Self::invalid("format", Rule::TooMany(ExportError::ROWS_MAX)),
            ExportError::Workbook(_) => Self::internal(error),
        }
    }
}

impl Retry for ServiceError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}
