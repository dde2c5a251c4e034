//! Accepting a proposal, all of it or some: its visits become drafts by the rules of booking, all in one transaction or
//! none, with every clash named.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::load_plan;
use crate::domain::audit::Change;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::{Event, EventDay, EventDays, EventDraft, EventKind, EventState, Origin, Slot};
use crate::domain::id::{EventId, PlanId, TeamId};
use crate::domain::language::Language;
use crate::domain::opening::OpeningRule;
use crate::domain::outcome::Outcome;
use crate::domain::permission::{Action, Plan};
use crate::domain::proposal::{KeptVisit, ProposedVisit};
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::domain::team::Team;
use crate::domain::text::Name;
use crate::domain::venue::Venue;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::service::planning::{
    BookedEvent, Names, check_absences_of_new, claim, members_of, operators_of, present, usual_units,
};
use crate::store::queries::{events, plans as store};
use crate::wording::messages::message;

/// Which visits to accept, by number; none: all that can be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptPlan {
    pub visits: Option<Vec<i64>>,
}

impl Services {
    /// Books visits of a proposal as drafts.
    pub async fn accept_plan(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: PlanId,
        command: AcceptPlan,
    ) -> Result<Vec<BookedEvent>, ServiceError> {
        let chosen = self
            .read_office(caller, office, move |desk: &mut Desk<'_, Plan>| choose(desk, id, command.visits.as_deref()))
            .await?;
        let now = self.clock.now();
        let ids: BTreeMap<i64, EventId> = chosen.into_iter().map(|n| (n, EventId::new(now))).collect();
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| book(desk, id, &ids)).await
    }
}

/// The numbers of the visits to accept, each of which can be.
fn choose<A: Action>(desk: &mut Desk<'_, A>, id: PlanId, wanted: Option<&[i64]>) -> Result<Vec<i64>, ServiceError> {
    let plan = load_plan(desk, id)?;
    if plan.outcome.is_none() {
        return Err(Conflict::State { from: "computing", step: "accept" }.into());
    }
    let visits = store::list_plan_visits(desk.connection, desk.scope(), id)?;
    let Some(wanted) = wanted else {
        let open = visits.iter().filter(|kept| kept.event.is_none() && kept.is_real());
        return Ok(open.map(|kept| kept.n).collect());
    };
    let mut check = Check::new();
    if wanted.is_empty() {
        check.fail("visits", Rule::Required);
    }
    let mut chosen = Vec::new();
    for (place, n) in wanted.iter().enumerate() {
        let usable = match visits.iter().find(|kept| kept.n == *n) {
            None => Err(Rule::NotFound),
            Some(_) if chosen.contains(n) => Err(Rule::Repeated),
            Some(kept) if kept.event.is_some() => Err(Rule::Taken),
            Some(kept) if !kept.is_real() => Err(Rule::SupposedTeam),
            Some(_) => Ok(*n),
        };
        chosen.extend(check.field(format!("visits[{place}]"), usable));
    }
    Ok(check.finish(Some(chosen))?)
}

fn book(desk: &mut Desk<'_, Plan>, id: PlanId, ids: &BTreeMap<i64, EventId>) -> Result<Vec<BookedEvent>, ServiceError> {
    load_plan(desk, id)?;
    let visits = store::list_plan_visits(desk.connection, desk.scope(), id)?;
    let visits: Vec<KeptVisit> = visits.into_iter().filter(|kept| ids.contains_key(&kept.n)).collect();
    let booked = to_events(desk, &visits, ids)?;
    check_absences_of_new(desk, &booked)?;
    let teams: std::collections::BTreeSet<TeamId> =
        booked.iter().flat_map(|event| event.teams.iter().copied()).collect();
    let operators = operators_of(desk, &Vec::from_iter(teams))?;
    let efforts: Vec<_> = booked.iter().flat_map(|event| planned_efforts(event, &operators)).collect();
    let by = desk.permit.actor().user_id();
    events::insert_events(desk.connection, desk.scope(), &booked, &efforts, by)?;
    let wanted: Vec<_> = booked.iter().flat_map(|event| event.claims().into_iter().map(|c| (event.id, c))).collect();
    claim(desk, &wanted)?;
    let accepted: Vec<(i64, EventId)> = ids.iter().map(|(n, event)| (*n, *event)).collect();
    store::insert_acceptances(desk.connection, desk.scope(), id, &accepted).map_err(ServiceError::taken("visits"))?;
    let change =
        |event: &Event| Change::new("event.booked", "event", event.id).with("state", event.state).with("plan", id);
    let mut changes = vec![Change::new("plan.accepted", "plan", id).with("entries", booked.len())];
    changes.extend(booked.iter().map(change));
    desk.record_all(changes)?;
    present(desk, booked)
}

/// The visits as events that are not stored yet.
fn to_events(
    desk: &mut Desk<'_, Plan>,
    visits: &[KeptVisit],
    ids: &BTreeMap<i64, EventId>,
) -> Result<Vec<Event>, ServiceError> {
    let venues = visits.iter().map(|kept| kept.visit.venue).collect();
    let teams = visits.iter().flat_map(|kept| kept.visit.teams.iter().flatten().copied()).collect();
    let names = Names::load(desk, venues, teams, BTreeSet::default(), BTreeSet::default())?;
    let all: Vec<Team> = names.teams.values().filter(|team| !team.archived).cloned().collect();
    let (units, officers) = (usual_units(desk, &all)?, members_of(desk, &all)?);
    let mut booked = Vec::with_capacity(visits.len());
    for kept in visits {
        let gone = || ServiceError::invalid(format!("visits[{}]", kept.n), Rule::NotFound);
        let venue = names.venues.get(&kept.visit.venue).filter(|venue| !venue.archived).ok_or_else(gone)?;
        let found: Option<Vec<&Team>> =
            kept.visit.teams.iter().map(|id| id.and_then(|id| all.iter().find(|team| team.id == id))).collect();
        let teams = found.ok_or_else(gone)?;
        let mut draft = draft_of(&kept.visit, venue, &teams)?;
        draft.units.retain(|unit| units.contains(unit));
        draft.officers.retain(|officer| officers.contains(officer));
        let id = ids.get(&kept.n).copied().ok_or_else(gone)?;
        let origin = Origin::Booked(EventState::Draft);
        booked.push(Event::new(id, desk.office().id, draft, origin, desk.now, desk.today())?);
    }
    Ok(booked)
}

fn draft_of(visit: &ProposedVisit, venue: &Venue, teams: &[&Team]) -> Result<EventDraft, ServiceError> {
    let opening = &venue.details.opening;
    let hours = opening.parts().opens.zip(opening.parts().closes);
    let slots = slots_of(opening);
    let day = EventDay::new(visit.date, slots, hours.map(|(opens, _)| opens), hours.map(|(_, closes)| closes))?;
    let units = teams.iter().flat_map(|team| team.details.units.iter().copied());
    let units: std::collections::BTreeSet<_> = units.collect();
    Ok(EventDraft {
        kind: EventKind::Outreach,
        title: title_of(venue),
        venue: Some(venue.id),
        place: None,
        teams: teams.iter().map(|team| team.id).collect(),
        units: units.into_iter().collect(),
        officers: visit.officers.clone(),
        days: EventDays::new(vec![day])?,
        services: [Outcome::Activated].into_iter().collect(),
        host_programme: None,
        request: None,
        notes: None,
    })
}

/// The slots that the venue's hours touch; without hours, those of an office's day.
fn slots_of(opening: &OpeningRule) -> std::collections::BTreeSet<Slot> {
    let parts = opening.parts();
    match parts.opens.zip(parts.closes) {
        Some((opens, closes)) => Slot::covering(opens, closes),
        None => [Slot::Morning, Slot::Afternoon].into_iter().collect(),
    }
}

/// In the language of the office's papers; a name that leaves no room for more is the title itself.
fn title_of(venue: &Venue) -> Name {
    let words = message(Language::Indonesian, "plan-event-title", &[("venue", venue.details.name.to_string())]);
    words.parse().unwrap_or_else(|_| venue.details.name.clone())
}
