//! The job that computes a schedule proposal: hears how far the search is, and stops it when somebody asks.

use std::sync::Arc;

use super::attend::Signal;
use crate::domain::job::{ClaimedJob, JobEnd};
use crate::service::plans::{Computed, Observe, PlanTask, SolveProgress};
use crate::service::{Caller, ServiceError, Services};

/// Computes the proposal that the job names.
pub async fn propose(services: &Services, job: &ClaimedJob, signal: &Signal) -> Result<JobEnd, ServiceError> {
    let task: PlanTask = serde_json::from_str(&job.payload).map_err(ServiceError::internal)?;
    let Some(office) = &job.office else { return Ok(JobEnd::Failed { why: "no office has it".to_owned() }) };
    let ears = signal.clone();
    let observe: Observe = Arc::new(move |progress: SolveProgress| {
        if let Ok(text) = serde_json::to_string(&progress) {
            ears.tell(text);
        }
        !ears.is_stopped()
    });
    match services.compute_plan(&Caller::system("jobs"), office, task.plan, observe).await {
        Ok(Computed::Answered) => Ok(JobEnd::Done),
        Ok(Computed::Stopped) if signal.is_cancelled() => Ok(JobEnd::Cancelled),
        Ok(Computed::Stopped) => Ok(JobEnd::Released),
        // Dismissed before anybody came to it.
        Err(ServiceError::NotFound) => Ok(JobEnd::Cancelled),
        Err(error) => Err(error),
    }
}
