//! Who imports whom: takes every file's `use` declarations and the paths in its body, and says which file's module
//! each of them means. Re-exports of a parent are followed, so that they cannot hide an arrow between its children.
//! Paths that a macro puts together and types that are never named are invisible here.

use std::collections::{BTreeMap, BTreeSet};

use super::declarations::{Binding, Module, ModulePath};
use super::tokens::Token;

/// One file imports from another one of this crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: ModulePath,
    pub to: ModulePath,
    pub place: Place,
}

/// One file names a library.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Library {
    pub from: ModulePath,
    /// The crate, then what is taken from it.
    pub path: Vec<String>,
    pub place: Place,
}

/// A line of a file under `src/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: String,
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "src/{}:{}", self.file, self.line)
    }
}

/// Every arrow of the source tree.
#[derive(Debug, Default)]
pub struct Imports {
    pub modules: BTreeSet<ModulePath>,
    pub arrows: BTreeSet<Arrow>,
    pub libraries: BTreeSet<Library>,
}

impl Imports {
    /// Reads `files` (path under `src/`, text); `package` is the library's own name, `crates` the names it may import.
    pub fn read(files: &[(String, String)], package: &str, crates: &BTreeSet<String>) -> Self {
        let files = files.iter().filter(|(file, _)| !file.ends_with("tests.rs"));
        let modules: Vec<Module> = files.map(|(file, text)| Module::read(file, text)).collect();
        let tree = Tree::new(&modules, package, crates);
        let mut imports = Self { modules: modules.iter().map(|m| m.path.clone()).collect(), ..Self::default() };
        for module in &modules {
            Walk { tree: &tree, module, imports: &mut imports }.all();
        }
        imports
    }
}

/// What a written path means.
#[derive(Debug)]
enum Meaning {
    /// Something of this crate: the full path.
    Own(Vec<String>),
    Library(Vec<String>),
    /// A name of this file, or of the language.
    Local,
}

/// All files together: enough to say what a path means.
struct Tree<'a> {
    files: BTreeMap<&'a [String], &'a Module>,
    /// The files' modules and those written inside files.
    modules: BTreeSet<ModulePath>,
    bindings: BTreeMap<(ModulePath, String), &'a Binding>,
    macros: BTreeMap<&'a str, &'a [String]>,
    package: &'a str,
    crates: &'a BTreeSet<String>,
}

impl<'a> Tree<'a> {
    fn new(modules: &'a [Module], package: &'a str, crates: &'a BTreeSet<String>) -> Self {
        let bindings = modules.iter().flat_map(|m| &m.bindings).filter(|b| b.name != "*");
        let macros =
            modules.iter().flat_map(|m| m.exported_macros.iter().map(|name| (name.as_str(), m.path.as_slice())));
        Self {
            files: modules.iter().map(|m| (m.path.as_slice(), m)).collect(),
            modules: modules.iter().flat_map(|m| m.scopes.iter().cloned().chain([m.path.clone()])).collect(),
            bindings: bindings.map(|b| ((b.scope.clone(), b.name.clone()), b)).collect(),
            macros: macros.collect(),
            package,
            crates,
        }
    }

    /// What `path`, written in `scope`, means.
    fn meaning(&self, scope: &[String], path: &[String], depth: usize) -> Meaning {
        let Some(first) = path.first() else { return Meaning::Local };
        let rest = &path[1..];
        let own = |base: &[String], rest: &[String]| Meaning::Own(base.iter().chain(rest).cloned().collect());
        let child: ModulePath = scope.iter().cloned().chain([first.clone()]).collect();
        match first.as_str() {
            "" => Meaning::Library(rest.to_vec()),
            "crate" => own(&[], rest),
            name if name == self.package => own(&[], rest),
            "self" => own(scope, rest),
            "super" => {
                let ups = path.iter().take_while(|segment| *segment == "super").count();
                own(&scope[..scope.len().saturating_sub(ups)], &path[ups..])
            }
            _ if self.modules.contains(&child) => Meaning::Own(child.into_iter().chain(rest.iter().cloned()).collect()),
            _ => match self.bindings.get(&(scope.to_vec(), first.clone())) {
                Some(binding) if binding.path.first() != Some(first) && depth < 8 => {
                    let full: Vec<String> = binding.path.iter().chain(rest).cloned().collect();
                    self.meaning(scope, &full, depth + 1)
                }
                _ if self.crates.contains(first) => Meaning::Library(path.to_vec()),
                _ => Meaning::Local,
            },
        }
    }

    /// The file that holds what the full path names, and whether the path names a module as a whole.
    fn holder(&self, path: &[String]) -> (ModulePath, bool) {
        let mut path = path.to_vec();
        for _ in 0..8 {
            let length = (0..=path.len()).rev().find(|n| self.modules.contains(&path[..*n])).unwrap_or(0);
            let (module, rest) = path.split_at(length);
            let Some(next) = rest.first().and_then(|name| self.reexport(module, name)) else {
                return (self.file_of(module), rest.is_empty());
            };
            path = next.into_iter().chain(rest[1..].iter().cloned()).collect();
        }
        (self.file_of(&path), false)
    }

    /// Where `module` has `name` from, if it hands on something of its own children (or a macro that the root exports).
    fn reexport(&self, module: &[String], name: &str) -> Option<Vec<String>> {
        if module.is_empty()
            && let Some(home) = self.macros.get(name).filter(|home| !home.is_empty())
        {
            return Some(home.iter().cloned().chain([name.to_owned()]).collect());
        }
        let file = self.files.get(module)?;
        let below = |binding: &Binding| match self.meaning(module, &binding.path, 0) {
            Meaning::Own(path) if path.len() > module.len() && path.starts_with(module) => Some(path),
            _ => None,
        };
        if let Some(binding) = self.bindings.get(&(module.to_vec(), name.to_owned())) {
            return below(binding);
        }
        if file.defined.contains(name) {
            return None;
        }
        let globs = file.bindings.iter().filter(|b| b.name == "*" && b.public).filter_map(below);
        let mut globs: Vec<ModulePath> = globs.collect();
        globs.sort_by_key(|target| self.files.get(target.as_slice()).is_none_or(|m| !m.defined.contains(name)));
        globs.into_iter().next().map(|target| target.into_iter().chain([name.to_owned()]).collect())
    }

    fn file_of(&self, module: &[String]) -> ModulePath {
        let length = (0..=module.len()).rev().find(|n| self.files.contains_key(&module[..*n])).unwrap_or(0);
        module[..length].to_vec()
    }
}

/// Walks through one file and notes its arrows.
struct Walk<'a> {
    tree: &'a Tree<'a>,
    module: &'a Module,
    imports: &'a mut Imports,
}

impl Walk<'_> {
    fn all(&mut self) {
        for binding in &self.module.bindings {
            self.declaration(binding);
        }
        let mut at = 0;
        while at < self.module.tokens.len() {
            if let Some((_, end)) = self.module.uses.iter().find(|(start, _)| *start == at) {
                at = *end;
            } else {
                at += self.body(at);
            }
        }
    }

    fn declaration(&mut self, binding: &Binding) {
        let meaning = self.tree.meaning(&binding.scope, &binding.path, 0);
        if let Meaning::Own(path) = &meaning {
            let (holder, whole) = self.tree.holder(path);
            let here = &self.module.path;
            let hands_on = binding.public && holder.starts_with(here);
            let names_parent = whole && binding.name != "*" && here.starts_with(&holder);
            if hands_on || names_parent {
                return;
            }
        }
        self.note(&meaning, binding.line);
    }

    /// Looks at the token at `at`; gives the number of tokens read.
    fn body(&mut self, at: usize) -> usize {
        let token = &self.module.tokens[at];
        let before = |n: usize| at.checked_sub(n).map_or("", |i| self.module.text(i));
        if !token.is_word() || before(1) == "." || (before(1) == "in" && before(2) == "(") {
            return 1;
        }
        let absolute = before(1) == "::" && !self.ends_path(at.checked_sub(2));
        if before(1) == "::" && !absolute {
            return 1;
        }
        let mut path = if absolute { vec![String::new()] } else { Vec::new() };
        path.push(token.text.clone());
        let mut end = at + 1;
        while self.module.text(end) == "::" && self.module.tokens.get(end + 1).is_some_and(Token::is_word) {
            path.push(self.module.text(end + 1).to_owned());
            end += 2;
        }
        let handed_on = |b: &&Binding| b.public && b.name == token.text && b.scope == self.module.scopes[at];
        if path.len() > 1 || self.module.bindings.iter().any(|b| handed_on(&b)) {
            let meaning = self.tree.meaning(&self.module.scopes[at], &path, 0);
            self.note(&meaning, token.line);
        } else if before(1) == "crate" && before(2) == "extern" {
            self.note(&Meaning::Library(path), token.line);
        }
        end - at
    }

    fn ends_path(&self, at: Option<usize>) -> bool {
        const KEYWORDS: [&str; 8] = ["impl", "for", "dyn", "mut", "as", "return", "in", "where"];
        let Some(token) = at.and_then(|at| self.module.tokens.get(at)) else { return false };
        token.is(">") || token.is("]") || token.is(")") || (token.is_word() && !KEYWORDS.contains(&&*token.text))
    }

    fn note(&mut self, meaning: &Meaning, line: usize) {
        let from = self.module.path.clone();
        let place = Place { file: self.module.file.clone(), line };
        match meaning {
            Meaning::Own(path) => {
                let (to, _) = self.tree.holder(path);
                if to != from {
                    self.imports.arrows.insert(Arrow { from, to, place });
                }
            }
            Meaning::Library(path) => {
                self.imports.libraries.insert(Library { from, path: path.clone(), place });
            }
            Meaning::Local => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{arrows, imports};

    #[test]
    fn every_way_to_write_an_import_is_understood() {
        let found = imports(&[
            ("lib.rs", "pub mod a; pub mod b; mod c;"),
            ("a/mod.rs", "pub mod one; pub mod two; pub mod three;"),
            ("a/one.rs", "use super::two::{self, Two as T}; fn f() { two::g(); }"),
            ("a/two.rs", "fn f(x: super::three::X) {} // use crate::b;"),
            ("a/three.rs", "#[cfg(test)] mod tests { use crate::c::X; }"),
            ("b.rs", "use crate::{a::{one::{One, *}, two}, c}; fn f() { c::g(\"crate::a::three::h\") }"),
            ("c.rs", "impl crate::a::three::Shown for X {} pub(in crate::b) struct X;"),
        ]);
        assert_eq!(
            arrows(&found),
            ["a::one → a::two", "a::two → a::three", "b → a::one", "b → a::two", "b → c", "c → a::three"]
        );
    }

    #[test]
    fn a_name_leads_on_to_where_it_was_imported_from() {
        let found = imports(&[
            ("lib.rs", "pub mod a; pub mod b;"),
            ("a/mod.rs", "pub mod one; pub mod two;"),
            ("a/one.rs", ""),
            ("a/two.rs", "use crate::a; fn f() { a::one::g() }"),
            (
                "b.rs",
                "use super::a::one as first; mod inner { fn f() { super::first::g(); super::super::a::two::h(); } }",
            ),
        ]);
        assert_eq!(arrows(&found), ["a::two → a::one", "b → a::one", "b → a::two"]);
    }

    #[test]
    fn a_parent_that_hands_on_its_children_hides_no_arrow() {
        let found = imports(&[
            ("lib.rs", "pub mod a;"),
            ("a/mod.rs", "mod one; mod two; mod three; pub use one::One; pub use two::*; pub(crate) use three::Three;"),
            ("a/one.rs", "use super::{Two, Three};"),
            ("a/two.rs", "pub struct Two(super::One);"),
            ("a/three.rs", "use crate::a::One; pub struct Three;"),
        ]);
        assert_eq!(arrows(&found), ["a::one → a::three", "a::one → a::two", "a::three → a::one", "a::two → a::one"]);
    }

    #[test]
    fn a_parent_that_uses_what_it_hands_on_has_an_arrow() {
        let found = imports(&[
            ("lib.rs", "pub mod a;"),
            ("a/mod.rs", "mod one; pub use one::One; pub struct All(One);"),
            ("a/one.rs", "use super::All;"),
        ]);
        assert_eq!(arrows(&found), ["a → a::one", "a::one → a"]);
    }

    #[test]
    fn an_exported_macro_belongs_to_the_file_that_defines_it() {
        let found = imports(&[
            ("lib.rs", "pub mod a; pub mod b;"),
            ("a.rs", "#[macro_export] macro_rules! shout { () => { $crate::b::cry() } }"),
            ("b.rs", "fn f() { crate::shout!() }"),
        ]);
        assert_eq!(arrows(&found), ["a → b", "b → a"]);
    }

    #[test]
    fn libraries_are_told_from_own_modules_of_the_same_name() {
        let found = imports(&[
            ("lib.rs", "pub mod a; pub mod files;"),
            ("a.rs", "use crate::files::csv; #[derive(diesel::Queryable)] struct X; fn f() { csv::g(); ::csv::h(); }"),
            ("files/mod.rs", "pub mod csv; fn f() { csv::g() }"),
            ("files/csv.rs", "use csv::Reader; use std::fmt::{self, Display}; type T = fmt::Result;"),
            ("main.rs", "use jemputbola::a; fn main() { a::f() }"),
        ]);
        let libraries: BTreeSet<String> =
            found.libraries.iter().map(|l| format!("{} → {}", l.from.join("::"), l.path.join("::"))).collect();
        let expected = [
            "a → csv::h",
            "a → diesel::Queryable",
            "files::csv → csv::Reader",
            "files::csv → std::fmt",
            "files::csv → std::fmt::Display",
            "files::csv → std::fmt::Result",
        ];
        assert_eq!(libraries, expected.map(str::to_owned).into());
        assert_eq!(arrows(&found), ["a → files::csv", "files → files::csv", "main → a"]);
    }
}
