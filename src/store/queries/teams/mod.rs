//! Teams of an office, with their members and the units they bring. Lists load members and units of all teams at once.

mod crew;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{OfficeId, TeamId, UnitId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::team::{Team, TeamDetails};
use crate::domain::text::{Code, Name};
use crate::domain::venue::Position;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::teams;

pub use crew::{
    add_members, add_units, list_member_logins, list_teams_of_member, list_unit_codes, remove_members, remove_unit,
    set_members, set_units,
};
use crew::{list_members, list_units};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = teams, treat_none_as_default_value = false)]
struct TeamRow {
    office_id: OfficeId,
    id: TeamId,
    code: Code,
    name: Name,
    operators: i64,
    capacity_per_day: i64,
    latitude: Option<f64>,
    longitude: Option<f64>,
    version: i64,
    created_at: At,
    archived_at: Option<At>,
}

/// The team with this code, archived or not.
pub fn find_team(connection: &mut AnyConnection, scope: OfficeScope, code: &Code) -> Result<Option<Team>, StoreError> {
    Ok(list_teams_by_code(connection, scope, std::slice::from_ref(code))?.pop())
}

/// The teams with these codes, archived or not, by code.
pub fn list_teams_by_code(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    codes: &[Code],
) -> Result<Vec<Team>, StoreError> {
    let rows: Vec<TeamRow> = teams::table
        .filter(teams::office_id.eq(scope.office_id()).and(teams::code.eq_any(codes)))
        .order(teams::code)
        .select(TeamRow::as_select())
        .load(connection)?;
    complete(connection, scope, rows)
}

/// The teams with these ids, archived or not, by code.
pub fn list_teams_by_id(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[TeamId],
) -> Result<Vec<Team>, StoreError> {
    let rows: Vec<TeamRow> = teams::table
        .filter(teams::office_id.eq(scope.office_id()).and(teams::id.eq_any(ids)))
        .order(teams::code)
        .select(TeamRow::as_select())
        .load(connection)?;
    complete(connection, scope, rows)
}

/// Every team in use, by code.
pub fn list_all_teams(connection: &mut AnyConnection, scope: OfficeScope) -> Result<Vec<Team>, StoreError> {
    let rows: Vec<TeamRow> = teams::table
        .filter(teams::office_id.eq(scope.office_id()).and(teams::archived_at.is_null()))
        .order(teams::code)
        .select(TeamRow::as_select())
        .load(connection)?;
    complete(connection, scope, rows)
}

/// One page of the office's teams, by code; `archived` shows those that were archived too.
pub fn list_teams(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    archived: bool,
    cut: &Cut<Code>,
) -> Result<Page<Team>, StoreError> {
    let mut query = teams::table
        .filter(teams::office_id.eq(scope.office_id()))
        .order(teams::code)
        .limit(cut.limit_plus_one())
        .select(TeamRow::as_select())
        .into_boxed::<MultiBackend>();
    if !archived {
        query = query.filter(teams::archived_at.is_null());
    }
    if let Some(after) = &cut.after {
        query = query.filter(teams::code.gt(after));
    }
    let page = cut.page(query.load::<TeamRow>(connection)?);
    Ok(Page { items: complete(connection, scope, page.items)?, more: page.more })
}

/// Adds teams with their members and units; [`StoreError::Taken`] if one of the codes is in use.
pub fn insert_teams(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    all: &[Team],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<TeamRow> = chunk.iter().map(|team| row(scope, team, now)).collect();
        each!(connection, |c| diesel::insert_into(teams::table).values(&rows).execute(c))?;
    }
    let members = all.iter().flat_map(|team| team.details.members.iter().map(|user| (team.id, *user)));
    add_members(connection, scope, &members.collect::<Vec<_>>())?;
    let units = all.iter().flat_map(|team| team.details.units.iter().map(|unit| (team.id, *unit)));
    add_units(connection, scope, &units.collect::<Vec<_>>())
}

/// Stores a changed team, its members and units with it, if its stored version is still `known`; false if somebody else
/// was first.
pub fn update_team(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    team: &Team,
    known: i64,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = row(scope, team, now);
    let stored = teams::table
        .filter(teams::office_id.eq(scope.office_id()).and(teams::id.eq(team.id)).and(teams::version.eq(known)));
    let changed = diesel::update(stored)
        .set((
            teams::name.eq(row.name),
            teams::operators.eq(row.operators),
            teams::capacity_per_day.eq(row.capacity_per_day),
            teams::latitude.eq(row.latitude),
            teams::longitude.eq(row.longitude),
            teams::version.eq(row.version),
            teams::archived_at.eq(row.archived_at),
        ))
        .execute(connection)?;
    if changed != 1 {
        return Ok(false);
    }
    set_members(connection, scope, team.id, &team.details.members)?;
    set_units(connection, scope, team.id, &team.details.units)?;
    Ok(true)
}

/// The teams of these rows, in their order, with members and units by id.
fn complete(connection: &mut AnyConnection, scope: OfficeScope, rows: Vec<TeamRow>) -> Result<Vec<Team>, StoreError> {
    let ids: Vec<TeamId> = rows.iter().map(|row| row.id).collect();
    let (members, units) = (list_members(connection, scope, &ids)?, list_units(connection, scope, &ids)?);
    let (mut members, mut units) = (by_team(members), by_team(units));
    rows.into_iter()
        .map(|row| {
            let (members, units) = (members.remove(&row.id), units.remove(&row.id));
            team(row, members.unwrap_or_default(), units.unwrap_or_default())
        })
        .collect()
}

fn by_team<T>(pairs: Vec<(TeamId, T)>) -> BTreeMap<TeamId, Vec<T>> {
    let mut grouped = BTreeMap::<TeamId, Vec<T>>::new();
    for (team, item) in pairs {
        grouped.entry(team).or_default().push(item);
    }
    grouped
}

fn team(row: TeamRow, members: Vec<UserId>, units: Vec<UnitId>) -> Result<Team, StoreError> {
    let base = row.latitude.zip(row.longitude).map(|(latitude, longitude)| Position::new(latitude, longitude));
    Ok(Team {
        id: row.id,
        code: row.code,
        details: TeamDetails {
            name: row.name,
            operators: row.operators,
            capacity_per_day: row.capacity_per_day,
            base: base.transpose().map_err(StoreError::broken)?,
            units,
            members,
        },
        version: row.version,
        archived: row.archived_at.is_some(),
    })
}

fn row(scope: OfficeScope, team: &Team, now: DateTime<Utc>) -> TeamRow {
    TeamRow {
        office_id: scope.office_id(),
        id: team.id,
        code: team.code.clone(),
        name: team.details.name.clone(),
        operators: team.details.operators,
        capacity_per_day: team.details.capacity_per_day,
        latitude: team.details.base.map(Position::latitude),
        longitude: team.details.base.map(Position::longitude),
        version: team.version,
        created_at: At(now),
        archived_at: team.archived.then_some(At(now)),
    }
}
