//! What a list of events costs, and that nothing of an event is lost on its way through the tables.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel::sql_types::Text;
use tempfile::TempDir;

use super::*;
use crate::domain::event::effort::planned_efforts;
use crate::domain::event::input::{DayInput, EventInput};
use crate::domain::event::{EventDraft, EventState, Origin, Transition};
use crate::domain::id::{OfficeId, TeamId};
use crate::domain::office::Office;
use crate::domain::page::Cut;
use crate::domain::permission::{Actor, Permit, Plan};
use crate::domain::team::{Team, TeamDetails};
use crate::store::Address;
use crate::store::queries::{offices, teams};

struct Fixture {
    _folder: TempDir,
    connection: AnyConnection,
    scope: OfficeScope,
    team: TeamId,
}

fn now() -> DateTime<Utc> {
    "2026-11-21T01:00:00Z".parse().unwrap()
}

fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let address = Address::parse(&format!("sqlite://{}", folder.path().join("test.db").display())).unwrap();
    crate::store::migrate::run(&address, None, |_| Ok(())).unwrap();
    let mut connection = address.open().unwrap();
    let office = Office {
        id: OfficeId::new(now()),
        code: "33.03".parse().unwrap(),
        name: "Dinas".parse().unwrap(),
        time_zone: chrono_tz::Asia::Jakarta,
    };
    offices::insert_office(&mut connection, &office, now()).unwrap();
    let scope = Permit::<Plan>::grant(&Actor::System("test"), office).unwrap().scope();
    let details = TeamDetails {
        name: "Tim".parse().unwrap(),
        operators: 3,
        capacity_per_day: 100,
        base: None,
        units: vec![],
        members: vec![],
    };
    let team = Team { id: TeamId::new(now()), code: "T-1".parse().unwrap(), details, version: 1, archived: false };
    teams::insert_teams(&mut connection, scope, std::slice::from_ref(&team), now()).unwrap();
    Fixture { _folder: folder, connection, scope, team: team.id }
}

impl Fixture {
    fn event(&self, dates: &[String]) -> Event {
        let day = |date: &String| DayInput {
            date: Some(date.clone()),
            starts: Some("08.00".to_owned()),
            ends: Some("11.30".to_owned()),
            ..DayInput::default()
        };
        let input = EventInput {
            kind: Some("outreach".to_owned()),
            title: Some("Uji".to_owned()),
            days: dates.iter().map(day).collect(),
            ..EventInput::default()
        };
        let plan = input.check().unwrap();
        let draft = EventDraft {
            kind: plan.kind,
            title: plan.title,
            venue: None,
            place: "Balai RW 3".parse().ok(),
            teams: vec![self.team],
            units: vec![],
            officers: vec![],
            days: plan.days,
            services: plan.services,
            host_programme: None,
            request: None,
            notes: None,
        };
        let today = now().date_naive();
        Event::new(EventId::new(now()), self.scope.office_id(), draft, Origin::Unplanned, now(), today).unwrap()
    }

    fn store(&mut self, event: &Event) {
        let efforts = planned_efforts(event, &[(self.team, 3)].into());
        insert_events(&mut self.connection, self.scope, std::slice::from_ref(event), &efforts, None).unwrap();
    }

    /// The statements that the connection runs from now on, without their values.
    fn watch(&mut self) -> Arc<Mutex<Vec<String>>> {
        let statements = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&statements);
        self.connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let text = query.to_string();
                seen.lock().unwrap().push(text.split(" -- binds").next().unwrap().to_owned());
            }
        });
        statements
    }

    /// Date, teams and officer-hours of an event's days.
    fn sums(&mut self, event: &Event) -> Vec<(String, i64, Option<f64>)> {
        use crate::store::schema::event_days as days;
        let own = days::office_id.eq(self.scope.office_id()).and(days::event_id.eq(event.id));
        let rows: Vec<(NaiveDate, i64, Option<f64>)> = days::table
            .filter(own)
            .order(days::date)
            .select((days::date, days::teams, days::officer_hours))
            .load(&mut self.connection)
            .unwrap();
        rows.into_iter().map(|(date, teams, hours)| (date.to_string(), teams, hours)).collect()
    }
}

fn dates(days: std::ops::Range<u32>) -> Vec<String> {
    days.map(|day| format!("2026-11-{day:02}")).collect()
}

#[test]
fn a_list_costs_the_same_few_statements_however_many_events_it_shows() {
    let mut fixture = fixture();
    for day in 1..=28 {
        let event = fixture.event(&dates(day..day + 1));
        fixture.store(&event);
    }
    let statements = fixture.watch();
    let Fixture { connection, scope, .. } = &mut fixture;
    let page = list_events(connection, *scope, &EventFilter::default(), &Cut::new(20, None)).unwrap();
    assert_eq!((page.items.len(), page.more), (20, true));
    assert_eq!(statements.lock().unwrap().len(), 5, "events, days, teams, units, officers");
    let rest = Cut::new(20, page.items.last().map(EventKey::of));
    assert_eq!(list_events(connection, *scope, &EventFilter::default(), &rest).unwrap().items.len(), 8);
}

#[test]
fn a_list_walks_along_the_index_of_first_days() {
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }
    let mut fixture = fixture();
    let event = fixture.event(&dates(1..2));
    let cut = Cut::new(10, Some(EventKey::of(&event)));
    let filter = EventFilter { from: Some(now().date_naive()), ..EventFilter::default() };
    let statements = fixture.watch();
    list_events(&mut fixture.connection, fixture.scope, &filter, &cut).unwrap();
    let sql = statements.lock().unwrap()[0].clone();
    let plan: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(&mut fixture.connection).unwrap();
    let plan: Vec<_> = plan.into_iter().map(|step| step.detail).collect();
    assert!(plan.len() == 1 && plan[0].contains("events_first_day (office_id=? AND first_day>"), "{plan:?}");
}

#[test]
fn days_that_stay_keep_what_is_known_of_them_and_sums_follow_the_efforts() {
    let mut fixture = fixture();
    let stored = fixture.event(&dates(1..4));
    fixture.store(&stored);
    let day = |n: u32, hours| (format!("2026-11-{n:02}"), 1, hours);
    assert_eq!(fixture.sums(&stored), [day(1, Some(10.5)), day(2, Some(10.5)), day(3, Some(10.5))]);

    let second: NaiveDate = "2026-11-02".parse().unwrap();
    let counted = DayEffort { event: stored.id, date: second, team: fixture.team, operators: 2, hours: None };
    insert_efforts(&mut fixture.connection, fixture.scope, &[counted]).unwrap();
    assert_eq!(fixture.sums(&stored)[1], day(2, None));

    let moved = Event { days: fixture.event(&dates(2..5)).days, version: 2, ..stored.clone() };
    let mut efforts = planned_efforts(&moved, &[(fixture.team, 1)].into());
    efforts[0] = counted;
    let Fixture { connection, scope, .. } = &mut fixture;
    assert!(update_event(connection, *scope, &stored, &moved, &efforts).unwrap());
    assert!(!update_event(connection, *scope, &stored, &moved, &efforts).unwrap(), "the version has moved on");
    assert_eq!(find_event(connection, *scope, stored.id).unwrap(), Some(moved.clone()));
    assert_eq!(list_efforts(connection, *scope, &[stored.id]).unwrap(), efforts);
    assert_eq!(fixture.sums(&moved), [day(2, None), day(3, Some(3.5)), day(4, Some(3.5))]);
}

#[test]
fn a_state_is_stored_under_the_version_that_was_read_and_reporting_only_once() {
    let mut fixture = fixture();
    let stored = fixture.event(&dates(20..21));
    fixture.store(&stored);
    let Fixture { connection, scope, .. } = &mut fixture;
    let done = stored.apply(Transition::Finish, now(), now().date_naive()).unwrap();
    assert!(update_state(connection, *scope, &done, 1).unwrap());
    assert!(!update_state(connection, *scope, &done, 1).unwrap());
    assert_eq!(report_events(connection, *scope, &[stored.id], now()).unwrap(), 1);
    assert_eq!(report_events(connection, *scope, &[stored.id], now()).unwrap(), 0);
    let found = find_event(connection, *scope, stored.id).unwrap().unwrap();
    assert_eq!((found.state, found.version), (EventState::Done, 3));
}
