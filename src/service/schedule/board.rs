//! The board: the events of a range of days with everything that a card shows, the teams and who of them is absent, and
//! what the days are. The number of statements does not depend on the number of events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::calendar::{Holiday, HolidayCalendar};
use crate::domain::dates::DateRange;
use crate::domain::event::{EventKey, EventState};
use crate::domain::id::{EventId, TeamId, UserId};
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::Read;
use crate::domain::region::{Region, RegionCode, RegionLevel};
use crate::domain::team::{Team, Unit};
use crate::domain::text::{Code, Name};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::planning::{BookedEvent, Names, present};
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::regions::{RegionFilter, list_regions};
use crate::store::queries::{absences, teams, units, users};

/// Events that one board shows at most; beyond that nobody sees anything any more.
const EVENTS_MAX: usize = 4 * LIMIT_MAX;

/// What the board is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardQuery {
    pub days: DateRange,
    /// Events at venues of this kecamatan.
    pub district: Option<RegionCode>,
    /// Events in this state; none: all but cancelled ones.
    pub state: Option<EventState>,
    /// This team alone.
    pub team: Option<Code>,
}

/// An office's board over a range of days.
#[derive(Debug, Clone)]
pub struct Board {
    pub days: Vec<BoardDay>,
    /// Those in use and those that events of the range have, by code; the chosen one alone if one was chosen.
    pub teams: Vec<Team>,
    /// Every team in use, for choosing among them.
    pub all_teams: Vec<Team>,
    /// By first day.
    pub events: Vec<BoardEvent>,
    /// The kecamatan of the office.
    pub districts: Vec<Region>,
    /// Names of absent members by team and day.
    pub absent: BTreeMap<(TeamId, NaiveDate), Vec<Name>>,
    /// Cancelled events that are not shown.
    pub cancelled: usize,
    /// True if there are more events than the board shows.
    pub more: bool,
}

/// A day of the board.
#[derive(Debug, Clone)]
pub struct BoardDay {
    pub date: NaiveDate,
    /// Public holidays first.
    pub holidays: Vec<Holiday>,
    /// A weekday that is no holiday.
    pub working: bool,
}

/// An event with the names that its card shows.
#[derive(Debug, Clone)]
pub struct BoardEvent {
    pub booked: BookedEvent,
    pub venue: Option<Name>,
    pub region: Option<RegionCode>,
    /// The name of the kecamatan.
    pub district: Option<String>,
    pub units: Vec<Name>,
}

impl Services {
    pub async fn show_board(
        &self,
        caller: &Caller,
        office: &RegionCode,
        query: BoardQuery,
    ) -> Result<Board, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load(desk, &query)).await
    }

    /// One event as its card shows it.
    pub async fn find_board_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
    ) -> Result<BoardEvent, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let event = events::find_event(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)?;
            let (booked, districts) = (present(desk, vec![event])?, districts_of(desk)?);
            with_names(desk, booked, &districts)?.pop().ok_or(ServiceError::NotFound)
        })
        .await
    }
}

fn load(desk: &mut Desk<'_, Read>, query: &BoardQuery) -> Result<Board, ServiceError> {
    let all_teams = teams::list_all_teams(desk.connection, desk.scope())?;
    let districts = districts_of(desk)?;
    let chosen = match &query.team {
        Some(code) => teams::find_team(desk.connection, desk.scope(), code)?,
        None => None,
    };
    let (booked, more) = load_events(desk, query, chosen.as_ref().map(|team| team.id))?;
    let mut events = with_names(desk, booked, &districts)?;
    events.retain(|event| query.district.as_ref().is_none_or(|district| lies_in(event, district)));
    let before = events.len();
    if query.state.is_none() {
        events.retain(|event| event.booked.event.state != EventState::Cancelled);
    }
    let cancelled = before - events.len();
    let teams = teams_of(desk, &all_teams, chosen, &events)?;
    let absent = absent_members(desk, &teams, query.days)?;
    let days = days_of(desk, query.days)?;
    Ok(Board { days, teams, all_teams, events, districts, absent, cancelled, more })
}

fn load_events(
    desk: &mut Desk<'_, Read>,
    query: &BoardQuery,
    team: Option<TeamId>,
) -> Result<(Vec<BookedEvent>, bool), ServiceError> {
    let filter = EventFilter {
        from: Some(query.days.first()),
        to: Some(query.days.last()),
        states: query.state.into_iter().collect(),
        team,
        ..EventFilter::default()
    };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = events::list_events(desk.connection, desk.scope(), &filter, &Cut::new(LIMIT_MAX, after))?;
        all.extend(page.items);
        after = all.last().map(EventKey::of);
        if !page.more || all.len() >= EVENTS_MAX {
            return Ok((present(desk, all)?, page.more));
        }
    }
}

fn with_names(
    desk: &mut Desk<'_, Read>,
    booked: Vec<BookedEvent>,
    districts: &[Region],
) -> Result<Vec<BoardEvent>, ServiceError> {
    let plain: Vec<_> = booked.iter().map(|booked| booked.event.clone()).collect();
    let names = Names::of_events(desk, &plain)?;
    let ids: BTreeSet<_> = plain.iter().flat_map(|event| event.units.iter().copied()).collect();
    let units = units::list_units_by_id(desk.connection, desk.scope(), &Vec::from_iter(ids))?;
    let with_own = |booked: BookedEvent| {
        let venue = booked.event.venue.and_then(|id| names.venues.get(&id));
        let region = venue.map(|venue| venue.details.region.clone());
        let brings = |unit: &&Unit| booked.event.units.contains(&unit.id);
        BoardEvent {
            venue: venue.map(|venue| venue.details.name.clone()),
            district: region.as_ref().and_then(|region| district_of(districts, region)),
            region,
            units: units.iter().filter(brings).map(|unit| unit.name.clone()).collect(),
            booked,
        }
    };
    Ok(booked.into_iter().map(with_own).collect())
}

fn district_of(districts: &[Region], region: &RegionCode) -> Option<String> {
    districts.iter().find(|district| district.code.contains(region)).map(|district| district.name.clone())
}

fn lies_in(event: &BoardEvent, district: &RegionCode) -> bool {
    event.region.as_ref().is_some_and(|region| district.contains(region))
}

fn districts_of(desk: &mut Desk<'_, Read>) -> Result<Vec<Region>, ServiceError> {
    let parent = Some(desk.office().code.clone());
    let filter = RegionFilter { parent, level: Some(RegionLevel::District) };
    let mut found = list_regions(desk.connection, &filter, &Cut::new(LIMIT_MAX, None))?.items;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// The rows of the board: a team that was archived stays while it has events there.
fn teams_of(
    desk: &mut Desk<'_, Read>,
    all: &[Team],
    chosen: Option<Team>,
    events: &[BoardEvent],
) -> Result<Vec<Team>, ServiceError> {
    if let Some(team) = chosen {
        return Ok(vec![team]);
    }
    let known: BTreeSet<TeamId> = all.iter().map(|team| team.id).collect();
    let booked: BTreeSet<TeamId> = events.iter().flat_map(|event| event.booked.event.teams.iter().copied()).collect();
    let archived: Vec<TeamId> = (&booked - &known).into_iter().collect();
    let mut rows = all.to_vec();
    if !archived.is_empty() {
        rows.extend(teams::list_teams_by_id(desk.connection, desk.scope(), &archived)?);
        rows.sort_by(|a, b| a.code.cmp(&b.code));
    }
    Ok(rows)
}

fn absent_members(
    desk: &mut Desk<'_, Read>,
    teams: &[Team],
    days: DateRange,
) -> Result<BTreeMap<(TeamId, NaiveDate), Vec<Name>>, ServiceError> {
    let members: BTreeSet<UserId> = teams.iter().flat_map(|team| team.details.members.iter().copied()).collect();
    let found = absences::list_absences_of(desk.connection, desk.scope(), &Vec::from_iter(members), days)?;
    let away: BTreeSet<UserId> = found.iter().map(|absence| absence.user).collect();
    let users = users::list_users_by_id(desk.connection, &Vec::from_iter(away))?;
    let mut absent = BTreeMap::<_, Vec<Name>>::new();
    for team in teams {
        for user in users.iter().filter(|user| team.details.members.contains(&user.id)) {
            for date in days.iter().filter(|date| found.iter().any(|absence| absence.covers(user.id, *date))) {
                absent.entry((team.id, date)).or_default().push(user.details.name.clone());
            }
        }
    }
    Ok(absent)
}

fn days_of(desk: &mut Desk<'_, Read>, days: DateRange) -> Result<Vec<BoardDay>, ServiceError> {
    let holidays = list_holidays(desk.connection, days.first(), days.last(), Validity::Now)?;
    let calendar = HolidayCalendar::new(holidays, &desk.office().code);
    let day = |date| BoardDay {
        date,
        holidays: calendar.on(date).cloned().collect(),
        working: calendar.is_working_day(date),
    };
    Ok(days.iter().map(day).collect())
}
