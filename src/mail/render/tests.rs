//! Every short letter as it was looked at, in both languages; and what must hold for each of them.

use serde_json::json;

use super::samples::{all, long_name, sample, with};
use super::*;
use crate::domain::mail::MailTopic;
use crate::mail::golden::assert_as_looked_at;
use Language::{English, Indonesian};

#[test]
fn every_letter_is_as_it_was_looked_at() {
    for (name, kind, payload) in all() {
        for language in Language::ALL {
            assert_as_looked_at("letters", &name, *language, &render(kind, &payload, *language).unwrap());
        }
    }
}

#[test]
fn every_kind_was_looked_at_but_digests_which_have_their_own() {
    let looked_at: Vec<MailKind> = all().into_iter().map(|(_, kind, _)| kind).collect();
    for kind in MailKind::ALL {
        let is_digest = kind.topic() == Some(MailTopic::Digests);
        assert_eq!(looked_at.contains(kind), !is_digest, "{kind}");
    }
}

#[test]
fn every_letter_is_whole_in_both_languages_however_long_or_bare_its_names_are() {
    for (name, kind, payload) in all() {
        for language in [Indonesian, English] {
            let letter = render(kind, &payload, language).unwrap();
            for part in [&letter.subject, &letter.text, &letter.html] {
                assert!(!part.is_empty() && !part.contains("mail-") && !part.contains("{ $"), "{name}: {part}");
            }
            assert!(!letter.subject.contains('\n') && letter.subject.chars().count() <= 120, "{}", letter.subject);
            assert!(letter.html.contains(&format!("<html lang=\"{language}\">")), "{name}");
            assert_eq!(letter, render(kind, &payload, language).unwrap(), "{name}: the same each time");
        }
    }
}

#[test]
fn a_name_that_no_subject_can_hold_stands_whole_in_the_letter() {
    let (kind, payload) = sample("confirmed.long");
    let letter = render(kind, &payload, Indonesian).unwrap();
    assert!(letter.subject.contains('…'), "{}", letter.subject);
    assert!(letter.text.contains(&long_name()) && letter.html.contains(&long_name()));
}

#[test]
fn a_moved_event_says_what_holds_and_what_held() {
    let (kind, payload) = sample("moved.full");
    let letter = render(kind, &payload, Indonesian).unwrap();
    assert_eq!(letter.subject, "Berubah: Jemput bola di SMKN 1 Bukateja, sekarang Selasa, 24 November 2026");
    for line in [
        "24 November 2026, 08.00–12.00 WIB",
        "Waktu sebelumnya:",
        "20 November 2026, 08.00–12.00 WIB",
        "Balai Desa Kutabawa",
        "Tim Serayu",
        "https://jb.example/33.03/kegiatan/1",
    ] {
        assert!(letter.text.contains(line), "{line} in\n{}", letter.text);
    }
    assert_eq!(letter.calendar.len(), 1);
}

#[test]
fn another_venue_on_the_same_days_is_told_as_that() {
    let (kind, payload) = sample("relocated.full");
    let letter = render(kind, &payload, Indonesian).unwrap();
    assert!(letter.subject.starts_with("Pindah lokasi: Jemput bola"), "{}", letter.subject);
    assert!(letter.text.contains("Lokasi sebelumnya:") && !letter.text.contains("Waktu sebelumnya"), "{}", letter.text);
}

#[test]
fn only_letters_that_a_reader_may_do_without_can_be_ended() {
    let is_full = |name: &str| name.rsplit_once('.').is_some_and(|(_, dress)| dress == "full");
    for (name, kind, payload) in all().into_iter().filter(|(name, _, _)| is_full(name)) {
        let letter = render(kind, &payload, English).unwrap();
        assert_eq!(letter.unsubscribe.is_some(), kind.topic().is_some(), "{name}");
        assert_eq!(letter.text.contains("/berhenti/"), kind.topic().is_some(), "{name}");
    }
}

#[test]
fn a_name_is_text_and_never_markup() {
    let evil = "<b>Siti</b> & \"<script>\"";
    let (kind, payload) = sample("confirmed.full");
    let payload = with(payload, &[("reader", evil), ("title", evil), ("office", evil)]);
    let letter = render(kind, &payload, English).unwrap();
    assert!(!letter.html.contains("<script>") && !letter.html.contains("<b>Siti"), "{}", letter.html);
    assert!(letter.text.contains(evil), "{}", letter.text);
}

#[test]
fn a_payload_of_another_shape_is_an_error() {
    assert!(matches!(render(MailKind::EventMoved, &json!({}), English), Err(RenderError::Payload(_))));
}
