//! The outbox: letters are put into it in the transaction of what they tell of, taken out by lease, and marked.
#![allow(clippy::ref_option_ref, reason = "in what diesel derives")]

mod keep;
mod lease;
mod list;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::domain::id::{MailId, OfficeId, UserId};
use crate::domain::language::Language;
use crate::domain::mail::{MailKind, MailState};
use crate::domain::text::Email;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::outbox;

pub use keep::{count_letters, erase_letters_of, expire_letters, forget_letters};
pub use lease::{Leased, lease_letter, list_due, mark_dead, mark_sent, postpone};
pub use list::{
    Letter, LetterFilter, find_letter, find_wide_letter, list_letters, list_wide_letters, requeue_all_dead,
    requeue_dead, requeue_wide_dead,
};

/// A letter to put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    pub id: MailId,
    /// What it tells to whom, such as `event_confirmed:EVENT:VERSION:USER`: the same key of one office is kept once.
    pub dedupe_key: String,
    pub kind: MailKind,
    pub user: Option<UserId>,
    pub recipient: Email,
    pub recipient_name: Option<String>,
    pub language: Language,
    /// What `mail::render` reads for this kind.
    pub payload: Value,
    /// When it may leave.
    pub not_before: DateTime<Utc>,
    /// When it becomes pointless.
    pub expires_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
struct NewRow<'a> {
    office_id: OfficeId,
    id: MailId,
    dedupe_key: &'a str,
    kind: MailKind,
    user_id: Option<UserId>,
    recipient: Email,
    recipient_name: Option<&'a str>,
    locale: Language,
    payload: &'a Value,
    state: MailState,
    attempts: i64,
    next_at: At,
    expires_at: At,
    created_at: At,
}

/// Puts letters of an office into the outbox, or of the installation under [`OfficeId::NATION`]; answers how many were new.
pub fn enqueue(
    connection: &mut AnyConnection,
    office: OfficeId,
    letters: &[NewLetter],
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let mut added = 0;
    for chunk in letters.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<NewRow<'_>> = chunk.iter().map(|letter| row(office, letter, now)).collect();
        added += each!(connection, |c| diesel::insert_into(outbox::table)
            .values(&rows)
            .on_conflict((outbox::office_id, outbox::dedupe_key))
            .do_nothing()
            .execute(c))?;
    }
    Ok(added)
}

fn row(office: OfficeId, letter: &NewLetter, now: DateTime<Utc>) -> NewRow<'_> {
    NewRow {
        office_id: office,
        id: letter.id,
        dedupe_key: &letter.dedupe_key,
        kind: letter.kind,
        user_id: letter.user,
        recipient: letter.recipient.clone(),
        recipient_name: letter.recipient_name.as_deref(),
        locale: letter.language,
        payload: &letter.payload,
        state: MailState::Queued,
        attempts: 0,
        next_at: At(letter.not_before),
        expires_at: At(letter.expires_at),
        created_at: At(now),
    }
}
