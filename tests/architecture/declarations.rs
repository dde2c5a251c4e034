//! What one file declares: its module path, the names it brings in by `use` (each branch of the tree by itself), the
//! names it defines, and the modules written inside it. Knows nothing of other files.

use std::collections::BTreeSet;

use super::tokens::{Token, closing, tokens, without_tests};

/// A module path from the crate's root; the root itself is empty, the program's `main.rs` is `main`.
pub type ModulePath = Vec<String>;

/// A name that a `use` declaration brings in; `*` for a glob.
#[derive(Debug, Clone)]
pub struct Binding {
    pub scope: ModulePath,
    pub name: String,
    pub path: Vec<String>,
    pub public: bool,
    pub line: usize,
}

/// One file, cut into tokens.
#[derive(Debug)]
pub struct Module {
    pub path: ModulePath,
    pub file: String,
    pub tokens: Vec<Token>,
    /// For each token the module it stands in: the file's own, or one written inside it.
    pub scopes: Vec<ModulePath>,
    /// Where `use` declarations begin and end.
    pub uses: Vec<(usize, usize)>,
    pub bindings: Vec<Binding>,
    pub defined: BTreeSet<String>,
    pub exported_macros: BTreeSet<String>,
}

impl Module {
    pub fn read(file: &str, text: &str) -> Self {
        let mut module = Self {
            path: path_of(file),
            file: file.to_owned(),
            tokens: without_tests(&tokens(text)),
            scopes: Vec::new(),
            uses: Vec::new(),
            bindings: Vec::new(),
            defined: BTreeSet::new(),
            exported_macros: BTreeSet::new(),
        };
        module.find_scopes();
        module.find_names();
        module.find_uses();
        module
    }

    pub fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn find_scopes(&mut self) {
        let mut open: Vec<(String, usize)> = Vec::new();
        for at in 0..self.tokens.len() {
            open.retain(|(_, end)| *end >= at);
            let inner = open.iter().map(|(name, _)| name.clone());
            self.scopes.push(self.path.iter().cloned().chain(inner).collect());
            if self.text(at) == "mod" && self.text(at + 2) == "{" {
                open.push((self.text(at + 1).to_owned(), closing(&self.tokens, at + 2)));
            }
        }
    }

    fn find_names(&mut self) {
        const ITEMS: [&str; 9] = ["struct", "enum", "fn", "trait", "type", "const", "static", "union", "mod"];
        let mut exported = false;
        for at in 0..self.tokens.len() {
            if self.text(at) == "macro_export" {
                exported = true;
            } else if self.text(at) == "macro_rules" {
                let name = self.text(at + 2).to_owned();
                if std::mem::take(&mut exported) {
                    self.exported_macros.insert(name.clone());
                }
                self.defined.insert(name);
            } else if ITEMS.contains(&self.text(at)) {
                self.defined.insert(self.text(at + 1).to_owned());
            }
        }
    }

    fn find_uses(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            if self.text(at) == "use" && self.text(at + 1) != "<" {
                let end = (at..self.tokens.len()).find(|i| self.text(*i) == ";").unwrap_or(self.tokens.len());
                let public = at > 0 && (self.text(at - 1) == "pub" || self.text(at - 1) == ")");
                let mut reader = UseTree { module: self, public, scope: self.scopes[at].clone(), found: Vec::new() };
                reader.read(at + 1, &[]);
                let found = reader.found;
                self.bindings.extend(found);
                self.uses.push((at, end));
                at = end;
            }
            at += 1;
        }
    }
}

/// `store/rows/mod.rs` → `store::rows`; `lib.rs` is the root, `main.rs` the module `main`.
fn path_of(file: &str) -> ModulePath {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

/// Reads the tree behind one `use`.
struct UseTree<'a> {
    module: &'a Module,
    public: bool,
    scope: ModulePath,
    found: Vec<Binding>,
}

impl UseTree<'_> {
    /// Reads one branch and gives the position behind it.
    fn read(&mut self, mut at: usize, prefix: &[String]) -> usize {
        let mut path = prefix.to_vec();
        loop {
            match self.module.text(at) {
                "::" => {
                    if path.is_empty() {
                        path.push(String::new());
                    }
                    at += 1;
                }
                "{" => return self.read_group(at, &path),
                "*" => {
                    self.bind("*", path, at);
                    return at + 1;
                }
                "as" => {
                    self.bind(self.module.text(at + 1), path, at);
                    return at + 2;
                }
                "," | "}" | ";" | "" => {
                    self.bind(&path.last().cloned().unwrap_or_default(), path, at);
                    return at;
                }
                "self" if !path.is_empty() => at += 1,
                word => {
                    path.push(word.to_owned());
                    at += 1;
                }
            }
        }
    }

    fn read_group(&mut self, open: usize, path: &[String]) -> usize {
        let end = closing(&self.module.tokens, open);
        let mut at = open + 1;
        while at < end {
            at = if self.module.text(at) == "," { at + 1 } else { self.read(at, path) };
        }
        end + 1
    }

    fn bind(&mut self, name: &str, path: Vec<String>, at: usize) {
        let line = self.module.tokens.get(at).map_or(0, |token| token.line);
        self.found.push(Binding { scope: self.scope.clone(), name: name.to_owned(), path, public: self.public, line });
    }
}
