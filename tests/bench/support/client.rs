//! An HTTP client on one kept-alive connection that does nothing but what a measurement needs, so that the two cores
//! belong to the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// One connection.
pub struct Client {
    reader: BufReader<TcpStream>,
    token: String,
    date: String,
}

impl Client {
    pub fn connect(port: u16, token: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        let mut client = Self { reader: BufReader::new(stream), token: token.to_owned(), date: String::new() };
        client.get("/healthz");
        client
    }

    /// Today in the office's zone (WIB), by the server's clock.
    pub fn today(&self) -> String {
        let utc = chrono::DateTime::parse_from_rfc2822(&self.date).unwrap();
        utc.with_timezone(&chrono_tz::Asia::Jakarta).date_naive().to_string()
    }

    pub fn get(&mut self, address: &str) -> (u16, String) {
        self.send("GET", address, b"")
    }

    pub fn post(&mut self, address: &str, body: &[u8]) -> (u16, String) {
        self.send("POST", address, body)
    }

    fn send(&mut self, method: &str, address: &str, body: &[u8]) -> (u16, String) {
        let head = format!(
            "{method} {address} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            self.token,
            body.len()
        );
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.reader.get_mut().write_all(&request).unwrap();
        self.read_answer()
    }

    fn read_answer(&mut self) -> (u16, String) {
        let mut line = String::new();
        self.reader.read_line(&mut line).unwrap();
        let status = line.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or_else(|| panic!("{line:?}"));
        let mut length = 0;
        loop {
            line.clear();
            self.reader.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "date" => value.clone_into(&mut self.date),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).unwrap();
        (status, String::from_utf8(body).unwrap())
    }
}
