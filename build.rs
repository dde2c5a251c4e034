//! Texts and facts under `config` are embedded in the binary: an edit there must rebuild the crate.
#![allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]

fn main() {
    for path in ["build.rs", "config", "i18n.toml"] {
        println!("cargo::rerun-if-changed={path}");
    }
}
