//! Measures a search against its budget. Work is counted, so that a budget means the same on every machine and for any
//! number of threads; the caller's clock is asked too, and can only end a phase earlier.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::planner::budget::{Progress, Spent};

/// How far the clock may run ahead of the work before a phase is cut, as a share of the whole.
const GRACE: f64 = 0.04;

/// A budget of work and the caller's patience.
pub(super) struct Meter<'a> {
    total: u64,
    progress: &'a (dyn Fn(Progress) -> Spent + Sync),
    is_late: AtomicBool,
}

impl<'a> Meter<'a> {
    pub(super) fn new(total: u64, progress: &'a (dyn Fn(Progress) -> Spent + Sync)) -> Self {
        Self { total: total.max(1), progress, is_late: AtomicBool::new(false) }
    }

    /// The work that is allowed up to this share of the budget.
    pub(super) fn share(&self, share: f64) -> u64 {
        (self.total as f64 * share) as u64
    }

    /// Reports, and asks whether the clock allows to go on with a phase that ends at `share` of the whole.
    pub(super) fn goes_on(&self, share: f64, progress: Progress) -> bool {
        let Spent(spent) = (self.progress)(progress);
        let is_late = spent >= (share + GRACE).min(1.0);
        if is_late {
            self.is_late.store(true, Ordering::Relaxed);
        }
        !is_late
    }

    /// Whether the clock has cut any phase.
    pub(super) fn was_late(&self) -> bool {
        self.is_late.load(Ordering::Relaxed)
    }
}
