//! What the next full-day visit to a venue can be expected to bring, and how sure that is: a hierarchical Gamma–Poisson
//! model that knows that a place is drawn empty (`docs/RANKING.md`). Called by the ranking; the planner takes its
//! [`Forecast`]. Knows nothing of offices, services or databases: a kind is a number, a venue its history.

mod depletion;
mod fit;
mod forecast;
mod grid;
mod history;
mod likelihood;
mod posterior;
mod prior;
mod rank_interval;
mod special;

pub use forecast::Forecast;
pub use history::{Reading, VenueHistory, Visit};
pub use rank_interval::{RankInterval, Spread, rank_intervals};

/// What one venue is expected to bring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The next visits as counts; its mean is the estimate.
    pub forecast: Forecast,
    /// Bounds of the mean, each passed with 5 %: what is not known of the venue, without the chance of a single day.
    pub spread: Spread,
    /// Visits that said something about the yield.
    pub visits: u32,
    /// No visit did: the estimate is what venues of its kind bring.
    pub cold_start: bool,
}

/// The estimate of every venue, in their order; none while no visit to any of them says anything about a yield.
pub fn estimate(venues: &[VenueHistory]) -> Option<Vec<Estimate>> {
    let told: Vec<history::Told> = history::read(venues);
    if told.iter().all(|venue| venue.records.is_empty()) {
        return None;
    }
    Some(posterior::summarise(&told, &fit::fit(&told)))
}
