//! Every letter as it was looked at, in both languages; and what must hold for each of them.

use super::samples::{all, full, news, write};
use crate::domain::digest::{DigestPayload, Shortlist};
use crate::domain::language::Language;
use crate::mail::golden::assert_as_looked_at;

fn sample(name: &str) -> DigestPayload {
    all().into_iter().find(|(own, _)| *own == name).unwrap().1
}

#[test]
fn every_letter_is_as_it_was_looked_at() {
    for (name, payload) in all() {
        for language in Language::ALL {
            assert_as_looked_at("digest", name, *language, &write(&payload, *language));
        }
    }
}

#[test]
fn the_news_of_purbalingga_stand_in_the_letter_to_the_digit() {
    let letter = write(&sample("news"), Language::Indonesian);
    assert_eq!(letter.subject, "Kurang 203.947 aktivasi; hasil Pabrik Sampoerna 6 Juni belum dilaporkan");
    for part in [letter.text, letter.html.replace("</a>", "").replace("&nbsp;", "\u{a0}")] {
        for figure in [
            "29.890",
            "3,83\u{a0}%",
            "12,78\u{a0}%",
            "203.947",
            "985",
            "1.387",
            "1.446",
            "9,28\u{a0}%",
            "27 Februari 2027",
            "7,70\u{a0}%",
            "31 Maret 2028",
            "1 hari data",
            "Kegiatan terlaksana, hasil belum masuk",
            "WIB",
        ] {
            assert!(part.contains(figure), "{figure} is missing in {part}");
        }
    }
}

#[test]
fn prose_keeps_to_250_words_and_each_list_to_five_rows() {
    for (name, payload) in all() {
        for language in Language::ALL {
            // Names are not prose, however long they are.
            let text = write(&payload, *language).text.replace("Sekolah Menengah Panjang ", "");
            let is_prose = |line: &&str| !line.starts_with("- ") && !line.trim_start().starts_with("http");
            let words: usize = text.lines().filter(is_prose).map(|line| line.split_whitespace().count()).sum();
            assert!(words <= 250, "{name} in {language} has {words} words:\n{text}");
            let lists = text.split("\n\n").flat_map(|part| part.split(":\n"));
            for list in lists {
                let rows = list.lines().filter(|line| line.starts_with("- ")).count();
                assert!(rows <= Shortlist::<()>::ROWS + 1, "{name}: {list}");
            }
        }
    }
    let text = write(&sample("full"), Language::Indonesian).text;
    assert!(text.contains("- dan 2 lainnya"), "{text}");
}

#[test]
fn every_figure_of_the_html_leads_to_a_page_of_the_office() {
    for (name, payload) in all() {
        let html = write(&payload, Language::Indonesian).html;
        let hrefs: Vec<&str> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(hrefs.len() > 5, "{name}");
        for href in &hrefs {
            let inside = href.starts_with("https://jb.example/33.03/") || *href == "https://jb.example/berhenti/abc";
            assert!(inside, "{name}: {href}");
        }
    }
    // What stands outside a link, a heading, a label or a note has no digit in it but those of dates.
    let html = write(&sample("news"), Language::Indonesian).html;
    for figure in ["203.947", "985", "1.387", "1.446", "29.890", "3,83\u{a0}%", "12,78\u{a0}%", "9,28\u{a0}%"] {
        assert!(html.contains(&format!(">{figure}</a>")), "{figure} is no link");
    }
}

#[test]
fn a_letter_carries_its_picture_and_is_read_without_it() {
    let letter = write(&sample("news"), Language::Indonesian);
    let [picture] = letter.pictures.as_slice() else { panic!("one picture") };
    assert!(letter.html.contains(&format!("cid:{}", picture.cid)));
    assert_eq!(picture.png.get(1..4), Some(&b"PNG"[..]));
    let alt =
        "alt=\"Grafik laju: 29.890 pada 7 Juni; pada 205 per hari menjadi 72.325 pada 31 Desember; target 233.837.\"";
    assert!(letter.html.contains(alt), "{}", letter.html);
    assert!(write(&sample("no-target"), Language::Indonesian).pictures.is_empty(), "nothing to draw");
}

#[test]
fn names_from_outside_are_escaped_and_cannot_break_a_line() {
    let evil = "<script>alert(1)</script>\r\nBcc: x@example.org \u{e000}https://evil.example\u{e001}klik\u{e002}";
    let report = full(evil, evil);
    let payload = DigestPayload { report, ..sample("full") };
    let letter = write(&payload, Language::Indonesian);
    assert!(!letter.html.contains("<script") && !letter.html.contains("href=\"https://evil"), "{}", letter.html);
    assert!(!letter.subject.contains(['\r', '\n']));
    let mut one = news();
    one.exceptions.unreported.rows[0].venue = Some(evil.to_owned());
    let letter = write(&DigestPayload { report: one, ..payload }, Language::Indonesian);
    assert!(!letter.subject.contains(['\r', '\n']) && letter.subject.chars().count() < 140, "{}", letter.subject);
}

#[test]
fn a_silent_week_says_nihil_first() {
    let letter = write(&sample("silent"), Language::Indonesian);
    assert!(letter.subject.starts_with("Nihil 1–7 Juni 2024; kurang 203.947"), "{}", letter.subject);
    assert!(letter.text.contains("Nihil: tidak ada kegiatan terlaksana"), "{}", letter.text);
}
