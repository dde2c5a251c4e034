//! Letters that open an account: a forgotten password, and the invitation of a new user. The address in them is secret.

use crate::domain::language::Language;
use crate::domain::mail::MailKind;
use crate::mail::error::RenderError;
use crate::mail::letter::Letter;
use crate::mail::notice::{Button, Fact, Notice};
use crate::mail::payload::AccountLetter;
use crate::mail::short::for_subject;
use crate::mail::zone::find_zone;
use crate::wording::dates;
use crate::wording::messages::{label, message};

pub fn write(kind: MailKind, letter: &AccountLetter, language: Language) -> Result<Letter, RenderError> {
    let what = if kind == MailKind::Invitation { "invitation" } else { "reset" };
    let zone = find_zone(&letter.zone)?;
    let args = [
        ("reader", letter.reader.clone()),
        ("office", letter.office.clone()),
        ("role", label(language, "role", letter.role.as_str())),
        ("until", dates::moment(language, letter.until, zone)),
    ];
    let say = |part: &str| message(language, &format!("mail-{what}-{part}"), &args);
    let office = [("office", for_subject(&letter.office))];
    let login = Fact::new(message(language, "mail-account-login", &[]), vec![letter.login.clone()]);
    let notice = Notice {
        language,
        office: letter.office.clone(),
        subject: message(language, &format!("mail-{what}-subject"), &office),
        heading: say("heading"),
        lead: vec![say("lead")],
        facts: login.into_iter().collect(),
        button: Some(Button { label: say("open"), address: letter.address.clone() }),
        closing: vec![say("until")],
        footer: say("footer"),
        calendar: Vec::new(),
        unsubscribe: None,
    };
    notice.into_letter()
}
