//! The queue of background work. A job is taken by compare-and-set on its own row (two processes that ask at once both
//! read it, one of them changes it), and every later step names the lease, so that who lost it changes nothing.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{JobId, LeaseId, OfficeId};
use crate::domain::job::{ClaimedJob, JobKind, JobState, JobStatus, Lease, NewJob};
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::{jobs, offices};

/// A job that somebody could take up now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueJob {
    pub office: OfficeId,
    pub id: JobId,
}

/// Puts a job into the queue; false if one with its key waits already.
pub fn insert_job(
    connection: &mut AnyConnection,
    office: OfficeId,
    job: &NewJob,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = (
        jobs::office_id.eq(office),
        jobs::id.eq(job.id),
        jobs::kind.eq(job.kind),
        jobs::dedupe_key.eq(&job.dedupe),
        jobs::payload.eq(&job.payload),
        jobs::state.eq(JobState::Queued),
        jobs::cancel_asked.eq(false),
        jobs::attempts.eq(0),
        jobs::next_at.eq(At(now)),
        jobs::created_at.eq(At(now)),
    );
    let inserted = each!(connection, |c| diesel::insert_into(jobs::table)
        .values(row)
        .on_conflict((jobs::office_id, jobs::dedupe_key))
        .do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}

/// Jobs of any office that wait, or whose holder died: first what somebody waits for at a screen, then those that wait
/// longest.
pub fn list_due_jobs(
    connection: &mut AnyConnection,
    kinds: &[JobKind],
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<DueJob>, StoreError> {
    let waits = jobs::state.eq(JobState::Queued).and(jobs::next_at.le(At(now)));
    let orphaned = jobs::state.eq(JobState::Leased).and(jobs::lease_until.lt(At(now)));
    let rows: Vec<(OfficeId, JobId)> = jobs::table
        .filter(jobs::kind.eq_any(kinds))
        .filter(waits.or(orphaned))
        .order((jobs::kind.eq_any(JobKind::AWAITED).desc(), jobs::next_at, jobs::id))
        .limit(limit)
        .select((jobs::office_id, jobs::id))
        .load(connection)?;
    Ok(rows.into_iter().map(|(office, id)| DueJob { office, id }).collect())
}

/// Takes a job up; none if another process was faster.
pub fn claim_job(
    connection: &mut AnyConnection,
    job: DueJob,
    holder: LeaseId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<ClaimedJob>, StoreError> {
    let waits = jobs::state.eq(JobState::Queued).and(jobs::next_at.le(At(now)));
    let orphaned = jobs::state.eq(JobState::Leased).and(jobs::lease_until.lt(At(now)));
    let free = jobs::table.filter(jobs::office_id.eq(job.office).and(jobs::id.eq(job.id))).filter(waits.or(orphaned));
    let taken = diesel::update(free)
        .set((
            jobs::state.eq(JobState::Leased),
            jobs::dedupe_key.eq(None::<String>),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::lease_until.eq(At(until)),
            jobs::lease_holder.eq(holder),
        ))
        .execute(connection)?;
    if taken == 0 {
        return Ok(None);
    }
    let (kind, payload, attempts): (JobKind, String, i64) = jobs::table
        .filter(jobs::office_id.eq(job.office).and(jobs::id.eq(job.id)))
        .select((jobs::kind, jobs::payload, jobs::attempts))
        .get_result(connection)?;
    let office: Option<RegionCode> =
        offices::table.filter(offices::id.eq(job.office)).select(offices::code).get_result(connection).optional()?;
    let lease = Lease { office: job.office, job: job.id, holder };
    Ok(Some(ClaimedJob { lease, office, kind, payload, attempts }))
}

/// Renews a lease and stores how far the work is; none if the lease was lost, else whether somebody asked to stop.
pub fn renew_lease(
    connection: &mut AnyConnection,
    lease: Lease,
    until: DateTime<Utc>,
    progress: Option<&str>,
) -> Result<Option<bool>, StoreError> {
    let renewed = diesel::update(held(lease)).set(jobs::lease_until.eq(At(until))).execute(connection)?;
    if renewed == 0 {
        return Ok(None);
    }
    if let Some(progress) = progress {
        diesel::update(held(lease)).set(jobs::progress.eq(progress)).execute(connection)?;
    }
    Ok(Some(held(lease).select(jobs::cancel_asked).get_result(connection)?))
}

/// Ends a job for good; false if the lease was lost.
pub fn finish_job(
    connection: &mut AnyConnection,
    lease: Lease,
    state: JobState,
    error: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let ended = diesel::update(held(lease))
        .set((
            jobs::state.eq(state),
            jobs::lease_until.eq(None::<At>),
            jobs::lease_holder.eq(None::<LeaseId>),
            jobs::last_error.eq(error),
            jobs::finished_at.eq(At(now)),
        ))
        .execute(connection)?;
    Ok(ended == 1)
}

/// Puts a job back into the queue until `next_at`, with the number of attempts that count; false if the lease was lost.
pub fn return_job(
    connection: &mut AnyConnection,
    lease: Lease,
    attempts: i64,
    next_at: DateTime<Utc>,
    error: Option<&str>,
) -> Result<bool, StoreError> {
    let returned = diesel::update(held(lease))
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::lease_until.eq(None::<At>),
            jobs::lease_holder.eq(None::<LeaseId>),
            jobs::attempts.eq(attempts),
            jobs::next_at.eq(At(next_at)),
            jobs::last_error.eq(error),
        ))
        .execute(connection)?;
    Ok(returned == 1)
}

/// Asks that a job stop: one that waits is ended at once, one at work is told by its next renewal.
/// False if it is over, or does not exist.
pub fn ask_to_cancel(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: JobId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let own = jobs::table.filter(jobs::office_id.eq(scope.office_id()).and(jobs::id.eq(id)));
    let ended = diesel::update(own.filter(jobs::state.eq(JobState::Queued)))
        .set((
            jobs::state.eq(JobState::Cancelled),
            jobs::dedupe_key.eq(None::<String>),
            jobs::cancel_asked.eq(true),
            jobs::finished_at.eq(At(now)),
        ))
        .execute(connection)?;
    let told = diesel::update(own.filter(jobs::state.eq(JobState::Leased)))
        .set(jobs::cancel_asked.eq(true))
        .execute(connection)?;
    Ok(ended + told > 0)
}

/// Ends a job that waits although somebody else has done its work already.
pub fn settle_waiting(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: JobId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let own = jobs::table.filter(jobs::office_id.eq(scope.office_id()).and(jobs::id.eq(id)));
    diesel::update(own.filter(jobs::state.eq(JobState::Queued)))
        .set((jobs::state.eq(JobState::Done), jobs::dedupe_key.eq(None::<String>), jobs::finished_at.eq(At(now))))
        .execute(connection)?;
    Ok(())
}

pub fn find_job(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: JobId,
) -> Result<Option<JobStatus>, StoreError> {
    Ok(list_jobs(connection, scope, &[id])?.pop())
}

/// The jobs with these ids, by id.
pub fn list_jobs(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[JobId],
) -> Result<Vec<JobStatus>, StoreError> {
    type Row = (JobId, JobState, Option<String>, bool, Option<String>, Option<At>);
    let rows: Vec<Row> = jobs::table
        .filter(jobs::office_id.eq(scope.office_id()).and(jobs::id.eq_any(ids)))
        .order(jobs::id)
        .select((jobs::id, jobs::state, jobs::progress, jobs::cancel_asked, jobs::last_error, jobs::finished_at))
        .load(connection)?;
    let status = |(id, state, progress, cancel_asked, last_error, finished_at): Row| {
        let finished_at = finished_at.map(|at| at.0);
        JobStatus { id, state, progress, cancel_asked, last_error, finished_at }
    };
    Ok(rows.into_iter().map(status).collect())
}

/// Removes jobs that ended before `before`; the number of them.
pub fn delete_old_jobs(connection: &mut AnyConnection, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::delete(jobs::table.filter(jobs::finished_at.lt(At(before)))).execute(connection)?)
}

/// The job's row as long as the lease on it holds.
#[diesel::dsl::auto_type]
fn held(lease: Lease) -> _ {
    let office: OfficeId = lease.office;
    let job: JobId = lease.job;
    let holder: LeaseId = lease.holder;
    let leased: JobState = JobState::Leased;
    let own = jobs::office_id.eq(office).and(jobs::id.eq(job));
    jobs::table.filter(own.and(jobs::state.eq(leased)).and(jobs::lease_holder.eq(holder)))
}
