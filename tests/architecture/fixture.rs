//! Small source trees in memory, for the tests that prove that each rule can fail.

use std::collections::BTreeSet;

use crate::imports::Imports;

/// The imports of a tree of (path under `src/`, text).
pub fn imports(files: &[(&str, &str)]) -> Imports {
    let files: Vec<(String, String)> = files.iter().map(|(file, text)| ((*file).into(), (*text).into())).collect();
    let crates = ["std", "actix_web", "argon2", "chrono", "clap", "csv", "diesel", "lettre", "rayon", "tokio"];
    Imports::read(&files, "jemputbola", &crates.map(str::to_owned).into())
}

/// The arrows as text, each once.
pub fn arrows(imports: &Imports) -> Vec<String> {
    let arrows: BTreeSet<String> =
        imports.arrows.iter().map(|a| format!("{} → {}", a.from.join("::"), a.to.join("::"))).collect();
    arrows.into_iter().collect()
}
