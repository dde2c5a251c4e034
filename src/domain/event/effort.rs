//! What a day of an event costs: which teams served, with how many operators, for how long. Booked by the plan, corrected
//! by files; the ranking divides by it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::Event;
use super::day::EventDay;
use crate::domain::code::codes;
use crate::domain::id::{EventId, TeamId};

codes! {
    /// How well the counts of an event-day are known.
    pub enum Precision {
        Exact = "exact",
        /// Counts in totals and stays out of the ranking.
        Approximate = "approximate",
    }
}

/// The effort of one team on one event-day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayEffort {
    pub event: EventId,
    pub date: NaiveDate,
    pub team: TeamId,
    pub operators: i64,
    /// None if nobody wrote the hours down.
    pub hours: Option<f64>,
}

/// The efforts of one event-day together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DaySums {
    pub teams: i64,
    /// Operators times hours; none if the hours of a team are not known.
    pub officer_hours: Option<f64>,
}

impl DaySums {
    /// The sums over the teams of one day; a day without teams has no officer-hours.
    pub fn of<'a>(efforts: impl IntoIterator<Item = &'a DayEffort>) -> Self {
        let (mut teams, mut officer_hours) = (0, Some(0.0));
        for effort in efforts {
            teams += 1;
            officer_hours = officer_hours.zip(effort.hours).map(|(sum, hours)| sum + float(effort.operators) * hours);
        }
        Self { teams, officer_hours: officer_hours.filter(|_| teams > 0) }
    }
}

/// What the plan of an event says: every team comes on every day with its own number of operators, for the hours of the
/// day. A team that is not in `operators` is taken to have one.
pub fn planned_efforts(event: &Event, operators: &BTreeMap<TeamId, i64>) -> Vec<DayEffort> {
    let of_day = |day: &EventDay| {
        let (date, hours) = (day.date(), planned_hours(day));
        let effort = move |team: &TeamId| {
            let operators = operators.get(team).copied().unwrap_or(1);
            DayEffort { event: event.id, date, team: *team, operators, hours }
        };
        event.teams.iter().map(effort).collect::<Vec<_>>()
    };
    event.days.iter().flat_map(of_day).collect()
}

fn planned_hours(day: &EventDay) -> Option<f64> {
    let length: TimeDelta = day.ends()? - day.starts()?;
    Some(float(length.num_minutes()) / 60.0)
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "operators and minutes stay far below 2^53")]
fn float(n: i64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn effort(team: u128, operators: i64, hours: Option<f64>) -> DayEffort {
        let date = "2026-11-21".parse().unwrap();
        DayEffort { event: EventId(Uuid::nil()), date, team: TeamId(Uuid::from_u128(team)), operators, hours }
    }

    #[test]
    fn officer_hours_are_known_only_if_those_of_every_team_are() {
        let known = [effort(1, 4, Some(3.5)), effort(2, 2, Some(4.0))];
        assert_eq!(DaySums::of(&known), DaySums { teams: 2, officer_hours: Some(22.0) });
        let half = [effort(1, 4, Some(3.5)), effort(2, 2, None)];
        assert_eq!(DaySums::of(&half), DaySums { teams: 2, officer_hours: None });
        assert_eq!(DaySums::of(&[]), DaySums { teams: 0, officer_hours: None });
    }
}
