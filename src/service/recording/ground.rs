//! What entries are judged on: their events, the locked periods and what the ledger holds, loaded at once for a batch.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::id::{EntryId, EventId, UserId};
use crate::domain::lock::PeriodLock;
use crate::domain::permission::Action;
use crate::domain::tally::{Entry, EventFacts, LedgerFacts, Surroundings, Verdict, judge};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::events::{TallyFacts, find_foreign_events, find_tally_facts};
use crate::store::queries::{locks, offices, results};

/// What is known around some entries.
#[derive(Debug)]
pub struct Ground {
    pub events: BTreeMap<EventId, TallyFacts>,
    /// Events of other offices.
    pub foreign: BTreeSet<EventId>,
    pub locks: Vec<PeriodLock>,
    pub ledger: LedgerFacts,
    /// The dates of the entries that came together.
    dates: BTreeMap<EntryId, NaiveDate>,
    today: NaiveDate,
}

impl Ground {
    /// Loads what `entries`, sent by `user`, need. Their events must be locked already.
    pub fn load<A: Action>(
        desk: &mut Desk<'_, A>,
        entries: &[Entry],
        user: Option<UserId>,
    ) -> Result<Self, ServiceError> {
        let (scope, today) = (desk.scope(), desk.today());
        let wanted: BTreeSet<EventId> = entries.iter().map(|entry| entry.event).collect();
        let wanted: Vec<EventId> = wanted.into_iter().collect();
        let mut events = find_tally_facts(desk.connection, scope, &wanted, user)?;
        let mut foreign = BTreeSet::new();
        let unknown: Vec<EventId> = wanted.into_iter().filter(|event| !events.contains_key(event)).collect();
        if !unknown.is_empty() {
            // Whoever makes an event and whoever has an entry for it wait for each other: one of them sees the other.
            offices::lock_office(desk.connection, scope)?;
            events.append(&mut find_tally_facts(desk.connection, scope, &unknown, user)?);
            foreign.extend(find_foreign_events(desk.connection, scope, &unknown)?);
            foreign.retain(|event| !events.contains_key(event));
        }
        let locks = locks::list_locks_in_force(desk.connection, scope)?;
        let ledger = results::find_ledger_facts(desk.connection, scope, entries)?;
        let dates = entries.iter().map(|entry| (entry.id, entry.date)).collect();
        Ok(Self { events, foreign, locks, ledger, dates, today })
    }

    /// Judges an entry by its event as `facts` tell it; `any_event` for those whose rights do not end at a team.
    pub fn judge(&self, entry: &Entry, facts: Option<&TallyFacts>, any_event: bool) -> Verdict {
        let event = facts.map(|facts| EventFacts {
            state: facts.state,
            days: &facts.days,
            on_team: any_event || facts.is_on_team(),
            capacity_per_day: facts.capacity_per_day,
        });
        let target_date = entry.voids.and_then(|target| self.date_of(target));
        judge(entry, event.as_ref(), &Surroundings { today: self.today, locks: &self.locks, target_date })
    }

    /// The date of a tally that a void names.
    fn date_of(&self, target: EntryId) -> Option<NaiveDate> {
        let stored = self.ledger.tallies.get(&target).map(|posting| posting.date);
        stored.or_else(|| self.dates.get(&target).copied())
    }

    /// True if the entry voids nothing, or a tally of its own event that is stored or came together with it.
    pub fn knows_target(&self, entry: &Entry) -> bool {
        entry.voids.is_none_or(|target| {
            let stored = self.ledger.tallies.get(&target).is_some_and(|posting| posting.event == entry.event);
            stored || self.dates.contains_key(&target)
        })
    }

    /// Learns what the ledger holds around more entries.
    pub fn widen<A: Action>(&mut self, desk: &mut Desk<'_, A>, entries: &[Entry]) -> Result<(), ServiceError> {
        let LedgerFacts { tallies, voids } = results::find_ledger_facts(desk.connection, desk.scope(), entries)?;
        self.ledger.tallies.extend(tallies);
        self.ledger.voids.extend(voids);
        self.dates.extend(entries.iter().map(|entry| (entry.id, entry.date)));
        Ok(())
    }
}
