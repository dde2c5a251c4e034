//! What readers do without, and the key with which an office signs the addresses that say so.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{OfficeId, UserId};
use crate::domain::mail::MailTopic;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::{mail_keys, mail_optouts};

/// Those of these users who do without letters of this topic from this office.
pub fn list_optouts(
    connection: &mut AnyConnection,
    office: OfficeId,
    topic: MailTopic,
    users: &[UserId],
) -> Result<Vec<UserId>, StoreError> {
    let own = mail_optouts::office_id.eq(office).and(mail_optouts::topic.eq(topic));
    let among = mail_optouts::table.filter(own.and(mail_optouts::user_id.eq_any(users)));
    Ok(among.select(mail_optouts::user_id).load(connection)?)
}

/// What a user does without, of these offices.
pub fn list_optouts_of(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
    user: UserId,
) -> Result<Vec<(OfficeId, MailTopic)>, StoreError> {
    let own = mail_optouts::office_id.eq_any(offices).and(mail_optouts::user_id.eq(user));
    Ok(mail_optouts::table.filter(own).select((mail_optouts::office_id, mail_optouts::topic)).load(connection)?)
}

/// Ends letters of this topic; doing so twice is as good as once.
pub fn insert_optout(
    connection: &mut AnyConnection,
    office: OfficeId,
    user: UserId,
    topic: MailTopic,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = (
        mail_optouts::office_id.eq(office),
        mail_optouts::user_id.eq(user),
        mail_optouts::topic.eq(topic),
        mail_optouts::created_at.eq(At(now)),
    );
    let added = each!(connection, |c| diesel::insert_into(mail_optouts::table)
        .values(row)
        .on_conflict((mail_optouts::office_id, mail_optouts::user_id, mail_optouts::topic))
        .do_nothing()
        .execute(c))?;
    Ok(added == 1)
}

/// Begins letters of this topic again.
pub fn delete_optout(
    connection: &mut AnyConnection,
    office: OfficeId,
    user: UserId,
    topic: MailTopic,
) -> Result<bool, StoreError> {
    let own = mail_optouts::office_id.eq(office).and(mail_optouts::user_id.eq(user)).and(mail_optouts::topic.eq(topic));
    Ok(diesel::delete(mail_optouts::table.filter(own)).execute(connection)? == 1)
}

/// The signing key of an office, if it has one.
pub fn find_key(connection: &mut AnyConnection, office: OfficeId) -> Result<Option<String>, StoreError> {
    Ok(mail_keys::table
        .filter(mail_keys::office_id.eq(office))
        .select(mail_keys::secret)
        .first(connection)
        .optional()?)
}

/// Gives an office its signing key unless it has one already.
pub fn insert_key(connection: &mut AnyConnection, office: OfficeId, secret: &str) -> Result<(), StoreError> {
    let row = (mail_keys::office_id.eq(office), mail_keys::secret.eq(secret));
    each!(connection, |c| diesel::insert_into(mail_keys::table)
        .values(row)
        .on_conflict(mail_keys::office_id)
        .do_nothing()
        .execute(c))?;
    Ok(())
}
