//! The staff from a file: the login decides whether a row is new, changed or as stored. Whoever is added has no password
//! yet; whoever moves to another scope loses his sessions and the teams that he leaves.

use std::collections::{BTreeMap, BTreeSet};

use super::options::KEYS_PER_QUERY;
use crate::domain::audit::Change;
use crate::domain::id::{OfficeId, UserId};
use crate::domain::permission::Administer;
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::staff::{Scope, User, UserDetails};
use crate::domain::text::Login;
use crate::service::accounts::invite;
use crate::service::desk::WideDesk;
use crate::service::error::ServiceError;
use crate::service::files::users::UserFile;
use crate::service::files::{FileErrors, ImportReport, Numbered};
use crate::store::queries::{offices, regions, sessions, teams, users as store};

/// Adds and changes the users of a file; with an office only those of that office.
pub fn save(
    desk: &mut WideDesk<'_, Administer>,
    file: &UserFile,
    office: Option<&RegionCode>,
) -> Result<ImportReport, ServiceError> {
    let stored = load(desk, file)?;
    let office = office.cloned().map(Scope::region);
    let rows = check(&desk.permit.reach(), file, &stored, office.as_ref())?;
    refuse_unknown_regions(desk, file, &rows)?;
    let (mut added, mut changed, mut trail) = (Vec::new(), Vec::new(), Vec::new());
    for (Numbered { value: row, .. }, details) in file.rows.iter().zip(rows) {
        let login = row.login.clone();
        let Some(known) = stored.get(&login) else {
            let change = Change::new("user.added", "user", &login).with("role", details.role);
            trail.push((details.scope.clone(), change));
            added.push(User { id: row.id, login, details, version: 1, archived: false });
            continue;
        };
        let fields = known.details.changed_fields(&details);
        if !fields.is_empty() {
            let change = Change::new("user.changed", "user", &login).fields(&fields);
            if known.details.scope != details.scope {
                // Those whom he leaves read it too.
                trail.push((known.details.scope.clone(), change.clone()));
            }
            trail.push((details.scope.clone(), change));
            changed.push(User { details, version: known.version + 1, ..known.clone() });
        }
    }
    store::insert_users(desk.connection, &added, None, desk.now).map_err(ServiceError::taken("login"))?;
    invite(desk.connection, desk.mail, &added, desk.now)?;
    store::replace_users(desk.connection, &changed, desk.now)?;
    leave_what_is_lost(desk, &stored, &changed)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(file.rows.len(), added.len(), changed.len()))
}

/// The stored users of the file's logins, held until they are replaced.
fn load(desk: &mut WideDesk<'_, Administer>, file: &UserFile) -> Result<BTreeMap<Login, User>, ServiceError> {
    let logins: Vec<Login> = file.rows.iter().map(|row| row.value.login.clone()).collect();
    let mut stored = BTreeMap::new();
    for logins in logins.chunks(KEYS_PER_QUERY) {
        store::lock_users(desk.connection, logins)?;
        let users = store::list_users_ever(desk.connection, logins)?;
        stored.extend(users.into_iter().map(|user| (user.login.clone(), user)));
    }
    Ok(stored)
}

/// What each row makes of its user, if no row breaks a rule.
fn check(
    reach: &Scope,
    file: &UserFile,
    stored: &BTreeMap<Login, User>,
    office: Option<&Scope>,
) -> Result<Vec<UserDetails>, FileErrors> {
    let mut errors = file.errors.clone();
    errors.refuse_repeated(&file.rows, "login", |row| row.login.clone());
    let mut rows = Vec::with_capacity(file.rows.len());
    for Numbered { line, value: row } in &file.rows {
        let known = stored.get(&row.login).map(|user| &user.details);
        // Somebody of another place has this login; who he is concerns nobody here.
        let is_own = |known: &UserDetails| office.unwrap_or(reach).covers(&known.scope);
        if known.is_some_and(|known| !is_own(known)) {
            errors.push(*line, "login", Rule::Taken);
            continue;
        }
        match file.details(row, known, office) {
            Ok(details) if office.is_some_and(|office| !office.covers(&details.scope)) => {
                errors.push(*line, "scope", Rule::OutsideOffice);
            }
            Ok(details) if !reach.covers(&details.scope) => errors.push(*line, "scope", Rule::BeyondOwnRights),
            Ok(details) => rows.push(details),
            Err(broken) => errors.push_row(*line, &broken),
        }
    }
    errors.finish(rows)
}

fn refuse_unknown_regions(
    desk: &mut WideDesk<'_, Administer>,
    file: &UserFile,
    rows: &[UserDetails],
) -> Result<(), ServiceError> {
    let named: BTreeSet<&RegionCode> = rows.iter().filter_map(|row| row.scope.as_region()).collect();
    let named: Vec<RegionCode> = named.into_iter().cloned().collect();
    let known = regions::list_regions_by_code(desk.connection, &named)?;
    let is_known = |scope: &Scope| scope.as_region().is_none_or(|code| known.iter().any(|region| region.code == *code));
    let mut errors = FileErrors::new();
    for (Numbered { line, .. }, _) in file.rows.iter().zip(rows).filter(|(_, row)| !is_known(&row.scope)) {
        errors.push(*line, "scope", Rule::UnknownRegion);
    }
    Ok(errors.finish(())?)
}

/// Ends the sessions of those who moved, and takes them from the teams that they can no longer belong to: a few statements
/// for each move from one scope to another, however many people make it.
fn leave_what_is_lost(
    desk: &mut WideDesk<'_, Administer>,
    stored: &BTreeMap<Login, User>,
    changed: &[User],
) -> Result<(), ServiceError> {
    let mut moves = BTreeMap::<(String, String), (Scope, Scope, Vec<UserId>)>::new();
    for after in changed {
        let Some(before) = stored.get(&after.login).filter(|before| before.details.scope != after.details.scope) else {
            continue;
        };
        let (from, to) = (before.details.scope.clone(), after.details.scope.clone());
        let group = moves.entry((from.to_string(), to.to_string())).or_insert((from, to, Vec::new()));
        group.2.push(after.id);
    }
    for (from, to, users) in moves.into_values() {
        let reached = offices::list_offices(desk.connection, &from)?;
        let homes: Vec<OfficeId> =
            reached.iter().filter(|office| from.as_region() == Some(&office.code)).map(|office| office.id).collect();
        let homes = if homes.is_empty() { vec![OfficeId::NATION] } else { homes };
        sessions::delete_sessions_of(desk.connection, &homes, &users)?;
        let left: Vec<OfficeId> =
            reached.iter().filter(|office| to.may_serve(&office.code).is_err()).map(|office| office.id).collect();
        teams::remove_members(desk.connection, &left, &users)?;
    }
    Ok(())
}
