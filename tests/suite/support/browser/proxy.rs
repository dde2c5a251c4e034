//! A network between browser and server that a test can make bad or slow: the only honest one, since the browser's own
//! offline switch does not reach workers. It counts what passes, because a browser repeats requests by itself.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use super::exchange::{Message, answer_framing, read_body, read_head, read_piece, request_framing};

/// What happens to one request on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Pass,
    /// Lost before the server saw it.
    DropBefore,
    /// The server did it, and its answer is lost.
    DropAfter,
    /// The server did it, and the connection is reset.
    Reset,
    /// The server did it, and its answer breaks off in the middle.
    Truncate,
    /// The server gets it twice; its first answer arrives.
    Duplicate,
    /// 401, as if the session had ended.
    Unauthorized,
    /// 502 with a page of HTML, as a reverse proxy without its server answers.
    BadGateway,
    /// 200 with a page of HTML, as the sign-in page of a wireless network does.
    Portal,
    /// 302 to `/masuk`.
    Redirect,
    /// No answer, and the server never sees it. Ends with [`Proxy::stop`].
    Hang,
    /// The server did it, and no answer comes. Ends with [`Proxy::stop`].
    HangAfter,
}

/// A slow network.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub bits_per_second: u32,
    pub round_trip: Duration,
}

impl Link {
    /// The edge of a mobile network: 400 kbit/s with 400 ms there and back.
    pub const EDGE: Self = Self { bits_per_second: 400_000, round_trip: Duration::from_millis(400) };
}

/// Stands at an address of its own before a server. Ends, with every connection, when dropped.
pub struct Proxy {
    /// What the browser opens in place of the server's address. It stays the same when the proxy stops and goes on.
    pub url: String,
    ways: Arc<Ways>,
    runtime: Option<Runtime>,
    task: Option<JoinHandle<()>>,
}

impl Proxy {
    pub fn start(server: &str) -> Self {
        Self::begin(server, None)
    }

    pub fn start_slow(server: &str, link: Link) -> Self {
        Self::begin(server, Some(link))
    }

    fn begin(server: &str, link: Option<Link>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let mut proxy = Self { url, ways: Arc::new(Ways::new(server, link)), runtime: Some(runtime), task: None };
        proxy.listen(listener);
        proxy
    }

    fn listen(&mut self, listener: TcpListener) {
        let ways = Arc::clone(&self.ways);
        self.task = self.runtime.as_ref().map(|runtime| runtime.spawn(accept(listener, ways)));
    }

    /// From now on every request whose path contains this meets that fault.
    pub fn fault(&self, path: &str, fault: Fault) {
        self.ways.rules.lock().unwrap().steady.push((path.to_owned(), fault));
    }

    /// The next requests whose path contains this meet these faults, one each; those after them pass.
    pub fn next(&self, path: &str, faults: &[Fault]) {
        let mut rules = self.ways.rules.lock().unwrap();
        rules.once.extend(faults.iter().map(|fault| (path.to_owned(), *fault)));
    }

    /// From now on everything passes.
    pub fn heal(&self) {
        *self.ways.rules.lock().unwrap() = Rules::default();
    }

    /// Every request so far whose path contains this, as `POST /masuk`, with what it met.
    pub fn seen(&self, path: &str) -> Vec<(String, Fault)> {
        let seen = self.ways.seen.lock().unwrap();
        seen.iter().filter(|(line, _)| line.contains(path)).cloned().collect()
    }

    /// Bytes that have gone to the browser.
    pub fn bytes_down(&self) -> usize {
        *self.ways.bytes_down.lock().unwrap()
    }

    /// Leads to another server from the next request on.
    pub fn lead_to(&self, server: &str) {
        *self.ways.server.lock().unwrap() = address_of(server);
    }

    /// Nobody answers at the address any more, and every open connection ends.
    pub async fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            // Aborted is what it is.
            task.await.ok();
        }
    }

    /// Answers again at the same address.
    pub fn go_on(&mut self) {
        let listener = TcpListener::bind(address_of(&self.url)).unwrap();
        self.listen(listener);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// What all connections share.
struct Ways {
    server: Mutex<String>,
    rules: Mutex<Rules>,
    seen: Mutex<Vec<(String, Fault)>>,
    bytes_down: Mutex<usize>,
    link: Option<Link>,
    up: Mutex<Option<Instant>>,
    down: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Rules {
    steady: Vec<(String, Fault)>,
    once: Vec<(String, Fault)>,
}

impl Ways {
    fn new(server: &str, link: Option<Link>) -> Self {
        Self {
            server: Mutex::new(address_of(server)),
            rules: Mutex::default(),
            seen: Mutex::default(),
            bytes_down: Mutex::default(),
            link,
            up: Mutex::default(),
            down: Mutex::default(),
        }
    }

    /// Decides what a request meets, and notes it.
    fn meet(&self, line: &str) -> Fault {
        let mut words = line.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let fault = self.rules.lock().unwrap().judge(path);
        self.seen.lock().unwrap().push((format!("{method} {path}"), fault));
        fault
    }

    /// Waits as long as half a round trip takes, or a whole one.
    async fn travel(&self, halves: u32) {
        if let Some(link) = self.link {
            tokio::time::sleep(link.round_trip / 2 * halves).await;
        }
    }

    /// Waits until so many bytes are through, behind all that others send in this direction.
    async fn carry(&self, direction: &Mutex<Option<Instant>>, bytes: usize) {
        let Some(link) = self.link else { return };
        let bits = u32::try_from(bytes * 8).unwrap();
        let through = {
            let mut free = direction.lock().unwrap();
            let begin = free.unwrap_or_else(Instant::now).max(Instant::now());
            *free.insert(begin + Duration::from_secs(1) * bits / link.bits_per_second)
        };
        tokio::time::sleep_until(through).await;
    }
}

impl Rules {
    fn judge(&mut self, path: &str) -> Fault {
        if let Some(place) = self.once.iter().position(|(part, _)| path.contains(part.as_str())) {
            return self.once.remove(place).1;
        }
        let steady = self.steady.iter().rev().find(|(part, _)| path.contains(part.as_str()));
        steady.map_or(Fault::Pass, |(_, fault)| *fault)
    }
}

fn address_of(url: &str) -> String {
    url.trim_start_matches("http://").trim_end_matches('/').to_owned()
}

async fn accept(listener: TcpListener, ways: Arc<Ways>) {
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    // They end with this loop: a socket that was accepted must not deliver after the server is said to be gone.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((socket, _)) = accepted else { continue };
                connections.spawn(serve(socket, Arc::clone(&ways)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Serves one connection of the browser until either side ends it.
async fn serve(socket: TcpStream, ways: Arc<Ways>) {
    socket.set_nodelay(true).unwrap();
    let mut socket = BufReader::new(socket);
    // The handshake of a connection costs a round trip, too.
    ways.travel(2).await;
    // A broken connection is what these tests are about: it ends this connection and nothing else.
    while matches!(serve_one(&mut socket, &ways).await, Ok(true)) {}
}

/// Serves one request; says whether the connection goes on.
async fn serve_one(socket: &mut BufReader<TcpStream>, ways: &Ways) -> std::io::Result<bool> {
    let Some(head) = read_head(socket).await? else { return Ok(false) };
    let body = read_body(socket, request_framing(&head)).await?;
    let request = Message { head, body };
    ways.carry(&ways.up, request.bytes().len()).await;
    ways.travel(1).await;
    let fault = ways.meet(&request.first_line());
    match fault {
        Fault::Pass => return pass(socket, ways, &request).await,
        Fault::DropBefore => {}
        Fault::DropAfter => drop(ask(ways, &request).await?),
        Fault::Reset => {
            ask(ways, &request).await?;
            socket.get_ref().set_zero_linger()?;
        }
        Fault::Truncate => {
            let answer = ask(ways, &request).await?;
            let kept = answer.bytes().len() - 1 - answer.body.len() / 2;
            send(socket, ways, &answer.bytes()[..kept]).await?;
        }
        Fault::Duplicate => {
            let answer = ask(ways, &request).await?;
            ask(ways, &request).await?;
            send(socket, ways, &answer.bytes()).await?;
            return Ok(true);
        }
        Fault::Unauthorized | Fault::BadGateway | Fault::Portal | Fault::Redirect => {
            send(socket, ways, canned(fault).as_bytes()).await?;
            return Ok(true);
        }
        Fault::Hang => std::future::pending::<()>().await,
        Fault::HangAfter => {
            ask(ways, &request).await?;
            std::future::pending::<()>().await;
        }
    }
    Ok(false)
}

/// Hands the server's answer on as it comes, so that a stream of events is one.
async fn pass(socket: &mut BufReader<TcpStream>, ways: &Ways, request: &Message) -> std::io::Result<bool> {
    let mut server = send_on(ways, request).await?;
    let Some(head) = read_head(&mut server).await? else { return Ok(false) };
    let mut left = answer_framing(&head, method_of(request).as_str());
    let until_closed = left == super::exchange::Framing::UntilClosed;
    ways.travel(1).await;
    send(socket, ways, &head).await?;
    loop {
        let piece = read_piece(&mut server, &mut left).await?;
        if piece.is_empty() {
            return Ok(!until_closed);
        }
        send(socket, ways, &piece).await?;
    }
}

/// The server's whole answer.
async fn ask(ways: &Ways, request: &Message) -> std::io::Result<Message> {
    let mut server = send_on(ways, request).await?;
    let head = read_head(&mut server).await?.unwrap_or_default();
    let body = read_body(&mut server, answer_framing(&head, method_of(request).as_str())).await?;
    ways.travel(1).await;
    Ok(Message { head, body })
}

async fn send_on(ways: &Ways, request: &Message) -> std::io::Result<BufReader<TcpStream>> {
    let address = ways.server.lock().unwrap().clone();
    let mut server = TcpStream::connect(address).await?;
    server.write_all(&request.bytes()).await?;
    Ok(BufReader::new(server))
}

async fn send(socket: &mut BufReader<TcpStream>, ways: &Ways, bytes: &[u8]) -> std::io::Result<()> {
    for piece in bytes.chunks(1_400) {
        ways.carry(&ways.down, piece.len()).await;
        socket.get_mut().write_all(piece).await?;
        *ways.bytes_down.lock().unwrap() += piece.len();
    }
    socket.get_mut().flush().await
}

fn method_of(request: &Message) -> String {
    request.first_line().split(' ').next().unwrap_or_default().to_owned()
}

/// An answer that does not come from our server.
fn canned(fault: Fault) -> String {
    let page = "<!doctype html><title>?</title><h1>Bukan server Anda</h1>";
    let (status, kind, body) = match fault {
        Fault::Unauthorized => ("401 Unauthorized", "application/problem+json", r#"{"status":401,"title":"?"}"#),
        Fault::BadGateway => ("502 Bad Gateway", "text/html", page),
        Fault::Redirect => ("302 Found\r\nLocation: /masuk", "text/html", ""),
        _ => ("200 OK", "text/html", page),
    };
    format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}
