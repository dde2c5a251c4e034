//! An event as it is sent and shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moment;
use crate::domain::dates::print_time;
use crate::domain::event::input::{DayInput, EventInput, RequestInput};
use crate::domain::event::warnings::Warning;
use crate::domain::event::{EventDay, Request, Slot};
use crate::domain::language::Language;
use crate::domain::region::RegionCode;
use crate::domain::text::{Code, Login, Name, Note};
use crate::service::planning::BookedEvent;
use crate::wording::warnings::warning_message;

/// What an event needs: where, who, when, and which services it offers.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Event, example = json!({
    "kind": "outreach", "title": "Jemput bola SMKN 1", "venue": "SMKN-1", "teams": ["T-01"], "units": ["MBL-1"],
    "officers": ["siti.rahayu"],
    "days": [{"date": "2026-12-01", "slots": ["morning"], "starts": "09:00", "ends": "12:00"}],
    "services": ["activated", "ktp_recorded"],
    "request": {"by": "Kepala SMKN 1", "received_on": "2026-11-16", "letter_number": "421/017", "expected": 250},
    "state": "proposed"
}))]
pub struct EventBody {
    /// outreach | counter | briefing
    pub kind: Option<String>,
    pub title: Option<String>,
    /// Code of the venue; only an event made on the spot may lack one.
    pub venue: Option<String>,
    /// Where it is, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Codes of the teams, at least one.
    pub teams: Option<Vec<String>>,
    /// Codes of vehicles and kits; left out: those that the teams usually bring.
    pub units: Option<Vec<String>>,
    /// Logins; left out: the members of the teams.
    pub officers: Option<Vec<String>>,
    /// 1 to 60 days.
    pub days: Option<Vec<DayBody>>,
    /// Outcomes that are services; left out: `activated`, and none for a briefing.
    pub services: Option<Vec<String>>,
    /// A programme that the event rides on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_programme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// draft (if left out) | proposed | confirmed, or done if no day lies ahead. Changed by steps only.
    pub state: Option<String>,
}

/// A day of an event. Slots are reserved; the hours are information.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EventDay)]
pub struct DayBody {
    #[schema(example = "2026-12-01")]
    pub date: Option<String>,
    /// dawn (to 09.00) | morning (to 12.00) | afternoon (to 17.00) | evening; left out: those that the hours touch.
    pub slots: Option<Vec<String>>,
    #[schema(example = "09:00")]
    pub starts: Option<String>,
    #[schema(example = "12:00")]
    pub ends: Option<String>,
}

/// Who asked for the event, and how.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EventRequest)]
pub struct RequestBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_number: Option<String>,
    /// How many people the host expects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<i64>,
}

/// A stored event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BookedEvent)]
pub struct EventView {
    pub id: String,
    pub office: String,
    #[serde(flatten)]
    pub body: EventBody,
    /// Why it is in this state, where a reason was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_reason: Option<String>,
    /// unreported | reported | verified
    pub reporting: &'static str,
    /// Made on the spot by an officer.
    pub unplanned: bool,
    /// Entered after a day of it had passed.
    pub entered_late: bool,
    /// How many times somebody or something is reserved for a slot of a day.
    pub claims_held: usize,
    pub warnings: Vec<WarningView>,
    pub version: i64,
    pub created_at: String,
    pub updated_at: String,
}

/// Something to know about a booking; it never stops one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Warning)]
pub struct WarningView {
    /// `holiday` | `joint_leave` | `venue_closed` | `friday_prayer` | `over_capacity` | `entered_late`
    pub code: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<&'static str>,
}

impl EventView {
    pub fn new(office: &RegionCode, booked: BookedEvent, language: Language) -> Self {
        let event = &booked.event;
        Self {
            id: event.id.to_string(),
            office: office.to_string(),
            state_reason: event.state_reason.as_ref().map(ToString::to_string),
            reporting: event.reporting.as_str(),
            unplanned: event.unplanned,
            entered_late: event.entered_late,
            claims_held: event.claims().len(),
            warnings: booked.warnings.iter().map(|warning| WarningView::new(warning, language)).collect(),
            version: event.version,
            created_at: moment(event.created_at),
            updated_at: moment(event.updated_at),
            body: booked.into(),
        }
    }
}

impl WarningView {
    fn new(warning: &Warning, language: Language) -> Self {
        Self {
            code: warning.code.as_str(),
            message: warning_message(language, warning),
            date: warning.date.map(|date| date.to_string()),
            slot: warning.slot.map(Slot::as_str),
        }
    }
}

impl From<EventBody> for EventInput {
    fn from(body: EventBody) -> Self {
        let request = body.request.unwrap_or_default();
        Self {
            kind: body.kind,
            title: body.title,
            venue: body.venue,
            place: body.place,
            teams: body.teams.unwrap_or_default(),
            units: body.units,
            officers: body.officers,
            days: body.days.unwrap_or_default().into_iter().map(DayInput::from).collect(),
            services: body.services,
            host_programme: body.host_programme,
            request: RequestInput {
                by: request.by,
                received_on: request.received_on,
                letter_number: request.letter_number,
                expected: request.expected,
            },
            notes: body.notes,
        }
    }
}

impl From<DayBody> for DayInput {
    fn from(body: DayBody) -> Self {
        Self { date: body.date, slots: body.slots.unwrap_or_default(), starts: body.starts, ends: body.ends }
    }
}

impl From<BookedEvent> for EventBody {
    fn from(booked: BookedEvent) -> Self {
        let event = booked.event;
        let codes = |names: Vec<_>| Some(names.into_iter().map(Code::into_string).collect());
        Self {
            kind: Some(event.kind.to_string()),
            title: Some(event.title.into_string()),
            venue: booked.venue.map(Code::into_string),
            place: event.place.map(Name::into_string),
            teams: codes(booked.teams),
            units: codes(booked.units),
            officers: Some(booked.officers.into_iter().map(Login::into_string).collect()),
            days: Some(event.days.iter().map(DayBody::from).collect()),
            services: Some(event.services.iter().map(ToString::to_string).collect()),
            host_programme: event.host_programme.map(Name::into_string),
            request: event.request.map(RequestBody::from),
            notes: event.notes.map(Note::into_string),
            state: Some(event.state.to_string()),
        }
    }
}

impl From<&EventDay> for DayBody {
    fn from(day: &EventDay) -> Self {
        Self {
            date: Some(day.date().to_string()),
            slots: Some(day.slots().iter().map(ToString::to_string).collect()),
            starts: day.starts().map(print_time),
            ends: day.ends().map(print_time),
        }
    }
}

impl From<Request> for RequestBody {
    fn from(request: Request) -> Self {
        Self {
            by: request.by.map(Name::into_string),
            received_on: request.received_on.map(|date| date.to_string()),
            letter_number: request.letter_number.map(Name::into_string),
            expected: request.expected.map(i64::from),
        }
    }
}
