//! The life of an event, told on one of two days and two slots in November 2026.

use uuid::Uuid;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-21T01:00:00Z".parse().unwrap()
}

const TODAY: &str = "2026-11-21";

fn days(dates: &[&str]) -> EventDays {
    let slots: BTreeSet<Slot> = [Slot::Morning, Slot::Dawn].into();
    EventDays::new(dates.iter().map(|day| EventDay::new(date(day), slots.clone(), None, None).unwrap()).collect())
        .unwrap()
}

fn draft(dates: &[&str]) -> EventDraft {
    EventDraft {
        kind: EventKind::Outreach,
        title: "Pasar Badog".parse().unwrap(),
        venue: Some(VenueId(Uuid::from_u128(9))),
        place: None,
        teams: vec![TeamId(Uuid::from_u128(2)), TeamId(Uuid::from_u128(1))],
        units: vec![UnitId(Uuid::from_u128(3))],
        officers: vec![UserId(Uuid::from_u128(5))],
        days: days(dates),
        services: [Outcome::Activated].into(),
        host_programme: None,
        request: None,
        notes: None,
    }
}

fn new(draft: EventDraft, origin: Origin) -> Result<Event, Vec<FieldError>> {
    Event::new(EventId(Uuid::from_u128(7)), OfficeId(Uuid::from_u128(8)), draft, origin, now(), date(TODAY))
}

fn booked(state: EventState, dates: &[&str]) -> Event {
    new(draft(dates), Origin::Booked(state)).unwrap()
}

fn reason() -> Option<Note> {
    "hujan".parse().ok()
}

fn claimed_dates(event: &Event) -> BTreeSet<NaiveDate> {
    event.claims().iter().map(|claim| claim.date).collect()
}

#[test]
fn an_event_may_begin_as_draft_proposed_or_confirmed_and_as_done_once_its_days_have_come() {
    for state in [EventState::Draft, EventState::Proposed, EventState::Confirmed] {
        assert!(!booked(state, &[TODAY, "2026-11-23"]).entered_late);
    }
    assert!(booked(EventState::Confirmed, &["2026-11-20", "2026-11-23"]).entered_late);
    assert!(booked(EventState::Done, &["2026-11-20", TODAY]).entered_late);
    let early = new(draft(&[TODAY, "2026-11-22"]), Origin::Booked(EventState::Done));
    assert_eq!(early, Err(vec![FieldError::new("state", Rule::NotPast)]));
    for state in [EventState::Ongoing, EventState::Cancelled, EventState::NotHeld, EventState::Postponed] {
        assert_eq!(new(draft(&[TODAY]), Origin::Booked(state)).unwrap_err()[0].field, "state");
    }
}

#[test]
fn an_event_of_a_file_keeps_its_state_and_claims_nothing_for_days_it_gave_back() {
    let listed = |state, dates: &[&str]| new(draft(dates), Origin::Listed(state));
    for state in [EventState::Draft, EventState::Confirmed, EventState::Ongoing, EventState::Done] {
        assert_eq!(claimed_dates(&listed(state, &["2026-11-20", TODAY]).unwrap()).len(), 2, "{state}");
    }
    for state in [EventState::Cancelled, EventState::NotHeld, EventState::Postponed] {
        let event = listed(state, &["2026-11-20", TODAY]).unwrap();
        assert_eq!((event.state, event.reporting, event.claims()), (state, Reporting::Unreported, vec![]));
    }
    for state in [EventState::Ongoing, EventState::Done, EventState::NotHeld] {
        assert_eq!(listed(state, &["2026-11-22"]).unwrap_err()[0].rule, Rule::NotPast, "{state}");
    }
}

#[test]
fn only_a_record_of_the_past_may_lack_its_team_and_stays_editable() {
    let alone = |dates: &[&str], origin| new(EventDraft { teams: vec![], ..draft(dates) }, origin);
    let teams = |errors: Vec<FieldError>| errors.into_iter().map(|error| error.field).collect::<Vec<_>>();
    assert_eq!(teams(alone(&["2026-11-22"], Origin::Listed(EventState::Confirmed)).unwrap_err()), ["teams"]);
    assert_eq!(teams(alone(&[TODAY], Origin::Booked(EventState::Done)).unwrap_err()), ["teams"]);
    let event = alone(&[TODAY], Origin::Listed(EventState::Done)).unwrap();
    let renamed = EventDraft { title: "Pabrik".parse().unwrap(), ..event.draft() };
    assert!(event.revise(renamed, now(), date(TODAY)).is_ok());
}

#[test]
fn a_plan_names_all_the_rules_that_it_breaks() {
    let team = TeamId(Uuid::from_u128(1));
    let plan = EventDraft {
        venue: None,
        teams: vec![team, team],
        services: [Outcome::Underage].into(),
        request: Some(Request { expected: Some(1_000_001), ..Request::default() }),
        ..draft(&[TODAY])
    };
    let fields = |errors: Vec<FieldError>| errors.into_iter().map(|error| error.field).collect::<Vec<_>>();
    assert_eq!(fields(plan.check(false)), ["venue", "teams[1]", "services", "request.expected"]);
    assert_eq!(fields(EventDraft { teams: vec![], ..draft(&[TODAY]) }.check(false)), ["teams"]);
    assert_eq!(EventDraft { teams: vec![], venue: None, ..draft(&[TODAY]) }.check(true), []);
}

#[test]
fn claims_come_by_date_slot_of_the_day_kind_and_id() {
    let claims = booked(EventState::Draft, &["2026-11-24", "2026-11-23"]).claims();
    assert_eq!(claims.len(), 2 * 2 * 5);
    assert!(claims.is_sorted());
    let first: Vec<_> =
        claims.iter().take(6).map(|claim| (claim.slot.as_str(), claim.subject.kind().as_str())).collect();
    let expected = [
        ("dawn", "officer"),
        ("dawn", "team"),
        ("dawn", "team"),
        ("dawn", "unit"),
        ("dawn", "venue"),
        ("morning", "officer"),
    ];
    assert_eq!(first, expected);
    for claim in claims {
        assert_eq!(Subject::from_parts(claim.subject.kind(), claim.subject.id()), claim.subject);
    }
}

#[test]
fn a_released_event_keeps_only_the_days_that_were_past_when_it_was_released() {
    let all = ["2026-11-20", TODAY, "2026-11-22"];
    let confirmed = booked(EventState::Confirmed, &all);
    let past: BTreeSet<_> = [date("2026-11-20")].into();
    for transition in [
        Transition::Cancel { reason: reason() },
        Transition::Postpone { reason: reason() },
        Transition::NotHeld { reason: reason() },
    ] {
        assert_eq!(claimed_dates(&confirmed.apply(transition, now(), date(TODAY)).unwrap()), past);
    }
    let postponed = confirmed.apply(Transition::Postpone { reason: reason() }, now(), date(TODAY)).unwrap();
    let next_week = date("2026-11-28");
    let cancelled = postponed.apply(Transition::Cancel { reason: reason() }, now(), next_week).unwrap();
    assert_eq!(claimed_dates(&cancelled), past, "another event may hold today's slots by now");
    let done = confirmed.apply(Transition::Finish, now(), date(TODAY)).unwrap();
    assert_eq!(claimed_dates(&done).len(), 3);
}

#[test]
fn a_postponed_event_is_proposed_again_with_new_days_and_claims_them() {
    let postponed = booked(EventState::Draft, &[TODAY])
        .apply(Transition::Postpone { reason: reason() }, now(), date(TODAY))
        .unwrap();
    assert_eq!(postponed.state_reason, reason());
    let bare = postponed.apply(Transition::Propose { days: None }, now(), date(TODAY));
    assert_eq!(bare, Err(TransitionError::Rule(FieldError::new("days", Rule::Required))));
    let proposed =
        postponed.apply(Transition::Propose { days: Some(days(&["2026-12-01"])) }, now(), date(TODAY)).unwrap();
    assert_eq!((proposed.state, &proposed.state_reason, proposed.version), (EventState::Proposed, &None, 3));
    assert_eq!(claimed_dates(&proposed), [date("2026-12-01")].into());
}

#[test]
fn a_reopened_event_is_no_longer_verified_and_says_why() {
    let done = booked(EventState::Done, &[TODAY]);
    assert_eq!(done.verify(now()), Err(FieldError::new("reporting", Rule::NotReported)));
    let verified = done.report(now()).verify(now()).unwrap();
    assert_eq!((verified.reporting, verified.version), (Reporting::Verified, 3));
    let reopened = verified.apply(Transition::Reopen { reason: reason() }, now(), date(TODAY)).unwrap();
    assert_eq!((reopened.state, reopened.reporting), (EventState::Ongoing, Reporting::Reported));
    assert_eq!(reopened.state_reason, reason());
    let unreported = done.apply(Transition::Reopen { reason: reason() }, now(), date(TODAY)).unwrap();
    assert_eq!(unreported.reporting, Reporting::Unreported);
}

#[test]
fn an_unplanned_event_reserves_nothing_until_a_coordinator_gives_it_a_venue() {
    let plan = EventDraft { venue: None, place: Some("Balai RW 3".parse().unwrap()), ..draft(&["2026-11-20"]) };
    let event = new(plan, Origin::Unplanned).unwrap();
    assert_eq!((event.state, event.unplanned, event.entered_late), (EventState::Ongoing, true, false));
    assert_eq!(event.claims(), []);
    let renamed = event.revise(event.draft(), now(), date(TODAY)).unwrap();
    assert_eq!(renamed.claims(), []);
    let placed = event.revise(draft(&["2026-11-20"]), now(), date(TODAY)).unwrap();
    assert_eq!(claimed_dates(&placed), [date("2026-11-20")].into());
}

#[test]
fn an_imported_event_is_done_and_reported_and_claims_nothing_also_after_an_edit() {
    let event = new(draft(&["2026-11-20"]), Origin::Imported).unwrap();
    assert_eq!((event.state, event.reporting), (EventState::Done, Reporting::Reported));
    let plan = EventDraft { venue: Some(VenueId(Uuid::from_u128(10))), ..event.draft() };
    assert_eq!(event.revise(plan, now(), date(TODAY)).unwrap().claims(), []);
}

#[test]
fn the_days_of_a_done_event_cannot_be_moved_ahead_and_every_change_raises_the_version() {
    let event = booked(EventState::Done, &["2026-11-20"]);
    let moved = event.revise(draft(&["2026-11-22"]), now(), date(TODAY));
    assert_eq!(moved, Err(vec![FieldError::new("days", Rule::Future)]));
    let later = "2026-11-21T02:00:00Z".parse().unwrap();
    let moved = event.revise(draft(&["2026-11-19"]), later, date(TODAY)).unwrap();
    assert_eq!((moved.version, moved.created_at, moved.updated_at), (2, now(), later));
}
