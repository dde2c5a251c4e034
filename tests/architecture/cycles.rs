//! No two modules need each other: neither rooms, nor the files and folders inside one folder. In every folder the
//! graph of what lies in it must have an order in which one can read it.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::Imports;

/// The arrows between the neighbours of one folder.
type Neighbours = BTreeMap<String, BTreeSet<String>>;

/// Each cycle as one line: the folder, then its members in order.
pub fn cycles(imports: &Imports) -> Vec<String> {
    let folders = folders(imports);
    folders
        .iter()
        .flat_map(|(folder, arrows)| cycles_in(arrows).map(move |cycle| format!("{folder}: {cycle}")))
        .collect()
}

/// The arrows inside each folder as text; shown with `--nocapture`.
pub fn inner_graphs(imports: &Imports) -> String {
    let mut lines = Vec::new();
    for (folder, arrows) in folders(imports) {
        lines.push(folder);
        let targets = arrows.into_iter().map(|(from, to)| (from, to.into_iter().collect::<Vec<_>>().join(", ")));
        lines.extend(targets.map(|(from, to)| format!("  {from} → {to}")));
    }
    lines.join("\n")
}

/// Every arrow lies in exactly one folder: the innermost that holds both ends.
fn folders(imports: &Imports) -> BTreeMap<String, Neighbours> {
    let mut folders: BTreeMap<String, Neighbours> = BTreeMap::new();
    for arrow in &imports.arrows {
        let shared = arrow.from.iter().zip(&arrow.to).take_while(|(a, b)| a == b).count();
        let end = |path: &[String]| path.get(shared).cloned().unwrap_or_else(|| "mod".to_owned());
        let folder = arrow.from[..shared].iter().fold("src".to_owned(), |folder, name| format!("{folder}/{name}"));
        folders.entry(folder).or_default().entry(end(&arrow.from)).or_default().insert(end(&arrow.to));
    }
    folders
}

/// The cycles, each named once, from the first of its members.
fn cycles_in(arrows: &Neighbours) -> impl Iterator<Item = String> + use<> {
    let mut found: BTreeMap<BTreeSet<String>, String> = BTreeMap::new();
    for way in arrows.keys().filter_map(|start| way_back(arrows, start)) {
        found.entry(way.iter().cloned().collect()).or_insert_with(|| way.join(" → "));
    }
    found.into_values()
}

/// The shortest way from `start` back to it.
fn way_back(arrows: &Neighbours, start: &String) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.clone()]];
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in way.last().and_then(|last| arrows.get(last)).into_iter().flatten() {
                let further: Vec<String> = way.iter().chain([next]).cloned().collect();
                if next == start {
                    return Some(further);
                }
                if seen.insert(next) {
                    longer.push(further);
                }
            }
        }
        ways = longer;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::imports;

    #[test]
    fn a_cycle_between_rooms_is_found() {
        let found =
            imports(&[("app.rs", "use crate::cli::x;"), ("cli/mod.rs", ""), ("cli/run.rs", "use crate::app::serve;")]);
        assert_eq!(cycles(&found), ["src: app → cli → app"]);
    }

    #[test]
    fn a_cycle_of_three_files_in_a_folder_is_found() {
        let found = imports(&[
            ("domain/mod.rs", "pub mod a; pub mod b; pub mod c; pub use a::A;"),
            ("domain/a.rs", "use super::b::B;"),
            ("domain/b.rs", "use crate::domain::c;"),
            ("domain/c.rs", "use super::A;"),
        ]);
        assert_eq!(cycles(&found), ["src/domain: a → b → c → a"]);
    }

    #[test]
    fn a_cycle_between_a_folder_and_its_neighbour_is_found() {
        let found = imports(&[
            ("domain/ranking/mod.rs", "pub mod fit; pub mod rows;"),
            ("domain/ranking/fit.rs", "use crate::domain::venue::Venue;"),
            ("domain/ranking/rows.rs", ""),
            ("domain/venue.rs", "use super::ranking::rows::Row;"),
        ]);
        assert_eq!(cycles(&found), ["src/domain: ranking → venue → ranking"]);
    }

    #[test]
    fn a_parent_and_a_child_that_need_each_other_are_found() {
        let found =
            imports(&[("web/mod.rs", "mod a; fn f() { a::g(); } pub struct X;"), ("web/a.rs", "use super::X;")]);
        assert_eq!(cycles(&found), ["src/web: a → mod → a"]);
    }

    #[test]
    fn handing_on_children_is_no_cycle() {
        let found = imports(&[
            ("web/mod.rs", "pub mod a; pub mod b; pub use a::A;"),
            ("web/a.rs", "use super::b;"),
            ("web/b.rs", "use std::fmt;"),
        ]);
        assert_eq!(cycles(&found), [""; 0]);
        assert_eq!(inner_graphs(&found), "src/web\n  a → b");
    }
}
