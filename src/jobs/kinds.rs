//! Which file does which kind of job.

use super::attend::Signal;
use super::estimates;
use super::plans;
use crate::domain::job::{ClaimedJob, JobEnd, JobKind};
use crate::service::{ServiceError, Services};

/// Does one job to its end. An error that may pass is tried again later.
pub async fn run(services: &Services, job: &ClaimedJob, signal: &Signal) -> JobEnd {
    let outcome: Result<JobEnd, ServiceError> = match job.kind {
        JobKind::ProposePlan => plans::propose(services, job, signal).await,
        JobKind::RefreshEstimates => estimates::run(services, job).await,
    };
    outcome.unwrap_or_else(|error| end_of(&error))
}

fn end_of(error: &ServiceError) -> JobEnd {
    let why = error.to_string();
    if error.is_busy() { JobEnd::Retry { why } } else { JobEnd::Failed { why } }
}
