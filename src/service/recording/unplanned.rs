//! Events that officers make on the spot. They reserve nothing; what was sent for them before they were known is taken
//! out of waiting.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use super::post::run_again;
use crate::domain::audit::Change;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::{DayEffort, Event, EventDay, EventDays, EventDraft, EventKind, Origin, Slot};
use crate::domain::id::{EntryId, EventId, TeamId, UserId, VenueId};
use crate::domain::permission::Action;
use crate::domain::tally::{Entry, EventNew, HeldDecision, HeldEntry, HoldReason, LedgerEntry, Verdict};
use crate::domain::team::Team;
use crate::domain::text::{Code, Name};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::events::{TallyFacts, find_tally_facts, insert_events};
use crate::store::queries::held::{Decided, change_hold_reason, decide_held, list_waiting_for_events};
use crate::store::queries::{teams, users, venues};

/// Who makes events on the spot, and the venues that are named for them.
#[derive(Debug)]
pub struct Crew {
    user: Option<UserId>,
    teams: Vec<Team>,
    venues: BTreeMap<Code, VenueId>,
}

/// Teams of one officer that an event takes over: far more than anybody belongs to.
const TEAMS_MAX: usize = 20;

impl Crew {
    pub fn load<A: Action>(
        desk: &mut Desk<'_, A>,
        user: Option<UserId>,
        entries: &[Entry],
    ) -> Result<Self, ServiceError> {
        let own = match user {
            Some(user) => teams::list_teams_of_member(desk.connection, desk.scope(), user)?,
            None => Vec::new(),
        };
        let own: Vec<TeamId> = own.into_iter().take(TEAMS_MAX).collect();
        let teams = teams::list_teams_by_id(desk.connection, desk.scope(), &own)?;
        let named = entries.iter().filter_map(|entry| entry.event_new.as_ref()?.venue.clone());
        let codes: BTreeSet<Code> = named.collect();
        let codes: Vec<Code> = codes.into_iter().collect();
        let venues = venues::list_venues_by_code(desk.connection, desk.scope(), &codes)?;
        let venues = venues.into_iter().filter(|venue| !venue.archived).map(|venue| (venue.code, venue.id)).collect();
        Ok(Self { user, teams, venues })
    }

    /// The event that `entry` describes, and the efforts of its day.
    pub fn make<A: Action>(
        &self,
        desk: &Desk<'_, A>,
        entry: &Entry,
        new: &EventNew,
    ) -> Result<(Event, Vec<DayEffort>), ServiceError> {
        let local = entry.at.with_timezone(&desk.office().time_zone).time();
        let day = EventDay::new(entry.date, [Slot::at(local)].into(), None, None)?;
        let venue = new.venue.as_ref().and_then(|code| self.venues.get(code)).copied();
        let code_as_words = || new.venue.as_ref().filter(|_| venue.is_none()).and_then(words);
        let draft = EventDraft {
            kind: EventKind::Outreach,
            title: new.title.clone(),
            venue,
            place: new.place.clone().or_else(code_as_words),
            teams: self.teams.iter().map(|team| team.id).collect(),
            units: Vec::new(),
            officers: self.user.into_iter().collect(),
            days: EventDays::new(vec![day])?,
            services: new.services.clone(),
            host_programme: None,
            request: None,
            notes: None,
        };
        let event = Event::new(entry.event, desk.office().id, draft, Origin::Unplanned, desk.now, desk.today())?;
        let operators = self.teams.iter().map(|team| (team.id, team.details.operators)).collect();
        let efforts = planned_efforts(&event, &operators);
        Ok((event, efforts))
    }

    /// What the judge must know of an event that was just made.
    pub fn facts(&self, event: &Event) -> TallyFacts {
        TallyFacts {
            state: event.state,
            reporting: event.reporting,
            services: event.services.clone(),
            days: event.days.clone(),
            teams: event.teams.clone(),
            own_teams: event.teams.clone(),
            capacity_per_day: self.teams.iter().map(|team| team.details.capacity_per_day).sum(),
            is_officer: true,
        }
    }
}

/// The code of a venue that nobody knows, kept so that the coordinator can see what was meant.
fn words(code: &Code) -> Option<Name> {
    code.as_str().parse().ok()
}

/// Stores events made on the spot.
pub fn save<A: Action>(
    desk: &mut Desk<'_, A>,
    events: &[Event],
    efforts: &[DayEffort],
    by: Option<UserId>,
) -> Result<(), ServiceError> {
    insert_events(desk.connection, desk.scope(), events, efforts, by).map_err(run_again)?;
    for event in events {
        desk.record(Change::new("event.made_on_the_spot", "event", event.id))?;
    }
    Ok(())
}

/// Judges anew what waited for these events, each entry by the rights of its own sender; answers what counts now.
pub fn release<A: Action>(
    desk: &mut Desk<'_, A>,
    ground: &mut Ground,
    made: &[EventId],
) -> Result<Vec<LedgerEntry>, ServiceError> {
    let waiting = list_waiting_for_events(desk.connection, desk.scope(), made)?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let entries: Vec<Entry> = waiting.iter().map(|held| held.entry.clone()).collect();
    ground.widen(desk, &entries)?;
    let senders: BTreeSet<Option<UserId>> = waiting.iter().map(|held| held.user).collect();
    let known: Vec<UserId> = senders.iter().copied().flatten().collect();
    let officers: BTreeSet<UserId> = users::list_officers_among(desk.connection, &known)?.into_iter().collect();
    let mut taken = Vec::new();
    let mut still: BTreeMap<HoldReason, Vec<EntryId>> = BTreeMap::new();
    for sender in senders {
        let facts = find_tally_facts(desk.connection, desk.scope(), made, sender)?;
        let any_event = sender.is_none_or(|sender| !officers.contains(&sender));
        for held in waiting.iter().filter(|held| held.user == sender) {
            let event = facts.get(&held.entry.event);
            match ground.judge(&held.entry, event, any_event) {
                Verdict::Accept => taken.push(taken_out(held, event)),
                Verdict::Hold(reason) => still.entry(reason).or_default().push(held.entry.id),
            }
        }
    }
    let ids: Vec<EntryId> = taken.iter().map(|stored| stored.entry.id).collect();
    let decided = Decided { decision: HeldDecision::Accepted, by: None, at: desk.now, reason: None };
    decide_held(desk.connection, desk.scope(), &ids, decided)?;
    for (reason, ids) in still {
        change_hold_reason(desk.connection, desk.scope(), &ids, reason)?;
    }
    Ok(taken)
}

fn taken_out(held: &HeldEntry, event: Option<&TallyFacts>) -> LedgerEntry {
    held.accepted_as(held.entry.clone(), event.and_then(TallyFacts::team))
}
