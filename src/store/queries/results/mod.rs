//! The ledger of an office and its sums by event-day. Ledger rows are only ever added; whoever adds some changes the
//! sums in the same transaction, by what `day_count_changes` says.

mod day_counts;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

pub use day_counts::{add_to_day_counts, list_day_counts};

use crate::domain::id::{EntryId, EventId, OfficeId, TeamId, UserId};
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::tally::{Entry, EntryKind, EntrySource, LedgerEntry, LedgerFacts, Posting};
use crate::domain::text::{Name, Note};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, among, each, in_parts};
use crate::store::error::StoreError;
use crate::store::schema::{held_entries, result_counts, result_entries};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = result_entries, treat_none_as_default_value = false)]
struct EntryRow {
    office_id: OfficeId,
    id: EntryId,
    event_id: EventId,
    date: NaiveDate,
    kind: EntryKind,
    team_id: Option<TeamId>,
    source: EntrySource,
    user_id: Option<UserId>,
    device: Name,
    counted_at: At,
    received_at: At,
    voids: Option<EntryId>,
    reason: Option<Note>,
    note: Option<Note>,
    content_hash: String,
}

#[derive(Insertable)]
#[diesel(table_name = result_counts, treat_none_as_default_value = false)]
struct CountRow {
    office_id: OfficeId,
    entry_id: EntryId,
    outcome: Outcome,
    n: i64,
}

/// Which entries of the ledger to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    pub event: Option<EventId>,
    /// First and last date, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// Adds entries whose ids are not stored yet, with their counts.
pub fn insert_entries(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    entries: &[LedgerEntry],
) -> Result<(), StoreError> {
    let rows: Vec<_> = entries.iter().map(|stored| EntryRow::new(scope, stored)).collect();
    in_parts!(&rows, |part| each!(connection, |c| {
        diesel::insert_into(result_entries::table).values(part).execute(c)
    })?);
    let office_id = scope.office_id();
    let counts: Vec<_> = entries
        .iter()
        .flat_map(|stored| stored.entry.counts.iter().map(|(outcome, n)| (stored.entry.id, outcome, n)))
        .map(|(entry_id, outcome, n)| CountRow { office_id, entry_id, outcome, n })
        .collect();
    in_parts!(&counts, |part| each!(connection, |c| {
        diesel::insert_into(result_counts::table).values(part).execute(c)
    })?);
    Ok(())
}

/// The hashes of those of `ids` that are stored already, in the ledger or held.
pub fn list_known_entries(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EntryId],
) -> Result<BTreeMap<EntryId, String>, StoreError> {
    let office = scope.office_id();
    let counted: Vec<(EntryId, String)> = among!(result_entries::id, ids, |wanted| result_entries::table
        .filter(result_entries::office_id.eq(office).and(wanted))
        .select((result_entries::id, result_entries::content_hash))
        .load(connection))?;
    let held: Vec<(EntryId, String)> = among!(held_entries::id, ids, |wanted| held_entries::table
        .filter(held_entries::office_id.eq(office).and(wanted))
        .select((held_entries::id, held_entries::content_hash))
        .load(connection))?;
    Ok(counted.into_iter().chain(held).collect())
}

/// What the ledger holds that decides what `new` entries change.
pub fn find_ledger_facts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    new: &[Entry],
) -> Result<LedgerFacts, StoreError> {
    let targets: Vec<EntryId> = new.iter().filter_map(|entry| entry.voids).collect();
    let tallies = find_postings(connection, scope, &targets)?;
    let ids: Vec<EntryId> = LedgerFacts::ids_to_find(new).into_iter().collect();
    if ids.is_empty() {
        return Ok(LedgerFacts::default());
    }
    let voids: Vec<(Option<EntryId>, EventId)> =
        among!(result_entries::voids, ids.as_slice(), |named| result_entries::table
            .filter(result_entries::office_id.eq(scope.office_id()).and(named))
            .select((result_entries::voids, result_entries::event_id))
            .load(connection))?;
    let voids = voids.into_iter().filter_map(|(target, event)| Some((target?, event))).collect();
    Ok(LedgerFacts { tallies, voids })
}

/// The stored tallies among `ids`.
pub fn find_postings(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EntryId],
) -> Result<BTreeMap<EntryId, Posting>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let tallies = result_entries::table.filter(
        result_entries::office_id
            .eq(scope.office_id())
            .and(result_entries::id.eq_any(ids))
            .and(result_entries::kind.eq(EntryKind::Tally)),
    );
    let rows: Vec<(EntryId, EventId, NaiveDate)> =
        tallies.select((result_entries::id, result_entries::event_id, result_entries::date)).load(connection)?;
    let found: Vec<EntryId> = rows.iter().map(|(id, ..)| *id).collect();
    let mut counts = list_counts(connection, scope, &found)?;
    let posting = |(id, event, date)| (id, Posting { event, date, counts: counts.remove(&id).unwrap_or_default() });
    Ok(rows.into_iter().map(posting).collect())
}

fn list_counts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    entries: &[EntryId],
) -> Result<BTreeMap<EntryId, Counts>, StoreError> {
    let rows: Vec<(EntryId, Outcome, i64)> = result_counts::table
        .filter(result_counts::office_id.eq(scope.office_id()).and(result_counts::entry_id.eq_any(entries)))
        .select((result_counts::entry_id, result_counts::outcome, result_counts::n))
        .load(connection)?;
    let mut counts: BTreeMap<EntryId, Counts> = BTreeMap::new();
    for (entry, outcome, n) in rows {
        counts.entry(entry).or_default().count(outcome, n);
    }
    Ok(counts)
}

/// One page of the ledger, by id: that is by the time at which the phones made them.
pub fn list_entries(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &EntryFilter,
    cut: &Cut<EntryId>,
) -> Result<Page<LedgerEntry>, StoreError> {
    let mut query = result_entries::table
        .filter(result_entries::office_id.eq(scope.office_id()))
        .order(result_entries::id)
        .limit(cut.limit_plus_one())
        .select(EntryRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(event) = filter.event {
        query = query.filter(result_entries::event_id.eq(event));
    }
    if let Some(from) = filter.from {
        query = query.filter(result_entries::date.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(result_entries::date.le(to));
    }
    if let Some(after) = cut.after {
        query = query.filter(result_entries::id.gt(after));
    }
    let rows: Vec<EntryRow> = query.load(connection)?;
    let ids: Vec<EntryId> = rows.iter().map(|row| row.id).collect();
    let mut counts = list_counts(connection, scope, &ids)?;
    let entry = |row: EntryRow| {
        let own = counts.remove(&row.id).unwrap_or_default();
        row.with_counts(own)
    };
    Ok(cut.page(rows.into_iter().map(entry).collect()))
}

/// Those of `entries` that a stored void of the same event takes away.
pub fn list_voided(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    entries: &[LedgerEntry],
) -> Result<BTreeSet<EntryId>, StoreError> {
    let events: BTreeMap<EntryId, EventId> =
        entries.iter().map(|stored| (stored.entry.id, stored.entry.event)).collect();
    let voids: Vec<(Option<EntryId>, EventId)> = result_entries::table
        .filter(result_entries::office_id.eq(scope.office_id()).and(result_entries::voids.eq_any(events.keys())))
        .select((result_entries::voids, result_entries::event_id))
        .load(connection)?;
    let voided = voids.into_iter().filter_map(|(target, event)| Some((target?, event)));
    Ok(voided.filter(|(target, event)| events.get(target) == Some(event)).map(|(target, _)| target).collect())
}

impl EntryRow {
    fn new(scope: OfficeScope, stored: &LedgerEntry) -> Self {
        let entry = &stored.entry;
        Self {
            office_id: scope.office_id(),
            id: entry.id,
            event_id: entry.event,
            date: entry.date,
            kind: entry.kind,
            team_id: stored.team,
            source: stored.source,
            user_id: stored.user,
            device: stored.device.clone(),
            counted_at: At(entry.at),
            received_at: At(stored.received_at),
            voids: entry.voids,
            reason: entry.reason.clone(),
            note: entry.note.clone(),
            content_hash: stored.content_hash.clone(),
        }
    }

    /// What an `event_new` described stands in its event, and is not kept twice.
    fn with_counts(self, counts: Counts) -> LedgerEntry {
        LedgerEntry {
            entry: Entry {
                id: self.id,
                event: self.event_id,
                date: self.date,
                at: self.counted_at.0,
                kind: self.kind,
                counts,
                voids: self.voids,
                reason: self.reason,
                note: self.note,
                event_new: None,
            },
            team: self.team_id,
            source: self.source,
            user: self.user_id,
            device: self.device,
            received_at: self.received_at.0,
            content_hash: self.content_hash,
        }
    }
}
