//! What the list of offices shows of a target: its share and its gap.

use crate::domain::pace::{Amount, Computed, Missing, Share};

use super::pace::PaceReport;

/// An office's main target in two figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TargetStanding {
    pub of_target: Computed<Share>,
    pub of_denominator: Computed<Share>,
    pub gap: Computed<Amount>,
    /// True if the last day of the target has come and gone.
    pub is_over: bool,
}

impl PaceReport {
    /// None for an office without a target.
    pub fn standing(&self) -> Option<TargetStanding> {
        let pace = self.main()?;
        Some(TargetStanding {
            of_target: pace.of_target,
            of_denominator: pace.of_denominator,
            gap: pace.gap,
            is_over: pace.left.calendar == 0 && matches!(pace.needed, Err(Missing::WindowOver)),
        })
    }
}
