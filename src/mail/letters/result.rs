//! The nudge about a held event without a result: to its officers, a day later to the coordinators.

use crate::domain::language::Language;
use crate::mail::error::RenderError;
use crate::mail::letter::Letter;
use crate::mail::notice::{Button, Fact, Notice};
use crate::mail::payload::ResultLetter;
use crate::mail::short::for_subject;
use crate::wording::dates;
use crate::wording::messages::message;

pub fn write(letter: &ResultLetter, language: Language) -> Result<Letter, RenderError> {
    let args = [
        ("title", letter.title.clone()),
        ("date", dates::date(language, letter.last_day)),
        ("reader", letter.reader.clone()),
    ];
    let say = |id: &str| message(language, id, &args);
    let [_, date, _] = &args;
    let subject = [("title", for_subject(&letter.title)), date.clone()];
    let facts = [
        Fact::new(say("mail-event-when"), vec![dates::date_with_pasaran(language, letter.last_day)]),
        Fact::new(say("mail-event-where"), letter.place.iter().cloned().collect()),
        Fact::new(say("mail-event-teams"), letter.teams.clone()),
    ];
    let lead = if letter.is_officer { "mail-result-lead-officer" } else { "mail-result-lead-coordinator" };
    let notice = Notice {
        language,
        office: letter.office.clone(),
        subject: message(language, "mail-result-subject", &subject),
        heading: say("mail-result-heading"),
        lead: vec![say(lead)],
        facts: facts.into_iter().flatten().collect(),
        button: Some(Button { label: say("mail-result-open"), address: letter.address.clone() }),
        closing: vec![say("mail-result-nihil")],
        footer: say(if letter.is_officer { "mail-result-footer-officer" } else { "mail-result-footer-coordinator" }),
        calendar: Vec::new(),
        unsubscribe: letter.unsubscribe.clone(),
    };
    notice.into_letter()
}
