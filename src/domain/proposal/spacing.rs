//! How long a venue rests between two visits, by its kind: as long as it takes until there are people again who have not
//! been asked. Planning practice of several offices, not a decree; a booking by hand may be closer.

use crate::domain::venue::VenueKind;

/// No venue is proposed more often than this in one horizon.
const VISITS_MAX: usize = 8;

/// Days from one visit to the next.
pub fn default_gap(kind: VenueKind) -> usize {
    match kind {
        // The crowd is another one each time; its dates are named one by one.
        VenueKind::CrowdEvent => 1,
        VenueKind::PublicServiceMall | VenueKind::HomeVisit => 7,
        // Two turns of the market week.
        VenueKind::Market => 10,
        VenueKind::Mall
        | VenueKind::Hospital
        | VenueKind::HealthCentre
        | VenueKind::Worship
        | VenueKind::SubdistrictOffice
        | VenueKind::Other => 14,
        VenueKind::School | VenueKind::Campus => 21,
        VenueKind::Pesantren
        | VenueKind::Company
        | VenueKind::GovernmentOffice
        | VenueKind::VillageHall
        | VenueKind::Neighbourhood
        | VenueKind::Bank
        | VenueKind::Community
        | VenueKind::Institution => 28,
    }
}

/// How many visits with this gap fit into so many days.
pub fn most_visits(days: usize, gap: usize) -> usize {
    (days.saturating_sub(1) / gap.max(1) + 1).min(VISITS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_room_for_two_school_visits_and_four_market_days() {
        assert_eq!(most_visits(31, default_gap(VenueKind::School)), 2);
        assert_eq!(most_visits(31, default_gap(VenueKind::Market)), 4);
        assert_eq!(most_visits(31, default_gap(VenueKind::CrowdEvent)), VISITS_MAX);
        assert_eq!(most_visits(1, 28), 1);
    }
}
