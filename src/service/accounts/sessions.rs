//! Signing in with login and password; the sessions of a user, listed and revocable one by one.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use super::passwords::verify_password;
use crate::domain::audit::Change;
use crate::domain::id::{OfficeId, SessionId};
use crate::domain::permission::{Actor, ManageSelf, Read, SignedIn, WidePermit};
use crate::domain::staff::Password;
use crate::domain::text::Login;
use crate::service::desk::{Caller, Services};
use crate::service::error::ServiceError;
use crate::service::secret::{hash_of, new_secret};
use crate::store::queries::{audit, offices, sessions, users};

pub use crate::store::queries::sessions::Session;

/// A new session: the cookie's value is shown here and stored nowhere.
#[derive(Debug)]
pub struct SignedInSession {
    pub cookie: String,
    pub expires_at: DateTime<Utc>,
    pub actor: SignedIn,
}

/// What a session of the field needs: a month without signal must not sign a phone out.
pub const SESSION_DAYS: i64 = 30;

/// How old the "last seen" of a session may become before it is written again: not every request costs a write.
const SEEN_EVERY: TimeDelta = TimeDelta::hours(1);

impl Services {
    /// Signs a user in.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`] when guessing is braked, [`ServiceError::Unauthenticated`] if login and password do
    /// not belong together, whichever of them is wrong.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        address: Option<IpAddr>,
        device: &str,
    ) -> Result<SignedInSession, ServiceError> {
        let login: Login = login.parse().map_err(|_| ServiceError::Unauthenticated)?;
        self.guard.count(address, &login)?;
        let asked = login.clone();
        let found = self.database.read(move |c| Ok::<_, ServiceError>(users::find_credentials(c, &asked)?)).await?;
        let (actor, stored) = found.unzip();
        let matches = verify_password(stored.flatten(), password.to_owned()).await?;
        let actor = actor.filter(|_| matches).ok_or(ServiceError::Unauthenticated)?;
        self.open_session(actor, device).await
    }

    async fn open_session(&self, actor: SignedIn, device: &str) -> Result<SignedInSession, ServiceError> {
        let now = self.clock.now();
        let (id, secret, expires_at) = (SessionId::new(now), new_secret()?, now + TimeDelta::days(SESSION_DAYS));
        let device: String = device.chars().filter(|c| !c.is_control()).take(200).collect();
        let hash = hash_of(&secret);
        let for_store = actor.clone();
        let home = self
            .database
            .write(move |connection| {
                let home = home_office(connection, &for_store)?;
                let session = Session { id, device: device.clone(), created_at: now, last_seen_at: now, expires_at };
                sessions::insert_session(connection, home, for_store.user, &session, &hash)?;
                let change = Change::new("session.opened", "session", id);
                let record = change.by(&Actor::User(for_store.clone()), None, now);
                audit::insert_audit(connection, home, &for_store.scope, &record, now)?;
                Ok::<_, ServiceError>(home)
            })
            .await?;
        Ok(SignedInSession { cookie: format!("{}.{secret}", home.0.simple()), expires_at, actor })
    }

    /// The user behind a session's cookie; none if it is unknown, expired or revoked, or the user archived.
    pub async fn find_session(&self, cookie: &str) -> Result<Option<(SignedIn, SessionId)>, ServiceError> {
        let Some((home, secret)) = cookie.split_once('.') else { return Ok(None) };
        let Ok(home) = home.parse::<OfficeId>() else { return Ok(None) };
        let (hash, now) = (hash_of(secret), self.clock.now());
        let found =
            self.database.read(move |c| Ok::<_, ServiceError>(sessions::find_session(c, home, &hash, now)?)).await?;
        let Some((actor, session)) = found else { return Ok(None) };
        let id = session.id;
        if now - session.last_seen_at > SEEN_EVERY {
            let expires_at = now + TimeDelta::days(SESSION_DAYS);
            let touch = move |c: &mut _| Ok::<_, ServiceError>(sessions::touch_session(c, home, id, now, expires_at)?);
            // A busy database must not sign anybody out.
            self.database.write(touch).await.ok();
        }
        Ok(Some((actor, id)))
    }

    /// The open sessions of the caller, newest first.
    pub async fn list_own_sessions(&self, caller: &Caller) -> Result<Vec<Session>, ServiceError> {
        WidePermit::<Read>::grant(&caller.actor)?;
        let (actor, now) = (own(caller)?.clone(), self.clock.now());
        self.database
            .read(move |connection| {
                let home = home_office(connection, &actor)?;
                Ok(sessions::list_sessions(connection, home, actor.user, now)?)
            })
            .await
    }

    /// Ends one of the caller's own sessions.
    pub async fn revoke_session(&self, caller: &Caller, id: SessionId) -> Result<(), ServiceError> {
        WidePermit::<ManageSelf>::grant(&caller.actor)?;
        let (actor, now) = (own(caller)?.clone(), self.clock.now());
        let request_id = caller.request_id.clone();
        self.database
            .write(move |connection| {
                let home = home_office(connection, &actor)?;
                if !sessions::delete_session(connection, home, actor.user, id)? {
                    return Err(ServiceError::NotFound);
                }
                let change = Change::new("session.revoked", "session", id);
                let record = change.by(&Actor::User(actor.clone()), request_id.as_deref(), now);
                Ok(audit::insert_audit(connection, home, &actor.scope, &record, now)?)
            })
            .await
    }

    /// Gives the caller another password; all his other sessions end.
    pub async fn change_own_password(
        &self,
        caller: &Caller,
        current: &str,
        new: Password,
        keep: Option<SessionId>,
    ) -> Result<(), ServiceError> {
        WidePermit::<ManageSelf>::grant(&caller.actor)?;
        let actor = own(caller)?.clone();
        self.guard.count(None, &actor.login)?;
        let login = actor.login.clone();
        let found = self.database.read(move |c| Ok::<_, ServiceError>(users::find_credentials(c, &login)?)).await?;
        let stored = found.and_then(|(_, hash)| hash);
        if !verify_password(stored, current.to_owned()).await? {
            return Err(ServiceError::invalid("current", crate::domain::rule::Rule::WrongPassword));
        }
        let (hash, now, request_id) = (super::hash_password(new).await?, self.clock.now(), caller.request_id.clone());
        self.database
            .write(move |connection| {
                let home = home_office(connection, &actor)?;
                users::set_password(connection, actor.user, &hash)?;
                sessions::delete_sessions_but(connection, home, actor.user, keep)?;
                let change = Change::new("user.password_changed", "user", &actor.login);
                let record = change.by(&Actor::User(actor.clone()), request_id.as_deref(), now);
                Ok(audit::insert_audit(connection, home, &actor.scope, &record, now)?)
            })
            .await
    }
}

fn own(caller: &Caller) -> Result<&SignedIn, ServiceError> {
    caller.actor.signed_in().ok_or(ServiceError::Forbidden)
}

/// The office under which a user's sessions lie: that of his scope, or the installation's.
pub(super) fn home_office(
    connection: &mut crate::store::AnyConnection,
    user: &SignedIn,
) -> Result<OfficeId, ServiceError> {
    home_of_scope(connection, &user.scope)
}

pub(super) fn home_of_scope(
    connection: &mut crate::store::AnyConnection,
    scope: &crate::domain::staff::Scope,
) -> Result<OfficeId, ServiceError> {
    let Some(region) = scope.as_region() else { return Ok(OfficeId::NATION) };
    Ok(offices::find_office(connection, region)?.map_or(OfficeId::NATION, |office| office.id))
}
