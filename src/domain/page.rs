//! Keyset paging: a list is cut after a key, never by counting rows, so that a page costs the same wherever it lies.

/// Where a page starts and how long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut<K> {
    limit: usize,
    /// The key of the last item of the page before.
    pub after: Option<K>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// True if the list goes on after the last item.
    pub more: bool,
}

/// Most items of one page.
pub const LIMIT_MAX: usize = 500;
/// Items of a page when nothing else is asked.
pub const LIMIT_DEFAULT: usize = 100;

impl<K> Cut<K> {
    /// A page of `limit` items, kept within 1..=[`LIMIT_MAX`].
    pub fn new(limit: usize, after: Option<K>) -> Self {
        Self { limit: limit.clamp(1, LIMIT_MAX), after }
    }

    pub fn limit(&self) -> usize {
        self.limit
    }

    /// What to ask of the store: one more than the page shows tells whether the list goes on.
    pub fn limit_plus_one(&self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    /// The page, from up to one item more than it holds.
    pub fn page<T>(&self, mut items: Vec<T>) -> Page<T> {
        let more = items.len() > self.limit;
        items.truncate(self.limit);
        Page { items, more }
    }
}

impl<T> Page<T> {
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(view).collect(), more: self.more }
    }
}
