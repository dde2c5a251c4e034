//! The staff: adding, changing, archiving and anonymising users, and setting their passwords.

use super::links::invite;
use super::sessions::home_of_scope;
use crate::domain::audit::Change;
use crate::domain::id::{OfficeId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Administer, Plan, Read, WidePermit};
use crate::domain::rule::Rule;
use crate::domain::staff::{Password, Role, Scope, User, UserDetails};
use crate::domain::text::Login;
use crate::service::desk::{Caller, Services, WideDesk};
use crate::service::error::ServiceError;
use crate::store::queries::{erasure, offices, regions, sessions, teams, users as store};

/// A new member of the staff, with a password if one may sign in by it.
#[derive(Debug)]
pub struct AddUser {
    pub login: Login,
    pub details: UserDetails,
    pub password: Option<Password>,
}

/// Other details for a user.
#[derive(Debug, Clone)]
pub struct ChangeUser {
    pub login: Login,
    pub details: UserDetails,
    pub archived: bool,
    pub known: i64,
}

impl Services {
    /// One page of the users within the caller's scope, by login.
    pub async fn list_users(&self, caller: &Caller, cut: Cut<Login>) -> Result<Page<User>, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            Ok(store::list_users(desk.connection, &desk.permit.reach(), &cut)?)
        })
        .await
    }

    pub async fn find_user(&self, caller: &Caller, login: Login) -> Result<User, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            let reach = desk.permit.reach();
            load(desk, &login).and_then(|user| within(&reach, user))
        })
        .await
    }

    /// Adds a user, never with wider rights than the caller's; whoever has an address is invited to set his own password.
    pub async fn add_user(&self, caller: &Caller, command: AddUser) -> Result<User, ServiceError> {
        WidePermit::<Administer>::grant(&caller.actor)?;
        let hash = match command.password {
            Some(password) => Some(super::hash_password(password).await?),
            None => None,
        };
        let (login, details, id) = (command.login, command.details, UserId::new(self.clock.now()));
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            let user = enrol(desk, id, &login, &details, hash.as_deref())?;
            invite(desk.connection, desk.mail, std::slice::from_ref(&user), desk.now)?;
            Ok(user)
        })
        .await
    }

    /// Changes or archives a user; one who is archived cannot sign in any more.
    pub async fn change_user(&self, caller: &Caller, command: ChangeUser) -> Result<User, ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            let reach = desk.permit.reach();
            let stored = load(desk, &command.login).and_then(|user| within(&reach, user))?;
            check_reach(desk, &command.details)?;
            let fields = stored.details.changed_fields(&command.details);
            let changed = User {
                details: command.details.clone(),
                archived: command.archived,
                version: stored.version + 1,
                ..stored.clone()
            };
            if !store::update_user(desk.connection, &changed, command.known, desk.now)? {
                return Err(ServiceError::Stale);
            }
            leave_what_is_lost(desk, &stored, &changed)?;
            let change = Change::new("user.changed", "user", &changed.login).fields(&fields);
            let change = change.with("archived", changed.archived);
            if stored.details.scope != changed.details.scope {
                // Those whom he leaves read it too.
                desk.record(&stored.details.scope, change.clone())?;
            }
            desk.record(&changed.details.scope, change)?;
            Ok(changed)
        })
        .await
    }

    /// Archives a user: he cannot sign in any more and leaves his teams; what he did stays under his name.
    pub async fn archive_user(&self, caller: &Caller, login: Login, known: Option<i64>) -> Result<(), ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            let reach = desk.permit.reach();
            let stored = load(desk, &login).and_then(|user| within(&reach, user))?;
            let archived = User { archived: true, version: stored.version + 1, ..stored.clone() };
            if !store::update_user(desk.connection, &archived, known.unwrap_or(stored.version), desk.now)? {
                return Err(ServiceError::Stale);
            }
            leave_what_is_lost(desk, &stored, &archived)?;
            desk.record(&stored.details.scope, Change::new("user.archived", "user", &login))
        })
        .await
    }

    /// Erases the person behind a user and archives him: nothing tells any more who he was, while the ledger and the
    /// trail go on to say that one and the same user did it all.
    pub async fn anonymise_user(&self, caller: &Caller, login: Login) -> Result<User, ServiceError> {
        let erase = move |desk: &mut WideDesk<'_, Administer>| {
            let reach = desk.permit.reach();
            let stored = load(desk, &login).and_then(|user| within(&reach, user))?;
            let anonymous = stored.anonymised().map_err(ServiceError::internal)?;
            // First, so that the record of this very change is written under the new name.
            desk.record(&stored.details.scope, Change::new("user.anonymised", "user", &anonymous.login))?;
            if !erasure::erase_user(desk.connection, &stored, &anonymous, desk.now)? {
                return Err(ServiceError::Stale);
            }
            Ok(anonymous)
        };
        let anonymous = self.write_wide(caller, erase).await?;
        self.leave_no_copy().await;
        Ok(anonymous)
    }

    /// Sets a user's password: an admin within his scope, a coordinator for his officers. The user's sessions end.
    pub async fn reset_password(&self, caller: &Caller, login: Login, new: Password) -> Result<(), ServiceError> {
        WidePermit::<Plan>::grant(&caller.actor)?;
        let hash = super::hash_password(new).await?;
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Plan>| {
            let reach = desk.permit.reach();
            let user = load(desk, &login).and_then(|user| within(&reach, user))?;
            let is_admin = WidePermit::<Administer>::grant(desk.permit.actor()).is_ok();
            if !is_admin && user.details.role != Role::Officer {
                return Err(ServiceError::Forbidden);
            }
            store::set_password(desk.connection, user.id, &hash)?;
            let home = home_of_scope(desk.connection, &user.details.scope)?;
            sessions::delete_sessions_but(desk.connection, home, user.id, None)?;
            desk.record(&user.details.scope, Change::new("user.password_reset", "user", &login))
        })
        .await
    }
}

/// Adds a user under the permit in hand.
pub fn enrol(
    desk: &mut WideDesk<'_, Administer>,
    id: UserId,
    login: &Login,
    details: &UserDetails,
    password_hash: Option<&str>,
) -> Result<User, ServiceError> {
    check_reach(desk, details)?;
    let user = User { id, login: login.clone(), details: details.clone(), version: 1, archived: false };
    store::insert_user(desk.connection, &user, password_hash, desk.now).map_err(ServiceError::taken("login"))?;
    desk.record(&details.scope, Change::new("user.added", "user", login).with("role", user.details.role))?;
    Ok(user)
}

/// Ends the sessions of a user who was archived or moved, and takes him from the teams that he can no longer belong to.
fn leave_what_is_lost(desk: &mut WideDesk<'_, Administer>, before: &User, after: &User) -> Result<(), ServiceError> {
    if !after.archived && before.details.scope == after.details.scope {
        return Ok(());
    }
    let home = home_of_scope(desk.connection, &before.details.scope)?;
    sessions::delete_sessions_but(desk.connection, home, before.id, None)?;
    let mut left = offices::list_offices(desk.connection, &before.details.scope)?;
    left.retain(|office| after.archived || after.details.scope.may_serve(&office.code).is_err());
    let left: Vec<OfficeId> = left.into_iter().map(|office| office.id).collect();
    Ok(teams::remove_members(desk.connection, &left, &[before.id])?)
}

fn load<A: crate::domain::permission::Action>(desk: &mut WideDesk<'_, A>, login: &Login) -> Result<User, ServiceError> {
    store::find_user(desk.connection, login)?.ok_or(ServiceError::NotFound)
}

fn within(reach: &Scope, user: User) -> Result<User, ServiceError> {
    if reach.covers(&user.details.scope) { Ok(user) } else { Err(ServiceError::NotFound) }
}

/// The scope is a known region, and no wider than that of whoever gives it.
fn check_reach(desk: &mut WideDesk<'_, Administer>, details: &UserDetails) -> Result<(), ServiceError> {
    if !desk.permit.covers(&details.scope) {
        return Err(ServiceError::invalid("scope", Rule::BeyondOwnRights));
    }
    let Some(region) = details.scope.as_region() else { return Ok(()) };
    let known = regions::find_region(desk.connection, region)?.is_some();
    if known { Ok(()) } else { Err(ServiceError::invalid("scope", Rule::UnknownRegion)) }
}
