//! Weighs the rows of a results file against what is stored: which event each belongs to, what it adds or corrects, and
//! what the desk would refuse.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::stored::{Occasion, Stored, TeamDay};
use crate::domain::event::{
    DayEffort, Event, EventDay, EventDays, EventDraft, EventKind, EventState, Origin, Precision, Reporting, Slot,
};
use crate::domain::id::{EventId, TeamId};
use crate::domain::lock::PeriodLock;
use crate::domain::outcome::Outcome;
use crate::domain::permission::Plan;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::tally::{Entry, EntryKind, EventFacts, HoldReason, Surroundings, Verdict, judge};
use crate::domain::text::Note;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::results::{ResultFile, ResultRow};
use crate::service::files::{FileErrors, FileWarning, Numbered};
use crate::service::importing::names::Names;
use crate::service::importing::options::ImportOptions;
use crate::store::queries::locks;

/// What the rows come to.
#[derive(Debug, Default)]
pub struct Weighed {
    pub new_events: Vec<Event>,
    /// Teams that the file adds to stored events.
    pub joined: Vec<(EventId, TeamId)>,
    pub tallies: Vec<Tally>,
    /// Stored events that have their first result now.
    pub reported: BTreeSet<EventId>,
    /// How well the counts of event-days are known from now on, where a row says it.
    pub precision: BTreeMap<(EventId, NaiveDate), Precision>,
    pub added: usize,
    pub corrected: usize,
    pub warnings: Vec<FileWarning>,
}

/// A row that becomes an entry.
#[derive(Debug)]
pub struct Tally {
    pub entry: Entry,
    pub team: TeamId,
    pub effort: DayEffort,
    /// What it takes the place of: nothing, or all that the team had counted there that day.
    pub replaces: Vec<TeamDay>,
}

/// Hours that lie closer to each other are the same: a file has four decimals.
const HOURS_APART: f64 = 0.000_1;

type Rows<'a> = Vec<(&'a Numbered<ResultRow>, TeamId)>;

/// Weighs every row.
///
/// # Errors
/// [`ServiceError::File`] with every row that is refused.
pub fn weigh(
    desk: &mut Desk<'_, Plan>,
    file: &ResultFile,
    names: &Names,
    stored: &Stored,
    options: &ImportOptions,
) -> Result<Weighed, ServiceError> {
    let locks = locks::list_locks_in_force(desk.connection, desk.scope())?;
    let mut errors = file.errors.clone();
    let occasions = by_occasion(file, names, &mut errors);
    let mut scale =
        Scale { desk, names, stored, locks, correct: options.correct.as_ref(), errors, weighed: Weighed::default() };
    for (occasion, rows) in &occasions {
        scale.weigh_occasion(*occasion, rows);
    }
    Ok(scale.errors.finish(scale.weighed)?)
}

fn by_occasion<'a>(file: &'a ResultFile, names: &Names, errors: &mut FileErrors) -> BTreeMap<Occasion, Rows<'a>> {
    let mut occasions = BTreeMap::<Occasion, Rows<'a>>::new();
    for row in &file.rows {
        let (venue, team) = (names.venue(&row.value.venue), names.team(&row.value.team));
        for (column, is_missing) in [("venue", venue.is_none()), ("team", team.is_none())] {
            if is_missing {
                errors.push(row.line, column, Rule::NotFound);
            }
        }
        if let (Some(venue), Some(team)) = (venue, team) {
            occasions.entry((venue, row.value.day, row.value.kind)).or_default().push((row, team.id));
        }
    }
    occasions
}

struct Scale<'a, 'd> {
    desk: &'a Desk<'d, Plan>,
    names: &'a Names,
    stored: &'a Stored,
    locks: Vec<PeriodLock>,
    correct: Option<&'a Note>,
    errors: FileErrors,
    weighed: Weighed,
}

/// An event of the occasion, stored or about to be.
#[derive(Clone)]
struct Target {
    event: EventId,
    state: EventState,
    precision: Precision,
    /// None for an event that is made by this file.
    reporting: Option<Reporting>,
    teams: Vec<TeamId>,
}

impl Scale<'_, '_> {
    fn weigh_occasion(&mut self, occasion: Occasion, rows: &Rows<'_>) {
        let mut targets = self.stored_targets(&occasion);
        // A row of a team that no event knows belongs to the event of the other rows, or to one whose team nobody knows.
        let of_rows = targets.iter().position(|target| {
            target.state.takes_results()
                && (target.teams.is_empty() || rows.iter().any(|(_, team)| target.teams.contains(team)))
        });
        let find = |targets: &[Target], team: &TeamId| {
            let own =
                |live: bool| targets.iter().position(|t| t.teams.contains(team) && t.state.takes_results() == live);
            own(true).or_else(|| own(false))
        };
        let (mut placed, mut homeless) = (Vec::new(), Vec::new());
        for (row, team) in rows {
            match find(&targets, team).or(of_rows) {
                Some(at) => placed.push((*row, *team, at)),
                None => homeless.push((*row, *team)),
            }
        }
        for (_, team, at) in &placed {
            if let Some(target) = targets.get_mut(*at).filter(|target| !target.teams.contains(team)) {
                target.teams.push(*team);
                self.weighed.joined.push((target.event, *team));
            }
        }
        if let Some(target) = self.make_event(occasion, &homeless) {
            targets.push(target);
            let last = targets.len() - 1;
            placed.extend(homeless.into_iter().map(|(row, team)| (row, team, last)));
        }
        for (at, target) in targets.iter().enumerate() {
            let own: Rows<'_> =
                placed.iter().filter(|(_, _, to)| *to == at).map(|(row, team, _)| (*row, *team)).collect();
            self.weigh_rows(target, &targets, &own);
        }
    }

    fn stored_targets(&self, occasion: &Occasion) -> Vec<Target> {
        let target = |day: &crate::store::reports::team_days::EventDayAt| Target {
            event: day.event,
            state: day.state,
            precision: day.precision,
            reporting: Some(day.reporting),
            teams: self.stored.teams(day.event).to_vec(),
        };
        self.stored.days(occasion).iter().map(target).collect()
    }

    /// One event for all rows that none is stored for.
    fn make_event(&mut self, (venue, date, kind): Occasion, rows: &[(&Numbered<ResultRow>, TeamId)]) -> Option<Target> {
        let (first, _) = rows.first()?;
        let mut teams: Vec<TeamId> = rows.iter().map(|(_, team)| *team).collect();
        teams.sort_unstable();
        teams.dedup();
        let draft = EventDraft {
            kind,
            title: self.names.venue_name(&first.value.venue)?.clone(),
            venue: Some(venue),
            place: None,
            teams: teams.clone(),
            units: Vec::new(),
            officers: Vec::new(),
            days: one_day(date)?,
            services: services(kind, rows),
            host_programme: None,
            request: None,
            notes: None,
        };
        let (id, office, now, today) =
            (first.value.event, self.desk.office().id, self.desk.now, self.desk.today().max(date));
        match Event::new(id, office, draft, Origin::Imported, now, today) {
            Ok(event) => self.weighed.new_events.push(event),
            Err(broken) => self.errors.push_row(first.line, &broken),
        }
        let precision = Precision::Exact;
        Some(Target { event: id, state: EventState::Done, precision, reporting: None, teams })
    }

    fn weigh_rows(&mut self, target: &Target, all: &[Target], rows: &Rows<'_>) {
        let before = self.weighed.tallies.len();
        for (row, team) in rows {
            self.weigh_row(target, &occasions_of(all, target, *team, row.value.day), row, *team);
        }
        let Some((row, _)) = rows.first().filter(|_| self.weighed.tallies.len() > before) else { return };
        let key = (target.event, row.value.day);
        if rows.iter().any(|(row, _)| row.value.precision == Precision::Approximate) {
            self.weighed.precision.insert(key, Precision::Approximate);
        } else if target.precision == Precision::Approximate && rows.len() >= target.teams.len() {
            // The file has counted anew for every team.
            self.weighed.precision.insert(key, Precision::Exact);
        }
        if target.reporting == Some(Reporting::Unreported) {
            self.weighed.reported.insert(target.event);
        }
    }

    /// `team_days` are the events that the row stands for, should its team have been at several of them.
    fn weigh_row(&mut self, target: &Target, team_days: &[TeamDay], row: &Numbered<ResultRow>, team: TeamId) {
        let (line, row) = (row.line, &row.value);
        let corrects = self.stored.sum(team_days).is_some();
        let difference = self.first_difference(target, team_days, row);
        let repeats = difference.is_none() && (self.correct.is_none() || target.precision == row.precision);
        if corrects && repeats {
            return;
        }
        if let (Some(column), None) = (difference, self.correct) {
            self.errors.push(line, column, Rule::DiffersFromStored);
            return;
        }
        let entry = self.entry(target.event, row, corrects);
        match self.refusal(target, &entry) {
            Ok(None) => {}
            Ok(Some(code)) => self.weighed.warnings.push(FileWarning { line, code: code.as_str() }),
            Err(refused) => {
                self.errors.push(line, column_of(&refused.field), refused.rule);
                return;
            }
        }
        let effort = self.effort(target.event, row, team, corrects);
        *(if corrects { &mut self.weighed.corrected } else { &mut self.weighed.added }) += 1;
        let replaces = if corrects { team_days.to_vec() } else { Vec::new() };
        self.weighed.tallies.push(Tally { entry, team, effort, replaces });
    }

    fn entry(&self, event: EventId, row: &ResultRow, corrects: bool) -> Entry {
        Entry {
            id: row.entry,
            event,
            date: row.day,
            at: self.desk.now,
            kind: EntryKind::Tally,
            counts: row.counts.clone(),
            voids: None,
            reason: self.correct.filter(|_| corrects).cloned(),
            note: None,
            event_new: None,
        }
    }

    /// What the desk would be refused is an error, what it would be warned of is told.
    fn refusal(&self, target: &Target, entry: &Entry) -> Result<Option<HoldReason>, FieldError> {
        let Some(days) = one_day(entry.date) else { return Ok(None) };
        let capacity_per_day = self.names.capacity(&target.teams);
        let facts = EventFacts { state: target.state, days: &days, on_team: true, capacity_per_day };
        let around = Surroundings { today: self.desk.today(), locks: &self.locks, target_date: None };
        match judge(entry, Some(&facts), &around) {
            Verdict::Accept => Ok(None),
            Verdict::Hold(reason) => reason.refusal(entry.date, Some(target.state)).map_or(Ok(Some(reason)), Err),
        }
    }

    /// What a correction does not say stays as it was.
    fn effort(&self, event: EventId, row: &ResultRow, team: TeamId, corrects: bool) -> DayEffort {
        let stored = self.stored.effort(&(event, row.day, team)).filter(|_| corrects);
        let usual = || self.names.team(&row.team).map_or(1, |team| team.details.operators);
        let operators = row.operators.or(stored.map(|effort| effort.operators)).unwrap_or_else(usual);
        let hours = row.hours.or(stored.and_then(|effort| effort.hours));
        DayEffort { event, date: row.day, team, operators, hours }
    }

    /// The first column in which a row differs from what its team has stored there; an empty cell differs from nothing.
    fn first_difference(&self, target: &Target, team_days: &[TeamDay], row: &ResultRow) -> Option<&'static str> {
        self.stored.sum(team_days)?;
        if let Some(outcome) = self.stored.first_difference(team_days, &row.counts) {
            return Some(outcome.as_str());
        }
        // The efforts of several occasions are one sum in a file.
        let [only] = team_days else { return None };
        let stored = self.stored.effort(only);
        let hours = stored.and_then(|effort| effort.hours);
        let columns = [
            ("operators", row.operators.is_some() && row.operators != stored.map(|effort| effort.operators)),
            ("hours", row.hours.is_some_and(|said| hours.is_none_or(|hours| (said - hours).abs() > HOURS_APART))),
            ("precision", row.precision == Precision::Approximate && target.precision == Precision::Exact),
        ];
        columns.into_iter().find(|(_, differs)| *differs).map(|(column, _)| column)
    }
}

/// A file has one row where a team was at several events of one kind at one venue and day: all of them, if they take
/// results, and in any case the one that the row belongs to.
fn occasions_of(all: &[Target], target: &Target, team: TeamId, day: NaiveDate) -> Vec<TeamDay> {
    let others = all.iter().filter(|other| other.event != target.event && other.state.takes_results());
    let others = others.filter(|other| other.teams.contains(&team)).map(|other| other.event);
    std::iter::once(target.event).chain(others).map(|event| (event, day, team)).collect()
}

/// The day of an event of which nothing but the date is known.
fn one_day(date: NaiveDate) -> Option<EventDays> {
    let day = EventDay::new(date, [Slot::Morning].into(), None, None).ok()?;
    EventDays::new(vec![day]).ok()
}

/// What was offered is what was counted.
fn services(kind: EventKind, rows: &[(&Numbered<ResultRow>, TeamId)]) -> BTreeSet<Outcome> {
    let counted = rows.iter().flat_map(|(row, _)| row.value.counts.iter().map(|(outcome, _)| outcome));
    let services: BTreeSet<Outcome> = counted.filter(|outcome| outcome.is_service()).collect();
    if services.is_empty() && kind != EventKind::Briefing { [Outcome::Activated].into() } else { services }
}

/// The column that a field of an entry stands in.
fn column_of(field: &str) -> &'static str {
    match field {
        "date" => "day",
        _ => "venue",
    }
}
