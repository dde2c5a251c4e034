//! Units from a file: the code decides whether a row is new, changed or as stored.

use std::collections::BTreeMap;

use super::options::KEYS_PER_QUERY;
use crate::domain::audit::Change;
use crate::domain::permission::Plan;
use crate::domain::team::Unit;
use crate::domain::text::Code;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::ImportReport;
use crate::service::files::units::UnitFile;
use crate::store::queries::units as store;

pub fn save(desk: &mut Desk<'_, Plan>, file: &UnitFile) -> Result<ImportReport, ServiceError> {
    let mut errors = file.errors.clone();
    errors.refuse_repeated(&file.rows, "code", |row| row.code.clone());
    errors.finish(())?;
    let stored = load(desk, file)?;
    let (mut added, mut changed, mut trail) = (Vec::new(), 0, Vec::new());
    for row in &file.rows {
        let row = row.value.clone();
        let Some(known) = stored.get(&row.code) else {
            trail.push(Change::new("unit.added", "unit", &row.code));
            added.push(Unit {
                id: row.id,
                code: row.code,
                kind: row.kind,
                name: row.name,
                version: 1,
                archived: false,
            });
            continue;
        };
        let differs = [("kind", known.kind != row.kind), ("name", known.name != row.name)];
        let fields: Vec<_> = differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
        if !fields.is_empty() {
            // An office has a few dozen vehicles and kits: a statement for each changed one is cheap.
            let unit = Unit { kind: row.kind, name: row.name, version: known.version + 1, ..known.clone() };
            if !store::update_unit(desk.connection, desk.scope(), &unit, known.version, desk.now)? {
                return Err(ServiceError::Stale);
            }
            trail.push(Change::new("unit.changed", "unit", &unit.code).fields(&fields));
            changed += 1;
        }
    }
    store::insert_units(desk.connection, desk.scope(), &added, desk.now)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(file.rows.len(), added.len(), changed))
}

fn load(desk: &mut Desk<'_, Plan>, file: &UnitFile) -> Result<BTreeMap<Code, Unit>, ServiceError> {
    let codes: Vec<Code> = file.rows.iter().map(|row| row.value.code.clone()).collect();
    let mut stored = BTreeMap::new();
    for codes in codes.chunks(KEYS_PER_QUERY) {
        let units = store::list_units_by_code(desk.connection, desk.scope(), codes)?;
        stored.extend(units.into_iter().map(|unit| (unit.code.clone(), unit)));
    }
    Ok(stored)
}
