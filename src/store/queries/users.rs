//! The staff, and what signing in needs to know of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::domain::id::UserId;
use crate::domain::language::Language;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::SignedIn;
use crate::domain::region::RegionCode;
use crate::domain::staff::{Nip, Role, Scope, User, UserDetails};
use crate::domain::text::{Email, Login, Name, Phone};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::queries::search::{like_pattern, lower};
use crate::store::schema::users;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
struct UserRow {
    id: UserId,
    login: Login,
    name: Name,
    role: Role,
    scope: Scope,
    email: Option<Email>,
    phone: Option<Phone>,
    rank: Option<Name>,
    nip: Option<Nip>,
    language: Option<Language>,
    password_hash: Option<String>,
    version: i64,
    created_at: At,
    archived_at: Option<At>,
}

pub fn find_user(connection: &mut AnyConnection, login: &Login) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> =
        users::table.filter(users::login.eq(login)).select(UserRow::as_select()).first(connection).optional()?;
    Ok(row.map(User::from))
}

/// The active users with these logins.
pub fn list_users_by_login(connection: &mut AnyConnection, logins: &[Login]) -> Result<Vec<User>, StoreError> {
    let rows: Vec<UserRow> = users::table
        .filter(users::login.eq_any(logins).and(users::archived_at.is_null()))
        .order(users::login)
        .select(UserRow::as_select())
        .load(connection)?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// The users with these logins, archived ones too.
pub fn list_users_ever(connection: &mut AnyConnection, logins: &[Login]) -> Result<Vec<User>, StoreError> {
    let rows: Vec<UserRow> = users::table
        .filter(users::login.eq_any(logins))
        .order(users::login)
        .select(UserRow::as_select())
        .load(connection)?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// Keeps others from changing these users until the transaction ends: on PostgreSQL, where what was loaded could be stale
/// when it is replaced; SQLite has one writer.
pub fn lock_users(connection: &mut AnyConnection, logins: &[Login]) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(postgres) = connection {
        let named = users::table.filter(users::login.eq_any(logins)).order(users::id);
        named.select(users::id).for_update().load::<UserId>(postgres)?;
    }
    Ok(())
}

/// The active ones of these users, by login.
pub fn list_users_by_id(connection: &mut AnyConnection, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
    let rows: Vec<UserRow> = users::table
        .filter(users::id.eq_any(ids).and(users::archived_at.is_null()))
        .order(users::login)
        .select(UserRow::as_select())
        .load(connection)?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// These users, archived or not, by login: who was there stays who was there.
pub fn list_people(connection: &mut AnyConnection, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
    let rows: Vec<UserRow> =
        users::table.filter(users::id.eq_any(ids)).order(users::login).select(UserRow::as_select()).load(connection)?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// The names behind these logins, archived or not.
pub fn list_names(connection: &mut AnyConnection, logins: &[Login]) -> Result<Vec<(Login, Name)>, StoreError> {
    Ok(users::table.filter(users::login.eq_any(logins)).select((users::login, users::name)).load(connection)?)
}

/// The logins of these users.
pub fn list_logins(connection: &mut AnyConnection, ids: &[UserId]) -> Result<Vec<(UserId, Login)>, StoreError> {
    Ok(users::table.filter(users::id.eq_any(ids)).select((users::id, users::login)).load(connection)?)
}

/// Those of these users that are field officers.
pub fn list_officers_among(connection: &mut AnyConnection, ids: &[UserId]) -> Result<Vec<UserId>, StoreError> {
    let officers = users::table.filter(users::id.eq_any(ids).and(users::role.eq(Role::Officer)));
    Ok(officers.order(users::id).select(users::id).load(connection)?)
}

/// One page of the active users whose scope lies within `reach`, by login.
pub fn list_users(connection: &mut AnyConnection, reach: &Scope, cut: &Cut<Login>) -> Result<Page<User>, StoreError> {
    let mut query = users::table
        .filter(users::archived_at.is_null())
        .order(users::login)
        .limit(cut.limit_plus_one())
        .select(UserRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(region) = reach.as_region() {
        query = query.filter(users::scope.eq(reach).or(users::scope.like(format!("{region}.%"))));
    }
    if let Some(after) = &cut.after {
        query = query.filter(users::login.gt(after));
    }
    let rows: Vec<UserRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(User::from).collect()))
}

/// Every active user whose scope lies within `reach`, by login.
pub fn list_all_users(connection: &mut AnyConnection, reach: &Scope) -> Result<Vec<User>, StoreError> {
    let mut query = users::table
        .filter(users::archived_at.is_null())
        .order(users::login)
        .select(UserRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(region) = reach.as_region() {
        query = query.filter(users::scope.eq(reach).or(users::scope.like(format!("{region}.%"))));
    }
    let rows: Vec<UserRow> = query.load(connection)?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// Which of an office's people to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffFilter {
    /// A part of the login or the name, whatever its case.
    pub search: Option<String>,
    /// Archived ones too.
    pub archived: bool,
}

/// One page of the users whose scope is one of `scopes`, by login.
pub fn list_staff(
    connection: &mut AnyConnection,
    scopes: &[Scope],
    filter: &StaffFilter,
    cut: &Cut<Login>,
) -> Result<Page<User>, StoreError> {
    let mut query = users::table
        .filter(users::scope.eq_any(scopes))
        .order(users::login)
        .limit(cut.limit_plus_one())
        .select(UserRow::as_select())
        .into_boxed::<MultiBackend>();
    if !filter.archived {
        query = query.filter(users::archived_at.is_null());
    }
    if let Some(search) = &filter.search {
        let pattern = like_pattern(search);
        let named = lower(users::name).like(pattern.clone()).escape('\\');
        query = query.filter(named.or(lower(users::login).like(pattern).escape('\\')));
    }
    if let Some(after) = &cut.after {
        query = query.filter(users::login.gt(after));
    }
    let rows: Vec<UserRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(User::from).collect()))
}

/// Who signs in with this login, and the hash of his password.
pub fn find_credentials(
    connection: &mut AnyConnection,
    login: &Login,
) -> Result<Option<(SignedIn, Option<String>)>, StoreError> {
    let row: Option<UserRow> = users::table
        .filter(users::login.eq(login).and(users::archived_at.is_null()))
        .select(UserRow::as_select())
        .first(connection)
        .optional()?;
    Ok(row.map(|row| {
        let UserRow { id, login, role, scope, language, password_hash, .. } = row;
        (SignedIn { user: id, login, role, scope, language, token_scopes: None }, password_hash)
    }))
}

/// The active users whose scope is this office, with the hashes of their passwords, by login.
pub fn list_credentials_of(
    connection: &mut AnyConnection,
    office: &RegionCode,
) -> Result<Vec<(Login, Role, Option<String>)>, StoreError> {
    Ok(users::table
        .filter(users::scope.eq(Scope::region(office.clone())).and(users::archived_at.is_null()))
        .order(users::login)
        .select((users::login, users::role, users::password_hash))
        .load(connection)?)
}

pub fn any_user(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let first: Option<UserId> = users::table.select(users::id).first(connection).optional()?;
    Ok(first.is_some())
}

/// Adds a user; [`StoreError::Taken`] if the login is in use.
pub fn insert_user(
    connection: &mut AnyConnection,
    user: &User,
    password_hash: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    insert_users(connection, std::slice::from_ref(user), password_hash, now)
}

/// Adds many users, all with the same password hash or none.
pub fn insert_users(
    connection: &mut AnyConnection,
    all: &[User],
    password_hash: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<UserRow> = chunk.iter().map(|user| row(user, password_hash, now)).collect();
        each!(connection, |c| diesel::insert_into(users::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Stores a changed user if the stored version is still `known`.
pub fn update_user(
    connection: &mut AnyConnection,
    user: &User,
    known: i64,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = row(user, None, now);
    let changed = diesel::update(users::table.filter(users::id.eq(user.id).and(users::version.eq(known))))
        .set((
            users::name.eq(row.name),
            users::role.eq(row.role),
            users::scope.eq(row.scope),
            users::email.eq(row.email),
            users::phone.eq(row.phone),
            users::rank.eq(row.rank),
            users::nip.eq(row.nip),
            users::language.eq(row.language),
            users::version.eq(row.version),
            users::archived_at.eq(row.archived_at),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Stores other details of many users, loaded under [`lock_users`]; passwords and archiving stay as they are.
pub fn replace_users(connection: &mut AnyConnection, all: &[User], now: DateTime<Utc>) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<UserRow> = chunk.iter().map(|user| row(user, None, now)).collect();
        each!(connection, |c| {
            diesel::insert_into(users::table)
                .values(&rows)
                .on_conflict(users::id)
                .do_update()
                .set((
                    users::name.eq(excluded(users::name)),
                    users::role.eq(excluded(users::role)),
                    users::scope.eq(excluded(users::scope)),
                    users::email.eq(excluded(users::email)),
                    users::phone.eq(excluded(users::phone)),
                    users::rank.eq(excluded(users::rank)),
                    users::nip.eq(excluded(users::nip)),
                    users::version.eq(excluded(users::version)),
                ))
                .execute(c)
        })?;
    }
    Ok(())
}

pub fn set_password(connection: &mut AnyConnection, user: UserId, hash: &str) -> Result<(), StoreError> {
    diesel::update(users::table.filter(users::id.eq(user))).set(users::password_hash.eq(hash)).execute(connection)?;
    Ok(())
}

fn row(user: &User, password_hash: Option<&str>, now: DateTime<Utc>) -> UserRow {
    let details = user.details.clone();
    UserRow {
        id: user.id,
        login: user.login.clone(),
        name: details.name,
        role: details.role,
        scope: details.scope,
        email: details.email,
        phone: details.phone,
        rank: details.rank,
        nip: details.nip,
        language: details.language,
        password_hash: password_hash.map(str::to_owned),
        version: user.version,
        created_at: At(now),
        archived_at: user.archived.then_some(At(now)),
    }
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            login: row.login,
            details: UserDetails {
                name: row.name,
                role: row.role,
                scope: row.scope,
                email: row.email,
                phone: row.phone,
                rank: row.rank,
                nip: row.nip,
                language: row.language,
            },
            version: row.version,
            archived: row.archived_at.is_some(),
        }
    }
}
