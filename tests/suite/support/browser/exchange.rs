//! Just enough of HTTP/1.1 for the proxy: one request or answer from a socket as it came, with its length known.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// A message as bytes: the head with its empty line, and the body as it was framed.
#[derive(Debug, Clone, Default)]
pub struct Message {
    pub head: Vec<u8>,
    pub body: Vec<u8>,
}

/// How the end of a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    Length(usize),
    Chunked,
    UntilClosed,
}

impl Message {
    pub fn bytes(&self) -> Vec<u8> {
        [self.head.as_slice(), &self.body].concat()
    }

    /// The first line: `POST /masuk HTTP/1.1`, or `HTTP/1.1 200 OK`.
    pub fn first_line(&self) -> String {
        String::from_utf8_lossy(&self.head).lines().next().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        header_of(&self.head, name)
    }
}

/// Reads a head; nothing if the other side closed before it began one.
pub async fn read_head(socket: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match socket.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(error) if head.is_empty() && error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok(Some(head))
}

/// How the body of a request with this head ends.
pub fn request_framing(head: &[u8]) -> Framing {
    framing(head).unwrap_or(Framing::Length(0))
}

/// How the body of an answer to a request of this method ends.
pub fn answer_framing(head: &[u8], method: &str) -> Framing {
    let line = String::from_utf8_lossy(head);
    let status = line.split(' ').nth(1).unwrap_or_default();
    if method == "HEAD" || status == "204" || status == "304" {
        return Framing::Length(0);
    }
    framing(head).unwrap_or(Framing::UntilClosed)
}

fn framing(head: &[u8]) -> Option<Framing> {
    if header_of(head, "transfer-encoding").is_some_and(|value| value.contains("chunked")) {
        return Some(Framing::Chunked);
    }
    header_of(head, "content-length").map(|value| Framing::Length(value.parse().unwrap()))
}

fn header_of(head: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let mut fields = text.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

/// The next piece of a body as it was framed; an empty one is its end.
pub async fn read_piece(socket: &mut (impl AsyncRead + Unpin), left: &mut Framing) -> io::Result<Vec<u8>> {
    match left {
        Framing::Length(length) => {
            let mut piece = vec![0; (*length).min(16_384)];
            socket.read_exact(&mut piece).await?;
            *length -= piece.len();
            Ok(piece)
        }
        Framing::UntilClosed => {
            let mut piece = vec![0; 16_384];
            let length = socket.read(&mut piece).await?;
            piece.truncate(length);
            Ok(piece)
        }
        Framing::Chunked => {
            let piece = read_chunk(socket).await?;
            if piece.starts_with(b"0\r\n") {
                *left = Framing::Length(0);
            }
            Ok(piece)
        }
    }
}

/// One chunk with its size line; the last one with the empty line after it. Trailers are not used by our server.
async fn read_chunk(socket: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut chunk = Vec::new();
    while !chunk.ends_with(b"\r\n") {
        chunk.push(socket.read_u8().await?);
    }
    let size = String::from_utf8_lossy(&chunk);
    let size = usize::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
    let begin = chunk.len();
    chunk.resize(begin + size + 2, 0);
    socket.read_exact(&mut chunk[begin..]).await?;
    Ok(chunk)
}

/// The whole body.
pub async fn read_body(socket: &mut (impl AsyncRead + Unpin), mut framing: Framing) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let piece = read_piece(socket, &mut framing).await?;
        if piece.is_empty() {
            return Ok(body);
        }
        body.extend(piece);
    }
}
