//! API tokens: shown once, stored as a hash, limited in time and scope, revocable.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::audit::Change;
use crate::domain::id::{TokenId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Administer, ManageSelf, Read, SignedIn, TokenScope, WidePermit};
use crate::domain::rule::Rule;
use crate::domain::staff::Scope;
use crate::domain::text::{Login, Name};
use crate::service::desk::{Caller, Services, WideDesk};
use crate::service::error::ServiceError;
use crate::service::secret::{hash_of, new_secret};
use crate::store::queries::{tokens, users};

pub use crate::store::queries::tokens::ApiToken;

/// How a token of the product looks: scanners for leaked secrets know it by this.
const PREFIX: &str = "jb_";

/// Longest life of a token, in days.
const DAYS_MAX: i64 = 730;

/// A new token.
#[derive(Debug, Clone)]
pub struct MintToken {
    /// Whose rights it has; none: the caller's own.
    pub login: Option<Login>,
    pub name: Name,
    /// Empty: all that the role allows.
    pub scopes: Vec<TokenScope>,
    pub days: i64,
}

/// A token with its secret, which nobody can show again.
#[derive(Debug)]
pub struct MintedToken {
    pub token: ApiToken,
    pub secret: String,
}

/// A life of `days` within what is allowed.
pub fn parse_days(days: i64) -> Result<i64, Rule> {
    if (1..=DAYS_MAX).contains(&days) { Ok(days) } else { Err(Rule::out_of_range(1, DAYS_MAX)) }
}

impl Services {
    /// Makes a token for the caller, or as an admin for a user within the admin's scope.
    pub async fn mint_token(&self, caller: &Caller, command: MintToken) -> Result<MintedToken, ServiceError> {
        let now = self.clock.now();
        let (id, secret) = (TokenId::new(now), format!("{PREFIX}{}", new_secret()?));
        let expires_at = now + TimeDelta::days(parse_days(command.days).map_err(|r| ServiceError::invalid("days", r))?);
        let hash = hash_of(&secret);
        let token = self
            .for_holder(caller, command.login.clone(), move |desk, holder| {
                let token = ApiToken {
                    id,
                    login: holder.login.clone(),
                    name: command.name.clone(),
                    scopes: command.scopes.clone(),
                    created_at: now,
                    expires_at,
                };
                tokens::insert_token(desk.connection, holder.user, &token, &hash)?;
                // The id and not the login: the trail must not know an anonymised user's name.
                desk.record(&holder.scope, Change::new("token.created", "token", id).with("user", holder.user))?;
                Ok(token)
            })
            .await?;
        Ok(MintedToken { token, secret })
    }

    /// The valid tokens of the caller, or of anybody within an admin's scope.
    pub async fn list_tokens(
        &self,
        caller: &Caller,
        login: Option<Login>,
        cut: Cut<TokenId>,
    ) -> Result<Page<ApiToken>, ServiceError> {
        self.for_holder_reading(caller, login, move |desk, holder| {
            Ok(tokens::list_tokens(desk.connection, holder, desk.now, &cut)?)
        })
        .await
    }

    /// A valid token: the caller's own, or as an admin anybody's within the scope.
    pub async fn show_token(&self, caller: &Caller, id: TokenId) -> Result<ApiToken, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            check_reach(desk, id)?;
            tokens::find_valid_token(desk.connection, id, desk.now)?.ok_or(ServiceError::NotFound)
        })
        .await
    }

    /// Ends a token from the next request on: the caller's own, or as an admin anybody's within the scope.
    pub async fn revoke_token(&self, caller: &Caller, id: TokenId) -> Result<(), ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, ManageSelf>| {
            let scope = check_reach(desk, id)?;
            if !tokens::revoke_token(desk.connection, id, desk.now)? {
                return Err(ServiceError::NotFound);
            }
            desk.record(&scope, Change::new("token.revoked", "token", id))
        })
        .await
    }

    /// The user behind a token; none if it is unknown, expired or revoked, or the user archived.
    pub async fn find_token(&self, secret: &str) -> Result<Option<SignedIn>, ServiceError> {
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let (hash, now): (String, DateTime<Utc>) = (hash_of(secret), self.clock.now());
        self.database.read(move |connection| Ok(tokens::find_token(connection, &hash, now)?)).await
    }

    async fn for_holder<T: Send + 'static>(
        &self,
        caller: &Caller,
        login: Option<Login>,
        decision: impl Fn(&mut WideDesk<'_, ManageSelf>, &SignedIn) -> Result<T, ServiceError> + Send + Sync + 'static,
    ) -> Result<T, ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, ManageSelf>| {
            let holder = find_holder(desk, login.as_ref())?;
            decision(desk, &holder)
        })
        .await
    }

    async fn for_holder_reading<T: Send + 'static>(
        &self,
        caller: &Caller,
        login: Option<Login>,
        query: impl FnOnce(&mut WideDesk<'_, Read>, UserId) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            let holder = find_holder(desk, login.as_ref())?.user;
            query(desk, holder)
        })
        .await
    }
}

/// The scope of a token's holder. A token that is neither the caller's own nor of somebody whom an admin may act for does
/// not exist for him.
fn check_reach<A: Action>(desk: &mut WideDesk<'_, A>, id: TokenId) -> Result<Scope, ServiceError> {
    let (holder, scope) = tokens::find_token_holder(desk.connection, id)?.ok_or(ServiceError::NotFound)?;
    let is_own = desk.permit.actor().user_id() == Some(holder);
    let is_admin = || WidePermit::<Administer>::grant(desk.permit.actor()).is_ok_and(|permit| permit.covers(&scope));
    if is_own || is_admin() { Ok(scope) } else { Err(ServiceError::NotFound) }
}

/// Whose token it is about: the caller himself, or somebody whom an admin may act for.
fn find_holder<A: Action>(desk: &mut WideDesk<'_, A>, login: Option<&Login>) -> Result<SignedIn, ServiceError> {
    let own = desk.permit.actor().signed_in().cloned();
    match (own, login) {
        (Some(own), None) => Ok(own),
        (Some(own), Some(login)) if own.login == *login => Ok(own),
        (None, None) => Err(ServiceError::invalid("login", Rule::Required)),
        (_, Some(login)) => {
            let permit = WidePermit::<Administer>::grant(desk.permit.actor())?;
            let found = users::find_credentials(desk.connection, login)?.map(|(holder, _)| holder);
            found.filter(|holder| permit.covers(&holder.scope)).ok_or(ServiceError::invalid("login", Rule::NotFound))
        }
    }
}
