//! The results of an office as a file holds them: one row for each venue, day, kind of event and team.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::event::{DayEffort, EventKind, Precision};
use crate::domain::id::{EventId, TeamId, VenueId};
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::permission::Export;
use crate::domain::text::Code;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::results::ExportedResult;
use crate::service::importing::options::EVER;
use crate::store::reports::team_days::{self, EventDayAt};

type Key = (NaiveDate, Code, Code, EventKind);

/// Every result of an event at a venue, by day, venue, team and kind. What belongs to no team, or was counted where there
/// is no venue yet, cannot be told in a file: its rows are named by both.
pub fn list_results(desk: &mut Desk<'_, Export>) -> Result<Vec<ExportedResult>, ServiceError> {
    let (scope, (first, last)) = (desk.scope(), EVER);
    let connection = &mut *desk.connection;
    let days = team_days::list_event_days(connection, scope, first, last)?;
    let venues: BTreeMap<VenueId, Code> = team_days::list_venue_codes(connection, scope)?.into_iter().collect();
    let teams: BTreeMap<TeamId, Code> = team_days::list_team_codes(connection, scope)?.into_iter().collect();
    let mut own = BTreeMap::<EventId, Vec<TeamId>>::new();
    for (event, team) in team_days::list_event_teams(connection, scope, first, last)? {
        own.entry(event).or_default().push(team);
    }
    let mut sums = BTreeMap::<(EventId, NaiveDate), BTreeMap<TeamId, Counts>>::new();
    for sum in team_days::sum_by_team(connection, scope, first, last)? {
        let team = sum.team_id.or_else(|| own.get(&sum.event_id)?.first().copied());
        if let Some(team) = team {
            let of_day = sums.entry((sum.event_id, sum.date)).or_default();
            of_day.entry(team).or_default().count(sum.outcome, sum.n);
        }
    }
    for (event, date, outcome) in team_days::list_counted(connection, scope, first, last)? {
        sums.entry((event, date)).and_modify(|teams| mark_as_counted(teams, outcome));
    }
    let efforts = team_days::list_team_efforts(connection, scope, first, last)?;
    let efforts: BTreeMap<_, DayEffort> =
        efforts.into_iter().map(|effort| ((effort.event, effort.date, effort.team), effort)).collect();
    let mut rows = BTreeMap::<Key, ExportedResult>::new();
    for day in days.iter().filter(|day| day.state.takes_results()) {
        for (team, counts) in sums.remove(&(day.event, day.date)).unwrap_or_default() {
            let effort = efforts.get(&(day.event, day.date, team));
            let Some((venue, team)) = venues.get(&day.venue).zip(teams.get(&team)) else { continue };
            let result = exported(day, venue, team, counts, effort);
            let key = (result.day, result.venue.clone(), result.team.clone(), result.kind);
            rows.entry(key).and_modify(|row| merge(row, &result)).or_insert(result);
        }
    }
    Ok(rows.into_values().collect())
}

/// What the day knows as counted and no team has counted was counted to zero, by all of them.
fn mark_as_counted(teams: &mut BTreeMap<TeamId, Counts>, outcome: Outcome) {
    let has = |counts: &Counts| counts.iter().any(|(own, _)| own == outcome);
    if !teams.values().any(has) {
        for counts in teams.values_mut() {
            counts.count(outcome, 0);
        }
    }
}

fn exported(day: &EventDayAt, venue: &Code, team: &Code, counts: Counts, effort: Option<&DayEffort>) -> ExportedResult {
    ExportedResult {
        day: day.date,
        venue: venue.clone(),
        team: team.clone(),
        kind: day.kind,
        operators: effort.map(|effort| effort.operators),
        hours: effort.and_then(|effort| effort.hours),
        precision: day.precision,
        counts,
    }
}

/// Two events of one kind at one venue on one day are one row for a team that was at both; an import compares the row with
/// both together.
fn merge(row: &mut ExportedResult, other: &ExportedResult) {
    row.counts.add(&other.counts);
    row.operators = row.operators.max(other.operators);
    row.hours = row.hours.zip(other.hours).map(|(own, more)| own + more);
    if other.precision == Precision::Approximate {
        row.precision = Precision::Approximate;
    }
}
