//! Where the report of an event stands, as the pages of events say it. Before a day of it has passed nobody owes a report.

use crate::domain::event::{Event, EventKind, EventState, Reporting};
use crate::web::pages::Shell;

/// The code and its words; none while nothing is to be said: the event is ahead, never took place, or has no results.
pub fn reporting_of(shell: &Shell, event: &Event) -> Option<(&'static str, String)> {
    let took_place = matches!(event.state, EventState::Confirmed | EventState::Ongoing | EventState::Done);
    let has_passed = event.days.dates().next().is_some_and(|first| first < shell.today());
    let is_awaited = has_passed && event.kind != EventKind::Briefing;
    let is_said = took_place && (is_awaited || event.reporting != Reporting::Unreported);
    is_said.then(|| (event.reporting.as_str(), shell.label("reporting", event.reporting.as_str())))
}
