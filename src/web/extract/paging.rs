//! `?limit=` and `?cursor=`. A cursor names its list and the last key shown; one of another list is refused.

use std::fmt::Display;
use std::str::FromStr;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::page::{Cut, LIMIT_DEFAULT, LIMIT_MAX, Page};
use crate::domain::rule::{Check, Rule};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListView<T> {
    pub items: Vec<T>,
    /// Where the next page starts; null on the last one.
    pub next_cursor: Option<String>,
}

/// The cut of a page of `list` (its name and what it belongs to).
pub fn page_cut<K: FromStr>(
    check: &mut Check,
    list: &str,
    limit: Option<&str>,
    cursor: Option<&str>,
) -> Option<Cut<K>> {
    let limit = check.optional("limit", limit, parse_limit);
    let after = check.optional("cursor", cursor, |text| {
        let key = text.strip_prefix(list).and_then(|rest| rest.strip_prefix('~')).ok_or(Rule::ForeignCursor)?;
        key.parse().map_err(|_| Rule::ForeignCursor)
    });
    Some(Cut::new(limit?.unwrap_or(LIMIT_DEFAULT), after?))
}

/// The cursor that continues `list` after `key`.
pub fn cursor(list: &str, key: impl Display) -> String {
    format!("{list}~{key}")
}

/// A page of `list` as it is shown; `key` is what the next one starts after.
pub fn list_view<T, V, K: Display>(
    list: &str,
    page: Page<T>,
    key: impl Fn(&T) -> K,
    view: impl FnMut(T) -> V,
) -> ListView<V> {
    let next_cursor = page.items.last().filter(|_| page.more).map(|last| cursor(list, key(last)));
    ListView { items: page.items.into_iter().map(view).collect(), next_cursor }
}

fn parse_limit(text: &str) -> Result<usize, Rule> {
    let limit = text.parse().map_err(|_| Rule::WrongType("integer".to_owned()))?;
    if (1..=LIMIT_MAX).contains(&limit) { Ok(limit) } else { Err(Rule::out_of_range(1, LIMIT_MAX)) }
}
