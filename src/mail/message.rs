//! A letter as a message of RFC 5322: mixed(alternative(text, related(html, pictures)), calendar entries). The same letter
//! in the same envelope always gives the same bytes, so that a repetition can be recognised as one.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::message::header::{ContentDisposition, ContentId, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::letter::{CalendarPart, InlinePicture, Letter};
use crate::domain::id::MailId;
use crate::domain::language::Language;
use crate::domain::mail::Sender;
use crate::domain::text::Email;

/// Whom a letter is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub name: Option<String>,
    pub email: Email,
}

/// What stands around a letter.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Becomes the Message-ID: whoever gets a letter twice can tell that it is the same one.
    pub id: MailId,
    pub to: Address,
    pub language: Language,
    /// When the letter was written.
    pub date: DateTime<Utc>,
}

/// A message ready to leave.
#[derive(Debug, Clone)]
pub struct Parcel {
    pub id: MailId,
    pub envelope: lettre::address::Envelope,
    pub bytes: Vec<u8>,
}

/// Why a letter cannot become a message.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error("an address that no message can carry")]
    Address(#[from] lettre::address::AddressError),
    #[error("a message that cannot be built")]
    Message(#[from] lettre::error::Error),
    #[error("a content type or header that cannot be written")]
    Header,
}

/// Puts a letter into its envelope.
///
/// # Errors
/// [`ComposeError`] for an address or a header that no message can carry.
pub fn compose(letter: &Letter, envelope: &Envelope, sender: &Sender) -> Result<Parcel, ComposeError> {
    let from = Mailbox::new(sender.name.as_ref().map(|name| one_line(name.as_str())), sender.address.as_str().parse()?);
    let to = Mailbox::new(envelope.to.name.as_deref().map(one_line), envelope.to.email.as_str().parse()?);
    let mut message = lettre::Message::builder()
        .from(from)
        .to(to)
        .subject(one_line(&letter.subject))
        .date(SystemTime::from(envelope.date))
        .message_id(Some(format!("<{}@{}>", envelope.id, sender.host())))
        // Answers of machines to a machine's letter would never end (RFC 3834).
        .raw_header(raw("Auto-Submitted", "auto-generated")?)
        .raw_header(raw("Content-Language", envelope.language.as_str())?);
    if let Some(address) = &letter.unsubscribe {
        message = message
            .raw_header(raw("List-Unsubscribe", &format!("<{address}>"))?)
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let message = message.multipart(body(letter, envelope.id)?)?;
    Ok(Parcel { id: envelope.id, envelope: message.envelope().clone(), bytes: message.formatted() })
}

fn body(letter: &Letter, id: MailId) -> Result<MultiPart, ComposeError> {
    let boundary = |part: &str| format!("{part}-{}", id.0.simple());
    let html = SinglePart::html(letter.html.clone());
    let text = SinglePart::plain(letter.text.clone());
    let alternative = MultiPart::alternative().boundary(boundary("alternative")).singlepart(text);
    let alternative = if letter.pictures.is_empty() {
        alternative.singlepart(html)
    } else {
        let related = MultiPart::related().boundary(boundary("related")).singlepart(html);
        let with = |related: MultiPart, picture: &InlinePicture| -> Result<MultiPart, ComposeError> {
            let part = SinglePart::builder()
                .header(content_type("image/png")?)
                .header(ContentDisposition::inline_with_name(&format!("{}.png", picture.cid)))
                .header(ContentId::from(format!("<{}>", picture.cid)))
                .body(picture.png.clone());
            Ok(related.singlepart(part))
        };
        alternative.multipart(letter.pictures.iter().try_fold(related, with)?)
    };
    let mixed = MultiPart::mixed().boundary(boundary("mixed")).multipart(alternative);
    letter
        .calendar
        .iter()
        .enumerate()
        .try_fold(mixed, |mixed, (place, part)| Ok(mixed.singlepart(calendar_part(part, place + 1)?)))
}

/// The method stands in the MIME type as in the text: programs look at either (RFC 6047 section 2.4).
fn calendar_part(part: &CalendarPart, number: usize) -> Result<SinglePart, ComposeError> {
    let kind = format!("text/calendar; method={}; charset=utf-8", part.method.as_str());
    Ok(SinglePart::builder()
        .header(content_type(&kind)?)
        .header(ContentDisposition::attachment(&format!("kegiatan-{number}.ics")))
        .body(part.text.clone()))
}

fn content_type(text: &str) -> Result<ContentType, ComposeError> {
    ContentType::parse(text).map_err(|_| ComposeError::Header)
}

/// A header as it is. Only addresses of ours and fixed words come here; anything else is refused.
fn raw(name: &str, value: &str) -> Result<HeaderValue, ComposeError> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| ComposeError::Header)?;
    if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        Ok(HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned()))
    } else {
        Err(ComposeError::Header)
    }
}

/// A text that cannot begin a header of its own: whatever would end the line becomes a space.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::letter::CalendarMethod;
    use super::*;

    fn letter() -> Letter {
        Letter {
            subject: "Kurang 203.947 aktivasi".to_owned(),
            text: "Halo é\r\n.\r\ntitik".to_owned(),
            html: "<p>Halo</p><img src=\"cid:laju\" alt=\"\">".to_owned(),
            pictures: Vec::new(),
            calendar: Vec::new(),
            unsubscribe: None,
        }
    }

    fn envelope(name: &str) -> Envelope {
        Envelope {
            id: MailId(uuid::Uuid::from_u128(7)),
            to: Address { name: Some(name.to_owned()), email: "siti@dukcapil.example".parse().unwrap() },
            language: Language::Indonesian,
            date: "2026-11-21T02:00:00Z".parse().unwrap(),
        }
    }

    fn text_of(letter: &Letter, name: &str) -> String {
        let sender = "Jemput Bola <jb@dukcapil.example>".parse().unwrap();
        String::from_utf8(compose(letter, &envelope(name), &sender).unwrap().bytes).unwrap()
    }

    fn head(message: &str) -> Vec<&str> {
        message.split("\r\n\r\n").next().unwrap().split("\r\n").collect()
    }

    #[test]
    fn a_message_is_the_same_each_time_and_carries_the_letters_id() {
        let message = text_of(&letter(), "Siti");
        assert_eq!(message, text_of(&letter(), "Siti"));
        let head = head(&message);
        assert!(head.contains(&"Message-ID: <00000000-0000-0000-0000-000000000007@dukcapil.example>"), "{head:?}");
        assert!(head.contains(&"Date: Sat, 21 Nov 2026 02:00:00 +0000"), "{head:?}");
        assert!(head.contains(&"Auto-Submitted: auto-generated") && head.contains(&"Content-Language: id"), "{head:?}");
        assert!(message.is_ascii(), "8-bit text needs a server that takes it");
    }

    #[test]
    fn parts_lie_in_each_other_as_programs_expect_them() {
        let mut letter = letter();
        letter.pictures = vec![InlinePicture { cid: "laju".to_owned(), png: vec![1, 2, 3] }];
        letter.calendar = vec![CalendarPart { method: CalendarMethod::Cancel, text: "BEGIN:VCALENDAR\r\n".to_owned() }];
        let message = text_of(&letter, "Siti");
        let kinds: Vec<&str> = message
            .lines()
            .filter_map(|line| line.strip_prefix("Content-Type: "))
            .map(|line| line.split("boundary").next().unwrap().trim_end())
            .collect();
        let expected = [
            "multipart/mixed;",
            "multipart/alternative;",
            "text/plain; charset=utf-8",
            "multipart/related;",
            "text/html; charset=utf-8",
            "image/png",
            "text/calendar; method=CANCEL; charset=utf-8",
        ];
        assert_eq!(kinds, expected);
        assert!(message.contains("Content-ID: <laju>"));
    }

    #[test]
    fn one_request_unsubscribes() {
        let mut letter = letter();
        letter.unsubscribe = Some(format!("https://jb.example/berhenti/{}", "a".repeat(120)));
        let message = text_of(&letter, "Siti");
        let address = format!("List-Unsubscribe: <https://jb.example/berhenti/{}>", "a".repeat(120));
        assert!(head(&message).contains(&address.as_str()), "{message}");
        assert!(head(&message).contains(&"List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        letter.unsubscribe = Some("https://jb.example/\r\nBcc: x@y".to_owned());
        let sender = "jb@dukcapil.example".parse().unwrap();
        assert!(matches!(compose(&letter, &envelope("Siti"), &sender), Err(ComposeError::Header)));
    }

    proptest! {
        #[test]
        fn no_name_and_no_subject_can_add_a_header(name in ".{0,300}", subject in ".{0,300}", evil in "[\r\n\u{85}\u{2028}]{1,3}") {
            let mut letter = letter();
            letter.subject = format!("{subject}{evil}Bcc: orang@lain.example");
            let message = text_of(&letter, &format!("{name}{evil}Bcc: orang@lain.example"));
            let named: Vec<&str> = head(&message).into_iter().filter(|line| !line.starts_with([' ', '\t'])).collect();
            prop_assert!(named.iter().all(|line| !line.to_lowercase().starts_with("bcc")), "{named:?}");
            let names: Vec<&str> = named.iter().map(|line| line.split(':').next().unwrap()).collect();
            let expected = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type"];
            prop_assert_eq!(names, expected);
        }
    }
}
