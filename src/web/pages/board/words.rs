//! Why something could not be done, in sentences: who has the thing where and when, and what is free instead.

use std::collections::BTreeSet;

use super::cards::when;
use crate::domain::event::SubjectKind;
use crate::domain::team::UnitKind;
use crate::domain::text::Name;
use crate::service::planning::{Availability, Bookable};
use crate::service::schedule::{ClashCause, HolderEvent};
use crate::web::pages::Shell;

/// Names that one sentence lists at most.
const NAMES_MAX: usize = 4;

/// Days that one sentence names at most.
const DAYS_MAX: usize = 3;

/// "Mobil 2 sudah dipakai Tim Serayu di Balai Desa Kedungbenda, Jumat 21 Juni siang. Mobil 1 bebas."
pub fn clash_sentence(shell: &Shell, cause: &ClashCause) -> String {
    let (id, whose) = match cause.kind {
        SubjectKind::Team => ("board-clash-team", place(&cause.holder)),
        SubjectKind::Officer => ("board-clash-officer", holder(shell, &cause.holder)),
        SubjectKind::Unit => ("board-clash-unit", holder(shell, &cause.holder)),
        SubjectKind::Venue => ("board-clash-venue", teams(&cause.holder)),
    };
    let days: Vec<String> = cause.slots.iter().take(DAYS_MAX).map(|(date, slots)| when(shell, *date, slots)).collect();
    let more = cause.slots.len().saturating_sub(DAYS_MAX);
    let more = (more > 0).then(|| shell.t1("board-more-days", "count", shell.count(more)));
    let days: Vec<String> = days.into_iter().chain(more).collect();
    let args = [("subject", cause.subject.clone()), ("holder", whose), ("when", days.join(", "))];
    let taken = shell.tv(id, &args);
    format!("{taken}{}", free(shell, cause))
}

fn free(shell: &Shell, cause: &ClashCause) -> String {
    let Some(free) = &cause.free else { return String::new() };
    let names: Vec<&str> = free.iter().take(NAMES_MAX).map(Name::as_str).collect();
    let text = match (cause.kind, names.is_empty()) {
        (SubjectKind::Team, true) => shell.t("board-no-free-team"),
        (_, true) => shell.t("board-no-free-unit"),
        (_, false) => shell.t1("board-free-instead", "names", names.join(", ")),
    };
    format!(" {text}")
}

/// "Tim Serayu di Balai Desa Kedungbenda", with whatever of it is known.
pub fn holder(shell: &Shell, holder: &HolderEvent) -> String {
    match (&holder.venue, holder.teams.is_empty()) {
        (Some(venue), false) => shell.t2("board-holder", ("teams", &teams(holder)), ("venue", venue.as_str())),
        (None, false) => shell.t2("board-holder-for", ("teams", &teams(holder)), ("title", holder.title.as_str())),
        (_, true) => holder.title.to_string(),
    }
}

fn place(holder: &HolderEvent) -> String {
    holder.venue.as_ref().unwrap_or(&holder.title).to_string()
}

fn teams(holder: &HolderEvent) -> String {
    if holder.teams.is_empty() {
        return holder.title.to_string();
    }
    holder.teams.iter().map(Name::as_str).collect::<Vec<_>>().join(", ")
}

/// A choice of a form: "Tim Klawing, bebas" or "Tim Serayu, dipakai Jemput bola Kedungbenda".
pub fn choice<T>(shell: &Shell, name: &str, bookable: &Bookable<T>) -> String {
    match bookable.held.first() {
        None => shell.t1("board-choice-free", "name", name),
        Some(held) => {
            let slots = BTreeSet::from([held.slot]);
            let args = [
                ("name", name.to_owned()),
                ("title", held.title.to_string()),
                ("when", when(shell, held.date, &slots)),
            ];
            shell.tv("board-choice-taken", &args)
        }
    }
}

/// The names of what is free, by what it is.
pub fn free_lists(shell: &Shell, available: &Availability) -> Vec<(String, String)> {
    let teams = available.teams.iter().filter(|team| team.is_free()).map(|team| team.item.details.name.to_string());
    let units = |kind: UnitKind| {
        let free = available.units.iter().filter(move |unit| unit.is_free() && unit.item.kind == kind);
        free.map(|unit| unit.item.name.to_string()).collect::<Vec<_>>()
    };
    let lists = [
        ("board-teams", teams.collect::<Vec<_>>()),
        ("board-vehicles", units(UnitKind::Vehicle)),
        ("board-kits", units(UnitKind::Kit)),
    ];
    let shown = |names: Vec<String>| if names.is_empty() { shell.t("board-none-free") } else { names.join(", ") };
    lists.into_iter().map(|(id, names)| (shell.t(id), shown(names))).collect()
}
