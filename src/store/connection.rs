//! One connection type for both engines, opened by the URL's scheme. Queries written against it run on either;
//! `each!` serves the few statements that diesel can only build for one engine at a time.

use diesel::connection::SimpleConnection;
use diesel::r2d2::{self, R2D2Connection};
use diesel::{Connection, ConnectionError, ConnectionResult, PgConnection, RunQueryDsl, SqliteConnection};
use secrecy::{ExposeSecret, SecretString};

use super::error::StoreError;

/// A connection to SQLite or PostgreSQL.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

impl std::fmt::Debug for AnyConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Postgres(_) => "AnyConnection::Postgres",
            Self::Sqlite(_) => "AnyConnection::Sqlite",
        })
    }
}

/// Runs the same statement on whichever engine the connection has, for what `MultiConnection` cannot express:
/// `ON CONFLICT` and batch inserts.
macro_rules! each {
    ($connection:expr, |$c:ident| $run:expr) => {
        match $connection {
            $crate::store::connection::AnyConnection::Postgres($c) => $run,
            $crate::store::connection::AnyConnection::Sqlite($c) => $run,
        }
    };
}
pub(crate) use each;

/// Runs a query for rows whose `$column` is one of `$values`; `$among` is that condition. A single value is asked for by
/// `=`: such a statement is prepared once, one with `IN` each time.
macro_rules! among {
    ($column:expr, $values:expr, |$among:ident| $query:expr) => {
        match $values {
            [only] => {
                let $among = $column.eq(only);
                $query
            }
            many => {
                let $among = $column.eq_any(many);
                $query
            }
        }
    };
}
pub(crate) use among;

/// Runs an INSERT for `$rows` in parts: few rows as arrays, whose statements are prepared once for each length, and many
/// as lists below the bind limits of both engines. The parts are inserted in order.
macro_rules! in_parts {
    ($rows:expr, |$part:ident| $insert:expr) => {{
        let mut rest: &[_] = $rows;
        while rest.len() > 40 {
            let ($part, later) = rest.split_at(rest.len().min(500));
            $insert;
            rest = later;
        }
        while let Some(($part, later)) = rest.split_first_chunk::<8>() {
            $insert;
            rest = later;
        }
        while let Some(($part, later)) = rest.split_first_chunk::<4>() {
            $insert;
            rest = later;
        }
        while let Some(($part, later)) = rest.split_first_chunk::<1>() {
            $insert;
            rest = later;
        }
    }};
}
pub(crate) use in_parts;

/// Durable, concurrent, checked: a commit is on disk, readers never wait for the writer, foreign keys hold. What is deleted
/// or replaced is overwritten with zeros; the cheaper FAST would leave it on pages that become free.
const SQLITE_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000;";

/// A reader cannot write, and reads the file through the memory map: a ranking touches many pages once, and copying each
/// of them costs more than the aggregation itself.
const READER_PRAGMAS: &str = "PRAGMA query_only = ON; PRAGMA mmap_size = 268435456;";

/// UTC; and no statement of a request waits for ever.
const POSTGRES_SETTINGS: &str = "SET TIME ZONE 'UTC'; SET lock_timeout = '10s';";

/// Where a database is.
#[derive(Clone, Debug)]
pub struct Address {
    url: SecretString,
    engine: Engine,
}

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Address {
    /// Reads `sqlite://PATH` or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::Address`] for any other scheme. The URL itself is in no message: it may hold a password.
    pub fn parse(url: &str) -> Result<Self, StoreError> {
        let engine = if url.strip_prefix("sqlite://").is_some_and(|path| !path.is_empty()) {
            Engine::Sqlite
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Engine::Postgres
        } else {
            return Err(StoreError::Address);
        };
        Ok(Self { url: url.to_owned().into(), engine })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The file of an SQLite database.
    pub fn sqlite_path(&self) -> Option<&std::path::Path> {
        self.url.expose_secret().strip_prefix("sqlite://").map(std::path::Path::new)
    }

    /// A connection that may write.
    pub fn open(&self) -> ConnectionResult<AnyConnection> {
        match self.engine {
            Engine::Postgres => {
                let mut connection = PgConnection::establish(self.url.expose_secret())?;
                connection.batch_execute(POSTGRES_SETTINGS).map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(AnyConnection::Postgres(connection))
            }
            Engine::Sqlite => {
                let mut connection = SqliteConnection::establish(self.url.expose_secret())?;
                connection.batch_execute(SQLITE_PRAGMAS).map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(AnyConnection::Sqlite(connection))
            }
        }
    }

    fn open_reader(&self) -> ConnectionResult<AnyConnection> {
        let mut connection = self.open()?;
        if let AnyConnection::Sqlite(sqlite) = &mut connection {
            sqlite.batch_execute(READER_PRAGMAS).map_err(ConnectionError::CouldntSetupConfiguration)?;
        }
        Ok(connection)
    }
}

/// Writes the whole file anew and cuts its log to nothing. What was moved from page to page has left copies in their gaps,
/// which deleting a row does not reach; a file that is built from the rows has none.
///
/// # Errors
/// [`StoreError::Unavailable`] if others read or wrote as long as it waits.
pub fn rewrite(sqlite: &mut SqliteConnection) -> Result<(), StoreError> {
    #[derive(diesel::QueryableByName)]
    struct Checkpoint {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        busy: i32,
    }
    // The copy on the way may be larger than the memory.
    sqlite.batch_execute("PRAGMA busy_timeout = 30000; PRAGMA temp_store = FILE; VACUUM;")?;
    let done: Checkpoint = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(sqlite)?;
    if done.busy == 0 { Ok(()) } else { Err(StoreError::unavailable("the log is in use")) }
}

/// Opens the pool's connections. On SQLite these only read: writing is the writer thread's.
#[derive(Debug)]
pub struct Opener(pub Address);

impl r2d2::ManageConnection for Opener {
    type Connection = AnyConnection;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, r2d2::Error> {
        self.0.open_reader().map_err(r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), r2d2::Error> {
        connection.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}
