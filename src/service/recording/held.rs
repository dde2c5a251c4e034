//! Held entries: what a coordinator finds waiting, and decides once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::counted_day::add_counted_day;
use super::ground::Ground;
use super::post::post;
use super::unplanned::{Crew, release, save};
use crate::domain::audit::Change;
use crate::domain::id::{EntryId, EventId, UserId};
use crate::domain::lock::is_locked;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::tally::{Entry, EntryKind, HeldDecision, HeldEntry, HeldKey, LedgerEntry};
use crate::domain::text::{Login, Name, Note};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::events::{list_titles, lock_events};
use crate::store::queries::held::{self as store, Decided};
use crate::store::queries::users;

/// How a coordinator takes a held entry into the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptHeld {
    /// Another event than the one it was sent for; needed if that one is unknown.
    pub event: Option<EventId>,
    /// Another date.
    pub date: Option<NaiveDate>,
    pub reason: Option<Note>,
}

/// A held entry, who sent it, and the event that it was sent for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownHeld {
    pub held: HeldEntry,
    pub sender: Option<Login>,
    /// None if the office does not know the event.
    pub event_title: Option<Name>,
}

impl Services {
    /// One page of the held entries, those that wait first.
    pub async fn list_held(
        &self,
        caller: &Caller,
        office: &RegionCode,
        decision: Option<HeldDecision>,
        cut: Cut<HeldKey>,
    ) -> Result<Page<ShownHeld>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let Page { items, more } = store::list_held(desk.connection, desk.scope(), decision, &cut)?;
            Ok(Page { items: with_senders(desk, items)?, more })
        })
        .await
    }

    pub async fn find_held(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EntryId,
    ) -> Result<ShownHeld, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let held = load_held(desk, id)?;
            with_senders(desk, vec![held])?.pop().ok_or(ServiceError::NotFound)
        })
        .await
    }

    /// Puts a held entry into the ledger, whatever rule it broke; only a period that is still locked stands in the way.
    pub async fn accept_held(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EntryId,
        command: AcceptHeld,
    ) -> Result<ShownHeld, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| accept(desk, id, &command)).await
    }

    /// Leaves a held entry out of the ledger for good.
    pub async fn dismiss_held(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EntryId,
        reason: Note,
    ) -> Result<ShownHeld, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let held = load_held(desk, id)?;
            decide(desk, &held, HeldDecision::Dismissed, Some(&reason))?;
            desk.record(Change::new("held.dismissed", "held", id).with("reason", &reason))?;
            show(desk, id)
        })
        .await
    }
}

fn accept(desk: &mut Desk<'_, Plan>, id: EntryId, command: &AcceptHeld) -> Result<ShownHeld, ServiceError> {
    let held = load_held(desk, id)?;
    let entry = Entry {
        event: command.event.unwrap_or(held.entry.event),
        date: command.date.unwrap_or(held.entry.date),
        ..held.entry.clone()
    };
    lock_events(desk.connection, desk.scope(), &[entry.event])?;
    decide(desk, &held, HeldDecision::Accepted, command.reason.as_ref())?;
    let mut ground = Ground::load(desk, std::slice::from_ref(&entry), held.user)?;
    check_unlocked(&ground, &entry)?;
    let mut taken = make_event(desk, &mut ground, &entry, held.user)?;
    let Some(facts) = ground.events.get(&entry.event) else {
        let rule = if command.event.is_some() { Rule::NotFound } else { Rule::Required };
        return Err(ServiceError::invalid("event", rule));
    };
    taken.push(held.accepted_as(entry.clone(), facts.team()));
    if entry.kind == EntryKind::Tally && !facts.days.contains_date(entry.date) {
        add_counted_day(desk, &entry)?;
    }
    post(desk, &ground, &taken)?;
    let change = Change::new("held.accepted", "held", id).with("held_for", held.reason);
    desk.record(change.with("event", entry.event).with("date", entry.date))?;
    show(desk, id)
}

/// A held description of an event makes the event now, unless it is there already.
fn make_event(
    desk: &mut Desk<'_, Plan>,
    ground: &mut Ground,
    entry: &Entry,
    sender: Option<UserId>,
) -> Result<Vec<LedgerEntry>, ServiceError> {
    let Some(new) = entry.event_new.as_ref().filter(|_| !ground.events.contains_key(&entry.event)) else {
        return Ok(Vec::new());
    };
    if ground.foreign.contains(&entry.event) {
        return Err(ServiceError::invalid("event", Rule::Taken));
    }
    let crew = Crew::load(desk, sender, std::slice::from_ref(entry))?;
    let (event, efforts) = crew.make(desk, entry, new)?;
    ground.events.insert(event.id, crew.facts(&event));
    save(desk, std::slice::from_ref(&event), &efforts, sender)?;
    release(desk, ground, &[event.id])
}

fn check_unlocked(ground: &Ground, entry: &Entry) -> Result<(), ServiceError> {
    let target = entry.voids.and_then(|target| ground.ledger.tallies.get(&target)).map(|posting| posting.date);
    if [Some(entry.date), target].into_iter().flatten().any(|date| is_locked(&ground.locks, date)) {
        return Err(ServiceError::Conflict(Conflict::PeriodLocked));
    }
    Ok(())
}

/// Decides once: whoever comes second finds it decided.
fn decide(
    desk: &mut Desk<'_, Plan>,
    held: &HeldEntry,
    decision: HeldDecision,
    reason: Option<&Note>,
) -> Result<(), ServiceError> {
    let decided = Decided { decision, by: desk.permit.actor().user_id(), at: desk.now, reason };
    if store::decide_held(desk.connection, desk.scope(), &[held.entry.id], decided)? == 1 {
        return Ok(());
    }
    let step = if decision == HeldDecision::Accepted { "accept" } else { "dismiss" };
    Err(ServiceError::Conflict(Conflict::State { from: held.decision.as_str(), step }))
}

fn load_held<A: Action>(desk: &mut Desk<'_, A>, id: EntryId) -> Result<HeldEntry, ServiceError> {
    store::find_held(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

fn show<A: Action>(desk: &mut Desk<'_, A>, id: EntryId) -> Result<ShownHeld, ServiceError> {
    let held = load_held(desk, id)?;
    with_senders(desk, vec![held])?.pop().ok_or(ServiceError::NotFound)
}

fn with_senders<A: Action>(desk: &mut Desk<'_, A>, items: Vec<HeldEntry>) -> Result<Vec<ShownHeld>, ServiceError> {
    let users: Vec<UserId> = items.iter().filter_map(|held| held.user).collect();
    let logins: BTreeMap<UserId, Login> = users::list_logins(desk.connection, &users)?.into_iter().collect();
    let mut wanted: Vec<EventId> = items.iter().map(|held| held.entry.event).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let titles: BTreeMap<EventId, Name> = list_titles(desk.connection, desk.scope(), &wanted)?.into_iter().collect();
    let shown = |held: HeldEntry| ShownHeld {
        sender: held.user.and_then(|user| logins.get(&user).cloned()),
        event_title: titles.get(&held.entry.event).cloned(),
        held,
    };
    Ok(items.into_iter().map(shown).collect())
}
