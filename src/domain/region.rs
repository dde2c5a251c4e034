//! Regions of Indonesia and their codes: province 33, regency or city 33.03, district 33.03.05, village 33.03.05.2004.
//! The code is the key everywhere; what lies inside what is read from the code alone.

use std::fmt;
use std::str::FromStr;

use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize};

use super::code::codes;
use super::rule::Rule;
use super::text::Name;
use super::time_zone::parse_time_zone;

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

impl Region {
    /// A row of a region list; `time_zone` is empty where the region has none of its own.
    pub fn parse_row(code: &str, name: &str, time_zone: &str) -> Result<Self, Rule> {
        let code: RegionCode = code.parse()?;
        let name = name.parse::<Name>()?.into_string();
        let time_zone = if time_zone.trim().is_empty() { None } else { Some(parse_time_zone(time_zone)?) };
        Ok(Self { level: code.level(), code, name, time_zone })
    }
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
    use std::collections::{BTreeMap, BTreeSet};

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

    const REGIONS: &str = include_str!("../../config/regions/regions.csv");
    const VILLAGES: &str = include_str!("../../config/regions/villages.csv");

    /// The rows below the header. No cell of these files is quoted, which the split relies on.
    fn rows<const N: usize>(csv: &'static str, header: &str) -> Vec<[&'static str; N]> {
        assert!(!csv.contains('"'), "a quoted cell: split with a CSV reader");
        let mut lines = csv.lines();
        assert_eq!(lines.next(), Some(header));
        lines.map(|line| line.split(',').collect::<Vec<_>>().try_into().unwrap()).collect()
    }

    #[test]
    fn the_shipped_regions_are_the_whole_country_down_to_the_district() {
        let mut counts = BTreeMap::<RegionLevel, usize>::new();
        let mut known = BTreeSet::new();
        for [code, level, parent, name, zone] in rows::<5>(REGIONS, "code,level,parent_code,name,time_zone") {
            let region = Region::parse_row(code, name, zone).unwrap();
            assert_eq!(region.level.as_str(), level, "{code}");
            assert_eq!(region.code.parent().map_or(String::new(), |p| p.to_string()), parent, "{code}");
            assert!(
                region.code.parent().is_none_or(|parent| known.contains(&parent)),
                "{code} stands before its parent"
            );
            assert_eq!(region.time_zone.is_some(), region.level == RegionLevel::Regency, "{code}");
            *counts.entry(region.level).or_default() += 1;
            assert!(known.insert(region.code), "{code} stands twice");
        }
        let expected = [(RegionLevel::Province, 38), (RegionLevel::Regency, 514), (RegionLevel::District, 7_285)];
        assert_eq!(counts, BTreeMap::from(expected));
    }

    #[test]
    fn the_shipped_villages_are_those_of_the_five_districts() {
        let districts: BTreeSet<&str> =
            rows::<5>(REGIONS, "code,level,parent_code,name,time_zone").iter().map(|r| r[0]).collect();
        let mut counts = BTreeMap::<String, usize>::new();
        let mut known = BTreeSet::new();
        for [code, district, kind, name] in rows::<4>(VILLAGES, "code,district_code,type,name") {
            let village = Region::parse_row(code, name, "").unwrap();
            assert_eq!(village.level, RegionLevel::Village, "{code}");
            assert_eq!(village.code.parent().unwrap().as_str(), district, "{code}");
            assert!(districts.contains(district), "{code}");
            assert!(matches!(kind, "desa" | "kelurahan"), "{code}");
            *counts.entry(code[..5].to_owned()).or_default() += 1;
            assert!(known.insert(code), "{code} stands twice");
        }
        let expected = [("33.03", 239), ("33.28", 287), ("35.28", 189), ("35.29", 334), ("35.77", 27)];
        assert_eq!(counts, expected.into_iter().map(|(code, n)| (code.to_owned(), n)).collect());
        assert_eq!(known.len(), 1_076);
    }

    #[test]
    fn a_row_needs_a_code_a_name_and_a_zone_of_the_country_or_none() {
        let purbalingga = Region::parse_row("33.03", "Kabupaten Purbalingga", "Asia/Jakarta").unwrap();
        assert_eq!(purbalingga.time_zone, Some(Tz::Asia__Jakarta));
        assert_eq!(Region::parse_row("33.03", "", ""), Err(Rule::Required));
        assert!(Region::parse_row("3303", "Kabupaten Purbalingga", "").is_err());
        assert!(Region::parse_row("33.03", "Kabupaten Purbalingga", "WIB").is_err());
    }
}
