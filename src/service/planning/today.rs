//! The day at an office: who is where, what has come in, what is missing, and the week against what the teams could
//! serve. A dozen statements, however many events there are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::names::Names;
use super::present::present;
use crate::domain::calendar::HolidayCalendar;
use crate::domain::dates::DateRange;
use crate::domain::event::warnings::Warning;
use crate::domain::event::{Event, EventDay, EventKind, EventState, Reporting};
use crate::domain::id::EventId;
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::page::Cut;
use crate::domain::permission::Read;
use crate::domain::region::RegionCode;
use crate::domain::staff::User;
use crate::domain::team::Team;
use crate::domain::venue::Venue;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::venues::{VenueFilter, list_venues};
use crate::store::queries::{regions, teams, users};
use crate::store::reports::today::{self as report, UNREPORTED_STATES};

/// Events of a week that are looked at: far more than an office can hold.
const WEEK_MAX: usize = 500;

/// Unreported events that are listed, the latest first; the others are counted, and stand on the list of events.
const OVERDUE_MAX: usize = 5;

/// So far back an unreported event is looked for by name; older ones are counted.
const OVERDUE_DAYS: u64 = 60;

/// Bookings to be confirmed that are listed.
const UNCONFIRMED_MAX: usize = 5;

/// So many days ahead an event should be confirmed.
const CONFIRM_WITHIN: u64 = 7;

/// The day and its week.
#[derive(Debug, Clone)]
pub struct TodaySheet {
    pub today: NaiveDate,
    /// Of today, by hour.
    pub events: Vec<TodayEvent>,
    /// Held, not reported, the latest first.
    pub overdue: Vec<Overdue>,
    /// All of them, whether listed or not.
    pub all_overdue: i64,
    pub held: i64,
    /// Within a week, and neither confirmed nor called off.
    pub unconfirmed: Vec<Event>,
    /// Of events of this week from today on.
    pub warnings: Vec<(Event, Vec<Warning>)>,
    pub week: Week,
    pub has_venues: bool,
    pub has_teams: bool,
}

/// An event of today.
#[derive(Debug, Clone)]
pub struct TodayEvent {
    pub event: Event,
    pub day: EventDay,
    pub venue: Option<Venue>,
    /// Name of the venue's kecamatan or desa.
    pub region: Option<String>,
    pub teams: Vec<Team>,
    /// Whom to ask.
    pub officers: Vec<User>,
    pub counts: Counts,
    pub last_received: Option<DateTime<Utc>>,
}

/// An event that took place and was not reported, with whom to ask.
#[derive(Debug, Clone)]
pub struct Overdue {
    pub event: Event,
    pub teams: Vec<Team>,
    pub officers: Vec<User>,
}

/// Monday to Sunday.
#[derive(Debug, Clone, Default)]
pub struct Week {
    pub days: Vec<WeekDay>,
    /// What the booked teams can serve on their days.
    pub capacity: i64,
    pub team_days: usize,
}

#[derive(Debug, Clone)]
pub struct WeekDay {
    pub date: NaiveDate,
    pub activated: i64,
    /// Outreach events of the day that should have been reported and were not.
    pub unreported: usize,
    pub holiday: Option<String>,
}

impl Week {
    pub fn activated(&self) -> i64 {
        self.days.iter().map(|day| day.activated).sum()
    }

    pub fn unreported(&self) -> usize {
        self.days.iter().map(|day| day.unreported).sum()
    }
}

impl Services {
    /// The page of the day.
    pub async fn find_today(&self, caller: &Caller, office: &RegionCode) -> Result<TodaySheet, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Read>| today(desk)).await
    }

    /// The mark that changes with anything that a live page shows.
    pub async fn read_mark(&self, caller: &Caller, office: &RegionCode) -> Result<String, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Read>| {
            Ok(report::read_mark(desk.connection, desk.scope())?)
        })
        .await
    }
}

fn today(desk: &mut Desk<'_, Read>) -> Result<TodaySheet, ServiceError> {
    let today = desk.today();
    let week = week_of(today)?;
    let of_week = EventFilter { from: Some(week.first()), to: Some(week.last()), ..EventFilter::default() };
    let all = events::list_events(desk.connection, desk.scope(), &of_week, &Cut::new(WEEK_MAX, None))?.items;
    let names = Names::of_events(desk, &all)?;
    let ids: Vec<EventId> = all.iter().map(|event| event.id).collect();
    let counts = report::list_day_counts(desk.connection, desk.scope(), &ids, week)?;
    let holidays = list_holidays(desk.connection, week.first(), week.last(), Validity::Now)?;
    let calendar = HolidayCalendar::new(holidays, &desk.office().code);
    Ok(TodaySheet {
        today,
        events: events_of(desk, today, &all, &names, &counts)?,
        overdue: overdue(desk, today)?,
        all_overdue: report::count_unreported(desk.connection, desk.scope(), today)?,
        held: report::count_held(desk.connection, desk.scope())?,
        unconfirmed: unconfirmed(desk, today)?,
        week: week_sums(&all, &names, &counts, &calendar, week, today),
        warnings: warnings(desk, all, today)?,
        has_venues: !list_venues(desk.connection, desk.scope(), &VenueFilter::default(), &one())?.items.is_empty(),
        has_teams: !teams::list_teams(desk.connection, desk.scope(), false, &one())?.items.is_empty(),
    })
}

/// Enough to know that there is any.
fn one<K>() -> Cut<K> {
    Cut::new(1, None)
}

fn week_of(today: NaiveDate) -> Result<DateRange, ServiceError> {
    let week = today.week(chrono::Weekday::Mon);
    DateRange::new(week.first_day(), week.last_day()).map_err(ServiceError::internal)
}

/// True for events that keep their days: neither called off nor put off.
fn is_on(event: &Event) -> bool {
    !matches!(event.state, EventState::Cancelled | EventState::Postponed | EventState::NotHeld)
}

fn events_of(
    desk: &mut Desk<'_, Read>,
    today: NaiveDate,
    all: &[Event],
    names: &Names,
    counts: &BTreeMap<(EventId, NaiveDate), Counts>,
) -> Result<Vec<TodayEvent>, ServiceError> {
    let of_today = |event: &&Event| is_on(event) && event.days.contains_date(today);
    let of_today: Vec<&Event> = all.iter().filter(of_today).collect();
    let ids: Vec<EventId> = of_today.iter().map(|event| event.id).collect();
    let last = report::list_last_received(desk.connection, desk.scope(), &ids, today)?;
    let region_codes: BTreeSet<_> =
        of_today.iter().filter_map(|event| names.venues.get(&event.venue?)).map(|v| v.details.region.clone()).collect();
    let regions = regions::list_regions_by_code(desk.connection, &Vec::from_iter(region_codes))?;
    let officers = officers_of(desk, of_today.iter().copied())?;
    let today_event = |event: &Event| {
        let venue = event.venue.and_then(|id| names.venues.get(&id)).cloned();
        let region = venue.as_ref().and_then(|venue| regions.iter().find(|region| region.code == venue.details.region));
        Some(TodayEvent {
            day: event.days.iter().find(|day| day.date() == today)?.clone(),
            region: region.map(|region| region.name.clone()),
            venue,
            teams: teams_of(event, names),
            officers: at_event(&officers, event),
            counts: counts.get(&(event.id, today)).cloned().unwrap_or_default(),
            last_received: last.get(&event.id).copied(),
            event: event.clone(),
        })
    };
    let mut shown: Vec<TodayEvent> = of_today.into_iter().filter_map(today_event).collect();
    shown.sort_by_key(|shown| (shown.day.starts(), shown.day.slots().first().copied()));
    Ok(shown)
}

fn teams_of(event: &Event, names: &Names) -> Vec<Team> {
    event.teams.iter().filter_map(|id| names.teams.get(id)).cloned().collect()
}

fn overdue(desk: &mut Desk<'_, Read>, today: NaiveDate) -> Result<Vec<Overdue>, ServiceError> {
    let filter = EventFilter {
        from: today.checked_sub_days(Days::new(OVERDUE_DAYS)),
        ended_before: Some(today),
        states: UNREPORTED_STATES.to_vec(),
        reporting: Some(Reporting::Unreported),
        kind: Some(EventKind::Outreach),
        ..EventFilter::default()
    };
    let mut found = events::list_events(desk.connection, desk.scope(), &filter, &Cut::new(WEEK_MAX, None))?.items;
    found.reverse();
    found.truncate(OVERDUE_MAX);
    let names = Names::of_events(desk, &found)?;
    let officers = officers_of(desk, &found)?;
    let overdue =
        |event: Event| Overdue { teams: teams_of(&event, &names), officers: at_event(&officers, &event), event };
    Ok(found.into_iter().map(overdue).collect())
}

/// The officers of all these events, in one query.
fn officers_of<'a>(
    desk: &mut Desk<'_, Read>,
    events: impl IntoIterator<Item = &'a Event>,
) -> Result<Vec<User>, ServiceError> {
    let ids: BTreeSet<_> = events.into_iter().flat_map(|event| event.officers.iter().copied()).collect();
    Ok(users::list_users_by_id(desk.connection, &Vec::from_iter(ids))?)
}

fn at_event(officers: &[User], event: &Event) -> Vec<User> {
    officers.iter().filter(|user| event.officers.contains(&user.id)).cloned().collect()
}

fn unconfirmed(desk: &mut Desk<'_, Read>, today: NaiveDate) -> Result<Vec<Event>, ServiceError> {
    let filter = EventFilter {
        from: Some(today),
        to: today.checked_add_days(Days::new(CONFIRM_WITHIN)),
        states: vec![EventState::Draft, EventState::Proposed],
        ..EventFilter::default()
    };
    Ok(events::list_events(desk.connection, desk.scope(), &filter, &Cut::new(UNCONFIRMED_MAX, None))?.items)
}

fn warnings(
    desk: &mut Desk<'_, Read>,
    all: Vec<Event>,
    today: NaiveDate,
) -> Result<Vec<(Event, Vec<Warning>)>, ServiceError> {
    let ahead: Vec<Event> =
        all.into_iter().filter(|event| is_on(event) && event.days.dates().any(|date| date >= today)).collect();
    let booked = present(desk, ahead)?;
    let with_warnings = booked.into_iter().filter(|booked| !booked.warnings.is_empty());
    Ok(with_warnings.map(|booked| (booked.event, booked.warnings)).collect())
}

fn week_sums(
    all: &[Event],
    names: &Names,
    counts: &BTreeMap<(EventId, NaiveDate), Counts>,
    calendar: &HolidayCalendar,
    week: DateRange,
    today: NaiveDate,
) -> Week {
    let outreach: Vec<&Event> = all.iter().filter(|event| is_on(event) && event.kind == EventKind::Outreach).collect();
    let day = |date: NaiveDate| {
        let of_day = || outreach.iter().filter(move |event| event.days.contains_date(date));
        let count = |event: &&&Event| counts.get(&(event.id, date)).map_or(0, |c| c.get(Outcome::Activated).max(0));
        let missing = |event: &&&Event| date < today && !counts.contains_key(&(event.id, date));
        WeekDay {
            date,
            activated: of_day().map(|event| count(&event)).sum(),
            unreported: of_day().filter(missing).count(),
            holiday: calendar.on(date).next().map(|holiday| holiday.name.to_string()),
        }
    };
    let team_days: BTreeSet<_> = outreach
        .iter()
        .flat_map(|e| e.teams.iter().flat_map(|team| e.days.dates().map(move |date| (*team, date))))
        .collect();
    let team_days: Vec<_> = team_days.into_iter().filter(|(_, date)| week.contains(*date)).collect();
    let capacity = |(team, _): &(_, NaiveDate)| names.teams.get(team).map_or(0, |team| team.details.capacity_per_day);
    Week {
        days: week.iter().map(day).collect(),
        capacity: team_days.iter().map(capacity).sum(),
        team_days: team_days.len(),
    }
}
