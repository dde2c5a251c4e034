//! The letters of an office as people look at them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::domain::id::{MailId, OfficeId, UserId};
use crate::domain::language::Language;
use crate::domain::mail::{MailFault, MailKind, MailState};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::staff::Scope;
use crate::domain::text::Email;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::{outbox, users};

/// A letter with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub id: MailId,
    pub kind: MailKind,
    pub user: Option<UserId>,
    pub recipient: Email,
    pub recipient_name: Option<String>,
    pub language: Language,
    pub payload: Value,
    pub state: MailState,
    pub attempts: i64,
    /// When it is tried (again), while it waits.
    pub next_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub fault: Option<MailFault>,
    /// What the server said last.
    pub last_reply: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct Row {
    id: MailId,
    kind: MailKind,
    user_id: Option<UserId>,
    recipient: Email,
    recipient_name: Option<String>,
    locale: Language,
    payload: Value,
    state: MailState,
    attempts: i64,
    next_at: At,
    expires_at: At,
    fault: Option<MailFault>,
    last_reply: Option<String>,
    created_at: At,
    sent_at: Option<At>,
}

/// Gives the letters that `$dead` picks a second life; answers how many that were. They keep their ids, and so their
/// Message-IDs.
macro_rules! requeue {
    ($connection:expr, $dead:expr, $now:expr, $expires_at:expr) => {
        diesel::update(outbox::table.filter($dead))
            .set((
                outbox::state.eq(MailState::Queued),
                outbox::attempts.eq(0),
                outbox::next_at.eq(At($now)),
                outbox::expires_at.eq(At($expires_at)),
            ))
            .execute($connection)?
    };
}

/// Which letters to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterFilter {
    pub state: Option<MailState>,
    pub kind: Option<MailKind>,
}

/// One page of an office's letters, newest first.
pub fn list_letters(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &LetterFilter,
    cut: &Cut<MailId>,
) -> Result<Page<Letter>, StoreError> {
    let mut query = outbox::table
        .filter(outbox::office_id.eq(scope.office_id()))
        .order(outbox::id.desc())
        .limit(cut.limit_plus_one())
        .select(Row::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(state) = filter.state {
        query = query.filter(outbox::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(outbox::kind.eq(kind));
    }
    if let Some(after) = cut.after {
        query = query.filter(outbox::id.lt(after));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(Letter::from).collect()))
}

/// One page of the letters of the installation to users within `reach`, newest first: of those whose scope is wider than
/// one office.
pub fn list_wide_letters(
    connection: &mut AnyConnection,
    reach: &Scope,
    filter: &LetterFilter,
    cut: &Cut<MailId>,
) -> Result<Page<Letter>, StoreError> {
    let mut query = outbox::table
        .inner_join(users::table.on(outbox::user_id.eq(users::id.nullable())))
        .filter(outbox::office_id.eq(OfficeId::NATION))
        .order(outbox::id.desc())
        .limit(cut.limit_plus_one())
        .select(Row::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(region) = reach.as_region() {
        query = query.filter(users::scope.eq(reach).or(users::scope.like(format!("{region}.%"))));
    }
    if let Some(state) = filter.state {
        query = query.filter(outbox::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(outbox::kind.eq(kind));
    }
    if let Some(after) = cut.after {
        query = query.filter(outbox::id.lt(after));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(Letter::from).collect()))
}

/// One of the letters of [`list_wide_letters`].
pub fn find_wide_letter(
    connection: &mut AnyConnection,
    reach: &Scope,
    id: MailId,
) -> Result<Option<Letter>, StoreError> {
    let row: Option<(Row, Scope)> = outbox::table
        .inner_join(users::table.on(outbox::user_id.eq(users::id.nullable())))
        .filter(outbox::office_id.eq(OfficeId::NATION).and(outbox::id.eq(id)))
        .select((Row::as_select(), users::scope))
        .first(connection)
        .optional()?;
    Ok(row.filter(|(_, scope)| reach.covers(scope)).map(|(row, _)| Letter::from(row)))
}

pub fn find_letter(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: MailId,
) -> Result<Option<Letter>, StoreError> {
    let row: Option<Row> = outbox::table
        .filter(outbox::office_id.eq(scope.office_id()).and(outbox::id.eq(id)))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    Ok(row.map(Letter::from))
}

/// Queues a dead letter again, until `expires_at`; false if it is not dead.
pub fn requeue_dead(
    connection: &mut AnyConnection,
    office: OfficeId,
    id: MailId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let dead = outbox::office_id.eq(office).and(outbox::id.eq(id)).and(outbox::state.eq(MailState::Dead));
    Ok(requeue!(connection, dead, now, expires_at) == 1)
}

/// Queues every dead letter of a kind again that an office wrote, until `expires_at`; answers how many that were.
pub fn requeue_all_dead(
    connection: &mut AnyConnection,
    office: OfficeId,
    kind: MailKind,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let dead = outbox::office_id.eq(office).and(outbox::kind.eq(kind)).and(outbox::state.eq(MailState::Dead));
    Ok(requeue!(connection, dead, now, expires_at))
}

/// As [`requeue_all_dead`], of the letters of [`list_wide_letters`].
pub fn requeue_wide_dead(
    connection: &mut AnyConnection,
    reach: &Scope,
    kind: MailKind,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let rows: Vec<(MailId, Scope)> = outbox::table
        .inner_join(users::table.on(outbox::user_id.eq(users::id.nullable())))
        .filter(outbox::office_id.eq(OfficeId::NATION))
        .filter(outbox::kind.eq(kind).and(outbox::state.eq(MailState::Dead)))
        .select((outbox::id, users::scope))
        .load(connection)?;
    let ids: Vec<MailId> = rows.into_iter().filter(|(_, scope)| reach.covers(scope)).map(|(id, _)| id).collect();
    let mut queued = 0;
    for ids in ids.chunks(ROWS_PER_INSERT) {
        let dead = outbox::office_id.eq(OfficeId::NATION).and(outbox::id.eq_any(ids));
        queued += requeue!(connection, dead.and(outbox::state.eq(MailState::Dead)), now, expires_at);
    }
    Ok(queued)
}

impl From<Row> for Letter {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            user: row.user_id,
            recipient: row.recipient,
            recipient_name: row.recipient_name,
            language: row.locale,
            payload: row.payload,
            state: row.state,
            attempts: row.attempts,
            next_at: row.next_at.0,
            expires_at: row.expires_at.0,
            fault: row.fault,
            last_reply: row.last_reply,
            created_at: row.created_at.0,
            sent_at: row.sent_at.map(|at| at.0),
        }
    }
}
