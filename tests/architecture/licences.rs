//! Licences of everything that is compiled in, read from `cargo metadata`: permissive ones only, so that an office may
//! use the program without asking anybody. What merely helps to build may be under the MPL.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

const PERMISSIVE: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
const FOR_BUILDING: &str = "MPL-2.0";

/// One line per package whose licence is not allowed.
pub fn violations(metadata: &Value) -> Vec<String> {
    let inside = compiled_in(metadata);
    let offends = |package: &&Value| {
        let licence = package["license"].as_str().unwrap_or_default();
        let builds_only = !inside.contains(package["id"].as_str().unwrap_or_default());
        !is_allowed(licence, builds_only)
    };
    let line = |package: &Value| format!("{} {}: {}", package["name"], package["version"], package["license"]);
    list(&metadata["packages"]).iter().filter(offends).map(line).collect()
}

/// True if the expression can be met with allowed licences alone. `/` is an old way to write OR.
fn is_allowed(expression: &str, builds_only: bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let allowed = any_of(&words, &mut at, builds_only);
    allowed && at == words.len()
}

fn any_of(words: &[&str], at: &mut usize, builds_only: bool) -> bool {
    let mut met = all_of(words, at, builds_only);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all_of(words, at, builds_only);
    }
    met
}

fn all_of(words: &[&str], at: &mut usize, builds_only: bool) -> bool {
    let mut met = one(words, at, builds_only);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, builds_only);
    }
    met
}

fn one(words: &[&str], at: &mut usize, builds_only: bool) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = any_of(words, at, builds_only);
        *at += 1;
        return met && words.get(*at - 1) == Some(&")");
    }
    let mut name = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    PERMISSIVE.contains(&name.as_str()) || (builds_only && name == FOR_BUILDING)
}

/// The ids of the packages that end in the program: reached from the root by normal dependencies, macros left out.
fn compiled_in(metadata: &Value) -> BTreeSet<&str> {
    let macros: BTreeSet<&str> = list(&metadata["packages"])
        .iter()
        .filter(|package| {
            list(&package["targets"]).iter().any(|target| list(&target["kind"]).contains(&"proc-macro".into()))
        })
        .filter_map(|package| package["id"].as_str())
        .collect();
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).iter().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let is_normal = |dependency: &&Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = metadata["resolve"]["root"].as_str().into_iter().collect();
    while let Some(id) = open.pop() {
        if !macros.contains(id) && found.insert(id) {
            let dependencies = nodes.get(id).map_or(&[][..], |node| list(&node["deps"]));
            open.extend(dependencies.iter().filter(is_normal).filter_map(|dependency| dependency["pkg"].as_str()));
        }
    }
    found
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn expressions_are_met_as_they_are_written() {
        for good in [
            "MIT/Apache-2.0",
            "Apache-2.0 OR GPL-2.0-only",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
        ] {
            assert!(is_allowed(good, false), "{good}");
        }
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MPL-2.0", "(MIT OR Apache-2.0) AND AGPL-3.0", "(MIT", "MIT MIT"]
        {
            assert!(!is_allowed(bad, false), "{bad}");
        }
        assert!(is_allowed("MPL-2.0", true));
    }

    #[test]
    fn a_package_under_the_gpl_is_found_and_the_mpl_only_where_it_is_compiled_in() {
        let package = |id: &str, licence: &str, kind: &str| json!({"id": id, "name": id, "version": "1.0.0", "license": licence, "targets": [{"kind": [kind]}]});
        let to = |id: &str, kind: Option<&str>| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [package("root", "MIT", "bin"), package("gpl", "GPL-3.0", "lib"), package("deep", "MPL-2.0", "lib"),
                         package("macro", "MPL-2.0", "proc-macro"), package("tool", "MPL-2.0", "lib")],
            "resolve": {"root": "root", "nodes": [
                {"id": "root", "deps": [to("gpl", None), to("macro", None), to("tool", Some("build"))]},
                {"id": "gpl", "deps": [to("deep", None)]}]},
        });
        assert_eq!(violations(&metadata), ["\"gpl\" \"1.0.0\": \"GPL-3.0\"", "\"deep\" \"1.0.0\": \"MPL-2.0\""]);
    }
}
