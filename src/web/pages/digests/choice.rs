//! Which letter a page is about, as it stands in the address: its last day, how often it comes, who reads it.

use serde::{Deserialize, Serialize};

use crate::domain::dates::parse_date;
use crate::domain::digest::DigestPeriod;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::Login;
use crate::service::ServiceError;
use crate::service::digests::{DigestAddressees, PreviewDigest};
use crate::web::pages::Shell;

/// The query, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub per: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub jenis: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub untuk: String,
}

impl Choice {
    /// What was left open, filled in: today, a week, the reader himself.
    pub fn filled(self, shell: &Shell) -> Result<Self, ServiceError> {
        let reader = shell.reader.as_ref().ok_or(ServiceError::Unauthenticated)?;
        let or =
            |text: String, other: &str| if text.trim().is_empty() { other.to_owned() } else { text.trim().to_owned() };
        Ok(Self {
            per: or(self.per, &shell.today().to_string()),
            jenis: or(self.jenis, DigestPeriod::Weekly.as_str()),
            untuk: or(self.untuk, reader.user.login.as_str()),
        })
    }

    /// The letter that is asked for, or every field that cannot be read, by its name in the form.
    pub fn read(&self, shell: &Shell) -> Result<PreviewDigest, Vec<FieldError>> {
        let mut check = Check::new();
        let on = check.field("per", parse_date(&self.per));
        let period = check.field("jenis", self.jenis.parse::<DigestPeriod>());
        let to = check.field("untuk", self.untuk.parse::<Login>());
        let built = (|| {
            let own = shell.reader.as_ref().is_some_and(|reader| reader.user.login.as_str() == self.untuk);
            // One's own letter is read in the language of the page.
            let language = own.then_some(shell.language);
            Some(PreviewDigest { on: on?, period: period?, to: DigestAddressees::Reader(to?), language })
        })();
        check.finish(built)
    }

    pub fn query(&self) -> String {
        serde_urlencoded::to_string(self).unwrap_or_default()
    }
}
