//! Whether a well-formed entry counts at once or waits for a coordinator. From the field nothing is ever refused for a
//! business reason; the desk, which can look and ask, is refused what the field has held.

use chrono::NaiveDate;

use super::entry::{Entry, EntryKind};
use crate::domain::code::codes;
use crate::domain::event::{EventDays, EventState};
use crate::domain::lock::{PeriodLock, is_locked};
use crate::domain::rule::{FieldError, Rule};

codes! {
    /// Why an entry waits, in no total, for a coordinator. The first that applies is told; their order is that of `judge`.
    pub enum HoldReason {
        EventUnknown = "event_unknown",
        /// Cancelled, postponed or not held.
        EventCancelled = "event_cancelled",
        NotOnTeam = "not_on_team",
        Future = "future",
        OutsideDays = "outside_days",
        PeriodLocked = "period_locked",
        Implausible = "implausible",
    }
}

/// What becomes of a well-formed entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    Hold(HoldReason),
}

/// What the caller found out about the entry's event.
#[derive(Debug, Clone, Copy)]
pub struct EventFacts<'a> {
    pub state: EventState,
    pub days: &'a EventDays,
    /// True if the actor is one of the event's officers or a member of one of its teams, or is no officer at all.
    pub on_team: bool,
    /// What all teams of the event together can serve in a day.
    pub capacity_per_day: i64,
}

/// What the caller found out about everything else.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The office's local date.
    pub today: NaiveDate,
    pub locks: &'a [PeriodLock],
    /// The date of the entry that a void takes away, if that entry is stored.
    pub target_date: Option<NaiveDate>,
}

/// Judges an entry. `event` is `None` if the office has no such event, as it must be for an `event_new`.
pub fn judge(entry: &Entry, event: Option<&EventFacts>, around: &Surroundings) -> Verdict {
    first_reason(entry, event, around).map_or(Verdict::Accept, Verdict::Hold)
}

fn first_reason(entry: &Entry, event: Option<&EventFacts>, around: &Surroundings) -> Option<HoldReason> {
    let is = |reason, applies: bool| applies.then_some(reason);
    let of_event = |broken: &dyn Fn(&EventFacts) -> bool| event.is_some_and(broken);
    let dates = [Some(entry.date), around.target_date];
    is(HoldReason::EventUnknown, event.is_none() && entry.kind != EntryKind::EventNew)
        .or(is(HoldReason::EventCancelled, of_event(&|event| !event.state.takes_results())))
        .or(is(HoldReason::NotOnTeam, of_event(&|event| !event.on_team)))
        .or(is(HoldReason::Future, entry.date > around.today))
        .or(is(HoldReason::OutsideDays, of_event(&|event| !event.days.contains_date(entry.date))))
        .or(is(HoldReason::PeriodLocked, dates.into_iter().flatten().any(|date| is_locked(around.locks, date))))
        .or(is(HoldReason::Implausible, of_event(&|event| is_implausible(entry, event.capacity_per_day))))
}

/// More than three times what the event's teams can serve in a whole day, and more than a hundred, in ONE entry.
/// It is asked of each entry and not of the day's sum, so that a late, honest entry is never held because an earlier
/// one was wrong; a day's sum above capacity is a warning on the event instead.
fn is_implausible(entry: &Entry, capacity_per_day: i64) -> bool {
    const TIMES: i64 = 3;
    const ALWAYS_PLAUSIBLE: i64 = 100;
    entry.counts.workload() > capacity_per_day.saturating_mul(TIMES).max(ALWAYS_PLAUSIBLE)
}

impl HoldReason {
    /// The error that the desk and a file get for what the field would have held. None for what the desk may do:
    /// store what looks implausible (a warning there), and count for a team it is not on.
    pub fn refusal(self, date: NaiveDate, state: Option<EventState>) -> Option<FieldError> {
        let date = date.to_string();
        let (field, rule) = match self {
            Self::EventUnknown => ("event", Rule::NotFound),
            Self::EventCancelled => {
                let state = state.map(EventState::as_str).unwrap_or_default().to_owned();
                ("event", Rule::StateTakesNoResults { state })
            }
            Self::Future => ("date", Rule::Future),
            Self::OutsideDays => ("date", Rule::OutsideDays { date }),
            Self::PeriodLocked => ("date", Rule::PeriodLocked { date }),
            Self::NotOnTeam | Self::Implausible => return None,
        };
        Some(FieldError::new(field, rule))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;
    use crate::domain::event::{EventDay, Slot};
    use crate::domain::id::{EntryId, EventId, LockId};
    use crate::domain::outcome::{Counts, Outcome};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-11-21T01:00:00Z".parse().unwrap()
    }

    fn entry(day: &str, counts: &[(Outcome, i64)]) -> Entry {
        Entry {
            id: EntryId(Uuid::from_u128(1)),
            event: EventId(Uuid::from_u128(2)),
            date: date(day),
            at: now(),
            kind: EntryKind::Tally,
            counts: counts.iter().copied().collect::<Counts>(),
            voids: None,
            reason: None,
            note: None,
            event_new: None,
        }
    }

    fn one_day(day: &str) -> EventDays {
        EventDays::new(vec![EventDay::new(date(day), [Slot::Morning].into(), None, None).unwrap()]).unwrap()
    }

    fn facts(days: &EventDays) -> EventFacts<'_> {
        EventFacts { state: EventState::Ongoing, days, on_team: true, capacity_per_day: 80 }
    }

    const TODAY: &str = "2026-11-21";

    fn around(locks: &[PeriodLock]) -> Surroundings<'_> {
        Surroundings { today: date(TODAY), locks, target_date: None }
    }

    fn lock(first: &str, last: &str) -> PeriodLock {
        PeriodLock::new(LockId::new(now()), date(first), date(last), now()).unwrap()
    }

    #[test]
    fn when_several_reasons_apply_the_first_of_the_list_is_told() {
        let days = one_day("2026-11-20");
        let wrong = entry("2026-11-22", &[(Outcome::Activated, 900)]);
        let locks = [lock("2026-11-01", "2026-11-30")];
        let mut event = EventFacts { state: EventState::Postponed, on_team: false, ..facts(&days) };
        let mut around = around(&locks);
        assert_eq!(judge(&wrong, None, &around), Verdict::Hold(HoldReason::EventUnknown));
        assert_eq!(judge(&wrong, Some(&event), &around), Verdict::Hold(HoldReason::EventCancelled));
        event.state = EventState::Ongoing;
        assert_eq!(judge(&wrong, Some(&event), &around), Verdict::Hold(HoldReason::NotOnTeam));
        event.on_team = true;
        assert_eq!(judge(&wrong, Some(&event), &around), Verdict::Hold(HoldReason::Future));
        around.today = date("2026-11-22");
        assert_eq!(judge(&wrong, Some(&event), &around), Verdict::Hold(HoldReason::OutsideDays));
        let right_day = one_day("2026-11-22");
        event.days = &right_day;
        assert_eq!(judge(&wrong, Some(&event), &around), Verdict::Hold(HoldReason::PeriodLocked));
        around.locks = &[];
        assert_eq!(judge(&wrong, Some(&event), &around), Verdict::Hold(HoldReason::Implausible));
        event.capacity_per_day = 300;
        assert_eq!(judge(&wrong, Some(&event), &around), Verdict::Accept);
    }

    #[test]
    fn five_states_take_results_and_three_hold_them() {
        let days = one_day(TODAY);
        for state in EventState::ALL {
            let verdict = judge(&entry(TODAY, &[]), Some(&EventFacts { state: *state, ..facts(&days) }), &around(&[]));
            let held = matches!(state, EventState::Cancelled | EventState::Postponed | EventState::NotHeld);
            let expected = if held { Verdict::Hold(HoldReason::EventCancelled) } else { Verdict::Accept };
            assert_eq!(verdict, expected, "{state}");
        }
    }

    #[test]
    fn one_entry_is_implausible_above_three_days_of_work_and_above_a_hundred() {
        let days = one_day(TODAY);
        let judged = |capacity_per_day, counts: &[(Outcome, i64)]| {
            judge(&entry(TODAY, counts), Some(&EventFacts { capacity_per_day, ..facts(&days) }), &around(&[]))
        };
        let held = Verdict::Hold(HoldReason::Implausible);
        assert_eq!(judged(80, &[(Outcome::Activated, 240)]), Verdict::Accept);
        assert_eq!(judged(80, &[(Outcome::Activated, 200), (Outcome::NoEmail, 41)]), held);
        assert_eq!(judged(80, &[(Outcome::Activated, 240), (Outcome::KtpRecorded, 240)]), Verdict::Accept);
        assert_eq!(judged(80, &[(Outcome::KtpRecorded, 241)]), held);
        assert_eq!(judged(80, &[(Outcome::Activated, -241)]), held);
        assert_eq!(judged(0, &[(Outcome::Activated, 100)]), Verdict::Accept);
        assert_eq!(judged(0, &[(Outcome::Activated, 101)]), held);
    }

    #[test]
    fn a_void_waits_when_the_day_that_it_changes_is_locked() {
        let days = one_day(TODAY);
        let locks = [lock("2026-11-01", "2026-11-20")];
        let void = Entry { kind: EntryKind::Void, voids: Some(EntryId(Uuid::from_u128(9))), ..entry(TODAY, &[]) };
        assert_eq!(judge(&void, Some(&facts(&days)), &around(&locks)), Verdict::Accept);
        let locked = Surroundings { target_date: Some(date("2026-11-20")), ..around(&locks) };
        assert_eq!(judge(&void, Some(&facts(&days)), &locked), Verdict::Hold(HoldReason::PeriodLocked));
    }

    #[test]
    fn an_event_made_on_the_spot_is_not_unknown_but_waits_if_it_lies_ahead_or_in_a_locked_period() {
        let new = |day| Entry { kind: EntryKind::EventNew, ..entry(day, &[]) };
        assert_eq!(judge(&new(TODAY), None, &around(&[])), Verdict::Accept);
        assert_eq!(judge(&new("2026-11-22"), None, &around(&[])), Verdict::Hold(HoldReason::Future));
        let locks = [lock("2026-11-01", "2026-11-30")];
        assert_eq!(judge(&new(TODAY), None, &around(&locks)), Verdict::Hold(HoldReason::PeriodLocked));
    }

    #[test]
    fn the_desk_is_refused_what_the_field_has_held_except_the_implausible() {
        let refused = |reason: HoldReason| reason.refusal(date(TODAY), Some(EventState::Cancelled));
        let allowed: Vec<_> = HoldReason::ALL.iter().filter(|reason| refused(**reason).is_none()).collect();
        assert_eq!(allowed, [&HoldReason::NotOnTeam, &HoldReason::Implausible]);
        let state = Rule::StateTakesNoResults { state: "cancelled".to_owned() };
        assert_eq!(refused(HoldReason::EventCancelled), Some(FieldError::new("event", state)));
    }
}
