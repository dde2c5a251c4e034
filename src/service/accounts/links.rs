//! Passwords by letter: somebody forgot his own, or a new user sets his first. The letter carries a secret that opens once
//! and not for long; who asks learns nothing about which logins exist.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::passwords::hash_password;
use super::sessions::home_of_scope;
use crate::domain::audit::Change;
use crate::domain::id::{OfficeId, PasswordLinkId};
use crate::domain::mail::MailKind;
use crate::domain::permission::{Actor, SignedIn};
use crate::domain::staff::{Password, User};
use crate::domain::text::{Login, Name};
use crate::mail::payload::AccountLetter;
use crate::service::delivery::{Draft, enqueue};
use crate::service::desk::Services;
use crate::service::error::ServiceError;
use crate::service::mail_room::MailRoom;
use crate::service::secret::{hash_of, new_secret};
use crate::store::AnyConnection;
use crate::store::queries::password_links::{self as store, NewLink};
use crate::store::queries::{audit, health, offices, sessions, users};
use crate::wording::messages::message;

/// How long a forgotten password may be set anew.
const RESET: TimeDelta = TimeDelta::hours(1);

/// How long an invitation opens.
const INVITATION: TimeDelta = TimeDelta::days(7);

/// Letters to one user within [`RESET`]; more would fill a mailbox at somebody else's wish.
const LETTERS_MAX: i64 = 3;

/// Whose password a link sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOwner {
    pub login: Login,
    pub name: Name,
}

impl Services {
    /// Sends a link to the user with this login, if he has an address. The answer, and what it costs, is the same whoever
    /// is asked for.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`] when somebody asks too often.
    pub async fn ask_for_password(&self, login: &str, address: Option<IpAddr>) -> Result<(), ServiceError> {
        let Ok(login) = login.parse::<Login>() else { return Ok(()) };
        self.guard.count(address, &login)?;
        let (now, secret, mail) = (self.clock.now(), new_secret()?, self.mail.clone());
        let id = PasswordLinkId::new(now);
        self.database
            .write(move |connection| {
                // A write in either case: its time does not tell the one from the other.
                health::touch(connection)?;
                let found = users::find_user(connection, &login)?;
                let Some(user) = found.filter(|user| !user.archived && user.details.email.is_some()) else {
                    return Ok(());
                };
                let home = home_of_scope(connection, &user.details.scope)?;
                if store::count_links_since(connection, home, user.id, now - RESET)? >= LETTERS_MAX {
                    return Ok(());
                }
                let link = Link { id, secret: secret.clone(), kind: MailKind::PasswordReset, until: now + RESET };
                send(connection, &mail, &[(user.clone(), link)], now)?;
                let change = Change::new("user.password_asked", "user", &user.login);
                let record = change.by(&Actor::System("sign-in page"), None, now);
                Ok(audit::insert_audit(connection, home, &user.details.scope, &record, now)?)
            })
            .await
    }

    /// Whose password the link with this token sets.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if it was used, has run out, or never was.
    pub async fn find_password_link(&self, token: &str) -> Result<LinkOwner, ServiceError> {
        let (home, hash) = read_token(token)?;
        let now = self.clock.now();
        self.database
            .read(move |connection| {
                let (_, user) = store::find_open_link(connection, home, &hash, now)?.ok_or(ServiceError::NotFound)?;
                let user = users::list_users_by_id(connection, &[user])?.pop().ok_or(ServiceError::NotFound)?;
                Ok(LinkOwner { login: user.login, name: user.details.name })
            })
            .await
    }

    /// Sets the password of the link's owner. The link opens no more, nor any other of his, and his sessions end.
    ///
    /// # Errors
    /// As [`Services::find_password_link`]; [`ServiceError::TooMany`] when tokens are being guessed.
    pub async fn use_password_link(
        &self,
        token: &str,
        new: Password,
        address: Option<IpAddr>,
    ) -> Result<LinkOwner, ServiceError> {
        let owner = self.find_password_link(token).await?;
        self.guard.count(address, &owner.login)?;
        let (home, hash) = read_token(token)?;
        let (password, now) = (hash_password(new).await?, self.clock.now());
        self.database
            .write(move |connection| {
                let (link, user) =
                    store::find_open_link(connection, home, &hash, now)?.ok_or(ServiceError::NotFound)?;
                let user = users::list_users_by_id(connection, &[user])?.pop().ok_or(ServiceError::NotFound)?;
                if !store::use_link(connection, home, user.id, link, now)? {
                    return Err(ServiceError::NotFound);
                }
                users::set_password(connection, user.id, &password)?;
                let sessions_home = home_of_scope(connection, &user.details.scope)?;
                sessions::delete_sessions_but(connection, sessions_home, user.id, None)?;
                let change = Change::new("user.password_set_by_link", "user", &user.login);
                let record = change.by(&Actor::User(actor_of(&user)), None, now);
                audit::insert_audit(connection, home, &user.details.scope, &record, now)?;
                Ok(LinkOwner { login: user.login, name: user.details.name })
            })
            .await
    }
}

fn actor_of(user: &User) -> SignedIn {
    SignedIn {
        user: user.id,
        login: user.login.clone(),
        role: user.details.role,
        scope: user.details.scope.clone(),
        language: user.details.language,
        token_scopes: None,
    }
}

/// A link before its hash is stored.
struct Link {
    id: PasswordLinkId,
    secret: String,
    kind: MailKind,
    until: DateTime<Utc>,
}

/// Invites those of these new users who have an address to set their own password.
pub fn invite(
    connection: &mut AnyConnection,
    mail: &MailRoom,
    new: &[User],
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let invited = new.iter().filter(|user| user.details.email.is_some()).map(|user| {
        let (id, secret) = (PasswordLinkId::new(now), new_secret()?);
        Ok((user.clone(), Link { id, secret, kind: MailKind::Invitation, until: now + INVITATION }))
    });
    let invited = invited.collect::<Result<Vec<_>, ServiceError>>()?;
    send(connection, mail, &invited, now)
}

/// Keeps links and puts their letters into the outbox, by home.
fn send(
    connection: &mut AnyConnection,
    mail: &MailRoom,
    all: &[(User, Link)],
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let mut homes = std::collections::BTreeMap::<&str, Vec<&(User, Link)>>::new();
    for one in all {
        homes.entry(one.0.details.scope.as_str()).or_default().push(one);
    }
    for group in homes.into_values() {
        let Some((first, _)) = group.first() else { continue };
        let office = match first.details.scope.as_region() {
            Some(region) => offices::find_office(connection, region)?,
            None => None,
        };
        let home = office.as_ref().map_or(OfficeId::NATION, |office| office.id);
        let links: Vec<NewLink> = group.iter().map(|(user, link)| link.stored(home, user)).collect();
        store::insert_links(connection, &links, now)?;
        let drafts = group.into_iter().map(|(user, link)| {
            let language = user.details.language.unwrap_or_default();
            let payload = AccountLetter {
                office: office
                    .as_ref()
                    .map_or_else(|| message(language, "mail-installation", &[]), |office| office.name.to_string()),
                zone: office.as_ref().map_or(Tz::Asia__Jakarta, |office| office.time_zone).name().to_owned(),
                reader: user.details.name.to_string(),
                login: user.login.to_string(),
                role: user.details.role,
                address: mail.page(&format!("/masuk/sandi/{}-{}", home.0.simple(), link.secret)),
                until: link.until,
            };
            let about = link.id.to_string();
            Draft { kind: link.kind, reader: user, about, payload, not_before: None, expires_at: Some(link.until) }
        });
        enqueue(connection, home, drafts.collect(), now)?;
    }
    Ok(())
}

impl Link {
    fn stored(&self, office: OfficeId, user: &User) -> NewLink {
        let secret_hash = hash_of(&self.secret);
        NewLink { office, id: self.id, user: user.id, secret_hash, expires_at: self.until }
    }
}

fn read_token(token: &str) -> Result<(OfficeId, String), ServiceError> {
    let (home, secret) = token.split_once('-').ok_or(ServiceError::NotFound)?;
    let home = home.parse().map_err(|_| ServiceError::NotFound)?;
    Ok((home, hash_of(secret)))
}
