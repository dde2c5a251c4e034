//! The form of entries: what is well-formed, and how each broken rule is named.

use super::*;

const ENTRY: &str = "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f";
const OTHER: &str = "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e10";

fn tally(counts: &[(&str, i64)]) -> RawEntry {
    RawEntry {
        id: Some(ENTRY.to_owned()),
        event: Some(OTHER.to_owned()),
        date: Some("2026-11-21".to_owned()),
        at: Some("2026-11-21T08:00:00.1234567+07:00".to_owned()),
        kind: Some("tally".to_owned()),
        counts: Some(counts.iter().map(|(outcome, n)| ((*outcome).to_owned(), *n)).collect()),
        ..RawEntry::default()
    }
}

fn of_kind(kind: &str) -> RawEntry {
    RawEntry { kind: Some(kind.to_owned()), counts: None, ..tally(&[]) }
}

fn fields(raw: RawEntry) -> Vec<(String, &'static str)> {
    raw.check().unwrap_err().into_iter().map(|error| (error.field, error.rule.code())).collect()
}

fn expected(fields: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    fields.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect()
}

#[test]
fn a_tally_becomes_an_entry_in_utc_microseconds() {
    let entry = tally(&[("activated", 3), ("no_email", -1000)]).check().unwrap();
    assert_eq!(entry.at.to_rfc3339(), "2026-11-21T01:00:00.123456+00:00");
    assert_eq!((entry.counts.get(Outcome::Activated), entry.counts.get(Outcome::NoEmail)), (3, -1000));
}

#[test]
fn an_empty_tally_is_nihil_but_one_without_counts_is_not_a_tally() {
    assert!(tally(&[]).check().unwrap().counts.is_empty());
    assert_eq!(fields(of_kind("tally")), expected(&[("counts", "required")]));
}

#[test]
fn counts_are_bounded_and_unknown_outcomes_are_not_repeated() {
    let raw = tally(&[("activated", 1001), ("no_email", -1001), ("3303050706240001", 1)]);
    let broken = expected(&[
        ("counts", "unknown_code"),
        ("counts.activated", "out_of_range"),
        ("counts.no_email", "out_of_range"),
    ]);
    assert_eq!(fields(raw), broken);
}

#[test]
fn each_kind_has_its_own_part_and_no_other() {
    assert_eq!(fields(of_kind("void")), expected(&[("voids", "required")]));
    assert_eq!(fields(of_kind("event_new")), expected(&[("event_new", "required")]));
    let crowded = RawEntry {
        kind: Some("start".to_owned()),
        voids: Some(OTHER.to_owned()),
        event_new: Some(RawEventNew { title: Some("RW 3".to_owned()), ..RawEventNew::default() }),
        ..tally(&[("activated", 1)])
    };
    let unknown = [("counts", "unknown_field"), ("voids", "unknown_field"), ("event_new", "unknown_field")];
    assert_eq!(fields(crowded), expected(&unknown));
    assert!(RawEntry { kind: Some("finish".to_owned()), ..tally(&[]) }.check().is_ok(), "empty counts say nothing");
    let void = RawEntry { voids: Some(OTHER.to_owned()), reason: Some("  ".to_owned()), ..of_kind("void") };
    assert_eq!(void.check().unwrap().reason, None);
}

#[test]
fn a_malformed_part_is_named_once() {
    let raw = RawEntry { voids: Some("x".to_owned()), ..of_kind("void") };
    assert_eq!(fields(raw), expected(&[("voids", "format")]));
    let raw = RawEntry { event_new: Some(RawEventNew::default()), ..of_kind("event_new") };
    assert_eq!(fields(raw), expected(&[("event_new.title", "required")]));
}

#[test]
fn nothing_at_all_names_every_field_that_must_be_there() {
    let all = ["id", "event", "date", "at", "kind"].map(|field| (field, "required"));
    assert_eq!(fields(RawEntry::default()), expected(&all));
}

#[test]
fn dates_are_written_in_full_and_moments_carry_their_offset() {
    for date in ["2026-11-2", "21/11/2026", " 2026-11-21", "2026-02-29", "0001-01-01"] {
        assert_eq!(fields(RawEntry { date: Some(date.to_owned()), ..tally(&[]) }), expected(&[("date", "format")]));
    }
    for at in ["2026-11-21T08:00:00", "2026-11-21", "9999-12-31T23:59:59-23:00", "kemarin"] {
        assert_eq!(fields(RawEntry { at: Some(at.to_owned()), ..tally(&[]) }), expected(&[("at", "format")]));
    }
    let dead_battery = RawEntry { at: Some("1970-01-01T00:00:00Z".to_owned()), ..tally(&[]) };
    assert!(dead_battery.check().is_ok());
}

#[test]
fn an_entry_written_down_is_read_back_the_same() {
    let new = RawEventNew {
        title: Some("RW 3".to_owned()),
        services: Some(vec!["activated".to_owned()]),
        ..RawEventNew::default()
    };
    let spot = RawEntry { event_new: Some(new), note: Some("hujan".to_owned()), ..of_kind("event_new") };
    let void = RawEntry { voids: Some(OTHER.to_owned()), reason: Some("dobel".to_owned()), ..of_kind("void") };
    for raw in [tally(&[("activated", 3), ("no_email", -2)]), tally(&[]), spot, void, of_kind("start")] {
        let entry = raw.check().unwrap();
        let text = serde_json::to_string(&RawEntry::from(&entry)).unwrap();
        assert_eq!(serde_json::from_str::<RawEntry>(&text).unwrap().check(), Ok(entry));
    }
}

#[test]
fn the_digest_input_is_the_same_for_the_same_content_and_differs_with_every_field() {
    let digest = |raw: RawEntry| raw.check().unwrap().content_digest_input();
    let text = |text: &str| Some(text.to_owned());
    let base = || tally(&[("activated", 1)]);
    let new = |title: &str, place: Option<String>| RawEntry {
        event_new: Some(RawEventNew { title: text(title), place, ..RawEventNew::default() }),
        ..of_kind("event_new")
    };
    let same_moment = RawEntry { at: text("2026-11-21T01:00:00.123456Z"), ..base() };
    assert_eq!(digest(same_moment), digest(base()));
    assert_eq!(digest(RawEntry { id: text(OTHER), ..base() }), digest(base()));
    let different = [
        digest(base()),
        digest(tally(&[])),
        digest(tally(&[("activated", 0)])),
        digest(tally(&[("activated", -1)])),
        digest(RawEntry { event: text(ENTRY), ..base() }),
        digest(RawEntry { date: text("2026-11-20"), ..base() }),
        digest(RawEntry { at: text("2026-11-21T01:00:00Z"), ..base() }),
        digest(RawEntry { reason: text("a"), ..base() }),
        digest(RawEntry { note: text("a"), ..base() }),
        digest(RawEntry { reason: text("a;-"), ..base() }),
        digest(of_kind("start")),
        digest(RawEntry { voids: text(OTHER), ..of_kind("void") }),
        digest(new("RW 3", None)),
        digest(new("RW", text("3"))),
    ];
    let unique: BTreeSet<_> = different.iter().collect();
    assert_eq!(unique.len(), different.len());
}
