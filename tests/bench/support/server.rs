//! A server process on a temporary database, with an office, a team, venues and events to count at.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::OFFICE;
use super::client::Client;

const BINARY: &str = env!("CARGO_BIN_EXE_jemputbola");

/// A migrated database in a temporary folder, with an admin's token.
pub struct Installation {
    folder: TempDir,
    pub token: String,
}

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    pub port: u16,
    pub started_in: Duration,
}

impl Installation {
    pub fn create() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let installation = Self { folder, token: String::new() };
        installation.run(&["migrate"]);
        installation.run(&["office", "add", OFFICE]);
        installation.run(&["user", "add", "admin", "--role", "admin", "--scope", ""]);
        let token = installation.run(&["token", "create", "--user", "admin"]).trim().to_owned();
        Self { token, ..installation }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("bench.db")
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.file().display())
    }

    /// Runs a command on this database and returns what it prints.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = Command::new(BINARY).args(["--database", &self.url()]).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn start(&self) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let begun = Instant::now();
        let child = Command::new(BINARY)
            .args(["--database", &self.url(), "serve"])
            .env("JEMPUTBOLA__HTTP__BIND", format!("127.0.0.1:{port}"))
            .env("JEMPUTBOLA__LOG__FILTER", "warn")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while !is_ready(port) {
            assert!(begun.elapsed() < Duration::from_secs(20), "the server does not answer");
            std::thread::sleep(Duration::from_millis(2));
        }
        Server { child, port, started_in: begun.elapsed() }
    }
}

fn is_ready(port: u16) -> bool {
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) else { return false };
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n").unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap_or_default();
    line.contains("200")
}

impl Server {
    pub fn client(&self, installation: &Installation) -> Client {
        Client::connect(self.port, &installation.token)
    }

    /// CPU seconds that the process has used, in user and kernel mode.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(Path::new("/proc").join(self.child.id().to_string()).join("stat")).unwrap();
        let after_name = stat.rsplit_once(')').unwrap().1;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        // Fields 14 and 15 of the line (utime, stime), in ticks of 1/100 s (proc(5)).
        let ticks = |n: usize| fields[n - 3].parse::<f64>().unwrap();
        (ticks(14) + ticks(15)) / 100.0
    }

    /// Resident memory, in MiB.
    pub fn resident_mib(&self) -> f64 {
        let status =
            std::fs::read_to_string(Path::new("/proc").join(self.child.id().to_string()).join("status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Makes a team, a venue and `events` events of today, and returns their ids. Slots and dates never clash: each event
/// is an own venue's, and briefings and tallies do not matter here.
pub fn make_events(client: &mut Client, events: usize) -> Vec<String> {
    let today = client.today();
    let base = format!("/api/v1/offices/{OFFICE}");
    (0..events)
        .map(|n| {
            let (team, venue) = (format!("T-{n}"), format!("V-{n}"));
            let body = json!({"code": team, "name": team, "operators": 4, "capacity_per_day": 400});
            post(client, &format!("{base}/teams"), &body);
            let body = json!({"code": venue, "name": venue, "kind": "other", "region": "33.03.05"});
            post(client, &format!("{base}/venues"), &body);
            let day = json!({"date": today, "slots": ["morning"], "starts": "08:00", "ends": "12:00"});
            let body = json!({"kind": "outreach", "title": venue, "venue": venue, "teams": [team], "units": [],
                "officers": [], "days": [day], "services": ["activated"], "state": "confirmed"});
            post(client, &format!("{base}/events"), &body)["id"].as_str().unwrap().to_owned()
        })
        .collect()
}

fn post(client: &mut Client, address: &str, body: &Value) -> Value {
    let (status, text) = client.post(address, body.to_string().as_bytes());
    assert!(status == 201 || status == 200, "{address}: {status} {text}");
    serde_json::from_str(&text).unwrap()
}
