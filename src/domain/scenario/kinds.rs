//! How each kind of venue behaves in the synthetic year: how many there are, how often they are visited, what they yield.
//! The yields follow what offices told the press (40–500 activations a day, most between 40 and 160); the rest is assumed.

/// One kind of venue. Ranges are inclusive; shares of people are per cent, all others per mille.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindTraits {
    pub code: &'static str,
    /// Share of a kabupaten's and of a kota's venues; 0 where the number has its own rule.
    pub share: (u32, u32),
    /// Weight among the outreach events.
    pub visits: u32,
    /// Activations of one team in a full first day, before quality, noise and depletion.
    pub mean: u32,
    /// Activated among those reached.
    pub rate: u32,
    pub people: (u32, u32),
    pub eligible: (u32, u32),
    pub phones: (u32, u32),
    /// Activations of people from elsewhere, beside those of the district.
    pub out_of_area: u32,
    /// KTP-el recordings of one team in a day, where that service is offered.
    pub recordings: (u32, u32),
}

/// Takes every place that no other kind claims.
pub const REMAINDER: &str = "village_hall";
/// One per kecamatan.
pub const SUBDISTRICT_OFFICE: &str = "subdistrict_office";
/// One per district.
pub const SERVICE_MALL: &str = "public_service_mall";

const PLAIN: KindTraits = KindTraits {
    code: "other",
    share: (10, 12),
    visits: 1,
    mean: 40,
    rate: 650,
    people: (80, 400),
    eligible: (60, 90),
    phones: (50, 85),
    out_of_area: 40,
    recordings: (0, 0),
};

pub const KINDS: [KindTraits; 20] = [
    KindTraits {
        code: "school",
        share: (170, 150),
        visits: 20,
        mean: 60,
        rate: 620,
        people: (300, 1500),
        eligible: (30, 50),
        phones: (70, 95),
        recordings: (65, 130),
        ..PLAIN
    },
    KindTraits {
        code: "campus",
        share: (12, 45),
        visits: 3,
        mean: 124,
        rate: 800,
        people: (600, 6000),
        eligible: (85, 98),
        phones: (85, 98),
        out_of_area: 150,
        ..PLAIN
    },
    KindTraits {
        code: "pesantren",
        share: (60, 20),
        visits: 6,
        mean: 59,
        rate: 600,
        people: (150, 2500),
        eligible: (30, 60),
        phones: (40, 75),
        out_of_area: 90,
        recordings: (30, 80),
    },
    KindTraits {
        code: "market",
        share: (80, 50),
        visits: 12,
        mean: 62,
        rate: 620,
        people: (200, 1800),
        eligible: (75, 95),
        phones: (45, 80),
        ..PLAIN
    },
    KindTraits {
        code: "company",
        share: (75, 80),
        visits: 12,
        mean: 130,
        rate: 800,
        people: (200, 2600),
        eligible: (85, 98),
        phones: (70, 95),
        out_of_area: 100,
        ..PLAIN
    },
    KindTraits {
        code: "government_office",
        share: (50, 90),
        visits: 6,
        mean: 74,
        rate: 850,
        people: (40, 400),
        eligible: (90, 100),
        phones: (85, 98),
        ..PLAIN
    },
    KindTraits {
        code: REMAINDER,
        share: (0, 0),
        visits: 22,
        mean: 76,
        rate: 660,
        people: (250, 1200),
        eligible: (55, 85),
        phones: (50, 85),
        recordings: (4, 18),
        ..PLAIN
    },
    KindTraits {
        code: "neighbourhood",
        share: (70, 110),
        visits: 12,
        mean: 57,
        rate: 680,
        people: (120, 500),
        eligible: (55, 85),
        ..PLAIN
    },
    KindTraits {
        code: "mall",
        share: (10, 35),
        visits: 2,
        mean: 78,
        rate: 640,
        people: (400, 3000),
        out_of_area: 120,
        ..PLAIN
    },
    KindTraits {
        code: "crowd_event",
        share: (20, 30),
        visits: 4,
        mean: 100,
        rate: 600,
        people: (500, 5000),
        out_of_area: 80,
        ..PLAIN
    },
    KindTraits { code: "hospital", share: (12, 30), visits: 2, mean: 43, people: (120, 700), ..PLAIN },
    KindTraits { code: "health_centre", share: (45, 35), visits: 4, mean: 42, people: (60, 250), ..PLAIN },
    KindTraits { code: "worship", share: (30, 35), visits: 3, mean: 46, people: (80, 600), ..PLAIN },
    KindTraits { code: SERVICE_MALL, share: (0, 0), visits: 0, mean: 70, rate: 714, people: (150, 500), ..PLAIN },
    KindTraits { code: SUBDISTRICT_OFFICE, share: (0, 0), visits: 0, mean: 46, rate: 714, people: (60, 200), ..PLAIN },
    KindTraits { code: "bank", share: (15, 25), visits: 1, mean: 35, rate: 780, people: (40, 160), ..PLAIN },
    KindTraits { code: "community", share: (25, 30), visits: 3, mean: 57, rate: 700, people: (80, 500), ..PLAIN },
    KindTraits {
        code: "institution",
        share: (12, 18),
        visits: 1,
        mean: 27,
        rate: 500,
        people: (60, 300),
        recordings: (4, 20),
        ..PLAIN
    },
    KindTraits {
        code: "home_visit",
        share: (10, 12),
        visits: 1,
        mean: 22,
        rate: 550,
        people: (40, 90),
        recordings: (3, 9),
        ..PLAIN
    },
    PLAIN,
];

/// True where people come to the office's own counters: such days are no outreach.
pub fn is_counter(kind: &str) -> bool {
    kind == SUBDISTRICT_OFFICE || kind == SERVICE_MALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_once_and_the_shares_leave_room_for_the_village_halls() {
        let codes: std::collections::BTreeSet<_> = KINDS.iter().map(|kind| kind.code).collect();
        assert_eq!(codes.len(), KINDS.len());
        let regency: u32 = KINDS.iter().map(|kind| kind.share.0).sum();
        let city: u32 = KINDS.iter().map(|kind| kind.share.1).sum();
        assert!(regency < 800 && city < 850, "{regency} {city}");
    }
}
