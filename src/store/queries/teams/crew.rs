//! Who belongs to a team, and what it brings.

use diesel::prelude::*;

use crate::domain::id::{OfficeId, TeamId, UnitId, UserId};
use crate::domain::permission::OfficeScope;
use crate::domain::text::{Code, Login};
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::{team_members, team_units, teams, units, users};

/// The teams in use that a user belongs to.
pub fn list_teams_of_member(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    user: UserId,
) -> Result<Vec<TeamId>, StoreError> {
    Ok(team_members::table
        .inner_join(
            teams::table.on(teams::office_id.eq(team_members::office_id).and(teams::id.eq(team_members::team_id))),
        )
        .filter(team_members::office_id.eq(scope.office_id()).and(team_members::user_id.eq(user)))
        .filter(teams::archived_at.is_null())
        .order(teams::code)
        .select(teams::id)
        .load(connection)?)
}

/// Makes `members` the members of a team.
pub fn set_members(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    team: TeamId,
    members: &[UserId],
) -> Result<(), StoreError> {
    let own = team_members::office_id.eq(scope.office_id()).and(team_members::team_id.eq(team));
    diesel::delete(team_members::table.filter(own)).execute(connection)?;
    add_members(connection, scope, &members.iter().map(|user| (team, *user)).collect::<Vec<_>>())
}

/// Makes `units` what a team brings.
pub fn set_units(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    team: TeamId,
    units: &[UnitId],
) -> Result<(), StoreError> {
    let own = team_units::office_id.eq(scope.office_id()).and(team_units::team_id.eq(team));
    diesel::delete(team_units::table.filter(own)).execute(connection)?;
    add_units(connection, scope, &units.iter().map(|unit| (team, *unit)).collect::<Vec<_>>())
}

/// Adds members to teams; those who are members already stay so.
pub fn add_members(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    members: &[(TeamId, UserId)],
) -> Result<(), StoreError> {
    for chunk in members.chunks(ROWS_PER_INSERT) {
        let row = |(team, user): &(TeamId, UserId)| {
            (
                team_members::office_id.eq(scope.office_id()),
                team_members::team_id.eq(*team),
                team_members::user_id.eq(*user),
            )
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        let key = (team_members::office_id, team_members::team_id, team_members::user_id);
        each!(connection, |c| diesel::insert_into(team_members::table)
            .values(rows)
            .on_conflict(key)
            .do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Adds units to teams; those that they bring already stay so.
pub fn add_units(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    units: &[(TeamId, UnitId)],
) -> Result<(), StoreError> {
    for chunk in units.chunks(ROWS_PER_INSERT) {
        let row = |(team, unit): &(TeamId, UnitId)| {
            (team_units::office_id.eq(scope.office_id()), team_units::team_id.eq(*team), team_units::unit_id.eq(*unit))
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        let key = (team_units::office_id, team_units::team_id, team_units::unit_id);
        each!(connection, |c| diesel::insert_into(team_units::table)
            .values(rows)
            .on_conflict(key)
            .do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Takes a unit from every team that brings it.
pub fn remove_unit(connection: &mut AnyConnection, scope: OfficeScope, unit: UnitId) -> Result<(), StoreError> {
    let brought = team_units::office_id.eq(scope.office_id()).and(team_units::unit_id.eq(unit));
    diesel::delete(team_units::table.filter(brought)).execute(connection)?;
    Ok(())
}

/// Takes users from every team of these offices: those that they left, so no single permit covers them.
pub fn remove_members(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    users: &[UserId],
) -> Result<(), StoreError> {
    let members = team_members::office_id.eq_any(offices).and(team_members::user_id.eq_any(users));
    diesel::delete(team_members::table.filter(members)).execute(connection)?;
    Ok(())
}

/// The codes of the units that these teams bring, by code.
pub fn list_unit_codes(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    teams: &[TeamId],
) -> Result<Vec<(TeamId, Code)>, StoreError> {
    let same = units::office_id.eq(team_units::office_id).and(units::id.eq(team_units::unit_id));
    Ok(team_units::table
        .inner_join(units::table.on(same))
        .filter(team_units::office_id.eq(scope.office_id()).and(team_units::team_id.eq_any(teams)))
        .order((units::code, team_units::team_id))
        .select((team_units::team_id, units::code))
        .load(connection)?)
}

/// The logins of the members of these teams, by login.
pub fn list_member_logins(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    teams: &[TeamId],
) -> Result<Vec<(TeamId, Login)>, StoreError> {
    Ok(team_members::table
        .inner_join(users::table.on(users::id.eq(team_members::user_id)))
        .filter(team_members::office_id.eq(scope.office_id()).and(team_members::team_id.eq_any(teams)))
        .order((users::login, team_members::team_id))
        .select((team_members::team_id, users::login))
        .load(connection)?)
}

/// The members of these teams, by team and id.
pub(super) fn list_members(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    teams: &[TeamId],
) -> Result<Vec<(TeamId, UserId)>, StoreError> {
    Ok(team_members::table
        .filter(team_members::office_id.eq(scope.office_id()).and(team_members::team_id.eq_any(teams)))
        .order((team_members::team_id, team_members::user_id))
        .select((team_members::team_id, team_members::user_id))
        .load(connection)?)
}

/// The units of these teams, by team and id.
pub(super) fn list_units(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    teams: &[TeamId],
) -> Result<Vec<(TeamId, UnitId)>, StoreError> {
    Ok(team_units::table
        .filter(team_units::office_id.eq(scope.office_id()).and(team_units::team_id.eq_any(teams)))
        .order((team_units::team_id, team_units::unit_id))
        .select((team_units::team_id, team_units::unit_id))
        .load(connection)?)
}
