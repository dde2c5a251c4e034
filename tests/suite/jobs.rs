//! The queue of background work: each job is done once, whoever asks and whatever breaks.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::id::JobId;
use jemputbola::domain::job::{ClaimedJob, JobEnd, JobKind, JobState, JobStatus, NewJob, Pulse};
use jemputbola::domain::permission::Plan;
use jemputbola::jobs::runner;
use jemputbola::service::desk::Desk;
use jemputbola::service::jobs::{enqueue, find_job, stop_job};
use jemputbola::service::{Caller, Services};

use crate::support::{OFFICE, TestApp};

async fn add(app: &TestApp, dedupe: Option<&str>) -> Option<JobId> {
    add_kind(app, JobKind::ProposePlan, dedupe).await
}

async fn add_kind(app: &TestApp, kind: JobKind, dedupe: Option<&str>) -> Option<JobId> {
    let id = JobId::new(app.now());
    let dedupe = dedupe.map(str::to_owned);
    let job = NewJob { id, kind, dedupe, payload: "{}".to_owned() };
    let added = app
        .services
        .write_office(&Caller::system("test"), &OFFICE.parse().unwrap(), move |desk: &mut Desk<'_, Plan>| {
            enqueue(desk, &job)
        })
        .await;
    added.unwrap().then_some(id)
}

async fn status(app: &TestApp, id: JobId) -> JobStatus {
    app.services
        .read_office(&Caller::system("test"), &OFFICE.parse().unwrap(), move |desk: &mut Desk<'_, Plan>| {
            find_job(desk, id)
        })
        .await
        .unwrap()
        .unwrap()
}

async fn stop(app: &TestApp, id: JobId) -> bool {
    app.services
        .write_office(&Caller::system("test"), &OFFICE.parse().unwrap(), move |desk: &mut Desk<'_, Plan>| {
            stop_job(desk, id)
        })
        .await
        .unwrap()
}

/// The use cases with a database handle of their own, as another process has them.
fn another_process(app: &TestApp) -> Services {
    let now = app.now();
    app::build_services(&app.settings, Clock::new(move || now)).unwrap()
}

async fn take_all(services: &Services) -> Vec<ClaimedJob> {
    let mut taken = Vec::new();
    while let Some(job) = services.claim_job(JobKind::ALL).await.unwrap() {
        taken.push(job);
    }
    taken
}

#[actix_web::test]
async fn two_processes_that_ask_at_once_take_each_job_once() {
    let app = TestApp::start().await;
    let mut added = BTreeSet::new();
    for _ in 0..30 {
        added.insert(add(&app, None).await.unwrap());
    }
    let (here, there) = (app.services.clone(), another_process(&app));
    let (here, there) = tokio::join!(take_all(&here), take_all(&there));
    let taken: Vec<JobId> = here.iter().chain(&there).map(|job| job.lease.job).collect();
    assert_eq!((taken.len(), BTreeSet::from_iter(taken)), (30, added));
}

#[actix_web::test]
async fn a_job_with_a_key_waits_once_and_a_new_one_may_wait_while_it_is_at_work() {
    let app = TestApp::start().await;
    assert!(add(&app, Some("estimates")).await.is_some());
    assert!(add(&app, Some("estimates")).await.is_none());
    let taken = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
    assert_eq!(taken.office, Some(OFFICE.parse().unwrap()));
    assert!(add(&app, Some("estimates")).await.is_some(), "what changes now is not seen by the one at work");
}

#[actix_web::test]
async fn what_somebody_waits_for_goes_first_and_has_a_seat_of_its_own() {
    let app = TestApp::start().await;
    let older = add_kind(&app, JobKind::RefreshEstimates, None).await.unwrap();
    assert!(app.services.claim_job(JobKind::AWAITED).await.unwrap().is_none(), "nobody waits for estimates");
    app.set_now("2026-11-21T02:00:01Z");
    let awaited = [add(&app, None).await.unwrap(), add(&app, None).await.unwrap()];
    let mut taken = Vec::new();
    for kinds in [JobKind::ALL, JobKind::AWAITED, JobKind::ALL] {
        taken.push(app.services.claim_job(kinds).await.unwrap().unwrap().lease.job);
    }
    assert_eq!(taken, [awaited[0], awaited[1], older]);
}

#[actix_web::test]
async fn a_job_whose_process_died_is_taken_by_another_and_the_first_cannot_end_it_any_more() {
    let app = TestApp::start().await;
    let id = add(&app, None).await.unwrap();
    let first = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
    assert_eq!(app.services.renew_job(first.lease, Some("{\"step\":1}".to_owned())).await.unwrap(), Pulse::GoOn);
    assert_eq!(status(&app, id).await.progress.as_deref(), Some("{\"step\":1}"));
    assert!(app.services.claim_job(JobKind::ALL).await.unwrap().is_none(), "its lease holds");
    app.set_now("2026-11-21T02:00:31Z");
    let second = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
    assert_eq!((second.lease.job, second.attempts), (id, 2));
    assert_eq!(app.services.renew_job(first.lease, None).await.unwrap(), Pulse::Lost);
    assert!(!app.services.end_job(&first, JobEnd::Done).await.unwrap());
    assert!(app.services.end_job(&second, JobEnd::Done).await.unwrap());
    assert_eq!(status(&app, id).await.state, JobState::Done);
}

#[actix_web::test]
async fn a_job_that_fails_for_a_while_is_tried_again_later_and_given_up_after_the_fifth_time() {
    let app = TestApp::start().await;
    let id = add(&app, None).await.unwrap();
    for (attempt, later) in (1..).zip(["02:01:00", "02:06:00", "02:21:00", "03:21:00"]) {
        let job = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
        assert_eq!(job.attempts, attempt);
        let why = "busy".to_owned();
        assert!(app.services.end_job(&job, JobEnd::Retry { why }).await.unwrap());
        assert!(app.services.claim_job(JobKind::ALL).await.unwrap().is_none(), "not at once");
        app.set_now(&format!("2026-11-21T{later}Z"));
    }
    let last = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
    app.services.end_job(&last, JobEnd::Retry { why: "still busy".to_owned() }).await.unwrap();
    let end = status(&app, id).await;
    assert_eq!((end.state, end.last_error.as_deref()), (JobState::Failed, Some("still busy")));
}

#[actix_web::test]
async fn a_job_that_takes_its_process_down_each_time_is_given_up() {
    let app = TestApp::start().await;
    let id = add(&app, None).await.unwrap();
    for minute in 1..=5 {
        assert!(app.services.claim_job(JobKind::ALL).await.unwrap().is_some(), "and the process dies");
        app.set_now(&format!("2026-11-21T02:0{minute}:00Z"));
    }
    runner::run_due(&app.services).await.unwrap();
    let end = status(&app, id).await;
    assert_eq!(end.state, JobState::Failed);
    assert!(end.last_error.as_deref().unwrap().contains("5 attempts"), "{end:?}");
}

#[actix_web::test]
async fn a_waiting_job_is_stopped_at_once_and_one_at_work_is_told() {
    let app = TestApp::start().await;
    let waiting = add(&app, None).await.unwrap();
    assert!(stop(&app, waiting).await);
    assert_eq!(status(&app, waiting).await.state, JobState::Cancelled);
    assert!(app.services.claim_job(JobKind::ALL).await.unwrap().is_none());
    let at_work = add(&app, None).await.unwrap();
    let job = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
    assert!(stop(&app, at_work).await);
    assert_eq!(app.services.renew_job(job.lease, None).await.unwrap(), Pulse::Cancel);
    app.services.end_job(&job, JobEnd::Cancelled).await.unwrap();
    assert_eq!(status(&app, at_work).await.state, JobState::Cancelled);
    assert!(!stop(&app, at_work).await, "it is over");
}

#[actix_web::test]
async fn what_a_stopping_process_gives_back_counts_as_no_attempt() {
    let app = TestApp::start().await;
    add(&app, None).await.unwrap();
    for _ in 0..7 {
        let job = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
        assert_eq!(job.attempts, 1);
        app.services.end_job(&job, JobEnd::Released).await.unwrap();
    }
}

#[actix_web::test]
async fn periodic_work_is_done_by_one_process_and_again_when_its_time_has_come() {
    let app = TestApp::start().await;
    let (hour, lease) = (TimeDelta::hours(1), TimeDelta::minutes(10));
    let there = another_process(&app);
    assert!(app.services.take_duty("test", lease).await.unwrap());
    assert!(!there.take_duty("test", lease).await.unwrap(), "another process is at it");
    app.services.return_duty("test", hour).await.unwrap();
    assert!(!app.services.take_duty("test", lease).await.unwrap(), "done a moment ago");
    app.set_now("2026-11-21T03:00:00Z");
    assert!(app.services.take_duty("test", lease).await.unwrap());
    app.set_now("2026-11-21T03:10:01Z");
    assert!(app.services.take_duty("test", lease).await.unwrap(), "whoever was at it has died");
}
