//! What an event was expected to bring by what was known the day before, beside what came.

use crate::domain::event::{EventKind, EventState};
use crate::domain::outcome::Outcome;
use crate::service::estimates::Projection;
use crate::service::event_sheets::EventSheet;
use crate::service::{ServiceError, Services};
use crate::web::pages::Shell;

/// The projection of an event's first day in the reader's words.
pub struct ProjectionView {
    pub expected: String,
    /// "20–71"
    pub counts: String,
    /// What it stands on, with the day's own factor if it has one.
    pub by: String,
    /// What came, against the bounds; none before anything came.
    pub compared: Option<String>,
}

/// The projection of an outreach event that activates at a known venue; none for others, and while nothing is known of venues
/// like this. Later days of an event find what the first has left and are not projected.
pub async fn project(
    services: &Services,
    shell: &Shell,
    sheet: &EventSheet,
) -> Result<Option<ProjectionView>, ServiceError> {
    let event = &sheet.booked.event;
    let takes_place = !matches!(event.state, EventState::NotHeld | EventState::Cancelled | EventState::Postponed);
    let activates = event.kind == EventKind::Outreach && event.services.contains(&Outcome::Activated);
    let (Some(venue), Some(day)) = (&sheet.venue, event.days.iter().map(crate::domain::event::EventDay::date).min())
    else {
        return Ok(None);
    };
    if !takes_place || !activates {
        return Ok(None);
    }
    let office = &shell.office()?.code;
    let projection = services.project_visit(shell.caller()?, office, venue.code.clone(), day).await?;
    let came = sheet.counts.days.get(&day).filter(|counts| !counts.is_empty()).map(|c| c.get(Outcome::Activated));
    let kind = venue.details.kind.as_str();
    Ok(projection.map(|projection| view(shell, &projection, kind, came)))
}

fn view(shell: &Shell, projection: &Projection, kind: &str, came: Option<i64>) -> ProjectionView {
    let by = if projection.cold_start {
        shell.t1("ranking-cold-start", "kind", shell.label("venue-kind", kind))
    } else {
        shell.t1("venue-next-by", "visits", projection.visits)
    };
    let factor = projection.day_factor;
    let by = if (factor - 1.0).abs() < 0.005 {
        by
    } else {
        format!("{by} {}", shell.t1("event-projection-day", "factor", shell.decimal(&factor, 2)))
    };
    ProjectionView {
        expected: shell.decimal(&projection.expected, 1),
        counts: format!("{}–{}", shell.count(projection.low), shell.count(projection.high)),
        by,
        compared: came.map(|came| compare(shell, projection, came)),
    }
}

/// Where the count lies.
fn compare(shell: &Shell, projection: &Projection, came: i64) -> String {
    let id = if came < i64::from(projection.low) {
        "event-projection-below"
    } else if came > i64::from(projection.high) {
        "event-projection-above"
    } else {
        "event-projection-inside"
    };
    shell.t1(id, "count", shell.count(came))
}
