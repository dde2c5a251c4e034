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

/// Counters and gauges of letters.
#[derive(Debug, Default)]
pub struct DeliveryFigures {
    sent: AtomicI64,
    deferred: AtomicI64,
    given_up: AtomicI64,
    waiting: AtomicI64,
    dead: AtomicI64,
}

/// The same as numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliveryCounts {
    pub sent: i64,
    /// Tries that failed and will be repeated.
    pub deferred: i64,
    /// Letters that this process gave up.
    pub given_up: i64,
    /// Letters that wait, in all offices.
    pub waiting: i64,
    /// Letters that were given up and are still kept.
    pub dead: i64,
}

impl DeliveryFigures {
    pub fn count_sent(&self) {
        self.sent.fetch_add(1, Ordering::Relaxed);
    }

    pub fn count_deferred(&self) {
        self.deferred.fetch_add(1, Ordering::Relaxed);
    }

    pub fn count_given_up(&self) {
        self.given_up.fetch_add(1, Ordering::Relaxed);
    }

    pub fn note_outbox(&self, waiting: i64, dead: i64) {
        self.waiting.store(waiting, Ordering::Relaxed);
        self.dead.store(dead, Ordering::Relaxed);
    }

    pub fn read(&self) -> DeliveryCounts {
        DeliveryCounts {
            sent: self.sent.load(Ordering::Relaxed),
            deferred: self.deferred.load(Ordering::Relaxed),
            given_up: self.given_up.load(Ordering::Relaxed),
            waiting: self.waiting.load(Ordering::Relaxed),
            dead: self.dead.load(Ordering::Relaxed),
        }
    }
}
