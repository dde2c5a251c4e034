//! Messages of RFC 5322 as mail programs read them: headers unfolded, parts decoded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A part of a message that holds no parts.
#[derive(Debug, Clone)]
pub struct Part {
    /// Such as `text/plain`.
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// A message taken apart.
#[derive(Debug, Clone)]
pub struct Message {
    head: String,
    pub parts: Vec<Part>,
}

impl Message {
    pub fn read(message: &str) -> Self {
        let (head, _) = split(message);
        let mut parts = Vec::new();
        gather(message, &mut parts);
        Self { head: unfolded(head), parts }
    }

    /// The value of a header, as it travelled.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        find(&self.head, name).unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }

    /// The text of the only part of this kind.
    #[track_caller]
    pub fn text(&self, kind: &str) -> String {
        let of_kind: Vec<&Part> = self.parts.iter().filter(|part| part.kind == kind).collect();
        assert_eq!(of_kind.len(), 1, "parts of {kind} in {}", self.head);
        String::from_utf8(of_kind[0].bytes.clone()).unwrap().replace("\r\n", "\n")
    }
}

fn gather(message: &str, parts: &mut Vec<Part>) {
    let (head, body) = split(message);
    let head = unfolded(head);
    let kind = find(&head, "Content-Type").unwrap_or("text/plain");
    if let Some((_, boundary)) = kind.split_once("boundary=") {
        let boundary = boundary.trim_start_matches('"').split('"').next().unwrap();
        let inside = body.split(&format!("--{boundary}--")).next().unwrap();
        inside.split(&format!("--{boundary}\r\n")).skip(1).for_each(|part| gather(part, parts));
        return;
    }
    let bytes = match find(&head, "Content-Transfer-Encoding") {
        Some("base64") => STANDARD.decode(body.replace("\r\n", "")).unwrap(),
        Some("quoted-printable") => quoted_printable(body),
        _ => body.as_bytes().to_vec(),
    };
    parts.push(Part { kind: kind.split(';').next().unwrap().to_owned(), bytes });
}

fn split(message: &str) -> (&str, &str) {
    message.split_once("\r\n\r\n").unwrap_or((message, ""))
}

fn unfolded(head: &str) -> String {
    head.replace("\r\n ", " ").replace("\r\n\t", " ")
}

fn find<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let own = |line: &&str| line.split_once(':').is_some_and(|(own, _)| own.eq_ignore_ascii_case(name));
    head.lines().find(own).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
}

/// RFC 2045 section 6.7.
fn quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let coded = (*first == b'=').then(|| after.get(..2)).flatten();
        let byte = coded.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    bytes
}
