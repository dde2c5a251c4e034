//! What is stored about the days that a results file names. Loaded under a lock, so that it still holds when the file is
//! written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::event::{DayEffort, EventKind};
use crate::domain::id::{EntryId, EventId, TeamId, VenueId};
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::permission::Plan;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::results::ResultFile;
use crate::service::importing::names::Names;
use crate::service::importing::options::KEYS_PER_QUERY;
use crate::store::queries::{events, venues};
use crate::store::reports::team_days::{self, EventDayAt};

/// A place in the calendar that events happen at.
pub type Occasion = (VenueId, NaiveDate, EventKind);
/// What one team did at one event-day.
pub type TeamDay = (EventId, NaiveDate, TeamId);

/// The stored event-days of the file's occasions, and what their teams counted.
#[derive(Debug, Default)]
pub struct Stored {
    days: BTreeMap<Occasion, Vec<EventDayAt>>,
    teams: BTreeMap<EventId, Vec<TeamId>>,
    sums: BTreeMap<TeamDay, Counts>,
    tallies: BTreeMap<TeamDay, Vec<EntryId>>,
    efforts: BTreeMap<TeamDay, DayEffort>,
    counted: BTreeSet<(EventId, NaiveDate, Outcome)>,
}

impl Stored {
    pub fn load(desk: &mut Desk<'_, Plan>, file: &ResultFile, names: &Names) -> Result<Self, ServiceError> {
        let rows = || file.rows.iter().map(|row| &row.value);
        let (Some(first), Some(last)) = (rows().map(|row| row.day).min(), rows().map(|row| row.day).max()) else {
            return Ok(Self::default());
        };
        let occasions: BTreeSet<Occasion> =
            rows().filter_map(|row| Some((names.venue(&row.venue)?, row.day, row.kind))).collect();
        let scope = desk.scope();
        // One import at a time decides which events are missing.
        venues::lock_venues(desk.connection, scope)?;
        let mut days = BTreeMap::<Occasion, Vec<EventDayAt>>::new();
        for day in team_days::list_event_days(desk.connection, scope, first, last)? {
            let occasion = (day.venue, day.date, day.kind);
            if occasions.contains(&occasion) {
                days.entry(occasion).or_default().push(day);
            }
        }
        let ids: BTreeSet<EventId> = days.values().flatten().map(|day| day.event).collect();
        let ids: Vec<EventId> = ids.into_iter().collect();
        for chunk in ids.chunks(KEYS_PER_QUERY) {
            events::lock_events(desk.connection, scope, chunk)?;
        }
        let mut stored = Self { days, ..Self::default() };
        if !ids.is_empty() {
            stored.load_counts(desk, first, last)?;
        }
        Ok(stored)
    }

    fn load_counts(
        &mut self,
        desk: &mut Desk<'_, Plan>,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<(), ServiceError> {
        let scope = desk.scope();
        for (event, team) in team_days::list_event_teams(desk.connection, scope, first, last)? {
            self.teams.entry(event).or_default().push(team);
        }
        for sum in team_days::sum_by_team(desk.connection, scope, first, last)? {
            if let Some(team) = self.team_of(sum.event_id, sum.team_id) {
                self.sums.entry((sum.event_id, sum.date, team)).or_default().count(sum.outcome, sum.n);
            }
        }
        for tally in team_days::list_standing_tallies(desk.connection, scope, first, last)? {
            if let Some(team) = self.team_of(tally.event_id, tally.team_id) {
                self.tallies.entry((tally.event_id, tally.date, team)).or_default().push(tally.id);
            }
        }
        let efforts = team_days::list_team_efforts(desk.connection, scope, first, last)?;
        self.efforts = efforts.into_iter().map(|effort| ((effort.event, effort.date, effort.team), effort)).collect();
        self.counted = team_days::list_counted(desk.connection, scope, first, last)?.into_iter().collect();
        Ok(())
    }

    /// Counts whose team nobody noted are those of the event's first team.
    fn team_of(&self, event: EventId, team: Option<TeamId>) -> Option<TeamId> {
        team.or_else(|| self.teams.get(&event).and_then(|teams| teams.first()).copied())
    }

    pub fn days(&self, occasion: &Occasion) -> &[EventDayAt] {
        self.days.get(occasion).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn teams(&self, event: EventId) -> &[TeamId] {
        self.teams.get(&event).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the team counted at these events together; none if nothing of it stands in the ledger.
    pub fn sum(&self, team_days: &[TeamDay]) -> Option<Counts> {
        let mut sums = team_days.iter().filter_map(|team_day| self.sums.get(team_day));
        let mut all = sums.next()?.clone();
        sums.for_each(|counts| all.add(counts));
        Some(all)
    }

    /// What is stored of the team's effort there.
    pub fn effort(&self, team_day: &TeamDay) -> Option<&DayEffort> {
        self.efforts.get(team_day)
    }

    /// The entries that make the sum.
    pub fn tallies(&self, team_day: &TeamDay) -> &[EntryId] {
        self.tallies.get(team_day).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first outcome in which a row differs from what its team counted at these events. A zero is not the same as
    /// nothing, unless the day knows that it was counted.
    pub fn first_difference(&self, team_days: &[TeamDay], counts: &Counts) -> Option<Outcome> {
        let stored = self.sum(team_days)?;
        let has = |counts: &Counts, outcome| counts.iter().any(|(own, _)| own == outcome);
        let is_known =
            |outcome| team_days.iter().any(|(event, date, _)| self.counted.contains(&(*event, *date, outcome)));
        let differs = |outcome: &&Outcome| {
            let outcome = **outcome;
            stored.get(outcome).max(0) != counts.get(outcome)
                || (has(counts, outcome) && !has(&stored, outcome) && !is_known(outcome))
        };
        Outcome::ALL.iter().find(differs).copied()
    }
}
