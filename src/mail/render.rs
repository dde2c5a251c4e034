//! From a frozen payload to a letter: the same payload and language always give the same letter. One arm for each kind.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::digest;
use super::error::RenderError;
use super::letter::Letter;
use super::letters::{account, event, result, test};
use crate::domain::language::Language;
use crate::domain::mail::MailKind;

/// Writes a letter.
///
/// # Errors
/// [`RenderError`] if the payload is not one of this kind.
pub fn render(kind: MailKind, payload: &Value, language: Language) -> Result<Letter, RenderError> {
    match kind {
        MailKind::EventConfirmed | MailKind::EventMoved | MailKind::EventCancelled | MailKind::EventReminder => {
            event::write(kind, &read(payload)?, language)
        }
        MailKind::ResultReminder => result::write(&read(payload)?, language),
        MailKind::PasswordReset | MailKind::Invitation => account::write(kind, &read(payload)?, language),
        MailKind::Test => test::write(&read(payload)?, language),
        MailKind::Digest => digest::write(&read(payload)?, language),
    }
}

fn read<T: DeserializeOwned>(payload: &Value) -> Result<T, RenderError> {
    Ok(T::deserialize(payload)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use Language::{English, Indonesian};

    #[allow(clippy::needless_pass_by_value, reason = "called with a literal")]
    fn event(name: &str, title: &str, ending: Value) -> Value {
        json!({"office": "Dinas Dukcapil Kabupaten Purbalingga", "zone": "Asia/Jakarta", "reader": name, "title": title,
            "plan": {"place": "SMKN 1 Bukateja, Bukateja",
                "days": [{"date": "2026-11-24", "starts": "08:00:00", "ends": "12:00:00"},
                    {"date": "2026-11-25", "starts": "08:00:00", "ends": "12:00:00"}]},
            "before": {"place": "Balai Desa Kutabawa", "days": [{"date": "2026-11-23", "starts": "09:00:00", "ends": "12:00:00"}]},
            "teams": ["Tim Serayu"], "ending": ending, "reason": "hujan lebat", "address": "http://jb.example/33.03/kegiatan/1",
            "calendar": [{"method": "request", "text": "BEGIN:VCALENDAR\r\n"}], "unsubscribe": "http://jb.example/berhenti/x"})
    }

    /// As little as there can be.
    fn bare() -> Value {
        json!({"office": "D", "zone": "Asia/Jayapura", "reader": "S", "title": "T", "plan": {"place": null, "days": []},
            "before": null, "teams": [], "ending": null, "reason": null, "address": "http://jb.example", "calendar": [],
            "unsubscribe": null})
    }

    fn result(is_officer: bool) -> Value {
        json!({"office": "D", "reader": "Siti", "title": "Jemput bola", "place": null, "last_day": "2026-11-24", "teams": [],
            "is_officer": is_officer, "address": "http://jb.example/33.03/kegiatan/1", "unsubscribe": null})
    }

    fn account() -> Value {
        json!({"office": "D", "zone": "Asia/Jakarta", "reader": "Siti", "login": "siti", "role": "officer",
            "address": "http://jb.example/masuk/sandi/a-b", "until": "2026-11-21T03:00:00Z"})
    }

    fn all(name: &str, title: &str) -> Vec<(MailKind, Value)> {
        let mut all: Vec<(MailKind, Value)> = [
            (MailKind::EventConfirmed, Value::Null),
            (MailKind::EventMoved, Value::Null),
            (MailKind::EventReminder, Value::Null),
            (MailKind::EventCancelled, json!("cancelled")),
            (MailKind::EventCancelled, json!("postponed")),
            (MailKind::EventCancelled, json!("relieved")),
        ]
        .into_iter()
        .flat_map(|(kind, ending)| [(kind, event(name, title, ending)), (kind, bare())])
        .collect();
        all.extend([(MailKind::ResultReminder, result(true)), (MailKind::ResultReminder, result(false))]);
        all.extend([(MailKind::PasswordReset, account()), (MailKind::Invitation, account())]);
        let test = json!({"address": "http://jb.example", "route": "uji", "at": "2026-11-21T02:00:00Z", "zone": "Asia/Jakarta"});
        all.push((MailKind::Test, test));
        all
    }

    #[test]
    fn every_letter_is_whole_in_both_languages_however_long_or_bare_its_names_are() {
        let long = "Raden Ayu ".repeat(30);
        for (name, title) in [("Siti Rahayu", "Jemput bola SMKN 1"), (long.as_str(), long.as_str())] {
            for (kind, payload) in all(name, title) {
                for language in [Indonesian, English] {
                    let letter = render(kind, &payload, language).unwrap();
                    for part in [&letter.subject, &letter.text, &letter.html] {
                        assert!(
                            !part.is_empty() && !part.contains("mail-") && !part.contains("{ $"),
                            "{kind} {language}: {part}"
                        );
                    }
                    assert!(!letter.subject.contains('\n'), "{kind}: {}", letter.subject);
                    assert!(letter.html.contains(&format!("<html lang=\"{language}\">")), "{kind}");
                    assert_eq!(letter, render(kind, &payload, language).unwrap(), "{kind}: the same each time");
                }
            }
        }
    }

    #[test]
    fn a_moved_event_says_what_holds_and_what_held() {
        let letter =
            render(MailKind::EventMoved, &event("Siti", "Jemput bola SMKN 1", Value::Null), Indonesian).unwrap();
        assert_eq!(letter.subject, "Berubah: Jemput bola SMKN 1, sekarang Selasa, 24 November 2026");
        for line in [
            "Selasa Wage, 24 November 2026, 08.00–12.00 WIB",
            "Waktu sebelumnya:",
            "23 November 2026, 09.00–12.00 WIB",
            "Balai Desa Kutabawa",
            "Tim Serayu",
            "http://jb.example/33.03/kegiatan/1",
            "http://jb.example/berhenti/x",
        ] {
            let line = line.replace("Selasa Wage, ", "");
            assert!(letter.text.contains(&line), "{line} in\n{}", letter.text);
        }
        assert_eq!((letter.calendar.len(), letter.unsubscribe.as_deref()), (1, Some("http://jb.example/berhenti/x")));
    }

    #[test]
    fn a_name_is_text_and_never_markup() {
        let evil = "<b>Siti</b> & \"<script>\"";
        let letter = render(MailKind::EventConfirmed, &event(evil, evil, Value::Null), English).unwrap();
        assert!(!letter.html.contains("<script>") && !letter.html.contains("<b>Siti"), "{}", letter.html);
        assert!(letter.text.contains(evil), "{}", letter.text);
    }

    #[test]
    fn a_payload_of_another_shape_is_an_error() {
        assert!(matches!(render(MailKind::EventMoved, &json!({}), English), Err(RenderError::Payload(_))));
    }
}
