//! The staff who sign in: role, scope, and what a surat tugas prints of them. The only personal data of the system
//! besides a venue's contact person; an anonymised user keeps id and role, so that the ledger stays.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::code::codes;
use super::id::UserId;
use super::language::Language;
use super::region::{RegionCode, RegionLevel};
use super::rule::{Check, FieldError, Rule};
use super::text::{Email, Login, Name, Phone};

codes! {
    /// What a user may do (PRODUCT: the rights table is in [`super::permission`]).
    pub enum Role {
        Admin = "admin",
        Coordinator = "coordinator",
        Officer = "officer",
        Head = "head",
        /// Pemantau: reads within the scope.
        Viewer = "viewer",
    }
}

/// Where a user's rights reach: everything whose region code it contains. Nation-wide when it names no region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(Option<RegionCode>);

impl Scope {
    pub const NATION: Self = Self(None);

    pub fn region(code: RegionCode) -> Self {
        Self(Some(code))
    }

    pub fn contains(&self, region: &RegionCode) -> bool {
        self.0.as_ref().is_none_or(|own| own.contains(region))
    }

    /// Whether somebody of this scope may be an officer of `office`: only if it is his own.
    pub fn may_serve(&self, office: &RegionCode) -> Result<(), Rule> {
        if self.0.as_ref() == Some(office) { Ok(()) } else { Err(Rule::NotOfThisOffice) }
    }

    /// True if everything in `other` is in this scope too.
    pub fn covers(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(theirs)) => own.contains(theirs),
        }
    }

    /// The stored form: a region code, or the empty text for the nation.
    pub fn as_str(&self) -> &str {
        self.0.as_ref().map_or("", RegionCode::as_str)
    }

    pub fn as_region(&self) -> Option<&RegionCode> {
        self.0.as_ref()
    }
}

impl FromStr for Scope {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        if text.trim().is_empty() {
            return Ok(Self::NATION);
        }
        let code: RegionCode = text.parse()?;
        // An office is that of a whole kabupaten or kota: a scope inside one would see nothing.
        match code.level() {
            RegionLevel::Province | RegionLevel::Regency => Ok(Self::region(code)),
            RegionLevel::District | RegionLevel::Village => Err(Rule::Format { example: "33.03" }),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One person of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub login: Login,
    pub details: UserDetails,
    pub version: i64,
    pub archived: bool,
}

/// What the installation knows of a member of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserDetails {
    pub name: Name,
    pub role: Role,
    pub scope: Scope,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    /// Pangkat/golongan, printed on a surat tugas.
    pub rank: Option<Name>,
    pub nip: Option<Nip>,
    /// The language chosen by the user; none follows the browser.
    pub language: Option<Language>,
}

impl User {
    /// The same user without a trace of the person: what the ledger and the trail refer to from now on.
    ///
    /// # Errors
    /// None that can happen: the new texts are made of an id. The parsers stand between all the same.
    pub fn anonymised(&self) -> Result<Self, Rule> {
        // The end of a version 7 id is random, its beginning would tell when the user was added.
        let id = self.id.0.simple().to_string();
        let short = id.get(20..).unwrap_or(&id);
        Ok(Self {
            id: self.id,
            login: format!("anon-{short}").parse()?,
            details: UserDetails {
                name: format!("Pengguna {short}").parse()?,
                role: self.details.role,
                scope: self.details.scope.clone(),
                email: None,
                phone: None,
                rank: None,
                nip: None,
                language: None,
            },
            version: self.version + 1,
            archived: true,
        })
    }
}

/// What somebody typed about a user, by an API body or a row of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserInput {
    pub name: Option<String>,
    pub role: Option<String>,
    pub scope: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub rank: Option<String>,
    pub nip: Option<String>,
    pub language: Option<String>,
}

impl UserInput {
    /// The details, or every broken rule by field.
    pub fn check(self) -> Result<UserDetails, Vec<FieldError>> {
        let mut check = Check::new();
        let name = check.required("name", self.name, |text| text.parse());
        let role = check.required("role", self.role, |text| text.parse());
        let scope = check.required("scope", self.scope, |text| text.parse());
        let email = check.optional("email", self.email, |text| text.parse());
        let phone = check.optional("phone", self.phone, |text| text.parse());
        let rank = check.optional("rank", self.rank, |text| text.parse());
        let nip = check.optional("nip", self.nip, |text| text.parse());
        let language = check.optional("language", self.language, |text| text.parse());
        let built = (|| {
            Some(UserDetails {
                name: name?,
                role: role?,
                scope: scope?,
                email: email?,
                phone: phone?,
                rank: rank?,
                nip: nip?,
                language: language?,
            })
        })();
        check.finish(built)
    }
}

impl UserDetails {
    /// The names of the fields in which `other` differs, as the audit trail lists them.
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let differs = [
            ("name", self.name != other.name),
            ("role", self.role != other.role),
            ("scope", self.scope != other.scope),
            ("email", self.email != other.email),
            ("phone", self.phone != other.phone),
            ("rank", self.rank != other.rank),
            ("nip", self.nip != other.nip),
            ("language", self.language != other.language),
        ];
        differs.into_iter().filter_map(|(name, changed)| changed.then_some(name)).collect()
    }
}

/// Nomor induk pegawai: 18 digits, stored without separators (Perka BKN 22/2007).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Nip(String);

impl Nip {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Nip {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        match digits.as_str() {
            "" => Err(Rule::Required),
            d if d.len() == 18 && d.bytes().all(|b| b.is_ascii_digit()) => Ok(Self(digits)),
            _ => Err(Rule::Format { example: "198001012005011001" }),
        }
    }
}

/// A password as typed: at least [`Password::MIN`] characters, never shown or logged.
pub struct Password(String);

impl Password {
    /// Shortest allowed length, in characters (NIST SP 800-63B asks for at least 8).
    pub const MIN: usize = 10;
    const MAX: usize = 200;

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Password {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        match text.chars().count() {
            n if n < Self::MIN => Err(Rule::PasswordTooShort(Self::MIN)),
            n if n > Self::MAX => Err(Rule::TooLong(Self::MAX)),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(text: &str) -> Scope {
        text.parse().unwrap()
    }

    #[test]
    fn a_scope_covers_what_its_region_contains() {
        assert!(scope("").covers(&scope("33.03")));
        assert!(scope("33").covers(&scope("33.03")));
        assert!(!scope("33.03").covers(&scope("33")));
        assert!(!scope("33.03").covers(&scope("")));
        assert!(!scope("33").contains(&"35.29".parse().unwrap()));
    }

    #[test]
    fn a_scope_is_as_wide_as_an_office_or_wider() {
        assert!("33.03.05".parse::<Scope>().is_err() && "33.03.05.2004".parse::<Scope>().is_err());
        assert_eq!(scope(" 33 ").as_str(), "33");
    }

    #[test]
    fn an_anonymous_user_keeps_nothing_but_id_role_and_scope() {
        let input = UserInput {
            name: Some("Siti Rahayu".to_owned()),
            role: Some("officer".to_owned()),
            scope: Some("33.03".to_owned()),
            email: Some("siti@dukcapil.example".to_owned()),
            phone: Some("0812-3456-7890".to_owned()),
            rank: Some("Penata Muda / III-a".to_owned()),
            nip: Some("198001012005011001".to_owned()),
            language: Some("en".to_owned()),
        };
        let id = UserId(uuid::Uuid::from_u128(0x0193_6f1e_7a2b_7c3d_8e4f_5a6b_7c8d_9e0f));
        let login = "siti.rahayu".parse().unwrap();
        let user = User { id, login, details: input.check().unwrap(), version: 3, archived: false };
        let anonymous = user.anonymised().unwrap();
        let expected = User {
            id,
            login: "anon-5a6b7c8d9e0f".parse().unwrap(),
            details: UserDetails {
                name: "Pengguna 5a6b7c8d9e0f".parse().unwrap(),
                role: Role::Officer,
                scope: scope("33.03"),
                email: None,
                phone: None,
                rank: None,
                nip: None,
                language: None,
            },
            version: 4,
            archived: true,
        };
        assert_eq!(anonymous, expected);
    }

    #[test]
    fn a_nip_is_eighteen_digits() {
        assert_eq!("19800101 200501 1 001".parse::<Nip>().unwrap().as_str(), "198001012005011001");
        assert!("3303050706240001".parse::<Nip>().is_err());
    }
}
