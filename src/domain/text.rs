//! Texts that people type: names, notes, codes, logins, phone numbers. A value that exists is valid: trimmed,
//! in NFC, of bounded length, free of control characters, and free of anything that looks like a NIK.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::nik::looks_like_nik;
use super::rule::Rule;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident by $parse:path),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = Rule;
            fn from_str(text: &str) -> Result<Self, Rule> {
                $parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(|rule: Rule| serde::de::Error::custom(rule))
            }
        }
    )+};
}

texts! {
    /// One line of 1–200 characters: the name of a venue, a team, a person of the staff, a title.
    Name by parse_name,
    /// Free text of 1–2,000 characters, line breaks allowed.
    Note by parse_note,
    /// The office-local code of a venue, team or unit: `[A-Z0-9-]{1,20}`.
    Code by parse_code,
    /// A login name: 1–100 of `a-z 0-9 . _ @ + -`, in lower case. It need not be an e-mail address.
    Login by parse_login,
    /// A phone number in E.164 form; Indonesian national numbers (08…) become +628….
    Phone by parse_phone,
    /// An e-mail address, as far as its form can be told.
    Email by parse_email,
}

const NAME_MAX: usize = 200;
const NOTE_MAX: usize = 2_000;
const LOGIN_MAX: usize = 100;

fn parse_name(text: &str) -> Result<String, Rule> {
    let text = clean(text, NAME_MAX)?;
    if text.chars().any(|c| c.is_control() || turns(c)) { Err(Rule::ControlCharacter) } else { Ok(text) }
}

fn parse_note(text: &str) -> Result<String, Rule> {
    let text = clean(&text.replace("\r\n", "\n"), NOTE_MAX)?;
    let allowed = |c: char| (!c.is_control() && !turns(c)) || c == '\n' || c == '\t';
    if text.chars().all(allowed) { Ok(text) } else { Err(Rule::ControlCharacter) }
}

/// Marks that turn the direction of what follows: a name that holds one is not what it looks like.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn clean(text: &str, max: usize) -> Result<String, Rule> {
    let text: String = text.trim().nfc().collect();
    if text.is_empty() {
        return Err(Rule::Required);
    }
    if text.chars().count() > max {
        return Err(Rule::TooLong(max));
    }
    if looks_like_nik(&text) { Err(Rule::NikLike) } else { Ok(text) }
}

fn parse_code(text: &str) -> Result<String, Rule> {
    let good = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    match text.trim() {
        "" => Err(Rule::Required),
        code if looks_like_nik(code) => Err(Rule::NikLike),
        code if code.len() <= 20 && code.bytes().all(good) => Ok(code.to_owned()),
        _ => Err(Rule::Format { example: "SMKN-1" }),
    }
}

fn parse_login(text: &str) -> Result<String, Rule> {
    let login = text.trim().to_ascii_lowercase();
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._@+-".contains(&b);
    match login.as_str() {
        "" => Err(Rule::Required),
        l if l.len() > LOGIN_MAX => Err(Rule::TooLong(LOGIN_MAX)),
        l if looks_like_nik(l) => Err(Rule::NikLike),
        l if l.bytes().all(good) && l.bytes().any(|b| b.is_ascii_alphanumeric()) => Ok(login),
        _ => Err(Rule::Format { example: "siti.rahayu" }),
    }
}

fn parse_phone(text: &str) -> Result<String, Rule> {
    const BAD: Rule = Rule::Format { example: "+6281234567890" };
    let text = text.trim();
    if text.is_empty() {
        return Err(Rule::Required);
    }
    if looks_like_nik(text) {
        return Err(Rule::NikLike);
    }
    if !text.chars().enumerate().all(|(i, c)| c.is_ascii_digit() || " -.()".contains(c) || (i == 0 && c == '+')) {
        return Err(BAD);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let international = match digits.strip_prefix('0') {
        _ if text.starts_with('+') => digits,
        Some(rest) => format!("62{rest}"),
        // A spreadsheet took the zero of a mobile number away.
        None if digits.starts_with('8') => format!("62{digits}"),
        None => digits,
    };
    if (8..=15).contains(&international.len()) { Ok(format!("+{international}")) } else { Err(BAD) }
}

fn parse_email(text: &str) -> Result<String, Rule> {
    const BAD: Rule = Rule::Format { example: "kadis@dukcapil.example" };
    let text = parse_name(text)?;
    let (local, host) = text.rsplit_once('@').ok_or(BAD)?;
    let plain =
        |s: &str, extra: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || extra.contains(c));
    let good = plain(local, ".!#$%&'*+/=?^_`{|}~-")
        && plain(host, ".-")
        && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    if good { Ok(text) } else { Err(BAD) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_national_phone_number_becomes_international() {
        assert_eq!("0812-3456-7890".parse::<Phone>().unwrap().as_str(), "+6281234567890");
        assert_eq!("+62 812 3456 7890".parse::<Phone>().unwrap().as_str(), "+6281234567890");
        assert_eq!("81234567890".parse::<Phone>().unwrap().as_str(), "+6281234567890");
        assert_eq!("6281234567890".parse::<Phone>().unwrap().as_str(), "+6281234567890");
        assert_eq!("+81 3 1234 5678".parse::<Phone>().unwrap().as_str(), "+81312345678");
        assert!("telepon".parse::<Phone>().is_err());
    }

    #[test]
    fn a_name_keeps_no_line_break_and_a_note_does() {
        assert_eq!("Pasar\r\nBcc: x@example.id".parse::<Name>(), Err(Rule::ControlCharacter));
        assert_eq!("satu\r\ndua".parse::<Note>().unwrap().as_str(), "satu\ndua");
    }

    #[test]
    fn codes_are_upper_case_and_short() {
        assert!("SMKN-1".parse::<Code>().is_ok());
        for bad in ["smkn-1", "../etc", "A B", "ABCDEFGHIJKLMNOPQRSTU"] {
            assert!(bad.parse::<Code>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_email_has_one_address_and_no_header() {
        assert!("kadis@dukcapil.go.id".parse::<Email>().is_ok());
        for bad in ["kadis", "a@b@", "a b@c.id", "a@b.id\r\nBcc: c@d.id", "a@.id", "<a@b.id>"] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
    }
}
