//! What a caller tells of a venue: each day there with its count and its circumstances.

use chrono::NaiveDate;

/// A venue with all that ever happened there.
#[derive(Debug, Clone, PartialEq)]
pub struct VenueHistory {
    /// Venues of a kind resemble each other; any numbering.
    pub kind: u16,
    /// People there who could be activated, before the first visit; none if nobody counted them.
    pub eligible: Option<f64>,
    /// In order of days.
    pub visits: Vec<Visit>,
}

/// What one day at a venue brought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    pub day: NaiveDate,
    pub activations: u32,
    /// False for what tells nothing of a day's yield: an approximate count, another kind of event. It still took people from
    /// those left.
    pub tells: bool,
    /// How many the teams that were there can serve on a day.
    pub capacity: Option<u32>,
    /// How long they were there.
    pub hours: Option<f64>,
}

/// A count this near to the capacity, on either side, says "at least": the queue was longer. One far above it says that
/// the capacity is not what the register holds.
const NEAR_CAPACITY: f64 = 0.03;

/// A visit shorter than this part of what is usual for the kind was a part of a day, in proportion to its hours. Longer
/// ones are full days: people come while they have heard of it, not by the hour.
const PART_OF_DAY: f64 = 0.5;

impl VenueHistory {
    /// A register that counts nobody is none.
    pub(super) fn known_eligible(&self) -> Option<f64> {
        self.eligible.filter(|eligible| eligible.is_finite() && *eligible >= 1.0)
    }
}

impl Visit {
    pub(super) fn reached_capacity(&self) -> bool {
        let near = |capacity: u32| {
            let capacity = f64::from(capacity);
            (f64::from(self.activations) - capacity).abs() <= NEAR_CAPACITY * capacity
        };
        self.activations > 0 && self.capacity.is_some_and(near)
    }

    pub(super) fn part_of_day(&self, usual_hours: f64) -> f64 {
        let hours = self.hours.filter(|hours| *hours > 0.0 && *hours < PART_OF_DAY * usual_hours);
        hours.map_or(1.0, |hours| hours / usual_hours)
    }
}

/// The middle value; of an even number the higher of the two.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
