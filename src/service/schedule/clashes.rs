//! A refused booking as people tell it: by names instead of codes, who has the thing where, and what is free instead.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::holders::{HolderEvent, describe_holders};
use crate::domain::clash::Clash;
use crate::domain::event::{EventDay, Slot, SubjectKind};
use crate::domain::id::EventId;
use crate::domain::permission::Read;
use crate::domain::region::RegionCode;
use crate::domain::text::Name;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::planning::{Availability, Wanted, list_free};
use crate::store::queries::venues;

/// What one event holds of one subject, on all the days asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClashCause {
    pub kind: SubjectKind,
    /// The name of the team, unit, officer or venue.
    pub subject: String,
    pub holder: HolderEvent,
    pub slots: BTreeMap<NaiveDate, BTreeSet<Slot>>,
    /// Names of what is free instead: other teams, or other units of the same kind. None if that was not asked, or
    /// nothing can stand in.
    pub free: Option<Vec<Name>>,
}

impl Services {
    /// Explains clashes of a booking that wanted `days` (none: what is free instead is not told); `except` is the event that was to be moved.
    pub async fn explain_clashes(
        &self,
        caller: &Caller,
        office: &RegionCode,
        clashes: Vec<Clash>,
        days: Vec<EventDay>,
        except: Option<EventId>,
    ) -> Result<Vec<ClashCause>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| explain(desk, &clashes, &days, except)).await
    }
}

fn explain(
    desk: &mut Desk<'_, Read>,
    clashes: &[Clash],
    days: &[EventDay],
    except: Option<EventId>,
) -> Result<Vec<ClashCause>, ServiceError> {
    let available = list_free(desk, &Wanted { by: except, ..Wanted::on(days) })?;
    let holders = describe_holders(desk, clashes.iter().map(|clash| clash.event).collect())?;
    let mut causes = BTreeMap::<(SubjectKind, &str, EventId), ClashCause>::new();
    for clash in clashes {
        // An event that is gone since holds nothing any more.
        let Some(holder) = holders.get(&clash.event) else { continue };
        let key = (clash.subject_kind, clash.subject.as_str(), clash.event);
        let cause = match causes.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let subject = subject_name(desk, &available, clash)?;
                let free = if days.is_empty() { None } else { free_instead(&available, clash) };
                let (kind, slots) = (clash.subject_kind, BTreeMap::new());
                new.insert(ClashCause { kind, subject, holder: holder.clone(), slots, free })
            }
        };
        cause.slots.entry(clash.date).or_default().insert(clash.slot);
    }
    // Officers who are with their team somewhere are told of by their team.
    let told: BTreeSet<EventId> =
        causes.values().filter(|cause| cause.kind == SubjectKind::Team).map(|cause| cause.holder.event).collect();
    let is_news = |cause: &ClashCause| cause.kind != SubjectKind::Officer || !told.contains(&cause.holder.event);
    Ok(causes.into_values().filter(is_news).collect())
}

/// What the subject is called; its code if it is archived by now.
fn subject_name(desk: &mut Desk<'_, Read>, available: &Availability, clash: &Clash) -> Result<String, ServiceError> {
    let code = clash.subject.as_str();
    let name = match clash.subject_kind {
        SubjectKind::Team => {
            available.teams.iter().find(|team| team.item.code.as_str() == code).map(|team| &team.item.details.name)
        }
        SubjectKind::Unit => {
            available.units.iter().find(|unit| unit.item.code.as_str() == code).map(|unit| &unit.item.name)
        }
        SubjectKind::Officer => {
            let of_login = available.officers.iter().find(|user| user.item.login.as_str() == code);
            of_login.map(|user| &user.item.details.name)
        }
        SubjectKind::Venue => {
            let venue = match code.parse() {
                Ok(code) => venues::find_venue(desk.connection, desk.scope(), &code)?,
                Err(_) => None,
            };
            return Ok(venue.map_or_else(|| code.to_owned(), |venue| venue.details.name.to_string()));
        }
    };
    Ok(name.map_or_else(|| code.to_owned(), ToString::to_string))
}

fn free_instead(available: &Availability, clash: &Clash) -> Option<Vec<Name>> {
    match clash.subject_kind {
        SubjectKind::Team => {
            let free = available.teams.iter().filter(|team| team.is_free());
            Some(free.map(|team| team.item.details.name.clone()).collect())
        }
        SubjectKind::Unit => {
            let kind = available.units.iter().find(|unit| unit.item.code.as_str() == clash.subject)?.item.kind;
            let free = available.units.iter().filter(|unit| unit.is_free() && unit.item.kind == kind);
            Some(free.map(|unit| unit.item.name.clone()).collect())
        }
        SubjectKind::Officer | SubjectKind::Venue => None,
    }
}
