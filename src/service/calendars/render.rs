//! A calendar as text (RFC 5545). Times are UTC, so no zone need be described; escaping and folding are the library's.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, EventLike, EventStatus, Property};

use super::entries::{Entry, Sheet, Status};
use crate::domain::mail::Sender;
use crate::domain::staff::User;
use crate::domain::text::Name;
use crate::mail::CalendarMethod;

/// Which program wrote it.
const PRODUCT: &str = "-//Jemput Bola//Jemput Bola//ID";

/// How often a program that asks at its own pace should come back.
const REFRESH: &str = "PT1H";

pub fn print(sheet: &Sheet) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&sheet.name);
    let refresh = Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done();
    calendar.append_property(refresh).append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    calendar.extend(sheet.entries.iter().map(event));
    calendar.to_string()
}

/// One entry as a message to one reader (RFC 5546): his calendar takes it over, changes it, or removes it.
pub fn print_message(entry: &Entry, method: CalendarMethod, organizer: &Sender, reader: &User) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("METHOD", method.as_str())]
    {
        calendar.append_property(Property::new(key, value));
    }
    let mut event = event(entry);
    let named = |key: &str, address: &str, name: Option<&str>| {
        let mut property = Property::new(key, format!("mailto:{address}"));
        if let Some(name) = name {
            property.add_parameter("CN", &parameter(name));
        }
        property
    };
    let mut organizer = named("ORGANIZER", organizer.address.as_str(), organizer.name.as_ref().map(Name::as_str));
    event.append_property(organizer.done());
    if let Some(address) = &reader.details.email {
        let mut attendee = named("ATTENDEE", address.as_str(), Some(reader.details.name.as_str()));
        // The event is on whatever he answers.
        let parameters = [("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "ACCEPTED"), ("RSVP", "FALSE")];
        for (key, value) in parameters {
            attendee.add_parameter(key, value);
        }
        event.append_multi_property(attendee.done());
    }
    calendar.push(event);
    calendar.to_string()
}

/// A text as the value of a parameter: quoted, and without what quotes cannot hold (RFC 5545 section 3.1).
fn parameter(text: &str) -> String {
    let safe: String = text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect();
    format!("\"{safe}\"")
}

fn event(entry: &Entry) -> icalendar::Event {
    let mut event = icalendar::Event::with_uid(&entry.uid);
    event
        // Of the entry and not of this answer: what has not changed reads the same again.
        .add_property("DTSTAMP", moment(entry.changed_at))
        .add_property("CREATED", moment(entry.created_at))
        .add_property("LAST-MODIFIED", moment(entry.changed_at))
        .add_property("SEQUENCE", entry.sequence.to_string())
        .add_property("DTSTART", moment(entry.starts))
        .add_property("DTEND", moment(entry.ends))
        .add_property("URL", &entry.address)
        .summary(&entry.summary)
        .description(&entry.description)
        .status(match entry.status {
            Status::Tentative => EventStatus::Tentative,
            Status::Confirmed => EventStatus::Confirmed,
            Status::Cancelled => EventStatus::Cancelled,
        });
    if let Some(location) = &entry.location {
        event.location(location);
    }
    if let Some(position) = entry.position {
        event.add_property("GEO", format!("{};{}", position.latitude(), position.longitude()));
    }
    event.done()
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
