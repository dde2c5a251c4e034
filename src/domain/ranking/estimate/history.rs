//! What a caller tells of a venue, and what of it speaks about the yield.

use chrono::NaiveDate;

use super::depletion::{Depletion, share_per_visit};

/// A venue with all that ever happened there.
#[derive(Debug, Clone, PartialEq)]
pub struct VenueHistory {
    /// Venues of a kind resemble each other; any numbering.
    pub kind: u16,
    /// People there who could be activated, before the first visit.
    pub eligible: Option<f64>,
    /// One a day, in order of days.
    pub visits: Vec<Visit>,
}

/// What one day at a venue brought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    pub day: NaiveDate,
    pub activations: u32,
    /// The part of a full day that the visit was, above 0 and at most 1.
    pub share: f64,
    pub reading: Reading,
}

/// What the count of a day says about the yield of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// So many came.
    Exact,
    /// So many could be served; more may have come.
    AtLeast,
    /// Nothing: approximate, or another kind of event. It still took people from those left.
    Unrelated,
}

/// Of a venue visited more often only the latest visits speak of its yield: it may have changed since.
const LATEST: usize = 40;

/// A venue as the model reads it.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub kind: u16,
    pub eligible: Option<f64>,
    /// The latest visits that say something.
    pub records: Vec<Record>,
    /// What the next visit finds.
    pub next: Depletion,
    /// All that were ever activated there.
    pub activated: f64,
    pub visits: u32,
}

/// A visit that says something about the yield.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub count: f64,
    pub share: f64,
    pub at_least: bool,
    pub found: Depletion,
}

/// Reads the histories; a venue whose eligible people nobody counted is drawn empty as others of its kind are.
pub(super) fn read(venues: &[VenueHistory]) -> Vec<Told> {
    let shares = share_per_visit(venues);
    venues.iter().map(|venue| tell(venue, shares.get(&venue.kind).copied().unwrap_or_default())).collect()
}

fn tell(venue: &VenueHistory, usual_share: f64) -> Told {
    let eligible = venue.eligible.filter(|eligible| eligible.is_finite() && *eligible >= 1.0);
    let after = |activated: f64| Depletion::after(activated, eligible, usual_share);
    let mut activated = 0.0;
    let mut records = Vec::new();
    for visit in &venue.visits {
        let count = f64::from(visit.activations);
        if visit.reading != Reading::Unrelated {
            let share = if visit.share > 0.0 { visit.share.min(1.0) } else { 1.0 };
            records.push(Record { count, share, at_least: visit.reading == Reading::AtLeast, found: after(activated) });
        }
        activated += count;
    }
    let visits = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let records = records.split_off(records.len().saturating_sub(LATEST));
    Told { kind: venue.kind, eligible, records, next: after(activated), activated, visits }
}
