//! What a demo's events yielded: one ledger entry for each team and day, and the sums that they make.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::bookings::Bookings;
use super::registry::{Registry, broken};
use super::times::moment;
use crate::domain::event::Event;
use crate::domain::id::{EntryId, EventId};
use crate::domain::office::Office;
use crate::domain::outcome::Counts;
use crate::domain::scenario::{ScenarioIds, SyntheticEvent, SyntheticHistory, SyntheticResult};
use crate::domain::tally::{Entry, EntryKind, EntrySource, LedgerEntry, LedgerFacts, day_count_changes};
use crate::service::error::ServiceError;
use crate::service::hash::sha256_hex;

/// The ledger of an office and its sums.
#[derive(Debug)]
pub struct Results {
    pub entries: Vec<LedgerEntry>,
    pub day_counts: BTreeMap<(EventId, NaiveDate), Counts>,
}

/// Enters the results of the synthetic events, which stand in `bookings` in the order of the history.
pub fn count(
    office: &Office,
    history: &SyntheticHistory,
    registry: &Registry,
    bookings: &Bookings,
    ids: &mut ScenarioIds,
) -> Result<Results, ServiceError> {
    let mut entries = Vec::new();
    for (synthetic, event) in history.events.iter().zip(&bookings.events) {
        for result in &synthetic.results {
            entries.push(enter(office, synthetic, event, result, registry, ids)?);
        }
    }
    let counted: Vec<Entry> = entries.iter().map(|stored| stored.entry.clone()).collect();
    let day_counts = day_count_changes(&counted, &LedgerFacts::default());
    Ok(Results { entries, day_counts })
}

fn enter(
    office: &Office,
    synthetic: &SyntheticEvent,
    event: &Event,
    result: &SyntheticResult,
    registry: &Registry,
    ids: &mut ScenarioIds,
) -> Result<LedgerEntry, ServiceError> {
    let day = synthetic.days.iter().find(|day| day.date == result.date);
    let day = day.ok_or_else(|| ServiceError::internal("a result of no day of its event"))?;
    let at = moment(office.time_zone, day.date, day.ends);
    let entry = Entry {
        id: EntryId(ids.next_at(at)),
        event: event.id,
        date: result.date,
        at,
        kind: EntryKind::Tally,
        counts: counts(event, result)?,
        voids: None,
        reason: None,
        note: None,
        event_new: None,
    };
    Ok(LedgerEntry {
        team: Some(registry.team(&result.team)?),
        source: EntrySource::File,
        user: None,
        device: "peraga".parse().map_err(broken)?,
        received_at: at,
        content_hash: sha256_hex(&entry.content_digest_input()),
        entry,
    })
}

/// Every service that was offered was counted, be it to zero; of an approximate result only what is known.
fn counts(event: &Event, result: &SyntheticResult) -> Result<Counts, ServiceError> {
    let mut counts = Counts::new();
    if result.precision == "exact" {
        event.services.iter().for_each(|service| counts.count(*service, 0));
    }
    for (outcome, n) in &result.counts {
        counts.count(outcome.parse().map_err(broken)?, (*n).into());
    }
    Ok(counts)
}
