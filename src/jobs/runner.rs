//! The loops: some seats at which jobs are worked off, and one loop for each periodic duty. They end with the process:
//! a job at work is told to stop and goes back into the queue.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::attend::{Signal, attend};
use super::deliver;
use super::duties;
use super::duty::Duty;
use super::kinds;
use crate::domain::job::{ClaimedJob, JobEnd, JobKind, is_one_too_many};
use crate::service::{ServiceError, Services};

/// The kinds of each seat, that is of each job that one process works on at a time. One seat is kept for what somebody
/// waits for: the estimates of many offices take minutes.
const SEATS: [&[JobKind]; 2] = [JobKind::ALL, JobKind::AWAITED];

/// How often the queue, and each duty, is asked whether something is due.
const TICK: Duration = Duration::from_millis(500);

/// How long the end of the process waits for work in hand.
const DRAIN: Duration = Duration::from_secs(10);

/// The loops of one process.
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<bool>,
    loops: Vec<JoinHandle<()>>,
}

/// Starts the loops on the runtime that this is called from.
pub fn start(services: &Services) -> Running {
    let (stop, stopped) = watch::channel(false);
    let seats = SEATS.map(|kinds| tokio::spawn(work_off(services.clone(), kinds, stopped.clone())));
    let duties = duties::ALL.iter().map(|duty| tokio::spawn(do_duty(services.clone(), *duty, stopped.clone())));
    let deliver = tokio::spawn(deliver::run(services.clone(), stopped.clone()));
    let loops = seats.into_iter().chain(duties).chain([deliver]).collect();
    Running { stop, loops }
}

impl Running {
    /// Tells every loop to end and waits for them, but not for ever: whatever is left loses its lease and is begun anew.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let all = async {
            for task in self.loops {
                if let Err(error) = task.await {
                    tracing::error!(%error, "background work panicked");
                }
            }
        };
        if tokio::time::timeout(DRAIN, all).await.is_err() {
            tracing::warn!("background work was left unfinished");
        }
    }
}

/// Does everything that is due now, one thing after the other, and sends the letters; answers how many jobs that were.
/// What the loops do, for those who want to see the end of it.
pub async fn run_due(services: &Services) -> Result<usize, ServiceError> {
    let (_stop, stopped) = watch::channel(false);
    for duty in duties::ALL {
        duty.run_if_due(services).await?;
    }
    let mut done = 0;
    while let Some(job) = services.claim_job(JobKind::ALL).await? {
        work_on(services, &job, stopped.clone()).await?;
        done += 1;
    }
    services.deliver_due().await?;
    Ok(done)
}

async fn work_off(services: Services, kinds: &'static [JobKind], mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let worked = match services.claim_job(kinds).await {
            Ok(Some(job)) => work_on(&services, &job, stopped.clone()).await.map(|()| true),
            Ok(None) => Ok(false),
            Err(error) => Err(error),
        };
        match worked {
            Ok(true) => continue,
            Ok(false) => (),
            Err(error) => tracing::warn!(error = ?error, "the queue of jobs"),
        }
        pause(&mut stopped).await;
    }
}

async fn do_duty(services: Services, duty: Duty, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = duty.run_if_due(&services).await {
            tracing::warn!(error = ?error, duty = duty.name, "a duty failed");
        }
        pause(&mut stopped).await;
    }
}

/// One attempt at a job, and what comes of it.
async fn work_on(services: &Services, job: &ClaimedJob, stopped: watch::Receiver<bool>) -> Result<(), ServiceError> {
    let signal = Signal::default();
    let end = if is_one_too_many(job.attempts) {
        // A job that takes its process down would else do so for ever.
        JobEnd::Failed { why: format!("given up: no process came to an end with it in {} attempts", job.attempts - 1) }
    } else {
        attend(services, job.lease, &signal, stopped, kinds::run(services, job, &signal)).await
    };
    match &end {
        JobEnd::Failed { why } | JobEnd::Retry { why } => {
            tracing::warn!(job = %job.lease.job, kind = %job.kind, attempts = job.attempts, why, "a job failed");
        }
        JobEnd::Done | JobEnd::Cancelled | JobEnd::Released => {
            tracing::info!(job = %job.lease.job, kind = %job.kind, ?end, "a job ended");
        }
    }
    if !services.end_job(job, end).await? {
        tracing::warn!(job = %job.lease.job, "another process has taken the job meanwhile");
    }
    Ok(())
}

async fn pause(stopped: &mut watch::Receiver<bool>) {
    // Both an elapsed pause and the word to stop lead back to the loop's condition.
    tokio::time::timeout(TICK, stopped.changed()).await.ok();
}
