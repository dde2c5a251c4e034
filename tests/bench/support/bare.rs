//! The bare engine: the same tables, prepared statements, one connection, no service around them. What it does in a
//! second is what everything else is measured against.

use std::path::Path;

use rusqlite::{Connection, Statement, params};

use super::OUTCOMES;

/// One connection with the pragmas of the service.
pub fn open(file: &Path) -> Connection {
    let connection = Connection::open(file).unwrap();
    connection
        .execute_batch(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        )
        .unwrap();
    connection
}

/// The statements that one stored entry needs.
pub struct Ledger<'a> {
    entry: Statement<'a>,
    count: Statement<'a>,
    day: Statement<'a>,
    office: Vec<u8>,
    next: u128,
}

impl<'a> Ledger<'a> {
    pub fn prepare(connection: &'a Connection) -> Self {
        let entry = "INSERT INTO result_entries (office_id, id, event_id, date, kind, source, device, counted_at, \
                     received_at, content_hash) VALUES (?1, ?2, ?3, ?4, 'tally', 'field', 'bench', ?5, ?5, ?6)";
        let count = "INSERT INTO result_counts (office_id, entry_id, outcome, n) VALUES (?1, ?2, ?3, ?4)";
        let day = "INSERT INTO event_day_counts (office_id, event_id, date, outcome, n) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (office_id, event_id, date, outcome) DO UPDATE SET n = n + excluded.n";
        let office = connection.query_row("SELECT id FROM offices", [], |row| row.get(0)).unwrap();
        // Ids that sort by the time they were made, as those of phones do, and before all of them.
        let next = 0x0190_0000_0000_7000_8000_0000_0000_0000;
        let prepare = |sql| connection.prepare(sql).unwrap();
        Self { entry: prepare(entry), count: prepare(count), day: prepare(day), office, next }
    }

    /// Stores one entry with the first `counts` outcomes and adds it to its event-day.
    pub fn store(&mut self, event: &[u8], date: &str, counts: usize) {
        self.next += 1 << 64;
        let (id, at, hash) = (self.next.to_be_bytes(), "2026-11-21T02:00:00.000000Z", "0".repeat(64));
        self.entry.execute(params![self.office, id, event, date, at, hash]).unwrap();
        for outcome in OUTCOMES.iter().take(counts) {
            self.count.execute(params![self.office, id, outcome, 1]).unwrap();
            self.day.execute(params![self.office, event, date, outcome, 1]).unwrap();
        }
    }
}
