//! What a list of visits is worth: gain by chronological depletion, floors, pins. The solver's answer is scored here
//! and not by its own arithmetic.

use super::instance::Instance;
use super::visit::Visit;

/// What visits are worth. Amounts in centi-activations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub gain: i64,
    /// Visits by area.
    pub reached: Vec<u32>,
    /// Visits missing to floors.
    pub shortfall: u64,
    /// Pins that are not met, by index.
    pub pins_missed: Vec<usize>,
    pub objective: i64,
}

/// Scores visits that are sorted by venue and day. O(visits + pins × visits of a venue).
pub fn score(instance: &Instance, visits: &[Visit]) -> Score {
    let mut gain = 0;
    let mut reached = vec![0_u32; instance.floors.len()];
    for of_one in visits.chunk_by(|a, b| a.venue == b.venue) {
        for (nth, visit) in of_one.iter().enumerate() {
            gain += instance.gain(visit.venue, visit.crew, nth).unwrap_or(0);
            reached[instance.venues[visit.venue].area] += 1;
        }
    }
    let missing = instance.floors.iter().zip(&reached).map(|(floor, reached)| floor.saturating_sub(*reached));
    let shortfall: u64 = missing.map(u64::from).sum();
    let is_met = |pin: &super::instance::Pin| {
        of_venue(visits, pin.venue).iter().enumerate().any(|(nth, visit)| pin.is_met_by(visit, nth))
    };
    let pins = instance.pins.iter().enumerate();
    let pins_missed: Vec<usize> = pins.filter(|(_, pin)| !is_met(pin)).map(|(at, _)| at).collect();
    let penalties = shortfall as i64 * instance.shortfall_penalty + pins_missed.len() as i64 * instance.pin_penalty;
    Score { gain, reached, shortfall, pins_missed, objective: gain - penalties }
}

/// The visits of one venue among visits sorted by venue.
pub fn of_venue(visits: &[Visit], venue: usize) -> &[Visit] {
    let from = visits.partition_point(|visit| visit.venue < venue);
    let length = visits[from..].partition_point(|visit| visit.venue == venue);
    &visits[from..from + length]
}
