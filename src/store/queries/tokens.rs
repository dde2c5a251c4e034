//! API tokens, found by the hash of their secret.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{TokenId, UserId};
use crate::domain::language::Language;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{SignedIn, TokenScope};
use crate::domain::staff::{Role, Scope};
use crate::domain::text::{Login, Name};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::schema::{api_tokens, users};

type UserColumns = (UserId, Login, Role, Scope, Option<Language>);
type TokenColumns = (
    api_tokens::id,
    users::login,
    api_tokens::name,
    api_tokens::scopes,
    api_tokens::created_at,
    api_tokens::expires_at,
);
type TokenRow = (TokenId, Login, Name, String, At, At);

const TOKEN_COLUMNS: TokenColumns = (
    api_tokens::id,
    users::login,
    api_tokens::name,
    api_tokens::scopes,
    api_tokens::created_at,
    api_tokens::expires_at,
);

/// A token without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    pub id: TokenId,
    pub login: Login,
    pub name: Name,
    /// Empty: all that the role allows.
    pub scopes: Vec<TokenScope>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub fn insert_token(
    connection: &mut AnyConnection,
    user: UserId,
    token: &ApiToken,
    secret_hash: &str,
) -> Result<(), StoreError> {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    diesel::insert_into(api_tokens::table)
        .values((
            api_tokens::id.eq(token.id),
            api_tokens::user_id.eq(user),
            api_tokens::name.eq(&token.name),
            api_tokens::secret_hash.eq(secret_hash),
            api_tokens::scopes.eq(scopes.join(" ")),
            api_tokens::created_at.eq(At(token.created_at)),
            api_tokens::expires_at.eq(At(token.expires_at)),
        ))
        .execute(connection)?;
    Ok(())
}

/// The active user behind a token that is neither expired nor revoked.
pub fn find_token(
    connection: &mut AnyConnection,
    secret_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>, StoreError> {
    let found: Option<(String, UserColumns)> = api_tokens::table
        .inner_join(users::table.on(users::id.eq(api_tokens::user_id)))
        .filter(api_tokens::secret_hash.eq(secret_hash).and(api_tokens::revoked_at.is_null()))
        .filter(api_tokens::expires_at.gt(At(now)).and(users::archived_at.is_null()))
        .select((api_tokens::scopes, (users::id, users::login, users::role, users::scope, users::language)))
        // Unique by its hash; a LIMIT would have SQLite prepare the statement anew for each value.
        .get_result(connection)
        .optional()?;
    let Some((scopes, (user, login, role, scope, language))) = found else { return Ok(None) };
    let scopes = read_scopes(&scopes)?;
    let token_scopes = (!scopes.is_empty()).then_some(scopes);
    Ok(Some(SignedIn { user, login, role, scope, language, token_scopes }))
}

/// One page of a user's valid tokens, newest first.
pub fn list_tokens(
    connection: &mut AnyConnection,
    user: UserId,
    now: DateTime<Utc>,
    cut: &Cut<TokenId>,
) -> Result<Page<ApiToken>, StoreError> {
    let mut query = api_tokens::table
        .inner_join(users::table.on(users::id.eq(api_tokens::user_id)))
        .filter(api_tokens::user_id.eq(user).and(api_tokens::revoked_at.is_null()))
        .filter(api_tokens::expires_at.gt(At(now)))
        .order(api_tokens::id.desc())
        .limit(cut.limit_plus_one())
        .select(TOKEN_COLUMNS)
        .into_boxed::<MultiBackend>();
    if let Some(after) = cut.after {
        query = query.filter(api_tokens::id.lt(after));
    }
    let rows: Vec<TokenRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(read_token).collect::<Result<_, StoreError>>()?))
}

/// The token with this id, if it is valid.
pub fn find_valid_token(
    connection: &mut AnyConnection,
    id: TokenId,
    now: DateTime<Utc>,
) -> Result<Option<ApiToken>, StoreError> {
    let row: Option<TokenRow> = api_tokens::table
        .inner_join(users::table.on(users::id.eq(api_tokens::user_id)))
        .filter(api_tokens::id.eq(id).and(api_tokens::revoked_at.is_null()))
        .filter(api_tokens::expires_at.gt(At(now)))
        .select(TOKEN_COLUMNS)
        .first(connection)
        .optional()?;
    row.map(read_token).transpose()
}

/// Whose token it is, and within which scope its user lies.
pub fn find_token_holder(connection: &mut AnyConnection, id: TokenId) -> Result<Option<(UserId, Scope)>, StoreError> {
    Ok(api_tokens::table
        .inner_join(users::table.on(users::id.eq(api_tokens::user_id)))
        .filter(api_tokens::id.eq(id))
        .select((users::id, users::scope))
        .first(connection)
        .optional()?)
}

/// Ends a token; false if it has ended before.
pub fn revoke_token(connection: &mut AnyConnection, id: TokenId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let valid = api_tokens::table.filter(api_tokens::id.eq(id).and(api_tokens::revoked_at.is_null()));
    Ok(diesel::update(valid).set(api_tokens::revoked_at.eq(At(now))).execute(connection)? == 1)
}

fn read_token((id, login, name, scopes, created_at, expires_at): TokenRow) -> Result<ApiToken, StoreError> {
    let scopes = read_scopes(&scopes)?;
    Ok(ApiToken { id, login, name, scopes, created_at: created_at.0, expires_at: expires_at.0 })
}

fn read_scopes(text: &str) -> Result<Vec<TokenScope>, StoreError> {
    text.split_whitespace().map(|scope| scope.parse().map_err(StoreError::broken)).collect()
}
