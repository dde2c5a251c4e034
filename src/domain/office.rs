//! An office: the Dinas Dukcapil of one kabupaten or kota. It is named by its region code and lives in one time zone.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::id::OfficeId;
use super::region::{Region, RegionCode, RegionLevel};
use super::rule::Rule;
use super::text::Name;
pub use super::time_zone::parse_time_zone;

/// A civil-registry office. Its `code` names it outside, its `id` leads every key of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    pub id: OfficeId,
    pub code: RegionCode,
    pub name: Name,
    pub time_zone: Tz,
}

impl Office {
    /// What the office of a region is called unless it is told otherwise.
    pub fn default_name(region: &Region) -> Result<Name, Rule> {
        format!("Dinas Dukcapil {}", region.name).parse()
    }

    /// The local date at `now`.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        self.local_date(now)
    }

    /// The local date of a moment.
    pub fn local_date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.time_zone).date_naive()
    }
}

/// A region code that can name an office: a kabupaten or kota.
pub fn parse_office_code(text: &str) -> Result<RegionCode, Rule> {
    let code: RegionCode = text.parse()?;
    if code.level() == RegionLevel::Regency { Ok(code) } else { Err(Rule::Format { example: "33.03" }) }
}
