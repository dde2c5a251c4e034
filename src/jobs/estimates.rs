//! The estimates of an office's venues, written anew after a day or a result: a duty finds the offices, a job serves each.

use chrono::TimeDelta;

use super::duty::Duty;
use crate::domain::job::{ClaimedJob, JobEnd};
use crate::service::{ServiceError, Services};

/// Looks for offices where something happened.
pub const LOOK: Duty = Duty {
    name: "estimates.look",
    every: TimeDelta::minutes(10),
    lease: TimeDelta::minutes(10),
    run: |services| Box::pin(async move { services.queue_estimates().await }),
};

pub async fn run(services: &Services, job: &ClaimedJob) -> Result<JobEnd, ServiceError> {
    match &job.office {
        Some(office) => services.refresh_estimates(office).await.map(|()| JobEnd::Done),
        None => Ok(JobEnd::Failed { why: "estimates belong to an office".to_owned() }),
    }
}
