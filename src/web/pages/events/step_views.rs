//! The steps of an event as buttons: which are allowed in its state, and what they ask for.

use crate::domain::event::{EventState, Reporting, TransitionKind};
use crate::service::event_sheets::EventSheet;
use crate::web::pages::Shell;

/// A step that the state allows.
#[allow(clippy::struct_excessive_bools, reason = "the page asks for each by itself")]
pub struct StepView {
    pub code: &'static str,
    pub label: String,
    /// What the step does, for those that open a form.
    pub hint: String,
    pub needs_reason: bool,
    pub needs_days: bool,
    pub is_main: bool,
    pub is_danger: bool,
}

/// The steps that the state of an event allows, those that go forward first.
pub fn steps_of(shell: &Shell, sheet: &EventSheet) -> Vec<StepView> {
    let event = &sheet.booked.event;
    let has_come = event.days.dates().any(|date| date <= shell.today());
    let is_over = event.days.dates().all(|date| date <= shell.today());
    let allowed = TransitionKind::ALL.iter().copied().filter(|kind| kind.target(event.state).is_some());
    // What has not come can neither begin nor end nor have failed to take place.
    let sensible = allowed.filter(|kind| match kind {
        TransitionKind::Start | TransitionKind::NotHeld => has_come,
        TransitionKind::Finish => event.state == EventState::Ongoing || is_over,
        _ => true,
    });
    let main = main_step(event.state, is_over, event.reporting);
    sensible.map(|kind| step(shell, event.state, kind, main)).collect()
}

fn main_step(state: EventState, is_over: bool, reporting: Reporting) -> Option<TransitionKind> {
    match state {
        EventState::Draft | EventState::Proposed => Some(TransitionKind::Confirm),
        EventState::Postponed => Some(TransitionKind::Propose),
        EventState::Ongoing => Some(TransitionKind::Finish),
        EventState::Confirmed if is_over && reporting != Reporting::Unreported => Some(TransitionKind::Finish),
        _ => None,
    }
}

fn step(shell: &Shell, state: EventState, kind: TransitionKind, main: Option<TransitionKind>) -> StepView {
    let id = kind.as_str().replace('_', "-");
    let needs_reason = kind.needs_reason();
    let needs_days = kind == TransitionKind::Propose && state == EventState::Postponed;
    let opens = needs_reason || needs_days;
    StepView {
        code: kind.as_str(),
        label: shell.t(&format!("event-do-{id}")),
        hint: if opens { shell.t(&format!("event-do-{id}-hint")) } else { String::new() },
        needs_reason,
        needs_days,
        is_main: main == Some(kind),
        is_danger: matches!(kind, TransitionKind::Cancel | TransitionKind::NotHeld),
    }
}
