//! The facts of the country that the program ships with: regions and decreed holidays. They fill their tables at
//! migration; what an admin changed there stays.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::calendar::{Holiday, HolidayCells};
use crate::domain::id::HolidayId;
use crate::domain::region::Region;
use crate::store::queries::holidays::{self, Validity};
use crate::store::queries::regions;
use crate::store::{AnyConnection, StoreError};

const REGIONS: &str = include_str!("../../../config/regions/regions.csv");
const VILLAGES: &str = include_str!("../../../config/regions/villages.csv");
const HOLIDAYS: &str = include_str!("../../../config/holidays/holidays.csv");

/// Wider than any date that the product accepts, narrower than what PostgreSQL can hold.
const EVER: (NaiveDate, NaiveDate) = (first_of(1800), first_of(2300));

const fn first_of(year: i32) -> NaiveDate {
    match NaiveDate::from_yo_opt(year, 1) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Adds the regions and holidays that are missing.
///
/// # Errors
/// [`StoreError`] of the database; [`StoreError::Broken`] if a shipped file cannot be read, which a test rules out.
pub fn seed(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<(), StoreError> {
    let lines = |text: &str| i64::try_from(text.lines().count()).unwrap_or(i64::MAX) - 1;
    if regions::count_regions(connection)? < lines(REGIONS) + lines(VILLAGES) {
        regions::insert_regions(connection, &shipped_regions()?)?;
    }
    let known = holidays::list_holidays(connection, EVER.0, EVER.1, Validity::Ever)?;
    let key = |holiday: &Holiday| (holiday.date, holiday.kind, holiday.name.clone(), holiday.region.clone());
    let known: BTreeSet<_> = known.iter().map(key).collect();
    let missing: Vec<Holiday> =
        shipped_holidays(now)?.into_iter().filter(|holiday| !known.contains(&key(holiday))).collect();
    holidays::insert_holidays(connection, &missing, now)
}

/// The shipped regions.
pub fn shipped_regions() -> Result<Vec<Region>, StoreError> {
    // Columns: code, level, parent_code, name, time_zone; the level and the parent are in the code.
    let regions = rows(REGIONS).map(|row| {
        let [code, _, _, name, zone] = cells(&row?)?;
        Region::parse_row(&code, &name, &zone).map_err(StoreError::broken)
    });
    // Columns: code, district_code, type, name.
    let villages = rows(VILLAGES).map(|row| {
        let [code, _, _, name] = cells(&row?)?;
        Region::parse_row(&code, &name, "").map_err(StoreError::broken)
    });
    regions.chain(villages).collect()
}

/// The shipped holidays, as they would be recorded at `now`.
pub fn shipped_holidays(now: DateTime<Utc>) -> Result<Vec<Holiday>, StoreError> {
    rows(HOLIDAYS)
        .map(|row| {
            let [date, kind, name, region, decided_on] = cells(&row?)?;
            let cells =
                HolidayCells { date: &date, kind: &kind, name: &name, region: &region, decided_on: &decided_on };
            Holiday::parse(HolidayId::new(now), &cells).map_err(|errors| StoreError::broken(format!("{errors:?}")))
        })
        .collect()
}

fn rows(text: &str) -> impl Iterator<Item = Result<csv::StringRecord, StoreError>> {
    csv::Reader::from_reader(text.as_bytes()).into_records().map(|row| row.map_err(StoreError::broken))
}

fn cells<const N: usize>(row: &csv::StringRecord) -> Result<[String; N], StoreError> {
    let cells: Vec<String> = row.iter().map(str::to_owned).collect();
    cells.try_into().map_err(|_| StoreError::broken("a shipped file has another number of columns"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_row_can_be_read() {
        assert_eq!(shipped_regions().unwrap().len(), 38 + 514 + 7_285 + 1_076);
        assert_eq!(shipped_holidays(DateTime::UNIX_EPOCH).unwrap().len(), HOLIDAYS.lines().count() - 1);
    }
}
