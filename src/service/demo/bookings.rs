//! The events of a demo: each is booked, and led through its states as a coordinator would have done it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::registry::{Registry, broken, unfit};
use super::times::{moment, start_of};
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::{
    Claim, DayEffort, Event, EventDay, EventDays, EventDraft, EventState, Origin, Reporting, Request, Slot, Transition,
};
use crate::domain::id::{EventId, TeamId};
use crate::domain::office::Office;
use crate::domain::outcome::Outcome;
use crate::domain::scenario::{ScenarioIds, SyntheticDay, SyntheticEvent, SyntheticHistory, SyntheticResult};
use crate::service::error::ServiceError;
use crate::service::files::facts::{DistrictFacts, PublishedEvent};

/// Events with what hangs on them; the synthetic ones first, in the order of the history.
#[derive(Debug)]
pub struct Bookings {
    pub events: Vec<Event>,
    pub efforts: Vec<DayEffort>,
    pub claims: Vec<(EventId, Claim)>,
    /// Event-days whose counts are approximate.
    pub approximate: BTreeSet<(EventId, NaiveDate)>,
}

/// Books every event of history and facts.
pub fn book(
    office: &Office,
    facts: &DistrictFacts,
    history: &SyntheticHistory,
    registry: &Registry,
    today: NaiveDate,
    ids: &mut ScenarioIds,
) -> Result<Bookings, ServiceError> {
    let operators: BTreeMap<TeamId, i64> =
        registry.teams.iter().map(|team| (team.id, team.details.operators)).collect();
    let (mut events, mut efforts, mut approximate) = (Vec::new(), Vec::new(), BTreeSet::new());
    for synthetic in &history.events {
        let event = book_event(office, synthetic, registry, today, ids)?;
        let mut planned = planned_efforts(&event, &operators);
        for result in &synthetic.results {
            correct(&mut planned, result, registry.team(&result.team)?);
            if result.precision == "approximate" {
                approximate.insert((event.id, result.date));
            }
        }
        efforts.extend(planned);
        events.push(event);
    }
    for published in &facts.events {
        events.push(list_event(office, published, registry, today, ids)?);
    }
    let claims = events.iter().flat_map(|event| event.claims().into_iter().map(|claim| (event.id, claim))).collect();
    Ok(Bookings { events, efforts, claims, approximate })
}

/// Puts what was noted in the place of what was planned.
fn correct(planned: &mut [DayEffort], result: &SyntheticResult, team: TeamId) {
    let own = planned.iter_mut().find(|effort| effort.team == team && effort.date == result.date);
    if let Some(effort) = own {
        effort.operators = i64::from(result.operators).max(1);
        effort.hours = result.minutes.map(|minutes| f64::from(minutes) / 60.0);
    }
}

fn book_event(
    office: &Office,
    synthetic: &SyntheticEvent,
    registry: &Registry,
    today: NaiveDate,
    ids: &mut ScenarioIds,
) -> Result<Event, ServiceError> {
    let days = synthetic.days.iter().map(build_day).collect::<Result<Vec<_>, _>>()?;
    let draft = EventDraft {
        kind: synthetic.kind.parse().map_err(broken)?,
        title: synthetic.title.clone(),
        venue: Some(registry.venue(&synthetic.venue)?),
        place: None,
        teams: synthetic.teams.iter().map(|code| registry.team(code)).collect::<Result<_, _>>()?,
        units: synthetic.units.iter().map(|code| registry.unit(code)).collect::<Result<_, _>>()?,
        officers: synthetic.officers.iter().map(|login| registry.user(login)).collect::<Result<_, _>>()?,
        days: EventDays::new(days).map_err(unfit)?,
        services: services(&synthetic.services)?,
        host_programme: synthetic.host_programme.clone(),
        request: synthetic.request.as_ref().map(|request| Request {
            by: Some(request.by.clone()),
            received_on: Some(request.received_on),
            letter_number: Some(request.letter_number.clone()),
            expected: Some(request.expected),
        }),
        notes: Some(synthetic.notes.clone()),
    };
    let life = Life::of(office, synthetic, today);
    let id = EventId(ids.next_at(life.begins));
    let origin = Origin::Booked(life.first_state());
    let event = Event::new(id, office.id, draft, origin, life.at(life.booked_on), life.booked_on).map_err(unfit)?;
    life.lead(event)
}

fn build_day(day: &SyntheticDay) -> Result<EventDay, ServiceError> {
    let slots: BTreeSet<Slot> = day.slots.iter().map(|slot| slot.parse().map_err(broken)).collect::<Result<_, _>>()?;
    EventDay::new(day.date, slots, Some(day.starts), Some(day.ends)).map_err(unfit)
}

fn services(codes: &[&str]) -> Result<BTreeSet<Outcome>, ServiceError> {
    codes.iter().map(|code| Outcome::parse_service(code).map_err(broken)).collect()
}

/// The dates on which somebody decided something about a synthetic event.
struct Life<'a> {
    office: &'a Office,
    synthetic: &'a SyntheticEvent,
    state: EventState,
    begins: DateTime<Utc>,
    booked_on: NaiveDate,
    first: NaiveDate,
    last: NaiveDate,
    today: NaiveDate,
}

impl<'a> Life<'a> {
    const DAYS_AHEAD: Days = Days::new(10);

    fn of(office: &'a Office, synthetic: &'a SyntheticEvent, today: NaiveDate) -> Self {
        let first = synthetic.days.first().map_or(today, |day| day.date);
        let starts = synthetic.days.first().map_or(NaiveTime::MIN, |day| day.starts);
        let asked = synthetic.request.as_ref().map(|request| request.received_on);
        let usual = first.min(today).checked_sub_days(Self::DAYS_AHEAD).unwrap_or(first);
        Self {
            office,
            synthetic,
            state: synthetic.state.parse().unwrap_or(EventState::Draft),
            begins: moment(office.time_zone, first, starts),
            booked_on: asked.map_or(usual, |asked| asked.max(usual)).min(first),
            first,
            last: synthetic.days.last().map_or(first, |day| day.date),
            today,
        }
    }

    /// The state in which it was entered.
    fn first_state(&self) -> EventState {
        match self.state {
            EventState::Draft | EventState::Proposed => self.state,
            _ => EventState::Confirmed,
        }
    }

    /// The working hours of a day on which something was decided.
    fn at(&self, date: NaiveDate) -> DateTime<Utc> {
        moment(self.office.time_zone, date, NaiveTime::MIN)
    }

    /// The event in its state of today, reported as far as it is.
    fn lead(&self, event: Event) -> Result<Event, ServiceError> {
        let reason = || self.synthetic.reason.clone();
        let early = self.first.checked_sub_days(Days::new(2)).unwrap_or(self.first).min(self.today).max(self.booked_on);
        let event = match self.state {
            EventState::Cancelled => self.step(&event, Transition::Cancel { reason: reason() }, early)?,
            EventState::Postponed => self.step(&event, Transition::Postpone { reason: reason() }, early)?,
            EventState::NotHeld => self.step(&event, Transition::NotHeld { reason: reason() }, self.first)?,
            EventState::Ongoing => self.step(&event, Transition::Start, self.first)?,
            EventState::Done => self.step(&event, Transition::Finish, self.last)?,
            EventState::Draft | EventState::Proposed | EventState::Confirmed => event,
        };
        let reported = |event: Event| event.report(self.at(self.last.min(self.today)));
        let reporting = self.synthetic.reporting.parse().map_err(broken)?;
        match reporting {
            Reporting::Unreported => Ok(event),
            Reporting::Reported => Ok(reported(event)),
            Reporting::Verified => {
                let verified_on = self.last.checked_add_days(Days::new(3)).unwrap_or(self.last).min(self.today);
                reported(event).verify(self.at(verified_on)).map_err(|error| unfit(vec![error]))
            }
        }
    }

    fn step(&self, event: &Event, transition: Transition, on: NaiveDate) -> Result<Event, ServiceError> {
        event.apply(transition, self.at(on), on).map_err(ServiceError::internal)
    }
}

/// An event that a report tells of: held by an unknown team, without a known result.
fn list_event(
    office: &Office,
    published: &PublishedEvent,
    registry: &Registry,
    today: NaiveDate,
    ids: &mut ScenarioIds,
) -> Result<Event, ServiceError> {
    let slots = published.slots.iter().copied().collect();
    let day = EventDay::new(published.date, slots, None, None).map_err(unfit)?;
    let draft = EventDraft {
        kind: published.kind,
        title: published.title.clone(),
        venue: Some(registry.venue(&published.venue)?),
        place: None,
        teams: Vec::new(),
        units: Vec::new(),
        officers: Vec::new(),
        days: EventDays::new(vec![day]).map_err(unfit)?,
        services: [Outcome::Activated].into(),
        host_programme: None,
        request: None,
        notes: published.notes.clone(),
    };
    // A demo of an earlier day tells of it all the same.
    let listed_on = today.max(published.date);
    let id = EventId(ids.next_at(start_of(office.time_zone, published.date)));
    let made_at = start_of(office.time_zone, listed_on);
    Event::new(id, office.id, draft, Origin::Listed(published.state), made_at, listed_on).map_err(unfit)
}
