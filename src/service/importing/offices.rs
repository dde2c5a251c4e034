//! Offices from a file: the code decides whether a row is new, changed or as stored. What a row leaves out comes from the
//! region of a new office and stays as it is of a stored one.

use std::collections::BTreeMap;

use super::options::KEYS_PER_QUERY;
use crate::domain::audit::Change;
use crate::domain::office::Office;
use crate::domain::permission::Administer;
use crate::domain::region::{Region, RegionCode};
use crate::domain::rule::Rule;
use crate::domain::staff::Scope;
use crate::service::desk::WideDesk;
use crate::service::error::ServiceError;
use crate::service::files::offices::{OfficeFile, OfficeRow};
use crate::service::files::{ImportReport, Numbered};
use crate::store::queries::offices as store;
use crate::store::queries::regions::list_regions_among;

pub fn save(desk: &mut WideDesk<'_, Administer>, file: &OfficeFile) -> Result<ImportReport, ServiceError> {
    let stored: BTreeMap<RegionCode, Office> = store::list_offices(desk.connection, &Scope::NATION)?
        .into_iter()
        .map(|office| (office.code.clone(), office))
        .collect();
    let offices = check(desk, file, &stored)?;
    let (mut added, mut changed, mut trail) = (Vec::new(), Vec::new(), Vec::new());
    for office in offices {
        let Some(known) = stored.get(&office.code) else {
            trail.push((Scope::region(office.code.clone()), Change::new("office.added", "office", &office.code)));
            added.push(office);
            continue;
        };
        let differs = [("name", known.name != office.name), ("time_zone", known.time_zone != office.time_zone)];
        let fields: Vec<_> = differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
        if !fields.is_empty() {
            trail.push((
                Scope::region(office.code.clone()),
                Change::new("office.changed", "office", &office.code).fields(&fields),
            ));
            changed.push(office);
        }
    }
    store::insert_offices(desk.connection, &added, desk.now).map_err(ServiceError::taken("code"))?;
    store::replace_offices(desk.connection, &changed, desk.now)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(file.rows.len(), added.len(), changed.len()))
}

/// The office that each row means, if no row breaks a rule.
fn check(
    desk: &mut WideDesk<'_, Administer>,
    file: &OfficeFile,
    stored: &BTreeMap<RegionCode, Office>,
) -> Result<Vec<Office>, ServiceError> {
    let regions = regions_of_new(desk, file, stored)?;
    let mut errors = file.errors.clone();
    let mut offices = Vec::with_capacity(file.rows.len());
    for Numbered { line, value: row } in &file.rows {
        let known = stored.get(&row.code);
        let meant = match known {
            Some(known) => Ok(Office {
                name: row.name.clone().unwrap_or_else(|| known.name.clone()),
                time_zone: row.time_zone.unwrap_or(known.time_zone),
                ..known.clone()
            }),
            None => new_office(row, regions.get(&row.code)),
        };
        match meant {
            Ok(office) if known != Some(&office) && !desk.permit.covers(&Scope::region(office.code.clone())) => {
                errors.push(*line, "code", Rule::BeyondOwnRights);
            }
            Ok(office) => offices.push(office),
            Err(rule) => errors.push(*line, "code", rule),
        }
    }
    Ok(errors.finish(offices)?)
}

fn regions_of_new(
    desk: &mut WideDesk<'_, Administer>,
    file: &OfficeFile,
    stored: &BTreeMap<RegionCode, Office>,
) -> Result<BTreeMap<RegionCode, Region>, ServiceError> {
    let codes = file.rows.iter().map(|row| &row.value.code).filter(|code| !stored.contains_key(*code));
    let codes: Vec<RegionCode> = codes.cloned().collect();
    let mut regions = BTreeMap::new();
    for codes in codes.chunks(KEYS_PER_QUERY) {
        let found = list_regions_among(desk.connection, codes)?;
        regions.extend(found.into_iter().map(|region| (region.code.clone(), region)));
    }
    Ok(regions)
}

fn new_office(row: &OfficeRow, region: Option<&Region>) -> Result<Office, Rule> {
    let region = region.ok_or(Rule::UnknownRegion)?;
    let name = row.name.clone().map_or_else(|| Office::default_name(region), Ok)?;
    let time_zone = row.time_zone.or(region.time_zone).ok_or(Rule::UnknownRegion)?;
    Ok(Office { id: row.id, code: row.code.clone(), name, time_zone })
}
