//! What a head must know first: events that were not held, not reported, reported late or doubted, and a pace that does
//! not suffice; with one button for the most urgent.

use super::rich::{Rich, clean};
use super::view::{Alert, Button, Group};
use super::words::Words;
use crate::domain::digest::{EventLine, Shortlist, Span};
use crate::domain::event::EventState;

/// The first part of the letter.
pub fn alert(words: Words<'_>) -> Alert {
    let report = words.report();
    let exceptions = &report.exceptions;
    let unreported = words.page(&format!("kegiatan?laporan=belum&sampai={}", report.on));
    let held = words.page("perlu-keputusan");
    let days = format!("dari={}&sampai={}", report.days.first(), report.days.last());
    let not_held = words.page(&format!("kegiatan?status=not_held&{days}"));
    let events = words.page(&format!("kegiatan?{days}"));
    let groups = [
        group(words, "not-held", &exceptions.not_held, &not_held),
        group(words, "unreported", &exceptions.unreported, &unreported),
        group(words, "late", &exceptions.late, &events),
        behind(words),
        group(words, "implausible", &exceptions.implausible, &held),
        waiting(words, &held),
    ];
    let groups: Vec<Group> = groups.into_iter().flatten().collect();
    let calm = groups.is_empty().then(|| words.plain("digest-calm", &[]));
    Alert { title: words.plain("digest-alert", &[]), groups, calm, button: button(words, &held) }
}

fn group(words: Words<'_>, what: &str, list: &Shortlist<EventLine>, page: &str) -> Option<Group> {
    let row = |event: &EventLine| {
        let args = [
            ("place", words.link(&words.place_of(event), &words.event_page(event))),
            ("days", words.days_of(event)),
            ("number", words.count(event.number)),
            ("teams", clean(&event.teams.join(", "))),
        ];
        let reason = event.reason.as_deref().map(|reason| clean(reason.trim_end_matches('.')));
        match (what, reason) {
            ("not-held", Some(reason)) => {
                let [place, days, ..] = args;
                words.say("digest-not-held-row-reason", &[place, days, ("reason", reason)])
            }
            // Nobody has said whether it took place.
            ("unreported", _) if event.state == EventState::Confirmed => words.say("digest-unheard-row", &args),
            _ => words.say(&format!("digest-{what}-row"), &args),
        }
    };
    let group = || Group {
        label: words.plain(&format!("digest-{what}"), &[]),
        rows: list.rows.iter().map(row).collect(),
        others: others(words, list.others, page),
    };
    (!list.is_empty()).then(group)
}

/// "dan 3 lainnya", with the page of all of them.
pub fn others(words: Words<'_>, number: usize, page: &str) -> Option<Rich> {
    let text = || words.plain("digest-others", &[("n", words.whole(number))]);
    (number > 0).then(|| Rich::cut(&words.link(&text(), page)))
}

fn behind(words: Words<'_>) -> Option<Group> {
    let standing = &words.report().standing;
    let (pace, needed) = standing.pace.known().zip(standing.needed.known())?;
    let args = [
        ("pace", words.target_link(&words.pace(pace.value))),
        ("needed", words.target_link(&words.pace(needed.calendar_day))),
    ];
    let rows = vec![words.say("digest-behind-row", &args)];
    let group = || Group { label: words.plain("digest-behind", &[]), rows, others: None };
    standing.is_behind().then(group)
}

/// Entries that wait for another reason than a doubtful number.
fn waiting(words: Words<'_>, page: &str) -> Option<Group> {
    let exceptions = &words.report().exceptions;
    let told: i64 = exceptions.doubted;
    let rest = exceptions.waiting.saturating_sub(told);
    let row = || words.say("digest-waiting-row", &[("n", words.link(&words.count(rest), page))]);
    let group = || Group { label: words.plain("digest-waiting", &[]), rows: vec![row()], others: None };
    (rest > 0).then(group)
}

/// The next action: the report that is missing, else the entries that wait.
fn button(words: Words<'_>, held: &str) -> Option<Button> {
    let exceptions = &words.report().exceptions;
    let may_plan = words.payload.reader.may_plan;
    if let Some(event) = exceptions.unreported.rows.first() {
        let href = words.event_page(event);
        let label = match event.teams.first() {
            Some(team) => words.plain("digest-ask-team", &[("team", words.short(team))]),
            None if may_plan => words.plain("digest-enter-result", &[]),
            None => words.plain("digest-open-event", &[]),
        };
        return Some(Button { label, href });
    }
    let waits = exceptions.waiting > 0 && may_plan;
    waits.then(|| Button { label: words.plain("digest-decide", &[]), href: held.to_owned() })
}

/// True if a span is worth a number in a heading.
pub fn is_positive(span: Span) -> bool {
    span.high > 0.0
}
