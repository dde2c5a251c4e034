//! An entry as it comes over the wire, and its check: every broken rule is named, so that the officer's phone can show
//! it. Only form is judged here; whether a well-formed entry counts is for `judge`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::entry::{Entry, EntryKind, EventNew};
use crate::domain::id::EntryId;
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::Note;

/// The largest count that one entry may carry, in either direction.
pub const MAX_COUNT: i64 = 1_000;

/// An entry of which nothing is known to be right but the types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawEntry {
    pub id: Option<String>,
    pub event: Option<String>,
    pub date: Option<String>,
    pub at: Option<String>,
    pub kind: Option<String>,
    pub counts: Option<BTreeMap<String, i64>>,
    pub voids: Option<String>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub event_new: Option<RawEventNew>,
}

/// The description of an event made on the spot, unchecked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawEventNew {
    pub title: Option<String>,
    pub place: Option<String>,
    pub venue: Option<String>,
    pub services: Option<Vec<String>>,
}

impl RawEntry {
    /// The entry, or every rule that it breaks. Blank texts count as absent.
    pub fn check(self) -> Result<Entry, Vec<FieldError>> {
        let mut check = Check::new();
        let id = check.required("id", self.id, |text| text.parse());
        let event = check.required("event", self.event, |text| text.parse());
        let date = check.required("date", self.date, |text| parse_date(&text));
        let at = check.required("at", self.at, |text| parse_at(&text));
        let kind = check.required("kind", self.kind, |text| text.parse::<EntryKind>());
        let reason = check.optional("reason", filled(self.reason), |text| text.parse());
        let note = check.optional("note", filled(self.note), |text| text.parse());
        let voids = check.optional("voids", self.voids, |text| text.parse::<EntryId>());
        let counts = check_counts(&mut check, self.counts);
        let event_new = self.event_new.map(|raw| check_event_new(&mut check, raw));
        if let Some(kind) = kind {
            let has_counts = counts.as_ref().is_some_and(|counts| kind == EntryKind::Tally || !counts.is_empty());
            check_belongs(&mut check, "counts", kind == EntryKind::Tally, has_counts);
            check_belongs(&mut check, "voids", kind == EntryKind::Void, voids != Some(None));
            check_belongs(&mut check, "event_new", kind == EntryKind::EventNew, event_new.is_some());
        }
        let whole = (id.zip(event), date.zip(at), kind, reason.zip(note), voids);
        let built = match whole {
            (Some((id, event)), Some((date, at)), Some(kind), Some((reason, note)), Some(voids)) => {
                let (counts, event_new) = (counts.unwrap_or_default(), event_new.flatten());
                Some(Entry { id, event, date, at, kind, counts, voids, reason, note, event_new })
            }
            _ => None,
        };
        check.finish(built)
    }
}

/// The entry as it could have come: what [`RawEntry::check`] reads back.
impl From<&Entry> for RawEntry {
    fn from(entry: &Entry) -> Self {
        let text = |note: &Option<Note>| note.as_ref().map(ToString::to_string);
        let counts = entry.counts.iter().map(|(outcome, n)| (outcome.to_string(), n));
        Self {
            id: Some(entry.id.to_string()),
            event: Some(entry.event.to_string()),
            date: Some(entry.date.to_string()),
            at: Some(entry.at.to_rfc3339_opts(SecondsFormat::Micros, true)),
            kind: Some(entry.kind.to_string()),
            counts: (entry.kind == EntryKind::Tally).then(|| counts.collect()),
            voids: entry.voids.map(|id| id.to_string()),
            reason: text(&entry.reason),
            note: text(&entry.note),
            event_new: entry.event_new.as_ref().map(|event| RawEventNew {
                title: Some(event.title.to_string()),
                place: event.place.as_ref().map(ToString::to_string),
                venue: event.venue.as_ref().map(ToString::to_string),
                services: Some(event.services.iter().map(ToString::to_string).collect()),
            }),
        }
    }
}

/// A part that its kind needs must be there, and a part that its kind does not know must not.
fn check_belongs(check: &mut Check, field: &str, needed: bool, present: bool) {
    match (needed, present) {
        (true, false) => check.fail(field, Rule::Required),
        (false, true) => check.fail(field, Rule::UnknownField),
        _ => {}
    }
}

fn check_counts(check: &mut Check, raw: Option<BTreeMap<String, i64>>) -> Option<Counts> {
    let mut counts = Counts::new();
    for (key, n) in raw? {
        // What is no outcome is not repeated in the error: it could be anything.
        let Some(outcome) = check.field("counts", key.parse::<Outcome>()) else { continue };
        if (-MAX_COUNT..=MAX_COUNT).contains(&n) {
            counts.count(outcome, n);
        } else {
            check.fail(format!("counts.{outcome}"), Rule::out_of_range(-MAX_COUNT, MAX_COUNT));
        }
    }
    Some(counts)
}

fn check_event_new(check: &mut Check, raw: RawEventNew) -> Option<EventNew> {
    let title = check.required("event_new.title", raw.title, |text| text.parse());
    let place = check.optional("event_new.place", filled(raw.place), |text| text.parse());
    let venue = check.optional("event_new.venue", filled(raw.venue), |text| text.parse());
    let mut services = BTreeSet::new();
    for (place, code) in raw.services.unwrap_or_default().iter().enumerate() {
        services.extend(check.field(format!("event_new.services[{place}]"), Outcome::parse_service(code)));
    }
    let (place, venue) = place.zip(venue)?;
    Some(EventNew { title: title?, place, venue, services })
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The years that a phone's clock may be wrong by; beyond them it is no date.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

fn parse_date(text: &str) -> Result<NaiveDate, Rule> {
    const EXAMPLE: &str = "2026-11-21";
    let date = text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text && YEARS.contains(&date.year()));
    date.ok_or(Rule::Format { example: EXAMPLE })
}

/// A moment with its offset from UTC, cut to the microseconds that are stored.
fn parse_at(text: &str) -> Result<DateTime<Utc>, Rule> {
    let at = DateTime::parse_from_rfc3339(text).ok();
    let at = at.and_then(|at| DateTime::from_timestamp_micros(at.timestamp_micros()));
    at.filter(|at| YEARS.contains(&at.year())).ok_or(Rule::Format { example: "2026-11-21T08:00:00+07:00" })
}

#[cfg(test)]
mod tests;
