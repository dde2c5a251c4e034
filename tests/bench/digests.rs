//! How long the digests of a whole nation take: 514 offices with five recipients each, figures compiled and letters queued,
//! then every letter written with its chart. `cargo bench --bench digests`; `BENCH_OFFICES` and `BENCH_EVENTS` (of each
//! office) change the size.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench prints and fails by panicking"
)]

#[allow(dead_code, reason = "this bench has no server")]
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, Utc};
use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::language::Language;
use jemputbola::domain::mail::MailKind;
use jemputbola::mail;
use jemputbola::service::Services;
use jemputbola::settings::Settings;
use rusqlite::{Connection, params};
use support::{bare, setting};

const RECIPIENTS: u64 = 5;
const VENUES: u64 = 40;
/// Monday, half past seven WIB.
const NOW: &str = "2026-11-23T00:30:00Z";

fn main() {
    let (offices, events) = (setting("BENCH_OFFICES", 514), setting("BENCH_EVENTS", 150));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bench.db");
    let mut settings = Settings::read(None).unwrap();
    settings.database.url = format!("sqlite://{}", file.display());
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let services = app::build_services(&settings, Clock::new(move || now)).unwrap();
    let connection = bare::open(&file);
    let begun = Instant::now();
    let last = now.date_naive() - Days::new(1);
    fill(&connection, offices, events, last);
    println!("{offices} offices with {events} events each stored in {:.1} s", begun.elapsed().as_secs_f64());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let before = resident_mib();
    let begun = Instant::now();
    let sent = runtime.block_on(services.send_due_digests()).unwrap();
    println!(
        "{} letters of {} offices compiled and queued in {:.1} s",
        sent.letters,
        sent.offices,
        begun.elapsed().as_secs_f64()
    );
    assert_eq!(sent.letters as u64, offices * RECIPIENTS);
    println!("resident: {before:.0} MiB before, {:.0} MiB after", resident_mib());
    let payloads = payloads(&connection);
    let size = payloads.iter().map(String::len).sum::<usize>() / payloads.len();
    let begun = Instant::now();
    let bytes = render(&payloads);
    println!(
        "{} letters ({size} bytes of payload each) written on 2 threads in {:.1} s, {:.0} KiB each",
        payloads.len(),
        begun.elapsed().as_secs_f64(),
        bytes as f64 / payloads.len() as f64 / 1024.0
    );
    println!("resident: {:.0} MiB", resident_mib());
    drop::<Services>(services);
}

/// The letters in the order in which couriers take them.
fn payloads(connection: &Connection) -> Vec<String> {
    let mut query = connection.prepare("SELECT json(payload) FROM outbox ORDER BY next_at, id").unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Writes every letter on two threads; answers how many bytes that were.
fn render(payloads: &[String]) -> usize {
    let (next, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(payload) = payloads.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let payload = serde_json::from_str(payload).unwrap();
                    let letter = mail::render(MailKind::Digest, &payload, Language::Indonesian).unwrap();
                    let pictures: usize = letter.pictures.iter().map(|picture| picture.png.len()).sum();
                    assert!(pictures > 0, "a letter without its chart");
                    bytes.fetch_add(letter.text.len() + letter.html.len() + pictures, Ordering::Relaxed);
                }
            });
        }
    });
    bytes.into_inner()
}

fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

fn id(kind: u64, office: u64, n: u64) -> Vec<u8> {
    uuid::Uuid::from_u64_pair(0x0190_0000_0000_7000 + kind, 0x8000_0000_0000_0000 + office * 1_000_000 + n)
        .as_bytes()
        .to_vec()
}

/// Offices of real kabupaten and kota, each with a target, an official figure, venues, a year of events, a team, and
/// readers whose weekly letter is due.
fn fill(connection: &Connection, offices: u64, events: u64, last: NaiveDate) {
    let at = "2026-01-01T02:00:00.000000Z";
    let places = "SELECT substr(code, 1, 5), min(code) FROM regions WHERE level = 'district' GROUP BY 1 ORDER BY 1";
    let mut places = connection.prepare(places).unwrap();
    let places = places.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let places: Vec<(String, String)> = places.map(Result::unwrap).collect();
    assert!(places.len() as u64 >= offices, "{} kabupaten and kota", places.len());
    connection.execute_batch("PRAGMA synchronous = OFF; BEGIN IMMEDIATE").unwrap();
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        connection.prepare(sql).unwrap().execute(values).unwrap();
    };
    for (office, (code, district)) in (0..offices).zip(&places) {
        let own = id(0, office, 0);
        run(
            "INSERT INTO offices VALUES (?1, ?2, ?3, 'Asia/Jakarta', ?4)",
            params![own, code, format!("Dinas {code}"), at],
        );
        run(
            "INSERT INTO denominators (office_id, id, kind, value, as_of, source, recorded_at) \
             VALUES (?1, ?2, 'recorded', 779454, '2026-01-01', 'uji', ?3)",
            params![own, id(1, office, 0), at],
        );
        run(
            "INSERT INTO targets (office_id, id, version, scope_code, channel, purpose, denominator, share, starts, ends, \
             source, recorded_at) VALUES (?1, ?2, 1, ?3, 'all', 'year', 'recorded', 300000, '2026-01-01', '2026-12-31', \
             'uji', ?4)",
            params![own, id(2, office, 0), code, at],
        );
        run(
            "INSERT INTO observations (office_id, id, as_of, scope_code, kind, figure, source, recorded_at) \
             VALUES (?1, ?2, '2026-11-01', ?3, 'cumulative', ?4, 'uji', ?5)",
            params![own, id(3, office, 0), code, format!("{}", 29_890 + office), at],
        );
        run(
            "INSERT INTO teams (office_id, id, code, name, operators, capacity_per_day, version, created_at) \
             VALUES (?1, ?2, 'T-1', 'Tim 1', 2, 100, 1, ?3)",
            params![own, id(4, office, 0), at],
        );
        for n in 0..VENUES {
            run(
                "INSERT INTO venues (office_id, id, code, name, kind, region_code, opening, version, created_at) \
                 VALUES (?1, ?2, ?3, ?4, 'school', ?5, jsonb('{}'), 1, ?6)",
                params![own, id(5, office, n), format!("V-{n}"), format!("Sekolah {n}"), district, at],
            );
        }
        for n in 0..events {
            // The last ones lie in the week ahead; a few of the past were not reported.
            let date = (last + Days::new(7) - Days::new(n * 371 / events)).to_string();
            let ahead = n * 371 / events <= 6;
            let reporting = if ahead || n % 29 == 9 { "unreported" } else { "reported" };
            let state = if ahead { "confirmed" } else { "done" };
            let event = id(6, office, n);
            run(
                "INSERT INTO events (office_id, id, kind, title, venue_id, services, state, reporting, unplanned, \
                 reserves, entered_late, first_day, last_day, version, created_at, updated_at) \
                 VALUES (?1, ?2, 'outreach', 'Uji', ?3, 'activated', ?4, ?5, 0, 1, 0, ?6, ?6, 1, ?7, ?7)",
                params![own, event, id(5, office, n * 7 % VENUES), state, reporting, date, at],
            );
            run("INSERT INTO event_teams VALUES (?1, ?2, ?3)", params![own, event, id(4, office, 0)]);
            run(
                "INSERT INTO event_days (office_id, event_id, date, slots, precision, teams, officer_hours) \
                 VALUES (?1, ?2, ?3, 'morning', 'exact', 1, 16.0)",
                params![own, event, date],
            );
            if reporting == "reported" {
                for (outcome, counted) in [("activated", n % 90), ("no_smartphone", n % 7), ("ktp_recorded", n % 30)] {
                    run(
                        "INSERT INTO event_day_counts VALUES (?1, ?2, ?3, ?4, ?5)",
                        params![own, event, date, outcome, counted.cast_signed()],
                    );
                }
            }
        }
        for n in 0..RECIPIENTS {
            let (user, login) = (id(7, office, n), format!("head{n}.{code}"));
            run(
                "INSERT INTO users (id, login, name, role, scope, email, version, created_at) \
                 VALUES (?1, ?2, ?3, 'head', ?4, ?5, 1, ?6)",
                params![user, login, format!("Kepala {n}"), code, format!("{login}@dukcapil.example"), at],
            );
            run(
                "INSERT INTO digest_subscriptions (office_id, id, user_id, period, weekday, time, quiet, next_at, created_at) \
                 VALUES (?1, ?2, ?3, 'weekly', 'mon', '07:00:00', 1, '2026-11-23T00:00:00.000000Z', ?4)",
                params![own, id(8, office, n), user, at],
            );
        }
    }
    connection.execute_batch("COMMIT; ANALYZE; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
}
