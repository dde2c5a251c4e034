//! The floors: which room may import which, and which libraries belong to one room only. The table of
//! docs/ARCHITECTURE.md is this one; a change to it is a decision and belongs into docs/decisions.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::{Imports, Library};

/// A room (a module right under the crate's root), its floor, and what it may import.
struct Room {
    name: &'static str,
    floor: u8,
    may_import: &'static [&'static str],
}

/// From the top floor to the bottom, which is also the order in which the graph is shown.
const ROOMS: [Room; 13] = [
    Room { name: "main", floor: 5, may_import: ALL },
    Room { name: "cli", floor: 5, may_import: ALL },
    Room { name: "app", floor: 5, may_import: ALL },
    Room { name: "web", floor: 4, may_import: &["domain", "service", "wording", "pictures"] },
    Room { name: "jobs", floor: 4, may_import: &["domain", "service", "wording"] },
    Room { name: "service", floor: 3, may_import: &["domain", "store", "mail", "wording"] },
    Room { name: "mail", floor: 2, may_import: &["domain", "wording", "pictures"] },
    Room { name: "store", floor: 1, may_import: &["domain"] },
    Room { name: "pictures", floor: 1, may_import: &["domain"] },
    Room { name: "wording", floor: 1, may_import: &["domain"] },
    Room { name: "settings", floor: 1, may_import: &["domain"] },
    Room { name: "telemetry", floor: 1, may_import: &["domain"] },
    Room { name: "domain", floor: 0, may_import: &[] },
];

const ALL: &[&str] = &[
    "main",
    "cli",
    "app",
    "web",
    "jobs",
    "service",
    "mail",
    "store",
    "pictures",
    "wording",
    "settings",
    "telemetry",
    "domain",
];

/// The composition root may name the libraries that others hide: it builds what they need.
const ROOT: [&str; 3] = ["main", "cli", "app"];

/// Libraries that are at home in some modules only; a name ending in `*` stands for all that begin so.
const HOMES: [(&str, &[&str]); 28] = [
    ("diesel*", &["store"]),
    ("libsqlite3_sys", &["store"]),
    ("pq_sys", &["store"]),
    ("actix*", &["web"]),
    ("tracing_actix_web", &["web"]),
    ("utoipa*", &["web"]),
    ("askama*", &["web", "mail"]),
    ("lettre", &["mail"]),
    ("argon2", &["service"]),
    ("governor", &["service"]),
    ("csv", &["service::files"]),
    ("calamine", &["service::files"]),
    ("rust_xlsxwriter", &["service::files"]),
    ("icalendar", &["service::calendars"]),
    ("zip", &["service::files"]),
    ("resvg", &["pictures"]),
    ("usvg", &["pictures"]),
    ("tiny_skia", &["pictures"]),
    ("fluent*", &["wording"]),
    ("i18n_embed*", &["wording"]),
    ("unic_langid*", &["wording"]),
    ("config", &["settings"]),
    ("tracing_subscriber", &["telemetry"]),
    ("prometheus_client", &["telemetry"]),
    ("rayon", &["domain::planner", "domain::ranking"]),
    ("pulp", &["domain::planner"]),
    ("clap*", &["cli"]),
    ("indicatif", &["cli"]),
];

/// Libraries of the root itself, which its own rooms do not share.
const OF_ONE_ROOT_ROOM: [&str; 2] = ["clap", "indicatif"];

/// All that the domain may name (pulp and rayon only where `HOMES` says so).
const OF_DOMAIN: [&str; 11] = [
    "std",
    "core",
    "alloc",
    "chrono",
    "chrono_tz",
    "pulp",
    "rayon",
    "serde",
    "thiserror",
    "unicode_normalization",
    "uuid",
];

/// What the domain may not take from the standard library: input, output, and the machine's clock.
const NOT_FOR_DOMAIN: [&str; 8] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::os",
    "std::process",
    "std::time::Instant",
    "std::time::SystemTime",
];

/// Arrows and libraries where they may not be, one line each.
pub fn violations(imports: &Imports) -> Vec<String> {
    let rooms: BTreeSet<&str> = imports.modules.iter().map(|module| room(module)).collect();
    let homeless = rooms.iter().filter(|name| **name != "lib" && find(name).is_none());
    let homeless = homeless.map(|name| format!("src/{name}: this module stands on no floor of the table"));
    let arrows = imports.arrows.iter().filter(|arrow| !may_import(room(&arrow.from), room(&arrow.to)));
    let arrows = arrows.map(|a| format!("{}: {} may not import {}", a.place, room(&a.from), a.to.join("::")));
    let libraries = imports.libraries.iter().filter(|library| !may_use(library));
    let libraries =
        libraries.map(|l| format!("{}: {} does not belong into {}", l.place, l.path.join("::"), l.from.join("::")));
    homeless.chain(arrows).chain(libraries).collect()
}

/// The arrows between rooms as text, always the same for the same code.
pub fn graph(imports: &Imports) -> String {
    let rooms: BTreeSet<&str> = imports.modules.iter().map(|module| room(module)).collect();
    let mut targets: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for arrow in imports.arrows.iter().filter(|arrow| room(&arrow.from) != room(&arrow.to)) {
        let place = ROOMS.iter().position(|other| other.name == room(&arrow.to));
        targets.entry(room(&arrow.from)).or_default().extend(place);
    }
    let line = |room: &Room| {
        let names = targets.get(room.name).into_iter().flatten().map(|at| ROOMS[*at].name).collect::<Vec<_>>();
        let names = if names.is_empty() { "·".to_owned() } else { names.join(", ") };
        format!("{}  {:<9} → {names}\n", room.floor, room.name)
    };
    ROOMS.iter().filter(|room| rooms.contains(room.name)).map(line).collect()
}

/// The room that a module lies in; the crate's root is `lib`.
fn room(module: &[String]) -> &str {
    module.first().map_or("lib", String::as_str)
}

fn find(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

fn may_import(from: &str, to: &str) -> bool {
    from == to || from == "lib" || find(from).is_some_and(|room| room.may_import.contains(&to))
}

fn may_use(library: &Library) -> bool {
    let (from, name) = (room(&library.from), library.path.first().map_or("", String::as_str));
    let home = HOMES.iter().find(|(pattern, _)| matches(pattern, name));
    let at_home = home.is_none_or(|(_, modules)| modules.iter().any(|module| begins(&library.from, module)));
    let excepted = ROOT.contains(&from) && !OF_ONE_ROOT_ROOM.contains(&name);
    let fit_for_domain = OF_DOMAIN.contains(&name) && !NOT_FOR_DOMAIN.iter().any(|path| begins(&library.path, path));
    (at_home || excepted) && (from != "domain" || fit_for_domain)
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |prefix| name.starts_with(prefix))
}

fn begins(path: &[String], with: &str) -> bool {
    with.split("::").enumerate().all(|(at, segment)| path.get(at).is_some_and(|own| own == segment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::imports;

    fn complaints(files: &[(&str, &str)]) -> usize {
        violations(&imports(files)).len()
    }

    #[test]
    fn the_table_lets_arrows_point_down_only() {
        for room in &ROOMS[3..] {
            for target in room.may_import {
                assert!(find(target).unwrap().floor < room.floor, "{} → {target}", room.name);
            }
        }
    }

    #[test]
    fn an_arrow_upwards_or_sideways_is_found() {
        assert_eq!(complaints(&[("domain/a.rs", "use crate::store::b;"), ("store/b.rs", "")]), 1);
        assert_eq!(complaints(&[("web/a.rs", "fn f() { crate::jobs::b::g() }"), ("jobs/b.rs", "")]), 1);
        assert_eq!(complaints(&[("web/a.rs", "use crate::store::b;"), ("store/b.rs", "")]), 1);
        assert_eq!(complaints(&[("service/a.rs", "use crate::store::b;"), ("store/b.rs", "")]), 0);
        assert_eq!(
            complaints(&[("cli/a.rs", "use crate::app;"), ("app.rs", "use crate::web;"), ("web/mod.rs", "")]),
            0
        );
    }

    #[test]
    fn a_module_without_a_floor_is_found() {
        assert_eq!(
            violations(&imports(&[("utils.rs", "")])),
            ["src/utils: this module stands on no floor of the table"]
        );
    }

    #[test]
    fn a_library_outside_its_home_is_found() {
        assert_eq!(complaints(&[("service/a.rs", "use diesel::prelude::*;")]), 1);
        assert_eq!(complaints(&[("service/a.rs", "fn f(x: actix_web::HttpRequest) {}")]), 1);
        assert_eq!(complaints(&[("service/a.rs", "use csv::Reader;")]), 1);
        assert_eq!(complaints(&[("service/files/a.rs", "use csv::Reader;"), ("web/b.rs", "use actix_web::web;")]), 0);
        assert_eq!(complaints(&[("web/a.rs", "use lettre::Message;"), ("store/b.rs", "use argon2::Argon2;")]), 2);
    }

    #[test]
    fn the_root_may_name_what_others_hide_but_only_the_command_line_parses_arguments() {
        assert_eq!(complaints(&[("app.rs", "use actix_web::App; use diesel::Connection;")]), 0);
        assert_eq!(complaints(&[("app.rs", "use clap::Parser;"), ("cli/mod.rs", "use clap::Parser;")]), 1);
    }

    #[test]
    fn the_domain_has_no_input_no_output_and_no_clock() {
        for bad in ["tokio::spawn", "std::fs::read", "std::time::SystemTime", "csv::Reader", "rayon::join"] {
            assert_eq!(complaints(&[("domain/a.rs", &format!("use {bad};"))]), 1, "{bad}");
        }
        assert_eq!(
            complaints(&[("domain/planner/a.rs", "use rayon::join; use std::time::Duration; use chrono::Utc;")]),
            0
        );
    }

    #[test]
    fn the_graph_names_each_arrow_between_rooms_once() {
        let found = imports(&[
            ("lib.rs", "pub mod domain; pub mod store; pub mod web;"),
            ("domain/mod.rs", ""),
            ("store/mod.rs", "use crate::domain; use crate::domain::X;"),
            ("web/mod.rs", "use crate::store::a; use crate::domain::a;"),
        ]);
        assert_eq!(graph(&found), "4  web       → store, domain\n1  store     → domain\n0  domain    → ·\n");
    }
}
