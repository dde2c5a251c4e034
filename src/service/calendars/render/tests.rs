//! The attachments of letters as they were looked at; `UPDATE_GOLDEN=1` writes them anew.

use std::path::PathBuf;

use super::*;
use crate::domain::id::UserId;
use crate::domain::staff::{UserDetails, UserInput};
use crate::domain::venue::Position;

fn user(name: &str) -> User {
    let text = |text: &str| Some(text.to_owned());
    let input = UserInput {
        name: text(name),
        role: text("officer"),
        scope: text("33.03"),
        email: text("siti@dukcapil.example"),
        ..UserInput::default()
    };
    let details: UserDetails = input.check().unwrap();
    let login = "siti".parse().unwrap();
    User { id: UserId(uuid::Uuid::from_u128(3)), login, details, version: 1, archived: false }
}

fn entry(title: &str, status: Status) -> Entry {
    Entry {
        uid: "00000000-0000-0000-0000-000000000001@jemputbola".to_owned(),
        sequence: 4,
        status,
        summary: title.to_owned(),
        location: Some("SMKN 1 Bukateja, Bukateja; aula, lantai 2".to_owned()),
        position: Some(Position::new(-7.42, 109.45).unwrap()),
        description: "Tim: Tim Serayu\nLayanan: aktivasi (dalam daerah)".to_owned(),
        address: "https://jb.example/33.03/kegiatan/1".to_owned(),
        starts: "2026-11-24T01:00:00Z".parse().unwrap(),
        ends: "2026-11-24T05:00:00Z".parse().unwrap(),
        created_at: "2026-11-20T02:00:00Z".parse().unwrap(),
        changed_at: "2026-11-21T02:00:00Z".parse().unwrap(),
    }
}

fn bare() -> Entry {
    Entry { location: None, position: None, description: String::new(), ..entry("Jemput bola", Status::Confirmed) }
}

fn all() -> Vec<(&'static str, String)> {
    let sender: Sender = "Jemput Bola <jb@dukcapil.example>".parse().unwrap();
    let nameless: Sender = "jb@dukcapil.example".parse().unwrap();
    let long = format!("{}{}", "Raden \"Ayu\" ".repeat(7), "Sekolah-Menengah".repeat(7));
    let (request, cancel) = (CalendarMethod::Request, CalendarMethod::Cancel);
    let title = "Jemput bola di SMKN 1 Bukateja";
    vec![
        ("request", print_message(&entry(title, Status::Confirmed), request, &sender, &user("Siti Rahayu"))),
        ("cancel", print_message(&entry(title, Status::Cancelled), cancel, &sender, &user("Siti Rahayu"))),
        ("bare", print_message(&bare(), request, &nameless, &user("Siti Rahayu"))),
        ("long", print_message(&entry(&long.repeat(2), Status::Confirmed), request, &sender, &user(&long))),
    ]
}

#[test]
fn every_attachment_is_as_it_was_looked_at() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/calendar");
    for (name, now) in all() {
        let path = folder.join(format!("{name}.ics"));
        if std::env::vars().any(|(name, _)| name == "UPDATE_GOLDEN") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &now).unwrap();
        }
        let known = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(known == now, "{} differs; UPDATE_GOLDEN=1 writes it anew:\n{now}", path.display());
    }
}

#[test]
fn no_line_is_longer_than_programs_read_and_the_method_is_that_of_the_letter() {
    for (name, text) in all() {
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "RFC 5545 section 3.1: {name}\n{text}");
        let method = if name == "cancel" { "METHOD:CANCEL\r\n" } else { "METHOD:REQUEST\r\n" };
        assert!(text.contains(method) && text.contains("SEQUENCE:4\r\n"), "{text}");
    }
}
