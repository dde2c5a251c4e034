//! Every message that a page asks for by name exists in both languages: the names are read from templates and sources.

use std::path::{Path, PathBuf};

use jemputbola::domain::language::Language;
use jemputbola::wording::messages::{message, message_id};

/// What stands before the name of a message.
const CALLS: [&str; 6] = [".t(\"", ".t1(\"", ".t2(\"", ".tv(\"", ".noticed(\"", "whole(\""];

#[test]
fn every_message_that_a_page_asks_for_exists_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut asked = 0;
    for file in files(&root) {
        let text = std::fs::read_to_string(&file).unwrap();
        let text: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|l| format!("{l}\n")).collect();
        for id in CALLS.iter().flat_map(|call| names(&text, call)) {
            asked += 1;
            for language in [Language::Indonesian, Language::English] {
                assert_ne!(message(language, id, &[]), id, "{language}: {id}, asked for in {}", file.display());
            }
        }
    }
    assert!(asked > 100, "the names were not found: {asked}");
}

#[test]
fn every_field_of_a_form_has_a_name_for_the_summary_of_what_is_wrong() {
    let mut asked = 0;
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/pages/templates")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let fields = ["input", "textarea", "select", "checks"].map(|control| format!("forms::{control}(form, \""));
        for field in fields.iter().flat_map(|call| names(&text, call)) {
            asked += 1;
            let last = field.rsplit('.').next().unwrap();
            let id = message_id("input", last);
            for language in [Language::Indonesian, Language::English] {
                assert_ne!(message(language, &id, &[]), id, "{language}: {id}, a field of {}", file.display());
            }
        }
    }
    assert!(asked > 50, "the fields were not found: {asked}");
}

/// The literal names after `call`; one that is put together at run time is left out.
fn names<'a>(text: &'a str, call: &str) -> Vec<&'a str> {
    let after = text.split(call).skip(1);
    let name = |rest: &'a str| rest.split('"').next().filter(|name| !name.contains(['{', '$']) && !name.is_empty());
    after.filter_map(name).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|kind| kind == "rs" || kind == "html"))
        .collect()
}
