//! The way that letters leave, as `mail.url` names it: `smtp://HOST[:PORT]`, with `?tls=required` for STARTTLS,
//! `smtps://HOST[:PORT]`, `file:FOLDER`, or nothing at all.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where letters go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// Nowhere: they wait until there is a way.
    Off,
    /// Each as a file, for development and the demo.
    Folder(PathBuf),
    Smtp(Relay),
}

/// The mail server that takes our letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub credentials: Option<Credentials>,
}

/// How the connection to the server is protected. There is no "if possible": whoever sits between could prevent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    Plain,
    /// Begins in the clear and must turn to TLS before anything is sent.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// How we sign in at the server; the password is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

/// Why an address of this kind cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    #[error("not an address of a mail server")]
    Form,
    /// A password would travel in the clear to another machine.
    #[error("a password without TLS")]
    PasswordInClear,
}

impl MailRoute {
    pub fn is_on(&self) -> bool {
        *self != Self::Off
    }
}

impl FromStr for MailRoute {
    type Err = RouteError;

    fn from_str(text: &str) -> Result<Self, RouteError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::Off);
        }
        if let Some(path) = text.strip_prefix("file:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return if path.is_empty() { Err(RouteError::Form) } else { Ok(Self::Folder(PathBuf::from(path))) };
        }
        let (scheme, rest) = text.split_once("://").ok_or(RouteError::Form)?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (security, port) = match (scheme, query) {
            ("smtps", "") => (Security::Tls, 465),
            ("smtp", "tls=required") => (Security::StartTls, 587),
            ("smtp", "") => (Security::Plain, 25),
            _ => return Err(RouteError::Form),
        };
        Relay::parse(place.trim_end_matches('/'), security, port).map(Self::Smtp)
    }
}

impl Relay {
    fn parse(place: &str, security: Security, usual_port: u16) -> Result<Self, RouteError> {
        let (credentials, place) = match place.rsplit_once('@') {
            Some((who, place)) => (Some(Credentials::parse(who)?), place),
            None => (None, place),
        };
        let (host, port) = parse_host(place, usual_port)?;
        let relay = Self { host, port, security, credentials };
        if relay.credentials.is_some() && security == Security::Plain && !relay.is_own_machine() {
            return Err(RouteError::PasswordInClear);
        }
        Ok(relay)
    }

    /// True if nothing leaves this machine on the way to the server.
    pub fn is_own_machine(&self) -> bool {
        let digits = |host: &str| host.chars().all(|c| c.is_ascii_digit() || c == '.');
        self.host == "localhost" || self.host == "::1" || (self.host.starts_with("127.") && digits(&self.host))
    }
}

/// `HOST`, `HOST:PORT`, `[IPV6]` or `[IPV6]:PORT`.
fn parse_host(place: &str, usual_port: u16) -> Result<(String, u16), RouteError> {
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => {
            (host, if rest.is_empty() { None } else { Some(rest.strip_prefix(':').ok_or(RouteError::Form)?) })
        }
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    let port = port.map_or(Ok(usual_port), |port| port.parse().map_err(|_| RouteError::Form))?;
    let good = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    let named = !host.is_empty() && host.chars().all(good) && port != 0;
    if named { Ok((host.to_owned(), port)) } else { Err(RouteError::Form) }
}

impl Credentials {
    fn parse(text: &str) -> Result<Self, RouteError> {
        let (user, password) = text.split_once(':').ok_or(RouteError::Form)?;
        let (user, password) = (decode(user)?, decode(password)?);
        if user.is_empty() { Err(RouteError::Form) } else { Ok(Self { user, password }) }
    }
}

/// Undoes the `%40` of an address.
fn decode(text: &str) -> Result<String, RouteError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16)).ok_or(RouteError::Form);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).map_err(|_| RouteError::Form)?);
    }
    let decoded = String::from_utf8(bytes).map_err(|_| RouteError::Form)?;
    if decoded.chars().any(char::is_control) { Err(RouteError::Form) } else { Ok(decoded) }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}, …)", self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(text: &str) -> Relay {
        match text.parse() {
            Ok(MailRoute::Smtp(relay)) => relay,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn an_address_says_server_port_and_protection() {
        let of = |text| {
            let Relay { host, port, security, .. } = relay(text);
            (host, port, security)
        };
        assert_eq!(of("smtp://127.0.0.1:2525"), ("127.0.0.1".to_owned(), 2525, Security::Plain));
        assert_eq!(of("smtp://mail.example"), ("mail.example".to_owned(), 25, Security::Plain));
        assert_eq!(of("smtp://mail.example?tls=required"), ("mail.example".to_owned(), 587, Security::StartTls));
        assert_eq!(of("smtps://mail.example/"), ("mail.example".to_owned(), 465, Security::Tls));
        assert_eq!(of("smtps://[::1]:4650"), ("::1".to_owned(), 4650, Security::Tls));
    }

    #[test]
    fn a_password_is_read_and_never_shown() {
        let relay = relay("smtps://siti%40dukcapil.example:ra%3Ahasia@mail.example");
        let credentials = relay.credentials.clone().unwrap();
        assert_eq!((credentials.user.as_str(), credentials.password.as_str()), ("siti@dukcapil.example", "ra:hasia"));
        assert!(!format!("{relay:?}").contains("hasia"));
    }

    #[test]
    fn a_password_does_not_travel_in_the_clear() {
        assert_eq!("smtp://a:b@mail.example".parse::<MailRoute>(), Err(RouteError::PasswordInClear));
        assert!("smtp://a:b@localhost".parse::<MailRoute>().is_ok());
        assert!("smtp://a:b@mail.example?tls=required".parse::<MailRoute>().is_ok());
    }

    #[test]
    fn folders_and_nothing_are_ways_too() {
        assert_eq!("file:/tmp/surat".parse(), Ok(MailRoute::Folder("/tmp/surat".into())));
        assert_eq!("file:///tmp/surat".parse(), Ok(MailRoute::Folder("/tmp/surat".into())));
        assert_eq!(" ".parse(), Ok(MailRoute::Off));
        assert!(!MailRoute::Off.is_on());
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://:25",
            "smtp://a b",
            "smtp://host:x",
            "smtp://host:0",
            "smtp://host?tls=opportunistic",
            "smtps://host?tls=required",
            "smtps://user@host",
            "smtps://a%zz:b@host",
            "smtps://a%0d%0a:b@host",
            "smtp://[::1]x",
            "file:",
        ] {
            assert!(text.parse::<MailRoute>().is_err(), "{text}");
        }
    }
}
