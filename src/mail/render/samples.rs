//! Short letters to look at: of each kind one that is full, one with as little as there can be, and one with names that are
//! too long for any line.

use serde::Serialize;
use serde_json::{Value, json};

use crate::domain::mail::MailKind;
use crate::domain::staff::Role;
use crate::mail::letter::{CalendarMethod, CalendarPart};
use crate::mail::payload::{AccountLetter, Ending, EventLetter, EventPlan, LetterDay, ResultLetter, TestLetter};

/// A letter's kind and payload under the name of its files.
pub type Sample = (String, MailKind, Value);

/// Longer than any name may be, with and without places to break a line.
pub fn long_name() -> String {
    format!("{}{}", "Raden Ayu ".repeat(15), "Sekolah-Menengah".repeat(10)).chars().take(300).collect()
}

/// Every kind in every dress.
pub fn all() -> Vec<Sample> {
    let events = EVENTS.iter().flat_map(|(name, kind, ending)| {
        let (full, bare) = (event(*kind, *ending), bare_event(*ending));
        [(format!("{name}.full"), *kind, frozen(&full)), (format!("{name}.bare"), *kind, frozen(&bare))]
    });
    let relocated =
        EventLetter { before: Some(EventPlan { days: days(24), ..before() }), ..event(MailKind::EventMoved, None) };
    let others = [
        ("relocated.full", MailKind::EventMoved, frozen(&relocated)),
        ("confirmed.long", MailKind::EventConfirmed, frozen(&with_long_names(event(MailKind::EventConfirmed, None)))),
        ("moved.long", MailKind::EventMoved, frozen(&with_long_names(event(MailKind::EventMoved, None)))),
        ("result-officer.full", MailKind::ResultReminder, frozen(&result(true))),
        ("result-coordinator.full", MailKind::ResultReminder, frozen(&result(false))),
        ("result-officer.bare", MailKind::ResultReminder, frozen(&bare_result())),
        ("result-officer.long", MailKind::ResultReminder, frozen(&long_result())),
        ("reset", MailKind::PasswordReset, frozen(&account("Siti Rahayu", "Dinas Dukcapil Kabupaten Purbalingga"))),
        ("reset.long", MailKind::PasswordReset, frozen(&account(&long_name(), &long_name()))),
        ("invitation", MailKind::Invitation, frozen(&account("Siti Rahayu", "Dinas Dukcapil Kabupaten Purbalingga"))),
        ("invitation.long", MailKind::Invitation, frozen(&account(&long_name(), &long_name()))),
        ("test", MailKind::Test, frozen(&test())),
    ];
    events.chain(others.map(|(name, kind, payload)| (name.to_owned(), kind, payload))).collect()
}

/// The sample of this name.
pub fn sample(name: &str) -> (MailKind, Value) {
    let (_, kind, payload) = all().into_iter().find(|(own, _, _)| own == name).unwrap();
    (kind, payload)
}

const EVENTS: [(&str, MailKind, Option<Ending>); 6] = [
    ("confirmed", MailKind::EventConfirmed, None),
    ("moved", MailKind::EventMoved, None),
    ("reminder", MailKind::EventReminder, None),
    ("cancelled", MailKind::EventCancelled, Some(Ending::Cancelled)),
    ("postponed", MailKind::EventCancelled, Some(Ending::Postponed)),
    ("relieved", MailKind::EventCancelled, Some(Ending::Relieved)),
];

fn frozen(payload: &impl Serialize) -> Value {
    serde_json::to_value(payload).unwrap()
}

/// Two days on end, from the 24th as from any other day of November 2026.
fn days(first: u32) -> Vec<LetterDay> {
    let day = |date: u32| LetterDay {
        date: chrono::NaiveDate::from_ymd_opt(2026, 11, date).unwrap(),
        starts: "08:00:00".parse().unwrap(),
        ends: "12:00:00".parse().unwrap(),
    };
    vec![day(first), day(first + 1)]
}

fn before() -> EventPlan {
    EventPlan { place: Some("Balai Desa Kutabawa, Karangreja".to_owned()), days: days(20) }
}

/// Each part that a letter of this kind can have, as the use cases fill them.
fn event(kind: MailKind, ending: Option<Ending>) -> EventLetter {
    let is_reminder = kind == MailKind::EventReminder;
    let method = if ending.is_some() { CalendarMethod::Cancel } else { CalendarMethod::Request };
    let has_reason = matches!(ending, Some(Ending::Cancelled | Ending::Postponed));
    let entry = CalendarPart { method, text: "BEGIN:VCALENDAR\r\n".to_owned() };
    EventLetter {
        office: "Dinas Dukcapil Kabupaten Purbalingga".to_owned(),
        zone: "Asia/Jakarta".to_owned(),
        reader: "Siti Rahayu".to_owned(),
        title: "Jemput bola di SMKN 1 Bukateja".to_owned(),
        plan: EventPlan { place: Some("SMKN 1 Bukateja, Bukateja".to_owned()), days: days(24) },
        before: (kind == MailKind::EventMoved).then(before),
        teams: vec!["Tim Klawing".to_owned(), "Tim Serayu".to_owned()],
        ending,
        reason: has_reason.then(|| "Hujan lebat, jalan ke desa longsor".to_owned()),
        address: "https://jb.example/33.03/kegiatan/1".to_owned(),
        calendar: if is_reminder { Vec::new() } else { vec![entry] },
        unsubscribe: is_reminder.then(|| "https://jb.example/berhenti/x".to_owned()),
    }
}

/// An event of one day at no place, of no team.
fn bare_event(ending: Option<Ending>) -> EventLetter {
    EventLetter {
        zone: "Asia/Jayapura".to_owned(),
        plan: EventPlan { place: None, days: days(24).into_iter().take(1).collect() },
        before: None,
        teams: Vec::new(),
        reason: None,
        calendar: Vec::new(),
        unsubscribe: None,
        ..event(MailKind::EventConfirmed, ending)
    }
}

fn with_long_names(letter: EventLetter) -> EventLetter {
    let plan = EventPlan { place: Some(long_name()), ..letter.plan };
    let teams = vec![long_name(), long_name()];
    EventLetter { office: long_name(), reader: long_name(), title: long_name(), plan, teams, ..letter }
}

fn result(is_officer: bool) -> ResultLetter {
    ResultLetter {
        office: "Dinas Dukcapil Kabupaten Purbalingga".to_owned(),
        reader: "Siti Rahayu".to_owned(),
        title: "Jemput bola di SMKN 1 Bukateja".to_owned(),
        place: Some("SMKN 1 Bukateja, Bukateja".to_owned()),
        last_day: "2026-11-24".parse().unwrap(),
        teams: vec!["Tim Serayu".to_owned()],
        is_officer,
        address: "https://jb.example/33.03/kegiatan/1".to_owned(),
        unsubscribe: Some("https://jb.example/berhenti/x".to_owned()),
    }
}

fn bare_result() -> ResultLetter {
    ResultLetter { place: None, teams: Vec::new(), unsubscribe: None, ..result(true) }
}

fn long_result() -> ResultLetter {
    let (office, reader, title, place) = (long_name(), long_name(), long_name(), Some(long_name()));
    ResultLetter { office, reader, title, place, teams: vec![long_name()], ..result(true) }
}

fn account(reader: &str, office: &str) -> AccountLetter {
    AccountLetter {
        office: office.to_owned(),
        zone: "Asia/Jakarta".to_owned(),
        reader: reader.to_owned(),
        login: "siti.rahayu".to_owned(),
        role: Role::Officer,
        address: "https://jb.example/masuk/sandi/a-b".to_owned(),
        until: "2026-11-21T03:00:00Z".parse().unwrap(),
    }
}

fn test() -> TestLetter {
    TestLetter {
        address: "https://jb.example".to_owned(),
        route: "mail.example:465".to_owned(),
        at: "2026-11-21T02:00:00Z".parse().unwrap(),
        zone: "Asia/Jakarta".to_owned(),
    }
}

/// A payload with other values in these fields.
pub fn with(mut payload: Value, fields: &[(&str, &str)]) -> Value {
    for (field, value) in fields {
        payload[*field] = json!(value);
    }
    payload
}
