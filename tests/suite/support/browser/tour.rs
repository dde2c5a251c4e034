//! A walk through every page that links lead to, one of each kind: a page that is added later is visited by itself.

use std::collections::{BTreeSet, VecDeque};

use super::Session;

/// More kinds of pages than the product will have: a walk that finds more follows links that make ever new addresses.
const KINDS_MAX: usize = 120;

/// What is no page, or leads out: files, the API, signing out; and letters as they were sent, in which no script may run,
/// so that no checker could ever answer.
const NO_PAGES: [&str; 9] = ["/aset/", "/api/v1/", "/keluar", "/ekspor", "/html", ".ics", ".csv", ".xlsx", ".json"];

impl Session {
    /// Opens `starts` and from there one page of each kind that a link leads to, within these beginnings of paths.
    /// `at` gets the kind: `/33.03/lokasi/*`.
    pub async fn tour(&self, site: &str, starts: &[&str], within: &[&str], mut at: impl AsyncFnMut(&str)) {
        let mut seen: BTreeSet<String> = starts.iter().map(|start| kind_of(start)).collect();
        let mut ahead: VecDeque<String> = starts.iter().map(|start| (*start).to_owned()).collect();
        while let Some(path) = ahead.pop_front() {
            self.visit(&format!("{site}{path}")).await;
            at(&kind_of(&path)).await;
            for link in self.links().await {
                let is_page = !NO_PAGES.iter().any(|part| link.contains(part));
                if is_page && within.iter().any(|begin| link.starts_with(begin)) && seen.insert(kind_of(&link)) {
                    ahead.push_back(link);
                }
            }
            assert!(seen.len() < KINDS_MAX, "ever more pages: {seen:?}");
        }
    }

    /// The paths on this server that the open page leads to, their queries left out.
    async fn links(&self) -> Vec<String> {
        let found = self
            .js("const own = a => a.origin === location.origin && !a.hasAttribute('download');
                 return [...document.querySelectorAll('a[href]')].filter(own).map(a => a.pathname)")
            .await;
        serde_json::from_value(found).unwrap()
    }
}

/// An address with what names a single thing left out.
fn kind_of(path: &str) -> String {
    let names_one = |part: &str| part.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '@');
    let mut parts = path.split('/').enumerate();
    let mut kind =
        |part: (usize, &str)| if part.0 > 1 && names_one(part.1) { "*".to_owned() } else { part.1.to_owned() };
    parts.by_ref().map(&mut kind).collect::<Vec<_>>().join("/")
}
