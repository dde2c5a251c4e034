//! The one writer of an SQLite file: a thread that takes jobs in the order they came, runs each in a savepoint, and
//! commits up to a few hundred together, so that one flush to disk serves them all. An answer is given after COMMIT.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::SimpleConnection;
use tokio::sync::mpsc;

use super::connection::{Address, AnyConnection};
use super::error::StoreError;

/// Most jobs in one transaction: bounds how long the first of them waits for its answer.
const GROUP: usize = 256;

/// The writer keeps more pages at hand than a reader, and moves them from the log into the file less often: under load
/// the same pages change again and again. What is committed lies in the log all the same, flushed to disk.
const WRITER_PRAGMAS: &str = "PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;";

/// Jobs that may wait; beyond it a caller waits for a place, which slows the senders down instead of filling memory.
pub const QUEUE: usize = 4_096;

/// Tells whoever waits for a job how its group ended.
pub type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// A unit of work: runs inside a savepoint and says whether to keep what it did and whom to tell.
pub type Job = Box<dyn FnOnce(&mut AnyConnection) -> Done + Send>;

/// What a job leaves behind.
pub struct Done {
    pub keep: bool,
    /// Called once the group's fate is known: committed, or lost with an error.
    pub answer: Answer,
}

/// Runs the writer until every sender is gone.
pub fn run(address: &Address, mut jobs: mpsc::Receiver<Job>) {
    let mut connection = None;
    let mut group = Vec::with_capacity(GROUP);
    while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
        match commit_group(address, &mut connection, group.drain(..)) {
            (answers, Ok(())) => answers.into_iter().for_each(|answer| answer(Ok(()))),
            (answers, Err(error)) => {
                tracing::error!(error = %error, cause = ?error, "a group of writes was lost");
                // A connection that failed to commit is not trusted again.
                connection = None;
                for answer in answers {
                    answer(Err(StoreError::unavailable(error.to_string())));
                }
            }
        }
    }
}

/// One transaction over many jobs. Jobs that could not even be tried are answered like those that were lost.
fn commit_group(
    address: &Address,
    connection: &mut Option<AnyConnection>,
    jobs: impl Iterator<Item = Job>,
) -> (Vec<Answer>, Result<(), StoreError>) {
    let mut answers = Vec::new();
    let mut outcome = begin(address, connection);
    for job in jobs {
        let (Ok(()), Some(open)) = (&outcome, connection.as_mut()) else {
            answers.push(refuse(job));
            continue;
        };
        match run_in_savepoint(open, job) {
            (answer, Ok(())) => answers.push(answer),
            (answer, Err(error)) => {
                answers.push(answer);
                outcome = Err(error);
            }
        }
    }
    if let (Ok(()), Some(open)) = (&outcome, connection.as_mut()) {
        outcome = open.batch_execute("COMMIT").map_err(StoreError::from);
    }
    if let (Err(_), Some(open)) = (&outcome, connection.as_mut()) {
        // Some errors (a full disk) have rolled back already; then this one is refused, which is as well.
        open.batch_execute("ROLLBACK").ok();
    }
    (answers, outcome)
}

fn begin(address: &Address, connection: &mut Option<AnyConnection>) -> Result<(), StoreError> {
    if connection.is_none() {
        let mut opened = address.open().map_err(StoreError::unavailable)?;
        opened.batch_execute(WRITER_PRAGMAS)?;
        *connection = Some(opened);
    }
    // IMMEDIATE: the lock is taken before anything is read, so that what was read still holds when it is written.
    connection.as_mut().map_or(Ok(()), |open| Ok(open.batch_execute("BEGIN IMMEDIATE")?))
}

/// Runs one job so that its failure, or its panic, undoes its own work only. An error here dooms the whole group.
fn run_in_savepoint(connection: &mut AnyConnection, job: Job) -> (Answer, Result<(), StoreError>) {
    if let Err(error) = connection.batch_execute("SAVEPOINT job") {
        return (refuse(job), Err(error.into()));
    }
    // A job that panics drops its sender, which its caller reads as a failure of ours.
    let done = catch_unwind(AssertUnwindSafe(|| job(connection)))
        .unwrap_or_else(|_| Done { keep: false, answer: Box::new(|_| ()) });
    let end = if done.keep { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
    (done.answer, connection.batch_execute(end).map_err(StoreError::from))
}

/// The answer of a job that never ran: dropping the job drops its sender.
fn refuse(job: Job) -> Answer {
    Box::new(move |_| drop(job))
}
