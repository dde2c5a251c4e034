//! What can go wrong in the store, told once: the floors above see kinds, never an engine's own words.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// An error of the database as the use cases need to tell it apart.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique key already has this value.
    #[error("a unique key already has this value")]
    Taken(#[source] DieselError),
    /// A foreign key points nowhere, or a row is still pointed at.
    #[error("a foreign key does not hold")]
    Dangling(#[source] DieselError),
    /// The database cannot take it now: locked, full, gone, restarting. Trying again later may succeed.
    #[error("the database is not available")]
    Unavailable(#[source] BoxedCause),
    /// The answer to COMMIT was lost: what was written may be there or not, so it is not tried again from here.
    #[error("the database did not say whether it committed")]
    CommitUnknown(#[source] DieselError),
    /// Two transactions stood in each other's way: the whole transaction may be run again at once.
    #[error("the transaction must be run again")]
    Conflict(#[source] DieselError),
    /// Anything else: a bug, or a broken database.
    #[error("the database refused a statement")]
    Broken(#[source] BoxedCause),
    /// Neither `sqlite://PATH` nor `postgres://…`.
    #[error("database.url must be sqlite://PATH or postgres://…")]
    Address,
    /// The tables are older or newer than this program.
    #[error("the database needs `jemputbola migrate`")]
    NotMigrated,
}

type BoxedCause = Box<dyn std::error::Error + Send + Sync>;

impl StoreError {
    pub fn unavailable(cause: impl Into<BoxedCause>) -> Self {
        Self::Unavailable(cause.into())
    }

    pub fn broken(cause: impl Into<BoxedCause>) -> Self {
        Self::Broken(cause.into())
    }

    /// True if the same transaction may succeed when run again from its start.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Unavailable(_))
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, info) = &error else {
            return Self::broken(error);
        };
        // Diesel tells a deadlock or a shutdown of PostgreSQL only by its message, which docs/OPERATIONS.md asks to have
        // in English (`lc_messages`); SQLite tells everything but broken keys so.
        let message = info.message();
        let says = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
        match kind {
            DatabaseErrorKind::UniqueViolation => Self::Taken(error),
            DatabaseErrorKind::ForeignKeyViolation => Self::Dangling(error),
            DatabaseErrorKind::SerializationFailure => Self::Conflict(error),
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::ReadOnlyTransaction => Self::unavailable(error),
            _ if says(&["deadlock"]) => Self::Conflict(error),
            _ if says(UNAVAILABLE) => Self::unavailable(error),
            _ => Self::broken(error),
        }
    }
}

const UNAVAILABLE: &[&str] = &[
    "database is locked",
    "database table is locked",
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "terminating connection",
    "server closed the connection",
    "connection to server",
    "the database system is",
    "lock timeout",
    "could not extend file",
    "No space left on device",
    "no connection to the server",
    "SSL SYSCALL",
    "remaining connection slots",
    "too many clients",
];
