//! The database as the rest of the program sees it: [`Database::read`] for queries, [`Database::write`] for decisions.
//! Both take a closure that runs off the async threads with a connection; neither shows which engine is behind.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use diesel::r2d2::Pool;
use diesel::result::DatabaseErrorKind;
use tokio::sync::{mpsc, oneshot};

use super::connection::{self, Address, AnyConnection, Engine, Opener};
use super::error::StoreError;
use super::usage;
use super::writer::{self, Done, Job};

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Database {
    address: Address,
    pool: Pool<Opener>,
    /// The writer thread's queue; PostgreSQL groups commits itself and needs none.
    writer: Option<mpsc::Sender<Job>>,
    waiting: Arc<AtomicI64>,
    /// Tells others that an SQLite file is in use.
    _hold: Option<Arc<File>>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("engine", &self.address.engine()).finish_non_exhaustive()
    }
}

/// How long a request waits for a connection or a place in the queue before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// Waits between the tries of a transaction that PostgreSQL did not take.
const RETRY_AFTER: [Duration; 5] = [
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(1),
];

/// Figures of the store for `/metrics`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreFigures {
    /// Writes that wait for, or are in, a transaction.
    pub writes_waiting: i64,
    pub connections: u32,
    pub idle_connections: u32,
}

impl Database {
    /// Opens the database; its tables must be migrated already.
    ///
    /// # Errors
    /// The real reason why a connection fails, at once.
    pub fn open(address: &Address, connections: u32) -> Result<Self, StoreError> {
        let hold = address.sqlite_path().map(usage::hold).transpose().map_err(StoreError::unavailable)?;
        // The first connection is opened here, because the pool would hide the reason behind a time-out.
        drop(address.open().map_err(StoreError::unavailable)?);
        let pool = Pool::builder()
            .max_size(connections)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            // A file does not go away; asking it first would cost each request a statement.
            .test_on_check_out(address.engine() == Engine::Postgres)
            .build_unchecked(Opener(address.clone()));
        let writer = match address.engine() {
            Engine::Postgres => None,
            Engine::Sqlite => Some(start_writer(address.clone())?),
        };
        Ok(Self { address: address.clone(), pool, writer, waiting: Arc::default(), _hold: hold.map(Arc::new) })
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    pub fn figures(&self) -> StoreFigures {
        let state = self.pool.state();
        StoreFigures {
            writes_waiting: self.waiting.load(Ordering::Relaxed),
            connections: state.connections,
            idle_connections: state.idle_connections,
        }
    }

    /// Runs queries that change nothing. They all see the database as it was at the first of them, whatever is
    /// committed meanwhile; a statement that writes is refused.
    ///
    /// # Errors
    /// What `query` answers, or [`StoreError::Unavailable`] if no connection is to be had.
    pub async fn read<T, E>(
        &self,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let pool = self.pool.clone();
        let run = move || {
            let mut connection = pool.get().map_err(StoreError::unavailable)?;
            snapshot(&mut connection, query)
        };
        tokio::task::spawn_blocking(run).await.unwrap_or_else(|panic| Err(StoreError::broken(panic).into()))
    }

    /// Runs one decision (load, decide, save) as one transaction and answers once it is durable.
    /// The closure may run again on PostgreSQL, so it must not carry state from one run to the next;
    /// an `Err` of it rolls back everything it wrote.
    ///
    /// # Errors
    /// What `decision` answers, or [`StoreError::Unavailable`] if the transaction was not committed.
    pub async fn write<T, E>(
        &self,
        decision: impl Fn(&mut AnyConnection) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Retry + Send + 'static,
    {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let outcome = match &self.writer {
            Some(writer) => write_in_group(writer, decision).await,
            None => write_with_retries(&self.pool, Arc::new(decision)).await,
        };
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        outcome
    }

    /// Writes an SQLite file anew, so that nothing in it or its log still holds what was erased. Writers wait
    /// meanwhile. PostgreSQL cleans up by itself.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if others were reading or writing all the time.
    pub async fn rewrite(&self) -> Result<(), StoreError> {
        let address = self.address.clone();
        let run = move || match address.open().map_err(StoreError::unavailable)? {
            AnyConnection::Sqlite(mut sqlite) => connection::rewrite(&mut sqlite),
            AnyConnection::Postgres(_) => Ok(()),
        };
        tokio::task::spawn_blocking(run).await.unwrap_or_else(|panic| Err(StoreError::broken(panic)))
    }
}

/// Tells whether an error of a transaction means that it may be run again from its start.
pub trait Retry {
    fn is_transient(&self) -> bool;
}

impl Retry for StoreError {
    fn is_transient(&self) -> bool {
        self.is_transient()
    }
}

fn start_writer(address: Address) -> Result<mpsc::Sender<Job>, StoreError> {
    let (sender, receiver) = mpsc::channel(writer::QUEUE);
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || writer::run(&address, receiver))
        .map_err(StoreError::unavailable)?;
    Ok(sender)
}

async fn write_in_group<T, E>(
    writer: &mpsc::Sender<Job>,
    decision: impl Fn(&mut AnyConnection) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let job: Job = Box::new(move |connection| {
        let decided = decision(connection);
        let keep = decided.is_ok();
        let answer = move |committed: Result<(), StoreError>| {
            // A caller that went away has no use for the answer.
            sender.send(committed.map_err(E::from).and(decided)).ok();
        };
        Done { keep, answer: Box::new(answer) }
    });
    writer.send_timeout(job, PATIENCE).await.map_err(|full| StoreError::unavailable(full.to_string()))?;
    receiver.await.unwrap_or_else(|_| Err(StoreError::unavailable("the write was not tried").into()))
}

async fn write_with_retries<T, E, F>(pool: &Pool<Opener>, decision: Arc<F>) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Retry + Send + 'static,
    F: Fn(&mut AnyConnection) -> Result<T, E> + Send + Sync + 'static,
{
    let mut waits = RETRY_AFTER.into_iter();
    loop {
        let (pool, decision) = (pool.clone(), Arc::clone(&decision));
        let run = move || match pool.get() {
            Ok(mut connection) => Ok(transact(&mut connection, |connection| decision(connection))),
            Err(error) => Err(StoreError::unavailable(error)),
        };
        let tried = tokio::task::spawn_blocking(run).await.unwrap_or_else(|panic| Err(StoreError::broken(panic)));
        // The pool itself has waited for a connection as long as anybody should.
        let outcome = tried.map_err(E::from)?;
        match (outcome, waits.next()) {
            (Err(error), Some(wait)) if error.is_transient() => tokio::time::sleep(wait).await,
            (outcome, _) => return outcome,
        }
    }
}

type Manager = <AnyConnection as Connection>::TransactionManager;

fn begin(connection: &mut AnyConnection, on_sqlite: &str, on_postgres: &str) -> Result<(), StoreError> {
    match connection {
        AnyConnection::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, on_sqlite),
        AnyConnection::Postgres(postgres) => AnsiTransactionManager::begin_transaction_sql(postgres, on_postgres),
    }
    .map_err(StoreError::from)
}

/// All statements of `query` at one state of the database. The default level of PostgreSQL would give each its own.
fn snapshot<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    query: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    begin(connection, "BEGIN DEFERRED", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
    let found = query(connection);
    // What was read stays read. A connection that cannot end its transaction is broken; the pool drops it.
    match &found {
        Ok(_) => Manager::commit_transaction(connection).ok(),
        Err(_) => Manager::rollback_transaction(connection).ok(),
    };
    found
}

/// One transaction on this connection, rolled back on an error or a panic of `decision`.
pub fn transact<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    decision: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    // Deferred would read before it locks: on SQLite such a transaction fails as soon as another one writes.
    begin(connection, "BEGIN IMMEDIATE", "BEGIN")?;
    match decision(connection) {
        Ok(value) => {
            Manager::commit_transaction(connection).map(|()| value).map_err(|error| commit_error(error).into())
        }
        Err(error) => {
            // A connection that cannot roll back is broken; the pool drops it.
            Manager::rollback_transaction(connection).ok();
            Err(error)
        }
    }
}

/// A refused COMMIT has rolled back; one without an answer may have happened.
fn commit_error(error: diesel::result::Error) -> StoreError {
    match &error {
        diesel::result::Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => {
            StoreError::CommitUnknown(error)
        }
        _ => match StoreError::from(error) {
            StoreError::Broken(cause) => StoreError::Unavailable(cause),
            told => told,
        },
    }
}
