//! The queue of background work as use cases see it: [`enqueue`] inside the transaction of whatever asks for the work;
//! the rest is for `crate::jobs`, which works the queue off.

use chrono::{DateTime, TimeDelta, Utc};

use super::desk::{Caller, Desk, Services, WideDesk};
use super::error::ServiceError;
use crate::domain::id::{JobId, LeaseId, OfficeId};
use crate::domain::job::{self, ClaimedJob, JobEnd, JobKind, JobState, JobStatus, Lease, NewJob, Pulse};
use crate::domain::permission::{Action, Administer};
use crate::store::queries::{jobs as store, leases};

/// Jobs that ended are kept so long for those who ask what became of them.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Most candidates looked at for one claim.
const CANDIDATES: i64 = 8;

/// Puts work of the desk's office into the queue, in the same transaction as the change that asks for it.
/// False if one with the same key waits already: it will see this change too.
pub fn enqueue<A: Action>(desk: &mut Desk<'_, A>, job: &NewJob) -> Result<bool, ServiceError> {
    Ok(store::insert_job(desk.connection, desk.scope().office_id(), job, desk.now)?)
}

/// As [`enqueue`], for work that no single office owns.
pub fn enqueue_wide<A: Action>(desk: &mut WideDesk<'_, A>, job: &NewJob) -> Result<bool, ServiceError> {
    Ok(store::insert_job(desk.connection, OfficeId::NATION, job, desk.now)?)
}

/// What became of a job of the desk's office; none once it is forgotten.
pub fn find_job<A: Action>(desk: &mut Desk<'_, A>, id: JobId) -> Result<Option<JobStatus>, ServiceError> {
    Ok(store::find_job(desk.connection, desk.scope(), id)?)
}

/// Asks that a job stop; false if it is over already.
pub fn stop_job<A: Action>(desk: &mut Desk<'_, A>, id: JobId) -> Result<bool, ServiceError> {
    Ok(store::ask_to_cancel(desk.connection, desk.scope(), id, desk.now)?)
}

/// Ends a job whose work somebody has done without it; one that is under way ends by itself.
pub fn settle_job<A: Action>(desk: &mut Desk<'_, A>, id: JobId) -> Result<(), ServiceError> {
    Ok(store::settle_waiting(desk.connection, desk.scope(), id, desk.now)?)
}

impl Services {
    /// Takes up the job of these kinds that waits longest, if any is due; what somebody waits for goes before the rest.
    pub async fn claim_job(&self, kinds: &'static [JobKind]) -> Result<Option<ClaimedJob>, ServiceError> {
        let due = self
            .read_wide(&caller(), |desk: &mut WideDesk<'_, Administer>| {
                Ok(store::list_due_jobs(desk.connection, kinds, desk.now, CANDIDATES)?)
            })
            .await?;
        for candidate in due {
            let holder = LeaseId::new(self.clock.now());
            let claimed = self
                .write_wide(&caller(), move |desk: &mut WideDesk<'_, Administer>| {
                    let until = later(desk.now, job::LEASE);
                    Ok(store::claim_job(desk.connection, candidate, holder, desk.now, until)?)
                })
                .await?;
            if claimed.is_some() {
                return Ok(claimed);
            }
        }
        Ok(None)
    }

    /// Renews the lease of a job at work and says how far the work is (JSON of the kind's own shape).
    pub async fn renew_job(&self, lease: Lease, progress: Option<String>) -> Result<Pulse, ServiceError> {
        self.write_wide(&caller(), move |desk: &mut WideDesk<'_, Administer>| {
            let until = later(desk.now, job::LEASE);
            Ok(match store::renew_lease(desk.connection, lease, until, progress.as_deref())? {
                None => Pulse::Lost,
                Some(true) => Pulse::Cancel,
                Some(false) => Pulse::GoOn,
            })
        })
        .await
    }

    /// Ends an attempt; false if the lease was lost meanwhile, so that what was done counts for nothing.
    pub async fn end_job(&self, job: &ClaimedJob, end: JobEnd) -> Result<bool, ServiceError> {
        let (lease, attempts) = (job.lease, job.attempts);
        self.write_wide(&caller(), move |desk: &mut WideDesk<'_, Administer>| {
            let mut over = |state, why: Option<&str>| store::finish_job(desk.connection, lease, state, why, desk.now);
            Ok(match &end {
                JobEnd::Done => over(JobState::Done, None)?,
                JobEnd::Cancelled => over(JobState::Cancelled, None)?,
                JobEnd::Failed { why } => over(JobState::Failed, Some(why))?,
                JobEnd::Retry { why } => match job::next_attempt(attempts, desk.now) {
                    Some(at) => store::return_job(desk.connection, lease, attempts, at, Some(why))?,
                    None => over(JobState::Failed, Some(why))?,
                },
                JobEnd::Released => store::return_job(desk.connection, lease, attempts - 1, desk.now, None)?,
            })
        })
        .await
    }

    /// Forgets jobs that ended long ago.
    pub async fn tidy_jobs(&self) -> Result<(), ServiceError> {
        self.write_wide(&caller(), |desk: &mut WideDesk<'_, Administer>| {
            store::delete_old_jobs(desk.connection, later(desk.now, -KEPT))?;
            Ok(())
        })
        .await
    }

    /// Takes up periodic work of this name for at most `lease`; false if it is not due, or another process is at it.
    pub async fn take_duty(&self, name: &'static str, lease: TimeDelta) -> Result<bool, ServiceError> {
        let due = self
            .read_wide(&caller(), move |desk: &mut WideDesk<'_, Administer>| {
                Ok(leases::is_due(desk.connection, name, desk.now)?)
            })
            .await?;
        if !due {
            return Ok(false);
        }
        self.write_wide(&caller(), move |desk: &mut WideDesk<'_, Administer>| {
            Ok(leases::take_lease(desk.connection, name, desk.now, later(desk.now, lease))?)
        })
        .await
    }

    /// Gives periodic work back: it is due again after `every`.
    pub async fn return_duty(&self, name: &'static str, every: TimeDelta) -> Result<(), ServiceError> {
        self.write_wide(&caller(), move |desk: &mut WideDesk<'_, Administer>| {
            Ok(leases::return_lease(desk.connection, name, later(desk.now, every))?)
        })
        .await
    }
}

fn caller() -> Caller {
    Caller::system("jobs")
}

fn later(now: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    now.checked_add_signed(by).unwrap_or(now)
}
