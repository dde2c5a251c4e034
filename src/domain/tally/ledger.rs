//! The arithmetic of the ledger: what newly stored entries change in the counts of an event's day. Entries come in any
//! order, in any batches and more than once; the sum is always that of all tallies that no void of their event names.
//! The caller stores entries and changes in one transaction, and lets no two of them run at once for one event.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::entry::{Entry, EntryKind};
use crate::domain::id::{EntryId, EventId};
use crate::domain::outcome::Counts;

/// Where a stored tally counts, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    pub event: EventId,
    pub date: NaiveDate,
    pub counts: Counts,
}

/// What the ledger held before the new entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerFacts {
    /// The stored tallies among the targets of the new voids.
    pub tallies: BTreeMap<EntryId, Posting>,
    /// The stored voids of the new tallies and of the targets of the new voids: target, and event of the void.
    pub voids: BTreeSet<(EntryId, EventId)>,
}

impl LedgerFacts {
    /// The ids that the caller must look up, as tallies and as targets of stored voids, before it asks for the changes.
    pub fn ids_to_find(new: &[Entry]) -> BTreeSet<EntryId> {
        let tallies = new.iter().filter(|entry| entry.kind == EntryKind::Tally).map(|entry| entry.id);
        tallies.chain(new.iter().filter_map(|entry| entry.voids)).collect()
    }
}

/// What `new` changes, by event and date; zero changes are kept, since a zero was counted too.
///
/// `new` are entries that were accepted and not stored before. A tally adds its counts unless it is voided already; a
/// void takes its target's counts away if the target is stored and not voided already. A void works only within its
/// own event, so that nobody can reach into an event that they may not count for; it may arrive before its target.
pub fn day_count_changes(new: &[Entry], stored: &LedgerFacts) -> BTreeMap<(EventId, NaiveDate), Counts> {
    let mut changes: BTreeMap<(EventId, NaiveDate), Counts> = BTreeMap::new();
    let voids: BTreeSet<_> = new.iter().filter_map(|entry| Some((entry.voids?, entry.event))).collect();
    let tallies: BTreeMap<_, _> =
        new.iter().filter(|entry| entry.kind == EntryKind::Tally).map(|entry| (entry.id, entry)).collect();
    for tally in tallies.values() {
        let named = (tally.id, tally.event);
        if !voids.contains(&named) && !stored.voids.contains(&named) {
            changes.entry((tally.event, tally.date)).or_default().add(&tally.counts);
        }
    }
    for (target, event) in voids.difference(&stored.voids) {
        if let Some(posting) = stored.tallies.get(target).filter(|posting| posting.event == *event) {
            changes.entry((posting.event, posting.date)).or_default().add(&posting.counts.negate());
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::outcome::Outcome;

    type Sums = BTreeMap<(EventId, NaiveDate, Outcome), i64>;

    fn entry(id: u128, event: u128, day: u32) -> Entry {
        Entry {
            id: EntryId(Uuid::from_u128(id)),
            event: EventId(Uuid::from_u128(event)),
            date: NaiveDate::from_ymd_opt(2026, 11, 1 + day).unwrap(),
            at: DateTime::UNIX_EPOCH,
            kind: EntryKind::Tally,
            counts: Counts::new(),
            voids: None,
            reason: None,
            note: None,
            event_new: None,
        }
    }

    fn tally(id: u128, event: u128, day: u32, n: i64) -> Entry {
        let outcome = if n % 2 == 0 { Outcome::Activated } else { Outcome::NoEmail };
        Entry { counts: [(outcome, n)].into_iter().collect(), ..entry(id, event, day) }
    }

    fn void(id: u128, event: u128, day: u32, target: u128) -> Entry {
        Entry { kind: EntryKind::Void, voids: Some(EntryId(Uuid::from_u128(target))), ..entry(id, event, day) }
    }

    /// A ledger in memory: stores what is new of each batch and keeps the sums by the changes alone.
    #[derive(Default)]
    struct Ledger {
        stored: BTreeMap<EntryId, Entry>,
        sums: Sums,
    }

    impl Ledger {
        fn take(&mut self, batch: &[Entry]) {
            let new: Vec<Entry> = batch.iter().filter(|entry| !self.stored.contains_key(&entry.id)).cloned().collect();
            let ids = LedgerFacts::ids_to_find(&new);
            let of_kind = |kind| self.stored.values().filter(move |entry| entry.kind == kind);
            let posting = |e: &Entry| Posting { event: e.event, date: e.date, counts: e.counts.clone() };
            let tallies = of_kind(EntryKind::Tally).filter(|tally| ids.contains(&tally.id));
            let voids = of_kind(EntryKind::Void).filter_map(|void| Some((void.voids?, void.event)));
            let facts = LedgerFacts {
                tallies: tallies.map(|tally| (tally.id, posting(tally))).collect(),
                voids: voids.filter(|(target, _)| ids.contains(target)).collect(),
            };
            for ((event, date), counts) in day_count_changes(&new, &facts) {
                for (outcome, n) in counts.iter() {
                    *self.sums.entry((event, date, outcome)).or_default() += n;
                }
            }
            self.stored.extend(new.into_iter().map(|entry| (entry.id, entry)));
        }

        /// The sums as anyone would compute them who sees the whole ledger at once.
        fn recomputed(&self) -> Sums {
            let mut sums = Sums::new();
            for tally in self.stored.values().filter(|entry| entry.kind == EntryKind::Tally) {
                let names = |void: &Entry| void.voids == Some(tally.id) && void.event == tally.event;
                if !self.stored.values().any(names) {
                    for (outcome, n) in tally.counts.iter() {
                        *sums.entry((tally.event, tally.date, outcome)).or_default() += n;
                    }
                }
            }
            sums
        }
    }

    fn without_zeros(sums: &Sums) -> Sums {
        sums.iter().filter(|(_, n)| **n != 0).map(|(key, n)| (*key, *n)).collect()
    }

    /// Ids are few, so that voids hit tallies, voids, themselves and nothing; one id always has one content.
    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let one = (0..3u128, 0..2u32, -3..6i64, proptest::option::of(0..14u128));
        proptest::collection::vec(one, 1..14).prop_map(|made| {
            let numbered = made.into_iter().zip(0..);
            let entries = numbered.map(|((event, day, n, target), id)| match target {
                Some(target) => void(id, event / 2, day, target),
                None => tally(id, event / 2, day, n),
            });
            entries.collect()
        })
    }

    fn sent() -> impl Strategy<Value = (Vec<Entry>, Vec<usize>)> {
        let repeated = entries().prop_flat_map(|entries| {
            let again = proptest::sample::subsequence(entries.clone(), 0..=entries.len());
            (Just(entries), again).prop_map(|(entries, again)| [entries, again].concat())
        });
        let shuffled = repeated.prop_flat_map(|entries| Just(entries).prop_shuffle());
        (shuffled, proptest::collection::vec(1..6usize, 30))
    }

    proptest! {
        #[test]
        fn after_every_batch_the_kept_sums_are_those_of_the_whole_ledger((entries, sizes) in sent()) {
            let mut ledger = Ledger::default();
            let mut rest = entries.as_slice();
            for size in sizes {
                let (batch, later) = rest.split_at(size.min(rest.len()));
                ledger.take(batch);
                prop_assert_eq!(without_zeros(&ledger.sums), without_zeros(&ledger.recomputed()));
                rest = later;
            }
            prop_assert!(rest.is_empty());
        }
    }

    #[test]
    fn a_void_may_arrive_before_its_target_and_two_voids_count_once() {
        let mut ledger = Ledger::default();
        for batch in [vec![void(2, 0, 0, 1)], vec![tally(1, 0, 0, 4)], vec![void(3, 0, 0, 1)]] {
            ledger.take(&batch);
            assert_eq!(without_zeros(&ledger.sums), Sums::new());
        }
    }

    #[test]
    fn a_void_of_another_event_takes_nothing_away() {
        let mut ledger = Ledger::default();
        ledger.take(&[tally(1, 0, 0, 4), void(2, 1, 0, 1)]);
        ledger.take(&[void(3, 1, 0, 1)]);
        assert_eq!(ledger.sums.values().sum::<i64>(), 4);
        ledger.take(&[void(4, 0, 1, 1)]);
        assert_eq!(ledger.sums.values().sum::<i64>(), 0);
    }

    #[test]
    fn a_zero_that_was_counted_is_a_change() {
        let changes = day_count_changes(&[tally(1, 0, 0, 0)], &LedgerFacts::default());
        assert_eq!(changes.into_values().map(|counts| counts.is_empty()).collect::<Vec<_>>(), [false]);
    }
}
