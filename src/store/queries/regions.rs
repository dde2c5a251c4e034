//! The regions of the country, filled at migration and read by code.

use diesel::prelude::*;

use crate::domain::page::{Cut, Page};
use crate::domain::region::{Region, RegionCode, RegionLevel};
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::regions;

type Row = (RegionCode, RegionLevel, String, Option<String>);
const COLUMNS: (regions::code, regions::level, regions::name, regions::time_zone) =
    (regions::code, regions::level, regions::name, regions::time_zone);

/// What a list of regions is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegionFilter {
    /// Only what lies directly inside this one.
    pub parent: Option<RegionCode>,
    pub level: Option<RegionLevel>,
}

pub fn find_region(connection: &mut AnyConnection, code: &RegionCode) -> Result<Option<Region>, StoreError> {
    let row: Option<Row> =
        regions::table.filter(regions::code.eq(code)).select(COLUMNS).first(connection).optional()?;
    row.map(region).transpose()
}

/// One page of regions, by code.
pub fn list_regions(
    connection: &mut AnyConnection,
    filter: &RegionFilter,
    cut: &Cut<RegionCode>,
) -> Result<Page<Region>, StoreError> {
    let mut query =
        regions::table.select(COLUMNS).order(regions::code).limit(cut.limit_plus_one()).into_boxed::<MultiBackend>();
    if let Some(parent) = &filter.parent {
        query = query.filter(regions::parent_code.eq(parent.as_str()));
    }
    if let Some(level) = filter.level {
        query = query.filter(regions::level.eq(level));
    }
    if let Some(after) = &cut.after {
        query = query.filter(regions::code.gt(after));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(region).collect::<Result<_, _>>()?))
}

/// The regions with these codes, in no order; codes that name none are left out.
pub fn list_regions_by_code(connection: &mut AnyConnection, codes: &[RegionCode]) -> Result<Vec<Region>, StoreError> {
    let rows: Vec<Row> = regions::table.filter(regions::code.eq_any(codes)).select(COLUMNS).load(connection)?;
    rows.into_iter().map(region).collect()
}

/// Every region inside `code` but itself, by code.
pub fn list_regions_inside(connection: &mut AnyConnection, code: &RegionCode) -> Result<Vec<Region>, StoreError> {
    let inside = regions::code.like(format!("{code}.%"));
    let rows: Vec<Row> = regions::table.filter(inside).select(COLUMNS).order(regions::code).load(connection)?;
    rows.into_iter().map(region).collect()
}

/// Every region inside `code`, itself included: what an import checks its rows against.
pub fn list_region_codes_inside(
    connection: &mut AnyConnection,
    code: &RegionCode,
) -> Result<Vec<RegionCode>, StoreError> {
    let inside = regions::code.eq(code).or(regions::code.like(format!("{code}.%")));
    Ok(regions::table.filter(inside).select(regions::code).order(regions::code).load(connection)?)
}

/// The names of these regions.
pub fn list_region_names(
    connection: &mut AnyConnection,
    codes: &[RegionCode],
) -> Result<Vec<(RegionCode, String)>, StoreError> {
    Ok(regions::table.filter(regions::code.eq_any(codes)).select((regions::code, regions::name)).load(connection)?)
}

/// Those of these regions that exist.
pub fn list_regions_among(connection: &mut AnyConnection, codes: &[RegionCode]) -> Result<Vec<Region>, StoreError> {
    let rows: Vec<Row> =
        regions::table.filter(regions::code.eq_any(codes)).order(regions::code).select(COLUMNS).load(connection)?;
    rows.into_iter().map(region).collect()
}

pub fn count_regions(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    Ok(regions::table.count().get_result(connection)?)
}

/// Adds the regions that are missing; names of those that are there stay.
pub fn insert_regions(connection: &mut AnyConnection, all: &[Region]) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|region| {
                (
                    regions::code.eq(&region.code),
                    regions::level.eq(region.level),
                    regions::parent_code.eq(region.code.parent().map(|parent| parent.as_str().to_owned())),
                    regions::name.eq(&region.name),
                    regions::time_zone.eq(region.time_zone.map(chrono_tz::Tz::name)),
                )
            })
            .collect();
        each!(connection, |c| diesel::insert_into(regions::table).values(rows).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

fn region((code, level, name, zone): Row) -> Result<Region, StoreError> {
    let time_zone = zone.map(|zone| zone.parse()).transpose().map_err(StoreError::broken)?;
    Ok(Region { code, level, name, time_zone })
}
