//! The five districts as the generator sees them: names, size, and where they lie. The published facts are not here.

use crate::domain::region::{RegionCode, RegionLevel};
use crate::domain::rule::Rule;
use crate::domain::text::{Name, Phone};

/// What the generator needs to know of a district beforehand. Coordinates are in millionths of a degree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub code: &'static str,
    /// The word in the demo's logins: `admin@purbalingga.example`.
    pub slug: &'static str,
    pub name: &'static str,
    pub city: bool,
    pub venues: u32,
    pub teams: u32,
    /// Where the office stands: the teams set out from around it.
    pub centre: (i32, i32),
}

pub const PROFILES: [Profile; 5] = [
    Profile {
        code: "33.03",
        slug: "purbalingga",
        name: "Purbalingga",
        city: false,
        venues: 180,
        teams: 5,
        centre: (-7_388_000, 109_363_000),
    },
    Profile {
        code: "33.28",
        slug: "tegal",
        name: "Kabupaten Tegal",
        city: false,
        venues: 240,
        teams: 6,
        centre: (-6_985_000, 109_137_000),
    },
    Profile {
        code: "35.28",
        slug: "pamekasan",
        name: "Pamekasan",
        city: false,
        venues: 160,
        teams: 5,
        centre: (-7_157_000, 113_475_000),
    },
    Profile {
        code: "35.29",
        slug: "sumenep",
        name: "Sumenep",
        city: false,
        venues: 260,
        teams: 6,
        centre: (-7_010_000, 113_860_000),
    },
    Profile {
        code: "35.77",
        slug: "madiun",
        name: "Kota Madiun",
        city: true,
        venues: 120,
        teams: 4,
        centre: (-7_630_000, 111_523_000),
    },
];

/// A district with its kecamatan and villages, each sorted by code.
#[derive(Debug, Clone)]
pub struct District {
    pub profile: &'static Profile,
    pub subdistricts: Vec<(RegionCode, Name)>,
    pub villages: Vec<(RegionCode, Name)>,
}

impl District {
    /// Takes what lies inside the district from any list of regions. Fails on a list without its kecamatan or villages.
    pub fn new(profile: &'static Profile, regions: &[(RegionCode, Name)]) -> Result<Self, Rule> {
        let code: RegionCode = profile.code.parse()?;
        let of_level = |level: RegionLevel| {
            let mut inside: Vec<_> =
                regions.iter().filter(|(r, _)| r.level() == level && code.contains(r)).cloned().collect();
            inside.sort();
            if inside.is_empty() { Err(Rule::NotFound) } else { Ok(inside) }
        };
        Ok(Self { profile, subdistricts: of_level(RegionLevel::District)?, villages: of_level(RegionLevel::Village)? })
    }

    pub fn code(&self) -> &'static str {
        self.profile.code
    }

    /// The kecamatan's name; the district's own where the list lacks it.
    pub fn subdistrict_name(&self, village: &RegionCode) -> &str {
        let found = self.subdistricts.iter().find(|(code, _)| code.contains(village));
        found.map_or(self.profile.name, |(_, name)| name.as_str())
    }
    /// A number in a block that belongs to no mobile operator.
    pub fn fictitious_phone(&self, number: usize) -> Result<Phone, Rule> {
        let area: String = self.code().chars().filter(char::is_ascii_digit).collect();
        format!("+628000{area}{number:04}").parse()
    }
}
