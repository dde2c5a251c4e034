//! The letter that shows that letters arrive.

use crate::domain::language::Language;
use crate::mail::error::RenderError;
use crate::mail::letter::Letter;
use crate::mail::notice::{Fact, Notice};
use crate::mail::payload::TestLetter;
use crate::mail::zone::find_zone;
use crate::wording::dates;
use crate::wording::messages::message;

pub fn write(letter: &TestLetter, language: Language) -> Result<Letter, RenderError> {
    let say = |id: &str| message(language, id, &[]);
    let at = dates::moment(language, letter.at, find_zone(&letter.zone)?);
    let facts = [
        Fact::new(say("mail-test-at"), vec![at]),
        Fact::new(say("mail-test-address"), vec![letter.address.clone()]),
        Fact::new(say("mail-test-route"), vec![letter.route.clone()]),
    ];
    let notice = Notice {
        language,
        office: say("mail-installation"),
        subject: say("mail-test-subject"),
        heading: say("mail-test-heading"),
        lead: vec![say("mail-test-lead")],
        facts: facts.into_iter().flatten().collect(),
        button: None,
        closing: Vec::new(),
        footer: say("mail-test-footer"),
        calendar: Vec::new(),
        unsubscribe: None,
    };
    notice.into_letter()
}
