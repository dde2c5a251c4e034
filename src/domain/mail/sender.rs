//! Who a letter comes from, as `mail.from` names him: `NAME <ADDRESS>` or the address alone.

use std::fmt;
use std::str::FromStr;

use crate::domain::rule::Rule;
use crate::domain::text::{Email, Name};

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub name: Option<Name>,
    pub address: Email,
}

impl Sender {
    /// The host that answers for the address: the right half of every Message-ID.
    pub fn host(&self) -> &str {
        self.address.as_str().rsplit_once('@').map_or("localhost", |(_, host)| host)
    }
}

impl FromStr for Sender {
    type Err = Rule;

    fn from_str(text: &str) -> Result<Self, Rule> {
        const BAD: Rule = Rule::Format { example: "Jemput Bola <jemputbola@dukcapil.example>" };
        let text = text.trim();
        let Some((name, rest)) = text.split_once('<') else {
            return Ok(Self { name: None, address: text.parse().map_err(|_| BAD)? });
        };
        let address = rest.strip_suffix('>').ok_or(BAD)?.parse().map_err(|_| BAD)?;
        let name = match name.trim().trim_matches('"') {
            "" => None,
            name => Some(name.parse()?),
        };
        Ok(Self { name, address })
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => self.address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        let sender: Sender = "Jemput Bola <jb@dukcapil.example>".parse().unwrap();
        assert_eq!(
            (sender.to_string().as_str(), sender.host()),
            ("Jemput Bola <jb@dukcapil.example>", "dukcapil.example")
        );
        assert_eq!(
            "\"Dinas, Dukcapil\" <jb@d.example>".parse::<Sender>().unwrap().name.unwrap().as_str(),
            "Dinas, Dukcapil"
        );
        assert_eq!("jb@d.example".parse::<Sender>().unwrap().to_string(), "jb@d.example");
    }

    #[test]
    fn a_sender_that_would_break_a_header_is_refused() {
        for text in ["", "Jemput Bola", "A <b@c", "A <b c@d>", "A\r\nBcc: x@y <b@c>", "<b@c> x", "A <b@c>\nBcc: x@y"] {
            assert!(text.parse::<Sender>().is_err(), "{text:?}");
        }
    }
}
