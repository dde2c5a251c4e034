//! The form of an event between the browser and the use case: what was typed becomes an [`EventInput`], and a stored
//! event becomes fields.

use std::collections::BTreeSet;

use super::days::{DayRow, TypedDays};
use super::venue_pick::Pick;
use crate::domain::event::input::{EventInput, RequestInput};
use crate::domain::event::{Event, EventKind};
use crate::domain::number::parse_count;
use crate::domain::rule::{FieldError, Rule};
use crate::service::ServiceError;
use crate::service::planning::{Availability, BookedEvent};
use crate::web::pages::{FormFields, Shell};

/// Units and officers are those of the teams unless this value is sent.
pub const OWN: &str = "own";

/// The input that a form comes to, and what is wrong with it already.
pub fn read(shell: &Shell, fields: &FormFields, pick: &Pick, days: &TypedDays) -> (EventInput, Vec<FieldError>) {
    let mut errors = days.errors.clone();
    errors.extend(pick.error());
    let expected = match fields.text("request.expected").map(|text| parse_count(&text)) {
        Some(Ok(people)) => Some(people),
        Some(Err(rule)) => {
            errors.push(FieldError::new("request.expected", rule));
            None
        }
        None => None,
    };
    let own = |which: &str, list: &str| fields.is(which, OWN).then(|| fields.all(list));
    let input = EventInput {
        kind: fields.text("kind"),
        title: fields.text("title").or_else(|| proposed_title(shell, fields, pick)),
        venue: pick.code().map(ToString::to_string),
        place: fields.text("place"),
        teams: fields.all("teams"),
        units: own("units_from", "units"),
        officers: own("officers_from", "officers"),
        days: days.days.clone(),
        services: Some(fields.all("services")),
        host_programme: fields.text("host_programme"),
        request: RequestInput {
            by: fields.text("request.by"),
            received_on: fields.text("request.received_on"),
            letter_number: fields.text("request.letter_number"),
            expected,
        },
        notes: fields.text("notes"),
    };
    (input, errors)
}

/// What an event cannot be without: one made on the spot may lack both, one from a file a team.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    pub venue: bool,
    pub team: bool,
}

impl Needs {
    pub fn of(stored: Option<&BookedEvent>) -> Self {
        let planned = stored.is_none_or(|booked| !booked.event.unplanned);
        Self { venue: planned, team: planned && stored.is_none_or(|booked| !booked.event.teams.is_empty()) }
    }
}

/// All that is wrong with a form as far as it can be told without the database, so that it is told at once.
pub fn all_errors(
    input: &EventInput,
    days: &TypedDays,
    mut errors: Vec<FieldError>,
    needs: Needs,
) -> Result<(), ServiceError> {
    if needs.venue && input.venue.is_none() && !errors.iter().any(|error| error.field == "venue") {
        errors.push(FieldError::new("venue", Rule::Required));
    }
    if needs.team && input.teams.is_empty() {
        errors.push(FieldError::new("teams", Rule::Required));
    }
    let further = input.clone().check().err().unwrap_or_default().into_iter().map(|error| days.by_row(error));
    // A title is proposed once there is a venue.
    let further = further.filter(|error| !(error.field == "title" && input.venue.is_none()));
    errors.extend(further);
    if errors.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(errors)) }
}

/// "Jemput bola SMKN 1 Bukateja".
fn proposed_title(shell: &Shell, fields: &FormFields, pick: &Pick) -> Option<String> {
    let kind: EventKind = fields.text("kind")?.parse().ok()?;
    let venue = pick.venue()?;
    Some(shell.t1(&format!("event-title-{}", kind.as_str()), "venue", &venue.details.name))
}

/// The fields of a stored event, for its form or a copy.
pub fn fields_of(booked: &BookedEvent, venue: Option<String>, free: &Availability) -> FormFields {
    let event = &booked.event;
    let request = event.request.clone().unwrap_or_default();
    let mut fields = vec![
        ("kind", event.kind.to_string()),
        ("title", event.title.to_string()),
        ("venue", venue.unwrap_or_default()),
        ("place", text(event.place.as_ref())),
        ("host_programme", text(event.host_programme.as_ref())),
        ("request.by", text(request.by.as_ref())),
        ("request.received_on", text(request.received_on.as_ref())),
        ("request.letter_number", text(request.letter_number.as_ref())),
        ("request.expected", text(request.expected.as_ref())),
        ("notes", text(event.notes.as_ref())),
        ("version", event.version.to_string()),
        ("units_from", if brings_usual_units(event, free) { "" } else { OWN }.to_owned()),
        ("officers_from", if brings_members(event, free) { "" } else { OWN }.to_owned()),
    ];
    fields.extend(booked.teams.iter().map(|code| ("teams", code.to_string())));
    fields.extend(booked.units.iter().map(|code| ("units", code.to_string())));
    fields.extend(booked.officers.iter().map(|login| ("officers", login.to_string())));
    fields.extend(event.services.iter().map(|service| ("services", service.to_string())));
    FormFields::of(fields)
}

/// A value as text; nothing for none.
fn text<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Puts rows of days into the fields of a form.
pub fn set_days(fields: &mut FormFields, rows: &[DayRow]) {
    for (number, row) in rows.iter().enumerate() {
        fields.set(&format!("days[{number}].date"), &*row.date);
        fields.set(&format!("days[{number}].until"), &*row.until);
        fields.set(&format!("days[{number}].starts"), &*row.starts);
        fields.set(&format!("days[{number}].ends"), &*row.ends);
        fields.set_all(&format!("days[{number}].slots"), row.slots.iter().cloned());
    }
}

fn brings_usual_units(event: &Event, free: &Availability) -> bool {
    let teams = free.teams.iter().filter(|team| event.teams.contains(&team.item.id));
    let usual: BTreeSet<_> = teams.flat_map(|team| team.item.details.units.iter().copied()).collect();
    usual == event.units.iter().copied().collect()
}

fn brings_members(event: &Event, free: &Availability) -> bool {
    let teams = free.teams.iter().filter(|team| event.teams.contains(&team.item.id));
    let members: BTreeSet<_> = teams.flat_map(|team| team.item.details.members.iter().copied()).collect();
    members == event.officers.iter().copied().collect()
}
