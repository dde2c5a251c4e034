//! Regions of Indonesia and their codes: province 33, regency or city 33.03, district 33.03.05, village 33.03.05.2004.
//! The code is the key everywhere; what lies inside what is read from the code alone.

use std::fmt;
use std::str::FromStr;

use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize};

use super::code::codes;
use super::rule::Rule;

codes! {
    /// The four levels, widest first.
    pub enum RegionLevel {
        Province = "province",
        /// Kabupaten or kota: the level of an office.
        Regency = "regency",
        /// Kecamatan.
        District = "district",
        /// Desa or kelurahan.
        Village = "village",
    }
}

/// A region's code, in the ministry's dotted form (Kepmendagri 300.2.2-2430/2025).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct RegionCode(String);

/// One region as the installation knows it. `time_zone` is set for regencies and cities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    pub code: RegionCode,
    pub level: RegionLevel,
    pub name: String,
    pub time_zone: Option<Tz>,
}

impl RegionCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn level(&self) -> RegionLevel {
        match self.0.len() {
            0..=2 => RegionLevel::Province,
            3..=5 => RegionLevel::Regency,
            6..=8 => RegionLevel::District,
            _ => RegionLevel::Village,
        }
    }

    /// The region one level up; none above a province.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// True if `other` is this region or lies inside it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl FromStr for RegionCode {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let text = text.trim();
        let lengths: Vec<usize> = text.split('.').map(str::len).collect();
        let well_formed = matches!(lengths.as_slice(), [2] | [2, 2] | [2, 2, 2] | [2, 2, 2, 4])
            && text.bytes().all(|b| b == b'.' || b.is_ascii_digit());
        if text.is_empty() {
            Err(Rule::Required)
        } else if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(Rule::Format { example: "33.03.05" })
        }
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RegionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|rule: Rule| serde::de::Error::custom(rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_region_contains_itself_and_what_lies_inside_but_no_namesake() {
        assert!(code("33.03").contains(&code("33.03.05.2004")));
        assert!(code("33.03").contains(&code("33.03")));
        assert!(!code("33.03").contains(&code("33.04.01")));
        assert!(!code("33.03.05").contains(&code("33.03")));
    }

    #[test]
    fn only_the_dotted_form_is_a_code() {
        assert_eq!(code("33.03.05.2004").level(), RegionLevel::Village);
        assert_eq!(code("33.03.05").parent(), Some(code("33.03")));
        for bad in ["3303", "33.3", "33.03.", "33.03.05.04", "a3.03", "33.03.05.2004.1"] {
            assert!(bad.parse::<RegionCode>().is_err(), "{bad}");
        }
    }
}
