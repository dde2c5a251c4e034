//! The law of the ledger, on a real database: whatever is sent, in whatever order, batches and repetitions, the sums that
//! are kept are those that anyone would compute from the stored entries.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::rt::System;
use jemputbola::domain::event::EventState;
use jemputbola::domain::id::EventId;
use jemputbola::domain::outcome::Counts;
use jemputbola::domain::page::Cut;
use jemputbola::domain::permission::Read;
use jemputbola::domain::tally::{EntryKind, LedgerEntry, RawEntry};
use jemputbola::service::Caller;
use jemputbola::service::desk::Desk;
use jemputbola::service::recording::{Batch, EntryFilter, Fate, Sent};
use jemputbola::store::queries::results;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::support::field::{entry, new_id, tally};
use crate::support::{OFFICE, TestApp};

const DATES: [&str; 2] = ["2026-11-20", "2026-11-21"];

/// What one entry says: its event and date, its number, and the entry that it voids.
type Said = (usize, usize, i64, Option<usize>);

fn said() -> impl Strategy<Value = (Vec<Said>, Vec<usize>, usize)> {
    let one = (0..2usize, 0..2usize, -3..6i64, proptest::option::of(0..16usize));
    proptest::collection::vec(one, 1..14).prop_flat_map(|said| {
        let twice: Vec<usize> = (0..said.len()).chain(0..said.len()).collect();
        (Just(said), Just(twice).prop_shuffle(), 1..6usize)
    })
}

fn entries(said: &[Said], events: &[String]) -> Vec<RawEntry> {
    let ids: Vec<String> = (0..16).map(|_| new_id()).collect();
    let made = said.iter().zip(&ids).map(|((event, date, n, voids), id)| {
        let (event, date) = (&events[*event], DATES[*date]);
        let mut made = match voids {
            Some(_) => entry(event, date, "void"),
            None => tally(event, date, json!({"activated": n, "no_email": n + 1})),
        };
        made["id"] = json!(id);
        if let Some(target) = voids {
            made["voids"] = json!(ids[*target]);
        }
        serde_json::from_value(made).unwrap()
    });
    made.collect()
}

type Sums = BTreeMap<(EventId, chrono::NaiveDate), Counts>;

/// The sums, computed from nothing but the stored entries.
fn recomputed(stored: &[LedgerEntry]) -> Sums {
    let voids: BTreeSet<_> = stored.iter().filter_map(|s| Some((s.entry.voids?, s.entry.event))).collect();
    let mut sums = Sums::new();
    for LedgerEntry { entry, .. } in stored {
        if entry.kind == EntryKind::Tally && !voids.contains(&(entry.id, entry.event)) {
            sums.entry((entry.event, entry.date)).or_default().add(&entry.counts);
        }
    }
    without_zeros(sums)
}

fn without_zeros(sums: Sums) -> Sums {
    let counted = |counts: Counts| counts.iter().filter(|(_, n)| *n != 0).collect::<Counts>();
    let sums = sums.into_iter().map(|(day, counts)| (day, counted(counts)));
    sums.filter(|(_, counts)| !counts.is_empty()).collect()
}

async fn send_all(app: &TestApp, entries: &[RawEntry], order: &[usize], size: usize) {
    let (caller, office) = (Caller::system("test"), OFFICE.parse().unwrap());
    let mut accepted = BTreeSet::new();
    for places in order.chunks(size) {
        let sent = places.iter().map(|place| Sent::read(entries[*place].clone())).collect();
        let batch = Batch { device: "hp-1".parse().unwrap(), owner: None, word: None, entries: sent };
        for receipt in app.services.record_batch(&caller, &office, batch).await.unwrap() {
            match receipt.fate {
                Fate::Accepted { .. } => assert!(accepted.insert(receipt.id), "taken twice"),
                fate => assert_eq!(fate, Fate::Duplicate),
            }
        }
    }
}

async fn stored(app: &TestApp, events: Vec<EventId>) -> (Vec<LedgerEntry>, Sums) {
    let work = move |desk: &mut Desk<'_, Read>| {
        let sums = results::list_day_counts(desk.connection, desk.scope(), &events)?;
        let mut ledger = Vec::new();
        for event in events {
            let filter = EntryFilter { event: Some(event), ..EntryFilter::default() };
            ledger.extend(results::list_entries(desk.connection, desk.scope(), &filter, &Cut::new(500, None))?.items);
        }
        Ok((ledger, sums))
    };
    app.services.read_office(&Caller::system("test"), &OFFICE.parse().unwrap(), work).await.unwrap()
}

#[test]
fn the_kept_sums_are_those_of_the_stored_entries_in_any_order_and_batches() {
    let system = System::new();
    let app = system.block_on(async {
        let app = TestApp::start().await;
        app.add_team("T-1", 80, &[]).await;
        app
    });
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let law = |(said, order, size): (Vec<Said>, Vec<usize>, usize)| {
        system.block_on(async {
            let mut events = Vec::new();
            for _ in 0..2 {
                events.push(app.add_event("T-1", EventState::Ongoing, &DATES, "activated").await);
            }
            let entries = entries(&said, &events);
            send_all(&app, &entries, &order, size).await;
            let ids = events.iter().map(|event| event.parse().unwrap()).collect();
            let (ledger, sums) = stored(&app, ids).await;
            assert_eq!(ledger.len(), said.len());
            assert_eq!(without_zeros(sums), recomputed(&ledger));
        });
        Ok(())
    };
    runner.run(&said(), law).unwrap();
}
