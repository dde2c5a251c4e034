//! Who goes with which team on which day. A team goes out when its units are free and as many of its officers as it has
//! operators; whoever is absent or booked elsewhere stays behind. What two teams share is given to one of them, day by
//! day, so that no proposal wants the same car or person twice.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::ground::Ground;
use crate::domain::dates::DateRange;
use crate::domain::event::Subject;
use crate::domain::id::{TeamId, UnitId, UserId};
use crate::domain::team::Team;

/// Who can go out on which day, and why the others cannot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staffing {
    /// The officers of each team on each day on which it can go out.
    pub crews: BTreeMap<(TeamId, NaiveDate), Vec<UserId>>,
    pub stays: BTreeMap<(TeamId, NaiveDate), Stay>,
}

/// Why a team stays behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stay {
    /// It is booked already.
    Booked,
    /// This unit of its own is booked, or goes with another team.
    Unit(UnitId),
    /// Fewer officers are there than it has operators.
    Officers,
}

/// The staffing of every day of the horizon.
///
/// Where teams share something the larger one takes it; among equals the one that had fewer days so far, so that a shared
/// car goes to and fro. O(days × teams × members).
pub fn staff(ground: &Ground, days: DateRange) -> Staffing {
    let mut staffing = Staffing::default();
    let mut had: BTreeMap<TeamId, usize> = BTreeMap::new();
    for date in days.iter() {
        let mut order: Vec<&Team> = ground.teams.iter().collect();
        order.sort_by_key(|team| {
            let days = had.get(&team.id).copied().unwrap_or_default();
            (std::cmp::Reverse(team.details.capacity_per_day), days, team.code.clone())
        });
        let mut day = Day { ground, date, units: BTreeSet::new(), officers: BTreeSet::new() };
        for team in order {
            match day.send(team) {
                Ok(crew) => {
                    *had.entry(team.id).or_default() += 1;
                    staffing.crews.insert((team.id, date), crew);
                }
                Err(stay) => {
                    staffing.stays.insert((team.id, date), stay);
                }
            }
        }
    }
    staffing
}

/// One day while its teams are staffed.
struct Day<'a> {
    ground: &'a Ground,
    date: NaiveDate,
    /// Given to a team already.
    units: BTreeSet<UnitId>,
    officers: BTreeSet<UserId>,
}

impl Day<'_> {
    /// The officers that go with a team, if it can go; they and its units are then given away.
    fn send(&mut self, team: &Team) -> Result<Vec<UserId>, Stay> {
        if self.is_taken(Subject::Team(team.id)) {
            return Err(Stay::Booked);
        }
        // Archived units stay at home, as at any booking.
        let units: Vec<UnitId> =
            team.details.units.iter().copied().filter(|unit| self.ground.units.contains(unit)).collect();
        let is_away = |unit: &&UnitId| self.units.contains(unit) || self.is_taken(Subject::Unit(**unit));
        if let Some(unit) = units.iter().find(is_away) {
            return Err(Stay::Unit(*unit));
        }
        let members: Vec<UserId> =
            team.details.members.iter().copied().filter(|officer| self.ground.officers.contains(officer)).collect();
        let crew: Vec<UserId> = members.iter().copied().filter(|officer| self.is_present(*officer)).collect();
        let needed = usize::try_from(team.details.operators).unwrap_or_default().clamp(1, members.len().max(1));
        if !members.is_empty() && crew.len() < needed {
            return Err(Stay::Officers);
        }
        self.units.extend(units);
        self.officers.extend(crew.iter().copied());
        Ok(crew)
    }

    fn is_present(&self, officer: UserId) -> bool {
        !self.officers.contains(&officer)
            && !self.is_taken(Subject::Officer(officer))
            && !self.ground.absences.iter().any(|absence| absence.covers(officer, self.date))
    }

    fn is_taken(&self, subject: Subject) -> bool {
        self.ground.taken.contains(&(subject, self.date))
    }
}
