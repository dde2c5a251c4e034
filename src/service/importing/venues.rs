//! Venues from a file: the code decides whether a row is new, changed or as stored.

use std::collections::{BTreeMap, BTreeSet};

use super::options::KEYS_PER_QUERY;
use crate::domain::audit::Change;
use crate::domain::permission::Plan;
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::text::Code;
use crate::domain::venue::Venue;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::ImportReport;
use crate::service::files::venues::VenueFile;
use crate::store::queries::regions::list_region_codes_inside;
use crate::store::queries::venues as store;

pub fn save(desk: &mut Desk<'_, Plan>, file: &VenueFile) -> Result<ImportReport, ServiceError> {
    check(desk, file)?;
    let stored = load(desk, file)?;
    let (mut added, mut changed, mut trail) = (Vec::new(), Vec::new(), Vec::new());
    for row in &file.rows {
        let row = &row.value;
        if let Some(known) = stored.get(&row.code) {
            let details = file.merged(row, &known.details);
            let fields = known.details.changed_fields(&details);
            if !fields.is_empty() {
                trail.push(Change::new("venue.changed", "venue", &row.code).fields(&fields));
                changed.push(Venue { details, version: known.version + 1, ..known.clone() });
            }
        } else {
            let (code, details) = (row.code.clone(), row.details.clone());
            trail.push(Change::new("venue.added", "venue", &code));
            added.push(Venue { id: row.id, code, details, version: 1, archived: false });
        }
    }
    store::insert_venues(desk.connection, desk.scope(), &added, desk.now)?;
    store::replace_venues(desk.connection, desk.scope(), &changed, desk.now)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(file.rows.len(), added.len(), changed.len()))
}

/// The stored venues of the file's codes, held until they are replaced.
fn load(desk: &mut Desk<'_, Plan>, file: &VenueFile) -> Result<BTreeMap<Code, Venue>, ServiceError> {
    store::lock_venues(desk.connection, desk.scope())?;
    let codes: Vec<Code> = file.rows.iter().map(|row| row.value.code.clone()).collect();
    let mut stored = BTreeMap::new();
    for codes in codes.chunks(KEYS_PER_QUERY) {
        let venues = store::list_venues_by_code(desk.connection, desk.scope(), codes)?;
        stored.extend(venues.into_iter().map(|venue| (venue.code.clone(), venue)));
    }
    Ok(stored)
}

/// The errors of reading, and what no single row can tell: a code that stands twice, a region that is unknown or not the
/// office's.
fn check(desk: &mut Desk<'_, Plan>, file: &VenueFile) -> Result<(), ServiceError> {
    let own = desk.office().code.clone();
    let inside: BTreeSet<RegionCode> = list_region_codes_inside(desk.connection, &own)?.into_iter().collect();
    let mut errors = file.errors.clone();
    errors.refuse_repeated(&file.rows, "code", |row| row.code.clone());
    for row in &file.rows {
        let region = &row.value.details.region;
        if *region == own || !own.contains(region) {
            errors.push(row.line, "region", Rule::OutsideOffice);
        } else if !inside.contains(region) {
            errors.push(row.line, "region", Rule::NotFound);
        }
    }
    Ok(errors.finish(())?)
}
