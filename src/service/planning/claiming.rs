//! Claims at work: all that an event needs, or none of it and the whole list of who has what.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::domain::clash::Clash;
use crate::domain::event::{Claim, Event, Subject};
use crate::domain::id::{EventId, TeamId, UnitId, UserId, VenueId};
use crate::domain::permission::Action;
use crate::service::desk::Desk;
use crate::service::error::{Conflict, ServiceError};
use crate::store::StoreError;
use crate::store::queries::claims::{self, Holder};

use super::names::Names;

/// Claims all of `wanted`. If something is taken the answer names every clash, and the transaction must be rolled back.
pub fn claim<A: Action>(desk: &mut Desk<'_, A>, wanted: &[(EventId, Claim)]) -> Result<(), ServiceError> {
    let inserted = claims::insert_claims(desk.connection, desk.scope(), wanted)?;
    if inserted == wanted.len() {
        return Ok(());
    }
    let found = list_clashes(desk, wanted)?;
    if found.is_empty() {
        // Whoever held it gave it back since: the same booking may succeed now.
        return Err(StoreError::unavailable("a claim was given back meanwhile").into());
    }
    Err(ServiceError::Conflict(Conflict::Clashes(found)))
}

/// Claims what a changed event needs from now on and gives back what it no longer needs.
pub fn exchange_claims<A: Action>(desk: &mut Desk<'_, A>, stored: &Event, changed: &Event) -> Result<(), ServiceError> {
    let (before, after) = (stored.claims(), changed.claims());
    if before == after {
        return Ok(());
    }
    if let Some(from) = changed.released_on.filter(|_| stored.released_on.is_none() && stored.days == changed.days) {
        claims::delete_claims(desk.connection, desk.scope(), changed.id, Some(from))?;
        return Ok(());
    }
    claims::delete_claims(desk.connection, desk.scope(), changed.id, None)?;
    let wanted: Vec<_> = after.into_iter().map(|claim| (changed.id, claim)).collect();
    claim(desk, &wanted)
}

/// As [`exchange_claims`], for many events: what one of them gives back another may take.
pub fn exchange_all_claims<A: Action>(desk: &mut Desk<'_, A>, changes: &[(Event, Event)]) -> Result<(), ServiceError> {
    let mut wanted = Vec::new();
    for (stored, changed) in changes {
        claims::delete_claims(desk.connection, desk.scope(), stored.id, None)?;
        wanted.extend(changed.claims().into_iter().map(|claim| (changed.id, claim)));
    }
    claim(desk, &wanted)
}

fn list_clashes<A: Action>(desk: &mut Desk<'_, A>, wanted: &[(EventId, Claim)]) -> Result<Vec<Clash>, ServiceError> {
    let asked: Vec<Claim> = wanted.iter().map(|(_, claim)| *claim).collect();
    let holders = claims::list_holders(desk.connection, desk.scope(), &asked)?;
    let mut wanted_by = BTreeMap::<Claim, BTreeSet<EventId>>::new();
    for (event, claim) in wanted {
        wanted_by.entry(*claim).or_default().insert(*event);
    }
    // What this very booking holds by now is no clash, unless another event of the same batch wants it too.
    let is_clash = |held: &Holder| wanted_by.get(&held.claim).is_some_and(|by| by.iter().any(|id| *id != held.event));
    let holders: Vec<Holder> = holders.into_iter().filter(is_clash).collect();
    let names = names_of(desk, &holders)?;
    let mut clashes: Vec<Clash> = holders
        .into_iter()
        .map(|held| Clash {
            date: held.claim.date,
            slot: held.claim.slot,
            subject_kind: held.claim.subject.kind(),
            subject: names.subject(held.claim.subject),
            event: held.event,
            event_title: held.event_title,
        })
        .collect();
    clashes.sort();
    Ok(clashes)
}

fn names_of<A: Action>(desk: &mut Desk<'_, A>, holders: &[Holder]) -> Result<Names, ServiceError> {
    let subjects: BTreeSet<Subject> = holders.iter().map(|held| held.claim.subject).collect();
    let of = |kind: fn(Uuid) -> Subject| {
        let ids = subjects.iter().map(|subject| subject.id()).filter(|id| subjects.contains(&kind(*id)));
        ids.collect::<BTreeSet<Uuid>>()
    };
    Names::load(
        desk,
        of(|id| Subject::Venue(VenueId(id))).into_iter().map(VenueId).collect(),
        of(|id| Subject::Team(TeamId(id))).into_iter().map(TeamId).collect(),
        of(|id| Subject::Unit(UnitId(id))).into_iter().map(UnitId).collect(),
        of(|id| Subject::Officer(UserId(id))).into_iter().map(UserId).collect(),
    )
}
