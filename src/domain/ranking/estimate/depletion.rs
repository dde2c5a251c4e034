//! How a venue is drawn empty: a visit reaches a share of those who are still there, so that each visit finds fewer. With
//! `λ` the yield of a first visit and `N` those eligible, the share is `λ / N`, and after `C` activations a visit yields
//! `λ (1 - C / N)`. Counts that really came are taken off, not expected ones: what is left is known.

use std::collections::BTreeMap;

use super::visit::{VenueHistory, median};

/// A visit never finds less than this part of a first one's yield: people come anew, and registers err.
const LEAST: f64 = 0.05;

/// The yield that a visit finds, as a line over the yield `λ` of a first visit: `slope λ - loss`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Depletion {
    slope: f64,
    loss: f64,
}

impl Depletion {
    /// After so many were activated: of so many eligible, or, if nobody counted those, of a place where a visit reaches
    /// the usual share `q`. Then `N = λ / q`, which makes the yield `λ - q C`.
    pub(super) fn after(activated: f64, eligible: Option<f64>, usual_share: f64) -> Self {
        match eligible {
            Some(eligible) => Self { slope: 1.0 - activated / eligible, loss: 0.0 },
            None => Self { slope: 1.0, loss: usual_share * activated },
        }
    }

    pub(super) fn found(self, first: f64) -> f64 {
        self.left_by_the_register(first).max(LEAST * first)
    }

    /// What is found if the register is right to the last person: nothing, once all are activated.
    pub(super) fn left_by_the_register(self, first: f64) -> f64 {
        (self.slope * first - self.loss).max(0.0)
    }
}

/// So many venues of a kind must be known before the others are taken to be like them.
const KNOWN_LEAST: usize = 3;

/// The share of those left that a visit reaches, by kind: the median over the venues that were visited and whose eligible
/// people are known. A kind of which too little is known is taken to be inexhaustible: schools say nothing of markets.
pub(super) fn share_per_visit(venues: &[VenueHistory]) -> BTreeMap<u16, f64> {
    let mut shares: BTreeMap<u16, Vec<f64>> = BTreeMap::new();
    for venue in venues {
        shares.entry(venue.kind).or_default().extend(own_share(venue));
    }
    shares.retain(|_, shares| shares.len() >= KNOWN_LEAST);
    shares.into_iter().filter_map(|(kind, shares)| Some((kind, median(shares)?))).collect()
}

/// Activations per person that visits found.
fn own_share(venue: &VenueHistory) -> Option<f64> {
    let eligible = venue.known_eligible()?;
    let (mut counted, mut found, mut activated) = (0.0, 0.0, 0.0);
    for visit in &venue.visits {
        let count = f64::from(visit.activations);
        if visit.tells {
            counted += count;
            found += (eligible - activated).max(LEAST * eligible);
        }
        activated += count;
    }
    (found > 0.0).then(|| (counted / found).min(1.0))
}
