//! What the field needs in a test: a team, events to count at, and entries to send.

use std::collections::BTreeMap;

use jemputbola::domain::event::effort::planned_efforts;
use jemputbola::domain::event::{Event, EventDay, EventDays, EventDraft, EventKind, EventState, Origin, Slot};
use jemputbola::domain::id::{EventId, TeamId, UserId};
use jemputbola::domain::permission::Plan;
use jemputbola::domain::team::{Team, TeamDetails};
use jemputbola::service::Caller;
use jemputbola::service::desk::Desk;
use jemputbola::store::queries::{events, teams, users, venues};
use serde_json::{Value, json};

use super::{OFFICE, TestApp};

impl TestApp {
    /// Adds a team that serves so many people a day.
    pub async fn add_team(&self, code: &str, capacity: i64, members: &[&str]) {
        let (code, id) = (code.parse().unwrap(), TeamId(new_uuid()));
        let members: Vec<_> = members.iter().map(|login| login.parse().unwrap()).collect();
        let work = move |desk: &mut Desk<'_, Plan>| {
            let users = users::list_users_by_login(desk.connection, &members)?;
            let details = TeamDetails {
                name: "Tim uji".parse().unwrap(),
                operators: 2,
                capacity_per_day: capacity,
                base: None,
                units: Vec::new(),
                members: users.iter().map(|user| user.id).collect::<Vec<UserId>>(),
            };
            let team = Team { id, code: Clone::clone(&code), details, version: 1, archived: false };
            Ok(teams::insert_teams(desk.connection, desk.scope(), &[team], desk.now)?)
        };
        self.services.write_office(&Caller::system("test"), &OFFICE.parse().unwrap(), work).await.unwrap();
    }

    /// Adds an event of one team on these dates, in this state; answers its id.
    pub async fn add_event(&self, team: &str, state: EventState, dates: &[&str], services: &str) -> String {
        let id = EventId(new_uuid());
        let team = team.parse().unwrap();
        let day = |date: &&str| EventDay::new(date.parse().unwrap(), [Slot::Morning].into(), None, None).unwrap();
        let days = EventDays::new(dates.iter().map(day).collect()).unwrap();
        let services = services.split_whitespace().map(|code| code.parse().unwrap()).collect();
        let coordinator = self.as_coordinator().await;
        let place = json!({"code": "SEKOLAH", "name": "SMKN 1", "kind": "school", "region": "33.03.05"});
        coordinator.post("/venues", place).await;
        let work = move |desk: &mut Desk<'_, Plan>| {
            let scope = desk.scope();
            let venue = venues::find_venue(desk.connection, scope, &"SEKOLAH".parse().unwrap())?.unwrap();
            let team = teams::find_team(desk.connection, scope, &team)?.unwrap();
            let draft = EventDraft {
                kind: EventKind::Outreach,
                title: "Jemput bola SMKN 1".parse().unwrap(),
                venue: Some(venue.id),
                place: None,
                teams: vec![team.id],
                units: Vec::new(),
                officers: Vec::new(),
                days: Clone::clone(&days),
                services: Clone::clone(&services),
                host_programme: None,
                request: None,
                notes: None,
            };
            let origin = Origin::Booked(EventState::Confirmed);
            let event = Event::new(id, desk.office().id, draft, origin, desk.now, desk.today()).unwrap();
            let event = Event { state, ..event };
            let efforts = planned_efforts(&event, &BTreeMap::from([(team.id, team.details.operators)]));
            Ok(events::insert_events(desk.connection, scope, &[event], &efforts, None)?)
        };
        self.services.write_office(&Caller::system("test"), &OFFICE.parse().unwrap(), work).await.unwrap();
        id.to_string()
    }

    /// State, reporting and version of an event.
    pub async fn event_stands(&self, id: &str) -> String {
        let id = id.parse().unwrap();
        let work = move |desk: &mut Desk<'_, Plan>| Ok(events::find_event(desk.connection, desk.scope(), id)?.unwrap());
        let event = self.services.read_office(&Caller::system("test"), &OFFICE.parse().unwrap(), work).await.unwrap();
        format!("{} {} {}", event.state, event.reporting, event.version)
    }
}

/// A new id for an entry.
pub fn new_id() -> String {
    new_uuid().to_string()
}

#[allow(clippy::disallowed_methods, reason = "a phone makes ids by its own clock, each above the one before")]
fn new_uuid() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// An entry of a kind without parts of its own.
pub fn entry(event: &str, date: &str, kind: &str) -> Value {
    json!({"id": new_id(), "event": event, "date": date, "at": format!("{date}T09:30:00+07:00"), "kind": kind})
}

/// A tally with these counts.
pub fn tally(event: &str, date: &str, counts: Value) -> Value {
    let mut tally = entry(event, date, "tally");
    tally["counts"] = counts;
    tally
}

/// An entry that takes another away.
pub fn void(event: &str, date: &str, target: &Value) -> Value {
    let mut void = entry(event, date, "void");
    void["voids"] = target["id"].clone();
    void["reason"] = json!("dobel");
    void
}

/// A batch as a phone sends it.
pub fn batch(entries: &[Value]) -> Value {
    json!({"device": "hp-1", "sent_at": "2026-11-21T02:00:00Z", "waiting": 0, "entries": entries})
}

/// `status` or `status: reason` of each receipt.
pub fn fates(reply: &Value) -> Vec<String> {
    let fate = |receipt: &Value| {
        let status = receipt["status"].as_str().unwrap();
        receipt["reason"].as_str().map_or(status.to_owned(), |reason| format!("{status}: {reason}"))
    };
    reply["results"].as_array().unwrap().iter().map(fate).collect()
}
