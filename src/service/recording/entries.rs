//! The ledger and its sums as readers see them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::event::warnings::{Warning, history_warnings, result_warnings};
use crate::domain::id::{EntryId, EventId, TeamId, UserId};
use crate::domain::outcome::Counts;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Read};
use crate::domain::region::RegionCode;
use crate::domain::tally::LedgerEntry;
use crate::domain::text::{Code, Login};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::events::find_tally_facts;
use crate::store::queries::{results, teams, users};
use crate::store::reports::venue_history::find_venue_history;

pub use crate::store::queries::results::EntryFilter;

/// A row of the ledger with the names of those who counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownEntry {
    pub stored: LedgerEntry,
    pub sender: Option<Login>,
    pub team: Option<Code>,
    /// True if a void of its event takes it away.
    pub is_voided: bool,
}

/// What was counted at an event, day by day. Counts below zero are shown as 0, with a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCounts {
    pub days: BTreeMap<NaiveDate, Counts>,
    pub total: Counts,
    pub warnings: Vec<Warning>,
}

impl Services {
    /// One page of the ledger, by id.
    pub async fn list_entries(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: EntryFilter,
        cut: Cut<EntryId>,
    ) -> Result<Page<ShownEntry>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let Page { items, more } = results::list_entries(desk.connection, desk.scope(), &filter, &cut)?;
            Ok(Page { items: with_names(desk, items)?, more })
        })
        .await
    }

    /// The sums of an event.
    pub async fn count_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        event: EventId,
    ) -> Result<EventCounts, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| count(desk, event)).await
    }
}

/// The sums of an event, for a use case that has a desk.
pub fn count<A: Action>(desk: &mut Desk<'_, A>, event: EventId) -> Result<EventCounts, ServiceError> {
    let facts = find_tally_facts(desk.connection, desk.scope(), &[event], None)?.remove(&event);
    let facts = facts.ok_or(ServiceError::NotFound)?;
    let counts = results::list_day_counts(desk.connection, desk.scope(), &[event])?;
    let raw: BTreeMap<NaiveDate, Counts> = counts.into_iter().map(|((_, date), counts)| (date, counts)).collect();
    let mut warnings = result_warnings(&raw, facts.capacity_per_day);
    let history = find_venue_history(desk.connection, desk.scope(), event)?;
    warnings.extend(history.into_iter().flat_map(|history| history_warnings(&raw, history)));
    let days: BTreeMap<NaiveDate, Counts> = raw.into_iter().map(|(date, counts)| (date, counts.shown())).collect();
    let mut total = Counts::new();
    for counts in days.values() {
        total.add(counts);
    }
    Ok(EventCounts { days, total, warnings })
}

/// Adds to rows of the ledger who counted them, and whether they still count.
pub fn with_names<A: Action>(desk: &mut Desk<'_, A>, items: Vec<LedgerEntry>) -> Result<Vec<ShownEntry>, ServiceError> {
    let voided = results::list_voided(desk.connection, desk.scope(), &items)?;
    let senders: BTreeSet<UserId> = items.iter().filter_map(|stored| stored.user).collect();
    let senders: Vec<UserId> = senders.into_iter().collect();
    let logins: BTreeMap<UserId, Login> = users::list_logins(desk.connection, &senders)?.into_iter().collect();
    let counting: BTreeSet<TeamId> = items.iter().filter_map(|stored| stored.team).collect();
    let counting: Vec<TeamId> = counting.into_iter().collect();
    let teams = teams::list_teams_by_id(desk.connection, desk.scope(), &counting)?;
    let codes: BTreeMap<TeamId, Code> = teams.into_iter().map(|team| (team.id, team.code)).collect();
    let shown = |stored: LedgerEntry| ShownEntry {
        sender: stored.user.and_then(|user| logins.get(&user).cloned()),
        team: stored.team.and_then(|team| codes.get(&team).cloned()),
        is_voided: voided.contains(&stored.entry.id),
        stored,
    };
    Ok(items.into_iter().map(shown).collect())
}
