//! What the judge of entries must know of their events, in as few statements as can be: every tally of every phone asks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::split_codes;
use crate::domain::event::{EventDay, EventDays, EventState, Reporting, Slot};
use crate::domain::id::{EventId, TeamId, UserId};
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::store::connection::{AnyConnection, among};
use crate::store::error::StoreError;
use crate::store::schema::{event_days, event_officers, event_teams, events, team_members, teams};

/// An event as seen by one user who counts there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyFacts {
    pub state: EventState,
    pub reporting: Reporting,
    pub services: BTreeSet<Outcome>,
    pub days: EventDays,
    /// The event's teams, by id.
    pub teams: Vec<TeamId>,
    /// Those of them that the user belongs to.
    pub own_teams: Vec<TeamId>,
    /// What all teams together can serve in a day.
    pub capacity_per_day: i64,
    /// True if the user is one of the event's officers.
    pub is_officer: bool,
}

impl TallyFacts {
    pub fn is_on_team(&self) -> bool {
        self.is_officer || !self.own_teams.is_empty()
    }

    /// The team that the user counts for: the only one of the event, or the only one that is his.
    pub fn team(&self) -> Option<TeamId> {
        let only = |teams: &[TeamId]| match teams {
            [team] => Some(*team),
            _ => None,
        };
        only(&self.own_teams).or_else(|| only(&self.teams))
    }
}

/// The facts of those of these events that the office has.
pub fn find_tally_facts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
    user: Option<UserId>,
) -> Result<BTreeMap<EventId, TallyFacts>, StoreError> {
    type DayRow = (EventId, EventState, Reporting, String, NaiveDate, String);
    let of_event = event_days::office_id.eq(events::office_id).and(event_days::event_id.eq(events::id));
    let rows: Vec<DayRow> = among!(events::id, ids, |wanted| events::table
        .inner_join(event_days::table.on(of_event))
        .filter(events::office_id.eq(scope.office_id()).and(wanted))
        .select((events::id, events::state, events::reporting, events::services, event_days::date, event_days::slots))
        .load(connection))?;
    let mut days: BTreeMap<EventId, Vec<EventDay>> = BTreeMap::new();
    let mut heads = BTreeMap::new();
    for (event, state, reporting, services, date, slots) in rows {
        let day = EventDay::new(date, split_codes::<Slot>(&slots)?, None, None);
        days.entry(event).or_default().push(day.map_err(|_| StoreError::broken("a stored day has no slot"))?);
        heads.insert(event, (state, reporting, services));
    }
    if heads.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut teams = load_teams(connection, scope, ids, user)?;
    let officers = load_officers(connection, scope, ids, user)?;
    let facts = |(event, (state, reporting, services)): (EventId, (_, _, String))| {
        let days = EventDays::new(days.remove(&event).unwrap_or_default());
        let days = days.map_err(|_| StoreError::broken("a stored event repeats a day"))?;
        let services = split_codes::<Outcome>(&services)?;
        let Teams { all, own, capacity } = teams.remove(&event).unwrap_or_default();
        let is_officer = officers.contains(&event);
        let (teams, own_teams, capacity_per_day) = (all, own, capacity);
        Ok((event, TallyFacts { state, reporting, services, days, teams, own_teams, capacity_per_day, is_officer }))
    };
    heads.into_iter().map(facts).collect()
}

#[derive(Default)]
struct Teams {
    all: Vec<TeamId>,
    own: Vec<TeamId>,
    capacity: i64,
}

fn load_teams(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
    user: Option<UserId>,
) -> Result<BTreeMap<EventId, Teams>, StoreError> {
    type Row = (EventId, TeamId, i64, Option<UserId>);
    // Nobody has the nil id.
    let user = user.unwrap_or(UserId(uuid::Uuid::nil()));
    let of_team = teams::office_id.eq(event_teams::office_id).and(teams::id.eq(event_teams::team_id));
    let membership = team_members::office_id
        .eq(event_teams::office_id)
        .and(team_members::team_id.eq(event_teams::team_id))
        .and(team_members::user_id.eq(user));
    let rows: Vec<Row> = among!(event_teams::event_id, ids, |wanted| event_teams::table
        .inner_join(teams::table.on(of_team))
        .left_join(team_members::table.on(membership))
        .filter(event_teams::office_id.eq(scope.office_id()).and(wanted))
        .order((event_teams::event_id, event_teams::team_id))
        .select((
            event_teams::event_id,
            event_teams::team_id,
            teams::capacity_per_day,
            team_members::user_id.nullable(),
        ))
        .load(connection))?;
    let mut by_event: BTreeMap<EventId, Teams> = BTreeMap::new();
    for (event, team, capacity, member) in rows {
        let teams = by_event.entry(event).or_default();
        teams.all.push(team);
        teams.own.extend(member.map(|_| team));
        teams.capacity = teams.capacity.saturating_add(capacity);
    }
    Ok(by_event)
}

fn load_officers(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[EventId],
    user: Option<UserId>,
) -> Result<BTreeSet<EventId>, StoreError> {
    let Some(user) = user else { return Ok(BTreeSet::new()) };
    let rows: Vec<EventId> = among!(event_officers::event_id, ids, |wanted| event_officers::table
        .filter(event_officers::office_id.eq(scope.office_id()).and(wanted).and(event_officers::user_id.eq(user)))
        .select(event_officers::event_id)
        .load(connection))?;
    Ok(rows.into_iter().collect())
}
