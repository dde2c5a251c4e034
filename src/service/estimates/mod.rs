//! What the next visit to each venue is expected to bring: of a whole office, kept up to date, and of one day at one venue.
//! The ranking, the pages and the planner ask here; a job does it before anybody waits.

mod histories;
mod office;
mod refresh;
mod tested;
mod visit;

pub use office::{Look, OfficeEstimates, look};
pub use tested::TestedForecasts;
pub use visit::Projection;

pub use crate::store::queries::estimates::VenueEstimate;
