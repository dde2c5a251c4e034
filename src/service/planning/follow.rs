//! Events to come whose officers are no longer those of their teams. Officers are copied at booking; when a team changes,
//! the coordinator is shown these events, and they take the people of their teams anew if he says so.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;

use super::claiming::exchange_all_claims;
use super::conditions::check_absences_of_all;
use crate::domain::audit::Change;
use crate::domain::event::{Event, EventDraft, EventKey, EventState};
use crate::domain::id::{EventId, TeamId, UserId};
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::Plan;
use crate::domain::team::Team;
use crate::domain::text::Login;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::notices::tell_team;
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::{teams, users};

/// States in which an event can still take other people without asking those who are there.
const OPEN: [EventState; 3] = [EventState::Draft, EventState::Proposed, EventState::Confirmed];

/// An event to come whose officers differ from the members of its teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FutureEvent {
    /// As it is now.
    pub event: Event,
    /// Members of its teams who were not its officers.
    pub joining: Vec<Login>,
    /// Officers who were members of none of its teams.
    pub leaving: Vec<Login>,
    /// True if they have joined and left.
    pub updated: bool,
}

/// The events of `team` that differ, all of whose days lie ahead. With `update` they take the members of their teams:
/// all of them, or none and every clash is named.
pub fn follow_team(desk: &mut Desk<'_, Plan>, team: &Team, update: bool) -> Result<Vec<FutureEvent>, ServiceError> {
    let future = list_future(desk, team.id, update)?;
    let members = Members::load(desk, &future)?;
    let differs = |event: &Event| members.of(event) != event.officers.iter().copied().collect();
    let mut revisions = Vec::new();
    for stored in future.into_iter().filter(differs) {
        let officers = members.of(&stored).into_iter().collect();
        let draft = EventDraft { officers, ..stored.draft() };
        let changed = stored.revise(draft, desk.now, desk.today())?;
        revisions.push((stored, changed));
    }
    if update {
        save(desk, team, &revisions)?;
    }
    name(desk, revisions, update)
}

/// The events of a team that begin after today, locked if they are to be changed.
fn list_future(desk: &mut Desk<'_, Plan>, team: TeamId, lock: bool) -> Result<Vec<Event>, ServiceError> {
    let tomorrow = desk.today().checked_add_days(Days::new(1));
    let filter = EventFilter { from: tomorrow, states: OPEN.to_vec(), team: Some(team), ..EventFilter::default() };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = events::list_events(desk.connection, desk.scope(), &filter, &Cut::new(LIMIT_MAX, after))?;
        after = page.items.last().map(EventKey::of);
        all.extend(page.items);
        if !page.more {
            break;
        }
    }
    if lock {
        let ids: Vec<EventId> = all.iter().map(|event| event.id).collect();
        events::lock_events(desk.connection, desk.scope(), &ids)?;
        all = events::find_events(desk.connection, desk.scope(), &ids)?;
    }
    let today = desk.today();
    all.retain(|event| OPEN.contains(&event.state) && event.days.dates().all(|date| date > today));
    Ok(all)
}

/// Who belongs to the teams of these events and can be booked: active, with a scope that reaches the office.
struct Members(BTreeMap<TeamId, BTreeSet<UserId>>);

impl Members {
    fn load(desk: &mut Desk<'_, Plan>, events: &[Event]) -> Result<Self, ServiceError> {
        let ids: BTreeSet<TeamId> = events.iter().flat_map(|event| event.teams.iter().copied()).collect();
        let teams = teams::list_teams_by_id(desk.connection, desk.scope(), &Vec::from_iter(ids))?;
        let people: BTreeSet<UserId> = teams.iter().flat_map(|team| team.details.members.iter().copied()).collect();
        let office = desk.office().code.clone();
        let active = users::list_users_by_id(desk.connection, &Vec::from_iter(people))?;
        let usable: BTreeSet<UserId> = active
            .into_iter()
            .filter(|user| user.details.scope.may_serve(&office).is_ok())
            .map(|user| user.id)
            .collect();
        let of_team = |team: Team| {
            let members = team.details.members.into_iter().filter(|user| usable.contains(user)).collect();
            (team.id, members)
        };
        Ok(Self(teams.into_iter().map(of_team).collect()))
    }

    fn of(&self, event: &Event) -> BTreeSet<UserId> {
        event.teams.iter().filter_map(|team| self.0.get(team)).flatten().copied().collect()
    }
}

fn save(desk: &mut Desk<'_, Plan>, team: &Team, changes: &[(Event, Event)]) -> Result<(), ServiceError> {
    check_absences_of_all(desk, changes)?;
    for (stored, changed) in changes {
        ServiceError::stale_unless(events::update_event(desk.connection, desk.scope(), stored, changed, &[])?)?;
    }
    exchange_all_claims(desk, changes)?;
    for (stored, changed) in changes {
        tell_team(desk, stored, changed)?;
    }
    let revised = |(_, changed): &(Event, Event)| {
        Change::new("event.revised", "event", changed.id).fields(&["officers"]).with("team", &team.code)
    };
    desk.record_all(changes.iter().map(revised).collect())
}

fn name(
    desk: &mut Desk<'_, Plan>,
    changes: Vec<(Event, Event)>,
    updated: bool,
) -> Result<Vec<FutureEvent>, ServiceError> {
    let people: BTreeSet<UserId> =
        changes.iter().flat_map(|(stored, changed)| stored.officers.iter().chain(&changed.officers)).copied().collect();
    let logins: BTreeMap<UserId, Login> =
        users::list_logins(desk.connection, &Vec::from_iter(people))?.into_iter().collect();
    let missing = |of: &Event, from: &Event| {
        let missing = of.officers.iter().filter(|officer| !from.officers.contains(officer));
        let mut named: Vec<Login> = missing.filter_map(|officer| logins.get(officer)).cloned().collect();
        named.sort();
        named
    };
    let future = |(stored, changed): (Event, Event)| FutureEvent {
        joining: missing(&changed, &stored),
        leaving: missing(&stored, &changed),
        event: if updated { changed } else { stored },
        updated,
    };
    Ok(changes.into_iter().map(future).collect())
}
