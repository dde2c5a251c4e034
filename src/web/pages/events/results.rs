//! What was counted at an event, as people read it: by group, with how many were reached and what share was activated.

use std::collections::BTreeMap;

use crate::domain::outcome::{Counts, Outcome, OutcomeGroup};
use crate::domain::tally::{EntryKind, EntrySource};
use crate::pictures;
use crate::service::event_sheets::EventSheet;
use crate::service::recording::ShownEntry;
use crate::web::pages::Shell;
use crate::wording::numbers;

/// The outcomes of one group.
pub struct GroupView {
    pub label: String,
    pub sum: String,
    pub rows: Vec<OutcomeView>,
}

/// One outcome with its bar.
pub struct OutcomeView {
    pub label: String,
    pub count: String,
    pub bar: String,
}

/// Counts with what they come to.
pub struct SumView {
    pub activated: String,
    pub reached: String,
    /// "71,4 %"; none if nobody was reached.
    pub rate: Option<String>,
    /// "40 dari 56"
    pub rate_of: String,
}

/// One counted day.
pub struct DayView {
    pub date: String,
    pub sum: SumView,
}

/// One row of the ledger.
pub struct EntryView {
    pub id: String,
    pub date: String,
    /// "Kamis, 26 November 2026, 10.12 WIB"
    pub received: String,
    /// Who, and from which device.
    pub by: String,
    pub what: String,
    pub note: Option<String>,
    pub reason: Option<String>,
    pub is_voided: bool,
    /// True for a tally that still counts.
    pub is_correctable: bool,
}

pub fn sum(shell: &Shell, counts: &Counts) -> SumView {
    let counts = counts.shown();
    let (activated, reached) = (shell.count(counts.get(Outcome::Activated)), shell.count(counts.reached()));
    SumView {
        rate_of: shell.t2("event-rate-of", ("activated", &activated), ("reached", &reached)),
        activated,
        reached,
        rate: counts.rate().map(|rate| format!("{}\u{a0}%", numbers::decimal(shell.language, rate * 100.0, 1))),
    }
}

/// The groups that have a count, those of the digital ID first; KTP-el and KK are other services at the same table.
pub fn groups(shell: &Shell, counts: &Counts) -> Vec<GroupView> {
    let counts = counts.shown();
    let whole = counts.iter().map(|(_, n)| n).max().unwrap_or_default();
    let group = |label: String, belongs: &dyn Fn(Outcome) -> bool| {
        let own: Vec<(Outcome, i64)> = counts.iter().filter(|(outcome, _)| belongs(*outcome)).collect();
        let sum = own.iter().fold(0_i64, |sum, (_, n)| sum.saturating_add(*n));
        let rows = own.into_iter().map(|(outcome, n)| outcome_row(shell, outcome, n, whole)).collect();
        GroupView { label, sum: shell.count(sum), rows }
    };
    let of_group = |wanted: OutcomeGroup| {
        let label = shell.t(&format!("event-group-{}", wanted.as_str().replace('_', "-")));
        group(label, &|outcome: Outcome| outcome.is_reached() && outcome.group() == wanted)
    };
    let others = group(shell.t("event-group-others"), &|outcome: Outcome| !outcome.is_reached());
    let all = OutcomeGroup::ALL.iter().map(|wanted| of_group(*wanted)).chain([others]);
    all.filter(|group| !group.rows.is_empty()).collect()
}

fn outcome_row(shell: &Shell, outcome: Outcome, n: i64, whole: i64) -> OutcomeView {
    let length = |n: i64| f64::from(i32::try_from(n).unwrap_or(i32::MAX));
    OutcomeView {
        label: shell.label("outcome", outcome.as_str()),
        count: shell.count(n),
        bar: pictures::meter(length(n), length(whole), None),
    }
}

pub fn days(shell: &Shell, sheet: &EventSheet) -> Vec<DayView> {
    let day = |(date, counts): (&chrono::NaiveDate, &Counts)| DayView {
        date: shell.full_date(date),
        sum: sum(shell, counts),
    };
    sheet.counts.days.iter().map(day).collect()
}

pub fn entries(shell: &Shell, sheet: &EventSheet) -> Vec<EntryView> {
    // Newest first: what came last is what is looked for.
    sheet.entries.items.iter().rev().map(|entry| entry_view(shell, sheet, entry)).collect()
}

fn entry_view(shell: &Shell, sheet: &EventSheet, shown: &ShownEntry) -> EntryView {
    let stored = &shown.stored;
    let who = shown.sender.as_ref().map_or_else(|| shell.t("event-somebody"), |login| sheet.name_of(login.as_str()));
    let team = shown.team.as_ref().and_then(|code| sheet.teams.iter().find(|team| team.code == *code));
    let source = match stored.source {
        EntrySource::Field => shell.t1("event-source-field", "device", &stored.device),
        EntrySource::Desk => shell.t("event-source-desk"),
        EntrySource::File => shell.t("event-source-file"),
    };
    let parts = [Some(who), team.map(|team| team.details.name.to_string()), Some(source)];
    EntryView {
        id: stored.entry.id.to_string(),
        date: shell.short_date(&stored.entry.date),
        received: shell.moment(&stored.received_at),
        by: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        what: what(shell, shown),
        note: stored.entry.note.as_ref().map(ToString::to_string),
        reason: stored.entry.reason.as_ref().map(ToString::to_string),
        is_voided: shown.is_voided,
        is_correctable: stored.entry.kind == EntryKind::Tally && !shown.is_voided,
    }
}

/// What an entry says: its counts, or what it is.
fn what(shell: &Shell, shown: &ShownEntry) -> String {
    let entry = &shown.stored.entry;
    match entry.kind {
        EntryKind::Tally if entry.counts.is_empty() => shell.t("event-entry-nihil"),
        EntryKind::Tally => in_words(shell, &entry.counts),
        kind => shell.t(&format!("event-entry-{}", kind.as_str().replace('_', "-"))),
    }
}

/// "aktivasi (dalam daerah) 40, belum merasa perlu 5".
pub fn in_words(shell: &Shell, counts: &Counts) -> String {
    let told = counts.iter().map(|(outcome, n)| {
        format!("{} {}", shell.label("outcome", outcome.as_str()), numbers::count(shell.language, n))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// How many entries came from whom: "Adi: 34; Citra: 21". Names may end in digits.
pub fn told_by(shell: &Shell, sheet: &EventSheet) -> Option<String> {
    let mut by: BTreeMap<String, i64> = BTreeMap::new();
    for shown in &sheet.entries.items {
        let who =
            shown.sender.as_ref().map_or_else(|| shell.t("event-somebody"), |login| sheet.name_of(login.as_str()));
        *by.entry(who).or_default() += 1;
    }
    let told: Vec<String> = by.into_iter().map(|(who, n)| format!("{who}: {}", shell.count(n))).collect();
    (!told.is_empty()).then(|| shell.t1("event-told-by", "people", told.join("; ")))
}
