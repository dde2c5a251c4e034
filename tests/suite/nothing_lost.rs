//! Nothing lost, nothing doubled: the service is killed while many clients send tallies, bookings and transitions, and
//! PostgreSQL is restarted under load. Afterwards every acknowledged write is there, none twice, the day counts are the
//! ledger's sums and the claims are those of the events.
//! `CRASH_ROUNDS=50 cargo test --test suite nothing_lost` for more rounds than the few of an ordinary run.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use jemputbola::store::{Address, AnyConnection};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::process::{ServerProcess, run};
use crate::support::{Client, OFFICE, TestDatabase, database_url, on_server, postgres_server};

const SENDERS: usize = 12;
const DATE: &str = "2026-11-02";

/// The load of one round: how many writes were answered so far, and whether it is over.
#[derive(Default)]
struct Load {
    answered: AtomicUsize,
    stop: AtomicBool,
}

impl Load {
    /// Waits until so many more writes were answered: the blow must fall into a load, however slow the machine is.
    async fn wait_for(&self, more: usize) {
        let goal = self.answered.load(Ordering::Relaxed) + more;
        let begun = Instant::now();
        while self.answered.load(Ordering::Relaxed) < goal {
            assert!(begun.elapsed() < Duration::from_mins(1), "the load was no load");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// What the service has acknowledged.
#[derive(Default)]
struct Acknowledged {
    entries: Vec<String>,
    /// Event and the state that was answered last.
    events: Vec<(String, String)>,
}

/// An installation with a venue and a team for each sender, and one event to count at.
fn prepare(database: &str) -> String {
    run(database, &["migrate"]);
    run(database, &["office", "add", OFFICE]);
    run(database, &["user", "add", "admin", "--role", "admin", "--scope", ""]);
    run(database, &["token", "create", "--user", "admin"]).trim().to_owned()
}

async fn prepare_office(client: &Client) -> String {
    for n in 0..SENDERS {
        let team = json!({"code": format!("T-{n}"), "name": "Tim", "operators": 4, "capacity_per_day": 400});
        client.post("/teams", team).await.expect(201);
        let venue = json!({"code": format!("V-{n}"), "name": "Lokasi", "kind": "other", "region": "33.03.05"});
        client.post("/venues", venue).await.expect(201);
    }
    let event = client.post("/events", booking(0, DATE, "done")).await.expect(201);
    event.json()["id"].as_str().unwrap().to_owned()
}

fn booking(n: usize, date: &str, state: &str) -> Value {
    json!({"kind": "outreach", "title": "Uji", "venue": format!("V-{n}"), "teams": [format!("T-{n}")], "units": [],
        "officers": [], "days": [{"date": date, "slots": ["morning"]}], "services": ["activated"], "state": state})
}

/// Sends one write after another until told to stop or cut off; remembers what was acknowledged.
async fn send_writes(client: Client, event: String, n: usize, round: u64, load: Arc<Load>) -> Acknowledged {
    let mut seen = Acknowledged::default();
    let mut k = 0_u32;
    while !load.stop.load(Ordering::Relaxed) {
        k += 1;
        let sent = if k.is_multiple_of(3) {
            send_booking(&client, n, round, k, &mut seen).await
        } else {
            send_batch(&client, &event, &mut seen).await
        };
        match sent {
            Some(()) => drop(load.answered.fetch_add(1, Ordering::Relaxed)),
            None => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    seen
}

/// A batch of three entries; acknowledged if the service answered each.
async fn send_batch(client: &Client, event: &str, seen: &mut Acknowledged) -> Option<()> {
    let ids: Vec<String> = (0..3).map(|_| fresh_id()).collect();
    let entry = |id: &String| {
        json!({"id": id, "event": event, "date": DATE, "at": "2026-11-02T03:00:00Z", "kind": "tally",
            "counts": {"activated": 1, "no_smartphone": 2}})
    };
    let entries: Vec<Value> = ids.iter().map(entry).collect();
    let body = json!({"device": "hp", "sent_at": "2026-11-02T03:00:00Z", "waiting": 0, "entries": entries});
    let reply = try_send(client, Method::POST, "/results/batch", body).await?;
    for (answer, id) in reply["results"].as_array()?.iter().zip(&ids) {
        assert_eq!(
            (answer["id"].as_str(), answer["status"].as_str()),
            (Some(id.as_str()), Some("accepted")),
            "{reply}"
        );
    }
    seen.entries.extend(ids);
    Some(())
}

/// A booking on a day of its own, then a transition of it.
async fn send_booking(client: &Client, n: usize, round: u64, k: u32, seen: &mut Acknowledged) -> Option<()> {
    let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 1)? + chrono::Days::new(u64::from(k) + round * 400);
    let event = try_send(client, Method::POST, "/events", booking(n, &day.to_string(), "draft")).await?;
    let id = event["id"].as_str()?.to_owned();
    seen.events.push((id.clone(), "draft".to_owned()));
    let step = if k.is_multiple_of(2) { "confirm" } else { "cancel" };
    let address = format!("/events/{id}/{step}");
    let moved = try_send(client, Method::POST, &address, json!({"reason": "uji"})).await?;
    seen.events.push((id, moved["state"].as_str()?.to_owned()));
    Some(())
}

/// The body of a success; none if the service is gone or says that it cannot write now.
async fn try_send(client: &Client, method: Method, path: &str, body: Value) -> Option<Value> {
    let response = client.request(method, path).json(&body).send().await.ok()?;
    let (status, text) = (response.status().as_u16(), response.text().await.ok()?);
    match status {
        200 | 201 => serde_json::from_str(&text).ok(),
        // A booking whose first answer was lost clashes with itself; a busy database says so.
        409 | 503 => None,
        _ => panic!("{path}: {status} {text}"),
    }
}

fn fresh_id() -> String {
    #[allow(clippy::disallowed_methods, reason = "a phone makes its ids from its own clock")]
    uuid::Uuid::now_v7().to_string()
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    text: String,
}

fn number(connection: &mut AnyConnection, query: &str) -> i64 {
    diesel::sql_query(query).get_result::<Number>(connection).unwrap().n
}

fn texts(connection: &mut AnyConnection, sqlite: &str, postgres: &str) -> Vec<String> {
    let query = if matches!(connection, AnyConnection::Sqlite(_)) { sqlite } else { postgres };
    let rows: Vec<Found> = diesel::sql_query(query).load(connection).unwrap();
    rows.into_iter().map(|row| row.text).collect()
}

/// Everything that was acknowledged is stored, and what is stored agrees with itself.
fn check(database: &str, seen: &[Acknowledged]) {
    let mut connection = Address::parse(database).unwrap().open().unwrap();
    let stored: std::collections::HashSet<String> = texts(
        &mut connection,
        "SELECT lower(hex(id)) AS text FROM result_entries",
        "SELECT replace(id::TEXT, '-', '') AS text FROM result_entries",
    )
    .into_iter()
    .collect();
    for id in seen.iter().flat_map(|seen| &seen.entries) {
        assert!(stored.contains(&id.replace('-', "")), "entry {id} was acknowledged and is gone");
    }
    let states: std::collections::HashMap<String, String> = texts(
        &mut connection,
        "SELECT lower(hex(id)) || ' ' || state AS text FROM events",
        "SELECT replace(id::TEXT, '-', '') || ' ' || state AS text FROM events",
    )
    .into_iter()
    .filter_map(|line| line.split_once(' ').map(|(id, state)| (id.to_owned(), state.to_owned())))
    .collect();
    for (id, state) in seen.iter().flat_map(|seen| &seen.events) {
        let found =
            states.get(&id.replace('-', "")).unwrap_or_else(|| panic!("event {id} was acknowledged and is gone"));
        assert!(state == "draft" || state == found, "event {id} was answered as {state} and is {found}");
    }
    let differing = "SELECT COUNT(*) AS n FROM \
        (SELECT e.event_id, e.date, c.outcome, SUM(c.n) AS s FROM result_entries e \
         JOIN result_counts c ON c.office_id = e.office_id AND c.entry_id = e.id GROUP BY e.event_id, e.date, c.outcome) l \
        JOIN event_day_counts d ON d.event_id = l.event_id AND d.date = l.date AND d.outcome = l.outcome AND d.n <> l.s";
    assert_eq!(number(&mut connection, differing), 0, "day counts differ from the ledger");
    let sums = [
        "SELECT CAST(SUM(n) AS BIGINT) AS n FROM result_counts",
        "SELECT CAST(SUM(n) AS BIGINT) AS n FROM event_day_counts",
    ];
    assert_eq!(number(&mut connection, sums[0]), number(&mut connection, sums[1]));
    // Each event here has one team, one venue, one day and one slot: two claims while it holds them.
    let wrong = "SELECT COUNT(*) AS n FROM events e WHERE (SELECT COUNT(*) FROM claims c WHERE c.office_id = e.office_id \
        AND c.event_id = e.id) <> CASE WHEN e.state IN ('cancelled', 'postponed', 'not_held') THEN 0 ELSE 2 END";
    assert_eq!(number(&mut connection, wrong), 0, "claims differ from the events");
}

async fn sum_of_activations(client: &Client, event: &str) -> i64 {
    let counts = client.get(&format!("/events/{event}/counts")).await.expect(200).json();
    counts["total"]["counts"]["activated"].as_i64().unwrap()
}

#[actix_web::test]
async fn a_killed_service_has_kept_every_acknowledged_write_once() {
    let fixture = TestDatabase::create();
    let database = fixture.url();
    let token = prepare(&database);
    let mut server = ServerProcess::start(&database);
    let event = prepare_office(&server.client(&token)).await;
    let mut seen: Vec<Acknowledged> = Vec::new();
    for round in 0..rounds() {
        let load = Arc::new(Load::default());
        let send = |n| {
            let client = server.client(&token);
            actix_web::rt::spawn(send_writes(client, event.clone(), n, round, Arc::clone(&load)))
        };
        let senders: Vec<_> = (0..SENDERS).map(send).collect();
        // Another moment each round, so that the blow falls on reading, writing and committing.
        load.wait_for(40 + usize::try_from(round * 7 % 30).unwrap()).await;
        server.kill();
        load.stop.store(true, Ordering::Relaxed);
        for sender in senders {
            seen.push(sender.await.unwrap());
        }
        server = ServerProcess::start(&database);
        check(&database, &seen);
    }
    send_again(&server.client(&token), &event, &seen).await;
}

/// What was acknowledged once is answered as a duplicate and changes nothing.
async fn send_again(client: &Client, event: &str, seen: &[Acknowledged]) {
    let before = sum_of_activations(client, event).await;
    let ids: Vec<&String> = seen.iter().flat_map(|seen| &seen.entries).take(100).collect();
    let entry = |id: &&String| {
        json!({"id": id, "event": event, "date": DATE, "at": "2026-11-02T03:00:00Z", "kind": "tally",
            "counts": {"activated": 1, "no_smartphone": 2}})
    };
    let entries: Vec<Value> = ids.iter().map(entry).collect();
    let body = json!({"device": "hp", "sent_at": "2026-11-02T03:00:00Z", "waiting": 0, "entries": entries});
    let reply = client.post("/results/batch", body).await.expect(200).json();
    assert!(reply["results"].as_array().unwrap().iter().all(|result| result["status"] == "duplicate"), "{reply}");
    assert_eq!(sum_of_activations(client, event).await, before);
}

fn rounds() -> u64 {
    #[allow(clippy::disallowed_methods, reason = "the test suite has no settings file")]
    let rounds = std::env::var("CRASH_ROUNDS").ok();
    rounds.and_then(|text| text.parse().ok()).unwrap_or(5)
}

#[actix_web::test]
async fn a_restarted_postgresql_loses_and_doubles_nothing() {
    if postgres_server().is_none() {
        println!("SKIPPED: needs PostgreSQL (TEST_POSTGRES_URL)");
        return;
    }
    // A server of its own: the other tests must not feel the blow.
    let postgres = OwnPostgres::start();
    let database = postgres.database.clone();
    let token = prepare(&database);
    let server = ServerProcess::start(&database);
    let event = prepare_office(&server.client(&token)).await;
    let load = Arc::new(Load::default());
    let send = |n| {
        let client = server.client(&token);
        actix_web::rt::spawn(send_writes(client, event.clone(), n, 0, Arc::clone(&load)))
    };
    let senders: Vec<_> = (0..SENDERS).map(send).collect();
    for _ in 0..2 {
        load.wait_for(60).await;
        let folder = postgres.folder.clone();
        tokio::task::spawn_blocking(move || OwnPostgres::script("restart", &folder)).await.unwrap();
    }
    load.wait_for(60).await;
    load.stop.store(true, Ordering::Relaxed);
    let mut seen = Vec::new();
    for sender in senders {
        seen.push(sender.await.unwrap());
    }
    check(&database, &seen);
    send_again(&server.client(&token), &event, &seen).await;
}

/// A PostgreSQL server for one test, stopped and removed when dropped.
struct OwnPostgres {
    folder: String,
    /// The URL of a database of its own on this server.
    database: String,
}

impl OwnPostgres {
    fn start() -> Self {
        let folder = format!("/tmp/jemputbola-restart-{}", std::process::id());
        let server = Self::script("start", &folder).trim().to_owned();
        on_server(&server, "CREATE DATABASE crash");
        let database = database_url(&server, "crash");
        Self { folder, database }
    }

    fn script(verb: &str, folder: &str) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/postgres.sh");
        let output = Command::new("bash").args([script, verb, folder]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        Self::script("stop", &self.folder);
    }
}
