//! Splitting a total of the office into the events that it consists of: their exact sum takes its place in totals, and they
//! stand in the ranking, which a total never does. It can be undone.

use std::collections::{BTreeMap, BTreeSet};

use super::locks::check_unlocked;
use crate::domain::audit::Change;
use crate::domain::event::{EventKind, Precision};
use crate::domain::figure::FigureKind;
use crate::domain::id::{EventId, TotalId};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::total::{Channel, OfficeTotal};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::splits as store;
use crate::store::queries::totals::find_total;
use crate::store::reports::day_events::{DayEvent, list_day_events, list_split_sums};

/// A total with the events that it may consist of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitSheet {
    pub total: OfficeTotal,
    /// Those of its day, channel and kind of venue; the mark says which of them it is split into.
    pub events: Vec<(DayEvent, bool)>,
}

/// What a total was split into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitSum {
    pub events: usize,
    pub activated: i64,
}

impl SplitSheet {
    pub fn is_split(&self) -> bool {
        self.events.iter().any(|(_, chosen)| *chosen)
    }
}

impl Services {
    /// A total and the events of its day.
    pub async fn find_split(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: TotalId,
    ) -> Result<SplitSheet, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| sheet(desk, id)).await
    }

    /// Which of these totals are split, and into how much.
    pub async fn list_split_sums(
        &self,
        caller: &Caller,
        office: &RegionCode,
        totals: Vec<TotalId>,
    ) -> Result<BTreeMap<TotalId, SplitSum>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let sums = list_split_sums(desk.connection, desk.scope(), &totals)?.into_iter();
            Ok(sums.map(|(total, (events, activated))| (total, SplitSum { events, activated })).collect())
        })
        .await
    }

    /// Says which events a total consists of, instead of what was said before.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a share, for no event at all, and for an event of another day, channel or kind of venue,
    /// or whose count is not exact.
    pub async fn split_total(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: TotalId,
        events: Vec<EventId>,
    ) -> Result<SplitSheet, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = sheet(desk, id)?;
            check_unlocked(desk, stored.total.details.date)?;
            let chosen: BTreeSet<EventId> = events.iter().copied().collect();
            check(&stored, &chosen)?;
            store::delete_split(desk.connection, desk.scope(), id)?;
            let (by, chosen) = (desk.permit.actor().user_id(), Vec::from_iter(chosen));
            store::insert_split(desk.connection, desk.scope(), id, &chosen, by, desk.now)?;
            let details = &stored.total.details;
            let change = Change::new("total.split", "total", id).with("date", details.date);
            desk.record(change.with("figure", details.figure).with("events", chosen.len()))?;
            sheet(desk, id)
        })
        .await
    }

    /// Takes the split of a total back: its figure counts again.
    pub async fn join_total(&self, caller: &Caller, office: &RegionCode, id: TotalId) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = sheet(desk, id)?;
            let details = &stored.total.details;
            check_unlocked(desk, details.date)?;
            if store::delete_split(desk.connection, desk.scope(), id)? == 0 {
                return Err(ServiceError::NotFound);
            }
            let change = Change::new("total.joined", "total", id).with("date", details.date);
            desk.record(change.with("figure", details.figure))
        })
        .await
    }
}

fn sheet<A: Action>(desk: &mut Desk<'_, A>, id: TotalId) -> Result<SplitSheet, ServiceError> {
    let total = find_total(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)?;
    let events = list_day_events(desk.connection, desk.scope(), total.details.date)?;
    let chosen = store::list_splits(desk.connection, desk.scope(), &[id])?.remove(&id).unwrap_or_default();
    let fitting = events.into_iter().filter(|event| fits(&total, event));
    let events = fitting.map(|event| (event.clone(), chosen.contains(&event.id))).collect();
    Ok(SplitSheet { total, events })
}

fn fits(total: &OfficeTotal, event: &DayEvent) -> bool {
    let details = &total.details;
    let channel = match event.kind {
        EventKind::Outreach => Channel::Outreach,
        EventKind::Counter => Channel::Counter,
        EventKind::Briefing => return false,
    };
    let of_channel = details.channel == Channel::All || details.channel == channel;
    of_channel && details.venue_kind.is_none_or(|kind| event.venue_kind == Some(kind))
}

fn check(stored: &SplitSheet, chosen: &BTreeSet<EventId>) -> Result<(), ServiceError> {
    let exact = |event: &EventId| {
        stored
            .events
            .iter()
            .any(|(own, _)| own.id == *event && own.precision == Precision::Exact && own.activated.is_some())
    };
    let is_share = stored.total.details.figure.kind() == FigureKind::Share;
    if chosen.is_empty() {
        return Err(ServiceError::invalid("events", Rule::Required));
    }
    if is_share || !chosen.iter().all(exact) {
        return Err(ServiceError::invalid("events", Rule::NotSplittable));
    }
    Ok(())
}
