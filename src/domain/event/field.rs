//! What the field reports of an event is what happened: a start also begins what nobody had confirmed yet.

use chrono::{DateTime, Utc};

use super::{Event, EventState, TransitionKind};

/// What officers said about the course of an event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Course {
    pub started: bool,
    pub finished: bool,
}

impl Course {
    /// The state that this course leads to from `state`; what the state does not allow changes nothing.
    pub fn lead(self, state: EventState) -> EventState {
        use EventState::{Confirmed, Draft, Ongoing, Proposed};
        let begun = match state {
            Draft | Proposed | Confirmed if self.started => Ongoing,
            other => other,
        };
        let ended = self.finished.then(|| TransitionKind::Finish.target(begun)).flatten();
        ended.unwrap_or(begun)
    }
}

impl Event {
    /// The event after what the field said; none if that changes nothing.
    pub fn follow(&self, course: Course, now: DateTime<Utc>) -> Option<Self> {
        let state = course.lead(self.state);
        (state != self.state).then(|| Self { state, ..self.changed(now) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_begins_what_is_booked_and_ends_what_is_confirmed_or_begun() {
        use EventState::{Cancelled, Confirmed, Done, Draft, Ongoing, Postponed, Proposed};
        let led = |started, finished, states: &[EventState]| {
            states.iter().map(|state| Course { started, finished }.lead(*state)).collect::<Vec<_>>()
        };
        let states = [Draft, Proposed, Confirmed, Ongoing, Done, Cancelled, Postponed];
        assert_eq!(led(true, false, &states), [Ongoing, Ongoing, Ongoing, Ongoing, Done, Cancelled, Postponed]);
        assert_eq!(led(false, true, &states), [Draft, Proposed, Done, Done, Done, Cancelled, Postponed]);
        assert_eq!(led(true, true, &states), [Done, Done, Done, Done, Done, Cancelled, Postponed]);
        assert_eq!(led(false, false, &states), states);
    }
}
