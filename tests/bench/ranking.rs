//! How fast an office of 100,000 event-days is ranked, against the bare SQL aggregation over the same rows, and with
//! other offices' rows in the same tables. `cargo bench --bench ranking`; `BENCH_DAYS` changes the size.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench prints and fails by panicking"
)]

#[allow(dead_code, reason = "this bench needs no entries")]
mod support;

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, params};
use support::server::Installation;
use support::{OFFICE, bare, quantile, setting};

const VENUES: u64 = 1_000;
const RUNS: usize = 15;

/// The aggregation without anything around it: per venue the days, the activations and the last visit.
const BARE: &str = "SELECT e.venue_id, COUNT(*), SUM(d.teams), SUM(CASE WHEN c.n > 0 THEN c.n ELSE 0 END), MAX(d.date) \
     FROM events e \
     JOIN event_days d ON d.office_id = e.office_id AND d.event_id = e.id \
     JOIN event_day_counts c ON c.office_id = d.office_id AND c.event_id = d.event_id AND c.date = d.date \
     WHERE e.office_id = ?1 AND e.kind = 'outreach' AND e.state IN ('ongoing', 'done') \
       AND e.reporting IN ('reported', 'verified') AND d.precision = 'exact' AND c.outcome = 'activated' \
       AND d.date BETWEEN ?2 AND ?3 \
     GROUP BY e.venue_id";

fn main() {
    let days = setting("BENCH_DAYS", 100_000);
    let installation = Installation::create();
    installation.run(&["office", "add", "33.28"]);
    let connection = bare::open(&installation.file());
    // The office's own today: estimates of an older day are computed at each request.
    let last = jemputbola::app::system_clock().now().with_timezone(&chrono_tz::Asia::Jakarta).date_naive();
    for code in [OFFICE, "33.28"] {
        let begun = Instant::now();
        fill(&connection, code, last, days);
        println!("{code}: {days} event-days stored in {:.1} s", begun.elapsed().as_secs_f64());
    }
    connection.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
    let first = last - Days::new(364);
    let bare = median(|| aggregate(&connection, first, last));
    println!("bare SQL aggregation, pages copied: {:.1} ms", bare.as_secs_f64() * 1e3);
    // As the service's readers do it.
    connection.execute_batch("PRAGMA mmap_size = 268435456").unwrap();
    let bare = median(|| aggregate(&connection, first, last));
    println!("bare SQL aggregation, file mapped: {:.1} ms", bare.as_secs_f64() * 1e3);
    let server = installation.start();
    let mut client = server.client(&installation);
    let address =
        format!("/api/v1/offices/{OFFICE}/rankings/venues?service=activated&from={first}&to={last}&limit=100");
    let mut ask = || {
        let (status, text) = client.get(&address);
        assert!(status == 200 && text.contains("\"rank\":1") && text.contains("\"rank_high\""), "{status} {text}");
    };
    let begun = Instant::now();
    ask();
    println!("first ranking, which computes and stores the estimates: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let over_http = median(ask);
    let ratio = over_http.as_secs_f64() / bare.as_secs_f64();
    println!("ranking over HTTP: {:.1} ms = {ratio:.2} x bare", over_http.as_secs_f64() * 1e3);
    println!("resident: {:.1} MiB", server.resident_mib());
}

fn aggregate(connection: &Connection, first: NaiveDate, last: NaiveDate) {
    let office: Vec<u8> =
        connection.query_row("SELECT id FROM offices WHERE code = ?1", [OFFICE], |row| row.get(0)).unwrap();
    let mut statement = connection.prepare(BARE).unwrap();
    let rows = statement.query_map(params![office, first.to_string(), last.to_string()], |row| row.get::<_, i64>(1));
    assert!(rows.unwrap().map(Result::unwrap).sum::<i64>() > 0);
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    quantile(&times, 0.5)
}

/// One event of one day at a time, spread over the year and the venues.
fn fill(connection: &Connection, code: &str, last: NaiveDate, days: u64) {
    let office: Vec<u8> =
        connection.query_row("SELECT id FROM offices WHERE code = ?1", [code], |row| row.get(0)).unwrap();
    let at = "2026-11-21T02:00:00.000000Z";
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let id = |n: u64| uuid::Uuid::from_u64_pair(0x0190_0000_0000_7000 + n, 0x8000_0000_0000_0000).as_bytes().to_vec();
    let mut venue = connection
        .prepare(
            "INSERT INTO venues (office_id, id, code, name, kind, region_code, opening, version, created_at) \
             VALUES (?1, ?2, ?3, ?3, 'other', ?4, jsonb('{}'), 1, ?5)",
        )
        .unwrap();
    for n in 0..VENUES {
        venue.execute(params![office, id(n), format!("V-{n}"), format!("{code}.01"), at]).unwrap();
    }
    let mut event = connection
        .prepare(
            "INSERT INTO events (office_id, id, kind, title, venue_id, services, state, reporting, unplanned, reserves, \
             entered_late, first_day, last_day, version, created_at, updated_at) \
             VALUES (?1, ?2, 'outreach', 'Uji', ?3, 'activated', 'done', 'reported', 0, 1, 0, ?4, ?4, 1, ?5, ?5)",
        )
        .unwrap();
    let mut day = connection
        .prepare(
            "INSERT INTO event_days (office_id, event_id, date, slots, precision, teams, officer_hours) \
             VALUES (?1, ?2, ?3, 'morning', 'exact', 1, 16.0)",
        )
        .unwrap();
    let mut count = connection
        .prepare("INSERT INTO event_day_counts (office_id, event_id, date, outcome, n) VALUES (?1, ?2, ?3, ?4, ?5)")
        .unwrap();
    for n in 0..days {
        let date = (last - Days::new(n * 364 / days)).to_string();
        event.execute(params![office, id(n), id(n * 7 % VENUES), date, at]).unwrap();
        day.execute(params![office, id(n), date]).unwrap();
        for (outcome, counted) in [("activated", n % 90), ("no_smartphone", n % 7), ("ktp_recorded", n % 30)] {
            count.execute(params![office, id(n), date, outcome, counted.cast_signed()]).unwrap();
        }
    }
    drop((venue, event, day, count));
    connection.execute_batch("COMMIT").unwrap();
}
