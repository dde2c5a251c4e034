//! Holds the house together: floors and their arrows, cycles, libraries in their rooms, the schema's rules, licences.
//! `cargo test --test architecture -- --nocapture` prints the graph; `UPDATE_DOCS=1` writes it into docs/ARCHITECTURE.md.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a check that cannot read the tree stops, and what it finds is printed"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use imports::Imports;

#[path = "architecture/cycles.rs"]
mod cycles;
#[path = "architecture/declarations.rs"]
mod declarations;
#[path = "architecture/fixture.rs"]
mod fixture;
#[path = "architecture/floors.rs"]
mod floors;
#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/licences.rs"]
mod licences;
#[path = "architecture/schema.rs"]
mod schema;
#[path = "architecture/sizes.rs"]
mod sizes;
#[path = "architecture/sql.rs"]
mod sql;
#[path = "architecture/tokens.rs"]
mod tokens;

const PACKAGE: &str = "jemputbola";
const GRAPH_BEGINS: &str = "<!-- graph: written by tests/architecture.rs -->\n```text\n";
const GRAPH_ENDS: &str = "```\n<!-- end of graph -->";

#[test]
fn arrows_point_down_and_libraries_stay_in_their_rooms() {
    let imports = our_imports();
    println!("{}\n{}", floors::graph(&imports), cycles::inner_graphs(&imports));
    assert_none(&floors::violations(&imports));
}

#[test]
fn no_two_modules_need_each_other() {
    assert_none(&cycles::cycles(&our_imports()));
}

#[test]
fn the_documents_show_the_graph_as_it_is() {
    let path = root().join("docs/ARCHITECTURE.md");
    let document = fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(GRAPH_BEGINS).expect("docs/ARCHITECTURE.md has no place for the graph");
    let (shown, after) = rest.split_once(GRAPH_ENDS).expect("the graph in docs/ARCHITECTURE.md has no end");
    let graph = floors::graph(&our_imports());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, format!("{before}{GRAPH_BEGINS}{graph}{GRAPH_ENDS}{after}")).unwrap();
    } else {
        assert_eq!(shown, graph, "UPDATE_DOCS=1 cargo test --test architecture writes docs/ARCHITECTURE.md anew");
    }
}

#[test]
fn the_schema_can_be_shared_out_by_office_on_every_engine() {
    let migrations = files(&root().join("migrations"), "up.sql");
    println!("{} migrations read", migrations.len());
    assert!(!migrations.is_empty() || !root().join("src/store").exists(), "a store without migrations");
    assert_none(&schema::violations(&migrations));
}

#[test]
fn every_licence_is_permissive() {
    let cargo = std::env::var_os("CARGO").unwrap();
    let version = Command::new(&cargo).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host];
    let metadata = Command::new(&cargo).args(arguments).current_dir(root()).output().unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    assert_none(&licences::violations(&serde_json::from_slice(&metadata.stdout).unwrap()));
}

/// Never fails: long pieces are a question to their reader, not an error.
#[test]
fn long_pieces_are_listed() {
    let notes: Vec<String> = our_sources().iter().flat_map(|(file, text)| sizes::long_pieces(file, text)).collect();
    println!("long pieces: {}\n{}", notes.len(), notes.join("\n"));
}

fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "{} found:\n{}", found.len(), found.join("\n"));
}

fn our_imports() -> Imports {
    Imports::read(&our_sources(), PACKAGE, &our_crates())
}

fn our_sources() -> Vec<(String, String)> {
    files(&root().join("src"), ".rs")
}

/// The names by which code may call the packages of Cargo.toml, and those that come with the language.
fn our_crates() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let sections = manifest.split("\n[").filter(|section| section.starts_with("dependencies]"));
    let keys = sections
        .flat_map(|section| section.lines().skip(1))
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key);
    let crates: BTreeSet<String> = keys.map(|key| key.trim().replace('-', "_")).collect();
    assert!(crates.contains("serde"), "no dependencies read");
    crates.into_iter().chain(["std", "core", "alloc"].map(str::to_owned)).collect()
}

/// Files below `folder` whose name ends in `ending`: path from there and text, sorted by path.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
