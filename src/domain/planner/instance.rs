//! What the planner is asked: a horizon, teams with calendars, venues with open days and expected gains. A caller
//! writes a [`Draft`]; [`Instance::new`] takes it if every rule holds. Knows no file, no office and no solver.
//!
//! All amounts are centi-activations (1 activation = 100), all days and indices count from 0.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::fault::{Fault, FaultKind, Faults};
use super::visit::{Crew, Visit};

/// The largest amount that may stand anywhere in an instance.
pub const MAX_AMOUNT: i64 = 1_000_000_000;
const MAX_DAYS: usize = 10_000;
const MAX_TEAMS: usize = 10_000;
const MAX_TEAM_DAYS: usize = 20_000_000;
const MAX_VISITS: usize = 1_000;

/// A checked instance. Reads like its [`Draft`] and cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance(Draft);

/// An instance as a caller writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Free text, repeated in the plan.
    pub name: String,
    /// Days of the horizon.
    pub days: usize,
    /// Per area (kecamatan) the visits wanted at least: the floor.
    pub floors: Vec<u32>,
    /// What each visit missing to a floor costs.
    pub shortfall_penalty: i64,
    /// What each pin costs that is not met.
    pub pin_penalty: i64,
    pub teams: Vec<Team>,
    pub venues: Vec<Venue>,
    /// Bookings that stand: part of every plan.
    pub fixed: Vec<Visit>,
    /// Wishes that weigh more than gain.
    pub pins: Vec<Pin>,
    /// Venues that get no visit beside their fixed bookings.
    pub excluded: Vec<usize>,
}

/// A team and its calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// One entry for each day of the horizon.
    pub calendar: Vec<Duty>,
    /// How many of its [`Duty::Overtime`] days may be used.
    pub overtime_max: u32,
}

/// What a team does on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    Off,
    Regular,
    /// A day off that may be worked, within the team's overtime.
    Overtime,
}

/// A venue that can be visited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Venue {
    /// Index of its area.
    pub area: usize,
    /// Days between two visits, at least 1: a visit on day d allows the next on day d + gap.
    pub min_gap: usize,
    /// Visits in the horizon at most; the length of every gain list.
    pub max_visits: usize,
    /// Day of the last visit before the horizon (negative), if any: only to tell why nothing is open.
    pub last_visit: Option<i32>,
    /// Days on which it can be visited, ascending; days too close to the last visit are already left out.
    pub open: Vec<u16>,
    /// Who can visit it, and with what gain.
    pub reach: Vec<Reach>,
}

/// A crew that can visit a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub crew: Crew,
    /// Expected gain of the first, second, … visit of the horizon if this crew makes it.
    pub gain: Vec<i32>,
}

/// A wish for one venue. With a day: a visit on that day. Without: a first visit at all. With a team: that visit is
/// made by a crew with this team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    pub venue: usize,
    pub day: Option<usize>,
    pub team: Option<usize>,
}

impl Instance {
    /// Checks a draft; all faults are told, with places as in the file format.
    pub fn new(draft: Draft) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        check_sizes(&draft, &mut faults);
        check_teams(&draft, &mut faults);
        for (at, venue) in draft.venues.iter().enumerate() {
            check_venue(&draft, at, venue, &mut faults);
        }
        check_wishes(&draft, &mut faults);
        if faults.is_empty() {
            check_fixed(&draft, &mut faults);
        }
        if faults.is_empty() { Ok(Self(draft)) } else { Err(faults.into_vec()) }
    }

    /// The draft again, to change it and check it anew.
    pub fn into_draft(self) -> Draft {
        self.0
    }

    /// Expected gain of the `nth` (from 0) visit to a venue by a crew; none if the crew does not reach it.
    pub fn gain(&self, venue: usize, crew: Crew, nth: usize) -> Option<i64> {
        let reach = self.venues[venue].reach.iter().find(|reach| reach.crew == crew)?;
        reach.gain.get(nth).map(|gain| i64::from(*gain))
    }

    /// Whether a crew with two teams can visit some venue: then files need the format `jbplan-2`.
    pub fn has_joint_visits(&self) -> bool {
        self.venues.iter().any(|venue| venue.reach.iter().any(|reach| reach.crew.is_joint()))
    }
}

impl Deref for Instance {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.0
    }
}

impl Duty {
    /// As files write it: 0 off, 1 regular, 2 overtime.
    pub fn from_digit(digit: char) -> Option<Self> {
        match digit {
            '0' => Some(Self::Off),
            '1' => Some(Self::Regular),
            '2' => Some(Self::Overtime),
            _ => None,
        }
    }
}

impl Pin {
    /// Whether a visit, the `nth` (from 0) to its venue, is the wished one.
    pub fn is_met_by(&self, visit: &Visit, nth: usize) -> bool {
        self.venue == visit.venue
            && self.day.map_or(nth == 0, |day| day == visit.day)
            && self.team.is_none_or(|team| visit.crew.includes(team))
    }
}

fn check_sizes(draft: &Draft, faults: &mut Faults) {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    faults.range(|| "days".to_owned(), number(draft.days), 1, number(MAX_DAYS));
    faults.range(|| "teams".to_owned(), number(draft.teams.len()), 1, number(MAX_TEAMS));
    let team_days = draft.days.saturating_mul(draft.teams.len());
    faults.range(|| "teams".to_owned(), number(team_days), 0, number(MAX_TEAM_DAYS));
    faults.range(|| "shortfall_penalty".to_owned(), draft.shortfall_penalty, 0, MAX_AMOUNT);
    faults.range(|| "pin_penalty".to_owned(), draft.pin_penalty, 0, MAX_AMOUNT);
    for (at, floor) in draft.floors.iter().enumerate() {
        faults.range(|| format!("kecamatan[{at}].min_visits"), i64::from(*floor), 0, MAX_AMOUNT);
    }
}

fn check_teams(draft: &Draft, faults: &mut Faults) {
    for (at, team) in draft.teams.iter().enumerate() {
        if team.calendar.len() != draft.days {
            let kind = FaultKind::Length { wanted: draft.days, found: team.calendar.len() };
            faults.add(format!("teams[{at}].days"), kind);
        }
        faults.range(|| format!("teams[{at}].overtime_max"), i64::from(team.overtime_max), 0, MAX_AMOUNT);
    }
}

fn check_venue(draft: &Draft, at: usize, venue: &Venue, faults: &mut Faults) {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    faults.index(|| format!("venues[{at}].kecamatan"), venue.area, draft.floors.len());
    faults.range(|| format!("venues[{at}].min_gap_days"), number(venue.min_gap), 1, MAX_AMOUNT);
    faults.range(|| format!("venues[{at}].max_visits"), number(venue.max_visits), 0, number(MAX_VISITS));
    if let Some(last) = venue.last_visit {
        faults.range(|| format!("venues[{at}].last_visit"), i64::from(last), -MAX_AMOUNT, -1);
    }
    if !venue.open.is_sorted_by(|a, b| a < b) {
        faults.add(format!("venues[{at}].open"), FaultKind::NotAscending);
    }
    for (nth, day) in venue.open.iter().enumerate() {
        faults.index(|| format!("venues[{at}].open[{nth}]"), usize::from(*day), draft.days);
    }
    let mut crews: Vec<Crew> = venue.reach.iter().map(|reach| reach.crew).collect();
    crews.sort_unstable();
    if crews.windows(2).any(|pair| pair[0] == pair[1]) {
        faults.add(format!("venues[{at}].reach"), FaultKind::Repeated);
    }
    let singles = venue.reach.iter().filter(|reach| !reach.crew.is_joint()).count();
    for (nth, reach) in venue.reach.iter().enumerate() {
        let place = || match nth.checked_sub(singles) {
            Some(nth) if reach.crew.is_joint() => format!("venues[{at}].joint[{nth}]"),
            _ => format!("venues[{at}].reach[{nth}]"),
        };
        for team in reach.crew.teams() {
            faults.index(|| format!("{}.team", place()), team, draft.teams.len());
        }
        if reach.gain.len() != venue.max_visits {
            let kind = FaultKind::Length { wanted: venue.max_visits, found: reach.gain.len() };
            faults.add(format!("{}.gain", place()), kind);
        }
        for (k, gain) in reach.gain.iter().enumerate() {
            faults.range(|| format!("{}.gain[{k}]", place()), i64::from(*gain), 0, MAX_AMOUNT);
        }
    }
}

fn check_wishes(draft: &Draft, faults: &mut Faults) {
    for (at, pin) in draft.pins.iter().enumerate() {
        faults.index(|| format!("pins[{at}].venue"), pin.venue, draft.venues.len());
        if let Some(day) = pin.day {
            faults.index(|| format!("pins[{at}].day"), day, draft.days);
        }
        if let Some(team) = pin.team {
            faults.index(|| format!("pins[{at}].team"), team, draft.teams.len());
        }
    }
    for (at, venue) in draft.excluded.iter().enumerate() {
        faults.index(|| format!("excluded[{at}]"), *venue, draft.venues.len());
    }
}

/// Fixed bookings must themselves be a plan: every rule holds among them.
fn check_fixed(draft: &Draft, faults: &mut Faults) {
    let known = |(at, visit): &(usize, &Visit), faults: &mut Faults| {
        let venue = faults.index(|| format!("fixed[{at}].venue"), visit.venue, draft.venues.len());
        let day = faults.index(|| format!("fixed[{at}].day"), visit.day, draft.days);
        visit.crew.teams().fold(venue && day, |so_far, team| {
            faults.index(|| format!("fixed[{at}].team"), team, draft.teams.len()) && so_far
        })
    };
    let known: Vec<_> = draft.fixed.iter().enumerate().filter(|booking| known(booking, faults)).collect();
    let mut taken = BTreeMap::new();
    let mut overtime = vec![0; draft.teams.len()];
    for (at, visit) in &known {
        check_booking(draft, *at, visit, faults);
        for team in visit.crew.teams() {
            if taken.insert((team, visit.day), *at).is_some() {
                faults.add(format!("fixed[{at}]"), FaultKind::TeamTaken { team, day: visit.day });
            }
            overtime[team] += usize::from(draft.teams[team].calendar[visit.day] == Duty::Overtime);
            let max = usize::try_from(draft.teams[team].overtime_max).unwrap_or(usize::MAX);
            if overtime[team] > max {
                faults.add(format!("fixed[{at}]"), FaultKind::TooMuchOvertime { max, found: overtime[team] });
            }
        }
    }
    check_order(draft, known, faults);
}

/// One fixed booking by itself: open, in reach, on duty.
fn check_booking(draft: &Draft, at: usize, visit: &Visit, faults: &mut Faults) {
    let (venue, day) = (&draft.venues[visit.venue], visit.day);
    if !venue.open.iter().any(|open| usize::from(*open) == day) {
        faults.add(format!("fixed[{at}]"), FaultKind::Closed { day });
    }
    if !venue.reach.iter().any(|reach| reach.crew == visit.crew) {
        faults.add(format!("fixed[{at}]"), FaultKind::OutOfReach);
    }
    for team in visit.crew.teams() {
        if draft.teams[team].calendar[day] == Duty::Off {
            faults.add(format!("fixed[{at}]"), FaultKind::TeamOff { team, day });
        }
    }
}

/// The fixed bookings of each venue keep its gap and its number of visits.
fn check_order(draft: &Draft, mut known: Vec<(usize, &Visit)>, faults: &mut Faults) {
    known.sort_by_key(|(at, visit)| (visit.venue, visit.day, *at));
    for pair in known.windows(2) {
        let [(_, before), (at, after)] = pair else { continue };
        let gap = draft.venues[after.venue].min_gap;
        if before.venue == after.venue && after.day - before.day < gap {
            let kind = FaultKind::TooClose { earlier: before.day, later: after.day, gap };
            faults.add(format!("fixed[{at}]"), kind);
        }
    }
    for of_one in known.chunk_by(|(_, a), (_, b)| a.venue == b.venue) {
        let [.., (at, last)] = of_one else { continue };
        let max = draft.venues[last.venue].max_visits;
        if of_one.len() > max {
            faults.add(format!("fixed[{at}]"), FaultKind::TooManyVisits { max, found: of_one.len() });
        }
    }
}
