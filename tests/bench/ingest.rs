//! How fast results come in, against the bare engine on the same machine and in the same run:
//! batches of 500 over HTTP, single entries from 64 connections, and what one entry costs in CPU time with few and
//! with a million stored entries. `cargo bench --bench ingest`; `BENCH_SECONDS` and `BENCH_STORED` change its size.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench prints and fails by panicking"
)]

mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use support::client::Client;
use support::server::{Installation, Server, make_events};
use support::{OFFICE, OUTCOMES, bare, quantile, setting};

const CONNECTIONS: usize = 64;
const BATCH: usize = 500;
/// Outcomes of an entry in a batch, and of a single entry.
const FEW: usize = 2;
const ALL: usize = 12;

fn main() {
    let seconds = Duration::from_secs(setting("BENCH_SECONDS", 10));
    println!("{} s a figure; SQLite, synchronous=FULL", seconds.as_secs());
    let installation = Installation::create();
    let server = installation.start();
    println!("start to ready on a migrated database: {:.0} ms", server.started_in.as_secs_f64() * 1e3);
    println!("resident when idle: {:.1} MiB", server.resident_mib());
    let mut client = server.client(&installation);
    let events = make_events(&mut client, CONNECTIONS);
    let today = client.today();
    drop(server);

    let bare_batch = bare_rate(&installation, &events, &today, seconds, BATCH, FEW);
    let bare_single = bare_rate(&installation, &events, &today, seconds, CONNECTIONS, ALL);
    println!("bare, {BATCH} entries of {FEW} counts a commit: {bare_batch:.0} entries/s");
    println!("bare, {CONNECTIONS} entries of {ALL} counts a commit: {bare_single:.0} entries/s");

    let server = installation.start();
    let rate = batch_rate(&server, &installation, &events[0], &today, seconds);
    println!("HTTP batches of {BATCH}: {rate:.0} entries/s = {:.2} of bare", rate / bare_batch);
    let rate = report_singles(&server, &installation, &events, &today, seconds, "few stored");
    println!("HTTP single entries: {:.2} of bare", rate / bare_single);
    println!("resident under load: {:.1} MiB", server.resident_mib());
    drop(server);

    let stored = setting("BENCH_STORED", 1_000_000);
    fill(&installation, &events, &today, stored);
    let server = installation.start();
    report_singles(&server, &installation, &events, &today, seconds, &format!("{stored} more stored"));
    println!("resident under load: {:.1} MiB", server.resident_mib());
}

/// Entries a second of the bare engine, `group` of them a commit.
fn bare_rate(
    installation: &Installation,
    events: &[String],
    today: &str,
    seconds: Duration,
    group: usize,
    counts: usize,
) -> f64 {
    // A copy: what the bare engine stores must not lie in the way of the service.
    let copy = installation.file().with_extension("bare");
    std::fs::remove_file(&copy).ok();
    bare::open(&installation.file()).execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    let connection = bare::open(&copy);
    let mut ledger = bare::Ledger::prepare(&connection);
    let events: Vec<Vec<u8>> = events.iter().map(|id| id_bytes(id)).collect();
    let (begun, mut entries) = (Instant::now(), 0);
    while begun.elapsed() < seconds {
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        for n in 0..group {
            ledger.store(&events[n % events.len()], today, counts);
        }
        connection.execute_batch("COMMIT").unwrap();
        entries += group;
    }
    entries as f64 / begun.elapsed().as_secs_f64()
}

/// Stores so many entries as fast as the bare engine can.
fn fill(installation: &Installation, events: &[String], today: &str, stored: u64) {
    let begun = Instant::now();
    let connection = bare::open(&installation.file());
    let mut ledger = bare::Ledger::prepare(&connection);
    let events: Vec<Vec<u8>> = events.iter().map(|id| id_bytes(id)).collect();
    for _ in 0..stored / 10_000 {
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        for n in 0..10_000 {
            ledger.store(&events[n % events.len()], today, ALL);
        }
        connection.execute_batch("COMMIT").unwrap();
    }
    println!("stored {stored} entries in {:.0} s", begun.elapsed().as_secs_f64());
}

fn id_bytes(id: &str) -> Vec<u8> {
    uuid::Uuid::parse_str(id).unwrap().as_bytes().to_vec()
}

fn entry(event: &str, today: &str, counts: usize) -> serde_json::Value {
    #[allow(clippy::disallowed_methods, reason = "a phone makes its ids from its own clock")]
    let id = uuid::Uuid::now_v7();
    let counts: serde_json::Map<_, _> = OUTCOMES.iter().take(counts).map(|o| ((*o).to_owned(), json!(1))).collect();
    json!({"id": id.to_string(), "event": event, "date": today, "at": "2026-11-21T02:00:00Z", "kind": "tally",
        "counts": counts})
}

fn batch_rate(server: &Server, installation: &Installation, event: &str, today: &str, seconds: Duration) -> f64 {
    let mut client = server.client(installation);
    let (begun, mut entries) = (Instant::now(), 0);
    while begun.elapsed() < seconds {
        let rows: Vec<_> = (0..BATCH).map(|_| entry(event, today, FEW)).collect();
        let body = json!({"device": "bench", "sent_at": "2026-11-21T02:00:00Z", "waiting": 0, "entries": rows});
        let (status, text) =
            client.post(&format!("/api/v1/offices/{OFFICE}/results/batch"), body.to_string().as_bytes());
        assert!(status == 200 && text.matches("\"accepted\"").count() == BATCH, "{status} {text}");
        entries += BATCH;
    }
    entries as f64 / begun.elapsed().as_secs_f64()
}

/// Single entries from many connections: prints rate, latencies and CPU time, and returns the rate.
fn report_singles(
    server: &Server,
    installation: &Installation,
    events: &[String],
    today: &str,
    seconds: Duration,
    label: &str,
) -> f64 {
    let stop = AtomicBool::new(false);
    let (begun, cpu) = (Instant::now(), server.cpu_seconds());
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let mut senders = Vec::new();
        for event in events {
            let (mut client, stop) = (server.client(installation), &stop);
            senders.push(scope.spawn(move || send_singles(&mut client, event, today, stop)));
        }
        std::thread::sleep(seconds);
        stop.store(true, Ordering::Relaxed);
        senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    });
    let rate = times.len() as f64 / begun.elapsed().as_secs_f64();
    let cpu_per_thousand = (server.cpu_seconds() - cpu) / times.len() as f64 * 1e3;
    times.sort_unstable();
    let (p50, p99) = (quantile(&times, 0.5), quantile(&times, 0.99));
    println!(
        "HTTP single entries, {label}: {rate:.0}/s, p50 {:.1} ms, p99 {:.1} ms ({:.1} x), {cpu_per_thousand:.2} CPU-s per 1,000",
        p50.as_secs_f64() * 1e3,
        p99.as_secs_f64() * 1e3,
        p99.as_secs_f64() / p50.as_secs_f64()
    );
    rate
}

fn send_singles(client: &mut Client, event: &str, today: &str, stop: &AtomicBool) -> Vec<Duration> {
    let address = format!("/api/v1/offices/{OFFICE}/results");
    let mut times = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let body = entry(event, today, ALL).to_string();
        let begun = Instant::now();
        let (status, text) = client.post(&address, body.as_bytes());
        times.push(begun.elapsed());
        assert!(status == 200 && text.contains("\"accepted\""), "{status} {text}");
    }
    times
}
