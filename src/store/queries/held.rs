//! Entries that wait for a coordinator, and what became of them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::id::{EntryId, EventId, OfficeId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::tally::{HeldDecision, HeldEntry, HeldKey, HoldReason, RawEntry};
use crate::domain::text::{Name, Note};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::held_entries;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = held_entries, treat_none_as_default_value = false)]
struct HeldRow {
    office_id: OfficeId,
    id: EntryId,
    event_id: EventId,
    date: NaiveDate,
    reason: HoldReason,
    user_id: Option<UserId>,
    device: Name,
    received_at: At,
    entry: serde_json::Value,
    content_hash: String,
    decision: HeldDecision,
    decided_at: Option<At>,
    decided_by: Option<UserId>,
    decision_reason: Option<Note>,
}

/// A decision about held entries, with who took it, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    pub decision: HeldDecision,
    /// None: the office itself, once what was missing had come.
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
    pub reason: Option<&'a Note>,
}

pub fn insert_held(connection: &mut AnyConnection, scope: OfficeScope, held: &[HeldEntry]) -> Result<(), StoreError> {
    for chunk in held.chunks(super::ROWS_PER_INSERT) {
        let rows = chunk.iter().map(|held| row(scope, held)).collect::<Result<Vec<_>, _>>()?;
        each!(connection, |c| diesel::insert_into(held_entries::table).values(&rows).execute(c))?;
    }
    Ok(())
}

pub fn find_held(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: EntryId,
) -> Result<Option<HeldEntry>, StoreError> {
    let row: Option<HeldRow> = held_entries::table
        .filter(held_entries::office_id.eq(scope.office_id()).and(held_entries::id.eq(id)))
        .select(HeldRow::as_select())
        .first(connection)
        .optional()?;
    row.map(HeldEntry::try_from).transpose()
}

/// One page of the held entries: those that wait first, each group by id.
pub fn list_held(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    decision: Option<HeldDecision>,
    cut: &Cut<HeldKey>,
) -> Result<Page<HeldEntry>, StoreError> {
    let mut query = held_entries::table
        .filter(held_entries::office_id.eq(scope.office_id()))
        // "waiting" is the last of the three codes.
        .order((held_entries::decision.desc(), held_entries::id.asc()))
        .limit(cut.limit_plus_one())
        .select(HeldRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(decision) = decision {
        query = query.filter(held_entries::decision.eq(decision));
    }
    if let Some(after) = cut.after {
        let same = held_entries::decision.eq(after.decision).and(held_entries::id.gt(after.id));
        query = query.filter(held_entries::decision.lt(after.decision).or(same));
    }
    let rows: Vec<HeldRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(HeldEntry::try_from).collect::<Result<_, _>>()?))
}

/// The entries of one event that wait for a decision, by id.
pub fn list_waiting_of(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    event: EventId,
) -> Result<Vec<HeldEntry>, StoreError> {
    let rows: Vec<HeldRow> = held_entries::table
        .filter(held_entries::office_id.eq(scope.office_id()).and(held_entries::event_id.eq(event)))
        .filter(held_entries::decision.eq(HeldDecision::Waiting))
        .order(held_entries::id)
        .select(HeldRow::as_select())
        .load(connection)?;
    rows.into_iter().map(HeldEntry::try_from).collect()
}

/// The waiting entries of events that were unknown when they came.
pub fn list_waiting_for_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[EventId],
) -> Result<Vec<HeldEntry>, StoreError> {
    let rows: Vec<HeldRow> = held_entries::table
        .filter(
            held_entries::office_id
                .eq(scope.office_id())
                .and(held_entries::event_id.eq_any(events))
                .and(held_entries::reason.eq(HoldReason::EventUnknown))
                .and(held_entries::decision.eq(HeldDecision::Waiting)),
        )
        .order(held_entries::id)
        .select(HeldRow::as_select())
        .load(connection)?;
    rows.into_iter().map(HeldEntry::try_from).collect()
}

/// Decides about those of `ids` that still wait, and says how many that were.
pub fn decide_held(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EntryId],
    decided: Decided<'_>,
) -> Result<usize, StoreError> {
    let waiting = held_entries::table.filter(
        held_entries::office_id
            .eq(scope.office_id())
            .and(held_entries::id.eq_any(ids))
            .and(held_entries::decision.eq(HeldDecision::Waiting)),
    );
    Ok(diesel::update(waiting)
        .set((
            held_entries::decision.eq(decided.decision),
            held_entries::decided_at.eq(At(decided.at)),
            held_entries::decided_by.eq(decided.by),
            held_entries::decision_reason.eq(decided.reason),
        ))
        .execute(connection)?)
}

/// Tells another reason why these entries wait.
pub fn change_hold_reason(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EntryId],
    reason: HoldReason,
) -> Result<(), StoreError> {
    let held =
        held_entries::table.filter(held_entries::office_id.eq(scope.office_id()).and(held_entries::id.eq_any(ids)));
    diesel::update(held).set(held_entries::reason.eq(reason)).execute(connection)?;
    Ok(())
}

fn row(scope: OfficeScope, held: &HeldEntry) -> Result<HeldRow, StoreError> {
    Ok(HeldRow {
        office_id: scope.office_id(),
        id: held.entry.id,
        event_id: held.entry.event,
        date: held.entry.date,
        reason: held.reason,
        user_id: held.user,
        device: held.device.clone(),
        received_at: At(held.received_at),
        entry: serde_json::to_value(RawEntry::from(&held.entry)).map_err(StoreError::broken)?,
        content_hash: held.content_hash.clone(),
        decision: held.decision,
        decided_at: held.decided_at.map(At),
        decided_by: None,
        decision_reason: held.decision_reason.clone(),
    })
}

impl TryFrom<HeldRow> for HeldEntry {
    type Error = StoreError;

    fn try_from(row: HeldRow) -> Result<Self, StoreError> {
        let raw: RawEntry = serde_json::from_value(row.entry).map_err(StoreError::broken)?;
        let broken = |errors: Vec<_>| StoreError::broken(format!("held entry {}: {errors:?}", row.id));
        Ok(Self {
            entry: raw.check().map_err(broken)?,
            reason: row.reason,
            user: row.user_id,
            device: row.device,
            received_at: row.received_at.0,
            content_hash: row.content_hash,
            decision: row.decision,
            decided_at: row.decided_at.map(|at| at.0),
            decision_reason: row.decision_reason,
        })
    }
}
