//! What a visit is expected to bring as long as nobody has counted anything in the whole office: a rough guess by kind,
//! which the first results replace.

use crate::domain::ranking::Forecast;
use crate::domain::venue::{Venue, VenueKind};

/// Little is known, so almost anything may happen.
const SHAPE: f64 = 1.5;

/// Activations of a day at a place of which nobody knows how many people it has.
const USUAL: f64 = 25.0;

/// The guess for a venue of which the ranking has no estimate.
pub fn unknown_yield(venue: &Venue) -> Forecast {
    let eligible = venue.details.eligible.and_then(|eligible| i32::try_from(eligible).ok()).map(f64::from);
    let mean = eligible.map_or(USUAL, |eligible| eligible * share_per_day(venue.details.kind));
    Forecast { shape: SHAPE, mean, eligible_left: eligible.filter(|eligible| *eligible > 0.0) }
}

/// The part of the eligible people whom one day usually reaches.
fn share_per_day(kind: VenueKind) -> f64 {
    match kind {
        VenueKind::School | VenueKind::Campus | VenueKind::Pesantren | VenueKind::Institution => 0.3,
        VenueKind::Company | VenueKind::GovernmentOffice | VenueKind::Bank | VenueKind::Community => 0.2,
        VenueKind::HomeVisit => 0.5,
        VenueKind::Market | VenueKind::Mall | VenueKind::CrowdEvent | VenueKind::PublicServiceMall => 0.015,
        _ => 0.03,
    }
}
