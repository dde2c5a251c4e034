//! Writes what the rows of a results file came to: events, entries and their sums, efforts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::stored::Stored;
use super::weigh::{Tally, Weighed};
use crate::domain::audit::Change;
use crate::domain::event::{DayEffort, Precision};
use crate::domain::id::{EntryId, EventId};
use crate::domain::outcome::Counts;
use crate::domain::permission::Plan;
use crate::domain::tally::{Entry, EntryKind, EntrySource, LedgerEntry, LedgerFacts, day_count_changes};
use crate::domain::text::Note;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::hash::sha256_hex;
use crate::service::importing::options::KEYS_PER_QUERY;
use crate::service::importing::progress::Progress;
use crate::store::queries::{events, results as ledger};

/// What stands in the ledger as the device of a file.
const DEVICE: &str = "file";

/// Entries that are stored between two looks at the progress.
const ENTRIES_PER_STEP: usize = 500;

/// An import at work.
pub struct Writing<'a> {
    pub stored: &'a Stored,
    pub weighed: &'a Weighed,
    pub reason: Option<&'a Note>,
    pub progress: &'a Progress,
}

impl Writing<'_> {
    pub fn write(&self, desk: &mut Desk<'_, Plan>) -> Result<(), ServiceError> {
        self.write_events(desk)?;
        let entries = self.write_entries(desk)?;
        write_sums(desk, &entries)?;
        let reported: Vec<EventId> = self.weighed.reported.iter().copied().collect();
        for ids in reported.chunks(KEYS_PER_QUERY) {
            events::report_events(desk.connection, desk.scope(), ids, desk.now)?;
        }
        let corrected = self.weighed.tallies.iter().filter(|tally| !tally.replaces.is_empty());
        let trail = corrected.map(|tally| {
            let change = Change::new("result.corrected", "event", tally.entry.event).with("date", tally.entry.date);
            self.reason.map_or_else(|| change.clone(), |reason| change.clone().with("reason", reason))
        });
        desk.record_all(trail.collect())
    }

    /// New events with their efforts; efforts and teams of stored ones.
    fn write_events(&self, desk: &mut Desk<'_, Plan>) -> Result<(), ServiceError> {
        let (scope, by) = (desk.scope(), desk.permit.actor().user_id());
        let weighed = self.weighed;
        let new: BTreeSet<EventId> = weighed.new_events.iter().map(|event| event.id).collect();
        let efforts = weighed.tallies.iter().map(|tally| tally.effort);
        let (of_new, of_stored): (Vec<DayEffort>, Vec<DayEffort>) =
            efforts.partition(|effort| new.contains(&effort.event));
        let said =
            |precision| weighed.precision.iter().filter(move |(_, said)| **said == precision).map(|(key, _)| *key);
        let approximate: BTreeSet<(EventId, NaiveDate)> = said(Precision::Approximate).collect();
        events::insert_reported_events(desk.connection, scope, &weighed.new_events, &of_new, &approximate, by)?;
        events::add_teams(desk.connection, scope, &weighed.joined, desk.now)?;
        events::insert_efforts(desk.connection, scope, &of_stored)?;
        for ((event, date), precision) in weighed.precision.iter().filter(|((event, _), _)| !new.contains(event)) {
            events::set_precision(desk.connection, scope, *event, &[*date], *precision)?;
        }
        Ok(())
    }

    /// Voids first, then the new tallies.
    fn write_entries(&self, desk: &mut Desk<'_, Plan>) -> Result<Vec<Entry>, ServiceError> {
        let mut entries = Vec::with_capacity(self.weighed.tallies.len());
        for tally in &self.weighed.tallies {
            for team_day in &tally.replaces {
                let voided = self.stored.tallies(team_day).iter();
                entries.extend(voided.map(|target| (void(tally, team_day.0, *target, desk), tally)));
            }
            entries.push((tally.entry.clone(), tally));
        }
        let device = DEVICE.parse().map_err(ServiceError::internal)?;
        let stored = |(entry, tally): &(Entry, &Tally)| LedgerEntry {
            team: Some(tally.team),
            source: EntrySource::File,
            user: desk.permit.actor().user_id(),
            device: crate::domain::text::Name::clone(&device),
            received_at: desk.now,
            content_hash: sha256_hex(&entry.content_digest_input()),
            entry: entry.clone(),
        };
        let rows: Vec<LedgerEntry> = entries.iter().map(stored).collect();
        for part in rows.chunks(ENTRIES_PER_STEP) {
            ledger::insert_entries(desk.connection, desk.scope(), part)?;
            self.progress.step(part.iter().filter(|row| row.entry.voids.is_none()).count());
        }
        Ok(entries.into_iter().map(|(entry, _)| entry).collect())
    }
}

/// The ids of the new tallies were never seen before, so only what the voids name has to be looked up.
fn write_sums(desk: &mut Desk<'_, Plan>, entries: &[Entry]) -> Result<(), ServiceError> {
    let targets: Vec<EntryId> = entries.iter().filter_map(|entry| entry.voids).collect();
    let mut facts = LedgerFacts::default();
    for ids in targets.chunks(KEYS_PER_QUERY) {
        facts.tallies.extend(ledger::find_postings(desk.connection, desk.scope(), ids)?);
    }
    let changes: BTreeMap<(EventId, NaiveDate), Counts> = day_count_changes(entries, &facts);
    Ok(ledger::add_to_day_counts(desk.connection, desk.scope(), &changes)?)
}

fn void(tally: &Tally, event: EventId, target: EntryId, desk: &Desk<'_, Plan>) -> Entry {
    Entry {
        id: EntryId::new(desk.now),
        event,
        kind: EntryKind::Void,
        counts: Counts::new(),
        voids: Some(target),
        ..tally.entry.clone()
    }
}
