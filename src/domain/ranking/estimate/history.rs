//! What of a venue's history speaks about the yield of a day, and what each visit found there.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::depletion::{Depletion, share_per_visit};
use super::visit::{VenueHistory, median};

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
    pub day: NaiveDate,
    pub count: f64,
    /// The part of a full day that it was; a day of the week that is better than others counts as more than one.
    pub share: f64,
    pub at_least: bool,
    pub found: Depletion,
}

/// Reads the histories; a venue whose eligible people nobody counted is drawn empty as others of its kind are.
pub(super) fn read(venues: &[VenueHistory]) -> Vec<Told> {
    let hours = usual_hours(venues);
    let shares = share_per_visit(venues);
    let of_kind = |values: &BTreeMap<u16, f64>, kind| values.get(&kind).copied().unwrap_or_default();
    venues.iter().map(|venue| tell(venue, of_kind(&shares, venue.kind), of_kind(&hours, venue.kind))).collect()
}

fn tell(venue: &VenueHistory, usual_share: f64, usual_hours: f64) -> Told {
    let eligible = venue.known_eligible();
    let after = |activated: f64| Depletion::after(activated, eligible, usual_share);
    let mut activated = 0.0;
    let mut records = Vec::new();
    for visit in &venue.visits {
        let count = f64::from(visit.activations);
        if visit.tells {
            let share = visit.part_of_day(usual_hours);
            let at_least = visit.reached_capacity();
            records.push(Record { day: visit.day, count, share, at_least, found: after(activated) });
        }
        activated += count;
    }
    let visits = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let records = records.split_off(records.len().saturating_sub(LATEST));
    Told { kind: venue.kind, eligible, records, next: after(activated), activated, visits }
}

/// The median length of a visit, by kind.
fn usual_hours(venues: &[VenueHistory]) -> BTreeMap<u16, f64> {
    let mut hours: BTreeMap<u16, Vec<f64>> = BTreeMap::new();
    for venue in venues {
        let known = venue.visits.iter().filter(|visit| visit.tells).filter_map(|visit| visit.hours);
        hours.entry(venue.kind).or_default().extend(known);
    }
    hours.into_iter().filter_map(|(kind, hours)| Some((kind, median(hours)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::visit::Visit;
    use super::*;

    fn visit(activations: u32) -> Visit {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        Visit { day, activations, tells: true, capacity: Some(100), hours: Some(6.0) }
    }

    fn told(visits: &[Visit]) -> Told {
        let usual = VenueHistory { kind: 0, eligible: None, visits: vec![visit(10); 5] };
        let venue = VenueHistory { kind: 0, eligible: Some(200.0), visits: visits.to_vec() };
        read(&[venue, usual]).remove(0)
    }

    #[test]
    fn a_day_at_capacity_says_at_least_and_one_far_above_says_what_it_says() {
        let at_least: Vec<bool> =
            told(&[90, 97, 100, 103, 140].map(visit)).records.iter().map(|record| record.at_least).collect();
        assert_eq!(at_least, [false, true, true, true, false]);
    }

    #[test]
    fn a_short_visit_is_a_part_of_a_day_and_a_slightly_shorter_one_a_whole() {
        let hours = |hours| Visit { hours, ..visit(10) };
        let shares: Vec<f64> = told(&[hours(Some(1.5)), hours(Some(4.0)), hours(Some(9.0)), hours(None)])
            .records
            .iter()
            .map(|r| r.share)
            .collect();
        assert_eq!(shares, [0.25, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn what_tells_nothing_of_the_yield_still_takes_people() {
        let venue = told(&[Visit { tells: false, ..visit(100) }, visit(20)]);
        assert_eq!((venue.visits, venue.activated), (1, 120.0));
        assert!((venue.records[0].found.found(60.0) - 30.0).abs() < 1e-9);
        assert!((venue.next.found(60.0) - 24.0).abs() < 1e-9);
    }
}
