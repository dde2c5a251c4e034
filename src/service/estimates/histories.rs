//! The rows of the store as the histories that the estimator reads.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::domain::id::VenueId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::Action;
use crate::domain::ranking::{VenueHistory, Visit};
use crate::domain::venue::VenueKind;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::hash::sha256_hex;
use crate::store::reports::histories::{EstimatedVenue, HistoryDay, HistoryFilter, list_histories};

/// The histories of an office's venues, by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Histories {
    venues: Vec<EstimatedVenue>,
    pub of_venues: Vec<VenueHistory>,
}

impl Histories {
    pub fn read<A: Action>(desk: &mut Desk<'_, A>, filter: HistoryFilter) -> Result<Self, ServiceError> {
        let (venues, days) = list_histories(desk.connection, desk.scope(), filter)?;
        let mut of_venue: BTreeMap<VenueId, Vec<Visit>> = BTreeMap::new();
        for day in days {
            add(of_venue.entry(day.venue).or_default(), &day);
        }
        let of_venues = venues.iter().map(|venue| VenueHistory {
            kind: kind_number(venue.kind),
            // Only activations take people from those who are left.
            eligible: venue.eligible.filter(|_| filter.service == Outcome::Activated).map(float),
            visits: of_venue.remove(&venue.id).unwrap_or_default(),
        });
        Ok(Self { of_venues: of_venues.collect(), venues })
    }

    /// The id of each venue; none for one that was archived, whose history still tells of its kind.
    pub fn in_use(&self) -> impl Iterator<Item = Option<VenueId>> {
        self.venues.iter().map(|venue| (!venue.archived).then_some(venue.id))
    }

    /// Where a venue stands in the list.
    pub fn place_of(&self, venue: VenueId) -> Option<usize> {
        self.venues.iter().position(|each| each.id == venue)
    }

    /// Another text for other histories.
    pub fn digest(&self) -> String {
        let mut text = String::new();
        for (venue, history) in self.venues.iter().zip(&self.of_venues) {
            // Writing into a String cannot fail.
            write!(text, "{} {} {:?} {} ", venue.id, history.kind, history.eligible, venue.archived).ok();
            for Visit { day, activations, tells, capacity, hours } in &history.visits {
                write!(text, "{day} {activations} {tells} {capacity:?} {hours:?};").ok();
            }
        }
        sha256_hex(text.as_bytes())
    }
}

/// Adds a day; two events on one day at one venue are one visit.
fn add(visits: &mut Vec<Visit>, day: &HistoryDay) {
    let activations = whole(day.count);
    let capacity = day.capacity.map(whole);
    match visits.iter_mut().rev().find(|visit| visit.day == day.date && visit.tells == day.is_ranked) {
        Some(visit) => {
            visit.activations = visit.activations.saturating_add(activations);
            visit.capacity = visit.capacity.zip(capacity).map(|(a, b)| a.saturating_add(b));
            visit.hours = visit.hours.into_iter().chain(day.hours).reduce(f64::max);
        }
        None => {
            visits.push(Visit { day: day.date, activations, tells: day.is_ranked, capacity, hours: day.hours });
        }
    }
}

/// A number for each kind, the same on every day.
pub fn kind_number(kind: VenueKind) -> u16 {
    let at = VenueKind::ALL.iter().position(|each| *each == kind).unwrap_or_default();
    u16::try_from(at).unwrap_or_default()
}

fn whole(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

fn float(count: i64) -> f64 {
    f64::from(whole(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_events_on_one_day_are_one_visit_and_a_counter_beside_them_is_another() {
        let day = |date: &str, count, is_ranked| HistoryDay {
            venue: VenueId(uuid::Uuid::nil()),
            date: date.parse().unwrap(),
            count,
            is_ranked,
            capacity: Some(80),
            hours: Some(3.0),
        };
        let mut visits = Vec::new();
        for day in [
            day("2026-11-02", 30, true),
            day("2026-11-02", 9, false),
            day("2026-11-02", 12, true),
            day("2026-11-03", 5, true),
        ] {
            add(&mut visits, &day);
        }
        let counts: Vec<_> = visits.iter().map(|visit| (visit.activations, visit.tells, visit.capacity)).collect();
        assert_eq!(counts, [(42, true, Some(160)), (9, false, Some(80)), (5, true, Some(80))]);
    }
}
