//! Addresses that let somebody set a password once, under the office of the user's scope (nil for a wider one).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{OfficeId, PasswordLinkId, UserId};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::{password_links, users};

/// A link that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    pub office: OfficeId,
    pub id: PasswordLinkId,
    pub user: UserId,
    pub secret_hash: String,
    pub expires_at: DateTime<Utc>,
}

pub fn insert_links(connection: &mut AnyConnection, links: &[NewLink], now: DateTime<Utc>) -> Result<(), StoreError> {
    for chunk in links.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|link| {
                (
                    password_links::office_id.eq(link.office),
                    password_links::id.eq(link.id),
                    password_links::user_id.eq(link.user),
                    password_links::secret_hash.eq(&link.secret_hash),
                    password_links::created_at.eq(At(now)),
                    password_links::expires_at.eq(At(link.expires_at)),
                )
            })
            .collect();
        each!(connection, |c| diesel::insert_into(password_links::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// The link with this secret that still opens, and whose it is, if he is active.
pub fn find_open_link(
    connection: &mut AnyConnection,
    office: OfficeId,
    secret_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(PasswordLinkId, UserId)>, StoreError> {
    let open = password_links::office_id
        .eq(office)
        .and(password_links::secret_hash.eq(secret_hash))
        .and(password_links::used_at.is_null())
        .and(password_links::expires_at.gt(At(now)));
    Ok(password_links::table
        .inner_join(users::table.on(users::id.eq(password_links::user_id)))
        .filter(open.and(users::archived_at.is_null()))
        .select((password_links::id, password_links::user_id))
        .first(connection)
        .optional()?)
}

/// How many links of this user were made since `since`.
pub fn count_links_since(
    connection: &mut AnyConnection,
    office: OfficeId,
    user: UserId,
    since: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let own = password_links::office_id.eq(office).and(password_links::user_id.eq(user));
    let recent = password_links::table.filter(own.and(password_links::created_at.gt(At(since))));
    Ok(recent.count().get_result(connection)?)
}

/// Closes every link of this user; answers whether `link` was open until now, so that of two who use it one succeeds.
pub fn use_link(
    connection: &mut AnyConnection,
    office: OfficeId,
    user: UserId,
    link: PasswordLinkId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let own = password_links::office_id.eq(office).and(password_links::user_id.eq(user));
    let this = own.and(password_links::id.eq(link)).and(password_links::used_at.is_null());
    let used = diesel::update(password_links::table.filter(this))
        .set(password_links::used_at.eq(At(now)))
        .execute(connection)?;
    diesel::update(password_links::table.filter(own.and(password_links::used_at.is_null())))
        .set(password_links::used_at.eq(At(now)))
        .execute(connection)?;
    Ok(used == 1)
}

/// Deletes links that ended before `before`.
pub fn forget_links(connection: &mut AnyConnection, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::delete(password_links::table.filter(password_links::expires_at.lt(At(before)))).execute(connection)?)
}
