//! The audit trail in sentences: what was done, and the facts that were noted with it. Each action code has the message
//! `audit-<action>`; a test reads the sources of the use cases, so that none is forgotten.

use super::messages::{label, message, message_id};
use super::{dates, numbers};
use crate::domain::audit::AuditEntry;
use crate::domain::dates::{DateRange, parse_date};
use crate::domain::language::Language;

/// Variables of the sentences. One that a record lacks is shown as a dash.
const VARIABLES: [&str; 16] = [
    "added",
    "changed",
    "date",
    "days",
    "entries",
    "from",
    "held_for",
    "letters",
    "login",
    "name",
    "role",
    "state",
    "subject",
    "to",
    "unchanged",
    "voids",
];

/// How the actor of a job or a command is stored, before the reason why it acted.
const SYSTEM: &str = "system: ";

/// "Status diubah dari dikonfirmasi menjadi dibatalkan. Alasan: hujan": what was done, without who and to what.
pub fn trail_sentence(language: Language, entry: &AuditEntry) -> String {
    let id = action_id(&entry.action);
    let args: Vec<_> = VARIABLES.iter().map(|name| (*name, shown(language, entry, name))).collect();
    let sentence = message(language, &id, &args);
    // A record of a later or earlier version: better its code than nothing.
    let action = [("action", entry.action.clone())];
    let sentence = if sentence == id { message(language, "audit-unknown", &action) } else { sentence };
    let parts = parts(language, entry);
    if parts.is_empty() { sentence } else { format!("{sentence}. {}", parts.join(" ")) }
}

/// Who did it: a login, or the system and why it acted.
pub fn trail_actor(language: Language, actor: &str) -> String {
    let Some(why) = actor.strip_prefix(SYSTEM) else { return actor.to_owned() };
    let id = message_id("audit-why", &why.replace(' ', "-"));
    let words = message(language, &id, &[]);
    if words == id {
        return message(language, "audit-system-unknown", &[]);
    }
    message(language, "audit-system", &[("why", words)])
}

/// What it was done to: "kegiatan", "tim".
pub fn trail_subject(language: Language, kind: &str) -> String {
    coded(language, "audit-subject", kind)
}

fn action_id(action: &str) -> String {
    message_id("audit", &action.replace('.', "-"))
}

/// A code in words; the code itself if it has none.
fn coded(language: Language, list: &str, code: &str) -> String {
    let words = label(language, list, code);
    if words == message_id(list, code) { code.to_owned() } else { words }
}

fn shown(language: Language, entry: &AuditEntry, name: &str) -> String {
    let value = match name {
        "subject" => Some(entry.subject.as_str()),
        name => entry.details.get(name).map(String::as_str),
    };
    let Some(value) = value else { return "–".to_owned() };
    match name {
        "date" | "from" | "to" => match parse_date(value) {
            Ok(date) => dates::date(language, date),
            Err(_) => coded(language, "event-state", value),
        },
        "days" => value.parse::<DateRange>().map_or_else(|_| value.to_owned(), |days| dates::period(language, days)),
        "state" => coded(language, "event-state", value),
        "role" => coded(language, "role", value),
        "held_for" => coded(language, "held-for", value),
        "subject" if entry.subject_kind == "file" => coded(language, "file-kind", value),
        "added" | "changed" | "unchanged" | "entries" | "letters" | "voids" => {
            value.parse().map_or_else(|_| value.to_owned(), |number| numbers::count(language, number))
        }
        _ => value.to_owned(),
    }
}

/// What follows the sentence: names of changed fields, a figure, a reason.
fn parts(language: Language, entry: &AuditEntry) -> Vec<String> {
    let of = |name: &str| entry.details.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let part = |id: &str, name: &'static str, value: String| message(language, id, &[(name, value)]);
    let fields = of("fields").map(|fields| part("audit-part-fields", "fields", field_names(language, fields)));
    let figure = of("figure").map(|figure| {
        let figure = figure.parse().map_or_else(|_| figure.to_owned(), |read| numbers::figure(language, read));
        part("audit-part-figure", "figure", figure)
    });
    let said = |name: &str, id: &str| (of(name) == Some("true")).then(|| message(language, id, &[]));
    let reason = of("reason").map(|reason| part("audit-part-reason", "reason", reason.to_owned()));
    let archived = said("archived", "audit-part-archived");
    [fields, figure, archived, said("entered_late", "audit-part-late"), reason].into_iter().flatten().collect()
}

fn field_names(language: Language, fields: &str) -> String {
    fields.split(' ').map(|field| coded(language, "audit-field", field)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::domain::id::AuditId;

    fn entry(action: &str, details: &[(&str, &str)]) -> AuditEntry {
        let at = "2026-11-21T01:00:00Z".parse().unwrap();
        let (kind, _) = action.split_once('.').unwrap();
        AuditEntry {
            id: AuditId::new(at),
            at,
            actor: "kartika".to_owned(),
            action: action.to_owned(),
            subject_kind: kind.to_owned(),
            subject: "venues".to_owned(),
            details: details.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            request_id: None,
        }
    }

    /// The sources below a folder, without the text behind the first test.
    fn sources(folder: &Path, found: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push_str(text.split("#[cfg(test)]").next().unwrap());
            }
        }
    }

    fn source_of(room: &str) -> String {
        let mut found = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room), &mut found);
        found
    }

    /// Texts in quotes that look like `subject.verb`.
    fn actions_in_the_sources() -> BTreeSet<String> {
        let source = source_of("service");
        let is_word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let is_action = |text: &&str| match text.split_once('.') {
            Some((subject, verb)) => {
                is_word(subject) && is_word(verb) && !["csv", "ics", "json", "xlsx", "xml"].contains(&verb)
            }
            None => false,
        };
        source.split('"').filter(is_action).map(str::to_owned).collect()
    }

    #[test]
    fn every_action_of_the_use_cases_has_a_sentence_in_both_languages() {
        let actions = actions_in_the_sources();
        assert!(actions.len() > 40 && actions.contains("event.moved"), "{actions:?}");
        for language in [Language::Indonesian, Language::English] {
            for action in &actions {
                let sentence = trail_sentence(language, &entry(action, &[]));
                assert!(!sentence.contains(action.as_str()), "{language}: {action} has no sentence: {sentence}");
                assert!(!sentence.contains(['{', '$']), "{language}: {action}: {sentence}");
            }
        }
    }

    #[test]
    fn everything_that_records_are_about_has_a_name() {
        let source = source_of("service");
        let calls = source.split("Change::new(").skip(1);
        // The action may be a variable; what follows it is the kind.
        let kinds = calls.filter_map(|call| call.split('"').skip(1).step_by(2).find(|text| !text.contains('.')));
        let kinds: BTreeSet<&str> = kinds.collect();
        assert!(kinds.len() > 10 && kinds.contains("event"), "{kinds:?}");
        for kind in kinds {
            let id = message_id("audit-subject", kind);
            assert_ne!(message(Language::Indonesian, &id, &[]), id, "{kind}");
        }
    }

    #[test]
    fn every_field_that_a_change_can_name_has_a_name() {
        let found = source_of("domain") + &source_of("service");
        let compared = |pair: &&str| {
            let line = pair.lines().next().unwrap_or_default();
            (line.contains("\", self.") && line.contains(" != other."))
                || (line.contains("\", stored.") && line.contains(" != "))
        };
        let pairs = found.split("(\"").filter(compared);
        let fields: BTreeSet<&str> = pairs.filter_map(|pair| pair.split('"').next()).collect();
        assert!(fields.len() > 20 && fields.contains("operators"), "{fields:?}");
        for field in fields {
            let id = message_id("audit-field", field);
            assert_ne!(message(Language::Indonesian, &id, &[]), id, "{field}");
        }
    }

    #[test]
    fn states_dates_and_numbers_are_put_into_words() {
        let moved = entry("event.moved", &[("from", "confirmed"), ("to", "not_held"), ("reason", "hujan lebat")]);
        let expected = "Status diubah dari dikonfirmasi menjadi tidak terlaksana. Alasan: hujan lebat";
        assert_eq!(trail_sentence(Language::Indonesian, &moved), expected);
        let locked = entry("lock.added", &[("from", "2026-10-01"), ("to", "2026-10-31")]);
        let expected = "Period from Thursday, 1 October 2026 to Saturday, 31 October 2026 locked";
        assert_eq!(trail_sentence(Language::English, &locked), expected);
        let imported = entry("file.imported", &[("added", "1200"), ("changed", "0"), ("unchanged", "3")]);
        let expected = "Berkas lokasi diimpor: 1.200 baru, 0 berubah, 3 tetap";
        assert_eq!(trail_sentence(Language::Indonesian, &imported), expected);
    }

    #[test]
    fn changed_fields_and_figures_follow_the_sentence() {
        let changed = entry("venue.changed", &[("fields", "name contact"), ("archived", "false")]);
        assert_eq!(trail_sentence(Language::Indonesian, &changed), "Lokasi diubah. Yang berubah: nama, narahubung.");
        let changed = entry("venue.changed", &[("fields", ""), ("archived", "true")]);
        assert_eq!(trail_sentence(Language::English, &changed), "Venue changed. No longer in use.");
        let total = entry("total.added", &[("date", "2024-06-05"), ("figure", "6000-7000")]);
        assert!(trail_sentence(Language::Indonesian, &total).ends_with("Angka: 6.000–7.000."));
    }

    #[test]
    fn an_action_of_another_version_shows_its_code_and_the_system_says_why_it_acted() {
        assert_eq!(trail_sentence(Language::English, &entry("comet.seen", &[])), "Action comet.seen");
        assert_eq!(trail_actor(Language::Indonesian, "system: command line"), "Sistem (perintah di server)");
        assert_eq!(trail_actor(Language::Indonesian, "system: other"), "Sistem");
        assert_eq!(trail_actor(Language::English, "kartika"), "kartika");
    }
}
