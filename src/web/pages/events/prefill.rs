//! What the form of an event opens with: the days and venue of an address, a copy, the stored event; and where the stored
//! event differs from what was typed.

use serde::Deserialize;

use super::days::{DayRow, rows_of};
use super::typed::{fields_of, set_days};
use super::venue_pick::{choice, pick};
use crate::domain::dates::parse_date;
use crate::domain::event::EventKind;
use crate::domain::id::EventId;
use crate::domain::outcome::Outcome;
use crate::domain::venue::Venue;
use crate::service::Services;
use crate::service::planning::{BookedEvent, Wanted};
use crate::web::error::WebError;
use crate::web::pages::{FormFields, Shell};

/// What a new event opens with.
#[derive(Debug, Default, Deserialize)]
pub struct Prefill {
    /// Code of the venue.
    #[serde(default)]
    lokasi: String,
    #[serde(default)]
    tanggal: String,
    /// Code of a team.
    #[serde(default)]
    tim: String,
    /// Id of the event to copy.
    #[serde(default)]
    dari: String,
}

/// A field in which the stored event and the typed one differ.
pub struct Difference {
    pub label: String,
    pub typed: String,
    pub stored: String,
}

/// The fields of a new event: those of the address, or a copy.
pub async fn prefilled(services: &Services, shell: &Shell, query: &Prefill) -> Result<FormFields, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let date = parse_date(&query.tanggal).ok();
    if let Ok(id) = query.dari.parse::<EventId>() {
        let booked = services.find_event(caller, office, id).await?;
        let mut rows = DayRow::of_days(&booked.event.days);
        rows.truncate(1);
        for row in &mut rows {
            row.date = date.map(|date| date.to_string()).unwrap_or_default();
            row.until = String::new();
        }
        return stored_fields(services, shell, &booked, &rows).await;
    }
    let pick = pick(services, caller, office, &query.lokasi).await?;
    let mut fields = FormFields::of([
        ("kind", EventKind::Outreach.to_string()),
        ("services", Outcome::Activated.to_string()),
        ("venue", pick.venue().map(choice).unwrap_or_default()),
        ("teams", query.tim.clone()),
    ]);
    set_days(&mut fields, &[DayRow::proposed(date, usual_hours(pick.venue()))]);
    Ok(fields)
}

/// The hours of the venue, or a morning.
fn usual_hours(venue: Option<&Venue>) -> (chrono::NaiveTime, chrono::NaiveTime) {
    let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let parts = venue.map(|venue| venue.details.opening.parts());
    let opens = parts.and_then(|parts| parts.opens).unwrap_or_else(|| at(8));
    let closes = parts.and_then(|parts| parts.closes).filter(|closes| *closes > opens);
    (opens, closes.unwrap_or_else(|| at(12).max(opens)))
}

pub async fn stored_fields(
    services: &Services,
    shell: &Shell,
    booked: &BookedEvent,
    rows: &[DayRow],
) -> Result<FormFields, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let venue = match &booked.venue {
        Some(code) => Some(choice(&services.find_venue(caller, office, code.clone()).await?)),
        None => None,
    };
    let free = services.find_free(caller, office, Wanted::default()).await?;
    let mut fields = fields_of(booked, venue, &free);
    set_days(&mut fields, rows);
    Ok(fields)
}

/// The fields whose typed value is not the stored one.
pub async fn differ(
    services: &Services,
    shell: &Shell,
    typed: &FormFields,
    stored: &BookedEvent,
) -> Result<Vec<Difference>, WebError> {
    const FIELDS: [&str; 12] = [
        "kind",
        "title",
        "venue",
        "place",
        "teams",
        "units",
        "officers",
        "services",
        "host_programme",
        "request.by",
        "request.expected",
        "notes",
    ];
    let theirs = stored_fields(services, shell, stored, &DayRow::of_days(&stored.event.days)).await?;
    let sent = |fields: &FormFields, name: &str| {
        let mut values = fields.all(name);
        values.sort();
        values.join(", ")
    };
    let days = |fields: &FormFields| {
        let rows = rows_of(fields);
        let told = rows.iter().map(|row| format!("{}–{} {}–{}", row.date, row.until, row.starts, row.ends));
        told.collect::<Vec<_>>().join("; ")
    };
    let named = FIELDS.iter().map(|name| {
        let label = shell.t(&format!("event-field-{}", name.replace(['.', '_'], "-")));
        (label, sent(typed, name), sent(&theirs, name))
    });
    let all = named.chain([(shell.t("event-field-days"), days(typed), days(&theirs))]);
    let differing = all.filter(|(_, typed, stored)| typed != stored);
    Ok(differing.map(|(label, typed, stored)| Difference { label, typed, stored }).collect())
}
