//! What somebody typed about an event. [`EventInput::check`] makes a plan of it, which still names venue, teams, units and
//! officers by their codes: whether they exist is asked later.

use std::collections::BTreeSet;

use super::day::{EventDay, EventDays, Slot};
use super::draft::Request;
use super::state::EventKind;
use crate::domain::dates::{parse_date, parse_time};
use crate::domain::outcome::Outcome;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::{Code, Login, Name, Note};

/// The fields of an event as typed. Units and officers that are left out are those of the teams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventInput {
    pub kind: Option<String>,
    pub title: Option<String>,
    pub venue: Option<String>,
    pub place: Option<String>,
    pub teams: Vec<String>,
    pub units: Option<Vec<String>>,
    pub officers: Option<Vec<String>>,
    pub days: Vec<DayInput>,
    pub services: Option<Vec<String>>,
    pub host_programme: Option<String>,
    pub request: RequestInput,
    pub notes: Option<String>,
}

/// A day as typed. Slots that are left out are those that the hours touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayInput {
    pub date: Option<String>,
    pub slots: Vec<String>,
    pub starts: Option<String>,
    pub ends: Option<String>,
}

/// Who asked for the event, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestInput {
    pub by: Option<String>,
    pub received_on: Option<String>,
    pub letter_number: Option<String>,
    pub expected: Option<i64>,
}

/// An event to book, naming what it needs by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPlan {
    pub kind: EventKind,
    pub title: Name,
    pub venue: Option<Code>,
    pub place: Option<Name>,
    pub teams: Vec<Code>,
    /// None: what the teams bring.
    pub units: Option<Vec<Code>>,
    /// None: the members of the teams.
    pub officers: Option<Vec<Login>>,
    pub days: EventDays,
    pub services: BTreeSet<Outcome>,
    pub host_programme: Option<Name>,
    pub request: Option<Request>,
    pub notes: Option<Note>,
}

impl EventInput {
    /// The plan, or every broken rule by field.
    pub fn check(self) -> Result<EventPlan, Vec<FieldError>> {
        let mut check = Check::new();
        let kind: Option<EventKind> = check.required("kind", self.kind, |text| text.parse());
        let title = check.required("title", self.title, |text| text.parse());
        let venue = check.optional("venue", self.venue, |text| text.parse());
        let place = check.optional("place", self.place, |text| text.parse());
        let teams = parse_list(&mut check, "teams", &self.teams, str::parse);
        let units = optional_list(&mut check, "units", self.units, str::parse);
        let officers = optional_list(&mut check, "officers", self.officers, str::parse);
        let days = parse_days(&mut check, self.days);
        let services = optional_list(&mut check, "services", self.services, Outcome::parse_service);
        let host_programme = check.optional("host_programme", self.host_programme, |text| text.parse());
        let request = self.request.check(&mut check);
        let notes = check.optional("notes", self.notes, |text| text.parse());
        let built = (|| {
            let kind = kind?;
            Some(EventPlan {
                kind,
                title: title?,
                venue: venue?,
                place: place?,
                teams: teams?,
                units: units.ok()?,
                officers: officers.ok()?,
                days: days?,
                services: services.ok()?.map_or_else(|| usual_services(kind), BTreeSet::from_iter),
                host_programme: host_programme?,
                request: request.ok()?,
                notes: notes?,
            })
        })();
        check.finish(built)
    }
}

/// Days as typed, for an event or for its proposal after it was postponed; none if a rule is broken.
pub fn parse_days(check: &mut Check, days: Vec<DayInput>) -> Option<EventDays> {
    let count = days.len();
    let parsed: Vec<EventDay> = days
        .into_iter()
        .enumerate()
        .filter_map(|(place, day)| parse_day(check, &format!("days[{place}]"), day))
        .collect();
    // Places are those of the input only if every day could be read.
    if parsed.len() < count {
        return None;
    }
    check.part(EventDays::new(parsed))
}

/// What is offered when nothing is said: a briefing has no table.
fn usual_services(kind: EventKind) -> BTreeSet<Outcome> {
    match kind {
        EventKind::Outreach | EventKind::Counter => BTreeSet::from([Outcome::Activated]),
        EventKind::Briefing => BTreeSet::new(),
    }
}

fn parse_day(check: &mut Check, field: &str, day: DayInput) -> Option<EventDay> {
    let date = check.required(format!("{field}.date"), day.date, |text| parse_date(&text));
    let slots = parse_list(check, &format!("{field}.slots"), &day.slots, str::parse);
    let starts = check.optional(format!("{field}.starts"), day.starts, |text| parse_time(&text));
    let ends = check.optional(format!("{field}.ends"), day.ends, |text| parse_time(&text));
    let (date, slots, starts, ends) = (date?, slots?, starts?, ends?);
    let slots: BTreeSet<Slot> = match (slots.is_empty(), starts) {
        (true, Some(starts)) => Slot::covering(starts, ends.unwrap_or(starts)),
        _ => slots.into_iter().collect(),
    };
    match EventDay::new(date, slots, starts, ends) {
        Ok(day) => Some(day),
        Err(errors) => {
            let below = |error: FieldError| FieldError::new(format!("{field}.{}", error.field), error.rule);
            check.extend(errors.into_iter().map(below));
            None
        }
    }
}

impl RequestInput {
    /// A request of which nothing is said is none.
    fn check(self, check: &mut Check) -> Result<Option<Request>, Noted> {
        let by = check.optional("request.by", self.by, |text| text.parse());
        let received_on = check.optional("request.received_on", self.received_on, |text| parse_date(&text));
        let letter_number = check.optional("request.letter_number", self.letter_number, |text| text.parse());
        let expected = check.optional("request.expected", self.expected, |people| {
            u32::try_from(people).map_err(|_| Rule::out_of_range(0, 1_000_000))
        });
        let built =
            || Some(Request { by: by?, received_on: received_on?, letter_number: letter_number?, expected: expected? });
        let request = built().ok_or(Noted)?;
        Ok((request != Request::default()).then_some(request))
    }
}

/// A rule is broken, and the check knows it.
struct Noted;

/// As [`parse_list`], for a list that may be left out.
fn optional_list<T>(
    check: &mut Check,
    field: &str,
    items: Option<Vec<String>>,
    parse: impl Fn(&str) -> Result<T, Rule>,
) -> Result<Option<Vec<T>>, Noted> {
    items.map(|items| parse_list(check, field, &items, parse).ok_or(Noted)).transpose()
}

/// Every item parsed, or none after each bad one was named by its place.
fn parse_list<T>(
    check: &mut Check,
    field: &str,
    items: &[String],
    parse: impl Fn(&str) -> Result<T, Rule>,
) -> Option<Vec<T>> {
    let parsed: Vec<Option<T>> =
        items.iter().enumerate().map(|(place, item)| check.field(format!("{field}[{place}]"), parse(item))).collect();
    parsed.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str, slots: &[&str], hours: Option<(&str, &str)>) -> DayInput {
        let (starts, ends) = hours.map(|(starts, ends)| (starts.to_owned(), ends.to_owned())).unzip();
        let slots = slots.iter().map(|slot| (*slot).to_owned()).collect();
        DayInput { date: Some(date.to_owned()), slots, starts, ends }
    }

    fn input(kind: &str) -> EventInput {
        EventInput {
            kind: Some(kind.to_owned()),
            title: Some("Jemput bola".to_owned()),
            venue: Some("SMKN-1".to_owned()),
            teams: vec!["T-1".to_owned()],
            days: vec![day("2026-11-23", &[], Some(("08.00", "12:00")))],
            ..EventInput::default()
        }
    }

    fn errors(input: EventInput) -> Vec<String> {
        let errors = input.check().unwrap_err();
        errors.into_iter().map(|error| format!("{}: {}", error.field, error.rule)).collect()
    }

    #[test]
    fn what_is_left_out_is_what_is_usual() {
        let plan = input("outreach").check().unwrap();
        assert_eq!(plan.services, [Outcome::Activated].into());
        assert_eq!(plan.days.first().unwrap().slots(), &[Slot::Dawn, Slot::Morning].into());
        assert_eq!((plan.units, plan.officers, plan.request), (None, None, None));
        assert!(input("briefing").check().unwrap().services.is_empty());
        let none = EventInput { officers: Some(vec![]), services: Some(vec![]), ..input("outreach") };
        let plan = none.check().unwrap();
        assert_eq!((plan.officers, plan.services), (Some(vec![]), BTreeSet::new()));
    }

    #[test]
    fn every_bad_item_is_named_by_its_place() {
        let broken = EventInput {
            title: None,
            teams: vec!["T-1".to_owned(), "tim dua".to_owned()],
            services: Some(vec!["activated".to_owned(), "underage".to_owned()]),
            days: vec![
                day("2026-11-23", &["noon"], None),
                day("2026-11-24", &[], None),
                day("2026-11-25", &["morning"], Some(("10:00", "09:00"))),
            ],
            request: RequestInput { expected: Some(-1), ..RequestInput::default() },
            notes: Some("NIK 3303050706240001".to_owned()),
            ..input("party")
        };
        let expected = [
            "kind: unknown_code",
            "title: required",
            "teams[1]: format",
            "days[0].slots[0]: unknown_code",
            "days[1].slots: required",
            "days[2].ends: ends_before_start",
            "services[1]: unknown_code",
            "request.expected: out_of_range",
            "notes: nik_like",
        ];
        assert_eq!(errors(broken), expected);
    }
}
