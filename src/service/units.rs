//! The vehicles and kits of an office: adding, finding, changing and archiving what can be booked.

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::audit::Change;
use crate::domain::id::UnitId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::team::{Unit, UnitKind};
use crate::domain::text::{Code, Name};
use crate::store::queries::teams;
use crate::store::queries::units as store;

pub use crate::store::queries::units::UnitFilter;

/// A new unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddUnit {
    pub code: Code,
    pub kind: UnitKind,
    pub name: Name,
}

/// Another kind or name for a unit, and whether it is archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeUnit {
    pub code: Code,
    pub kind: UnitKind,
    pub name: Name,
    pub archived: bool,
    /// The version that the caller saw; without one the change applies to whatever is stored.
    pub known: Option<i64>,
}

impl Services {
    /// One page of the office's units, by code.
    pub async fn list_units(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: UnitFilter,
        cut: Cut<Code>,
    ) -> Result<Page<Unit>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            Ok(store::list_units(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    pub async fn find_unit(&self, caller: &Caller, office: &RegionCode, code: Code) -> Result<Unit, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load(desk, &code)).await
    }

    /// Adds a unit; a code in use is a conflict.
    pub async fn add_unit(&self, caller: &Caller, office: &RegionCode, command: AddUnit) -> Result<Unit, ServiceError> {
        let id = UnitId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let AddUnit { code, kind, name } = command.clone();
            let unit = Unit { id, code, kind, name, version: 1, archived: false };
            store::insert_units(desk.connection, desk.scope(), std::slice::from_ref(&unit), desk.now)
                .map_err(ServiceError::taken("code"))?;
            desk.record(Change::new("unit.added", "unit", &unit.code))?;
            Ok(unit)
        })
        .await
    }

    /// Gives a unit another kind or name, or takes it out of use and back.
    pub async fn change_unit(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: ChangeUnit,
    ) -> Result<Unit, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let ChangeUnit { code, kind, name, archived, known } = command.clone();
            let stored = load(desk, &code)?;
            let differs = [("kind", stored.kind != kind), ("name", stored.name != name)];
            let fields: Vec<_> = differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
            let changed = Unit { kind, name, archived, version: stored.version + 1, ..stored.clone() };
            save(desk, &stored, &changed, known)?;
            desk.record(Change::new("unit.changed", "unit", &code).fields(&fields).with("archived", archived))?;
            Ok(changed)
        })
        .await
    }

    /// Takes a unit out of use; its history stays.
    pub async fn archive_unit(
        &self,
        caller: &Caller,
        office: &RegionCode,
        code: Code,
        known: Option<i64>,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load(desk, &code)?;
            let archived = Unit { archived: true, version: stored.version + 1, ..stored.clone() };
            save(desk, &stored, &archived, known)?;
            desk.record(Change::new("unit.archived", "unit", &code))
        })
        .await
    }
}

fn load<A: Action>(desk: &mut Desk<'_, A>, code: &Code) -> Result<Unit, ServiceError> {
    store::find_unit(desk.connection, desk.scope(), code)?.ok_or(ServiceError::NotFound)
}

fn save(desk: &mut Desk<'_, Plan>, stored: &Unit, changed: &Unit, known: Option<i64>) -> Result<(), ServiceError> {
    let known = known.unwrap_or(stored.version);
    ServiceError::stale_unless(store::update_unit(desk.connection, desk.scope(), changed, known, desk.now)?)?;
    if changed.archived {
        // What is out of use is brought along by nobody.
        teams::remove_unit(desk.connection, desk.scope(), changed.id)?;
    }
    Ok(())
}
