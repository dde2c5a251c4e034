//! A mail server of our own on plain threads, which answers as a test wishes: takes a letter, puts it off, refuses it,
//! hangs up, or says nothing at all. It keeps what it was given, and whether it said that it took it.

mod dialogue;
mod tls;

use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

pub use tls::{Protection, ca_file};

/// What the server does with a letter once it has it whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 250.
    Take,
    /// 451: not now.
    Defer,
    /// 550: never.
    Refuse,
    /// 550 already to the address.
    RefuseAddress,
    /// Hangs up before the letter is handed over.
    HangUpBefore,
    /// Hangs up once it has the letter, without a word.
    HangUpAfter,
    /// Keeps the connection and is silent, for as long as the test lasts.
    Hang,
}

/// How long a letter is waited for that another process sends.
const PATIENCE: Duration = Duration::from_mins(2);

/// A letter that the server was given whole.
#[derive(Debug, Clone)]
pub struct Received {
    pub id: String,
    pub to: String,
    /// The message as it came, without the dots of the dialogue.
    pub text: String,
    /// True if the server said that it took it.
    pub taken: bool,
}

/// The server; gone when dropped.
pub struct SmtpSink {
    pub port: u16,
    shared: Arc<Shared>,
}

type Decide = dyn Fn(&str, usize) -> Answer + Send + Sync;

struct Shared {
    /// From the recipient's address and how often he was named before.
    decide: Box<Decide>,
    protection: Protection,
    named: Mutex<std::collections::BTreeMap<String, usize>>,
    received: Mutex<Vec<Received>>,
    /// How often the server said that it took a letter.
    answered: AtomicUsize,
    /// Told whenever something was received or answered.
    news: Condvar,
    open: AtomicUsize,
    peak: AtomicUsize,
    greeted: AtomicUsize,
    over: AtomicBool,
}

impl Shared {
    fn keep(&self, letter: Received) {
        self.received.lock().unwrap().push(letter);
        self.news.notify_all();
    }

    fn note_answer(&self) {
        // Under the lock that waiting readers hold, so that none of them misses it.
        let _received = self.received.lock().unwrap();
        self.answered.fetch_add(1, Ordering::SeqCst);
        self.news.notify_all();
    }
}

impl SmtpSink {
    /// A server that takes everything.
    pub fn start() -> Self {
        Self::answering(|_, _| Answer::Take)
    }

    /// A server that decides by the recipient's address, and how often he was named before.
    pub fn answering(decide: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        Self::protected(Protection::None, decide)
    }

    /// As [`Self::answering`], with TLS.
    pub fn protected(protection: Protection, decide: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            decide: Box::new(decide),
            protection,
            named: Mutex::default(),
            received: Mutex::default(),
            answered: AtomicUsize::new(0),
            news: Condvar::new(),
            open: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            greeted: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        });
        let for_thread = Arc::clone(&shared);
        std::thread::spawn(move || accept(&listener, &for_thread));
        Self { port, shared }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Everything that came, in the order in which it came.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// Waits until the server has said of so many letters that it took them.
    #[track_caller]
    pub fn wait_for_answers(&self, count: usize) {
        self.wait_for(|_| self.shared.answered.load(Ordering::SeqCst) >= count);
    }

    /// Waits until what came satisfies `is_enough`, and returns it.
    #[track_caller]
    pub fn wait_for(&self, is_enough: impl Fn(&[Received]) -> bool) -> Vec<Received> {
        let deadline = Instant::now() + PATIENCE;
        let mut received = self.shared.received.lock().unwrap();
        while !is_enough(&received) {
            let left = deadline.saturating_duration_since(Instant::now());
            let told: Vec<&str> = received.iter().map(|letter| letter.to.as_str()).collect();
            assert!(!left.is_zero(), "only these letters came: {told:?}");
            received = self.shared.news.wait_timeout(received, left).unwrap().0;
        }
        received.clone()
    }

    /// The only letter to this address.
    #[track_caller]
    pub fn only_to(&self, address: &str) -> Received {
        let all: Vec<Received> = self.received().into_iter().filter(|letter| letter.to == address).collect();
        assert_eq!(all.len(), 1, "letters to {address}: {:#?}", self.received());
        all[0].clone()
    }

    /// Most connections that were open at once.
    pub fn peak(&self) -> usize {
        self.shared.peak.load(Ordering::SeqCst)
    }

    /// Connections in all.
    pub fn connections(&self) -> usize {
        self.shared.greeted.load(Ordering::SeqCst)
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts, which then sees that it is over.
        TcpStream::connect(("127.0.0.1", self.port)).ok();
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.over.load(Ordering::SeqCst) {
            return;
        }
        let (Ok(stream), shared) = (stream, Arc::clone(shared)) else { continue };
        std::thread::spawn(move || {
            shared.greeted.fetch_add(1, Ordering::SeqCst);
            let open = shared.open.fetch_add(1, Ordering::SeqCst) + 1;
            shared.peak.fetch_max(open, Ordering::SeqCst);
            // A client that hangs up ends its own dialogue only.
            tls::speak(&shared, stream).ok();
            shared.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}
