//! How long letters are kept, and how many there are.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::{OfficeId, UserId};
use crate::domain::mail::{MailFault, MailKind, MailState};
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::outbox;

/// How many letters of all offices are in this state.
pub fn count_letters(connection: &mut AnyConnection, state: MailState) -> Result<i64, StoreError> {
    Ok(outbox::table.filter(outbox::state.eq(state)).count().get_result(connection)?)
}

/// Gives up letters that became pointless while nobody sent them; what opened an account goes.
pub fn expire_letters(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<(), StoreError> {
    let late = outbox::state.eq(MailState::Queued).and(outbox::expires_at.le(At(now)));
    let secret: Vec<MailKind> = MailKind::ALL.iter().copied().filter(|kind| kind.is_secret()).collect();
    diesel::update(outbox::table.filter(late.and(outbox::kind.eq_any(secret))))
        .set(outbox::payload.eq(serde_json::json!({})))
        .execute(connection)?;
    diesel::update(outbox::table.filter(late))
        .set((outbox::state.eq(MailState::Dead), outbox::fault.eq(MailFault::Expired)))
        .execute(connection)?;
    Ok(())
}

/// Deletes letters that were written before `before`, whatever became of them: addresses are personal data.
pub fn forget_letters(connection: &mut AnyConnection, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let old = outbox::created_at.lt(At(before)).and(outbox::state.ne(MailState::Leased));
    Ok(diesel::delete(outbox::table.filter(old)).execute(connection)?)
}

/// Deletes every letter to a user in these offices.
pub fn erase_letters_of(connection: &mut AnyConnection, offices: &[OfficeId], user: UserId) -> Result<(), StoreError> {
    let own = outbox::office_id.eq_any(offices).and(outbox::user_id.eq(user));
    diesel::delete(outbox::table.filter(own)).execute(connection)?;
    Ok(())
}
