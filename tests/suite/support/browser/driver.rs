//! chromedriver and the browsers it starts, in a process group of their own that ends with the test, whatever happens.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::session::{Session, Shape};
use super::variable;

/// Says that browser tests may be left out on this machine.
const SKIP: &str = "SKIP_BROWSER_TESTS";

/// How many browsers run at once in one test process: each takes 400 MB and most of a core.
const BROWSERS_AT_ONCE: usize = 2;

static PLACES: Semaphore = Semaphore::const_new(BROWSERS_AT_ONCE);

/// The browsers of one test, each with a profile folder of its own. All end when this is dropped.
pub struct Browsers {
    driver: Driver,
    folder: TempDir,
    _places: SemaphorePermit<'static>,
}

impl Browsers {
    /// Ready to start up to so many browsers (at most two), as soon as other tests leave room for them.
    /// Nothing if the machine has none and says that this is known.
    pub async fn start(count: u32) -> Option<Self> {
        if let Some(why) = variable(SKIP) {
            println!("SKIPPED: {SKIP} is set ({why}), so nothing is tested in a browser");
            return None;
        }
        assert!(usize::try_from(count).unwrap() <= BROWSERS_AT_ONCE, "a test may use {BROWSERS_AT_ONCE} browsers");
        let places = PLACES.acquire_many(count).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        Some(Self { driver: Driver::start(folder.path()), folder, _places: places })
    }

    /// A telephone of 360 × 740 that can be touched. The same name again is the same telephone, with all it stored.
    pub async fn phone(&self, name: &str) -> Session {
        self.open(name, Shape::Phone, "id-ID,id").await
    }

    /// A window of 1280 × 800 with a mouse.
    pub async fn desk(&self, name: &str) -> Session {
        self.open(name, Shape::Desk, "id-ID,id").await
    }

    /// A browser of this shape whose reader prefers these languages (`en`).
    pub async fn open(&self, name: &str, shape: Shape, languages: &str) -> Session {
        Session::open(&self.driver.url, &self.folder.path().join(name), shape, languages).await
    }
}

impl Drop for Browsers {
    fn drop(&mut self) {
        self.driver.end();
        // A browser that is being killed may still write for a moment.
        let given_up = Instant::now() + Duration::from_secs(5);
        while std::fs::remove_dir_all(self.folder.path()).is_err() && self.folder.path().exists() {
            if Instant::now() > given_up {
                eprintln!("left behind: {}", self.folder.path().display());
                return;
            }
            std::thread::yield_now();
        }
    }
}

/// A chromedriver, and a shell that kills the whole group once this process closes its input or is gone.
struct Driver {
    guard: Child,
    input: Option<ChildStdin>,
    url: String,
}

impl Driver {
    fn start(folder: &Path) -> Self {
        assert!(
            on_path("chromedriver"),
            "chromedriver is not installed. On Debian: apt-get install chromium chromium-driver. \
             To leave the browser tests out: {SKIP}=1"
        );
        let mut guard = Command::new("sh")
            .args(["-c", "chromedriver --port=0 --log-level=WARNING & cat >/dev/null; kill -9 0"])
            .env("TZ", "Asia/Jakarta")
            // The browser's own language, in which it takes dates by keyboard: month, day, year.
            .env("LC_ALL", "C.UTF-8")
            .env("TMPDIR", folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = guard.stdin.take();
        let mut lines = BufReader::new(guard.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next().expect("chromedriver ended before it listened").unwrap();
            if let Some(port) = line.split("successfully on port ").nth(1) {
                break port.trim_end_matches('.').to_owned();
            }
        };
        // What else it says must be read, or it would wait for a reader some day.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { guard, input, url: format!("http://127.0.0.1:{port}") }
    }

    /// Asks for a clean end, so that every browser waits for its own children, then kills what is left of the group.
    fn end(&mut self) {
        let Some(input) = self.input.take() else { return };
        if let Err(error) = self.ask_to_end() {
            eprintln!("chromedriver does not end by itself: {error}");
        }
        drop(input);
        self.guard.wait().ok();
    }

    fn ask_to_end(&self) -> std::io::Result<()> {
        let address = self.url.trim_start_matches("http://");
        let mut socket = TcpStream::connect(address)?;
        socket.set_read_timeout(Some(Duration::from_secs(5)))?;
        socket
            .write_all(format!("GET /shutdown HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
        socket.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end();
    }
}

fn on_path(program: &str) -> bool {
    variable("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).exists()))
}
