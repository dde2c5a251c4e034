//! The server's half of the dialogue (RFC 5321), as far as a client of ours needs it.

use std::io::{self, Read, Write};
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Answer, Received, Shared};

/// A stream that is read by lines, one byte after the other, so that nothing is read that belongs to TLS.
pub struct Line<S> {
    pub stream: S,
}

/// How a dialogue went on.
pub enum Next {
    Over,
    /// The client asked for TLS.
    Tls,
}

impl<S: Read + Write> Line<S> {
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.stream.write_all(text.as_bytes())?;
        self.stream.write_all(b"\r\n")?;
        self.stream.flush()
    }

    fn hear(&mut self) -> io::Result<String> {
        let (mut line, mut byte) = (Vec::new(), [0_u8]);
        while self.stream.read(&mut byte)? == 1 {
            if byte[0] == b'\n' {
                return Ok(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned());
            }
            line.push(byte[0]);
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    /// Speaks until somebody hangs up.
    pub fn serve(&mut self, shared: &Shared, offers_tls: bool) -> io::Result<Next> {
        let mut to = String::new();
        let mut answer = Answer::Take;
        loop {
            let line = self.hear()?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" if offers_tls => self.say("250-sink\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN")?,
                "EHLO" => self.say("250-sink\r\n250 AUTH PLAIN LOGIN")?,
                "STARTTLS" => {
                    self.say("220 go on")?;
                    return Ok(Next::Tls);
                }
                "AUTH" => self.say(if line.ends_with("AGEAYg==") { "235 welcome" } else { "535 unknown" })?,
                "RCPT" => {
                    line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
                    let before = {
                        let mut named = shared.named.lock().unwrap();
                        let count = named.entry(to.clone()).or_default();
                        *count += 1;
                        *count - 1
                    };
                    answer = (shared.decide)(&to, before);
                    match answer {
                        Answer::RefuseAddress => self.say("550 no such person here")?,
                        Answer::HangUpBefore => return Ok(Next::Over),
                        _ => self.say("250 ok")?,
                    }
                }
                "DATA" => {
                    self.say("354 go on")?;
                    let text = self.hear_letter()?;
                    if !self.end_letter(shared, to.clone(), text, answer)? {
                        return Ok(Next::Over);
                    }
                }
                "QUIT" => {
                    self.say("221 bye")?;
                    return Ok(Next::Over);
                }
                _ => self.say("250 ok")?,
            }
        }
    }

    fn hear_letter(&mut self) -> io::Result<String> {
        let mut text = String::new();
        loop {
            let line = self.hear()?;
            if line == "." {
                return Ok(text);
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
        }
    }

    /// Keeps the letter and answers; false if the dialogue is over.
    fn end_letter(&mut self, shared: &Shared, to: String, text: String, answer: Answer) -> io::Result<bool> {
        let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default().to_owned();
        let taken = answer == Answer::Take;
        shared.keep(Received { id, to, text, taken });
        match answer {
            Answer::Take => {
                self.say("250 2.0.0 taken")?;
                shared.note_answer();
            }
            Answer::Defer => self.say("451 4.3.0 try again later")?,
            Answer::Refuse => self.say("550 5.7.1 refused")?,
            Answer::Hang => {
                while !shared.over.load(Ordering::SeqCst) {
                    std::thread::park_timeout(Duration::from_millis(50));
                }
                return Ok(false);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
