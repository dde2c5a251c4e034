//! Taking letters out, one by one. A row is won by an update that names the state it was seen in: of two processes that see
//! the same row, one gets it (a sub-select in the update would let both, on a sharded database and off it). What becomes of a
//! letter is written only by whoever still holds the lease, told by the number of the try.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::domain::id::{MailId, OfficeId};
use crate::domain::language::Language;
use crate::domain::mail::{MailFault, MailKind, MailState};
use crate::domain::text::Email;
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::outbox;

/// A letter that this process may send until its lease ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Leased {
    pub office: OfficeId,
    pub id: MailId,
    pub kind: MailKind,
    pub recipient: Email,
    pub recipient_name: Option<String>,
    pub language: Language,
    pub payload: Value,
    /// The number of this try, from 1.
    pub attempt: i64,
    pub expires_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

type Columns = (
    outbox::kind,
    outbox::recipient,
    outbox::recipient_name,
    outbox::locale,
    outbox::payload,
    outbox::attempts,
    outbox::expires_at,
    outbox::created_at,
);
const COLUMNS: Columns = (
    outbox::kind,
    outbox::recipient,
    outbox::recipient_name,
    outbox::locale,
    outbox::payload,
    outbox::attempts,
    outbox::expires_at,
    outbox::created_at,
);
type Row = (MailKind, Email, Option<String>, Language, Value, i64, At, At);

/// The row as long as this try is the last one that was begun.
macro_rules! held {
    ($letter:expr) => {
        outbox::office_id
            .eq($letter.office)
            .and(outbox::id.eq($letter.id))
            .and(outbox::state.eq(MailState::Leased))
            .and(outbox::attempts.eq($letter.attempt))
    };
}
/// Up to `limit` letters whose time has come, the longest waiting first: of all offices, so that one process serves all.
pub fn list_due(
    connection: &mut AnyConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(OfficeId, MailId)>, StoreError> {
    let mut due: Vec<(OfficeId, MailId)> = outbox::table
        .filter(outbox::state.eq(MailState::Queued).and(outbox::next_at.le(At(now))))
        .order((outbox::next_at, outbox::id))
        .limit(limit)
        .select((outbox::office_id, outbox::id))
        .load(connection)?;
    // Left behind by a process that ended amid a try.
    let left: Vec<(OfficeId, MailId)> = outbox::table
        .filter(outbox::state.eq(MailState::Leased).and(outbox::lease_until.le(At(now))))
        .order((outbox::next_at, outbox::id))
        .limit(limit)
        .select((outbox::office_id, outbox::id))
        .load(connection)?;
    due.extend(left);
    Ok(due)
}

/// Takes a letter until `until`; None if another process was faster, or its time has not come.
pub fn lease_letter(
    connection: &mut AnyConnection,
    office: OfficeId,
    id: MailId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Leased>, StoreError> {
    let waits = outbox::state.eq(MailState::Queued).and(outbox::next_at.le(At(now)));
    let left = outbox::state.eq(MailState::Leased).and(outbox::lease_until.le(At(now)));
    let free = outbox::office_id.eq(office).and(outbox::id.eq(id)).and(waits.or(left));
    let won: Option<Row> = diesel::update(outbox::table.filter(free))
        .set((
            outbox::state.eq(MailState::Leased),
            outbox::lease_until.eq(At(until)),
            outbox::attempts.eq(outbox::attempts + 1),
        ))
        .returning(COLUMNS)
        .get_result(connection)
        .optional()?;
    Ok(won.map(|row| leased(office, id, row)))
}

/// Marks a letter that the server took over. The content of a secret letter goes.
pub fn mark_sent(
    connection: &mut AnyConnection,
    letter: &Leased,
    reply: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = diesel::update(outbox::table.filter(held!(letter)))
        .set((
            outbox::state.eq(MailState::Sent),
            outbox::lease_until.eq(None::<At>),
            outbox::sent_at.eq(At(now)),
            outbox::fault.eq(None::<MailFault>),
            outbox::last_reply.eq(reply),
            outbox::payload.eq(kept(letter)),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Gives a letter back until `next`.
pub fn postpone(
    connection: &mut AnyConnection,
    letter: &Leased,
    fault: MailFault,
    told: &str,
    next: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = diesel::update(outbox::table.filter(held!(letter)))
        .set((
            outbox::state.eq(MailState::Queued),
            outbox::lease_until.eq(None::<At>),
            outbox::next_at.eq(At(next)),
            outbox::fault.eq(fault),
            outbox::last_reply.eq(told),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Gives a letter up.
pub fn mark_dead(
    connection: &mut AnyConnection,
    letter: &Leased,
    fault: MailFault,
    told: &str,
) -> Result<bool, StoreError> {
    let changed = diesel::update(outbox::table.filter(held!(letter)))
        .set((
            outbox::state.eq(MailState::Dead),
            outbox::lease_until.eq(None::<At>),
            outbox::fault.eq(fault),
            outbox::last_reply.eq(told),
            outbox::payload.eq(kept(letter)),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// What stays of the content once the letter has left or was given up.
fn kept(letter: &Leased) -> Value {
    if letter.kind.is_secret() { json!({}) } else { letter.payload.clone() }
}

fn leased(office: OfficeId, id: MailId, row: Row) -> Leased {
    let (kind, recipient, recipient_name, language, payload, attempt, expires_at, created_at) = row;
    Leased {
        office,
        id,
        kind,
        recipient,
        recipient_name,
        language,
        payload,
        attempt,
        expires_at: expires_at.0,
        created_at: created_at.0,
    }
}
