//! Background work: what is asked to be done later, who is at it, and how it ends. `service::jobs` keeps the queue and
//! `crate::jobs` works it off; nothing here knows what a kind of job does.

use chrono::{DateTime, TimeDelta, Utc};

use super::code::codes;
use super::id::{JobId, LeaseId, OfficeId};
use super::region::RegionCode;

codes! {
    /// What a job does; each kind has one file in `jobs`.
    pub enum JobKind {
        /// Computes a schedule proposal.
        ProposePlan = "propose_plan",
        /// Writes the estimates of an office's venues anew.
        RefreshEstimates = "refresh_estimates",
    }
}

impl JobKind {
    /// What somebody waits for at a screen.
    pub const AWAITED: &[Self] = &[Self::ProposePlan];
}

codes! {
    pub enum JobState {
        Queued = "queued",
        Leased = "leased",
        Done = "done",
        Failed = "failed",
        Cancelled = "cancelled",
    }
}

impl JobState {
    /// True if nothing more will happen to the job.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// A job as its kind describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub id: JobId,
    pub kind: JobKind,
    /// While one with this key waits, another one is not added.
    pub dedupe: Option<String>,
    /// JSON of the kind's own shape.
    pub payload: String,
}

/// A job as those see it who wait for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStatus {
    pub id: JobId,
    pub state: JobState,
    /// JSON of the kind's own shape.
    pub progress: Option<String>,
    pub cancel_asked: bool,
    pub last_error: Option<String>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// The right to work on a job. It ends when it is not renewed in time, or with the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub office: OfficeId,
    pub job: JobId,
    pub holder: LeaseId,
}

/// A job in the hands of one process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedJob {
    pub lease: Lease,
    /// None for what no single office owns.
    pub office: Option<RegionCode>,
    pub kind: JobKind,
    pub payload: String,
    /// This one included.
    pub attempts: i64,
}

/// What the holder of a lease learns when it renews it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulse {
    GoOn,
    /// Somebody asked to stop.
    Cancel,
    /// The lease ran out and another process has the job.
    Lost,
}

/// How one attempt at a job ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    Done,
    /// Stopped because somebody asked.
    Cancelled,
    /// Trying again cannot help.
    Failed {
        why: String,
    },
    /// Trying again later may help.
    Retry {
        why: String,
    },
    /// The process stops: another one, or the next start, begins anew. Not counted as an attempt.
    Released,
}

/// A lease that is not renewed for so long is free for others: the process died.
pub const LEASE: TimeDelta = TimeDelta::seconds(30);

/// Minutes between one attempt and the next; after the last one the job has failed.
const BACK_OFF: [i64; 4] = [1, 5, 15, 60];

/// When to try again after so many attempts; none after the last.
pub fn next_attempt(attempts: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let made = usize::try_from(attempts).unwrap_or_default();
    let wait = BACK_OFF.get(made.saturating_sub(1))?;
    now.checked_add_signed(TimeDelta::minutes(*wait))
}

/// True for an attempt after the last one: every process that had the job died at it, or lost it.
pub fn is_one_too_many(attempt: i64) -> bool {
    usize::try_from(attempt).is_ok_and(|attempt| attempt > BACK_OFF.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attempt_waits_longer_and_the_fifth_is_the_last() {
        let now: DateTime<Utc> = "2026-11-21T02:00:00Z".parse().unwrap();
        let waits: Vec<_> = (1..=6).map(|made| next_attempt(made, now).map(|at| (at - now).num_minutes())).collect();
        assert_eq!(waits, [Some(1), Some(5), Some(15), Some(60), None, None]);
        assert_eq!([1, 5, 6].map(is_one_too_many), [false, false, true]);
    }
}
