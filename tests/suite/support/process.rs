//! The service as a process of its own, which can be killed.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use super::Client;

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_jemputbola");

/// A server process on a database; killed when dropped.
pub struct ServerProcess {
    child: Child,
    pub url: String,
}

impl ServerProcess {
    /// Starts a server on a free port, which it says itself: one chosen here could be taken meanwhile.
    pub fn start(database: &str) -> Self {
        Self::spawn(database, &["serve"], &[("JEMPUTBOLA__HTTP__BIND", "127.0.0.1:0")])
    }

    /// As [`Self::start`], with a mail server for its letters.
    pub fn start_mailing(database: &str, mail: &str) -> Self {
        Self::spawn(database, &["serve"], &[("JEMPUTBOLA__HTTP__BIND", "127.0.0.1:0"), ("JEMPUTBOLA__MAIL__URL", mail)])
    }

    /// As [`Self::start_mailing`], with a clock that shows this day and the present time of day.
    pub fn start_on_day(database: &str, mail: &str, today: &str) -> Self {
        let arguments = ["demo", "--keep", "--json", "--bind", "127.0.0.1:0", "--today", today];
        Self::spawn(database, &arguments, &[("JEMPUTBOLA__MAIL__URL", mail)])
    }

    fn spawn(database: &str, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut child = Command::new(BINARY)
            .args(["--database", database])
            .args(arguments)
            .envs(settings.iter().copied())
            .env("JEMPUTBOLA__LOG__FORMAT", "json")
            .env("JEMPUTBOLA__LOG__FILTER", "error,jemputbola::cli::serve=info")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = if arguments[0] == "demo" { said_url(&mut out) } else { logged_url(&mut log) };
        // Whatever else it says must be read, or it would wait for a reader some day.
        std::thread::spawn(move || out.map_while(Result::ok).for_each(drop));
        std::thread::spawn(move || log.map_while(Result::ok).for_each(|line| eprintln!("{line}")));
        Self { child, url }
    }

    pub fn client(&self, token: &str) -> Client {
        Client::new(&self.url, Some(token.to_owned()))
    }

    /// Ends the process as a power cut would: SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl ServerProcess {
    /// Asks the process to end, as a service manager does: SIGTERM. Returns its exit code.
    pub fn terminate(&mut self) -> Option<i32> {
        let asked = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

type Lines<S> = std::io::Lines<BufReader<S>>;

/// The address that `serve` logs.
fn logged_url(log: &mut Lines<ChildStderr>) -> String {
    loop {
        let line = log.next().expect("the server ended before it served").unwrap();
        let entry: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
        match entry["fields"]["address"].as_str() {
            Some(address) => return format!("http://{address}"),
            None => eprintln!("{line}"),
        }
    }
}

/// The address that `demo --json` prints.
fn said_url(out: &mut Lines<ChildStdout>) -> String {
    let line = out.next().expect("the server ended before it served").unwrap();
    let said: serde_json::Value = serde_json::from_str(&line).unwrap();
    said["url"].as_str().unwrap().to_owned()
}

/// Runs a command of the program on a database and returns what it prints; panics if it fails.
pub fn run(database: &str, arguments: &[&str]) -> String {
    let output = Command::new(BINARY).args(["--database", database]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command left behind.
#[derive(Debug)]
pub struct Finished {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs a command of the program on a database, with `input` on its standard input, to whatever end.
pub fn try_run(database: &str, arguments: &[&str], input: &str) -> Finished {
    let mut child = Command::new(BINARY)
        .args(["--database", database])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read ends before it is written to.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Finished { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}
