//! The letters of regions as they were looked at, in both languages; and what must hold for each of them.

use crate::domain::digest::{
    Answer, DigestPeriod, DigestReader, OfficeLine, RegionPayload, RegionReport, Span, TargetLine,
};
use crate::domain::language::Language;
use crate::domain::pace::Missing;
use crate::mail::digest::write_region;
use crate::mail::golden::assert_as_looked_at;

fn payload(region: Option<&str>, offices: Vec<OfficeLine>) -> RegionPayload {
    let report = RegionReport {
        region: region.map(str::to_owned),
        zone: "Asia/Jakarta".to_owned(),
        period: DigestPeriod::Weekly,
        on: "2024-06-07".parse().unwrap(),
        days: "2024-06-01..2024-06-07".parse().unwrap(),
        compiled_on: None,
        offices,
    };
    let reader = DigestReader {
        name: "Kepala Bidang Peraga".to_owned(),
        public_url: "https://jb.example".to_owned(),
        may_plan: false,
        may_govern: true,
        next: Some("2024-06-10T00:00:00Z".parse().unwrap()),
        unsubscribe: Some("https://jb.example/berhenti/abc".to_owned()),
    };
    RegionPayload { report: report.in_order(), reader }
}

fn office(code: &str, name: &str, target: Option<TargetLine>) -> OfficeLine {
    let last_counted = Some("2024-06-05".parse().unwrap());
    OfficeLine { code: code.to_owned(), name: name.to_owned(), target, activated: 205, unreported: 0, last_counted }
}

fn target(share: Span, gap: Span, is_over: bool) -> TargetLine {
    TargetLine {
        of_target: Answer::Known(share),
        of_denominator: Answer::Known(share),
        gap: Answer::Known(gap),
        is_over,
    }
}

fn province() -> Vec<OfficeLine> {
    let one = Span::exactly;
    let span = |low, high| Span { low, high, approximate: false };
    let unknown = Answer::Unknown(Missing::ShareOnly);
    let share_only = TargetLine { of_target: unknown, of_denominator: unknown, gap: unknown, is_over: false };
    vec![
        OfficeLine {
            unreported: 3,
            ..office("33.03", "Dinas Dukcapil Purbalingga", Some(target(one(12.782_4), one(203_947.0), false)))
        },
        office("33.05", "Dinas Dukcapil Kebumen", Some(target(one(101.2), one(0.0), false))),
        office("33.28", "Dinas Dukcapil Tegal", Some(target(span(10.3, 11.0), span(157_773.0, 169_210.0), false))),
        OfficeLine {
            activated: 0,
            last_counted: Some("2024-05-17".parse().unwrap()),
            ..office("33.06", "Dinas Dukcapil Purworejo", Some(share_only))
        },
        office("33.07", "Dinas Dukcapil Wonosobo", Some(target(one(40.0), one(9_000.0), true))),
        OfficeLine { activated: 0, last_counted: None, ..office("33.08", "Dinas Dukcapil Magelang", None) },
    ]
}

fn all() -> Vec<(&'static str, RegionPayload)> {
    let long = "Sekolah Menengah Panjang ".repeat(12);
    let longs = (0..60).map(|n| OfficeLine {
        unreported: n,
        ..office(&format!("33.{n:02}"), &long, Some(target(Span::exactly(12.0), Span::exactly(100.0), false)))
    });
    let mut long_names = payload(Some(&long), longs.collect());
    long_names.reader.name = long;
    vec![
        ("province", payload(Some("Jawa Tengah"), province())),
        ("nation", payload(None, province())),
        ("calm", payload(Some("Jawa Tengah"), province().into_iter().skip(1).take(2).collect())),
        ("empty", payload(Some("Jawa Tengah"), Vec::new())),
        ("long-names", long_names),
    ]
}

#[test]
fn every_letter_is_as_it_was_looked_at() {
    for (name, payload) in all() {
        let frozen: RegionPayload = serde_json::from_str(&serde_json::to_string(&payload).unwrap()).unwrap();
        for language in Language::ALL {
            assert_as_looked_at("region", name, *language, &write_region(&frozen, *language).unwrap());
        }
    }
}

#[test]
fn exceptions_stand_first_and_every_office_has_its_line() {
    let letter = write_region(&payload(Some("Jawa Tengah"), province()), Language::Indonesian).unwrap();
    let subject = "Jawa Tengah: kurang 361.720–373.157 aktivasi; 3 kegiatan belum dilaporkan";
    assert_eq!(letter.subject, subject);
    let place = |text: &str| letter.text.find(text).unwrap_or_else(|| panic!("{text} is missing in\n{}", letter.text));
    let order = [
        "Dinas Dukcapil Purbalingga: 3 kegiatan",
        "Dinas Dukcapil Magelang, belum pernah ada hasil",
        "Dinas Dukcapil Tegal: 10,3–11,0\u{a0}% dari target, kurang 157.773–169.210",
        "Dinas Dukcapil Purbalingga: 12,78\u{a0}% dari target, kurang 203.947",
        "Dinas Dukcapil Kebumen: target tercapai",
        "Dinas Dukcapil Purworejo: hanya persen yang diketahui",
        "Dinas Dukcapil Wonosobo: target sudah lewat",
        "Dinas Dukcapil Magelang: belum ada target",
    ];
    assert!(order.map(place).is_sorted(), "{}", letter.text);
}

#[test]
fn prose_keeps_to_250_words_lists_to_five_rows_and_the_subject_to_a_line() {
    for (name, payload) in all() {
        for language in Language::ALL {
            let letter = write_region(&payload, *language).unwrap();
            assert!(letter.subject.chars().count() < 140, "{}", letter.subject);
            let text = letter.text.replace("Sekolah Menengah Panjang ", "");
            let is_prose = |line: &&str| !line.starts_with("- ") && !line.trim_start().starts_with("http");
            let words: usize = text.lines().filter(is_prose).map(|line| line.split_whitespace().count()).sum();
            assert!(words <= 250, "{name} in {language} has {words} words:\n{text}");
        }
    }
    let text = write_region(&all().pop().unwrap().1, Language::Indonesian).unwrap().text;
    assert!(text.contains("dan 54 lainnya") && text.contains("dan 20 lainnya"), "{text}");
}
