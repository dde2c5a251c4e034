//! Holidays from a file: named by date, kind, region and name. Another date of the decree withdraws the stored one.

use std::collections::{BTreeMap, BTreeSet};

use super::options::{EVER, KEYS_PER_QUERY};
use crate::domain::audit::Change;
use crate::domain::calendar::Holiday;
use crate::domain::id::HolidayId;
use crate::domain::permission::{Action, Administer};
use crate::domain::region::{RegionCode, RegionLevel};
use crate::domain::rule::Rule;
use crate::service::desk::WideDesk;
use crate::service::error::ServiceError;
use crate::service::files::holidays::{HolidayFile, HolidayName, name_of};
use crate::service::files::{ImportReport, Numbered};
use crate::service::holidays::scope_of;
use crate::store::queries::holidays::{self as store, Validity};
use crate::store::queries::regions::list_regions_among;

pub fn save(desk: &mut WideDesk<'_, Administer>, file: &HolidayFile) -> Result<ImportReport, ServiceError> {
    let stored: BTreeMap<HolidayName, Holiday> =
        list_all(desk)?.into_iter().map(|holiday| (name_of(&holiday), holiday)).collect();
    let is_known = |row: &Holiday, known: &Holiday| !file.has_decision || known.decided_on == row.decided_on;
    let new =
        |row: &&Numbered<Holiday>| !stored.get(&name_of(&row.value)).is_some_and(|known| is_known(&row.value, known));
    let rows: Vec<&Numbered<Holiday>> = file.rows.iter().filter(new).collect();
    check(desk, file, &rows)?;
    let (mut withdrawn, mut trail) = (Vec::new(), Vec::new());
    for Numbered { value: holiday, .. } in &rows {
        let change =
            |action| Change::new(action, "holiday", holiday.id).with("date", holiday.date).with("name", &holiday.name);
        let scope = scope_of(holiday);
        match stored.get(&name_of(holiday)) {
            None => trail.push((scope, change("holiday.added"))),
            Some(known) => {
                withdrawn.push(known.id);
                trail.push((scope, change("holiday.corrected").with("replaces", known.id)));
            }
        }
    }
    write(desk, &rows, &withdrawn)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(file.rows.len(), rows.len() - withdrawn.len(), withdrawn.len()))
}

/// Every holiday in force.
pub fn list_all<A: Action>(desk: &mut WideDesk<'_, A>) -> Result<Vec<Holiday>, ServiceError> {
    Ok(store::list_holidays(desk.connection, EVER.0, EVER.1, Validity::Now)?)
}

fn write(
    desk: &mut WideDesk<'_, Administer>,
    rows: &[&Numbered<Holiday>],
    withdrawn: &[HolidayId],
) -> Result<(), ServiceError> {
    for ids in withdrawn.chunks(KEYS_PER_QUERY) {
        store::withdraw_holidays(desk.connection, ids, desk.now)?;
    }
    let new: Vec<Holiday> = rows.iter().map(|row| row.value.clone()).collect();
    Ok(store::insert_holidays(desk.connection, &new, desk.now)?)
}

/// The errors of reading; and of rows that change something, whether the region is one that has or contains offices and
/// lies within the caller's rights. An admin of one office does not decide the days off of others.
fn check(
    desk: &mut WideDesk<'_, Administer>,
    file: &HolidayFile,
    rows: &[&Numbered<Holiday>],
) -> Result<(), ServiceError> {
    let named: BTreeSet<&RegionCode> = rows.iter().filter_map(|row| row.value.region.as_ref()).collect();
    let named: Vec<RegionCode> = named.into_iter().cloned().collect();
    let mut known = BTreeSet::new();
    for codes in named.chunks(KEYS_PER_QUERY) {
        known.extend(list_regions_among(desk.connection, codes)?.into_iter().map(|region| region.code));
    }
    let mut errors = file.errors.clone();
    for Numbered { line, value: holiday } in rows {
        let rule = match &holiday.region {
            _ if !desk.permit.covers(&scope_of(holiday)) => Rule::BeyondOwnRights,
            Some(region) if !matches!(region.level(), RegionLevel::Province | RegionLevel::Regency) => {
                Rule::Format { example: "33.03" }
            }
            Some(region) if !known.contains(region) => Rule::NotFound,
            _ => continue,
        };
        errors.push(*line, "region", rule);
    }
    Ok(errors.finish(())?)
}
