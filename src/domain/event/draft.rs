//! What a coordinator decides about an event: what, where, who, when. Checked before it becomes an event or changes one;
//! whether the venue, teams and officers exist and are free is for the caller to find out.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::day::EventDays;
use super::state::EventKind;
use crate::domain::id::{TeamId, UnitId, UserId, VenueId};
use crate::domain::outcome::Outcome;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::{Name, Note};

const MAX_TEAMS: usize = 20;
const MAX_UNITS: usize = 40;
const MAX_OFFICERS: usize = 200;
const MAX_EXPECTED: u32 = 1_000_000;

/// The plan of an event, before its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDraft {
    pub kind: EventKind,
    pub title: Name,
    pub venue: Option<VenueId>,
    /// Where it is, in words, as long as an unplanned event has no venue.
    pub place: Option<Name>,
    pub teams: Vec<TeamId>,
    pub units: Vec<UnitId>,
    pub officers: Vec<UserId>,
    pub days: EventDays,
    pub services: BTreeSet<Outcome>,
    /// A programme that the event rides on, such as a regent's village tour.
    pub host_programme: Option<Name>,
    pub request: Option<Request>,
    pub notes: Option<Note>,
}

/// Who asked for the event, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    pub by: Option<Name>,
    pub received_on: Option<NaiveDate>,
    pub letter_number: Option<Name>,
    /// How many people the host expects.
    pub expected: Option<u32>,
}

impl EventDraft {
    /// The rules that this plan breaks. An unplanned event, made on the spot, may lack a venue and a team.
    pub fn check(&self, unplanned: bool) -> Vec<FieldError> {
        self.check_parts(!unplanned, !unplanned)
    }

    /// The rules that a record of what already happened breaks: which team went there may be known to nobody.
    pub fn check_record(&self) -> Vec<FieldError> {
        self.check_parts(true, false)
    }

    fn check_parts(&self, needs_venue: bool, needs_team: bool) -> Vec<FieldError> {
        let mut check = Check::new();
        if needs_venue && self.venue.is_none() {
            check.fail("venue", Rule::Required);
        }
        if needs_team && self.teams.is_empty() {
            check.fail("teams", Rule::Required);
        }
        check_list(&mut check, "teams", &self.teams, MAX_TEAMS);
        check_list(&mut check, "units", &self.units, MAX_UNITS);
        check_list(&mut check, "officers", &self.officers, MAX_OFFICERS);
        if self.services.iter().any(|outcome| !outcome.is_service()) {
            check.fail("services", Outcome::not_a_service());
        }
        if self.request.as_ref().and_then(|request| request.expected).is_some_and(|n| n > MAX_EXPECTED) {
            check.fail("request.expected", Rule::out_of_range(0, MAX_EXPECTED));
        }
        check.finish(None::<()>).err().unwrap_or_default()
    }

    /// The names of the fields in which `other` differs, as the audit trail lists them.
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let differs = [
            ("kind", self.kind != other.kind),
            ("title", self.title != other.title),
            ("venue", self.venue != other.venue),
            ("place", self.place != other.place),
            ("teams", self.teams != other.teams),
            ("units", self.units != other.units),
            ("officers", self.officers != other.officers),
            ("days", self.days != other.days),
            ("services", self.services != other.services),
            ("host_programme", self.host_programme != other.host_programme),
            ("request", self.request != other.request),
            ("notes", self.notes != other.notes),
        ];
        differs.into_iter().filter_map(|(name, changed)| changed.then_some(name)).collect()
    }
}

fn check_list<T: Ord>(check: &mut Check, field: &str, items: &[T], max: usize) {
    if items.len() > max {
        check.fail(field, Rule::TooMany(max));
    }
    let mut seen = BTreeSet::new();
    for (place, item) in items.iter().enumerate() {
        if !seen.insert(item) {
            check.fail(format!("{field}[{place}]"), Rule::Repeated);
        }
    }
}
