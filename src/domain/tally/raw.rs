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

/// Why an entry is sent back to the phone, which keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RejectReason {
    /// Not well-formed: the rules that it breaks.
    Malformed(Vec<FieldError>),
    /// Its id is stored with other content.
    IdConflict,
    /// Its event belongs to another office.
    AnotherOffice,
}

impl RejectReason {
    /// The stable code, the gravest broken rule first.
    pub fn code(&self) -> &'static str {
        match self {
            Self::IdConflict => "id_conflict",
            Self::AnotherOffice => "another_office",
            Self::Malformed(errors) => malformed_code(errors),
        }
    }
}

fn malformed_code(errors: &[FieldError]) -> &'static str {
    let any = |broken: fn(&FieldError) -> bool| errors.iter().any(broken);
    if any(|error| error.rule == Rule::NikLike) {
        "nik_like"
    } else if any(|error| error.field.starts_with("counts") && matches!(error.rule, Rule::UnknownCode { .. })) {
        "unknown_outcome"
    } else if any(|error| error.field.starts_with("counts") && matches!(error.rule, Rule::OutOfRange { .. })) {
        "out_of_range"
    } else {
        "malformed"
    }
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
mod tests {
    use super::*;

    const ENTRY: &str = "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f";
    const OTHER: &str = "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e10";

    fn tally(counts: &[(&str, i64)]) -> RawEntry {
        RawEntry {
            id: Some(ENTRY.to_owned()),
            event: Some(OTHER.to_owned()),
            date: Some("2026-11-21".to_owned()),
            at: Some("2026-11-21T08:00:00.1234567+07:00".to_owned()),
            kind: Some("tally".to_owned()),
            counts: Some(counts.iter().map(|(outcome, n)| ((*outcome).to_owned(), *n)).collect()),
            ..RawEntry::default()
        }
    }

    fn of_kind(kind: &str) -> RawEntry {
        RawEntry { kind: Some(kind.to_owned()), counts: None, ..tally(&[]) }
    }

    fn fields(raw: RawEntry) -> Vec<(String, &'static str)> {
        raw.check().unwrap_err().into_iter().map(|error| (error.field, error.rule.code())).collect()
    }

    fn expected(fields: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
        fields.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect()
    }

    #[test]
    fn a_tally_becomes_an_entry_in_utc_microseconds() {
        let entry = tally(&[("activated", 3), ("no_email", -1000)]).check().unwrap();
        assert_eq!(entry.at.to_rfc3339(), "2026-11-21T01:00:00.123456+00:00");
        assert_eq!((entry.counts.get(Outcome::Activated), entry.counts.get(Outcome::NoEmail)), (3, -1000));
    }

    #[test]
    fn an_empty_tally_is_nihil_but_one_without_counts_is_not_a_tally() {
        assert!(tally(&[]).check().unwrap().counts.is_empty());
        assert_eq!(fields(of_kind("tally")), expected(&[("counts", "required")]));
    }

    #[test]
    fn counts_are_bounded_and_unknown_outcomes_are_not_repeated() {
        let raw = tally(&[("activated", 1001), ("no_email", -1001), ("3303050706240001", 1)]);
        let broken = expected(&[
            ("counts", "unknown_code"),
            ("counts.activated", "out_of_range"),
            ("counts.no_email", "out_of_range"),
        ]);
        assert_eq!(fields(raw), broken);
    }

    #[test]
    fn each_kind_has_its_own_part_and_no_other() {
        assert_eq!(fields(of_kind("void")), expected(&[("voids", "required")]));
        assert_eq!(fields(of_kind("event_new")), expected(&[("event_new", "required")]));
        let crowded = RawEntry {
            kind: Some("start".to_owned()),
            voids: Some(OTHER.to_owned()),
            event_new: Some(RawEventNew { title: Some("RW 3".to_owned()), ..RawEventNew::default() }),
            ..tally(&[("activated", 1)])
        };
        let unknown = [("counts", "unknown_field"), ("voids", "unknown_field"), ("event_new", "unknown_field")];
        assert_eq!(fields(crowded), expected(&unknown));
        assert!(RawEntry { kind: Some("finish".to_owned()), ..tally(&[]) }.check().is_ok(), "empty counts say nothing");
        let void = RawEntry { voids: Some(OTHER.to_owned()), reason: Some("  ".to_owned()), ..of_kind("void") };
        assert_eq!(void.check().unwrap().reason, None);
    }

    #[test]
    fn a_malformed_part_is_named_once() {
        let raw = RawEntry { voids: Some("x".to_owned()), ..of_kind("void") };
        assert_eq!(fields(raw), expected(&[("voids", "format")]));
        let raw = RawEntry { event_new: Some(RawEventNew::default()), ..of_kind("event_new") };
        assert_eq!(fields(raw), expected(&[("event_new.title", "required")]));
    }

    #[test]
    fn nothing_at_all_names_every_field_that_must_be_there() {
        let all = ["id", "event", "date", "at", "kind"].map(|field| (field, "required"));
        assert_eq!(fields(RawEntry::default()), expected(&all));
    }

    #[test]
    fn dates_are_written_in_full_and_moments_carry_their_offset() {
        for date in ["2026-11-2", "21/11/2026", " 2026-11-21", "2026-02-29", "0001-01-01"] {
            assert_eq!(fields(RawEntry { date: Some(date.to_owned()), ..tally(&[]) }), expected(&[("date", "format")]));
        }
        for at in ["2026-11-21T08:00:00", "2026-11-21", "9999-12-31T23:59:59-23:00", "kemarin"] {
            assert_eq!(fields(RawEntry { at: Some(at.to_owned()), ..tally(&[]) }), expected(&[("at", "format")]));
        }
        let dead_battery = RawEntry { at: Some("1970-01-01T00:00:00Z".to_owned()), ..tally(&[]) };
        assert!(dead_battery.check().is_ok());
    }

    #[test]
    fn an_entry_written_down_is_read_back_the_same() {
        let new = RawEventNew {
            title: Some("RW 3".to_owned()),
            services: Some(vec!["activated".to_owned()]),
            ..RawEventNew::default()
        };
        let spot = RawEntry { event_new: Some(new), note: Some("hujan".to_owned()), ..of_kind("event_new") };
        let void = RawEntry { voids: Some(OTHER.to_owned()), reason: Some("dobel".to_owned()), ..of_kind("void") };
        for raw in [tally(&[("activated", 3), ("no_email", -2)]), tally(&[]), spot, void, of_kind("start")] {
            let entry = raw.check().unwrap();
            let text = serde_json::to_string(&RawEntry::from(&entry)).unwrap();
            assert_eq!(serde_json::from_str::<RawEntry>(&text).unwrap().check(), Ok(entry));
        }
    }

    #[test]
    fn the_reason_of_a_rejection_tells_the_gravest_rule() {
        let code = |raw: RawEntry| RejectReason::Malformed(raw.check().unwrap_err()).code();
        let nik = Some("3303050706240001".to_owned());
        assert_eq!(code(RawEntry { note: nik, ..tally(&[("activated", 1001)]) }), "nik_like");
        assert_eq!(code(tally(&[("pingsan", 1), ("activated", 1001)])), "unknown_outcome");
        assert_eq!(code(tally(&[("activated", 1001)])), "out_of_range");
        assert_eq!(code(of_kind("tally")), "malformed");
    }

    #[test]
    fn the_digest_input_is_the_same_for_the_same_content_and_differs_with_every_field() {
        let digest = |raw: RawEntry| raw.check().unwrap().content_digest_input();
        let text = |text: &str| Some(text.to_owned());
        let base = || tally(&[("activated", 1)]);
        let new = |title: &str, place: Option<String>| RawEntry {
            event_new: Some(RawEventNew { title: text(title), place, ..RawEventNew::default() }),
            ..of_kind("event_new")
        };
        let same_moment = RawEntry { at: text("2026-11-21T01:00:00.123456Z"), ..base() };
        assert_eq!(digest(same_moment), digest(base()));
        assert_eq!(digest(RawEntry { id: text(OTHER), ..base() }), digest(base()));
        let different = [
            digest(base()),
            digest(tally(&[])),
            digest(tally(&[("activated", 0)])),
            digest(tally(&[("activated", -1)])),
            digest(RawEntry { event: text(ENTRY), ..base() }),
            digest(RawEntry { date: text("2026-11-20"), ..base() }),
            digest(RawEntry { at: text("2026-11-21T01:00:00Z"), ..base() }),
            digest(RawEntry { reason: text("a"), ..base() }),
            digest(RawEntry { note: text("a"), ..base() }),
            digest(RawEntry { reason: text("a;-"), ..base() }),
            digest(of_kind("start")),
            digest(RawEntry { voids: text(OTHER), ..of_kind("void") }),
            digest(new("RW 3", None)),
            digest(new("RW", text("3"))),
        ];
        let unique: BTreeSet<_> = different.iter().collect();
        assert_eq!(unique.len(), different.len());
    }
}
