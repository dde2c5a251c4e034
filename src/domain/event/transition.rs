//! The table of what may happen to an event in which state. The event itself applies it; pages ask it for their buttons.

use super::day::EventDays;
use super::state::EventState;
use crate::domain::code::codes;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::text::Note;

codes! {
    /// The verbs, as they stand in addresses.
    pub enum TransitionKind {
        Propose = "propose",
        Confirm = "confirm",
        Start = "start",
        Finish = "finish",
        Cancel = "cancel",
        Postpone = "postpone",
        NotHeld = "not_held",
        Reopen = "reopen",
    }
}

impl TransitionKind {
    /// The state that this verb leads to from `from`; none if it is not allowed there.
    pub const fn target(self, from: EventState) -> Option<EventState> {
        use EventState::{Cancelled, Confirmed, Done, Draft, NotHeld, Ongoing, Postponed, Proposed};
        match (self, from) {
            (Self::Propose, Draft | Postponed) => Some(Proposed),
            (Self::Confirm, Draft | Proposed) => Some(Confirmed),
            (Self::Start, Confirmed) | (Self::Reopen, Done) => Some(Ongoing),
            // Confirmed to done in one step: the tally was on paper.
            (Self::Finish, Confirmed | Ongoing) => Some(Done),
            // A postponed event for which no new day is found must not stay postponed for ever.
            (Self::Cancel, Draft | Proposed | Confirmed | Ongoing | Postponed) => Some(Cancelled),
            (Self::Postpone, Draft | Proposed | Confirmed | Ongoing) => Some(Postponed),
            (Self::NotHeld, Confirmed | Ongoing) => Some(NotHeld),
            _ => None,
        }
    }

    /// True for what can only be said of an event whose first day has come: one that lies ahead is cancelled or postponed.
    pub const fn needs_begun(self) -> bool {
        matches!(self, Self::Start | Self::Finish | Self::NotHeld)
    }

    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Cancel | Self::Postpone | Self::NotHeld | Self::Reopen)
    }
}

/// A verb with what it brings. A missing reason or missing days are found when it is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    Propose { days: Option<EventDays> },
    Confirm,
    Start,
    Finish,
    Cancel { reason: Option<Note> },
    Postpone { reason: Option<Note> },
    NotHeld { reason: Option<Note> },
    Reopen { reason: Option<Note> },
}

impl Transition {
    /// A verb from an address and the body that came with it; what the verb does not take is left out.
    pub fn new(kind: TransitionKind, reason: Option<Note>, days: Option<EventDays>) -> Self {
        match kind {
            TransitionKind::Propose => Self::Propose { days },
            TransitionKind::Confirm => Self::Confirm,
            TransitionKind::Start => Self::Start,
            TransitionKind::Finish => Self::Finish,
            TransitionKind::Cancel => Self::Cancel { reason },
            TransitionKind::Postpone => Self::Postpone { reason },
            TransitionKind::NotHeld => Self::NotHeld { reason },
            TransitionKind::Reopen => Self::Reopen { reason },
        }
    }

    pub fn kind(&self) -> TransitionKind {
        match self {
            Self::Propose { .. } => TransitionKind::Propose,
            Self::Confirm => TransitionKind::Confirm,
            Self::Start => TransitionKind::Start,
            Self::Finish => TransitionKind::Finish,
            Self::Cancel { .. } => TransitionKind::Cancel,
            Self::Postpone { .. } => TransitionKind::Postpone,
            Self::NotHeld { .. } => TransitionKind::NotHeld,
            Self::Reopen { .. } => TransitionKind::Reopen,
        }
    }

    /// What the event takes over when it goes from `from`: the state, its reason, and new days.
    pub fn resolve(self, from: EventState) -> Result<Step, TransitionError> {
        let kind = self.kind();
        let state = kind.target(from).ok_or(TransitionError::NotAllowed { from, transition: kind })?;
        let (reason, days) = match self {
            Self::Propose { days } => (None, days),
            Self::Confirm | Self::Start | Self::Finish => (None, None),
            Self::Cancel { reason }
            | Self::Postpone { reason }
            | Self::NotHeld { reason }
            | Self::Reopen { reason } => (reason, None),
        };
        if kind.needs_reason() && reason.is_none() {
            return Err(TransitionError::rule("reason", Rule::ReasonRequired));
        }
        if from == EventState::Postponed && state == EventState::Proposed && days.is_none() {
            return Err(TransitionError::rule("days", Rule::Required));
        }
        Ok(Step { state, reason, days })
    }
}

/// A transition that is allowed, complete and about to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub state: EventState,
    pub reason: Option<Note>,
    pub days: Option<EventDays>,
}

/// Why a transition was not taken: the state does not allow it (a conflict), or something with it is missing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    #[error("{transition} is not allowed in state {from}")]
    NotAllowed { from: EventState, transition: TransitionKind },
    #[error("{}: {}", .0.field, .0.rule)]
    Rule(FieldError),
}

impl TransitionError {
    pub(super) fn rule(field: &str, rule: Rule) -> Self {
        Self::Rule(FieldError::new(field, rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_state_and_verb_leads_where_the_contract_says() {
        use EventState::{Cancelled, Confirmed, Done, Draft, NotHeld, Ongoing, Postponed, Proposed};
        use TransitionKind as T;
        type Row = (EventState, [Option<EventState>; 8]);
        let verbs = [T::Propose, T::Confirm, T::Start, T::Finish, T::Cancel, T::Postpone, T::NotHeld, T::Reopen];
        let no = None;
        #[rustfmt::skip]
        let table: [Row; 8] = [
            //          propose         confirm          start          finish      cancel           postpone         not_held       reopen
            (Draft,     [Some(Proposed), Some(Confirmed), no,            no,         Some(Cancelled), Some(Postponed), no,            no]),
            (Proposed,  [no,             Some(Confirmed), no,            no,         Some(Cancelled), Some(Postponed), no,            no]),
            (Confirmed, [no,             no,              Some(Ongoing), Some(Done), Some(Cancelled), Some(Postponed), Some(NotHeld), no]),
            (Ongoing,   [no,             no,              no,            Some(Done), Some(Cancelled), Some(Postponed), Some(NotHeld), no]),
            (Done,      [no,             no,              no,            no,         no,              no,              no,            Some(Ongoing)]),
            (NotHeld,   [no,             no,              no,            no,         no,              no,              no,            no]),
            (Cancelled, [no,             no,              no,            no,         no,              no,              no,            no]),
            (Postponed, [Some(Proposed), no,              no,            no,         Some(Cancelled), no,              no,            no]),
        ];
        assert_eq!(table.map(|(state, _)| state).as_slice(), EventState::ALL);
        assert_eq!(verbs.as_slice(), TransitionKind::ALL);
        for (from, row) in table {
            for (verb, expected) in verbs.into_iter().zip(row) {
                assert_eq!(verb.target(from), expected, "{verb} in {from}");
            }
        }
    }

    #[test]
    fn a_state_that_does_not_allow_it_is_told_before_a_missing_reason() {
        let refused = Transition::Cancel { reason: None }.resolve(EventState::Done);
        let expected = TransitionError::NotAllowed { from: EventState::Done, transition: TransitionKind::Cancel };
        assert_eq!(refused, Err(expected));
        let incomplete = Transition::Cancel { reason: None }.resolve(EventState::Draft);
        assert_eq!(incomplete, Err(TransitionError::rule("reason", Rule::ReasonRequired)));
    }

    #[test]
    fn every_verb_survives_the_way_through_an_address() {
        for kind in TransitionKind::ALL {
            assert_eq!(Transition::new(*kind, None, None).kind(), *kind);
        }
    }
}
