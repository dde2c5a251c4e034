//! How far an import has come, in rows, for whoever waits for it. The importer counts, others only look.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Rows of a file, and how many of them are saved; all copies are one. A decision that runs again counts from the start.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counted>);

#[derive(Debug, Default)]
struct Counted {
    rows: AtomicUsize,
    saved: AtomicUsize,
}

impl Progress {
    /// The file is read and has so many rows; none of them is saved.
    pub fn begin(&self, rows: usize) {
        self.0.saved.store(0, Ordering::Relaxed);
        self.0.rows.store(rows, Ordering::Relaxed);
    }

    /// So many more rows are saved.
    pub fn step(&self, rows: usize) {
        self.0.saved.fetch_add(rows, Ordering::Relaxed);
    }

    /// Every row is saved, or was as it is.
    pub fn finish(&self) {
        self.0.saved.store(self.rows(), Ordering::Relaxed);
    }

    pub fn rows(&self) -> usize {
        self.0.rows.load(Ordering::Relaxed)
    }

    pub fn saved(&self) -> usize {
        self.0.saved.load(Ordering::Relaxed).min(self.rows())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_looks_sees_what_the_importer_counts_and_never_more_than_all() {
        let (importer, onlooker) = {
            let progress = Progress::default();
            (progress.clone(), progress)
        };
        importer.begin(3);
        importer.step(2);
        assert_eq!((onlooker.saved(), onlooker.rows()), (2, 3));
        importer.step(2);
        assert_eq!(onlooker.saved(), 3);
        importer.begin(5);
        assert_eq!((onlooker.saved(), onlooker.rows()), (0, 5));
        importer.finish();
        assert_eq!(onlooker.saved(), 5);
    }
}
