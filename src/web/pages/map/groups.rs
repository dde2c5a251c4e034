//! Twenty kinds of venues are too many to tell apart by colour and shape: the map shows them in six groups.

use crate::domain::code::codes;
use crate::domain::venue::VenueKind;
use crate::pictures::Shape;

codes! {
    /// Kinds of venues that people would look for together, in the order of the key.
    pub enum KindGroup {
        Learning = "learning",
        Trade = "trade",
        Work = "work",
        Government = "government",
        Health = "health",
        Gathering = "gathering",
    }
}

impl KindGroup {
    pub fn of(kind: VenueKind) -> Self {
        match kind {
            VenueKind::School | VenueKind::Campus | VenueKind::Pesantren => Self::Learning,
            VenueKind::Market | VenueKind::Mall | VenueKind::Bank => Self::Trade,
            VenueKind::Company => Self::Work,
            VenueKind::GovernmentOffice
            | VenueKind::VillageHall
            | VenueKind::Neighbourhood
            | VenueKind::PublicServiceMall
            | VenueKind::SubdistrictOffice => Self::Government,
            VenueKind::Hospital | VenueKind::HealthCentre => Self::Health,
            VenueKind::CrowdEvent
            | VenueKind::Worship
            | VenueKind::Community
            | VenueKind::Institution
            | VenueKind::HomeVisit
            | VenueKind::Other => Self::Gathering,
        }
    }

    pub fn shape(self) -> Shape {
        match self {
            Self::Learning => Shape::Circle,
            Self::Trade => Shape::Square,
            Self::Work => Shape::Diamond,
            Self::Government => Shape::Triangle,
            Self::Health => Shape::Cross,
            Self::Gathering => Shape::Hexagon,
        }
    }
}
