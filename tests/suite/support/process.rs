//! The service as a process of its own, which can be killed.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Client;

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_jemputbola");

/// A server process on a database; killed when dropped.
pub struct ServerProcess {
    child: Child,
    pub url: String,
}

impl ServerProcess {
    /// Starts a server and waits until it answers.
    pub fn start(database: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(BINARY)
            .args(["--database", database, "serve"])
            .env("JEMPUTBOLA__HTTP__BIND", format!("127.0.0.1:{port}"))
            .env("JEMPUTBOLA__LOG__FILTER", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { child, url: format!("http://127.0.0.1:{port}") }
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

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
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
