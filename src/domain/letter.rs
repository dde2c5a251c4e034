//! A surat tugas: what a coordinator writes on it beyond what the event says. Stored as written, so that it is printed
//! alike again, and known by a code with which its reader can ask whether the office really wrote it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use super::dates::parse_date;
use super::id::EventId;
use super::rule::{Check, FieldError, Rule};
use super::staff::Nip;
use super::text::{Name, Note};

/// The letter of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentLetter {
    pub event: EventId,
    pub code: CheckCode,
    pub text: LetterText,
    pub written_at: DateTime<Utc>,
}

/// What stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterText {
    pub number: Name,
    pub issued_on: NaiveDate,
    pub city: Option<Name>,
    pub basis: Note,
    pub task: Note,
    /// What the team brings besides its vehicles and kits.
    pub equipment: Option<Name>,
    pub signer_name: Name,
    pub signer_title: Name,
    pub signer_rank: Option<Name>,
    pub signer_nip: Option<Nip>,
}

/// The letter as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterInput {
    pub number: Option<String>,
    pub issued_on: Option<String>,
    pub city: Option<String>,
    pub basis: Option<String>,
    pub task: Option<String>,
    pub equipment: Option<String>,
    pub signer_name: Option<String>,
    pub signer_title: Option<String>,
    pub signer_rank: Option<String>,
    pub signer_nip: Option<String>,
}

impl LetterInput {
    /// The text of the letter, or every broken rule by field.
    ///
    /// # Errors
    /// The broken rules, under the names of the fields of this type.
    pub fn check(self) -> Result<LetterText, Vec<FieldError>> {
        let mut check = Check::new();
        let number = check.required("number", self.number, |text| text.parse());
        let issued_on = check.required("issued_on", self.issued_on, |text| parse_date(&text));
        let city = check.optional("city", self.city, |text| text.parse());
        let basis = check.required("basis", self.basis, |text| text.parse());
        let task = check.required("task", self.task, |text| text.parse());
        let equipment = check.optional("equipment", self.equipment, |text| text.parse());
        let signer_name = check.required("signer_name", self.signer_name, |text| text.parse());
        let signer_title = check.required("signer_title", self.signer_title, |text| text.parse());
        let signer_rank = check.optional("signer_rank", self.signer_rank, |text| text.parse());
        let signer_nip = check.optional("signer_nip", self.signer_nip, |text| text.parse());
        let built = (|| {
            Some(LetterText {
                number: number?,
                issued_on: issued_on?,
                city: city?,
                basis: basis?,
                task: task?,
                equipment: equipment?,
                signer_name: signer_name?,
                signer_title: signer_title?,
                signer_rank: signer_rank?,
                signer_nip: signer_nip?,
            })
        })();
        check.finish(built)
    }
}

/// The code of a letter: twelve letters and digits that are not mistaken for one another, in groups of four.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CheckCode(String);

/// The alphabet: no I, L, O, U, so that a code can be read aloud.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

impl CheckCode {
    /// A code of sixty bits out of `random`.
    pub fn of(random: [u8; LENGTH]) -> Self {
        let sign = |byte: &u8| SIGNS.get(usize::from(byte % 32)).map(|sign| char::from(*sign));
        Self(random.iter().filter_map(sign).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CheckCode {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let plain: String = text.chars().filter(|c| *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        let good = plain.len() == LENGTH && plain.bytes().all(|byte| SIGNS.contains(&byte));
        if good { Ok(Self(plain)) } else { Err(Rule::Format { example: "K7QX-9M2P-4TFA" }) }
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_printed_in_any_case() {
        let code = CheckCode::of([0, 1, 2, 3, 31, 32, 33, 255, 10, 20, 18, 29]);
        assert_eq!(code.to_string(), "0123-Z01Z-AMJX");
        assert_eq!("0123-z01z-amjx".parse::<CheckCode>().unwrap(), code);
        for bad in ["", "0123-Z01Z", "0123-Z01Z-AMJU", "0123-Z01Z-AMJX-0"] {
            assert!(bad.parse::<CheckCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_letter_needs_number_date_basis_task_and_signer() {
        let errors = LetterInput::default().check().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["number", "issued_on", "basis", "task", "signer_name", "signer_title"]);
    }
}
