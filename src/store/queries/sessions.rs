//! Sessions of the browser and the phone, under the office of the user's scope (nil for a wider one).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{OfficeId, SessionId, UserId};
use crate::domain::language::Language;
use crate::domain::permission::SignedIn;
use crate::domain::staff::{Role, Scope};
use crate::domain::text::Login;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::schema::{sessions, users};

/// One signed-in device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    /// What the browser says it is.
    pub device: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

type UserColumns = (UserId, Login, Role, Scope, Option<Language>);
type Row = (SessionId, String, At, At, At);
const COLUMNS: (sessions::id, sessions::device, sessions::created_at, sessions::last_seen_at, sessions::expires_at) =
    (sessions::id, sessions::device, sessions::created_at, sessions::last_seen_at, sessions::expires_at);

pub fn insert_session(
    connection: &mut AnyConnection,
    home: OfficeId,
    user: UserId,
    session: &Session,
    secret_hash: &str,
) -> Result<(), StoreError> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::office_id.eq(home),
            sessions::id.eq(session.id),
            sessions::user_id.eq(user),
            sessions::secret_hash.eq(secret_hash),
            sessions::device.eq(&session.device),
            sessions::created_at.eq(At(session.created_at)),
            sessions::last_seen_at.eq(At(session.last_seen_at)),
            sessions::expires_at.eq(At(session.expires_at)),
        ))
        .execute(connection)?;
    Ok(())
}

/// The active user behind a session that has not expired.
pub fn find_session(
    connection: &mut AnyConnection,
    home: OfficeId,
    secret_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(SignedIn, Session)>, StoreError> {
    let found: Option<(Row, UserColumns)> = sessions::table
        .inner_join(users::table.on(users::id.eq(sessions::user_id)))
        .filter(sessions::office_id.eq(home).and(sessions::secret_hash.eq(secret_hash)))
        .filter(sessions::expires_at.gt(At(now)).and(users::archived_at.is_null()))
        .select((COLUMNS, (users::id, users::login, users::role, users::scope, users::language)))
        // Unique by its hash; a LIMIT would have SQLite prepare the statement anew for each value.
        .get_result(connection)
        .optional()?;
    Ok(found.map(|(row, (user, login, role, scope, language))| {
        (SignedIn { user, login, role, scope, language, token_scopes: None }, session(row))
    }))
}

/// The sessions of a user that have not expired, newest first.
pub fn list_sessions(
    connection: &mut AnyConnection,
    home: OfficeId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Vec<Session>, StoreError> {
    let rows: Vec<Row> = sessions::table
        .filter(sessions::office_id.eq(home).and(sessions::user_id.eq(user)).and(sessions::expires_at.gt(At(now))))
        .order(sessions::id.desc())
        .select(COLUMNS)
        .load(connection)?;
    Ok(rows.into_iter().map(session).collect())
}

/// Moves a session's end on because it is in use.
pub fn touch_session(
    connection: &mut AnyConnection,
    home: OfficeId,
    id: SessionId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::update(sessions::table.filter(sessions::office_id.eq(home).and(sessions::id.eq(id))))
        .set((sessions::last_seen_at.eq(At(now)), sessions::expires_at.eq(At(expires_at))))
        .execute(connection)?;
    Ok(())
}

/// Ends one session of a user; false if he has no such session.
pub fn delete_session(
    connection: &mut AnyConnection,
    home: OfficeId,
    user: UserId,
    id: SessionId,
) -> Result<bool, StoreError> {
    let own =
        sessions::table.filter(sessions::office_id.eq(home).and(sessions::id.eq(id)).and(sessions::user_id.eq(user)));
    Ok(diesel::delete(own).execute(connection)? == 1)
}

/// Ends every session of a user but `keep`.
pub fn delete_sessions_but(
    connection: &mut AnyConnection,
    home: OfficeId,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<(), StoreError> {
    let own = diesel::delete(sessions::table)
        .filter(sessions::office_id.eq(home).and(sessions::user_id.eq(user)))
        .into_boxed::<MultiBackend>();
    match keep {
        Some(keep) => own.filter(sessions::id.ne(keep)).execute(connection)?,
        None => own.execute(connection)?,
    };
    Ok(())
}

/// Ends every session of these users, who have their sessions in these homes.
pub fn delete_sessions_of(
    connection: &mut AnyConnection,
    homes: &[OfficeId],
    users: &[UserId],
) -> Result<(), StoreError> {
    let own = sessions::office_id.eq_any(homes).and(sessions::user_id.eq_any(users));
    diesel::delete(sessions::table.filter(own)).execute(connection)?;
    Ok(())
}

fn session((id, device, created_at, last_seen_at, expires_at): Row) -> Session {
    Session { id, device, created_at: created_at.0, last_seen_at: last_seen_at.0, expires_at: expires_at.0 }
}
