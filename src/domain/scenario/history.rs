//! What the generator hands over: plain rows in the words of the file formats, ready to be written through the service.
//! Codes of closed lists (kinds, states, outcomes) are their English codes. Nothing here is a fact: every row is made up.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::region::RegionCode;
use crate::domain::text::{Code, Email, Login, Name, Note, Phone};

/// The label that every synthetic row carries in its notes or source.
pub const LABEL: &str = "Data sintetis untuk peragaan, bukan kejadian nyata.";

/// One district's synthetic year; events sorted by first day, start and venue.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticHistory {
    pub units: Vec<SyntheticUnit>,
    pub users: Vec<SyntheticUser>,
    pub teams: Vec<SyntheticTeam>,
    pub absences: Vec<SyntheticAbsence>,
    pub venues: Vec<SyntheticVenue>,
    pub events: Vec<SyntheticEvent>,
    pub totals: Vec<SyntheticTotal>,
}

/// A vehicle or a recording kit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticUnit {
    pub code: Code,
    pub kind: &'static str,
    pub name: Name,
}

/// An account; `scope` is the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticUser {
    pub login: Login,
    pub name: Name,
    pub role: &'static str,
    pub email: Email,
    pub phone: Phone,
    pub rank: Option<&'static str>,
    /// 18 digits that no civil servant can have (they start with the year 9999).
    pub nip: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticTeam {
    pub code: Code,
    pub name: Name,
    pub operators: u32,
    pub capacity_per_day: u32,
    pub latitude: f64,
    pub longitude: f64,
    /// Default units; a vehicle may be the default of several teams.
    pub units: Vec<Code>,
    pub members: Vec<Login>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticAbsence {
    pub login: Login,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub reason: Note,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticVenue {
    pub code: Code,
    pub name: Name,
    pub kind: &'static str,
    pub region: RegionCode,
    pub latitude: f64,
    pub longitude: f64,
    pub people: u32,
    pub eligible: u32,
    /// Per cent of the people with a capable phone.
    pub phone_share: u32,
    pub opening: OpeningCells,
    pub contact_name: Name,
    pub contact_phone: Phone,
    pub notes: Note,
}

/// The opening rule as the cells of the venues file; an empty cell sets no bound.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpeningCells {
    pub weekdays: String,
    pub pasaran: String,
    pub dates: String,
    /// Ranges `2026-06-20..2026-07-12`, separated by a space.
    pub blackout: String,
    pub opens: String,
    pub closes: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticEvent {
    pub kind: &'static str,
    pub title: Name,
    pub venue: Code,
    pub teams: Vec<Code>,
    pub units: Vec<Code>,
    /// The teams' members who are not absent on any of the days.
    pub officers: Vec<Login>,
    pub days: Vec<SyntheticDay>,
    pub services: Vec<&'static str>,
    pub host_programme: Option<Name>,
    pub request: Option<SyntheticRequest>,
    pub state: &'static str,
    pub reporting: &'static str,
    /// Why it was not held, cancelled or postponed.
    pub reason: Option<Note>,
    pub notes: Note,
    /// One per team and past day; none for briefings and for what was not held or not reported.
    pub results: Vec<SyntheticResult>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticDay {
    pub date: NaiveDate,
    pub slots: Vec<&'static str>,
    pub starts: NaiveTime,
    pub ends: NaiveTime,
}

/// Who asked for the visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticRequest {
    pub by: Name,
    pub received_on: NaiveDate,
    pub letter_number: Name,
    pub expected: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticResult {
    pub date: NaiveDate,
    pub team: Code,
    pub operators: u32,
    /// Length of the service; absent where nobody noted it.
    pub minutes: Option<u32>,
    pub precision: &'static str,
    /// Outcome to count; `activated` is always there.
    pub counts: BTreeMap<&'static str, u32>,
}

/// An office-day total of the counters, of any figure kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticTotal {
    pub date: NaiveDate,
    pub channel: &'static str,
    pub venue_kind: Option<&'static str>,
    pub figure: String,
    pub source: Name,
}
