//! Figures of the use cases for `/metrics`, counted in this process since it started.

use std::sync::atomic::{AtomicI64, Ordering};

/// What became of the entries that were sent.
#[derive(Debug, Default)]
pub struct RecordingFigures {
    accepted: AtomicI64,
    duplicate: AtomicI64,
    held: AtomicI64,
    rejected: AtomicI64,
}

/// The same as numbers; also what one batch adds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct RecordingCounts {
    pub accepted: i64,
    pub duplicate: i64,
    pub held: i64,
    pub rejected: i64,
}

impl RecordingFigures {
    pub fn add(&self, more: RecordingCounts) {
        self.accepted.fetch_add(more.accepted, Ordering::Relaxed);
        self.duplicate.fetch_add(more.duplicate, Ordering::Relaxed);
        self.held.fetch_add(more.held, Ordering::Relaxed);
        self.rejected.fetch_add(more.rejected, Ordering::Relaxed);
    }

    pub fn read(&self) -> RecordingCounts {
        RecordingCounts {
            accepted: self.accepted.load(Ordering::Relaxed),
            duplicate: self.duplicate.load(Ordering::Relaxed),
            held: self.held.load(Ordering::Relaxed),
            rejected: self.rejected.load(Ordering::Relaxed),
        }
    }
}
